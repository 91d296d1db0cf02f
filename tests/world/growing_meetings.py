"""How the pages of meetings grow by so many rows."""

from __future__ import annotations

from django.urls import reverse

from safety_partners.committees import commands
from safety_partners.committees.models import Meeting
from safety_partners.core.working_days import today
from safety_partners.partners import commands as partners
from safety_partners.people.models import Role
from tests.factories import committees as make
from tests.factories import records
from tests.factories.people import make_member, viewer_of
from tests.world.growing import Small


def _meeting(small: Small, rows: int) -> Meeting:
    """So many partners with something they need, members and guests, and lines of the agenda."""
    committee = make.make_committee(small.lead, chair=small.staff, secretary=small.secretary)
    meeting = make.make_meeting(committee)
    for _row in range(rows):
        partner = records.make_active(small.lead)
        need = partners.ask_for_access(viewer_of(partner.membership), partner, kind="place", what="A ramp.")
        invitee = make.make_invitee(meeting, partner.membership)
        commands.decide_need(viewer_of(small.lead), invitee, need=need, status="not met", reason="No ramp yet.")
        make.make_invitee(meeting, make_member(small.organisation, Role.STAFF), "member")
        make.make_item(meeting)
    return meeting


def meetings(small: Small, rows: int) -> str:
    committee = make.make_committee(small.lead)
    for row in range(rows):
        make.make_meeting(committee, on=today() + (row + 1) * make.DAY)
    return reverse("committees:meetings")


def past_meetings(small: Small, rows: int) -> str:
    committee = make.make_committee(small.lead)
    for row in range(rows):
        make.make_meeting(committee, on=today() - (row + 1) * make.DAY, status="held")
    return reverse("committees:past-meetings")


def meeting(small: Small, rows: int) -> str:
    return _meeting(small, rows).get_absolute_url()


def needs(small: Small, rows: int) -> str:
    return reverse("committees:meeting-needs", args=[_meeting(small, rows).code])


def remind(small: Small, rows: int) -> str:
    return reverse("committees:meeting-remind", args=[_meeting(small, rows).code])
