"""Meadowbank's committee meets every month for a year, and both partners have a seat there."""

from __future__ import annotations

import pytest

from safety_partners.committees import queries
from safety_partners.committees.models import Committee, Invitee, Meeting
from safety_partners.config.demonstration import committees, partners, people, programme
from safety_partners.config.demonstration.telling import as_, days_ago
from safety_partners.core.working_days import is_working_day

pytestmark = pytest.mark.django_db


def test_a_year_of_meetings_with_two_partners_and_one_asked_to_follow():
    with days_ago(235):
        cast = people.gather()
    found = partners.welcome(cast, programme.set_up(cast))
    committee = committees.tell(cast, found)
    meetings = list(committee.meetings.order_by("starts_at"))
    assert len(meetings) == 12
    assert all(is_working_day(meeting.day) for meeting in meetings)
    over = [meeting for meeting in meetings if meeting.is_over]
    assert len(over) > 5
    assert {meeting.status for meeting in over} == {Meeting.Status.HELD}
    assert not Invitee.objects.filter(meeting__in=over, attendance=Invitee.Attendance.UNKNOWN).exists()
    grace = as_(cast.grace)
    first, second = queries.coverage(grace, [committee])[committee.pk].seats
    assert (first.holder.partner, [one.partner for one in first.offered]) == (found["Tom"], [found["Maya"]])
    assert (second.holder.partner, first.held, first.came) == (found["Anjali"], len(over), len(over) - 1)
    assert [one.name for one in queries.without_partner(Committee.objects.visible_to(grace))] == ["Falls and Frailty Oversight Group"]
