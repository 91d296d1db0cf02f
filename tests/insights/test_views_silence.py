"""The page on which somebody says that nobody has answered, and where it leads."""

from __future__ import annotations

import datetime as dt

import pytest

from safety_partners.core import clock
from safety_partners.core.models import Event
from safety_partners.insights import commands
from safety_partners.people.models import Role
from tests.factories import insights as make
from tests.factories.people import make_member, viewer_of
from tests.insights.cast import make_cast, told
from tests.insights.pages import browser_of, hidden_of, look, send, words_of

pytestmark = pytest.mark.django_db
STEP = "Tell the partner lead that nobody has answered"


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def late(cast):
    with clock.telling(clock.now() - dt.timedelta(days=60)):
        return make.make_owned(cast.partner, cast.lead, cast.owner)


def page_of(insight, name="still-waiting/"):
    return f"/insights/{insight.code}/{name}"


def test_the_way_is_shown_to_the_person_and_the_lead_only_when_something_is_late(cast, late):
    assert STEP in look(cast.partner, page_of(late, ""))
    assert "Write down that the person is still waiting" in look(cast.lead, page_of(late, ""))
    assert "still waiting" not in look(cast.owner, page_of(late, ""))
    in_time = make.make_owned(cast.partner, cast.lead, cast.owner)
    assert STEP not in look(cast.partner, page_of(in_time, ""))
    assert browser_of(cast.partner).get(page_of(in_time)).status_code == 409


def test_the_person_tells_and_sees_what_became_of_it(cast, late):
    asked = look(cast.partner, page_of(late))
    assert "nothing is closed" in asked
    assert "01904 555 0100" in asked
    client = browser_of(cast.partner)
    form = hidden_of(client.get(page_of(late)).content.decode())
    for _time in range(2):
        assert client.post(page_of(late), form).url == page_of(late, "")
    assert Event.objects.filter(verb="insights.tell_lead_of_silence").count() == 1
    assert told(cast.lead).count("silence") == 1
    page = look(cast.partner, page_of(late, ""))
    assert "You told the partner lead that nobody has answered you. It is with the partner lead. We said we would answer by" in page
    assert "days late. We are sorry." in page
    assert STEP not in page
    assert "Anjali Rao told the partner lead that nobody has answered them." in look(cast.lead, page_of(late, ""))
    assert STEP.replace("Tell", "Told") in look(cast.partner, page_of(late, "trace/"))


def test_going_back_and_sending_again_says_that_the_lead_was_told(cast, late):
    commands.tell_lead_of_silence(viewer_of(cast.partner), late)
    response = send(cast.partner, page_of(late), opened=False, submission_key="11111111-1111-4111-8111-111111111111")
    assert response.status_code == 422
    assert "The partner lead was told already" in words_of(response)
    page = browser_of(cast.partner).get(page_of(late))
    assert page.status_code == 200
    assert "<button" not in page.content.decode().split("<main")[1].split("</main")[0]


def test_an_answer_that_came_in_between_is_what_the_person_finds(cast, late):
    client = browser_of(cast.partner)
    form = hidden_of(client.get(page_of(late)).content.decode())
    commands.respond(viewer_of(cast.owner), late, outcome="will", text="We will.")
    response = client.post(page_of(late), form)
    assert response.status_code == 422
    assert "Nothing is late here at the moment" in words_of(response)
    assert "silence" not in told(cast.lead)


def test_the_lead_writes_it_down_only_if_the_person_said_so(cast, late):
    response = send(cast.lead, page_of(late))
    assert response.status_code == 422
    assert "only if the person told you so" in words_of(response)
    assert send(cast.lead, page_of(late), was_told="on").status_code == 302
    assert "Answer it" in look(cast.lead, page_of(late, ""))


def test_nobody_else_opens_it(cast, late):
    friend = make_member(cast.organisation, Role.PARTNER)
    for member, status in ((cast.owner, 403), (friend, 404), (make_cast().lead, 404)):
        assert browser_of(member).get(page_of(late)).status_code == status
        assert browser_of(member).post(page_of(late)).status_code == status


@pytest.mark.parametrize(
    ("day", "says"),
    [
        (5, "We said we would write to say that we have it by Wednesday 4 March 2026."),
        (6, "We said we would find someone to answer it by Thursday 5 March 2026."),
    ],
)
def test_what_was_taken_to_the_lead_still_says_what_we_had_promised(cast, day, says):
    def on(day):
        return clock.telling(dt.datetime(2026, 3, day, 9, 0, tzinfo=clock.LONDON))

    cast.organisation.own_days = 3
    cast.organisation.save()
    with on(2):
        insight = make.make_insight(cast.partner)
        if day == 6:
            commands.acknowledge(viewer_of(cast.lead), insight)
    with on(day):
        commands.tell_lead_of_silence(viewer_of(cast.partner), insight)
        assert f"It is with the partner lead. {says} That is 1 day late." in look(cast.partner, page_of(insight, ""))
