"""Pages of meetings: the lists, one meeting, adding one, moving or changing it, cancelling it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from safety_partners.committees import commands, policies, queries
from safety_partners.committees.commands.inviting import demand_to_come
from safety_partners.committees.forms import meetings as forms
from safety_partners.committees.models import Invitee, Meeting
from safety_partners.committees.views.loading import load_committee, load_meeting
from safety_partners.core.page import PageRequest, attempt, done, page, posted, show
from safety_partners.core.viewer import Viewer
from safety_partners.design import dates
from safety_partners.design.lists import BooleanFilter, Column, ListPage, Sort
from safety_partners.people.models import Membership

LOOKS = ("GET",)
SEND, CHANGE = "send", "change"
Status = Meeting.Status
TONES = {Status.PLANNED: "waiting", Status.HELD: "done", Status.CANCELLED: "stopped"}


def _meetings_for(viewer: Viewer, *, is_past: bool) -> ListPage:
    """The list of meetings, the next one first; those that are over, the last one first."""
    soonest, newest = gettext_lazy("Soonest first"), gettext_lazy("Newest first")
    return ListPage(
        fields=("code", "starts_at", "committee__name", "place", "status"),
        columns=[
            Column(
                "starts_at",
                gettext_lazy("When"),
                sort="day",
                value=lambda row: f"{dates.weekday(row.starts_at)}, {dates.clock(row.starts_at)}",
                href=lambda row: Meeting(code=row.code).get_absolute_url(),
            ),
            Column("committee__name", gettext_lazy("Committee")),
            Column("place", gettext_lazy("Where")),
            Column("status", gettext_lazy("How it stands"), kind="status", says=dict(Status.choices), tones=TONES),
        ],
        sorts=[
            Sort("day", newest, ["-starts_at", "-id"], reverse_label=gettext_lazy("Oldest first"))
            if is_past
            else Sort("day", soonest, ["starts_at", "id"], reverse_label=gettext_lazy("Latest first"))
        ],
        filters=[BooleanFilter("mine", gettext_lazy("Only mine"), apply=lambda rows, _on: queries.only_mine(rows, viewer))],
        search=lambda rows, words: rows.filter(committee__in=queries.search_committees(queries.committees(viewer), words)),
        search_label=gettext_lazy("Search by committee"),
        counted=ngettext_lazy("%(n)s meeting", "%(n)s meetings", "n"),
        caption=gettext_lazy("Meetings that are over") if is_past else gettext_lazy("Meetings to come"),
        empty=gettext_lazy("There are none."),
    )


@page(allow=policies.may_see_committees, methods=LOOKS)
def meetings(request: PageRequest) -> HttpResponse:
    """The meetings to come that this person may know of."""
    rows = queries.meetings_to_come(request.viewer)
    listing = _meetings_for(request.viewer, is_past=False).show(rows, request.GET, path=request.path)
    return show(request, "committees/meetings.jinja", listing=listing, is_past=False)


@page(allow=policies.may_see_committees, methods=LOOKS)
def past(request: PageRequest) -> HttpResponse:
    """Meetings that are over."""
    rows = queries.meetings_gone_by(request.viewer)
    listing = _meetings_for(request.viewer, is_past=True).show(rows, request.GET, path=request.path)
    return show(request, "committees/meetings.jinja", listing=listing, is_past=True)


@page(allow=policies.may_see_committees, methods=LOOKS)
def meeting(request: PageRequest, code: str) -> HttpResponse:
    """One meeting: when, where, how to take part, who comes, what is needed; then its agenda and its table."""
    found = load_meeting(request, code)
    whole, agenda = queries.meeting_page(request.viewer, found), queries.agenda(request.viewer, found)
    is_for_partner = whole.mine is not None and whole.mine.kind == Invitee.Kind.PARTNER
    return show(
        request,
        "committees/meeting.jinja",
        meeting=found,
        whole=whole,
        brief=queries.brief(found, whole, agenda) if is_for_partner else None,
        tones=TONES,
        is_bank_holiday=queries.is_bank_holiday(found.day),
        agenda=agenda,
        minutes=queries.table_line(request.viewer, found),
    )


@page(allow=policies.may_see_committees)
def add(request: PageRequest, code: str) -> HttpResponse:
    """One meeting besides those of the rule; before anything goes out, the page shows who will be told."""
    committee = load_committee(request, code, policies.may_run)
    form = forms.MeetingForm(posted(request))
    is_right = form.is_valid()
    told = [one.membership for one in queries.people_of(committee, form.cleaned_data["on"])] if is_right else []
    if is_right and SEND in request.POST:
        key = form.cleaned_data["submission_key"]
        made = attempt(form, commands.add_meeting, request.viewer, committee, **form.answers(), submission_key=key)
        if made is not None:
            return done(request, told_in_words(told), to=made)
    elif is_right and CHANGE not in request.POST:
        return _check(request, form, told, title=_("Check the new meeting"), committee=committee)
    return show(
        request,
        "committees/meeting_form.jinja",
        form=form,
        title=_("Add a meeting"),
        caption=committee.name,
        submit_text=_("Continue"),
        words_before=[_("Nothing is sent yet: on the next page you see who will be told.")],
        back_url=committee.get_absolute_url(),
    )


@page(allow=policies.may_see_committees)
def change(request: PageRequest, code: str) -> HttpResponse:
    """Move a meeting, or change how it is held; what people's calendars must follow is looked at once more before it is sent."""
    found = load_open(request, code)
    form = forms.ChangeMeetingForm(posted(request), initial=forms.initial_of(found))
    is_right = form.is_valid()
    answers = form.answers() if is_right else {}
    is_news = is_right and queries.is_news(found, answers)
    if is_right and (SEND in request.POST or not is_news):
        told = queries.invited(found) if is_news else []
        if attempt(form, commands.change_meeting, request.viewer, found, **answers, turn=form.cleaned_data["turn"]):
            return done(request, told_in_words(told), to=found)
        form.renew(turn=found.turn)
    elif is_right and CHANGE not in request.POST:
        how = {"meeting": found, "has_moved": queries.is_moved(found, answers)}
        return _check(request, form, queries.invited(found), title=_("Check what changes"), committee=found.committee, **how)
    return show(
        request,
        "committees/meeting_form.jinja",
        form=form,
        title=_("Move or change this meeting"),
        caption=_caption(found),
        submit_text=_("Continue"),
        words_before=[_("A new day, time, place or link is told to everybody who is invited: you see the names on the next page.")],
        back_url=found.get_absolute_url(),
    )


