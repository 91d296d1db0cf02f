"""A meeting in short, for a partner: what to read first, what we ask them, who sits beside them."""

from __future__ import annotations

import pytest

from safety_partners.committees import queries
from safety_partners.committees.models import Invitee, Item
from tests.factories import committees as make
from tests.factories.people import viewer_of
from tests.insights.pages import look

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(committee, partner, second):
    found = make.make_meeting(committee)
    for one in (partner, second):
        make.make_invitee(found, one.membership)
    return found


def brief_of(member, meeting):
    viewer = viewer_of(member)
    return queries.brief(meeting, queries.meeting_page(viewer, meeting), queries.agenda(viewer, meeting))


def test_what_asks_partners_something_is_read_first_then_what_is_decided_and_no_more_than_ten_minutes(meeting, partner):
    note = make.make_item(meeting, "To note", kind=Item.Kind.NOTE)
    decide = make.make_item(meeting, "To decide", kind=Item.Kind.DECIDE)
    make.make_paper(note, "Long", minutes_to_read=30)
    make.make_paper(note, "Asks", minutes_to_read=4, questions="Is it clear?\n\nWhat is missing?")
    make.make_paper(decide, "Decides", minutes_to_read=6)
    make.make_paper(decide, "Not here yet", words="", questions="Never asked")
    found = brief_of(partner.membership, meeting)
    assert [paper.title for paper in found.first] == ["Asks", "Decides"]
    assert (found.first_minutes, found.more) == (10, 1)
    assert [(one.question, one.paper.title) for one in found.asked] == [("Is it clear?", "Asks"), ("What is missing?", "Asks")]


def test_one_paper_is_first_however_long_it_is(meeting, partner):
    make.make_paper(make.make_item(meeting), "Long", minutes_to_read=45)
    assert [paper.title for paper in brief_of(partner.membership, meeting).first] == ["Long"]


def test_who_sits_beside_them_is_another_partner_and_never_themselves(meeting, partner, second):
    assert [one.membership for one in brief_of(partner.membership, meeting).beside] == [second.membership]


def test_a_paper_from_which_they_stepped_back_is_nowhere_in_it(meeting, partner):
    item = make.make_item(meeting)
    make.make_paper(item, "Kept from them", questions="What about it?")
    make.make_recusal(item, partner.membership)
    found = brief_of(partner.membership, meeting)
    assert (list(found.first), list(found.asked), found.more) == ([], [], 0)


def test_the_page_says_it_to_partners_and_only_to_them(meeting, partner, secretary):
    make.make_invitee(meeting, secretary, Invitee.Kind.MEMBER)
    make.make_paper(make.make_item(meeting), "Falls", minutes_to_read=8, questions="Is it clear?")
    words = look(partner.membership, meeting.get_absolute_url())
    for said in ("about 2 hours", "Read this first", "About 8 minutes.", "Is it clear?", "Partners with you", "Whom to call"):
        assert said in words
    assert "Read this first" not in look(secretary, meeting.get_absolute_url())
