"""Pages of days and of shapes, as people go through them: what is kept, what is said, who may."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from safety_partners.activities.models import Activity, Milestone, Offer, Panel, PanelArea, PanelQuestion, Session, Shape
from safety_partners.core.working_days import today
from tests.factories.activities import make_activity, make_offer, make_session
from tests.factories.committees import DAY, make_committee
from tests.factories.reviews import make_document, make_review
from tests.reviews.pages import day

pytestmark = pytest.mark.django_db
KEY = {"submission_key": "4b6f2a7e-0f5b-4a6e-9d0c-2f1f4f0a1c11"}


@pytest.fixture
def look():
    """Sign somebody in, and look or send as a browser would."""

    def go(member, name, *codes, **sent):
        client = Client()
        client.force_login(member.user)
        path = reverse(f"activities:{name}", args=codes)
        return client.post(path, sent, follow=True) if sent else client.get(path)

    return go


def day_of(number, **more):
    return day("on", today() + number * DAY) | {"starts_at_time": "10am", "ends_at_time": "midday"} | more


def test_a_day_is_planned_and_its_page_says_who_will_be_told(look, requester, partner):
    activity = make_activity(requester)
    make_offer(activity, partner, status=Offer.Status.ACCEPTED)
    assert "Pat Partner" in look(requester, "session-new", activity.code).content.decode()

    page = look(requester, "session-new", activity.code, **day_of(5), title="First", place="Room <b>2</b>", **KEY)

    assert "We are telling 1 partner." in page.content.decode()
    assert Session.objects.get().place == "Room <b>2</b>"
    assert "Room &lt;b&gt;2&lt;/b&gt;" in page.content.decode()


def test_what_was_typed_stays_and_the_error_is_beside_its_field(look, requester):
    activity = make_activity(requester)

    page = look(requester, "session-new", activity.code, **day_of(5, ends_at_time="9am"), title="First", join_link="javascript:x")

    words = page.content.decode()
    assert page.status_code == 422
    assert "It must end after it begins" in words
    assert "Enter a web address that begins with https://" in words
    assert 'value="First"' in words
    assert not Session.objects.exists()


def test_the_way_into_the_room_is_not_for_who_was_only_asked(look, requester, partner, second):
    activity = make_activity(requester)
    make_offer(activity, partner, status=Offer.Status.ACCEPTED)
    make_offer(activity, second)
    make_session(activity, join_link="https://meet.example.org/x")

    assert b"meet.example.org" in look(partner.membership, "activity", activity.code).content
    assert b"meet.example.org" not in look(second.membership, "activity", activity.code).content


def test_only_training_asks_how_many_learned(look, requester):
    for shape, asks in ((Shape.TRAINING, True), (Shape.PLAIN, False)):
        session = make_session(make_activity(requester, shape=shape), on=today() - DAY)
        words = look(requester, "session-hold", session.code).content.decode()
        assert ("How many people learned there?" in words) is asks
    look(requester, "session-hold", session.code, notes="Done.", turn="0")
    assert Session.objects.get(pk=session.pk).notes == "Done."


def test_a_project_from_a_step_to_what_partners_changed(look, requester, partner):
    activity = make_activity(requester, shape=Shape.PROJECT)
    make_offer(activity, partner, status=Offer.Status.ACCEPTED)
    look(requester, "milestone-new", activity.code, title="Ask patients", **day("due_on", today() + 9 * DAY), **KEY)
    step = Milestone.objects.get()
    now = day("reached_on", today()) | {"turn": "0"}
    assert look(requester, "milestone-reach", step.code, partners_changed=" ", **now).status_code == 422

    look(requester, "milestone-reach", step.code, partners_changed="The time of the round.", **now)

    assert "The time of the round." in look(partner.membership, "activity", activity.code).content.decode()
    assert look(requester, "milestone-reach", step.code).status_code == 409


def test_a_panel_is_settled_on_its_pages_and_says_that_nothing_of_candidates_is_kept(look, requester, staff, lead, partner):
    activity = make_activity(requester, shape=Shape.PANEL)
    for name in ("panel-terms", "panel"):
        assert "no scores" in look(requester, name, activity.code).content.decode()
    look(requester, "panel-terms", activity.code, post="Matron", chair=staff.code, scoring="advisory", turn="0")
    areas = {area.value: f"For {area.value}." for area in PanelArea}
    page = look(requester, "panel-areas", activity.code, **areas | {"support": ""}, turn="1")
    assert "Open still: 1." in page.content.decode()

    page = look(requester, "panel-areas", activity.code, **areas, turn="2")

    assert "All ten areas are settled." in page.content.decode()
    assert Panel.objects.get().settled.count() == 10
    make_offer(activity, partner, status=Offer.Status.ACCEPTED)
    seen = look(partner.membership, "panel", activity.code).content.decode()
    assert "For support." in seen
    assert "Change the ten areas" not in seen


def test_a_partner_writes_their_question_beside_the_urgent_contacts(look, requester, staff, partner, lead):
    activity = make_activity(requester, shape=Shape.PANEL)
    Panel.objects.create(activity=activity, post="Matron", chair=staff, scoring="equal")
    offer = make_offer(activity, partner, status=Offer.Status.ACCEPTED)
    assert "not watched all the time" in look(partner.membership, "panel-question", offer.code).content.decode()

    look(partner.membership, "panel-question", offer.code, words="Why <i>here</i>?", turn="0")

    assert PanelQuestion.objects.get().words == "Why <i>here</i>?"
    assert "Why &lt;i&gt;here&lt;/i&gt;?" in look(requester, "panel", activity.code).content.decode()
    assert look(lead, "panel-question", offer.code, words="Why now?", turn="1").status_code == 422
    assert look(requester, "panel-question", offer.code).status_code == 403


def test_where_a_consent_is_kept_partners_do_not_read(look, requester, partner):
    activity = make_activity(requester, shape=Shape.TRAINING)
    make_offer(activity, partner, status=Offer.Status.ACCEPTED)
    sent = {"audience": "Nurses", "part": "both", "uses_story": "yes", "turn": "0"}
    assert look(requester, "training", activity.code, **sent).status_code == 422

    look(requester, "training", activity.code, **sent, story_consent="Form 14")

    assert "Form 14" in look(requester, "activity", activity.code).content.decode()
    seen = look(partner.membership, "activity", activity.code).content.decode()
    assert "with consent given for this" in seen
    assert "Form 14" not in seen


def test_a_review_is_chosen_from_ones_own_and_those_who_take_part_are_asked(look, requester, staff, partner, second):
    own, other = make_review(make_document(requester), second.membership), make_review(make_document(staff), second.membership)
    activity = make_activity(requester, shape=Shape.REVIEW)
    make_offer(activity, partner, status=Offer.Status.ACCEPTED)
    assert other.code not in look(requester, "review-join", activity.code).content.decode()

    look(requester, "review-join", activity.code, review=own.code, turn="0")
    assert "1 partner takes part and was not asked" in look(requester, "activity", activity.code).content.decode()
    look(requester, "review-ask", activity.code, **KEY)

    assert own.reviewers.filter(membership=partner.membership).exists()


def test_a_seat_leads_to_its_committee(look, requester, lead):
    activity, committee = make_activity(requester, shape=Shape.SEAT), make_committee(lead, name="Falls group")

    look(requester, "committee-join", activity.code, committee=committee.code, turn="0")

    assert Activity.objects.get().committee == committee
    assert committee.get_absolute_url() in look(requester, "activity", activity.code).content.decode()


def test_early_warnings_are_for_the_lead_and_say_what_raised_them(look, lead, requester, staff, partner):
    assert "Nothing stands out today." in look(lead, "early-warnings").content.decode()
    activity = make_activity(requester, title="A visit")
    make_offer(activity, partner, status=Offer.Status.ACCEPTED)

    words = look(lead, "early-warnings").content.decode()

    assert f'<a class="nhsuk-link" href="{activity.get_absolute_url()}">A visit</a>' in words
    assert "Offer a place to a second partner" in words
    assert "score of anybody" in words
    assert look(staff, "early-warnings").status_code == 403