def load_open(request: PageRequest, code: str) -> Meeting:
    """A meeting that one runs and that is still to come: a form about any other has nothing to ask."""
    found = load_meeting(request, code, policies.may_run)
    if request.method != "POST":
        demand_to_come(found)
    return found


def _check(request: PageRequest, form: forms.MeetingForm, told: list[Membership], **more: Any) -> HttpResponse:
    on = form.cleaned_data["on"]
    return show(
        request,
        "committees/meeting_check.jinja",
        form=form,
        answers=form.answers(),
        told=told,
        is_bank_holiday=queries.is_bank_holiday(on),
        is_weekend=on.weekday() > 4,
        sent=sent_again(request),
        **{"meeting": None, "has_moved": False, **more},
    )


@page(allow=policies.may_see_committees)
def cancel(request: PageRequest, code: str) -> HttpResponse:
    """Cancel a meeting, with a word on why; the page shows who will be told."""
    found = load_open(request, code)
    told = queries.invited(found)
    form = forms.CancelForm(posted(request), initial={"turn": found.turn})
    if form.is_valid():
        if attempt(form, commands.cancel_meeting, request.viewer, found, **form.cleaned_data):
            return done(request, told_in_words(told), to=found)
        form.renew(turn=found.turn)
    return show(
        request,
        "committees/meeting_form.jinja",
        form=form,
        title=_("Cancel this meeting"),
        caption=_caption(found),
        submit_text=_("Cancel the meeting"),
        words_before=[_("It leaves everybody’s calendar. The page stays, and says that it was cancelled.")],
        told=told,
        is_warning=True,
        back_url=found.get_absolute_url(),
    )


def _caption(found: Meeting) -> str:
    said = {"committee": found.committee.name, "day": dates.weekday(found.starts_at), "time": dates.clock(found.starts_at)}
    return _("%(committee)s, %(day)s at %(time)s") % said


def told_in_words(told: list[Membership]) -> str:
    """What a page says when something was saved."""
    if not told:
        return _("It is saved. Nobody was told.")
    return ngettext("It is saved. We are telling %(n)s person.", "It is saved. We are telling %(n)s people.", len(told)) % {"n": len(told)}


def sent_again(request: PageRequest) -> dict[str, list[Any]]:
    """What was typed, for a page that only asks whether it is right."""
    return {name: values for name, values in request.POST.lists() if name not in {"csrfmiddlewaretoken", SEND, CHANGE}}
