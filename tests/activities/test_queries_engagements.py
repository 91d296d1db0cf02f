"""Days of activities in people's calendars."""

from __future__ import annotations

import datetime as dt

import pytest

from safety_partners.activities.models import Offer, Session
from safety_partners.activities.queries.engagements import engagements
from safety_partners.core.working_days import today
from tests.factories.activities import make_activity, make_offer, make_session
from tests.factories.committees import DAY, at
from tests.factories.people import make_member, make_organisation, viewer_of

LINK = "https://meet.example.org/round"


def of(member, first=None, last=None):
    return engagements(viewer_of(member), first or today(), last or today() + 60 * DAY)


@pytest.fixture
def activity(requester, partner):
    made = make_activity(requester)
    make_offer(made, partner, status=Offer.Status.ACCEPTED)
    return made


def test_who_takes_part_and_who_asked_have_it_as_theirs(activity, partner, requester, lead, staff):
    session = make_session(activity, title="First round", join_link=LINK)

    for member in (partner.membership, requester):
        (one,) = of(member)
        assert (one.title, one.starts_at, one.ends_at) == ("Safer ward rounds: First round", session.starts_at, session.ends_at)
        assert (one.place, one.join_link, one.is_mine, one.is_cancelled) == (session.place, LINK, True, False)
        assert one.path == activity.get_absolute_url()
    (seen,) = of(lead)
    assert (seen.is_mine, seen.join_link) == (False, "")
    assert of(staff) == of(make_member(make_organisation(), "lead")) == []


@pytest.mark.parametrize("status", [Offer.Status.OFFERED, Offer.Status.DECLINED, Offer.Status.RESERVE, Offer.Status.STEPPED_OUT])
def test_nothing_stands_there_before_a_yes_or_after_a_no(requester, partner, status):
    activity = make_activity(requester)
    make_offer(activity, partner, status=status)
    make_session(activity)

    assert of(partner.membership) == []


def test_without_a_planned_day_it_stands_on_its_first_day(activity, partner):
    (one,) = of(partner.membership)
    assert (one.on, one.starts_at, one.title) == (activity.starts_on, None, activity.title)

    make_session(activity, on=today() + 30 * DAY)
    assert [one.on for one in of(partner.membership)] == [today() + 30 * DAY]


def test_only_the_days_that_are_asked_for_by_londons_clock(activity, partner):
    day = dt.date(2027, 6, 14)
    make_session(activity, starts_at=at(day, 0, 30))
    make_session(activity, starts_at=at(day + DAY, 9))

    assert [one.on for one in of(partner.membership, day, day)] == [day]


def test_a_cancelled_day_says_so(activity, partner):
    make_session(activity, status=Session.Status.CANCELLED, cancelled_because="Too few.", sequence=1)

    (one,) = of(partner.membership)
    assert (one.is_cancelled, one.sequence) == (True, 1)


def test_one_question_to_the_database(activity, partner, django_assert_num_queries):
    make_session(activity)
    viewer = viewer_of(partner.membership)

    with django_assert_num_queries(1):
        engagements(viewer, today(), today() + 60 * DAY)
