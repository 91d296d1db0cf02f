"""One meeting: added, moved, its place and links changed, cancelled."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from safety_partners.committees import policies
from safety_partners.committees.commands.announcing import Kind, News, tell
from safety_partners.committees.commands.inviting import demand_to_come, invite_everybody
from safety_partners.committees.commands.rules import demand_meets
from safety_partners.committees.models import Committee, Invitee, Meeting, NeedAtMeeting
from safety_partners.committees.queries.meetings import is_moved, is_news
from safety_partners.core import clock
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import working_days_before
from safety_partners.partners.commands.rules import demand_words

LONGEST = dt.timedelta(hours=14)


@command(allow=policies.may_run, details=("starts_at",))
def add_meeting(
    viewer: Viewer,
    committee: Committee,
    /,
    *,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    place: str = "",
    getting_there: str = "",
    video_link: str = "",
    phone_in: str = "",
    breaks: str = "",
) -> Meeting:
    """Add one meeting that belongs to no series; whoever has a place at the table is invited and told."""
    demand_meets(committee)
    demand_times(starts_at, ends_at)
    meeting = Meeting.objects.create(
        organisation=committee.organisation,
        committee=committee,
        starts_at=starts_at,
        ends_at=ends_at,
        place=place,
        getting_there=getting_there,
        video_link=video_link,
        phone_in=phone_in,
        breaks=breaks,
        papers_due_on=papers_due_on(committee, starts_at),
    )
    invite_everybody([meeting])
    tell([News(Kind.PLANNED, meeting)])
    return meeting


@command(allow=policies.may_run, details=("starts_at",))
def change_meeting(
    viewer: Viewer,
    meeting: Meeting,
    /,
    *,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    place: str,
    getting_there: str,
    video_link: str,
    phone_in: str,
    breaks: str,
    turn: int,
) -> Meeting:
    """Move a meeting, or change where and how it is held. Everybody is told of a new day, time, place or link; of nothing else.

    A day or time that was set by hand stays when the series changes.
    """
    demand_to_come(meeting)
    changed: dict[str, Any] = {
        "starts_at": starts_at,
        "ends_at": ends_at,
        "place": place,
        "getting_there": getting_there,
        "video_link": video_link,
        "phone_in": phone_in,
        "breaks": breaks,
    }
    if is_moved(meeting, changed):
        demand_times(starts_at, ends_at)
        changed["is_moved"] = True
    news = put_change(meeting, turn=turn, **changed)
    tell([news] if news else [])
    return meeting


@command(allow=policies.may_run)
def cancel_meeting(viewer: Viewer, meeting: Meeting, /, *, why: str, turn: int) -> Meeting:
    """Cancel a meeting with a word on why; it leaves everybody's calendar. In a series its day stays free."""
    demand_to_come(meeting)
    demand_words(why, _("Say why, in a few words. Everybody who is invited reads it."), field="why")
    tell([put_cancel(meeting, why, turn=turn)])
    return meeting


def put_change(meeting: Meeting, *, turn: int, **changed: Any) -> News | None:
    """Change a meeting that is planned; returns what must be told, if anything.

    After a new day or time everybody answers again; after that or a new place what partners need is looked at again.
    """
    is_told, has_moved = is_news(meeting, changed), is_moved(meeting, changed)
    news = News(Kind.CHANGED, meeting, meeting.starts_at, meeting.ends_at, meeting.place)
    if is_told:
        changed["sequence"] = meeting.sequence + 1
    if has_moved:
        changed["papers_due_on"] = papers_due_on(meeting.committee, changed.get("starts_at", meeting.starts_at))
    Meeting.lifecycle.move(meeting, "change", turn=turn, **changed)
    if has_moved:
        unanswered = {"reply": Invitee.Reply.NONE, "how": "", "replied_at": None, "capture": Invitee.Capture.TYPED}
        Invitee.objects.filter(meeting=meeting).update(**unanswered, recorded_by=None, is_read_back=False)
    if is_told:
        asked = {"status": NeedAtMeeting.Status.ASKED, "reason": "", "decided_by": None, "decided_at": None}
        NeedAtMeeting.objects.filter(invitee__meeting=meeting).update(**asked)
    return news if is_told else None


def put_cancel(meeting: Meeting, why: str, *, turn: int, **also: Any) -> News:
    """Cancel a meeting that is planned; returns what must be told."""
    Meeting.lifecycle.move(meeting, "cancel", turn=turn, why_cancelled=why.strip(), sequence=meeting.sequence + 1, **also)
    return News(Kind.CANCELLED, meeting)


def papers_due_on(committee: Committee, starts_at: dt.datetime) -> dt.date:
    """By what day its papers go out: so many working days before, as the committee has agreed."""
    return working_days_before(clock.day_of(starts_at), committee.papers_days)


def demand_times(starts_at: dt.datetime, ends_at: dt.datetime) -> None:
    """Raise ``NotPossible`` unless a meeting is still to come and ends after it begins, on the same day."""
    if starts_at <= clock.now():
        raise NotPossible(_("Choose a day and time that are still to come."), field="on")
    if not starts_at < ends_at <= starts_at + LONGEST:
        raise NotPossible(_("It must end after it begins."), field="ends_at_time")
