"""The days of an activity."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from safety_partners.activities.models import Activity, Offer, Session
from safety_partners.committees.models.committee import GONE
from safety_partners.core import clock
from safety_partners.core.viewer import Viewer

# What calendars and letters must follow; another name of the day tells nobody.
NEWS = ("starts_at", "ends_at", "place", "join_link")


@dataclass(frozen=True, slots=True)
class Day:
    """One day of an activity, and whether it is over without a word on what became of it."""

    session: Session
    has_begun: bool
    is_over: bool

    @property
    def waits(self) -> bool:
        return self.is_over and self.session.status == Session.Status.PLANNED


def sessions_of(viewer: Viewer, activity: Activity) -> list[Day]:
    """Its days, those that are planned first, then what was held or cancelled; each in order of time. One query."""
    rows = Session.objects.visible_to(viewer).filter(activity=activity).order_by("starts_at", "id")
    now = clock.now()
    days = [Day(session, session.starts_at <= now, session.ends_at <= now) for session in rows]
    return sorted(days, key=lambda day: day.session.status != Session.Status.PLANNED)


def names_of_takers(viewer: Viewer, activity: Activity) -> list[str]:
    """Who will be told of a day: partners who take part, by name; one query."""
    rows = Offer.objects.visible_to(viewer).taking_part().filter(activity=activity).exclude(partner__status__in=GONE)
    return list(rows.order_by("partner__name_key", "pk").values_list("partner__membership__user__name", flat=True))


def is_news(session: Session, changed: Mapping[str, Any]) -> bool:
    """Say whether whoever takes part must know of this."""
    return any(changed[name] != getattr(session, name) for name in NEWS)
