"""Pages of those who owe an answer."""

from __future__ import annotations

import datetime as dt

import pytest

from safety_partners.core import clock
from safety_partners.core.working_days import today
from safety_partners.insights import commands
from safety_partners.insights.models import Action, Insight, PassingOn, Response
from safety_partners.people.choosing import LISTED
from safety_partners.people.models import Grant, Membership, Role, UrgentContact, User
from tests.factories import insights as make
from tests.factories.people import make_member, make_service, viewer_of
from tests.insights.cast import make_cast, told
from tests.insights.pages import address, browser_of, day, hidden_of, look, send, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def owned(cast):
    return make.make_owned(cast.partner, cast.lead, cast.owner)


# Acknowledge


def test_acknowledge_says_what_the_person_will_be_told_and_how(cast):
    writer = make_member(cast.organisation, Role.PARTNER, name="Tom Webb", told_by="letter", postal_address="1 Mill Lane")
    insight = make.make_insight(writer)
    said = look(cast.lead, address("acknowledge", insight))
    assert "What Tom Webb will be told" in said
    assert "by letter" in said
    assert "I waited until the morning." in said


def test_acknowledge(cast):
    insight = make.make_insight(cast.partner)
    response = send(cast.lead, address("acknowledge", insight))
    assert response.url == insight.get_absolute_url()
    assert told(cast.partner) == ["acknowledged"]
    again = send(cast.lead, address("acknowledge", insight), opened=False)
    assert again.status_code == 409
    assert browser_of(cast.lead).get(address("acknowledge", insight)).status_code == 409


@pytest.mark.parametrize("page", ["acknowledge", "hand-over", "respond"])
def test_pages_are_closed_to_everybody_else(cast, page):
    insight = make.make_insight(cast.partner, visibility=Insight.Visibility.PROGRAMME)
    for other in (cast.colleague, cast.partner, make_member(cast.organisation, Role.BOARD)):
        assert browser_of(other).get(address(page, insight)).status_code == 403
        assert browser_of(other).post(address(page, insight), {"x": "1"}).status_code == 403
    stranger = make_member(None, Role.LEAD)
    assert browser_of(stranger).get(address(page, insight)).status_code == 404
    assert browser_of(None).get(address(page, insight)).status_code == 302
    insight.refresh_from_db()
    assert insight.status == Insight.Status.SHARED


# Hand over


def test_hand_over_names_staff_and_says_what_the_person_will_be_told(cast):
    make_service(cast.organisation, "Urgent care")
    insight = make.make_insight(cast.partner)
    said = look(cast.lead, address("hand-over", insight))
    assert "Ben Okafor" in said
    assert "Urgent care" in said
    assert "Why should someone else" not in said
    response = send(cast.lead, address("hand-over", insight), owner=cast.owner.code)
    assert response.url == insight.get_absolute_url()
    assert Insight.objects.get().owner == cast.owner


def test_hand_over_offers_nobody_who_cannot_answer(cast):
    left = make_member(cast.organisation, Role.STAFF, name="Gone Away", ended_on=today())
    stranger = make_member(None, Role.STAFF, name="Some Stranger")
    insight = make.make_insight(cast.partner)
    said = look(cast.lead, address("hand-over", insight))
    assert "Gone Away" not in said
    assert "Some Stranger" not in said
    for nobody in (left, stranger, cast.partner):
        assert send(cast.lead, address("hand-over", insight), owner=nobody.code).status_code == 422
    assert Insight.objects.get().owner is None


def test_hand_over_to_another_asks_for_a_reason_and_keeps_what_was_typed(cast, owned):
    path = address("hand-over", owned)
    response = send(cast.owner, path, owner=cast.colleague.code, reason="  ")
    assert response.status_code == 422
    assert "Enter why someone else should answer" in words_of(response)
    response = send(cast.owner, path, owner=cast.colleague.code, reason="Priya wrote the form.")
    assert response.status_code == 302
    # The one who handed it over may not see it any more.
    assert response.url == address("insights")
    assert told(cast.partner)[-1] == "owner_changed"


