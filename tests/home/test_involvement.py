"""Where patients have a say: counted by level and kind, partners and groups apart, gaps in words."""

from __future__ import annotations

import datetime as dt

import pytest

from safety_partners.core import clock
from safety_partners.core.working_days import today
from safety_partners.home.involvement import YEAR, involvement
from safety_partners.insights.models import Insight
from safety_partners.people.models import Level, Role
from safety_partners.ppg.models import Group
from tests.factories import insights as make
from tests.factories.committees import make_committee, make_sitting
from tests.factories.people import make_member, make_organisation, viewer_of
from tests.factories.ppg import make_group
from tests.factories.records import make_active
from tests.insights.pages import look

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead():
    return make_member(make_organisation(), Role.LEAD)


def counts(lead, number):
    row = involvement(viewer_of(lead)).rows[number]
    return {level: (cell.count, cell.of) for level, cell in row.cells.items() if cell is not None}


def without_group(group):
    Group.objects.filter(pk=group.pk).update(status=Group.Status.NONE)


def test_a_committee_counts_when_a_partner_holds_a_seat(lead):
    held = make_committee(lead, level=Level.SYSTEM)
    make_committee(lead, name="Falls group", level=Level.SYSTEM)
    make_sitting(lead, held, make_active(lead, make_member(lead.organisation, Role.PARTNER)))
    assert counts(lead, 0) == {"service": (0, 0), "organisation": (0, 0), "system": (1, 2)}
    assert "1 committee for several organisations together has no partner." in involvement(viewer_of(lead)).gaps


def test_what_a_group_says_is_not_counted_as_a_partners_insight(lead):
    partner = make_member(lead.organisation, Role.PARTNER)
    make.make_insight(partner)
    of_group = make.make_insight(partner)
    Insight.objects.filter(pk=of_group.pk).update(voice=Insight.Voice.GROUP, voice_name="Lower Meadow")
    assert counts(lead, 3) == {"service": (0, None), "organisation": (1, None)}


def test_what_was_said_more_than_a_year_ago_is_counted_no_more(lead):
    partner = make_member(lead.organisation, Role.PARTNER)
    for days in (YEAR.days, YEAR.days + 1):
        at = dt.datetime.combine(today() - dt.timedelta(days=days), dt.time(), clock.LONDON)
        Insight.objects.filter(pk=make.make_insight(partner).pk).update(shared_at=at)
    assert counts(lead, 3) == {"service": (0, None), "organisation": (1, None)}


def test_practices_without_an_active_group_are_said(lead):
    make_group(lead)
    without_group(make_group(lead, practice="Upper Meadow", name="Upper Meadow group"))
    assert counts(lead, 4) == {"service": (1, 2)}
    assert "1 practice has no active group." in involvement(viewer_of(lead)).gaps


def test_another_organisation_counts_nothing_here(lead):
    other = make_member(make_organisation("Elsewhere"), Role.LEAD)
    make_committee(other)
    make_group(other)
    assert counts(lead, 0)["organisation"] == (0, 0)
    assert counts(lead, 4) == {"service": (0, 0)}


def test_the_page_says_the_gaps_and_how_it_counts(lead):
    without_group(make_group(lead))
    page = look(lead, "/involvement/")
    assert "1 practice has no active group." in page
    assert "no score" in page
