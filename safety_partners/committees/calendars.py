"""Meetings as calendars understand them (RFC 5545 and 5546): an invitation, a change of it, and its end.

Each meeting keeps its UID for life and counts its SEQUENCE, so that a calendar moves what was moved and takes out what was
cancelled. No word of the agenda goes into a calendar: that may stand on a shared screen.
"""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Alarm, Event, vCalAddress, vUri

from safety_partners.committees.models import Meeting
from safety_partners.core import clock
from safety_partners.core.calendars import new_calendar
from safety_partners.people.models import Membership

# Time to read once more and arrange the way; and time to set out, or to find the link.
ALARMS = (dt.timedelta(days=1), dt.timedelta(hours=1))


def uid(meeting: Meeting) -> str:
    """The name of a meeting in every calendar of the world, wherever it is moved."""
    return f"{meeting.code}@{settings.MAIL_DOMAIN}"


def invitation(meeting: Meeting, member: Membership) -> str:
    """The meeting as it is now, for one person's calendar; sent again with a higher SEQUENCE it moves there."""
    return _for_one(meeting, member, "REQUEST", "CONFIRMED")


def withdrawal(meeting: Meeting, member: Membership) -> str:
    """The end of a meeting for one person: it was cancelled, or they are not invited any more."""
    return _for_one(meeting, member, "CANCEL", "CANCELLED")


def _for_one(meeting: Meeting, member: Membership, method: str, status: str) -> str:
    with translation.override(member.language or settings.LANGUAGE_CODE):
        calendar = new_calendar(method)
        calendar.add_component(_event(meeting, member, status))
        return calendar.to_ical().decode()


def _event(meeting: Meeting, member: Membership, status: str) -> Event:
    event = Event()
    event.add("uid", uid(meeting))
    event.add("sequence", meeting.sequence)
    event.add("status", status)
    event.add("dtstamp", clock.now().astimezone(dt.UTC))
    # Told in London's own time, so that a program which shows the zone shows the right one.
    event.add("dtstart", meeting.starts_at.astimezone(clock.LONDON))
    event.add("dtend", meeting.ends_at.astimezone(clock.LONDON))
    event.add("summary", _one_line(meeting.committee.name))
    event.add("location", ", ".join(part for part in (_one_line(meeting.place), meeting.video_link) if part))
    event.add("description", _words(meeting))
    event.add("url", settings.SITE_ADDRESS + meeting.get_absolute_url())
    event.add("organizer", _person(settings.DEFAULT_FROM_EMAIL, member.organisation.name))
    # Only themselves: nobody's address goes to the others. The answer is given on the page, by phone or by letter.
    event.add("attendee", _person(member.address_for("email"), member.name, rsvp="FALSE", partstat="NEEDS-ACTION"))
    if meeting.video_link:
        event.add("conference", vUri(meeting.video_link, params={"VALUE": "URI", "FEATURE": ["AUDIO", "VIDEO"]}))
    if status == "CONFIRMED":
        for ahead in ALARMS:
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", _one_line(meeting.committee.name))
            alarm.add("trigger", -ahead)
            event.add_component(alarm)
    return event


def _words(meeting: Meeting) -> str:
    """How to take part, and where everything else stands."""
    lines = [
        meeting.getting_there,
        _("By video: %(link)s") % {"link": meeting.video_link} if meeting.video_link else "",
        _("By phone: %(number)s") % {"number": meeting.phone_in} if meeting.phone_in else "",
        _("Agenda, and your answer: %(address)s") % {"address": settings.SITE_ADDRESS + meeting.get_absolute_url()},
    ]
    return "\n".join(line for line in lines if line)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _person(address: str, name: str, **more: str) -> vCalAddress:
    person = vCalAddress(f"mailto:{address.rpartition('<')[2].rstrip('>')}")
    person.params["CN"] = _one_line(name).replace('"', "'")
    person.params.update({key.upper(): value for key, value in more.items()})
    return person
