"""Days of activities as they stand in somebody's calendar."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

from django.db.models import BooleanField, Case, CharField, DateTimeField, Exists, F, OuterRef, QuerySet, Value, When
from django.db.models.functions import Cast, TruncDate
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from safety_partners.activities.calendars import uid
from safety_partners.activities.models import Activity, Offer, Session
from safety_partners.activities.models.activity import OVERSEERS
from safety_partners.core import clock
from safety_partners.core.diary import MOST, Engagement
from safety_partners.core.viewer import Viewer

_NO_MOMENT = Cast(Value(None), DateTimeField())


class Row(NamedTuple):
    """What both arms give, in this order."""

    code: str
    activity: str
    title: str
    part: str
    on: dt.date
    starts_at: dt.datetime | None
    ends_at: dt.datetime | None
    place: str
    join_link: str
    sequence: int
    status: str
    is_mine: bool


def engagements(viewer: Viewer, first: dt.date, last: dt.date) -> list[Engagement]:
    """What one takes part in or asked for, and for the lead all that goes on: its days, and its first day where none is planned.

    One query.
    """
    if viewer.membership_id is None:
        return []
    both = _days(viewer, first, last).union(_first_days(viewer, first, last), all=True)
    return [_engagement(Row(*row)) for row in both.order_by("day")[:MOST]]


def _days(viewer: Viewer, first: dt.date, last: dt.date) -> QuerySet[Any]:
    start, end = (dt.datetime.combine(day, dt.time(), clock.LONDON) for day in (first, last + dt.timedelta(days=1)))
    rows = Session.objects.visible_to(viewer).filter(starts_at__gte=start, starts_at__lt=end)
    rows = rows.annotate(day=TruncDate("starts_at", tzinfo=clock.LONDON))
    return _known(viewer, rows, "activity").values_list(
        "code",
        "activity__code",
        "activity__title",
        "title",
        "day",
        "starts_at",
        "ends_at",
        "place",
        "join_link",
        "sequence",
        "status",
        "is_mine",
    )


def _first_days(viewer: Viewer, first: dt.date, last: dt.date) -> QuerySet[Any]:
    """An activity whose days are not planned yet stands on its first day."""
    has_days = Session.objects.filter(activity=OuterRef("pk"))
    rows = Activity.objects.visible_to(viewer).under_way().filter(~Exists(has_days), starts_on__range=(first, last))
    nothing = Value("", CharField())
    return _known(viewer, rows, "pk").values_list(
        "code",
        F("code"),
        "title",
        nothing,
        "starts_on",
        _NO_MOMENT,
        _NO_MOMENT,
        "place",
        nothing,
        Value(0),
        Value(Session.Status.PLANNED.value, CharField()),
        "is_mine",
    )


def _known(viewer: Viewer, rows: QuerySet[Any], activity: str) -> QuerySet[Any]:
    """Those that somebody takes part in or runs, and for whom oversees the programme all; not what they only were offered."""
    way = "" if activity == "pk" else f"{activity}__"
    mine = Offer.objects.taking_part().filter(activity=OuterRef(activity), partner__membership_id=viewer.membership_id)
    runs = {f"{way}requester_id": viewer.membership_id}
    rows = rows.annotate(is_mine=Case(When(Exists(mine), then=True), When(**runs, then=True), default=False, output_field=BooleanField()))
    return rows if viewer.has_any_role(OVERSEERS) else rows.filter(is_mine=True)


def _engagement(row: Row) -> Engagement:
    return Engagement(
        uid=uid(row.code),
        title=f"{row.title}: {row.part}" if row.part else row.title,
        path=reverse("activities:activity", args=[row.activity]),
        on=row.on,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        place=row.place,
        # The way in is only for those who take part or run it.
        join_link=row.join_link if row.is_mine else "",
        kind=_("Taking part"),
        sequence=row.sequence,
        is_mine=row.is_mine,
        is_cancelled=row.status == Session.Status.CANCELLED,
    )
