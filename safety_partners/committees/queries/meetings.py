"""Meetings as their pages show them: who is invited and what they said, what is needed there, what a change would mean."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce

from safety_partners.committees import policies
from safety_partners.committees.models import Invitee, Meeting, NeedAtMeeting
from safety_partners.core import clock
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import bank_holidays
from safety_partners.partners.models import AccessNeed
from safety_partners.people.models import Membership

# What stands in people's calendars: only a change of these is told.
IN_CALENDARS = ("starts_at", "ends_at", "place", "video_link", "phone_in")
SHOWN = 300


def is_news(meeting: Meeting, changed: Mapping[str, Any]) -> bool:
    """Say whether a change is one that people's calendars must follow. A word in the notes is not."""
    return any(name in changed and getattr(meeting, name) != changed[name] for name in IN_CALENDARS)


def is_moved(meeting: Meeting, changed: Mapping[str, Any]) -> bool:
    """Say whether its day or time becomes another one."""
    return any(name in changed and getattr(meeting, name) != changed[name] for name in IN_CALENDARS[:2])


def meetings_to_come(viewer: Viewer) -> QuerySet[Meeting]:
    """What is not over yet, also what was cancelled."""
    # The first condition lets the index of days answer; the second one is the truth.
    since = clock.now() - dt.timedelta(days=2)
    return Meeting.objects.visible_to(viewer).filter(starts_at__gte=since, ends_at__gt=clock.now()).exclude(status=Meeting.Status.HELD)


def meetings_gone_by(viewer: Viewer) -> QuerySet[Meeting]:
    """What is over or was held."""
    return Meeting.objects.visible_to(viewer).filter(Q(ends_at__lte=clock.now()) | Q(status=Meeting.Status.HELD))


def only_mine(rows: QuerySet[Any], viewer: Viewer) -> QuerySet[Any]:
    """The meetings to which this person is invited."""
    return rows.filter(Exists(Invitee.objects.filter(meeting=OuterRef("pk"), membership_id=viewer.membership_id)))


@dataclass(frozen=True, slots=True)
class NeedLine:
    """One need of one invited partner, and what was decided for this meeting, if anything."""

    invitee: Invitee
    need: AccessNeed
    status: str
    reason: str
    decided_by: str

    @property
    def is_open(self) -> bool:
        return self.status == NeedAtMeeting.Status.ASKED

    @property
    def words(self) -> str:
        return str(NeedAtMeeting.Status(self.status).label)


@dataclass(frozen=True, slots=True)
class Readiness:
    """What every partner needs at a meeting. It is ready only when nothing is open: met, or not met with the reason."""

    lines: Sequence[NeedLine]

    @property
    def open(self) -> list[NeedLine]:
        return [line for line in self.lines if line.is_open]

    @property
    def is_ready(self) -> bool:
        return not self.open


def readiness(meeting: Meeting, invitees: Iterable[Invitee] | None = None) -> Readiness:
    """One query, or two where nobody has read the invitees. For the eyes of the partner and of those who arrange the meeting.

    Asked of what partners need now, so that a need told after the invitation counts too, and one that is over does not.
    """
    if invitees is None:
        invitees = Invitee.objects.filter(meeting=meeting).select_related("membership__user").order_by("membership__user__name_key", "pk")
    partners = {one.membership_id: one for one in invitees if one.kind == Invitee.Kind.PARTNER}
    if not partners:
        return Readiness([])
    here = NeedAtMeeting.objects.filter(invitee__meeting=meeting, need=OuterRef("pk"))
    rows = AccessNeed.objects.filter(ended_on__isnull=True, partner__membership_id__in=partners)
    rows = rows.annotate(
        whose=F("partner__membership_id"),
        here_status=Coalesce(Subquery(here.values("status")), Value(NeedAtMeeting.Status.ASKED.value), output_field=CharField()),
        here_reason=Coalesce(Subquery(here.values("reason")), Value(""), output_field=TextField()),
        here_by=Coalesce(Subquery(here.values("decided_by__user__name")), Value(""), output_field=CharField()),
    )
    lines = [NeedLine(partners[need.whose], need, need.here_status, need.here_reason, need.here_by) for need in rows.order_by("pk")]
    order = {member: place for place, member in enumerate(partners)}
    return Readiness(sorted(lines, key=lambda line: order[line.invitee.membership_id]))


def open_needs(meeting: str = "meeting_id") -> Exists:
    """Whether a partner who is invited needs something about which nothing was decided; ``meeting`` is the column of the row."""
    settled = NeedAtMeeting.objects.filter(invitee=OuterRef("pk"), need=OuterRef("membership__partner__access_needs")).exclude(
        status=NeedAtMeeting.Status.ASKED
    )
    invitees = Invitee.objects.filter(meeting=OuterRef(meeting), kind=Invitee.Kind.PARTNER)
    invitees = invitees.filter(membership__partner__access_needs__isnull=False, membership__partner__access_needs__ended_on__isnull=True)
    return Exists(invitees.filter(~Exists(settled)))


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """What the page of one meeting shows besides the agenda and the table."""

    invitees: Sequence[Invitee]
    mine: Invitee | None
    readiness: Readiness
    runs: bool

    @property
    def may_join(self) -> bool:
        """The way into the room is for whoever is invited, and for those who run the committee."""
        return self.mine is not None or self.runs

    @property
    def not_answered(self) -> list[Invitee]:
        return [one for one in self.invitees if one.reply == Invitee.Reply.NONE]

    def counted(self, reply: str) -> int:
        return sum(one.reply == reply for one in self.invitees)


def meeting_page(viewer: Viewer, meeting: Meeting) -> MeetingPage:
    """Two queries: who is invited, and what partners need; each partner sees their own needs, and only who arranges them others'."""
    runs = policies.may_run(viewer, meeting)
    invitees = invitees_of(viewer, meeting)
    mine = next((one for one in invitees if one.membership_id == viewer.membership_id), None)
    looked_after = invitees if runs else [mine] if mine else []
    return MeetingPage(invitees, mine, readiness(meeting, looked_after), runs)


def invitees_of(viewer: Viewer, meeting: Meeting) -> list[Invitee]:
    """Who is invited, partners first, as far as the viewer may know."""
    rows = Invitee.objects.visible_to(viewer).filter(meeting=meeting).select_related("membership__user", "recorded_by__user")
    order = {Invitee.Kind.PARTNER: 0, Invitee.Kind.MEMBER: 1, Invitee.Kind.GUEST: 2}
    return sorted(rows.order_by("membership__user__name_key", "pk")[:SHOWN], key=lambda one: order[Invitee.Kind(one.kind)])


def invited(meeting: Meeting) -> list[Membership]:
    """Whom a message about this meeting reaches, by name."""
    rows = Invitee.objects.filter(meeting=meeting).values("membership_id")
    return list(Membership.objects.filter(pk__in=rows).current().named())


def to_remind(meeting: Meeting, rest: dt.timedelta) -> list[Membership]:
    """Whom a reminder would reach now, by name."""
    rows = Invitee.objects.filter(meeting=meeting).not_answered().rested(clock.now() - rest).values("membership_id")
    return list(Membership.objects.filter(pk__in=rows).current().named())


def is_bank_holiday(day: dt.date) -> bool:
    """Say whether a day is a bank holiday in England, as far as they are known."""
    return day in bank_holidays()
