"""Who owes an answer to words at an item and steps back from it no longer owes it: somebody else is asked, and the person is told."""

from __future__ import annotations

import pytest

from safety_partners.committees import commands
from safety_partners.core.models import Message
from safety_partners.insights import commands as insights
from safety_partners.insights.models import Insight
from safety_partners.people.models import Role
from tests.factories.committees import make_invitee, make_item, make_meeting
from tests.factories.people import make_member, viewer_of

pytestmark = pytest.mark.django_db
Status = Insight.Status


@pytest.fixture
def chair(organisation):
    """Works here: somebody who is only on the board is never asked for an answer."""
    return make_member(organisation, Role.STAFF, name="Char Chair")


@pytest.fixture
def meeting(committee, partner, member, chair, secretary):
    found = make_meeting(committee)
    for person in (partner.membership, member, chair, secretary):
        make_invitee(found, person, "partner" if person == partner.membership else "member")
    return found


def said_at(item, partner) -> Insight:
    viewer = viewer_of(partner.membership)
    placed = commands.speak(viewer, item, words="Nobody asked us.", kind=Insight.Kind.CHALLENGE, visibility=Insight.Visibility.ANSWERERS)
    commands.share_spoken(viewer, placed, turn=placed.insight.turn)
    Message.objects.all().delete()
    return placed.insight


def told(person) -> list[str]:
    return list(Message.objects.filter(to_membership_id=person.pk).order_by("id").values_list("template", flat=True))


def test_the_chair_answers_in_place_of_the_lead_of_the_item(meeting, member, chair, partner):
    item = make_item(meeting, lead=member)
    insight = said_at(item, partner)
    assert insight.owner == member
    commands.declare_interest(viewer_of(member), item, reason="My brother works there.")
    insight.refresh_from_db()
    assert (insight.owner, insight.status) == (chair, Status.OWNED)
    assert told(chair)[0] == "insights/handed"
    assert told(partner.membership) == ["insights/owner_changed"]
    assert told(member) == []
    assert "brother" not in Message.objects.get(template="insights/owner_changed").text


def test_it_is_the_same_when_the_secretary_writes_it_down(meeting, member, chair, secretary, partner):
    item = make_item(meeting, lead=member)
    insight = said_at(item, partner)
    commands.record_interest(viewer_of(secretary), item, membership=member, capture="phone", is_read_back=True)
    insight.refresh_from_db()
    assert insight.owner == chair
    assert not [template for template in told(member) if template.startswith("insights/")]


def test_where_nobody_of_the_committee_is_left_the_lead_looks_after_it(meeting, chair, lead, partner):
    item = make_item(meeting)
    insight = said_at(item, partner)
    assert insight.owner == chair
    commands.declare_interest(viewer_of(chair), item)
    insight.refresh_from_db()
    assert (insight.owner, insight.owned_at, insight.status) == (None, None, Status.WITH_LEAD)
    assert told(lead) == ["insights/owner_wanted"]
    assert told(partner.membership) == ["insights/owner_sought"]
    insights.hand_to(viewer_of(lead), insight, owner=lead)
    assert insight.owner == lead


def test_what_was_taken_to_the_lead_stays_with_the_lead(meeting, member, partner):
    item = make_item(meeting, lead=member)
    insight = said_at(item, partner)
    insights.respond(viewer_of(member), insight, outcome="will", text="We will.")
    insights.give_verdict(viewer_of(partner.membership), insight, answer="no", goes_to_lead=True)
    Message.objects.all().delete()
    commands.declare_interest(viewer_of(member), item)
    insight.refresh_from_db()
    assert (insight.owner, insight.status) == (None, Status.WITH_LEAD)
    assert told(partner.membership) == []


def test_a_given_answer_stays_and_a_no_to_it_goes_to_the_lead(meeting, member, lead, partner):
    item = make_item(meeting, lead=member)
    insight = said_at(item, partner)
    insights.respond(viewer_of(member), insight, outcome="will", text="We will.")
    commands.declare_interest(viewer_of(member), item)
    insight.refresh_from_db()
    assert (insight.owner, insight.status) == (member, Status.ANSWERED)
    Message.objects.all().delete()
    insights.give_verdict(viewer_of(partner.membership), insight, answer="no")
    insight.refresh_from_db()
    assert insight.status == Status.WITH_LEAD
    assert told(lead) == ["insights/verdict"]
    assert told(member) == []
