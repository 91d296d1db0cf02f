"""Pages after words were shared: withdraw them, show them to more people, pass them on, say if the answer answers."""

from __future__ import annotations

import re

import pytest

from safety_partners.core.models import Event
from safety_partners.insights import commands
from safety_partners.insights.models import Insight, PassingOn, Verdict
from safety_partners.people.models import Role, UrgentContact
from tests.factories import insights as make
from tests.factories.people import make_member, viewer_of
from tests.insights.cast import make_cast
from tests.insights.pages import browser_of, hidden_of, send, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    found = make_cast()
    for channel in UrgentContact.Channel:
        UrgentContact.objects.create(organisation=found.organisation, channel=channel, name=f"Desk of {channel}", phone="01904 555 0100")
    return found


# After sharing


def test_withdrawing_explains_and_takes_the_words_away(cast):
    insight = make.make_insight(cast.partner)
    page = words_of(browser_of(cast.partner).get(f"/insights/{insight.code}/withdraw/"))
    assert "What goes" in page
    assert "What stays" in page
    assert "This cannot be undone." in page
    client = browser_of(cast.partner)
    form = hidden_of(client.get(f"/insights/{insight.code}/withdraw/").content.decode())
    for _one in range(2):
        assert client.post(f"/insights/{insight.code}/withdraw/", form).url == f"/insights/{insight.code}/"
    insight.refresh_from_db()
    assert (insight.status, insight.words) == ("withdrawn", "")
    assert client.post(f"/insights/{insight.code}/withdraw/").status_code == 302
    assert client.get(f"/insights/{insight.code}/withdraw/").status_code == 409
    assert Event.objects.filter(verb="insights.withdraw").count() == 1


def test_the_lead_withdraws_only_what_the_person_asked_them_to(cast):
    insight = make.make_insight(cast.partner)
    response = send(cast.lead, f"/insights/{insight.code}/withdraw/")
    assert response.status_code == 422
    assert "only if the person asked you" in words_of(response)
    assert send(cast.lead, f"/insights/{insight.code}/withdraw/", was_asked="on").status_code == 302


@pytest.mark.parametrize("page", ["withdraw", "who-may-see", "pass-on", "verdict"])
def test_nobody_else_opens_the_speaker_s_pages(cast, page):
    insight = make.make_answered(cast.partner, cast.lead, cast.owner, visibility="programme").insight
    friend = make_member(cast.organisation, Role.PARTNER)
    for member in (cast.owner, cast.colleague, friend):
        client = browser_of(member)
        assert client.get(f"/insights/{insight.code}/{page}/").status_code == 403
        assert client.post(f"/insights/{insight.code}/{page}/").status_code == 403
    if page in {"who-may-see", "pass-on"}:
        assert browser_of(cast.lead).get(f"/insights/{insight.code}/{page}/").status_code == 403


def test_a_withdrawn_insight_has_no_such_pages(cast):
    insight = make.make_answered(cast.partner, cast.lead, cast.owner).insight
    commands.withdraw(viewer_of(cast.partner), insight)
    for page in ("withdraw", "who-may-see", "pass-on", "verdict"):
        assert browser_of(cast.partner).get(f"/insights/{insight.code}/{page}/").status_code == 409


def test_the_person_lets_more_people_see_their_words(cast):
    insight = make.make_insight(cast.partner, visibility="lead")
    assert send(cast.partner, f"/insights/{insight.code}/who-may-see/", visibility="programme").status_code == 302
    assert browser_of(cast.colleague).get(f"/insights/{insight.code}/").status_code == 200


def test_words_that_somebody_must_answer_cannot_be_hidden_from_them(cast):
    insight = make.make_owned(cast.partner, cast.lead, cast.owner)
    response = send(cast.partner, f"/insights/{insight.code}/who-may-see/", visibility="lead")
    assert response.status_code == 422
    assert "they need to see it" in words_of(response)
    assert 'id="id_visibility-error"' in response.content.decode()


def test_words_are_passed_on_once_to_each_place(cast):
    insight = make.make_insight(cast.partner)
    path = f"/insights/{insight.code}/pass-on/"
    assert send(cast.partner, path, channel="complaints").status_code == 302
    page = browser_of(cast.partner).get(path).content.decode()
    assert 'value="complaints"' not in page
    assert 'value="safeguarding"' in page
    assert 'value="risk now"' not in page
    assert browser_of(cast.partner).post(path, {"channel": "complaints"}).status_code == 302
    assert PassingOn.objects.count() == 1
    for channel in ("safeguarding", "events", "speak up"):
        send(cast.partner, path, channel=channel)
    assert "There is nowhere left" in words_of(browser_of(cast.partner).get(path))


# The verdict


def answered(cast) -> Insight:
    return make.make_answered(cast.partner, cast.lead, cast.owner).insight


