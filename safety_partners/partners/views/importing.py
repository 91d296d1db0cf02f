"""The register in and out: a template, a file read and looked at, taken in, undone."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from safety_partners.core.page import PageRequest, attempt, done, page, show
from safety_partners.design.forms import Form
from safety_partners.design.lists import ChoiceFilter, Column, ListPage, Sort
from safety_partners.partners import policies
from safety_partners.partners.commands import importing as commands
from safety_partners.partners.forms.importing import RegisterFileForm
from safety_partners.partners.models import Import, ImportRow
from safety_partners.partners.queries import importing as queries
from safety_partners.partners.tables import TableRefused, read_table
from safety_partners.partners.tables.register import BY_KEY, COLUMNS
from safety_partners.partners.views.loading import table_answer

LOOKS, SENDS = ("GET",), ("POST",)

IMPORTS = ListPage(
    columns=[
        Column("made_at", gettext_lazy("Added"), kind="datetime", href=lambda row: row.get_absolute_url()),
        Column("by", gettext_lazy("By"), value=lambda row: row.by.name),
        Column("status", gettext_lazy("Where it stands"), value=lambda row: row.get_status_display()),
        Column("added", gettext_lazy("New partners")),
        Column("updated", gettext_lazy("Changed")),
        Column("wrong", gettext_lazy("Wrong rows")),
    ],
    sorts=[Sort("newest", gettext_lazy("Newest first"), ["-id"])],
    counted=ngettext_lazy("%(n)s file", "%(n)s files", "n"),
    caption=gettext_lazy("Files that were added"),
    empty=gettext_lazy("No file has been added yet."),
)


def _said(row: ImportRow) -> str:
    """What is wrong with a row, what to know about it, and what it changes from what."""
    changes = [f"{BY_KEY[key].heading}: {old or '–'} → {row.values[key]}" for key, old in row.before.items()]
    return " ".join([*row.errors, *row.notes, *changes])


ROWS = ListPage(
    columns=[
        Column("number", gettext_lazy("Row")),
        Column("name", gettext_lazy("Name"), value=lambda row: row.values.get("name") or ""),
        Column("does", gettext_lazy("What it does"), value=lambda row: row.get_does_display()),
        Column("said", gettext_lazy("To know"), value=_said),
    ],
    sorts=[Sort("number", gettext_lazy("As in the file"), ["number", "id"])],
    filters=[ChoiceFilter("does", gettext_lazy("What it does"), choices=ImportRow.Does.choices)],
    size=50,
    counted=ngettext_lazy("%(n)s row", "%(n)s rows", "n"),
    caption=gettext_lazy("Rows"),
    empty=gettext_lazy("There are no rows like this."),
)


@page(allow=policies.may_run_programme, methods=LOOKS)
def imports(request: PageRequest) -> HttpResponse:
    """Files that were added before, and what to do to add one."""
    listing = IMPORTS.show(queries.imports(request.viewer), request.GET, path=request.path)
    return show(request, "partners/imports.jinja", listing=listing, columns=COLUMNS)


@page(allow=policies.may_run_programme)
def add_import(request: PageRequest) -> HttpResponse:
    """Add a file; what cannot be read is said beside it, and nothing is kept of it."""
    form = RegisterFileForm(request.POST or None, request.FILES or None)
    if form.is_valid() and (batch := _read(request, form)) is not None:
        return redirect(batch)
    return show(request, "partners/import_add.jinja", form=form, columns=COLUMNS)


def _read(request: PageRequest, form: Form) -> Import | None:
    upload = form.cleaned_data["file"]
    try:
        table = read_table(upload.read(), upload.name)
        return commands.read_register(request.viewer, table=table, submission_key=form.cleaned_data["submission_key"])
    except TableRefused as refusal:
        form.add_error("file", str(refusal.sentence))
        return None


def _load(request: PageRequest, code: str) -> Import:
    batch: Import = get_object_or_404(Import.objects.visible_to(request.viewer).select_related("by__user"), code=code)
    policies.may_look_after_programme.demand(request.viewer, batch)
    return batch


@page(allow=policies.may_run_programme, methods=LOOKS)
def one_import(request: PageRequest, code: str) -> HttpResponse:
    """What a file does, row by row, and the buttons to take it in, throw it away or undo it."""
    return _show_import(request, _load(request, code), Form())


def _show_import(request: PageRequest, batch: Import, form: Form, **more: Any) -> HttpResponse:
    listing = ROWS.show(queries.rows_to_show(batch), request.GET, path=reverse("partners:import", args=[batch.code]))
    return show(request, "partners/import.jinja", batch=batch, counts=queries.counts_of(batch), listing=listing, form=form, **more)


@page(allow=policies.may_run_programme, methods=SENDS)
def take(request: PageRequest, code: str) -> HttpResponse:
    """Take in the rows that are right."""
    batch, form = _load(request, code), Form({})
    if attempt(form, commands.take_import, request.viewer, batch):
        return done(request, _("The register is taken in. Nobody was written to."), to=batch)
    return _show_import(request, batch, form)


@page(allow=policies.may_run_programme, methods=SENDS)
def drop(request: PageRequest, code: str) -> HttpResponse:
    """Throw the file's rows away."""
    commands.drop_import(request.viewer, _load(request, code))
    return done(request, _("The file was thrown away. The register is as it was."), to="partners:imports")


@page(allow=policies.may_run_programme, methods=SENDS)
def undo(request: PageRequest, code: str) -> HttpResponse:
    """Undo an import."""
    batch, form = _load(request, code), Form({})
    if attempt(form, commands.undo_import, request.viewer, batch):
        return done(request, _("The import is undone. The register is as it was before."), to=batch)
    return _show_import(request, batch, form)


@page(allow=policies.may_run_programme, methods=LOOKS)
def template(request: PageRequest, kind: str) -> HttpResponse:
    """An empty register with the right headings, and a row that says what goes into each column."""
    headings = [str(column.heading) for column in COLUMNS]
    return table_answer(kind, headings, [], title=_("Register of partners"), name="register-template")


@page(allow=policies.may_run_programme, methods=LOOKS)
def wrong_rows(request: PageRequest, code: str, kind: str) -> HttpResponse:
    """The rows that are wrong with what is wrong about each, to be put right and added again."""
    batch = _load(request, code)
    headings = [*(str(column.heading) for column in COLUMNS), _("What is wrong")]
    rows = batch.rows.filter(does=ImportRow.Does.WRONG).order_by("number")
    cells = ([*(row.values.get(column.key) for column in COLUMNS), " ".join(row.errors)] for row in rows)
    return table_answer(kind, headings, cells, title=_("Wrong rows"), name=f"wrong-rows-{batch.code}")
