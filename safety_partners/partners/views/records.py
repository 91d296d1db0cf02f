"""Pages of one record: the welcome, looking, correcting, naming support, starting, a break, forgetting."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from safety_partners.core.page import PageRequest, attempt, done, is_signed_in, page, show
from safety_partners.core.working_days import today
from safety_partners.partners import commands, policies, queries
from safety_partners.partners.forms import records as forms
from safety_partners.partners.forms.said import without
from safety_partners.partners.models import Partner
from safety_partners.partners.queries import seen
from safety_partners.partners.queries.describing import role_versions_in_use
from safety_partners.partners.views.loading import WHO, ask, chosen, demand, home_of, is_own, load, people_for, record_page
from safety_partners.partners.views.registers import STATUSES, TONES
from safety_partners.people.models import Membership
from safety_partners.people.policies import is_partner

LOOKS = ("GET",)
Status = Partner.Status


@page(allow=policies.may_run_programme)
def welcome(request: PageRequest) -> HttpResponse:
    """Make a record for somebody who has the role of a partner and none yet."""
    viewer = request.viewer
    roles = list(role_versions_in_use(viewer))
    form = forms.WelcomeForm(
        request.POST or None,
        members=list(queries.without_record(viewer).values_list("code", "user__name")),
        roles=[(row.code, row.role.title) for row in roles],
        people=people_for(request, "contact", "deputy"),
        initial={"appointed_on": today()},
    )
    if form.is_valid():
        given = form.cleaned_data
        people: dict[str, Membership | None] = {name: chosen(request, given[name]) for name in ("membership", "contact", "deputy")}
        role = next((row for row in roles if row.code == given["role"]), None)
        rest = without(given, "membership", "contact", "deputy", "role")
        if partner := attempt(form, commands.welcome_partner, viewer, role=role, **people, **rest):
            return done(request, _("The record is there, with what is needed. The welcome goes out."), to=partner)
    return show(request, "partners/record/welcome.jinja", form=form, people=people_for(request), typed=request.GET.get(WHO, "")[:100])


@page(allow=is_signed_in, methods=LOOKS)
def partner(request: PageRequest, code: str) -> HttpResponse:
    """One record at a glance, for the lead, governance and whoever the partner turns to."""
    found = load(request, code)
    whole = queries.whole(request.viewer, found)
    return record_page(request, found, "partners/record/partner.jinja", "partners:partner", **_about(request, whole))


def _about(request: PageRequest, whole: queries.Whole) -> dict[str, Any]:
    steps = queries.next_steps(request.viewer, whole)
    return {
        "whole": whole,
        "start": next((step for step in steps if step.is_start), None),
        "steps": [step for step in steps if not step.is_start],
        "status_words": STATUSES[Status(whole.partner.status)],
        "tone": TONES[Status(whole.partner.status)],
        "today": today(),
        "may_print": policies.may_speak_for(request.viewer, whole.partner),
        "role_title": queries.role_title(whole.partner),
        "done_at": {need.code: queries.done_at(request.viewer, need, whole.partner) for need in whole.needs},
    }


@page(allow=is_partner, methods=LOOKS)
def my_place(request: PageRequest) -> HttpResponse:
    """My place here: my details, what I agreed to, what is coming up, what happened to what I said, who my contact is."""
    return _my_place(request, "partners/record/my_place.jinja")


@page(allow=is_partner, methods=LOOKS)
def my_place_print(request: PageRequest) -> HttpResponse:
    """The same to print: for a folder, or to be sent by post."""
    return _my_place(request, "partners/record/my_place_print.jinja")


def _my_place(request: PageRequest, template: str) -> HttpResponse:
    viewer = request.viewer
    rows = Partner.objects.visible_to(viewer).with_people().select_related("role__role")
    mine = rows.filter(membership_id=viewer.membership_id).first()
    if mine is None:
        return show(request, "partners/record/no_place.jinja")
    whole = queries.whole(viewer, mine)
    return record_page(
        request, mine, template, "partners:my-place", coming=queries.coming_up(request.viewer, whole), **_about(request, whole)
    )


@page(allow=is_signed_in, methods=LOOKS)
def print_record(request: PageRequest, code: str) -> HttpResponse:
    """What a partner sees as their own place, for staff to print and post to somebody who is not online."""
    found = load(request, code, policies.may_speak_for)
    whole = queries.whole(request.viewer, found)
    about = _about(request, whole)
    return record_page(
        request, found, "partners/record/my_place_print.jinja", "partners:print", coming=queries.coming_up(request.viewer, whole), **about
    )


@page(allow=is_signed_in, methods=LOOKS)
def history(request: PageRequest, code: str) -> HttpResponse:
    """What was done with the record, and by whom."""
    found = load(request, code)
    return record_page(request, found, "partners/record/history.jinja", "partners:history", story=queries.story(request.viewer, found))


@page(allow=is_signed_in)
def details(request: PageRequest, code: str) -> HttpResponse:
    """Correct how somebody is called; the partner themselves, or whoever looks after the record."""
    found = load(request, code, policies.may_speak_for)
    initial = {name: getattr(found, name) for name in seen.DETAILS} | {"seen": seen.state_of(found, seen.DETAILS)}
    form = forms.DetailsForm(request.POST or None, initial=initial)
    if form.is_valid() and attempt(form, commands.correct_partner, request.viewer, found, **form.cleaned_data):
        return done(request, _("It is corrected."), to=home_of(request, found))
    words = [_("All of this is optional.")]
    return ask(
        request,
        found,
        form,
        title=_("How you are called") if is_own(request, found) else _("How they are called"),
        seen=seen.DETAILS,
        button=_("Save"),
        words=words,
    )


@page(allow=is_signed_in)
def support(request: PageRequest, code: str) -> HttpResponse:
    """Name the contact and the deputy; the partner is told."""
    viewer = request.viewer
    found = load(request, code, policies.may_lead)
    people = people_for(request, "contact", "deputy")
    initial = {
        "contact": found.contact.code if found.contact else "",
        "deputy": found.deputy.code if found.deputy else "",
        "buddy": found.buddy.code if found.buddy else "",
        "seen": seen.state_of(found, seen.SUPPORT),
    }
    form = forms.SupportForm(request.POST or None, people=people, buddies=queries.partners_to_be_buddy(viewer, found), initial=initial)
    if form.is_valid():
        given = form.cleaned_data
        buddy = get_object_or_404(Partner.objects.visible_to(viewer), code=given["buddy"]) if given.get("buddy") else None
        two = {name: chosen(request, given[name]) for name in ("contact", "deputy")}
        if attempt(form, commands.name_support, viewer, found, buddy=buddy, seen=given["seen"], **two):
            return done(request, _("It is written down, and they are told."), to=found)
    words = [_("They are told who it is, as they like to be told.")]
    return ask(request, found, form, title=_("Whom they can turn to"), button=_("Save"), words=words, people=people, seen=seen.SUPPORT)


@page(allow=is_signed_in)
def start(request: PageRequest, code: str) -> HttpResponse:
    """Say that a partner starts; the page says what is missing if anything is."""
    found = load(request, code, policies.may_lead)
    form = forms.TurnForm(request.POST or None, initial={"turn": found.turn})
    if form.is_valid() and attempt(form, commands.start_partner, request.viewer, found, **form.cleaned_data):
        return done(request, _("They have started, and they are told."), to=found)
    if request.method == "GET":
        demand(found.status == Status.JOINING, _("They have started already, or have left."))
    standing = queries.standing(found)
    return ask(
        request,
        found,
        form,
        title=_("Start"),
        button=_("They start today"),
        words=[_("They are told that they can start.")] if standing.is_clear else [],
        missing=[(need.title, queries.done_at(request.viewer, need, found)) for need in standing.missing],
    )


@page(allow=is_signed_in)
def pause(request: PageRequest, code: str) -> HttpResponse:
    """A break, without a reason."""
    found = load(request, code, policies.may_speak_for)
    own = is_own(request, found)
    form = forms.PauseForm(request.POST or None, is_own=own, initial={"turn": found.turn})
    if form.is_valid() and attempt(form, commands.pause, request.viewer, found, **form.cleaned_data):
        return done(
            request,
            _("The break is written down. Nobody asks anything of you.") if own else _("The break is written down."),
            to=home_of(request, found),
        )
    if request.method == "GET":
        demand(found.status == Status.ACTIVE, _("There is nothing to pause at the moment."))
    words = (
        [_("No reason is needed. Your named contact is told that you take a break, and nobody asks why.")]
        if own
        else [_("No reason is asked, and none is kept.")]
    )
    return ask(
        request,
        found,
        form,
        title=_("Take a break") if own else _("Record a break"),
        button=_("Take the break") if own else _("Write it down"),
        words=words,
    )


@page(allow=is_signed_in)
def resume(request: PageRequest, code: str) -> HttpResponse:
    """Back from a break."""
    found = load(request, code, policies.may_speak_for)
    own = is_own(request, found)
    form = forms.PlainSaidForm(request.POST or None, is_own=own, initial={"turn": found.turn})
    if form.is_valid() and attempt(form, commands.resume, request.viewer, found, **form.cleaned_data):
        return done(request, _("Welcome back.") if own else _("It is written down that they are back."), to=home_of(request, found))
    if request.method == "GET":
        demand(found.status == Status.PAUSED, _("There is no break at the moment."))
    return ask(
        request,
        found,
        form,
        title=_("Come back from your break") if own else _("Record that they are back"),
        button=_("I am back") if own else _("They are back"),
    )


@page(allow=is_signed_in)
def forget(request: PageRequest, code: str) -> HttpResponse:
    """Forget the record of somebody who has left, when it has been kept long enough."""
    found = load(request, code, policies.may_forget)
    form = forms.ForgetForm(request.POST or None, initial={"turn": found.turn})
    if form.is_valid() and attempt(form, commands.forget_partner, request.viewer, found, **form.cleaned_data):
        return done(request, _("The record is forgotten."), to="partners:partners")
    if request.method == "GET":
        demand(found.status == Status.LEFT, _("Only the record of somebody who has left can be forgotten."))
    words = [
        _("Their name, how they were reached, what they needed, and the words of agreements are deleted. It cannot be undone."),
        _("That there was a partner, and when, stays as a count. What they told us keeps its own rules."),
    ]
    return ask(request, found, form, title=_("Forget this record"), button=_("Forget it"), words=words, is_warning=True)
