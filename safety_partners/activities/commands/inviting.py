"""The days to come of an activity, for somebody who begins or stops to take part in it. Parts of the commands that say so."""

from __future__ import annotations

from safety_partners.activities.commands.announcing import follows, put_day
from safety_partners.activities.models import Activity, Offer, Session
from safety_partners.core import clock, outbox
from safety_partners.core.viewer import Viewer


def invite(viewer: Viewer, offer: Offer) -> None:
    """Tell them of all days to come: by email each with its place in their calendar, else all in one."""
    member, sessions = offer.partner.membership, _to_come(offer.activity)
    if follows(member):
        for session in sessions:
            put_day(member, session, "session_planned")
    elif sessions:
        outbox.put("activities/sessions", to=member, about=offer.activity, sessions=sessions, activity=offer.activity)


def uninvite(viewer: Viewer, offer: Offer) -> None:
    """Take all days to come out of their calendar; a letter would tell them what they said themselves."""
    member = offer.partner.membership
    if follows(member) and member.ended_on is None:
        for session in _to_come(offer.activity):
            put_day(member, session, "session_left")


def _to_come(activity: Activity) -> list[Session]:
    return list(activity.sessions.planned().filter(ends_at__gt=clock.now()).select_related("activity").order_by("starts_at", "pk"))
