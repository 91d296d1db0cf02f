"""How a year is told: who does something, and how many working days ago."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from safety_partners.core import clock
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import is_working_day
from safety_partners.people.models import Membership
from safety_partners.people.queries import viewer_for


def working_day_ago(count: int) -> dt.date:
    """The date so many working days before today; 0 is today, or the last working day before it."""
    day = clock.today()
    while not is_working_day(day):
        day -= dt.timedelta(days=1)
    for _number in range(count):
        day -= dt.timedelta(days=1)
        while not is_working_day(day):
            day -= dt.timedelta(days=1)
    return day


@contextmanager
def days_ago(count: int, hour: int = 10, minute: int = 20) -> Iterator[dt.date]:
    """Let it be a working day in the past while a part of the story happens; never later than now."""
    day = working_day_ago(count)
    moment = dt.datetime.combine(day, dt.time(hour, minute), clock.LONDON)
    with clock.telling(min(moment, clock.now())):
        yield day


def as_(member: Membership) -> Viewer:
    """Look through somebody's eyes."""
    return viewer_for(member.user_id, member.organisation_id)
