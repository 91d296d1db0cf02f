"""What a rule would make of a committee's meetings, before anything is saved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q

from safety_partners.committees import recurrence
from safety_partners.committees.models import Committee, Invitee, Meeting, Series
from safety_partners.committees.queries.sittings import people_of
from safety_partners.committees.recurrence import Rule, Slot
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today
from safety_partners.people.models import Membership


class Fate(StrEnum):
    """What becomes of one meeting, or of one day of the rule."""

    NEW = "new"
    SAME = "same"
    MOVES = "moves"
    BY_HAND = "by hand"
    CANCELLED = "cancelled"
    GOES = "goes"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the preview: the place in the series, the meeting that takes it, and what becomes of it."""

    fate: Fate
    slot: Slot | None
    meeting: Meeting | None

    @property
    def on(self) -> dt.date:
        """The day by which the line stands in its order."""
        if self.fate in {Fate.NEW, Fate.MOVES, Fate.SAME} and self.slot is not None:
            return self.slot.on
        return self.meeting.day if self.meeting is not None else dt.date.max

    @property
    def is_told(self) -> bool:
        return self.fate in {Fate.NEW, Fate.MOVES, Fate.GOES}


def plan(
    series: Series | None,
    *,
    rule: Rule,
    on_holiday: str,
    first_on: dt.date,
    last_on: dt.date,
    starts_at_time: dt.time,
    minutes_long: int,
) -> list[Line]:
    """Every day of the rule that is still to come, and what becomes of the meetings there are: one query.

    They are matched in order. What was moved or cancelled by hand keeps its day; what finds no place is cancelled.
    """
    slots = [slot for slot in recurrence.slots(rule, on_holiday, first_on, last_on) if slot.on > today() and slot.slot_on > today()]
    meetings = coming(series, first_on) if series is not None else []
    days = [meeting.slot_on for meeting in meetings if meeting.slot_on is not None]
    lines = []
    for old, new in recurrence.matched(days, [slot.slot_on for slot in slots]):
        meeting = None if old is None else meetings[old]
        slot = None if new is None else slots[new]
        lines.append(Line(_fate(meeting, slot, starts_at_time, minutes_long), slot, meeting))
    return sorted(lines, key=lambda line: line.on)


def _fate(meeting: Meeting | None, slot: Slot | None, time: dt.time, minutes: int) -> Fate:
    if meeting is None:
        return Fate.NEW
    if meeting.status == Meeting.Status.CANCELLED:
        return Fate.CANCELLED
    if meeting.is_moved or meeting.status == Meeting.Status.HELD or meeting.is_over:
        return Fate.BY_HAND
    if slot is None:
        return Fate.GOES
    starts_at = recurrence.moment(slot.on, time)
    is_same = (meeting.starts_at, meeting.ends_at) == (starts_at, starts_at + dt.timedelta(minutes=minutes))
    return Fate.SAME if is_same else Fate.MOVES


def coming(series: Series, first_on: dt.date) -> list[Meeting]:
    """The meetings of a series whose places are still to come, from a day on, in the order of their places."""
    rows = series.meetings.filter(slot_on__gt=today(), slot_on__gte=first_on).select_related("committee__organisation")
    return list(rows.order_by("slot_on"))


def next_place(series: Series) -> dt.date:
    """From what day a change holds, unless somebody says otherwise: the beginning of the month or week of the next place.

    So the next meeting finds its new day also where that is earlier, and a rule that leaves months out keeps its months.
    """
    tomorrow = today() + recurrence.DAY
    rule = Rule.read(series.rule)
    place = next((slot.slot_on for slot in _left(series) if slot.slot_on >= tomorrow), tomorrow)
    begins = place - place.weekday() * recurrence.DAY if rule.pattern == recurrence.Pattern.WEEKS else place.replace(day=1)
    return max(tomorrow, begins)


def _left(series: Series) -> Sequence[Slot]:
    return recurrence.slots(Rule.read(series.rule), series.on_holiday, series.first_on, series.last_on)


def series_of(viewer: Viewer, committee: Committee) -> Series | None:
    """The rule by which a committee meets now, if it has one."""
    found: Series | None = Series.objects.visible_to(viewer).filter(committee=committee, status="runs").first()
    return found


def people_told(committee: Committee, lines: Sequence[Line], *, everywhere: bool) -> list[Membership]:
    """Whom these changes reach, by name: whoever is invited to a meeting that changes, or will be to one that is new. Three queries.

    ``everywhere`` where every meeting changes, because the place or a link is another one.
    """
    changing = [line.meeting for line in lines if line.meeting is not None and (line.is_told or everywhere)]
    theirs = Q(pk__in=Invitee.objects.filter(meeting__in=changing).values("membership_id"))
    new = [line.on for line in lines if line.fate == Fate.NEW]
    if new:
        theirs |= Q(pk__in=[one.membership.pk for one in people_of(committee, new[0])])
    return list(Membership.objects.filter(theirs).current().named())
