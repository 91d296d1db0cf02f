"""Which seats are filled, vacant or in induction, since when, who comes next, and how often each seat's holder was there."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from safety_partners.committees.models import Committee, Invitee, Meeting, Seat, Sitting
from safety_partners.committees.models.committee import GONE
from safety_partners.core import clock
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today
from safety_partners.partners.models import Partner

FILLED, INDUCTION, VACANT = "filled", "in induction", "vacant"
# So long before a committee is without a partner somebody must look for the next one.
NOTICE = dt.timedelta(days=90)
# Ends of two seats within so many days of each other take all experience away at once.
TOGETHER = dt.timedelta(days=92)
WAS_THERE = [Invitee.Attendance.PRESENT, Invitee.Attendance.PART]
# How far back attendance is told.
LOOK_BACK = dt.timedelta(days=366)


@dataclass(slots=True)
class SeatNow:
    """One seat as it stands today, with its story."""

    seat: Seat
    sittings: list[Sitting] = field(default_factory=list)
    held: int = 0
    came: int = 0

    def _now(self) -> list[Sitting]:
        on = today()
        return [one for one in self._taken() if one.from_on <= on and (one.until_on is None or one.until_on >= on)]

    def _taken(self) -> list[Sitting]:
        return [one for one in self.sittings if one.status == Sitting.Status.SITS and one.partner.status not in GONE]

    @property
    def holder(self) -> Sitting | None:
        return next((one for one in self._now() if not one.is_shadowing), None)

    @property
    def shadowing(self) -> list[Sitting]:
        return [one for one in self._now() if one.is_shadowing]

    @property
    def offered(self) -> list[Sitting]:
        return [one for one in self.sittings if one.status == Sitting.Status.OFFERED]

    @property
    def in_force(self) -> list[Sitting]:
        """Offers that wait, and times at the table that have not come to their end."""
        taken = [one for one in self._taken() if one.until_on is None or one.until_on >= today()]
        return [*self.offered, *taken]

    @property
    def coming(self) -> list[Sitting]:
        """Who has said yes for a day to come, and is not at the table yet."""
        return [one for one in self._taken() if one.from_on > today()]

    @property
    def has_next(self) -> bool:
        """Whether somebody has said that they hold it from a day to come."""
        return any(one.holds_from_on is not None and one.holds_from_on > today() for one in self._taken())

    @property
    def state(self) -> str:
        """Filled; in induction, while whoever takes it still joins or shadows; or vacant."""
        if self.holder is not None:
            return INDUCTION if self.holder.partner.status == Partner.Status.JOINING else FILLED
        return INDUCTION if self.shadowing else VACANT

    @property
    def since(self) -> dt.date:
        """The day from which it stands so."""
        if self.holder is not None:
            return self.holder.holds_from_on or self.holder.from_on
        if self.shadowing:
            return min(one.from_on for one in self.shadowing)
        gone = [day for one in self.sittings if (day := one.last_on) and one.holds_from_on and one.holds_from_on <= day < today()]
        return max([day + dt.timedelta(days=1) for day in gone], default=self.seat.from_on)

    def is_held_on(self, day: dt.date) -> bool:
        """Whether somebody has said that they hold it on a day to come."""
        taken = [one for one in self._taken() if one.holds_from_on is not None and one.holds_from_on <= day]
        return any(one.until_on is None or one.until_on >= day for one in taken)


@dataclass(frozen=True, slots=True)
class Coverage:
    """The seats of one committee, in order."""

    committee: Committee
    seats: list[SeatNow]

    @property
    def filled(self) -> int:
        return sum(one.holder is not None for one in self.seats)

    @property
    def without_partner_from(self) -> dt.date | None:
        """The first day within the time of notice on which nobody holds a seat; today if that is so already."""
        on = today()
        ends = [one.until_on + dt.timedelta(days=1) for seat in self.seats for one in seat.sittings if one.until_on]
        days = sorted({on, *(day for day in ends if on < day <= on + NOTICE)})
        return next((day for day in days if not any(seat.is_held_on(day) for seat in self.seats)), None)

    @property
    def needs_partner(self) -> bool:
        """A safety-related committee that has no partner, or will soon have none."""
        return self.committee.is_safety_related and not self.committee.is_over and self.without_partner_from is not None

    @property
    def ends_together(self) -> bool:
        """All who hold a seat end at about the same time, and nobody has said that they follow."""
        holders = [one.holder for one in self.seats if one.holder is not None]
        ends = sorted(one.until_on for one in holders if one.until_on is not None)
        alone = len(holders) < 2 or len(ends) < len(holders) or any(one.has_next for one in self.seats)
        return not alone and ends[-1] - ends[0] < TOGETHER


def coverage(viewer: Viewer, committees: Iterable[Committee], *, with_attendance: bool = True) -> dict[int, Coverage]:
    """How the seats of these committees stand, by the committee's id. Two queries and one for attendance, however many there are."""
    found = {one.pk: one for one in committees}
    seats = [SeatNow(seat) for seat in Seat.objects.visible_to(viewer).open().filter(committee__in=found).order_by("number")]
    by_seat = {one.seat.pk: one for one in seats}
    rows = Sitting.objects.visible_to(viewer).filter(seat__in=by_seat)
    rows = rows.exclude(status__in=[Sitting.Status.DECLINED, Sitting.Status.WITHDRAWN])
    for sitting in rows.select_related("partner__membership__user").order_by("from_on", "pk"):
        by_seat[sitting.seat_id].sittings.append(sitting)
    if with_attendance:
        _attendance(viewer, seats)
    by_committee = defaultdict(list)
    for one in seats:
        by_committee[one.seat.committee_id].append(one)
    return {pk: Coverage(committee, by_committee[pk]) for pk, committee in found.items()}


