"""A request that the lead passed on to groups: asked with its words, answered, and told to whoever wrote the request."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from safety_partners.activities import commands as activities
from safety_partners.activities.models import Activity
from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.models import Message
from safety_partners.core.policy import Refused
from safety_partners.core.working_days import today
from safety_partners.home import queries as home
from safety_partners.people.models import Role
from safety_partners.ppg import commands
from safety_partners.ppg.models import Question
from tests.factories import ppg as make
from tests.factories.activities import make_activity
from tests.factories.people import make_member, make_organisation, viewer_of
from tests.insights.pages import day, look, send

pytestmark = pytest.mark.django_db
ASK = "Ask a group, as you decided"
SOON = today() + dt.timedelta(days=14)


@pytest.fixture
def lead(db):
    return make_member(make_organisation("Harbour Health"), Role.LEAD, name="Lea Lead")


@pytest.fixture
def requester(lead):
    return make_member(lead.organisation, Role.STAFF, name="Req Requester")


@pytest.fixture
def chair(lead):
    return make.make_chair(lead, "Joan Chair")


@pytest.fixture
def group(lead, chair):
    return make.make_group(lead, chair)


@pytest.fixture
def request_passed_on(lead, requester):
    activity = make_activity(requester, status=Activity.Status.ASKED, title="Opening hours", purpose="We plan.", can_change="Every hour.")
    return activities.pass_on(viewer_of(lead), activity, words="Lower Meadow meets on Monday.")


def new(activity: Activity) -> str:
    return f"{reverse('ppg:question-new')}?about={activity.code}"


def duties(member) -> list[str]:
    return [duty.sentence for duty in home.waiting(viewer_of(member))]


def asked(lead, activity, group) -> Question:
    send(lead, new(activity), groups=[group.code], text="Which hours suit you?", purpose="We plan.", **day(SOON, "answer_by"))
    return Question.objects.get()


def test_the_page_of_the_request_leads_to_a_form_with_its_words(lead, request_passed_on, group):
    assert "Ask a group" in look(lead, request_passed_on.get_absolute_url())
    assert ASK in duties(lead)
    page = look(lead, new(request_passed_on))
    for words in ("Opening hours", "We plan.", "Every hour.", "Req Requester is told what the group answers"):
        assert words in page


def test_whoever_wrote_the_request_is_told_and_tells_the_group(lead, requester, chair, request_passed_on, group):
    question = asked(lead, request_passed_on, group)
    assert (question.about_code, question.for_whom, question.asked_by) == (request_passed_on.code, requester, lead)
    assert ASK not in duties(lead)
    commands.answer_question(viewer_of(chair), question, answer="Evenings until eight.")
    letter = Message.objects.get(template="ppg/question_answered", to_name="Req Requester")
    assert "Your request was passed on to Lower Meadow patient group" in letter.text
    assert "Tell the group what you did with its answer" in duties(requester)
    page = look(requester, question.get_absolute_url())
    assert "Evenings until eight." in page
    assert "Opening hours" in page
    send(requester, reverse("ppg:question-tell", args=[question.code]), told="We open until eight.")
    question.refresh_from_db()
    assert (question.status, question.told) == ("closed", "We open until eight.")
    assert "Tell the group what you did with its answer" not in duties(requester)


def test_the_question_is_found_by_the_code_of_the_request(lead, requester, request_passed_on, group):
    asked(lead, request_passed_on, group)
    make.make_question(lead, group, text="Something else?")
    page = look(requester, f"{reverse('ppg:questions')}?q={request_passed_on.code}")
    assert "Which hours suit you?" in page
    assert "Something else?" not in page
    shown = look(requester, request_passed_on.get_absolute_url())
    assert "What the groups were asked, and what they answered" in shown


def test_a_chair_reads_the_question_and_nothing_else_of_the_request(lead, chair, request_passed_on, group):
    question = asked(lead, request_passed_on, group)
    page = look(chair, question.get_absolute_url())
    assert "Which hours suit you?" in page
    assert "Opening hours" not in page
    look(chair, request_passed_on.get_absolute_url(), status=403)


@pytest.mark.parametrize("status", [Activity.Status.ASKED, Activity.Status.TAKEN_ON])
def test_a_request_that_was_not_passed_on_fills_in_nothing(lead, requester, group, status):
    activity = make_activity(requester, status=status, title="Opening hours")
    assert "Opening hours" not in look(lead, new(activity))
    assert asked(lead, activity, group).about_code == ""


def test_nobody_fills_in_a_request_they_may_not_see(lead, request_passed_on, group):
    keeper = make_member(lead.organisation, Role.STAFF)
    make.make_group(lead, name="Hill group", ods_code="B82009", contact=keeper)
    assert "Opening hours" not in look(keeper, new(request_passed_on))
    elsewhere = make_member(make_organisation("Elsewhere"), Role.LEAD)
    assert "Opening hours" not in look(elsewhere, new(request_passed_on))


def test_a_question_that_is_taken_back_is_told_and_waits_to_be_asked_again(lead, requester, request_passed_on, group):
    question = asked(lead, request_passed_on, group)
    commands.take_back_question(viewer_of(lead), question)
    assert Message.objects.filter(template="ppg/question_taken_back_for_you", to_name="Req Requester").exists()
    assert ASK in duties(lead)


def test_nothing_goes_to_who_has_left_and_others_do_not_tell_the_group(lead, requester, chair, request_passed_on, group):
    question = asked(lead, request_passed_on, group)
    requester.ended_on = today()
    requester.save()
    question.refresh_from_db()
    commands.answer_question(viewer_of(chair), question, answer="Evenings.")
    assert not Message.objects.filter(template="ppg/question_answered", to_name="Req Requester").exists()
    with pytest.raises(Refused):
        commands.tell_question(viewer_of(make_member(lead.organisation, Role.STAFF)), question, told="We open.")
    with pytest.raises(NotPossible):
        make.make_question(lead, group, for_whom=requester)


def test_a_request_of_somebody_who_has_left_can_still_go_to_a_group(lead, requester, request_passed_on, group):
    requester.ended_on = today()
    requester.save()
    assert "somebody who has left" in look(lead, new(request_passed_on))
    assert asked(lead, request_passed_on, group).for_whom is None
