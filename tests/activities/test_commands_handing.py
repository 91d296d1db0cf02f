"""Handing a request on to somebody else here: who may, who is told, and what goes with it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from safety_partners.activities import commands
from safety_partners.activities.models import Activity
from safety_partners.activities.queries.duties import ARMS
from safety_partners.activities.queries.story import story
from safety_partners.core.duty import Waiting
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.models import Message
from safety_partners.core.policy import Refused
from safety_partners.core.working_days import today
from safety_partners.people.models import Role
from tests.factories.activities import make_activity, make_offer
from tests.factories.people import make_member, make_organisation, viewer_of
from tests.insights.pages import look, send

pytestmark = pytest.mark.django_db
Status = Activity.Status


def told(member):
    rows = Message.objects.filter(to_membership_id=member.pk, template__startswith="activities/")
    return list(rows.order_by("id").values_list("template", flat=True))


def words_to(member):
    return Message.objects.filter(to_membership_id=member.pk).latest("id").text


@pytest.fixture
def activity(requester, lead):
    return make_activity(requester, lead=lead)


def path_of(activity):
    return reverse("activities:hand-on", args=[activity.code])


def test_the_requester_hands_it_on_with_the_promise_and_everybody_it_concerns_is_told(requester, staff, lead, activity, partner, second):
    make_offer(activity, partner, status="accepted")
    make_offer(activity, second, status="declined")
    commands.hand_on(viewer_of(requester), activity, to=staff, words="I am away until May.")
    activity.refresh_from_db()
    assert (activity.requester, activity.feedback_by, activity.status) == (staff, staff, Status.TAKEN_ON)
    assert told(staff) == ["activities/handed_to_you"]
    assert "I am away until May." in words_to(staff)
    assert "you will tell partners by" in words_to(staff)
    assert told(lead) == ["activities/handed_on"]
    assert told(partner.membership) == ["activities/your_person"]
    assert staff.name in words_to(partner.membership)
    assert "away until May" not in words_to(partner.membership) + words_to(lead)
    assert told(second.membership) == told(requester) == []


def test_the_lead_hands_it_on_and_who_had_it_is_told(requester, staff, lead, activity):
    commands.hand_on(viewer_of(lead), activity, to=staff)
    assert told(requester) == ["activities/handed_on"]
    assert "you do not any more" in words_to(requester)
    assert told(lead) == []
    assert str(story(viewer_of(staff), activity)[0].title) == "Handed on: somebody else here looks after it"


def test_a_promise_of_somebody_else_stays_theirs(requester, staff, governance, lead):
    activity = make_activity(requester, lead=lead, feedback_by=governance)
    commands.hand_on(viewer_of(requester), activity, to=staff)
    activity.refresh_from_db()
    assert (activity.requester, activity.feedback_by) == (staff, governance)
    assert "tell partners" not in words_to(staff)


def test_a_draft_is_handed_on_without_a_word_to_the_lead(requester, staff, lead):
    draft = make_activity(requester, status=Status.DRAFT)
    commands.hand_on(viewer_of(requester), draft, to=staff)
    assert (told(staff), told(lead)) == (["activities/handed_to_you"], [])
    assert not Activity.objects.visible_to(viewer_of(requester)).exists()


def test_hand_on_is_for_who_runs_it(staff, governance, partner, activity):
    for member in (staff, governance, partner.membership):
        with pytest.raises(Refused):
            commands.hand_on(viewer_of(member), activity, to=staff)


def test_hand_on_goes_to_staff_who_are_here(requester, organisation, partner, activity):
    elsewhere = make_member(make_organisation("Elsewhere"), Role.STAFF)
    gone = make_member(organisation, Role.STAFF, ended_on=today())
    for other in (partner.membership, elsewhere, gone, requester):
        with pytest.raises(NotPossible) as trouble:
            commands.hand_on(viewer_of(requester), activity, to=other)
        assert trouble.value.field == "to"
    assert Activity.objects.get().requester == requester


@pytest.mark.parametrize("status", [Status.DECLINED, Status.PASSED, Status.WITHDRAWN, Status.CANCELLED, Status.CLOSED])
def test_nothing_is_handed_on_where_nothing_is_left_to_do(requester, staff, status):
    with pytest.raises(Overtaken):
        commands.hand_on(viewer_of(requester), make_activity(requester, status=status), to=staff)
    assert told(staff) == []


def test_two_who_hand_it_on_do_not_overwrite_each_other(requester, staff, governance, lead, activity):
    seen = activity.turn
    commands.hand_on(viewer_of(lead), activity, to=staff, turn=seen)
    with pytest.raises(Overtaken):
        commands.hand_on(viewer_of(lead), Activity.objects.get(), to=governance, turn=seen)


def test_the_page_hands_it_on_and_leads_to_what_one_may_still_see(requester, staff, lead, activity):
    shown = look(requester, path_of(activity))
    assert staff.name in shown
    assert "The promise to tell partners what changed goes with it." in shown
    assert "Hand it on to somebody else" in look(requester, activity.get_absolute_url())
    response = send(requester, path_of(activity), to=staff.code, words="", turn=activity.turn)
    assert response["location"] == reverse("activities:activities")
    again = send(lead, path_of(activity), to=requester.code, words="", turn=activity.turn + 1)
    assert again["location"] == activity.get_absolute_url()
    assert Activity.objects.get().requester == requester


def test_the_page_says_whom_to_choose_and_keeps_what_was_typed(requester, activity):
    response = send(requester, path_of(activity), to="", words="I am away until May.", turn=activity.turn)
    assert response.status_code == 422
    assert "I am away until May." in response.content.decode()
    assert Activity.objects.get().requester == requester


def test_what_somebody_left_behind_waits_for_the_lead(requester, staff, lead, activity):
    def sentences():
        return [duty.path for duty in Waiting(ARMS)(viewer_of(lead)) if "has left" in str(duty.sentence)]

    assert sentences() == []
    requester.ended_on = today()
    requester.save()
    assert sentences() == [path_of(activity)]
    commands.hand_on(viewer_of(lead), activity, to=staff)
    assert sentences() == []