def _attendance(viewer: Viewer, seats: list[SeatNow]) -> None:
    """Of the meetings of a year for which a seat's holder was invited, to how many they came; whoever held it then."""
    since = clock.now() - LOOK_BACK
    rows = Invitee.objects.filter(
        meeting__in=Meeting.objects.visible_to(viewer).filter(status=Meeting.Status.HELD, starts_at__gte=since),
        meeting__committee__in={one.seat.committee_id for one in seats},
        kind=Invitee.Kind.PARTNER,
    )
    invited = defaultdict(list)
    for committee, member, starts_at, attendance in rows.values_list(
        "meeting__committee_id", "membership_id", "meeting__starts_at", "attendance"
    ):
        invited[committee, member].append((clock.day_of(starts_at), attendance))
    for one in seats:
        for sitting in one.sittings:
            for day, attendance in invited[one.seat.committee_id, sitting.partner.membership_id]:
                if sitting.holds_from_on and sitting.holds_from_on <= day <= (sitting.last_on or dt.date.max):
                    one.held += 1
                    one.came += attendance in WAS_THERE


def _holding(committee: str, on: dt.date) -> QuerySet[Sitting]:
    return Sitting.objects.holding(on).filter(seat__committee=OuterRef(committee), seat__ended_on__isnull=True)


def counted(rows: QuerySet[Any], by: str) -> Coalesce:
    """How many of these rows there are, asked beside each row of another table; nought where there is none."""
    return Coalesce(Subquery(rows.order_by().values(by).annotate(n=Count("pk")).values("n")), 0)


def committees(viewer: Viewer) -> QuerySet[Committee]:
    """Every committee one may see, with its open seats, how many of them are held today, and its next meeting."""
    seats = Seat.objects.open().filter(committee=OuterRef("pk"))
    to_come = Meeting.objects.visible_to(viewer).to_come().filter(committee=OuterRef("pk")).order_by("starts_at", "pk")
    return Committee.objects.visible_to(viewer).annotate(
        open_seats=counted(seats, "committee"),
        held_seats=counted(_holding("pk", today()), "seat__committee"),
        next_at=Subquery(to_come.values("starts_at")[:1]),
    )


def without_partner(rows: QuerySet[Committee]) -> QuerySet[Committee]:
    """Safety-related committees in which no partner holds a seat now, or will at the end of the time of notice."""
    rows = rows.meeting_still().filter(is_safety_related=True)
    return rows.filter(~Exists(_holding("pk", today())) | ~Exists(_holding("pk", today() + NOTICE)))


def with_vacant_seat(rows: QuerySet[Committee]) -> QuerySet[Committee]:
    """Those with a seat that nobody holds or shadows today."""
    taken = Sitting.objects.sitting(today()).filter(seat=OuterRef("pk"))
    return rows.filter(Exists(Seat.objects.open().filter(~Exists(taken), committee=OuterRef("pk"))))


def search_committees(rows: QuerySet[Committee], words: str) -> QuerySet[Committee]:
    """By any part of the name or by the code."""
    for term in words.split()[:6]:
        rows = rows.filter(Q(name__icontains=term) | Q(code__iexact=term))
    return rows
