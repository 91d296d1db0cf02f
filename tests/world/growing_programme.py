"""How the lists of the programme grow by so many rows."""

from __future__ import annotations

from django.urls import reverse

from safety_partners.partners import commands
from tests.factories import partners as make
from tests.factories.people import viewer_of
from tests.world.growing import Small

ITEM = {
    "why": "So that you find the way out.",
    "kind": "induction",
    "owner_kind": "contact",
    "is_required": True,
    "due_in_days": 14,
    "valid_months": None,
    "minutes": None,
    "link": "",
}


def roles(small: Small, rows: int) -> str:
    for row in range(rows):
        make.make_role(small.lead, title=f"Partner {row}")
    return reverse("partners:roles")


def tasks(small: Small, rows: int) -> str:
    for row in range(rows):
        make.make_task(small.lead, title=f"Committee {row}")
    return reverse("partners:tasks")


def role(small: Small, rows: int) -> str:
    """So many versions of one role."""
    found = make.make_role_draft(small.lead)
    for _row in range(rows):
        draft = commands.write_role(viewer_of(small.lead), found, words=make.ROLE_WORDS)
        commands.bring_role_into_use(viewer_of(small.lead), draft)
    return found.get_absolute_url()


def plan(small: Small, rows: int) -> str:
    for row in range(rows):
        commands.add_plan_item(viewer_of(small.lead), title=f"Fire safety {row}", **ITEM)
    return reverse("partners:plan")


def public_roles(small: Small, rows: int) -> str:
    roles(small, rows)
    return reverse("website:partners", args=[small.organisation.slug])
