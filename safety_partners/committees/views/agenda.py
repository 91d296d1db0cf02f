"""Pages of an agenda: beginning it, its items, their order, and stepping back from one."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from safety_partners.committees import commands, policies, queries
from safety_partners.committees.forms import agenda as forms
from safety_partners.committees.models import Classification, Item, Meeting, Recusal
from safety_partners.committees.models.committee import READERS
from safety_partners.committees.views.loading import WHO, ask, load_invitee, load_item, load_meeting, people_for
from safety_partners.core.page import PageRequest, attempt, done, page, posted, show
from safety_partners.insights.policies import may_record_words
from safety_partners.partners.forms.said import PressForm
from safety_partners.people.choosing import member_called

LOOKS = ("GET",)


@page(allow=policies.may_see_committees)
def begin(request: PageRequest, code: str) -> HttpResponse:
    """Put in what stands on every agenda."""
    meeting = load_meeting(request, code, policies.may_run)
    form = PressForm(posted(request))
    if form.is_valid() and attempt(form, commands.begin_agenda, request.viewer, meeting, **form.cleaned_data):
        return redirect("committees:agenda", meeting.code)
    return ask(
        request,
        form,
        title=_("Start the agenda"),
        caption=meeting.committee.name,
        button=_("Start the agenda"),
        back=meeting,
        words=[
            _("This puts in the minutes and actions of the last meeting, if there was one, and what partners wish to raise."),
            _("You can change, move or remove each of them."),
        ],
    )


@page(allow=policies.may_see_committees)
def agenda(request: PageRequest, code: str) -> HttpResponse:
    """The agenda as those work on it who run the committee: items in order, each with buttons to move it."""
    meeting = load_meeting(request, code, policies.may_run)
    if request.method == "POST":
        item = load_item(request, request.POST.get("item", ""), policies.may_work_on_item)
        commands.move_item(request.viewer, item, is_up=request.POST.get("move") == "up")
        return redirect("committees:agenda", meeting.code)
    return show(
        request,
        "committees/agenda.jinja",
        meeting=meeting,
        agenda=queries.agenda(request.viewer, meeting),
        missing=queries.not_there(meeting, request.viewer),
    )


@page(allow=policies.may_see_committees)
def add_item(request: PageRequest, code: str) -> HttpResponse:
    """Add an item to an agenda."""
    meeting = load_meeting(request, code, policies.may_run)
    people = people_for(request, "lead", roles=READERS)
    form = forms.ItemForm(posted(request), people=people)
    if form.is_valid():
        item = attempt(form, commands.add_item, request.viewer, meeting, **_with_lead(request, form.cleaned_data))
        if item is not None:
            return done(request, _("The item is on the agenda."), to=item)
    return ask(request, form, title=_("Add an item"), caption=meeting.committee.name, button=_("Add the item"), back=meeting, people=people)


@page(allow=policies.may_see_committees, methods=LOOKS)
def item(request: PageRequest, code: str) -> HttpResponse:
    """One item: what it is for and its papers; for whoever has stepped back, only that they have."""
    viewer = request.viewer
    found = _load_line(request, code)
    line = queries.line_of(viewer, found)
    is_open = line is not None and not line.is_withheld
    return show(
        request,
        "committees/item.jinja",
        item=found,
        line=line,
        is_open=is_open,
        papers=queries.papers_at(viewer, found) if is_open else [],
        recusals=queries.recusals_at(viewer, found),
        may_run=is_open and policies.may_run(viewer, found),
        may_record=may_record_words(viewer),
        may_speak=is_open and policies.may_speak_at(viewer, found),
        said=queries.said_of(viewer, found) if is_open else None,
        classes=dict(Classification.choices),
    )


def _load_line(request: PageRequest, code: str) -> Item:
    """An item whose line on the agenda the viewer may see."""
    rows = Item.objects.visible_to(request.viewer).select_related(
        "meeting__committee__chair", "meeting__committee__secretary", "lead__user"
    )
    found: Item = get_object_or_404(rows, code=code)
    return found


@page(allow=policies.may_see_committees)
def change_item(request: PageRequest, code: str) -> HttpResponse:
    """Change what is written about an item."""
    found = load_item(request, code, policies.may_work_on_item)
    initial = forms.ItemForm.initial_of(found)
    people = people_for(request, "lead", roles=READERS, chosen=[initial["lead"]])
    form = forms.ItemForm(posted(request), people=people, item=found, initial=initial)
    if form.is_valid() and attempt(form, commands.change_item, request.viewer, found, **_with_lead(request, form.cleaned_data)):
        return done(request, _("The item is changed. Nobody is told of it."), to=found)
    return ask(request, form, title=_("Change this item"), caption=found.title, button=_("Save"), back=found, people=people, record=found)


def _with_lead(request: PageRequest, given: dict[str, Any]) -> dict[str, Any]:
    """Answers with the person who leads it as themselves."""
    return {**given, "lead": member_called(request.viewer, given["lead"]) if given["lead"] else None}


@page(allow=policies.may_see_committees)
def remove_item(request: PageRequest, code: str) -> HttpResponse:
    """Take an item off the agenda."""
    found = load_item(request, code, policies.may_work_on_item)
    form = PressForm(posted(request))
    meeting = attempt(form, commands.remove_item, request.viewer, found, **form.cleaned_data) if form.is_valid() else None
    if meeting is not None:
        return done(request, _("The item is off the agenda."), to="committees:agenda", code=meeting.code)
    return ask(
        request,
        form,
        title=_("Take this item off the agenda?"),
        caption=found.title,
        button=_("Take it off"),
        back=found,
        words=[_("It cannot be brought back.")],
        is_warning=True,
    )


# Stepping back


@page(allow=policies.may_see_committees)
def declare(request: PageRequest, code: str) -> HttpResponse:
    """Step back from an item because of an interest."""
    found = load_item(request, code, policies.may_open_item)
    form = forms.InterestForm(posted(request))
    if form.is_valid() and attempt(form, commands.declare_interest, request.viewer, found, **form.cleaned_data):
        return done(request, _("You have stepped back from this item."), to=found)
    return show(request, "committees/interest.jinja", form=form, item=found, interests=queries.registered_interests(request.viewer))


@page(allow=policies.may_see_committees)
def record_interest(request: PageRequest, code: str) -> HttpResponse:
    """Write down that somebody who is invited steps back."""
    found = load_item(request, code, policies.may_work_on_item)
    form = forms.RecordInterestForm(posted(request), invited=queries.may_step_back(request.viewer, found))
    if form.is_valid():
        given = {**form.cleaned_data}
        given["membership"] = member_called(request.viewer, given.pop(WHO))
        if attempt(form, commands.record_interest, request.viewer, found, **given):
            return done(request, _("It is written down, and they are told."), to=found)
    return ask(
        request,
        form,
        title=_("Write down that somebody steps back"),
        caption=found.title,
        button=_("Save"),
        back=found,
        words=[
            _("From then on they do not see the papers, the minutes or anything that is said about this item. Nobody else is told why."),
            _("The minutes say that they left and came back."),
        ],
    )


@page(allow=policies.may_see_committees)
def take_back(request: PageRequest, code: str) -> HttpResponse:
    """Take part again."""
    rows = Recusal.objects.visible_to(request.viewer).in_force().select_related("item__meeting__committee", "membership__user")
    found: Recusal = get_object_or_404(rows, code=code)
    policies.may_take_back_interest.demand(request.viewer, found)
    is_own = policies.has_stepped_back(request.viewer, found)
    form = PressForm(posted(request))
    if form.is_valid() and attempt(form, commands.take_back_interest, request.viewer, found, **form.cleaned_data):
        return done(request, _("You take part again.") if is_own else _("They take part again, and are told."), to=found.item)
    return ask(
        request,
        form,
        title=_("Take part in this item again?") if is_own else _("Does %(name)s take part again?") % {"name": found.membership.name},
        caption=found.item.title,
        button=_("Take part again") if is_own else _("They take part again"),
        back=found.item,
        words=[_("Do this only if the interest is gone, or was none. Everything about the item can be seen again.")],
    )


@page(allow=policies.may_see_committees)
def nothing_to_declare(request: PageRequest, code: str) -> HttpResponse:
    """Look through the agenda, and say what must be declared, or that there is nothing."""
    invitee = load_invitee(request, code, policies.is_invited)
    meeting: Meeting = invitee.meeting
    form = PressForm(posted(request))
    if form.is_valid() and attempt(form, commands.declare_nothing, request.viewer, invitee, **form.cleaned_data):
        return done(request, _("Thank you. It is written down."), to=meeting)
    return show(
        request,
        "committees/declare.jinja",
        form=form,
        meeting=meeting,
        invitee=invitee,
        lines=queries.lines(request.viewer, meeting),
        interests=queries.registered_interests(request.viewer),
    )
