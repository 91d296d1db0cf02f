"""Pages of a group's meetings and minutes."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from safety_partners.core import clock, files
from safety_partners.core.page import PageRequest, attempt, done, page, show
from safety_partners.design.lists import ChoiceFilter, Column, ListPage, Sort
from safety_partners.ppg import commands, policies, queries
from safety_partners.ppg.forms import registering as forms
from safety_partners.ppg.models import GroupMeeting
from safety_partners.ppg.views.loading import ask, demand, load_group, load_meeting

LOOKS = ("GET",)
Status = GroupMeeting.Status
TONES = {Status.PLANNED: "doing", Status.HELD: "done", Status.CANCELLED: "stopped"}
LIST = ListPage(
    fields=("code", "starts_at", "place", "people_count", "status"),
    columns=[
        Column("starts_at", gettext_lazy("When"), kind="datetime", sort="newest"),
        Column("place", gettext_lazy("Where")),
        Column("people_count", gettext_lazy("How many came"), kind="number"),
        Column("status", gettext_lazy("Where it stands"), kind="status", says=dict(Status.choices), tones=TONES),
    ],
    sorts=[Sort("newest", gettext_lazy("Newest first"), ["-starts_at", "-id"], reverse_label=gettext_lazy("Oldest first"))],
    filters=[ChoiceFilter("status", gettext_lazy("Where it stands"), choices=Status.choices)],
    counted=ngettext_lazy("%(n)s meeting", "%(n)s meetings", "n"),
    caption=gettext_lazy("Meetings of the group"),
    empty=gettext_lazy("No meeting is written down yet."),
)


@page(allow=policies.may_see_groups, methods=LOOKS)
def meetings(request: PageRequest, code: str) -> HttpResponse:
    """Every meeting of a group."""
    found = load_group(request, code)
    listing = LIST.show(queries.meetings_of(request.viewer, found), request.GET, path=request.path)
    may_add = policies.may_work_with(request.viewer, found)
    return show(request, "ppg/meetings.jinja", group=found, listing=listing, may_add=may_add)


@page(allow=policies.may_see_groups, methods=LOOKS)
def meeting(request: PageRequest, code: str) -> HttpResponse:
    """One meeting: when, where, what it is about, and its minutes."""
    found = load_meeting(request, code)
    return show(
        request,
        "ppg/meeting.jinja",
        meeting=found,
        tone=TONES[Status(found.status)],
        may_work=policies.may_work_with(request.viewer, found),
        has_begun=found.starts_at <= clock.now(),
    )


@page(allow=policies.may_see_groups)
def add(request: PageRequest, code: str) -> HttpResponse:
    """Plan a meeting."""
    found = load_group(request, code, policies.may_work_with)
    if request.method == "GET":
        demand(found.status != found.Status.NONE, _("There is no active group at this practice."))
    form = forms.MeetingForm(request.POST or None)
    if form.is_valid() and (made := attempt(form, commands.plan_meeting, request.viewer, found, **form.answers())):
        return done(request, _("The meeting is written down."), to=made)
    words = [_("It stands in the calendar of the chair and of whoever looks after the group. They are told.")]
    return ask(request, form, title=_("Add a meeting"), caption=found.name, button=_("Add the meeting"), back=found, words=words)


@page(allow=policies.may_see_groups)
def change(request: PageRequest, code: str) -> HttpResponse:
    """Move a planned meeting, or say more about it."""
    found = load_meeting(request, code, policies.may_work_with)
    form = forms.MeetingForm(request.POST or None, meeting=found)
    if form.is_valid() and attempt(form, commands.change_meeting, request.viewer, found, **form.answers()):
        return done(request, _("The meeting is changed."), to=found)
    if request.method == "GET":
        demand(found.status == Status.PLANNED, _("Only a meeting that is planned can be moved."))
    return ask(request, form, title=_("Change this meeting"), caption=found.group.name, button=_("Save"), back=found, record=found)


@page(allow=policies.may_see_groups)
def hold(request: PageRequest, code: str) -> HttpResponse:
    """Say that it took place, with its minutes."""
    found = load_meeting(request, code, policies.may_work_with)
    kept = {"people_count": found.people_count, "minutes": found.minutes, "turn": found.turn}
    form = forms.HeldForm(request.POST or None, request.FILES or None, initial=kept)
    if form.is_valid() and attempt(form, commands.hold_meeting, request.viewer, found, **form.cleaned_data):
        return done(request, _("It is written down."), to=found)
    if request.method == "GET":
        can = found.status != Status.CANCELLED and found.starts_at <= clock.now()
        demand(can, _("This meeting has not begun yet, or was cancelled."))
    words = [_("A file is there already. If you choose another, it takes its place.")] if found.minutes_file_id else []
    return ask(
        request,
        form,
        title=_("Say that it took place"),
        caption=found.group.name,
        button=_("Save"),
        back=found,
        words=words,
        record=found,
    )


@page(allow=policies.may_see_groups)
def cancel(request: PageRequest, code: str) -> HttpResponse:
    """Say that it does not take place."""
    found = load_meeting(request, code, policies.may_work_with)
    form = forms.WhyForm(request.POST or None, initial={"turn": found.turn})
    if form.is_valid() and attempt(form, commands.cancel_meeting, request.viewer, found, **form.cleaned_data):
        return done(request, _("The meeting is cancelled."), to=found)
    if request.method == "GET":
        demand(found.status == Status.PLANNED, _("Only a meeting that is planned can be cancelled."))
    return ask(
        request,
        form,
        title=_("Cancel this meeting"),
        caption=found.group.name,
        button=_("Cancel the meeting"),
        back=found,
        record=found,
        is_warning=True,
    )


@page(allow=policies.may_see_groups, methods=LOOKS)
def minutes_file(request: PageRequest, code: str) -> HttpResponse:
    """The minutes as a file."""
    found = load_meeting(request, code)
    if found.minutes_file is None:
        raise Http404
    return files.answer(request, found.minutes_file)
