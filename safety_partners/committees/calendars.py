"""Meetings as calendars understand them: an invitation, a change of it, and its end.

No word of the agenda goes into a calendar: that may stand on a shared screen.
"""

from __future__ import annotations

from functools import partial

from django.conf import settings
from django.utils.translation import gettext as _

from safety_partners.committees.models import Meeting
from safety_partners.core import calendars
from safety_partners.core.calendars import Entry
from safety_partners.people.models import Membership


def uid(meeting: Meeting) -> str:
    """The name of a meeting in every calendar of the world, wherever it is moved."""
    return f"{meeting.code}@{settings.MAIL_DOMAIN}"


def invitation(meeting: Meeting, member: Membership) -> str:
    """The meeting as it is now, for one person's calendar."""
    return calendars.invitation(member, partial(_entry, meeting), by=member.organisation.name)


def withdrawal(meeting: Meeting, member: Membership) -> str:
    """The end of a meeting for one person: it was cancelled, or they are not invited any more."""
    return calendars.withdrawal(member, partial(_entry, meeting), by=member.organisation.name)


def _entry(meeting: Meeting) -> Entry:
    return Entry(
        uid=uid(meeting),
        sequence=meeting.sequence,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        title=meeting.committee.name,
        path=meeting.get_absolute_url(),
        place=meeting.place,
        join_link=meeting.video_link,
        words=_words(meeting),
    )


def _words(meeting: Meeting) -> str:
    """How to take part, and where everything else stands."""
    lines = [
        meeting.getting_there,
        _("By video: %(link)s") % {"link": meeting.video_link} if meeting.video_link else "",
        _("By phone: %(number)s") % {"number": meeting.phone_in} if meeting.phone_in else "",
        _("Agenda, and your answer: %(address)s") % {"address": settings.SITE_ADDRESS + meeting.get_absolute_url()},
    ]
    return "\n".join(line for line in lines if line)
