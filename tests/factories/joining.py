"""Adverts and expressions of interest, made through the commands."""

from __future__ import annotations

import datetime as dt
from typing import Any

from safety_partners.core.viewer import NOBODY
from safety_partners.core.working_days import today
from safety_partners.joining import commands
from safety_partners.joining.models import Advert, Expression
from safety_partners.partners.models import RoleVersion
from safety_partners.people.models import Membership
from tests.factories.partners import make_role
from tests.factories.people import viewer_of

CRITERIA = (
    ("You want care to be safer", ""),
    ("You can say what you see, kindly", "We can write down what you say, or meet you on your own first."),
    ("You can read papers before a meeting", "We can read them to you, or send them in another format."),
)
WHY = "I looked after my mother for years.\n\nI want it to be easier for the next family."


def make_advert_draft(lead: Membership, *, role: RoleVersion | None = None, **fields: Any) -> Advert:
    """Being written; not on the public pages yet."""
    version = role or RoleVersion.objects.filter(role__organisation_id=lead.organisation_id, status="in use").first() or make_role(lead)
    given = {
        "title": "Patient Safety Partners wanted",
        "summary": "Help us to make care safer.",
        "places": 2,
        "hours": "About four hours a month",
        "place": "Elm House, York",
        "may_be_remote": True,
        "contact_name": "Grace",
        "contact_email": "grace@example.org",
        "contact_phone": "01632 960 001",
        "opens_on": today(),
        "closes_on": today() + dt.timedelta(days=30),
        "max_words": 300,
        "criteria": CRITERIA,
    }
    return commands.write_advert(viewer_of(lead), role=version, **(given | fields))


def make_advert(lead: Membership, **fields: Any) -> Advert:
    """Published and open."""
    return commands.publish_advert(viewer_of(lead), make_advert_draft(lead, **fields))


ANSWERS: dict[str, Any] = {
    "name": "Mo Farrow",
    "known_as": "Mo",
    "told_by": "email",
    "email": "mo@example.org",
    "connection": "carer",
    "why": WHY,
    "would_help": "A seat near the door.",
    "access_words": "",
    "availability": "Mornings.",
    "heard_from": "A poster",
    "keep_months": 6,
}


def make_expression(advert: Advert, *, word: str = "", **answers: Any) -> Expression:
    """Sent by the person themselves, not read by anybody yet."""
    return commands.submit_expression(NOBODY, advert, agrees_to_keep=True, word=word, **(ANSWERS | answers))


def make_recorded_expression(advert: Advert, lead: Membership, *, capture: str = "phone", **answers: Any) -> Expression:
    """Written down by the lead, from a phone call or a letter; the person is told by letter."""
    given = ANSWERS | {"told_by": "letter", "email": "", "postal_address": "1 Mill Lane\nYork"} | answers
    return commands.record_expression(viewer_of(lead), advert, capture=capture, is_read_back=True, agrees_to_keep=True, **given)
