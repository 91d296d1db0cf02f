"""What came of an advert, in numbers that stay when the people behind them are forgotten."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Avg, Count, F

from safety_partners.core.policy import Sentence
from safety_partners.core.viewer import Viewer
from safety_partners.joining.models import Advert, Expression


@dataclass(frozen=True, slots=True)
class Counted:
    """How many people there were, where they stand, how their words reached us, and how long an answer took."""

    total: int
    by_status: list[tuple[Sentence, int]]
    by_capture: list[tuple[Sentence, int]]
    days_to_outcome: int | None
    forgotten: int


def counted(viewer: Viewer, advert: Advert) -> Counted:
    """The numbers of one advert, in two queries. Nothing in them is about who somebody is."""
    rows = Expression.objects.visible_to(viewer).filter(advert=advert)
    statuses: dict[str, int] = {}
    captures: dict[str, int] = {}
    for status, capture, count in rows.values_list("status", "capture").annotate(Count("pk")).order_by():
        statuses[status] = statuses.get(status, 0) + count
        captures[capture] = captures.get(capture, 0) + count
    took = rows.aggregate(days=Avg(F("ended_at") - F("made_at")), forgotten=Count("forgotten_at"))
    days: dt.timedelta | None = took["days"]
    return Counted(
        sum(statuses.values()),
        [(status.label, statuses[status]) for status in Expression.Status if status in statuses],
        [(capture.label, captures[capture]) for capture in Expression.Capture if capture in captures],
        None if days is None else round(days.total_seconds() / 86400),
        took["forgotten"],
    )
