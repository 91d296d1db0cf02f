"""What the database holds of activities: who sees which rows, and what may not be kept."""

from __future__ import annotations

import pytest
from django.db import IntegrityError

from safety_partners.activities.models import Activity, Offer, Shape
from tests.factories.activities import make_activity, make_kind, make_offer, make_session
from tests.factories.people import make_member, make_organisation, viewer_of

ALL = list(Activity.Status)


def seen(member):
    return set(Activity.objects.visible_to(viewer_of(member)).values_list("status", flat=True))


@pytest.mark.parametrize("status", ALL)
def test_an_activity_can_stand_at_every_stage(requester, lead, status):
    made = make_activity(requester, status=status, lead=lead)

    assert Activity.objects.get(pk=made.pk).status == status


def test_drafts_are_the_requesters_own(requester, lead, governance, staff):
    for status in ALL:
        make_activity(requester, status=status)

    assert seen(requester) == set(ALL)
    assert seen(lead) == seen(governance) == set(ALL) - {"draft"}
    assert seen(staff) == set()
    assert seen(make_member(make_organisation(), "lead")) == set()


def test_partners_see_what_they_were_offered_unless_it_was_taken_back(requester, lead, partner, second):
    activity = make_activity(requester)
    make_offer(activity, partner)
    make_offer(activity, second, status=Offer.Status.TAKEN_BACK)

    assert seen(partner.membership) == {"taken on"}
    assert seen(second.membership) == set()


def test_that_somebody_said_no_is_between_them_and_the_lead(requester, lead, partner, second):
    activity = make_activity(requester)
    make_offer(activity, partner, status=Offer.Status.ACCEPTED)
    no = make_offer(activity, second, status=Offer.Status.DECLINED)

    assert no in Offer.objects.visible_to(viewer_of(lead))
    assert no in Offer.objects.visible_to(viewer_of(second.membership))
    assert no not in Offer.objects.visible_to(viewer_of(requester))
    assert no not in Offer.objects.visible_to(viewer_of(partner.membership))


@pytest.mark.parametrize(
    "unsaid",
    [
        {"can_change": ""},
        {"purpose": ""},
        {"stage": ""},
        {"stage": "final", "why_late": ""},
        {"decided_by": ""},
        {"data_seen": ""},
        {"may_upset": None},
        {"needed_by": None},
        {"partners_wanted": 1, "why_alone": ""},
        {"feedback_on": None},
    ],
    ids=lambda unsaid: next(reversed(unsaid)),
)
def test_nothing_is_asked_for_before_everything_is_said(requester, unsaid):
    assert make_activity(requester, status=Activity.Status.DRAFT, **unsaid).pk
    with pytest.raises(IntegrityError):
        make_activity(requester, status=Activity.Status.ASKED, **unsaid)


@pytest.mark.parametrize("half", [{"may_upset": True, "distress": ""}, {"may_upset": False, "distress": "A death."}])
def test_what_may_upset_is_said_in_words_or_not_at_all(requester, half):
    with pytest.raises(IntegrityError):
        make_activity(requester, **half)


def test_a_kind_and_a_session_are_made_once(requester, organisation):
    activity = make_activity(requester, shape=Shape.PANEL)

    assert make_kind(organisation, shape=Shape.PANEL) == activity.kind
    assert make_session(activity).activity == activity
