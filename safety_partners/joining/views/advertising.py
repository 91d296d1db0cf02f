"""Adverts as the lead works with them: writing, what is looked for, publishing, ending."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.page import PageRequest, attempt, done, page, show
from safety_partners.core.working_days import today
from safety_partners.design.lists import ChoiceFilter, Column, ListPage, Sort
from safety_partners.joining import commands, policies, printing, queries
from safety_partners.joining.commands.advertising import FIELDS, MOST_CRITERIA
from safety_partners.joining.forms import advertising as forms
from safety_partners.joining.models import Advert
from safety_partners.partners.queries.describing import role_versions_in_use

Status = Advert.Status
TONES = {Status.DRAFT: "quiet", Status.OPEN: "doing", Status.CLOSED: "waiting", Status.FILLED: "done", Status.WITHDRAWN: "stopped"}

ADVERTS = ListPage(
    columns=[
        Column("title", gettext_lazy("Advert"), href=lambda row: row.get_absolute_url()),
        Column("status", gettext_lazy("Where it stands"), kind="status", says=dict(Status.choices), tones=TONES),
        Column("interested", gettext_lazy("Interested"), kind="number"),
        Column("opens_on", gettext_lazy("Opens"), kind="date"),
        Column("closes_on", gettext_lazy("Closes"), kind="date"),
    ],
    sorts=[Sort("newest", gettext_lazy("Newest first"), ["-opens_on", "-id"], reverse_label=gettext_lazy("Oldest first"))],
    filters=[ChoiceFilter("status", gettext_lazy("Where it stands"), choices=Status.choices)],
    counted=ngettext_lazy("%(n)s advert", "%(n)s adverts", "n"),
    caption=gettext_lazy("Adverts"),
    empty=gettext_lazy("There is no advert yet."),
)

# Each end of an advert: what does it, the question, what follows, the button, and what is said afterwards.
MOVES: dict[str, tuple[Any, Any, Any, Any, Any]] = {
    "publish": (
        commands.publish_advert,
        gettext_lazy("Publish this advert?"),
        gettext_lazy("Anybody can then find it, print it and send an expression of interest. What you look for can no longer be changed."),
        gettext_lazy("Yes, publish it"),
        gettext_lazy("The advert is published."),
    ),
    "close": (
        commands.close_advert,
        gettext_lazy("Close this advert?"),
        gettext_lazy("Its page stays and says that it is closed. Letters that come late can still be written down. You can open it again."),
        gettext_lazy("Yes, close it"),
        gettext_lazy("The advert is closed."),
    ),
    "fill": (
        commands.fill_advert,
        gettext_lazy("Are all places filled?"),
        gettext_lazy("Its page stays and says that the places are filled. This cannot be undone."),
        gettext_lazy("Yes, all are filled"),
        gettext_lazy("The advert says that the places are filled."),
    ),
    "withdraw": (
        commands.withdraw_advert,
        gettext_lazy("Take this advert back?"),
        gettext_lazy(
            "Whoever comes to its page is told that it was taken back. This cannot be undone. People who already wrote stay where they are."
        ),
        gettext_lazy("Yes, take it back"),
        gettext_lazy("The advert is taken back."),
    ),
}


@page(allow=policies.may_run_joining, methods=("GET",))
def adverts(request: PageRequest) -> HttpResponse:
    """Every advert, newest first."""
    listing = ADVERTS.show(queries.adverts(request.viewer), request.GET, path=request.path)
    return show(request, "joining/adverts.jinja", listing=listing)


def _load(request: PageRequest, code: str) -> Advert:
    return get_object_or_404(queries.advert(request.viewer), code=code)


@page(allow=policies.may_run_joining)
def new(request: PageRequest) -> HttpResponse:
    """Begin an advert."""
    roles = {version.code: version for version in role_versions_in_use(request.viewer)}
    start = {"opens_on": today(), "max_words": 500, "places": 2, "may_be_remote": True, **_contact(request.viewer.organisation)}
    form = forms.NewAdvertForm(request.POST or None, initial=start, roles=[(code, version.role.title) for code, version in roles.items()])
    if form.is_valid():
        given = {**form.cleaned_data, "role": roles[form.cleaned_data["role"]]}
        if made := attempt(form, commands.write_advert, request.viewer, **given):
            return done(request, _("The advert is begun. Say next what you look for."), to="joining:advert-criteria", code=made.code)
    return show(request, "joining/advert_new.jinja", form=form, has_roles=bool(roles))


def _contact(organisation: Any) -> dict[str, str]:
    return {name: getattr(organisation, name) for name in ("contact_name", "contact_email", "contact_phone")}


@page(allow=policies.may_run_joining, methods=("GET",))
def advert(request: PageRequest, code: str) -> HttpResponse:
    """One advert: its words, what is looked for, and what can be done."""
    found = _load(request, code)
    may = Advert.lifecycle.may
    return show(
        request,
        "joining/advert.jinja",
        advert=found,
        short_address=printing.address_of(found),
        tone=TONES[Status(found.status)],
        criteria=list(found.criteria.all()),
        moves=[name for name in MOVES if may(found, name)],
        may_edit=found.status in {Status.DRAFT, Status.OPEN, Status.CLOSED},
        may_record=found.status in {Status.OPEN, Status.CLOSED},
    )


@page(allow=policies.may_run_joining)
def edit(request: PageRequest, code: str) -> HttpResponse:
    """Change the words and days."""
    found = _load(request, code)
    if found.status not in {Status.DRAFT, Status.OPEN, Status.CLOSED}:
        raise NotPossible(_("This advert has ended, so its words stay as they are."))
    initial = {name: getattr(found, name) for name in FIELDS} | {"version": found.turn}
    form = forms.AdvertForm(request.POST or None, initial=initial)
    if form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if name in FIELDS}
        if attempt(form, commands.edit_advert, request.viewer, found, turn=form.cleaned_data["version"], **given):
            return done(request, _("The advert is changed."), to=found)
    return show(request, "joining/advert_edit.jinja", form=form, advert=found)


@page(allow=policies.may_run_joining)
def criteria(request: PageRequest, code: str) -> HttpResponse:
    """What is looked for, and how each of it could be supported."""
    found = _load(request, code)
    if found.status != Status.DRAFT:
        raise NotPossible(_("People are read against these words, so they stay as they are once the advert is published."))
    initial: dict[str, Any] = {"version": found.turn}
    kept = list(found.criteria.all())
    for number, criterion in enumerate(kept, start=1):
        initial |= {f"words_{number}": criterion.words, f"support_{number}": criterion.support}
    form = forms.CriteriaForm(request.POST or None, initial=initial, rows=min(max(len(kept) + 2, 4), MOST_CRITERIA))
    if form.is_valid() and attempt(
        form, commands.write_criteria, request.viewer, found, turn=form.cleaned_data["version"], criteria=form.criteria()
    ):
        return done(request, _("What you look for is kept."), to=found)
    return show(request, "joining/advert_criteria.jinja", form=form, advert=found)


@page(allow=policies.may_run_joining)
def move(request: PageRequest, code: str, name: str) -> HttpResponse:
    """Publish, close, fill or take back, after one question."""
    if name not in MOVES:
        raise Http404
    found = _load(request, code)
    command, question, about, submit, said = MOVES[name]
    form = forms.MoveForm(request.POST or None)
    if request.method == "GET" and not Advert.lifecycle.may(found, name):
        raise NotPossible(_("This cannot be done with the advert as it stands now."))
    if form.is_valid() and attempt(form, command, request.viewer, found, submission_key=form.cleaned_data["submission_key"]):
        return done(request, said, to=found)
    return show(request, "joining/advert_move.jinja", form=form, advert=found, question=question, about=about, submit=submit, name=name)