def test_hand_over_by_two_at_once_keeps_what_was_typed(cast, owned):
    path = address("hand-over", owned)
    stale = {"turn": owned.turn, "owner": cast.colleague.code, "reason": "My own reason."}
    commands.hand_to(viewer_of(cast.lead), Insight.objects.get(), owner=make_member(cast.organisation, Role.STAFF), reason="First.")
    response = browser_of(cast.lead).post(path, stale)
    assert response.status_code == 422
    assert "Someone else changed this" in words_of(response)
    assert "My own reason." in response.content.decode()
    again = browser_of(cast.lead).post(path, {**stale, "turn": Insight.objects.get().turn})
    assert again.status_code == 302


def test_who_lost_sight_of_it_gets_back_what_they_typed(cast, owned):
    commands.hand_to(viewer_of(cast.lead), owned, owner=cast.colleague, reason="Ben is away.")
    for page in ("hand-over", "respond"):
        response = browser_of(cast.owner).post(address(page, owned), {"text": "What I had written", "turn": "1"})
        assert response.status_code == 409
        assert "What I had written" in words_of(response)
        assert make.WORDS.splitlines()[0] not in response.content.decode()


def make_many_staff(cast, count=LISTED):
    users = User.objects.bulk_create(
        User(username=f"many{n}", name=f"Member {n:04}", name_key=f"member {n:04}", password="!") for n in range(count)
    )
    members = Membership.objects.bulk_create(
        Membership(organisation=cast.organisation, user=user, code=f"MEM-MANY{n:04}", job_title="Nurse") for n, user in enumerate(users)
    )
    Grant.objects.bulk_create(Grant(membership=member, role=Role.STAFF) for member in members)
    return members


def test_with_many_staff_a_search_comes_first(cast, owned):
    members = make_many_staff(cast)
    path = address("hand-over", owned)
    said = look(cast.lead, path)
    assert "Find the person" in said
    assert "Member 0007" not in said
    assert "Why should someone else" not in said
    found = look(cast.lead, f"{path}?who=member+0007+nurse")
    assert "Member 0007, Nurse" in found
    assert "Why should someone else" in found
    assert "Nobody fits" in look(cast.lead, f"{path}?who=zzzz")
    assert "More people fit" in look(cast.lead, f"{path}?who=nurse")
    response = browser_of(cast.lead).post(f"{path}?who=0007", {"owner": members[7].code, "reason": "", "turn": owned.turn})
    assert response.status_code == 422
    assert "Member 0007" in words_of(response)
    response = browser_of(cast.lead).post(f"{path}?who=0007", {"owner": members[7].code, "reason": "She knows.", "turn": owned.turn})
    assert response.status_code == 302
    assert Insight.objects.get().owner == members[7]


def test_words_for_the_lead_alone_offer_leads_alone(cast):
    insight = make.make_insight(cast.partner, visibility=Insight.Visibility.LEAD)
    said = look(cast.lead, address("hand-over", insight))
    assert "only the partner lead sees this" in said
    assert "Ben Okafor" not in said
    assert "Grace Bell" in said


# Respond


def answer_of(**typed):
    return {"outcome": "will", "text": "We will put the number on every letter.", **typed}


def test_respond_shows_words_earlier_answers_and_what_they_said_to_them(cast, owned):
    commands.respond(viewer_of(cast.owner), owned, outcome="could not", reason="resource", text="We have no hours for it.")
    commands.give_verdict(viewer_of(cast.partner), owned, answer="no", words="Then who has?")
    said = look(cast.owner, address("respond", owned))
    for words in ("I waited until the morning.", "We have no hours for it.", "Then who has?", "What Anjali Rao will be told"):
        assert words in said


def test_respond(cast, owned):
    response = send(cast.owner, address("respond", owned), **answer_of())
    assert response.url == owned.get_absolute_url()
    assert Response.objects.get().text == "We will put the number on every letter."
    assert told(cast.partner)[-1] == "answered"


@pytest.mark.parametrize(("outcome", "field"), [("could not", "reason_could_not"), ("in part", "reason_in_part")])
def test_a_refusal_asks_for_its_reason(cast, owned, outcome, field):
    path = address("respond", owned)
    response = send(cast.owner, path, **answer_of(outcome=outcome))
    assert response.status_code == 422
    assert "Select why not" in words_of(response)
    assert "We will put the number on every letter." in response.content.decode()
    assert send(cast.owner, path, **answer_of(outcome=outcome, **{field: "law"})).status_code == 302
    assert Response.objects.get().reason == "law"


