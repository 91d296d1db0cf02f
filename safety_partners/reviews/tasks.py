"""What reviews do by the clock."""

from __future__ import annotations

import datetime as dt

from safety_partners.core.schedule import nightly
from safety_partners.core.viewer import system_viewer
from safety_partners.core.working_days import is_working_day, today
from safety_partners.reviews import commands
from safety_partners.reviews.models import Review, Version

DAYS_BEFORE = 3


@nightly("45 7 * * *")
def remind_before_closing() -> int:
    """Three working days before the closing day and on the day itself, remind those who have not finished; once each."""
    count = 0
    day = today()
    reviews = Review.objects.open().filter(closes_on__gte=day).exclude(version__status=Version.Status.REPLACED).with_document()
    for review in reviews.filter(closes_on__lte=day + dt.timedelta(days=21)):
        since = day if review.closes_on == day else days_before(review.closes_on, DAYS_BEFORE)
        if since <= day and review.reviewers.not_finished().exists():
            commands.remind(system_viewer(review.organisation_id), review, since=since)
            count += 1
    return count


@nightly("15 6 * * *")
def close_what_is_past() -> int:
    """Close reviews whose day has gone by, and tell their owners what waits for an answer."""
    count = 0
    for review in Review.objects.open().filter(closes_on__lt=today()).with_document():
        commands.close_review(system_viewer(review.organisation_id), review)
        count += 1
    return count


def days_before(day: dt.date, count: int) -> dt.date:
    """The date so many working days before a day."""
    while count:
        day -= dt.timedelta(days=1)
        count -= is_working_day(day)
    return day
