"""How the lists of partners' records grow by so many rows."""

from __future__ import annotations

from django.urls import reverse

from safety_partners.core.working_days import today
from safety_partners.partners import commands
from safety_partners.partners.models import Agreement, Need, Partner
from safety_partners.people.models import Role
from tests.factories import records as make
from tests.factories.insights import make_owned
from tests.factories.people import make_member, viewer_of
from tests.world.growing import Small


def _partner(small: Small, rows: int) -> Partner:
    """One record with so many of everything: needs, agreements, changes, terms."""
    for row in range(rows):
        make.make_plan_item(small.lead, f"Training {row}")
    found = make.make_partner(small.lead, small.partner, contact=small.staff, deputy=small.secretary, ends_on=today().replace(year=2099))
    for row in range(rows):
        make.sign_both(small.lead, make.make_agreement(small.lead, found, kind=Agreement.Kind.CONFIDENTIALITY))
        make.sign_both(small.lead, make.make_offered(small.lead, found))
        change = make.make_role_change(small.lead, found)
        commands.answer_role_change(viewer_of(small.lead), change, is_agreed=True, words="Yes.", capture="letter")
        commands.extend_term(viewer_of(small.lead), found, ends_on=today().replace(year=2100 + row), agreed_on=today())
    return found


def partners(small: Small, rows: int) -> str:
    make.make_plan_item(small.lead)
    for _row in range(rows):
        contact = make_member(small.organisation, Role.STAFF)
        make.make_partner(small.lead, contact=contact)
    return reverse("partners:partners")


def running_out(small: Small, rows: int) -> str:
    """So many things that are missing, and terms that end."""
    make.make_plan_item(small.lead, owner_kind="contact")
    for _row in range(rows):
        make.make_partner(small.lead, contact=small.staff, ends_on=today().replace(year=today().year + 1))
    return reverse("partners:running-out")


def welcome(small: Small, rows: int) -> str:
    for _row in range(rows):
        make_member(small.organisation, Role.PARTNER)
    return reverse("partners:welcome")


def partner(small: Small, rows: int) -> str:
    return _partner(small, rows).get_absolute_url()


def my_place(small: Small, rows: int) -> str:
    _partner(small, rows)
    return reverse("partners:my-place")


def needs(small: Small, rows: int) -> str:
    return reverse("partners:needs", args=[_partner(small, rows).code])


def agreements(small: Small, rows: int) -> str:
    return reverse("partners:agreements", args=[_partner(small, rows).code])


def role_and_term(small: Small, rows: int) -> str:
    return reverse("partners:role-and-term", args=[_partner(small, rows).code])


def history(small: Small, rows: int) -> str:
    return reverse("partners:history", args=[_partner(small, rows).code])


def leaving(small: Small, rows: int) -> str:
    """So many things that are still open, and as many handed on."""
    found = make.make_active(small.lead, small.partner)
    opened = [make_owned(*small.answerers) for _row in range(rows * 2)]
    left = make.make_leaving(found)
    for insight in opened[:rows]:
        commands.hand_on(viewer_of(small.lead), left, about_code=insight.code, to=make_member(small.organisation, Role.STAFF))
    return left.get_absolute_url()


def to_start(small: Small, rows: int) -> str:
    """So many things that are missing before somebody starts."""
    found = _partner(small, rows)
    assert Need.objects.filter(partner=found, kind="training").count() == rows
    return reverse("partners:start", args=[found.code])
