"""Pages of what one partner needs."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.page import PageRequest, attempt, done, is_signed_in, page
from safety_partners.core.working_days import today
from safety_partners.partners import commands, policies, queries
from safety_partners.partners.commands.needing import ONE_BY_ONE
from safety_partners.partners.forms import records as forms
from safety_partners.partners.forms.said import without
from safety_partners.partners.models import Need, NeedKind, Partner
from safety_partners.partners.views.loading import ask, chosen, demand, load, load_part, people_for, record_page

LOOKS = ("GET",)


@page(allow=is_signed_in, methods=LOOKS)
def needs(request: PageRequest, code: str) -> HttpResponse:
    """Everything that this partner needs: why, by when, done or not, and until when it holds."""
    partner = load(request, code)
    rows = list(queries.needs_of(request.viewer, partner))
    return record_page(
        request,
        partner,
        "partners/record/needs.jinja",
        "partners:needs",
        needs=rows,
        today=today(),
        done_at={need.code: queries.done_at(request.viewer, need, partner) for need in rows},
        may_keep=policies.may_keep(request.viewer, partner),
    )


@page(allow=is_signed_in, methods=LOOKS)
def need(request: PageRequest, code: str) -> HttpResponse:
    """One thing that is needed, and what can be done with it."""
    found = _load(request, code)
    return record_page(
        request,
        found.partner,
        "partners/record/need.jinja",
        "partners:needs",
        need=found,
        today=today(),
        may_keep=policies.may_keep(request.viewer, found.partner),
        is_one_by_one=found.kind in ONE_BY_ONE,
        done_at=queries.done_at(request.viewer, found, found.partner),
    )


def _load(request: PageRequest, code: str, *, keeps: bool = False) -> Need:
    rows = Need.objects.visible_to(request.viewer).select_related("owner__user")
    found: Need = load_part(request, rows, code, policies.may_keep if keeps else None)
    return found


def _partner_choice(partner: Partner) -> tuple[str, Any]:
    return partner.membership.code, _("%(name)s, the partner") % {"name": partner.name}


@page(allow=is_signed_in)
def add(request: PageRequest, code: str) -> HttpResponse:
    """Something that this partner needs besides the plan."""
    partner = load(request, code, policies.may_keep)
    people = people_for(request, "owner")
    kinds = [kind for kind in NeedKind.values if kind in ONE_BY_ONE]
    form = forms.NeedForm(request.POST or None, people=people, partner_choice=_partner_choice(partner), kinds=kinds)
    if form.is_valid():
        given = without(form.cleaned_data, "owner")
        if made := attempt(form, commands.add_need, request.viewer, partner, owner=chosen(request, form.cleaned_data["owner"]), **given):
            return done(request, _("It is on the list of what is needed."), to=made)
    words = [_("For something that only this partner needs. What every new partner needs stands in the plan.")]
    return ask(request, partner, form, title=_("Add something that is needed"), button=_("Add it"), words=words, people=people)


@page(allow=is_signed_in)
def give(request: PageRequest, code: str) -> HttpResponse:
    """Who sees to it, and by when."""
    found = _load(request, code, keeps=True)
    people = people_for(request, "owner")
    initial = {"owner": found.owner.code if found.owner else "", "due_on": found.due_on}
    form = forms.GiveNeedForm(request.POST or None, people=people, partner_choice=_partner_choice(found.partner), initial=initial)
    if form.is_valid():
        owner = chosen(request, form.cleaned_data["owner"])
        if attempt(form, commands.give_need, request.viewer, found, owner=owner, due_on=form.cleaned_data["due_on"]):
            return done(request, _("It is written down."), to=found)
    return ask(request, found.partner, form, title=_("Who sees to it, and by when"), button=_("Save"), words=[found.title], people=people)


@page(allow=is_signed_in)
def finish(request: PageRequest, code: str) -> HttpResponse:
    """It is done, or done again."""
    found = _load(request, code, keeps=True)
    if request.method == "GET" and found.kind not in ONE_BY_ONE:
        raise NotPossible(_("This is done by its own record: sign the agreement, record the check, or make the declaration."))
    form = forms.FinishForm(request.POST or None, initial={"turn": found.turn, "done_on": today()})
    if form.is_valid() and attempt(form, commands.finish_need, request.viewer, found, **form.cleaned_data):
        return done(request, _("It is written down as done."), to=found)
    if request.method == "GET":
        demand(found.status != Need.Status.NOT_NEEDED, _("It is not needed. Ask for it again first."))
    return ask(request, found.partner, form, title=_("It is done"), button=_("It is done"), words=[found.title], record=found)


@page(allow=is_signed_in)
def set_aside(request: PageRequest, code: str) -> HttpResponse:
    """This partner does not need it."""
    found = _load(request, code, keeps=True)
    form = forms.SetAsideForm(request.POST or None, initial={"turn": found.turn})
    if form.is_valid() and attempt(form, commands.set_need_aside, request.viewer, found, **form.cleaned_data):
        return done(request, _("It is written down that it is not needed, and why."), to=found)
    if request.method == "GET":
        demand(found.status == Need.Status.NEEDED, _("It is not asked for at the moment."))
    return ask(request, found.partner, form, title=_("It is not needed"), button=_("Write it down"), words=[found.title], record=found)


@page(allow=is_signed_in)
def again(request: PageRequest, code: str) -> HttpResponse:
    """It is needed after all, or again."""
    found = _load(request, code, keeps=True)
    form = forms.AgainForm(request.POST or None, initial={"turn": found.turn})
    if form.is_valid() and attempt(form, commands.ask_need_again, request.viewer, found, **form.cleaned_data):
        return done(request, _("It is asked for again."), to=found)
    if request.method == "GET":
        demand(found.status != Need.Status.NEEDED, _("It is asked for already."))
    return ask(request, found.partner, form, title=_("Ask for it again"), button=_("Ask for it again"), words=[found.title], record=found)
