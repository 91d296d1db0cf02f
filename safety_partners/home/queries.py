"""What waits for somebody and what stands in their calendar, from every app."""

from __future__ import annotations

import datetime as dt
from itertools import groupby

from safety_partners.activities.queries.duties import ARMS as ACTIVITIES
from safety_partners.activities.queries.engagements import engagements as of_activities
from safety_partners.committees.queries.duties import ARMS as COMMITTEES
from safety_partners.committees.queries.engagements import engagements as of_committees
from safety_partners.core.diary import Engagement
from safety_partners.core.duty import Duties, Waiting
from safety_partners.core.viewer import Viewer
from safety_partners.home.passed_on import ARMS as PASSED_ON
from safety_partners.insights import queries as insights
from safety_partners.joining import queries as joining
from safety_partners.joining.queries.engagements import engagements as of_joining
from safety_partners.partners import queries as partners
from safety_partners.partners.queries.engagements import engagements as of_partners
from safety_partners.ppg.queries.duties import ARMS as GROUPS
from safety_partners.ppg.queries.engagements import engagements as of_groups
from safety_partners.reviews import queries as reviews
from safety_partners.reviews.queries.engagements import engagements as of_reviews

WAITING = Waiting({**COMMITTEES, **ACTIVITIES, **GROUPS, **PASSED_ON})


def waiting(viewer: Viewer) -> Duties:
    """What this person is asked to do, the longest due first; what has no day comes last."""
    apps = [insights.duties(viewer), WAITING(viewer), reviews.duties(viewer), partners.duties(viewer), joining.duties(viewer)]
    # Sorting keeps the order of each app among duties of one day: what others wait for comes before one's own drafts.
    found = Duties(sorted((duty for app in apps for duty in app), key=lambda duty: duty.due_on or dt.date.max))
    found.has_more = any(app.has_more for app in apps)
    return found


def engagements(viewer: Viewer, first: dt.date, last: dt.date, *, is_mine_only: bool) -> list[Engagement]:
    """What is on from one day to another, the earliest first; what has no time comes before what has one. A query for each app."""
    found = [
        one for app in (of_activities, of_groups, of_committees, of_reviews, of_partners, of_joining) for one in app(viewer, first, last)
    ]
    shown = [one for one in found if one.is_mine or not is_mine_only]
    return sorted(shown, key=lambda one: (one.on, one.starts_at.timestamp() if one.starts_at else 0, one.uid))


def by_day(found: list[Engagement]) -> dict[dt.date, list[Engagement]]:
    """The same, day by day."""
    return {day: list(ones) for day, ones in groupby(found, key=lambda one: one.on)}
