"""How the pages of groups grow by so many rows."""

from __future__ import annotations

from django.urls import reverse

from safety_partners.core.working_days import today
from safety_partners.people.models import Grant, Role
from safety_partners.ppg import commands
from safety_partners.ppg.models import Group
from safety_partners.ppg.queries.years import year_of
from tests.factories import ppg as make
from tests.factories import records
from tests.factories.people import viewer_of
from tests.world.growing import Small


def _group(small: Small, name: str = "Lower Meadow group") -> Group:
    """One whose chair is the secretary of the small organisation."""
    Grant.objects.get_or_create(membership=small.secretary, role=Role.GROUP_CHAIR)
    return make.make_group(small.lead, small.secretary, name=name, contact=small.staff)


def groups(small: Small, rows: int) -> str:
    for row in range(rows):
        make.make_meeting(small.lead, _group(small, f"Group {row}"))
    return reverse("ppg:groups")


def public_groups(small: Small, rows: int) -> str:
    groups(small, rows)
    return reverse("website:groups", args=[small.organisation.slug])


def _full(small: Small, rows: int) -> Group:
    """One group with so many of everything."""
    found = _group(small)
    for row in range(rows):
        make.make_meeting(small.lead, found)
        make.make_question(small.lead, found)
        make.make_view(small.secretary, found)
        make.make_improvement(small.lead, found, owner=small.staff)
        make.make_note(small.lead, found)
        make.make_referral(small.secretary, found)
        make.make_review(small.lead, found, year=year_of(today()) - row)
    commands.set_priorities(viewer_of(small.lead), found, year=year_of(today()), words=[f"Priority {row}" for row in range(rows)])
    return found


def group(small: Small, rows: int) -> str:
    return _full(small, rows).get_absolute_url()


def mine(small: Small, rows: int) -> str:
    _full(small, rows)
    return reverse("ppg:mine")


def meetings(small: Small, rows: int) -> str:
    return reverse("ppg:meetings", args=[_full(small, rows).code])


def questions(small: Small, rows: int) -> str:
    _full(small, rows)
    return reverse("ppg:questions")


def question_new(small: Small, rows: int) -> str:
    groups(small, rows)
    return reverse("ppg:question-new")


def views(small: Small, rows: int) -> str:
    return reverse("ppg:views", args=[_full(small, rows).code])


def improvements(small: Small, rows: int) -> str:
    _full(small, rows)
    return reverse("ppg:improvements")


def reviews(small: Small, rows: int) -> str:
    return reverse("ppg:reviews", args=[_full(small, rows).code])


def notes(small: Small, rows: int) -> str:
    return reverse("ppg:notes", args=[_full(small, rows).code])


def public_group(small: Small, rows: int) -> str:
    return reverse("website:group", args=[small.organisation.slug, _full(small, rows).code])


def referrals(small: Small, rows: int) -> str:
    _full(small, rows)
    return reverse("ppg:referrals")


def in_both(small: Small, rows: int) -> str:
    partner = records.make_active(small.lead, small.partner)
    for row in range(rows):
        commands.say_in_both(viewer_of(small.partner), partner=partner, group=_group(small, f"Group {row}"))
    return reverse("ppg:in-both")