def test_a_first_action_is_asked_for_only_when_it_is_ticked(cast, owned):
    path = address("respond", owned)
    incomplete = send(cast.owner, path, **answer_of(with_action="on"))
    assert incomplete.status_code == 422
    assert "Enter what will be done" in words_of(incomplete)
    due = today() + dt.timedelta(days=5)
    full = answer_of(with_action="on", action="Print it", action_owner=cast.colleague.code, **day(due, "action_due_on"))
    assert send(cast.owner, path, **full).status_code == 302
    action = Action.objects.get()
    assert (action.text, action.owner, action.due_on) == ("Print it", cast.colleague, due)


def test_the_same_answer_sent_twice_goes_once(cast, owned):
    client = browser_of(cast.owner)
    html = client.get(address("respond", owned)).content.decode()
    typed = {**hidden_of(html), **answer_of()}
    assert [client.post(address("respond", owned), typed).status_code for _number in range(2)] == [302, 302]
    assert Response.objects.count() == 1
    assert told(cast.partner).count("answered") == 1


def escalated(cast, owned) -> Insight:
    """With the lead: now both the owner and the lead may answer."""
    commands.respond(viewer_of(cast.owner), owned, outcome="could not", reason="resource", text="We have no hours for it.")
    commands.give_verdict(viewer_of(cast.partner), owned, answer="no", goes_to_lead=True)
    return Insight.objects.get(pk=owned.pk)


@pytest.mark.parametrize(("first", "second"), [("owner", "lead"), ("lead", "owner")])
def test_two_who_answer_at_once_the_second_sees_the_first_and_loses_nothing(cast, owned, first, second):
    insight = escalated(cast, owned)
    path, first, second = address("respond", insight), getattr(cast, first), getattr(cast, second)
    pages = {person.pk: browser_of(person).get(path) for person in (first, second)}
    hidden = {pk: hidden_of(page.content.decode()) for pk, page in pages.items()}
    assert browser_of(first).post(path, {**hidden[first.pk], **answer_of(text="The first answer.")}).status_code == 302
    mine = answer_of(text="My own long answer,\nwith a second line.", with_action="on", action="Ring her", **day(today(), "action_due_on"))
    response = browser_of(second).post(path, {**hidden[second.pk], **mine})
    assert response.status_code == 422
    said, html = words_of(response), response.content.decode()
    assert "What was said while you were writing" in said
    assert said.index("What was said while you were writing") < said.index("The first answer.") < said.index("My own long answer,")
    assert "We have no hours for it." in said
    assert "My own long answer,\nwith a second line." in html
    assert "Ring her" in html
    assert "Send the answer" not in said
    assert Response.objects.count() == 2
    assert told(cast.partner).count("answered") == 2
    carried = browser_of(second).post(address("action-new", insight), {"carried": "Ring her"})
    assert carried.status_code == 200
    assert "Ring her" in carried.content.decode()
    assert not Action.objects.exists()


def test_who_may_still_answer_after_something_moved_sends_again_without_typing(cast, owned):
    insight = escalated(cast, owned)
    path, stale = address("respond", insight), insight.turn
    commands.hand_to(viewer_of(cast.lead), insight, owner=cast.lead, reason="I will answer.")
    response = browser_of(cast.lead).post(path, {"turn": stale, "seen": 1, **answer_of(text="Mine.")})
    assert response.status_code == 422
    assert "Someone else changed this" in words_of(response)
    assert "Send the answer" in words_of(response)
    again = browser_of(cast.lead).post(path, {**hidden_of(response.content.decode()), **answer_of(text="Mine.")})
    assert again.status_code == 302
    assert Response.objects.order_by("id").last().text == "Mine."


def test_respond_when_nothing_is_asked_says_what_it_waits_for(cast, owned):
    commands.respond(viewer_of(cast.owner), owned, outcome="will", text="We will.")
    response = browser_of(cast.owner).get(address("respond", owned))
    assert response.status_code == 409
    assert "waits for the person who spoke" in words_of(response)


