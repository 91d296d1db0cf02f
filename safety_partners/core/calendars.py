"""What every iCalendar object of ours has in common (RFC 5545): who made it, how it is meant, and London's clock."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from icalendar import Calendar, Timezone

PRODUCT = "-//Safety Partners//Meetings//EN"
ZONE = "Europe/London"
HOUR = dt.timedelta(hours=1)


def new_calendar(method: str) -> Calendar:
    """An empty VCALENDAR that knows London time."""
    from icalendar import Calendar

    calendar = Calendar()
    for name, value in (("prodid", PRODUCT), ("version", "2.0"), ("calscale", "GREGORIAN"), ("method", method)):
        calendar.add(name, value)
    calendar.add_component(_london())
    return calendar


def _london() -> Timezone:
    """London's clock as two yearly rules, as the calendar programs themselves write it.

    Not as a list of every change since 1970, which the library would make of the zone: some programs read only the rules.
    """
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

    zone = Timezone()
    zone.add("tzid", ZONE)
    winter, summer = dt.timedelta(0), HOUR
    for part, name, month, begins, before, after in (
        (TimezoneDaylight(), "BST", 3, dt.datetime(1996, 3, 31, 1), winter, summer),  # noqa: DTZ001 - by the clock of the zone itself
        (TimezoneStandard(), "GMT", 10, dt.datetime(1996, 10, 27, 2), summer, winter),  # noqa: DTZ001
    ):
        part.add("tzname", name)
        part.add("dtstart", begins)
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        zone.add_component(part)
    return zone
