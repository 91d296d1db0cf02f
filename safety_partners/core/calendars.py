"""What every iCalendar object of ours has in common (RFC 5545 and 5546): who made it, how it is meant, and London's clock.

Each thing keeps its UID for life and counts its SEQUENCE, so that a calendar moves what was moved and takes out what was
cancelled.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import translation

from safety_partners.core import clock

if TYPE_CHECKING:
    from collections.abc import Callable

    from icalendar import Calendar, Event, Timezone, vCalAddress

    from safety_partners.core.outbox import Addressee

PRODUCT = "-//Safety Partners//Meetings//EN"
ZONE = "Europe/London"
HOUR = dt.timedelta(hours=1)
# Time to read once more and arrange the way; and time to set out, or to find the link.
ALARMS = (dt.timedelta(days=1), HOUR)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing with a time, as a calendar keeps it. No word of what it is about in detail: that may stand on a shared screen."""

    uid: str
    sequence: int
    starts_at: dt.datetime
    ends_at: dt.datetime
    title: str
    path: str
    place: str = ""
    join_link: str = ""
    words: str = ""


def invitation(to: Addressee, entry: Callable[[], Entry], *, by: str) -> str:
    """The thing as it is now, for one person's calendar; sent again with a higher SEQUENCE it moves there."""
    return _for_one(to, entry, by, "REQUEST", "CONFIRMED")


def withdrawal(to: Addressee, entry: Callable[[], Entry], *, by: str) -> str:
    """Its end for one person: it was cancelled, or they do not take part any more."""
    return _for_one(to, entry, by, "CANCEL", "CANCELLED")


def _for_one(to: Addressee, entry: Callable[[], Entry], by: str, method: str, status: str) -> str:
    with translation.override(to.language or settings.LANGUAGE_CODE):
        calendar = new_calendar(method)
        calendar.add_component(_event(to, entry(), by, status))
        written: bytes = calendar.to_ical()
        return written.decode()


def _event(to: Addressee, entry: Entry, by: str, status: str) -> Event:
    from icalendar import Alarm, Event, vUri

    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("status", status)
    event.add("dtstamp", clock.now().astimezone(dt.UTC))
    # Told in London's own time, so that a program which shows the zone shows the right one.
    event.add("dtstart", entry.starts_at.astimezone(clock.LONDON))
    event.add("dtend", entry.ends_at.astimezone(clock.LONDON))
    event.add("summary", _one_line(entry.title))
    event.add("location", ", ".join(part for part in (_one_line(entry.place), entry.join_link) if part))
    event.add("description", entry.words)
    event.add("url", settings.SITE_ADDRESS + entry.path)
    event.add("organizer", _person(settings.DEFAULT_FROM_EMAIL, by))
    # Only themselves: nobody's address goes to the others. The answer is given on the page, by phone or by letter.
    event.add("attendee", _person(to.address_for("email"), to.name, rsvp="FALSE", partstat="NEEDS-ACTION"))
    if entry.join_link:
        event.add("conference", vUri(entry.join_link, params={"VALUE": "URI", "FEATURE": ["AUDIO", "VIDEO"]}))
    if status == "CONFIRMED":
        for ahead in ALARMS:
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", _one_line(entry.title))
            alarm.add("trigger", -ahead)
            event.add_component(alarm)
    return event


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _person(address: str, name: str, **more: str) -> vCalAddress:
    from icalendar import vCalAddress

    person = vCalAddress(f"mailto:{address.rpartition('<')[2].rstrip('>')}")
    person.params["CN"] = _one_line(name).replace('"', "'")
    person.params.update({key.upper(): value for key, value in more.items()})
    return person


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
