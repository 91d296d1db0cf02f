"""Two people at the same moment, on a database for many connections."""

from __future__ import annotations

import pytest

from safety_partners.activities import commands
from safety_partners.activities.models import Activity, Offer
from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.models import Message
from safety_partners.people.models import Role
from tests.core.conftest import at_once, racing_db
from tests.factories.activities import make_activity, make_offer
from tests.factories.people import make_member, make_organisation, viewer_of
from tests.factories.records import make_active

__all__ = ["racing_db"]
Status = Offer.Status


@pytest.fixture
def lead(racing_db):
    return make_member(make_organisation("Harbour Health"), Role.LEAD, name="Lea Lead")


def answer(offer, command=commands.accept_place):
    """What one partner does in a process of their own."""
    viewer = viewer_of(offer.partner.membership)
    return lambda: command(viewer, Offer.objects.select_related("activity", "partner__membership__organisation").get(pk=offer.pk))


def test_the_last_place_taken_by_four_at_the_same_moment_is_for_one(lead):
    activity = make_activity(lead, partners_wanted=1)
    offers = [make_offer(activity, make_active(lead, make_member(lead.organisation, Role.PARTNER))) for _number in range(4)]
    results = at_once(*map(answer, offers))
    assert sum(isinstance(result, Offer) for result in results) == 1, results
    assert sum(isinstance(result, NotPossible) and "last place" in str(result) for result in results) == 3, results
    assert Offer.objects.taking_part().count() == 1
    assert Offer.objects.waiting().count() == 3


def test_a_place_that_becomes_free_while_somebody_takes_it_is_never_taken_twice(lead):
    activity = make_activity(lead, partners_wanted=1)
    first, *others = [make_offer(activity, make_active(lead, make_member(lead.organisation, Role.PARTNER))) for _number in range(5)]
    commands.accept_place(viewer_of(first.partner.membership), first)
    results = at_once(answer(first, commands.step_out), *map(answer, others))
    assert isinstance(results[0], Offer), results
    assert Offer.objects.taking_part().count() <= 1
    assert all(isinstance(result, Offer | NotPossible) for result in results), results


def test_two_who_hand_one_request_on_at_the_same_moment_hand_it_to_one(lead):
    activity = make_activity(lead)
    people = [make_member(lead.organisation, Role.STAFF) for _number in range(2)]
    viewer, turn = viewer_of(lead), activity.turn
    hand = [lambda to=to: commands.hand_on(viewer, Activity.objects.get(pk=activity.pk), to=to, turn=turn) for to in people]
    results = at_once(*hand)
    assert sum(isinstance(result, Activity) for result in results) == 1, results
    assert Message.objects.filter(template="activities/handed_to_you").count() == 1
