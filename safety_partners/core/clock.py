"""The one clock: what time it is, and what day it is in London.

A demonstration tells a believable year: it may say that it is another moment while it runs a command, and run some days ahead
of time (``SAFETY_PARTNERS_DAYS_AHEAD``) to show what comes later.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

LONDON = ZoneInfo("Europe/London")

_told: ContextVar[dt.datetime | None] = ContextVar("told", default=None)


def now() -> dt.datetime:
    """The moment it is, with its time zone."""
    return _told.get() or timezone.now() + dt.timedelta(days=settings.DAYS_AHEAD)


def day_of(moment: dt.datetime) -> dt.date:
    """The day a moment falls on in London: in summer the first hour of a day is still the day before in UTC."""
    return moment.astimezone(LONDON).date()


def today() -> dt.date:
    """Today's date in London, whatever the machine's clock zone."""
    return day_of(now())


@contextmanager
def standing_still(moment: dt.datetime) -> Iterator[None]:
    """Let it be this moment, and no later, for what is worked out inside."""
    token = _told.set(moment)
    try:
        yield
    finally:
        _told.reset(token)


@contextmanager
def telling(moment: dt.datetime) -> Iterator[None]:
    """Let it be another moment, for a demonstration's history. Raises RuntimeError in production."""
    if settings.MODE == "production":
        raise RuntimeError("The clock of a production installation cannot be set.")
    with standing_still(moment):
        yield
