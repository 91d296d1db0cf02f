"""How the pages at the table grow by so many rows."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse

from safety_partners.committees import commands
from safety_partners.committees.models import Invitee, Item, Meeting, Minutes
from safety_partners.core.working_days import today
from safety_partners.people.models import Role
from tests.factories import committees as make
from tests.factories.people import make_member, viewer_of
from tests.world.growing import Small

DAY = dt.timedelta(days=1)


def _said(small: Small, item: Item) -> None:
    """A minute, a decision, an action and a partner's words at one item."""
    lead, partner = viewer_of(small.lead), viewer_of(small.partner)
    commands.save_minute(lead, item, words="We talked.", turn=0)
    commands.add_decision(lead, item, words="We count.")
    commands.agree_meeting_action(lead, item, text="Count", owner=small.staff, due_on=today() + DAY)
    placed = commands.speak(partner, item, words="Too far.", kind="question", visibility="answerers", quoted="name")
    commands.share_spoken(partner, placed, turn=placed.insight.turn)


def _meeting(small: Small, rows: int) -> Meeting:
    """A held meeting with so many items and partners, after one as full."""
    committee = make.make_committee(small.lead)
    for when in (20, 10):
        meeting = make.make_meeting(committee, on=today() - when * DAY)
        for member in [small.partner, *(make_member(small.organisation, Role.PARTNER) for _row in range(rows))]:
            make.make_invitee(meeting, member, attendance=Invitee.Attendance.PRESENT)
        for _row in range(rows):
            item = make.make_item(meeting)
            make.make_recusal(item, meeting.invitees.last().membership, has_left=True)
            _said(small, item)
    return meeting


def table(small: Small, rows: int) -> str:
    return reverse("committees:table", args=[_meeting(small, rows).code])


def attendance(small: Small, rows: int) -> str:
    return reverse("committees:attendance", args=[_meeting(small, rows).code])


def attendance_printed(small: Small, rows: int) -> str:
    return reverse("committees:attendance-print", args=[_meeting(small, rows).code])


def minute(small: Small, rows: int) -> str:
    meeting = _meeting(small, 1)
    item = meeting.items.get()
    for _row in range(rows):
        commands.add_decision(viewer_of(small.lead), item, words="We count again.")
    return reverse("committees:minute", args=[item.code])


def minutes(small: Small, rows: int) -> str:
    return commands.agree_minutes(viewer_of(small.lead), _meeting(small, rows).minutes).get_absolute_url()


def approved_minutes(small: Small, rows: int) -> str:
    """What is sealed is looked at once more: that costs two questions."""
    meeting = _meeting(small, rows)
    first = Minutes.objects.exclude(meeting=meeting).get()
    found = commands.agree_minutes(viewer_of(small.lead), first)
    return commands.approve_minutes(viewer_of(small.lead), found, meeting=meeting).get_absolute_url()


def committee_minutes(small: Small, rows: int) -> str:
    committee = make.make_committee(small.lead)
    for row in range(rows):
        commands.save_minute(
            viewer_of(small.lead), make.make_item(make.make_meeting(committee, on=today() - row * DAY)), words="We met.", turn=0
        )
    return reverse("committees:committee-minutes", args=[committee.code])


def decisions(small: Small, rows: int) -> str:
    _meeting(small, rows)
    return reverse("committees:decisions")


def meeting_actions(small: Small, rows: int) -> str:
    _meeting(small, rows)
    return reverse("committees:meeting-actions")


def words_record(small: Small, rows: int) -> str:
    """So many partners whose words can be written down."""
    return reverse("committees:words-record", args=[_meeting(small, rows).items.first().code])
