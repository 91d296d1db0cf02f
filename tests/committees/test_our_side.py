"""The lead's view of how we keep our side with each committee: papers in time, needs met, meetings ready."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from safety_partners.committees import queries
from safety_partners.committees.models import NeedAtMeeting
from safety_partners.core import clock
from safety_partners.core.working_days import today
from safety_partners.partners.models import AccessNeed
from tests.factories import committees as make
from tests.factories.people import viewer_of
from tests.insights.pages import look

pytestmark = pytest.mark.django_db
YESTERDAY = dt.timedelta(days=-1)


def ours(lead, committee):
    return queries.our_side(viewer_of(lead), [committee])[committee.pk]


def test_papers_that_came_late_and_papers_that_are_late_are_counted(lead, committee):
    meeting = make.make_meeting(committee, papers_due_on=today() + YESTERDAY)
    item = make.make_item(meeting)
    make.make_paper(item, "In time")
    make.make_paper(item, "Came late").versions.update(is_late=True)
    make.make_paper(item, "Not here", words="")
    make.make_paper(item, "Taken out", words="", withdrawn_at=clock.now())
    found = ours(lead, committee)
    assert (found.papers, found.late, found.is_kept) == (3, 2, False)


def test_a_paper_that_is_not_due_yet_is_not_late(lead, committee):
    make.make_paper(make.make_item(make.make_meeting(committee)), "Promised", words="")
    assert ours(lead, committee).is_kept


def test_what_is_older_than_a_year_or_of_another_committee_does_not_count(lead, committee):
    other = make.make_committee(lead, name="Another")
    long_ago = make.make_meeting(committee, on=today() - dt.timedelta(days=400))
    for meeting in (long_ago, make.make_meeting(other)):
        make.make_paper(make.make_item(meeting)).versions.update(is_late=True)
    assert ours(lead, committee).papers == 0
    assert ours(lead, other).late == 1


def test_needs_that_are_open_make_a_meeting_not_ready_and_those_not_met_are_counted(lead, committee, partner):
    need = AccessNeed.objects.create(partner=partner, kind=AccessNeed.Kind.PLACE, what="A ramp")
    invitee = make.make_invitee(make.make_meeting(committee), partner.membership)
    assert (ours(lead, committee).not_ready, ours(lead, committee).not_met) == (1, 0)
    decided = {"decided_by": lead, "decided_at": clock.now(), "reason": "No lift."}
    NeedAtMeeting.objects.create(invitee=invitee, need=need, status=NeedAtMeeting.Status.NOT_MET, **decided)
    assert (ours(lead, committee).not_ready, ours(lead, committee).not_met) == (0, 1)


def test_the_page_says_it_in_eight_queries(lead, committee):
    make.make_paper(make.make_item(make.make_meeting(committee))).versions.update(is_late=True)
    assert "1 of 1 papers came late or are late now" in look(lead, reverse("committees:coverage"))