@pytest.mark.parametrize(
    ("answers", "status"),
    [
        ({"answer": "yes"}, "settled"),
        ({"answer": "part", "words": "Some of it."}, "in part"),
        ({"answer": "no", "words": "  Not\nat all "}, "sent back"),
        ({"answer": "no", "goes_to_lead": "on"}, "with the lead"),
        ({"answer": "yes", "goes_to_lead": "on"}, "settled"),
    ],
)
def test_the_person_says_if_it_answers_them(cast, answers, status):
    insight = answered(cast)
    path = f"/insights/{insight.code}/verdict/"
    page = words_of(browser_of(cast.partner).get(path))
    assert "We will put the number on every letter." in page
    assert "You do not have to." in page
    assert send(cast.partner, path, **answers).url == f"/insights/{insight.code}/"
    insight.refresh_from_db()
    assert insight.status == status
    assert Verdict.objects.get().words == answers.get("words", "")


def test_the_same_verdict_twice_is_one(cast):
    insight = answered(cast)
    client = browser_of(cast.partner)
    path = f"/insights/{insight.code}/verdict/"
    for answers in ({"answer": "no", "goes_to_lead": "on"},):
        form = {**hidden_of(client.get(path).content.decode()), **answers}
        for _one in range(2):
            assert client.post(path, form).status_code == 302
    assert Verdict.objects.count() == 1


def test_a_verdict_on_an_older_answer_keeps_the_words_and_shows_the_new_answer(cast):
    insight = answered(cast)
    speaker, owner = viewer_of(cast.partner), viewer_of(cast.owner)
    commands.give_verdict(speaker, insight, answer="part")
    client = browser_of(cast.partner)
    path = f"/insights/{insight.code}/verdict/"
    form = {**hidden_of(client.get(path).content.decode()), "answer": "no", "words": "You left out the evenings."}
    commands.respond(owner, insight, outcome="will", text="In the evenings too.")
    response = client.post(path, form)
    assert response.status_code == 422
    page = words_of(response)
    assert "In the evenings too." in page
    assert "You left out the evenings." in page
    assert client.post(path, {**form, **hidden_of(response.content.decode())}).status_code == 302
    assert Verdict.objects.order_by("-id").first().words == "You left out the evenings."


def test_something_must_be_chosen(cast):
    insight = answered(cast)
    response = send(cast.partner, f"/insights/{insight.code}/verdict/", words="I typed this")
    assert response.status_code == 422
    assert "Say if this answers you" in words_of(response)
    assert "I typed this" in words_of(response)


def test_an_answer_in_part_offers_yes_and_no(cast):
    insight = answered(cast)
    commands.give_verdict(viewer_of(cast.partner), insight, answer="part")
    page = browser_of(cast.partner).get(f"/insights/{insight.code}/verdict/").content.decode()
    assert re.findall(r'name="answer" type="radio" value="(\w+)"', page) == ["yes", "no"]


def test_what_was_settled_can_be_sent_back_when_it_no_longer_answers(cast):
    insight = answered(cast)
    commands.give_verdict(viewer_of(cast.partner), insight, answer="yes")
    path = f"/insights/{insight.code}/verdict/"
    assert "If it no longer does" in words_of(browser_of(cast.partner).get(path))
    assert send(cast.partner, path, words="The letters are the old ones again.").status_code == 302
    insight.refresh_from_db()
    assert insight.status == "sent back"


def test_what_was_sent_back_can_go_up_to_the_lead(cast):
    insight = answered(cast)
    commands.give_verdict(viewer_of(cast.partner), insight, answer="no")
    path = f"/insights/{insight.code}/verdict/"
    assert "ask the partner lead to look at it" in words_of(browser_of(cast.partner).get(path))
    send(cast.partner, path)
    insight.refresh_from_db()
    assert insight.status == "with the lead"
    assert browser_of(cast.partner).get(path).status_code == 409


def test_there_is_nothing_to_judge_before_an_answer(cast):
    insight = make.make_owned(cast.partner, cast.lead, cast.owner)
    response = browser_of(cast.partner).get(f"/insights/{insight.code}/verdict/")
    assert response.status_code == 409
    assert "There is no answer to judge" in words_of(response)


def test_the_lead_writes_down_what_the_person_said(cast):
    insight = answered(cast)
    path = f"/insights/{insight.code}/verdict/"
    response = send(cast.lead, path, answer="part", capture="phone", words="It is a start, love.")
    assert response.status_code == 422
    assert 'id="id_is_read_back-error"' in response.content.decode()
    assert "It is a start, love." in words_of(response)
    assert send(cast.lead, path, answer="part", capture="phone", words="It is a start, love.", is_read_back="on").status_code == 302
    verdict = Verdict.objects.get()
    assert (verdict.recorded_by, verdict.capture, verdict.is_read_back) == (cast.lead, "phone", True)
    page = words_of(browser_of(cast.partner).get(f"/insights/{insight.code}/"))
    assert "Recorded from a phone call. Written down by Grace Bell." in page
