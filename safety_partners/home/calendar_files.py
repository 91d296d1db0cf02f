"""Somebody's calendar as calendar programs read it: iCalendar, RFC 5545."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from safety_partners.core import clock
from safety_partners.core.calendars import ZONE, new_calendar
from safety_partners.core.diary import Engagement


def calendar_file(name: str, found: Iterable[Engagement], *, site: str) -> bytes:
    """One VCALENDAR in London time with its VTIMEZONE; what has no time is a whole day that blocks nothing."""
    from icalendar import Event

    calendar = new_calendar("PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", ZONE)
    calendar.add("refresh-interval", dt.timedelta(hours=1), parameters={"value": "DURATION"})
    for one in found:
        event = Event()
        event.add("uid", one.uid)
        event.add("dtstamp", clock.now().astimezone(dt.UTC))
        event.add("sequence", one.sequence)
        event.add("summary", one.title)
        event.add("url", site + one.path)
        event.add("status", "CANCELLED" if one.is_cancelled else "CONFIRMED")
        if one.place:
            event.add("location", one.place)
        if words := "\n".join(part for part in (one.words, one.join_link, site + one.path) if part):
            event.add("description", words)
        if one.starts_at and one.ends_at:
            event.add("dtstart", one.starts_at.astimezone(clock.LONDON))
            event.add("dtend", one.ends_at.astimezone(clock.LONDON))
        else:
            event.add("dtstart", one.on)
            event.add("dtend", one.on + dt.timedelta(days=1))
            event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())
