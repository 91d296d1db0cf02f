"""Sessions as calendars understand them: an invitation, a change of it, and its end."""

from __future__ import annotations

from functools import partial

from django.conf import settings
from django.utils.translation import gettext as _

from safety_partners.activities.models import Session
from safety_partners.core import calendars
from safety_partners.core.calendars import Entry
from safety_partners.people.models import Membership


def uid(code: str) -> str:
    """The name of a session, or of an activity without one, in every calendar of the world."""
    return f"{code}@{settings.MAIL_DOMAIN}"


def invitation(session: Session, member: Membership) -> str:
    """The session as it is now, for one person's calendar."""
    return calendars.invitation(member, partial(_entry, session), by=member.organisation.name)


def withdrawal(session: Session, member: Membership) -> str:
    """The end of a session for one person: it was cancelled, or they do not take part any more."""
    return calendars.withdrawal(member, partial(_entry, session), by=member.organisation.name)


def _entry(session: Session) -> Entry:
    path = session.activity.get_absolute_url()
    by_video = [_("By video: %(link)s") % {"link": session.join_link}] if session.join_link else []
    return Entry(
        uid=uid(session.code),
        sequence=session.sequence,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        title=session.name,
        path=path,
        place=session.place,
        join_link=session.join_link,
        words="\n".join([*by_video, _("All about it: %(address)s") % {"address": settings.SITE_ADDRESS + path}]),
    )
