"""How the pages of committees grow by so many rows."""

from __future__ import annotations

from django.urls import reverse

from safety_partners.committees import commands
from safety_partners.committees.models import Committee, Invitee
from safety_partners.core.working_days import today
from safety_partners.people.models import Role
from tests.factories import committees as make
from tests.factories import records
from tests.factories.people import make_member, viewer_of
from tests.world.growing import Small


def _committee(small: Small, name: str = "Quality", **fields: object) -> Committee:
    return make.make_committee(small.lead, name=name, chair=small.staff, secretary=small.secretary, **fields)


def committees(small: Small, rows: int) -> str:
    for row in range(rows):
        make.make_meeting(_committee(small, f"Committee {row}"))
    return reverse("committees:committees")


def coverage(small: Small, rows: int) -> str:
    """Each committee with a seat that is held, and one meeting to which its holder came."""
    for row in range(rows):
        committee, partner = _committee(small, f"Committee {row}"), records.make_active(small.lead)
        make.make_sitting(small.lead, committee, partner, from_on=today() - 30 * make.DAY)
        held = make.make_meeting(committee, on=today() - make.DAY, status="held")
        make.make_invitee(held, partner.membership, attendance=Invitee.Attendance.PRESENT)
    return reverse("committees:coverage")


def mine(small: Small, rows: int) -> str:
    partner = records.make_active(small.lead, small.partner)
    for row in range(rows):
        make.make_sitting(small.lead, _committee(small, f"Committee {row}"), partner)
    return reverse("committees:mine")


def committee(small: Small, rows: int) -> str:
    found = _committee(small, seats=rows)
    for row in range(rows):
        make.make_sitting(small.lead, found, records.make_active(small.lead))
        commands.seat_member(viewer_of(small.lead), found, member=make_member(small.organisation, Role.STAFF))
        commands.agree_terms(viewer_of(small.lead), found, words="Every month.", agreed_on=today())
        make.make_meeting(found, on=today() + (row + 1) * make.DAY)
    return found.get_absolute_url()


def terms(small: Small, rows: int) -> str:
    found = _committee(small)
    for _row in range(rows):
        commands.agree_terms(viewer_of(small.lead), found, words="Every month.", agreed_on=today())
    return reverse("committees:terms", args=[found.code])


def offer(small: Small, rows: int) -> str:
    found = _committee(small, seats=rows + 1)
    for _row in range(rows):
        make.make_sitting(small.lead, found, records.make_active(small.lead))
        records.make_active(small.lead)
    return reverse("committees:seat-offer", args=[found.code, rows + 1])


def sitting(small: Small, rows: int) -> str:
    found = _committee(small, seats=rows + 1)
    own = make.make_sitting(small.lead, found, records.make_active(small.lead, small.partner))
    for row in range(rows):
        make.make_sitting(small.lead, found, records.make_active(small.lead))
        make.make_meeting(found, on=today() + (row + 1) * make.DAY)
    return own.get_absolute_url()
