"""A form sent twice is carried out once; sent again with other answers it is never taken for the double of the first."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

import pytest

from safety_partners.core.models import Event, Message
from safety_partners.core.working_days import today
from safety_partners.insights import commands
from safety_partners.insights.models import Action, Insight, PassingOn, Response, Verdict
from safety_partners.people.models import Membership, Role, UrgentContact
from tests.factories import insights as make
from tests.factories.people import make_member, viewer_of
from tests.insights.cast import make_cast
from tests.insights.pages import browser_of, day, hidden_of, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    found = make_cast()
    for channel in UrgentContact.Channel:
        UrgentContact.objects.create(organisation=found.organisation, channel=channel, name=f"Desk of {channel}", phone="01904 555 0100")
    return found


@dataclass
class Sent:
    """Who sends what to which page."""

    by: Membership
    path: str
    typed: dict[str, Any] = field(default_factory=dict)


def _acknowledge(cast):
    return Sent(cast.lead, f"/insights/{make.make_insight(cast.partner).code}/acknowledge/")


def _hand_over(cast):
    insight = make.make_owned(cast.partner, cast.lead, cast.owner)
    return Sent(cast.lead, f"/insights/{insight.code}/hand-over/", {"owner": cast.colleague.code, "reason": "Ben is away."})


def _pass_on(cast):
    insight = make.make_insight(cast.partner)
    commands.ask_to_pass_on(viewer_of(cast.partner), insight, channel="complaints")
    return Sent(cast.lead, f"/passings-on/{PassingOn.objects.get().code}/", {"note": "Rang Jo."})


def _action(cast):
    insight = make.make_owned(cast.partner, cast.lead, cast.owner)
    return commands.agree_action(viewer_of(cast.lead), insight, text="Print", owner=cast.owner, due_on=today())


def _complete(cast):
    return Sent(cast.owner, f"/actions/{_action(cast).code}/done/", {"evidence": "Printed."})


def _give_up(cast):
    return Sent(cast.owner, f"/actions/{_action(cast).code}/give-up/", {"reason": "No printer."})


def _put_off(cast):
    later = today() + dt.timedelta(days=9)
    return Sent(cast.owner, f"/actions/{_action(cast).code}/put-off/", {"reason": "No paper.", **day(later, "due_on")})


def _join(cast):
    change = make.make_change(cast.partner, cast.lead, cast.owner)
    other = make.make_insight(cast.partner)
    return Sent(cast.lead, f"/insights/{other.code}/changes/join/", {"change": change.code})


def _move(cast):
    change = make.make_change(cast.partner, cast.lead, cast.owner)
    return Sent(cast.lead, f"/changes/{change.code}/move/", {"status": "made", "reason": "Done.", **day(today(), "on")})


def _wording(cast):
    return make.make_wording(make.make_change(cast.partner, cast.lead, cast.owner), cast.lead)


def _ask_for_other_words(cast):
    return Sent(cast.partner, f"/wordings/{_wording(cast).code}/", {"answer": "no", "comment": "Kinder, please."})


def _record_answer(cast):
    typed = {"person": cast.partner.code, "answer": "yes", "is_read_out": "on"}
    return Sent(cast.lead, f"/wordings/{_wording(cast).code}/answer-for/", typed)


def _publish(cast):
    wording = commands.agree_wording(viewer_of(cast.partner), _wording(cast))
    return Sent(cast.lead, f"/wordings/{wording.code}/publish/")


@pytest.mark.parametrize(
    "prepare",
    [
        _acknowledge,
        _hand_over,
        _pass_on,
        _complete,
        _give_up,
        _put_off,
        _join,
        _move,
        _ask_for_other_words,
        _record_answer,
        _publish,
    ],
)
def test_a_double_click_does_it_once_and_says_so_twice(cast, prepare):
    sent = prepare(cast)
    client = browser_of(sent.by)
    form = {**hidden_of(client.get(sent.path).content.decode()), **sent.typed}
    before = Event.objects.count(), Message.objects.count()
    first = client.post(sent.path, form)
    assert first.status_code == 302, words_of(first)
    after = Event.objects.count(), Message.objects.count()
    assert after[0] == before[0] + 1
    assert after[1] >= before[1] + 1
    second = client.post(sent.path, form)
    assert (second.status_code, second.url) == (302, first.url), words_of(second)
    assert (Event.objects.count(), Message.objects.count()) == after


def again(member, path, first, second):
    """Open a page once and send its form twice, the second time with other answers."""
    client = browser_of(member)
    hidden = hidden_of(client.get(path).content.decode())
    assert client.post(path, {**hidden, **first}).status_code == 302
    return client.post(path, {**hidden, **second})


def test_an_answer_changed_while_the_first_was_on_its_way_is_not_lost(cast):
    insight = make.make_owned(cast.partner, cast.lead, cast.owner)
    path, how = f"/insights/{insight.code}/respond/", {"outcome": "will"}
    response = again(cast.owner, path, {**how, "text": "The first answer."}, {**how, "text": "A better answer."})
    assert response.status_code == 422
    page = words_of(response)
    assert "The first answer." in page
    assert "A better answer." in page
    assert Response.objects.get().text == "The first answer."


def test_a_verdict_changed_while_the_first_was_on_its_way_is_not_lost(cast):
    insight = make.make_answered(cast.partner, cast.lead, cast.owner).insight
    path = f"/insights/{insight.code}/verdict/"
    response = again(cast.partner, path, {"answer": "yes"}, {"answer": "no", "words": "I read it again: no."})
    assert response.status_code == 422
    assert "I read it again: no." in words_of(response)
    assert Verdict.objects.get().answer == "yes"


def test_another_channel_is_another_request(cast):
    insight = make.make_insight(cast.partner)
    response = again(cast.partner, f"/insights/{insight.code}/pass-on/", {"channel": "complaints"}, {"channel": "safeguarding"})
    assert response.status_code == 302
    assert set(PassingOn.objects.values_list("channel", flat=True)) == {"complaints", "safeguarding"}


def test_whatever_was_chosen_last_holds_for_who_may_see_the_words(cast):
    insight = make.make_insight(cast.partner)
    path = f"/insights/{insight.code}/who-may-see/"
    for chosen in ("programme", "lead"):
        assert again(cast.partner, path, {"visibility": "answerers"}, {"visibility": chosen}).status_code == 302
        assert Insight.objects.get(pk=insight.pk).visibility == chosen


def test_two_actions_from_one_page_are_two(cast):
    insight = make.make_owned(cast.partner, cast.lead, cast.owner)
    given = {"owner": cast.owner.code, **day(today(), "due_on")}
    again(cast.lead, f"/insights/{insight.code}/actions/new/", {**given, "text": "Print"}, {**given, "text": "Post"})
    assert set(Action.objects.values_list("text", flat=True)) == {"Print", "Post"}


def test_the_answers_of_two_people_written_down_from_one_page_are_both_kept(cast):
    change = make.make_change(cast.partner, cast.lead, cast.owner)
    friend = make_member(cast.organisation, Role.PARTNER, name="Tom Webb")
    commands.join_change(viewer_of(cast.lead), make.make_insight(friend), change=change)
    wording = make.make_wording(change, cast.lead)
    said = {"answer": "yes", "is_read_out": "on"}
    again(cast.lead, f"/wordings/{wording.code}/answer-for/", {**said, "person": cast.partner.code}, {**said, "person": friend.code})
    wording.refresh_from_db()
    assert wording.status == "agreed"


def test_a_box_ticked_while_the_first_form_was_on_its_way_is_not_lost(cast):
    draft = make.make_draft(cast.partner)
    again(cast.partner, f"/insights/{draft.code}/check/", {}, {"pass_on_to": ["safeguarding"]})
    assert list(PassingOn.objects.values_list("channel", flat=True)) == ["safeguarding"]
    assert Event.objects.filter(verb="insights.share_insight").count() == 1
