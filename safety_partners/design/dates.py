"""Dates and times as people read them: British order, London time, the month in words."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import gettext

LONDON = ZoneInfo("Europe/London")


def london(moment: dt.datetime) -> dt.datetime:
    """The same moment on a clock in London; a moment without a zone is taken as it is."""
    return moment if moment.tzinfo is None else moment.astimezone(LONDON)


def _day(value: dt.date | dt.datetime) -> dt.date:
    return london(value).date() if isinstance(value, dt.datetime) else value


def day(value: dt.date | dt.datetime | None) -> str:
    """``3 March 2026``. Nothing for None."""
    if value is None:
        return ""
    on = _day(value)
    return f"{on.day} {MONTHS[on.month]} {on.year}"


def weekday(value: dt.date | dt.datetime | None) -> str:
    """``Tuesday 3 March 2026``. Nothing for None."""
    if value is None:
        return ""
    on = _day(value)
    return f"{WEEKDAYS[on.weekday()]} {on.day} {MONTHS[on.month]} {on.year}"


def month(value: dt.date | dt.datetime | None) -> str:
    """``March 2026``. Nothing for None."""
    if value is None:
        return ""
    on = _day(value)
    return f"{MONTHS[on.month]} {on.year}"


def clock(value: dt.datetime | dt.time | None) -> str:
    """``2:05pm``, ``2pm``, ``midday``, ``midnight``. Nothing for None."""
    if value is None:
        return ""
    at = london(value).time() if isinstance(value, dt.datetime) else value
    if at.minute == 0 and at.hour in (0, 12):
        return gettext("midday") if at.hour else gettext("midnight")
    half = "pm" if at.hour >= 12 else "am"
    hour = at.hour % 12 or 12
    return f"{hour}:{at.minute:02}{half}" if at.minute else f"{hour}{half}"


def moment(value: dt.datetime | None) -> str:
    """``3 March 2026 at 2:05pm``. Nothing for None."""
    if value is None:
        return ""
    return gettext("%(day)s at %(clock)s") % {"day": day(value), "clock": clock(value)}


def period(start: dt.date | None, end: dt.date | None) -> str:
    """``3 March 2026 to 2 March 2028``; open ends are said in words. Nothing when both are None."""
    if start is None and end is None:
        return ""
    if end is None:
        return gettext("from %(day)s") % {"day": day(start)}
    if start is None:
        return gettext("until %(day)s") % {"day": day(end)}
    return gettext("%(start)s to %(end)s") % {"start": day(start), "end": day(end)}


def machine(value: dt.date | dt.datetime | None) -> str:
    """ISO 8601 for a ``datetime`` attribute. Nothing for None."""
    if value is None:
        return ""
    return london(value).isoformat(timespec="minutes") if isinstance(value, dt.datetime) else value.isoformat()