def test_the_lead_answers_only_what_was_taken_to_them(cast, owned):
    assert browser_of(cast.lead).get(address("respond", owned)).status_code == 403
    assert browser_of(cast.lead).post(address("respond", owned), answer_of(turn=owned.turn)).status_code == 403
    assert not Response.objects.exists()


@pytest.mark.parametrize(
    "spoilt", [{"turn": "x"}, {"turn": ""}, {"turn": "-1"}, {"seen": "99"}, {"seen": "x" * 50}, {"submission_key": "x"}]
)
def test_spoilt_hidden_inputs_break_nothing(cast, owned, spoilt):
    given = {"turn": owned.turn, "seen": 0, "submission_key": "", **answer_of(), **spoilt}
    assert browser_of(cast.owner).post(address("respond", owned), given).status_code in {302, 422}


def test_respond_with_many_staff_costs_no_more(cast, owned):
    make_many_staff(cast)
    said = look(cast.owner, address("respond", owned))
    assert "An action agreed here is yours." in said
    assert "Member 0007" not in said
    typed = answer_of(with_action="on", action="Print it", **day(today(), "action_due_on"))
    assert send(cast.owner, address("respond", owned), **typed).status_code == 302
    assert Action.objects.get().owner == cast.owner


# Passing on


@pytest.fixture
def passing_on(cast, owned):
    commands.ask_to_pass_on(viewer_of(cast.partner), owned, channel="complaints")
    return PassingOn.objects.get()


def test_passing_on(cast, passing_on):
    UrgentContact.objects.create(organisation=cast.organisation, channel="complaints", name="PALS desk", phone="01904 555 0111")
    path = address("passing-on", passing_on)
    said = look(cast.lead, path)
    assert "PALS desk" in said
    assert "01904 555 0111" in said
    assert send(cast.lead, path, note=" ").status_code == 422
    assert send(cast.lead, path, note="Rang PALS, spoke to Jo.").status_code == 302
    done = look(cast.lead, path)
    assert "Rang PALS, spoke to Jo." in done
    second = browser_of(cast.lead).post(path, {"note": "I rang them as well."})
    assert second.status_code == 422
    assert "I rang them as well." in words_of(second)
    assert "Rang PALS, spoke to Jo." in words_of(second)
    assert PassingOn.objects.get().note == "Rang PALS, spoke to Jo."


def test_passing_on_is_the_lead_s(cast, passing_on):
    for other in (cast.owner, cast.partner, cast.colleague, make_member(None, Role.LEAD)):
        assert browser_of(other).get(address("passing-on", passing_on)).status_code in {403, 404}


def test_late_pages_promise_no_day_that_has_gone_by(cast):
    with clock.telling(clock.now() - dt.timedelta(days=60)):
        insight = make.make_insight(cast.partner)
    assert "later than we promised" in look(cast.lead, address("acknowledge", insight))
    assert "late and sorry" in look(cast.lead, address("hand-over", insight))


def test_words_taken_back_while_somebody_was_answering(cast, owned):
    stale = owned.turn
    commands.withdraw(viewer_of(cast.partner), Insight.objects.get())
    response = browser_of(cast.owner).post(address("respond", owned), {"turn": stale, "seen": 0, **answer_of(text="What I wrote.")})
    assert response.status_code == 422
    said = words_of(response)
    assert "The words were taken back" in said
    assert "What I wrote." in said
    assert "Add it as an action" not in said
    assert not Response.objects.exists()


def test_handed_to_somebody_else_while_somebody_was_answering(cast):
    insight = make.make_owned(cast.partner, cast.lead, cast.owner, visibility=Insight.Visibility.PROGRAMME)
    stale = insight.turn
    commands.hand_to(viewer_of(cast.lead), insight, owner=cast.colleague, reason="Ben is away.")
    response = browser_of(cast.owner).post(address("respond", insight), {"turn": stale, "seen": 0, **answer_of(text="What I wrote.")})
    assert response.status_code == 422
    said = words_of(response)
    assert "This is with someone else now" in said
    assert "What I wrote." in said
    assert not Response.objects.exists()
