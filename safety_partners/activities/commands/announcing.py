"""Telling those who take part about the days of an activity; calendars follow."""

from __future__ import annotations

from typing import Any

from safety_partners.activities.calendars import invitation, withdrawal
from safety_partners.activities.models import Activity, Offer, Session
from safety_partners.committees.models.committee import GONE
from safety_partners.core import outbox
from safety_partners.core.models import Message
from safety_partners.people.models import Membership


def takers(activity: Activity) -> list[Membership]:
    """Partners who take part and are here."""
    rows = Offer.objects.taking_part().filter(activity=activity).exclude(partner__status__in=GONE)
    offers = rows.select_related("partner__membership__user", "partner__membership__organisation").order_by("pk")
    return [offer.partner.membership for offer in offers]


def follows(member: Membership) -> bool:
    """Say whether somebody's calendar can follow: a file goes with an email only."""
    return member.told_by == Message.Channel.EMAIL


def tell_day(session: Session, template: str, **words: Any) -> None:
    """Tell everybody who takes part what is new about one day."""
    for person in takers(session.activity):
        put_day(person, session, template, **words)


def put_day(member: Membership, session: Session, template: str, **words: Any) -> None:
    """Write to one person about one day; an email brings it into their calendar, or takes it out."""
    has_ended = template in {"session_cancelled", "session_left"}
    calendar = (withdrawal if has_ended else invitation)(session, member) if follows(member) else ""
    outbox.put(f"activities/{template}", to=member, about=session, calendar=calendar, session=session, activity=session.activity, **words)
