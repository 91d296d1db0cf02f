"""How the pages of what a partner can count on grow by so many rows."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from safety_partners.core.working_days import today
from safety_partners.partners import commands
from safety_partners.partners.models import Check, Partner
from safety_partners.people.models import Membership
from tests.factories import records as make
from tests.factories.people import viewer_of
from tests.world.growing import Small

LETTER = {"capture": "letter"}


def _partner(small: Small) -> Partner:
    return make.make_partner(small.lead, small.partner, contact=small.staff, deputy=small.secretary)


def _at(page: str, partner: Partner) -> str:
    return reverse(f"partners:{page}", args=[partner.code])


def unmet(small: Small, rows: int) -> str:
    for _row in range(rows):
        commands.ask_for_access(viewer_of(small.lead), make.make_partner(small.lead), kind="place", what="A ramp.", **LETTER)
    return reverse("partners:unmet")


def checks(small: Small, rows: int) -> str:
    found = _partner(small)
    for kind in Check.Kind.values[:rows]:
        commands.decide_check(viewer_of(small.lead), found, kind=kind, decision="not required", reason="No access to patients.")
    return _at("checks", found)


def interests(small: Small, rows: int) -> str:
    found = _partner(small)
    for _row in range(rows):
        commands.add_interest(viewer_of(small.staff), found, kind="work", what="A shop.", **LETTER)
        commands.declare_interests(viewer_of(small.staff), found, is_nothing=False, **LETTER)
    return _at("interests", found)


def access(small: Small, rows: int) -> str:
    found = _partner(small)
    for _row in range(rows):
        need = commands.ask_for_access(viewer_of(small.staff), found, kind="place", what="A ramp.", **LETTER)
        commands.decide_access(viewer_of(small.staff), need, status="met")
    return _at("access", found)


def talks(small: Small, rows: int) -> str:
    found = _partner(small)
    people: list[Membership] = [small.lead, small.staff, small.secretary]
    for row in range(rows):
        commands.plan_check_in(viewer_of(small.lead), found, planned_on=today(), with_member=people[row % 3])
    return _at("talks", found)


def notes(small: Small, rows: int) -> str:
    found = _partner(small)
    for _row in range(rows):
        talk = commands.plan_check_in(viewer_of(small.lead), found, planned_on=today())
        commands.write_note(viewer_of(small.partner), found, words="It was hard.", check_in=talk)
    return _at("notes", found)


def payment_and_emergency(small: Small, rows: int) -> str:
    found = _partner(small)
    for _row in range(rows + 1):
        commands.choose_payment(viewer_of(small.lead), found, choice="full", **LETTER)
    return _at("payment-and-emergency", found)


def experience(small: Small, rows: int) -> str:
    found = _partner(small)
    for _row in range(rows):
        told: dict[str, Any] = {"theme": "Medicines", "seen_by": "only me"}
        commands.tell_experience(viewer_of(small.partner), found, **told)
    return _at("experience", found)
