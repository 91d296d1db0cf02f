"""Milestones of a project, the part in training, and where the work of a review or a seat is done."""

from __future__ import annotations

import pytest

from safety_partners.activities import commands
from safety_partners.activities.models import Activity, Milestone, Offer, Shape, Training
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.models import Message
from safety_partners.core.policy import Refused
from safety_partners.core.working_days import today
from safety_partners.reviews.models import Reviewer
from tests.factories.activities import make_activity, make_offer
from tests.factories.committees import DAY, make_committee
from tests.factories.people import make_member, make_organisation, viewer_of
from tests.factories.reviews import make_document, make_review

TERMS = {"audience": "New nurses", "part": "both", "uses_story": False, "turn": 0}


@pytest.fixture
def me(requester):
    return viewer_of(requester)


@pytest.fixture
def project(requester, partner):
    made = make_activity(requester, shape=Shape.PROJECT)
    make_offer(made, partner, status=Offer.Status.ACCEPTED)
    return made


@pytest.fixture
def milestone(me, project):
    return commands.add_milestone(me, project, title="Talk with twenty patients", due_on=today() + 30 * DAY)


@pytest.fixture
def training(requester, partner):
    made = make_activity(requester, shape=Shape.TRAINING)
    make_offer(made, partner, status=Offer.Status.ACCEPTED)
    return made


def sent(partner, template):
    return Message.objects.filter(to_membership_id=partner.membership_id, template=f"activities/{template}")


def test_a_step_is_reached_only_with_a_word_on_what_partners_changed(me, milestone, partner):
    for words in ("", "  "):
        with pytest.raises(NotPossible, match="what is different"):
            commands.reach_milestone(me, milestone, reached_on=today(), partners_changed=words)
    with pytest.raises(NotPossible, match="later than today"):
        commands.reach_milestone(me, milestone, reached_on=today() + DAY, partners_changed="x")

    commands.reach_milestone(me, milestone, reached_on=today(), partners_changed="Patients are asked at home.", turn=milestone.turn)

    kept = Milestone.objects.get()
    assert (kept.status, kept.reached_on, kept.partners_changed) == ("reached", today(), "Patients are asked at home.")
    assert "Patients are asked at home." in sent(partner, "milestone_reached").get().text
    with pytest.raises(Overtaken):
        commands.change_milestone(me, milestone, title="Again", due_on=today())


def test_a_step_can_be_changed_or_given_up_with_a_reason(me, milestone, partner):
    commands.change_milestone(me, milestone, title="Talk with ten", due_on=today() + 9 * DAY, turn=milestone.turn)
    assert Milestone.objects.get().title == "Talk with ten"
    with pytest.raises(Overtaken):
        commands.change_milestone(me, milestone, title="Nine", due_on=today(), turn=0)
    with pytest.raises(NotPossible):
        commands.drop_milestone(me, milestone, why=" ")

    commands.drop_milestone(me, milestone, why="The ward has closed.")

    assert Milestone.objects.get().dropped_because == "The ward has closed."
    assert "The ward has closed." in sent(partner, "milestone_dropped").get().text


def test_only_a_project_that_goes_on_has_steps_and_only_who_runs_it_sets_them(me, requester, project, staff):
    step = {"title": "x", "due_on": today()}
    with pytest.raises(Overtaken):
        commands.add_milestone(me, make_activity(requester), **step)
    with pytest.raises(Overtaken):
        commands.add_milestone(me, make_activity(requester, shape=Shape.PROJECT, status="closed"), **step)
    with pytest.raises(Refused):
        commands.add_milestone(viewer_of(staff), project, **step)


def test_a_story_is_used_only_with_a_reference_to_its_consent(me, training):
    with pytest.raises(NotPossible, match="consent"):
        commands.describe_training(me, training, **TERMS | {"uses_story": True})

    made = commands.describe_training(me, training, **TERMS | {"uses_story": True, "story_consent": "Form 14"})
    assert (made.uses_story, made.story_consent) == (True, "Form 14")

    made = commands.describe_training(me, training, **TERMS | {"story_consent": "Form 14", "turn": made.turn})
    assert (made.uses_story, made.story_consent) == (False, "")
    with pytest.raises(Overtaken):
        commands.describe_training(me, training, **TERMS)
    assert Training.objects.count() == 1


def test_who_was_asked_on_other_terms_is_asked_again(me, training):
    commands.describe_training(me, training, **TERMS)

    offer = Offer.objects.get()
    assert (offer.status, offer.keeps_place) == ("offered", True)
    assert ["Your part in it", "Design it and give it with us"] in offer.snapshot


def test_the_work_of_a_review_is_done_there_and_partners_are_asked_for_it(requester, me, partner, second, lead):
    document = make_document(requester)
    review = make_review(document, second.membership)
    activity = make_activity(requester, shape=Shape.REVIEW)
    for one in (partner, second):
        make_offer(activity, one, status=Offer.Status.ACCEPTED)
    with pytest.raises(Overtaken, match="which review"):
        commands.ask_takers_for_review(me, activity)

    commands.join_review(me, activity, review=review, turn=activity.turn)
    commands.ask_takers_for_review(me, activity)

    assert Activity.objects.get().review == review
    asked = Reviewer.objects.filter(review=review).values_list("membership_id", flat=True)
    assert set(asked) == {partner.membership_id, second.membership_id}
    with pytest.raises(Overtaken, match="already"):
        commands.ask_takers_for_review(me, activity)


def test_who_does_not_look_after_the_document_asks_nobody(requester, lead, staff, partner, me):
    review = make_review(make_document(staff), partner.membership)
    activity = make_activity(requester, shape=Shape.REVIEW, review=review)
    make_offer(activity, partner, status=Offer.Status.ACCEPTED)
    Reviewer.objects.all().delete()

    with pytest.raises(Refused):
        commands.ask_takers_for_review(me, activity)
    commands.ask_takers_for_review(viewer_of(lead), activity)


def test_a_seat_belongs_to_a_committee_of_the_same_organisation(requester, me, lead):
    activity = make_activity(requester, shape=Shape.SEAT)
    committee = make_committee(lead)
    foreign = make_committee(make_member(make_organisation(), "lead"))

    with pytest.raises(NotPossible):
        commands.join_committee(me, activity, committee=foreign)
    commands.join_committee(me, activity, committee=committee, turn=activity.turn)

    assert Activity.objects.get().committee == committee
    with pytest.raises(Overtaken):
        commands.join_committee(me, make_activity(requester), committee=committee)
