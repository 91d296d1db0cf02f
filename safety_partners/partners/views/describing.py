"""Pages of roles and task profiles: the list, what is in use, the versions before it, and the draft of the next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.page import PageRequest, attempt, done, is_signed_in, page, show
from safety_partners.core.viewer import Viewer
from safety_partners.design.lists import ChoiceFilter, Column, ListPage, Sort
from safety_partners.partners import commands, policies
from safety_partners.partners.forms import describing as forms
from safety_partners.partners.models import RoleDescription, TaskProfile
from safety_partners.partners.queries import describing
from safety_partners.partners.queries.starting import starting_role


@dataclass(frozen=True)
class Family:
    """What differs between the pages of roles and those of task profiles: rows, forms, commands."""

    name: str
    rows: Callable[[Viewer], Any]
    write: Callable[..., Any]
    use: Callable[..., Any]
    stop: Callable[..., Any]
    rename: Callable[..., Any]


ROLE = Family("role", describing.roles, commands.write_role, commands.bring_role_into_use, commands.stop_using_role, commands.rename_role)
TASK = Family("task", describing.tasks, commands.write_task, commands.bring_task_into_use, commands.stop_using_task, commands.rename_task)

_TITLE = Column("title", gettext_lazy("Name"), sort="title", href=lambda row: row.get_absolute_url())
_NUMBER = Column(
    "number", gettext_lazy("In use"), value=lambda row: _("Version %(n)s") % {"n": row.number} if row.number else _("Not in use")
)
_DRAFT = Column("has_draft", gettext_lazy("Next version"), value=lambda row: _("Being written") if row.has_draft else "")
_BY_TITLE = Sort("title", gettext_lazy("Name, A to Z"), ["title", "id"], reverse_label=gettext_lazy("Name, Z to A"))

ROLES = ListPage(
    columns=[_TITLE, _NUMBER, _DRAFT],
    sorts=[_BY_TITLE],
    counted=ngettext_lazy("%(n)s role", "%(n)s roles", "n"),
    caption=gettext_lazy("Roles"),
    empty=gettext_lazy("No role is described yet."),
)
TASKS = ListPage(
    columns=[
        _TITLE,
        Column("kind", gettext_lazy("Kind"), value=lambda row: row.get_kind_display()),
        _NUMBER,
        _DRAFT,
    ],
    sorts=[_BY_TITLE],
    filters=[ChoiceFilter("kind", gettext_lazy("Kind"), choices=TaskProfile.Kind.choices)],
    counted=ngettext_lazy("%(n)s task profile", "%(n)s task profiles", "n"),
    caption=gettext_lazy("Task profiles"),
    empty=gettext_lazy("No task is described yet."),
)


# Roles


@page(allow=is_signed_in, methods=("GET",))
def roles(request: PageRequest) -> HttpResponse:
    """The roles that partners have here."""
    return _listing(request, ROLE, ROLES)


@page(allow=policies.may_run_programme)
def role_new(request: PageRequest) -> HttpResponse:
    """Describe a role, starting from our words."""
    title, words = starting_role()
    form = forms.RoleForm(request.POST or None, has_draft=False, initial={"title": title, **words})
    return _describe(request, ROLE, form, commands.describe_role)


@page(allow=is_signed_in, methods=("GET",))
def role(request: PageRequest, code: str) -> HttpResponse:
    """A role as it is in use, and its versions."""
    return _one(request, ROLE, code)


@page(allow=is_signed_in, methods=("GET",))
def role_version(request: PageRequest, code: str, number: int) -> HttpResponse:
    """One version of a role, and what differs from the one before."""
    return _version(request, ROLE, code, number)


@page(allow=policies.may_run_programme)
def role_write(request: PageRequest, code: str) -> HttpResponse:
    """Write the next version of a role."""
    return _write(request, ROLE, code, forms.RoleWordsForm)


@page(allow=policies.may_run_programme)
def role_name(request: PageRequest, code: str) -> HttpResponse:
    """Give a role another name."""
    return _rename(request, ROLE, code)


@page(allow=policies.may_run_programme)
def role_use(request: PageRequest, code: str) -> HttpResponse:
    """Bring the draft into use."""
    return _use(request, ROLE, code)


@page(allow=policies.may_run_programme)
def role_stop(request: PageRequest, code: str) -> HttpResponse:
    """Take a role out of use."""
    return _stop(request, ROLE, code)


# Task profiles


@page(allow=is_signed_in, methods=("GET",))
def tasks(request: PageRequest) -> HttpResponse:
    """What partners are asked to do again and again."""
    return _listing(request, TASK, TASKS)


@page(allow=policies.may_run_programme)
def task_new(request: PageRequest) -> HttpResponse:
    """Describe a task."""
    return _describe(request, TASK, forms.TaskForm(request.POST or None, has_draft=False, is_panel=True), commands.describe_task)


@page(allow=is_signed_in, methods=("GET",))
def task(request: PageRequest, code: str) -> HttpResponse:
    """A task profile as it is in use, and its versions."""
    return _one(request, TASK, code)


@page(allow=is_signed_in, methods=("GET",))
def task_version(request: PageRequest, code: str, number: int) -> HttpResponse:
    """One version of a task profile, and what differs from the one before."""
    return _version(request, TASK, code, number)


@page(allow=policies.may_run_programme)
def task_write(request: PageRequest, code: str) -> HttpResponse:
    """Write the next version of a task profile."""
    return _write(request, TASK, code, forms.TaskWordsForm)


@page(allow=policies.may_run_programme)
def task_name(request: PageRequest, code: str) -> HttpResponse:
    """Give a task profile another name."""
    return _rename(request, TASK, code)


@page(allow=policies.may_run_programme)
def task_use(request: PageRequest, code: str) -> HttpResponse:
    """Bring the draft into use."""
    return _use(request, TASK, code)


@page(allow=policies.may_run_programme)
def task_stop(request: PageRequest, code: str) -> HttpResponse:
    """Take a task profile out of use."""
    return _stop(request, TASK, code)


# What both do


def _listing(request: PageRequest, family: Family, listed: ListPage) -> HttpResponse:
    listing = listed.show(family.rows(request.viewer), request.GET, path=request.path)
    may_write = policies.may_run_programme(request.viewer)
    return show(request, "partners/described/list.jinja", listing=listing, family=family.name, may_write=may_write)


def _load(request: PageRequest, family: Family, code: str) -> describing.Whole:
    model = RoleDescription if family is ROLE else TaskProfile
    found: Any = get_object_or_404(model.objects.visible_to(request.viewer), code=code)
    return describing.whole(request.viewer, found)


def _one(request: PageRequest, family: Family, code: str) -> HttpResponse:
    whole = _load(request, family, code)
    shown = whole.in_use or whole.draft or whole.versions[0]
    return show(
        request,
        "partners/described/one.jinja",
        family=family.name,
        whole=whole,
        shown=shown,
        lines=describing.lines(shown),
        may_write=policies.may_look_after_programme(request.viewer, whole.described),
        public_path=_public_path(request, whole) if family is ROLE else "",
    )


def _public_path(request: PageRequest, whole: describing.Whole) -> str:
    """Where everybody can read the role, if it is in use."""
    return reverse("website:role", args=[request.viewer.organisation.slug, whole.described.code]) if whole.in_use else ""


def _version(request: PageRequest, family: Family, code: str, number: int) -> HttpResponse:
    whole = _load(request, family, code)
    version = whole.numbered(number)
    if version is None:
        raise Http404
    earlier = whole.before(version)
    return show(
        request,
        "partners/described/version.jinja",
        family=family.name,
        described=whole.described,
        version=version,
        lines=describing.lines(version),
        earlier=earlier,
        differences=describing.differences(earlier, version) if earlier else [],
    )


def _describe(request: PageRequest, family: Family, form: Any, describe: Callable[..., Any]) -> HttpResponse:
    if form.is_valid():
        given = dict(form.cleaned_data)
        about = {name: given.pop(name) for name in ("title", "kind", "submission_key") if name in given}
        if made := attempt(form, describe, request.viewer, **about, words=given):
            return done(request, _("The first version is a draft. Read it, then bring it into use."), to=made)
    return show(
        request, "partners/described/write.jinja", form=form, family=family.name, described=None, back=reverse(f"partners:{family.name}s")
    )


def _write(request: PageRequest, family: Family, code: str, form_class: type[Any]) -> HttpResponse:
    whole = _load(request, family, code)
    start = whole.draft or whole.versions[0]
    more = {"is_panel": whole.described.kind == TaskProfile.Kind.PANEL} if isinstance(whole.described, TaskProfile) else {}
    first = {name: str(getattr(start, name)) for name in start.WORDS}
    form = form_class(request.POST or None, has_draft=whole.draft is not None, initial={**first, "turn": start.turn}, **more)
    if form.is_valid():
        words = dict(form.cleaned_data)
        given = {name: words.pop(name) for name in ("turn", "submission_key") if name in words}
        if attempt(form, family.write, request.viewer, whole.described, words=words, **given):
            return done(request, _("The draft is kept. Read it, then bring it into use."), to=whole.described)
        if draft := _load(request, family, code).draft:
            form.renew(turn=draft.turn)
    back = whole.described.get_absolute_url()
    return show(request, "partners/described/write.jinja", form=form, family=family.name, described=whole.described, back=back)


def _rename(request: PageRequest, family: Family, code: str) -> HttpResponse:
    described = _load(request, family, code).described
    form = forms.RenameForm(request.POST or None, initial={"title": described.title})
    if form.is_valid() and attempt(form, family.rename, request.viewer, described, **form.cleaned_data):
        return done(request, _("It has a new name."), to=described)
    return show(request, "partners/described/rename.jinja", form=form, described=described)


def _use(request: PageRequest, family: Family, code: str) -> HttpResponse:
    whole = _load(request, family, code)
    if whole.draft is None:
        raise NotPossible(_("There is no draft to bring into use."))
    form = forms.UseForm(request.POST or None, initial={"turn": whole.draft.turn})
    if form.is_valid() and attempt(form, family.use, request.viewer, whole.draft, **form.cleaned_data):
        return done(request, _("This version is in use from today."), to=whole.described)
    return show(
        request,
        "partners/described/use.jinja",
        form=form,
        family=family.name,
        whole=whole,
        lines=describing.lines(whole.draft),
        differences=describing.differences(whole.in_use, whole.draft) if whole.in_use else [],
    )


def _stop(request: PageRequest, family: Family, code: str) -> HttpResponse:
    whole = _load(request, family, code)
    if request.method == "POST":
        family.stop(request.viewer, whole.described)
        return done(request, _("It is not in use any more."), to=whole.described)
    if whole.in_use is None:
        raise NotPossible(_("It is not in use."))
    return show(request, "partners/described/stop.jinja", family=family.name, whole=whole)
