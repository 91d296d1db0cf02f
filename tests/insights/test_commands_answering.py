"""Acknowledge, find an owner, answer: and two people who do it at once."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, transaction

from safety_partners.core import clock
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.models import Event, Message
from safety_partners.core.policy import Refused
from safety_partners.core.working_days import add_working_days, today
from safety_partners.insights import commands
from safety_partners.insights.models import Action, HandOver, Insight, PassingOn, Response
from safety_partners.people.models import Role
from tests.core.conftest import at_once, racing_db  # noqa: F401  a database for several connections
from tests.factories import insights as make
from tests.factories.people import make_member, make_organisation, make_service, viewer_of
from tests.insights.cast import make_cast, told

Outcome, Reason = Response.Outcome, Response.Reason


@pytest.fixture
def cast(db):
    return make_cast()


def answer(cast, insight, by=None, **given):
    given = {"outcome": Outcome.WILL, "text": "We will.", **given}
    return commands.respond(viewer_of(by or cast.owner), insight, **given)


# Acknowledge


def test_acknowledge_tells_the_person_and_turns_to_the_next_duty(cast):
    insight = commands.acknowledge(viewer_of(cast.lead), make.make_insight(cast.partner))
    insight.refresh_from_db()
    assert insight.status == Insight.Status.ACKNOWLEDGED
    assert insight.acknowledged_by == cast.lead
    assert insight.next_due_on == insight.own_by
    assert told(cast.partner) == ["acknowledged"]


def test_acknowledge_happens_once(cast):
    insight = make.make_insight(cast.partner)
    twin = Insight.objects.get(pk=insight.pk)
    commands.acknowledge(viewer_of(cast.lead), insight)
    with pytest.raises(Overtaken):
        commands.acknowledge(viewer_of(cast.lead), twin)
    assert told(cast.partner) == ["acknowledged"]


def test_acknowledge_is_the_lead_s_of_this_organisation(cast):
    insight = make.make_insight(cast.partner)
    for other in (cast.owner, cast.partner, make_member(cast.organisation, Role.ADMINISTRATOR), make_member(None, Role.LEAD)):
        with pytest.raises(Refused):
            commands.acknowledge(viewer_of(other), insight)


# Hand over


def test_hand_to_tells_owner_and_person_and_starts_the_answer_clock(cast):
    insight = make.make_owned(cast.partner, cast.lead, cast.owner)
    assert insight.status == Insight.Status.OWNED
    assert insight.next_due_on == insight.answer_by
    assert insight.acknowledged_by == cast.lead
    assert told(cast.owner) == ["handed"]
    assert told(cast.partner) == ["owned"]


def test_hand_to_another_needs_a_reason_that_the_person_is_told(cast):
    insight = make.make_owned(cast.partner, cast.lead, cast.owner)
    for reason in ("", "  \n"):
        with pytest.raises(NotPossible) as trouble:
            commands.hand_to(viewer_of(cast.owner), insight, owner=cast.colleague, reason=reason)
        assert trouble.value.field == "reason"
    commands.hand_to(viewer_of(cast.owner), insight, owner=cast.colleague, reason="Priya’s team wrote the form.")
    assert told(cast.partner) == ["owned", "owner_changed"]
    assert "Priya’s team wrote the form." in Message.objects.get(template="insights/owner_changed").text
    assert list(HandOver.objects.order_by("id").values_list("reason", flat=True)) == ["", "Priya’s team wrote the form."]


def test_hand_to_tells_the_owner_from_whom_it_was_taken(cast):
    insight = make.make_owned(cast.partner, cast.lead, cast.owner)
    commands.hand_to(viewer_of(cast.lead), insight, owner=cast.colleague, reason="Ben is away.")
    assert told(cast.owner) == ["handed", "handed_away"]


def test_a_read_insight_that_got_an_owner_meanwhile_cannot_be_handed_over_without_a_reason(cast):
    insight = make.make_insight(cast.partner)
    as_first_read = Insight.objects.get(pk=insight.pk)
    commands.hand_to(viewer_of(cast.lead), insight, owner=cast.owner)
    with pytest.raises(Overtaken):
        commands.hand_to(viewer_of(cast.lead), as_first_read, owner=cast.colleague)
    insight.refresh_from_db()
    assert insight.owner == cast.owner


def test_hand_to_refuses_whoever_cannot_answer(cast):
    insight = make.make_insight(cast.partner)
    left = make_member(cast.organisation, Role.STAFF, ended_on=today())
    both = make_member(cast.organisation, Role.PARTNER, Role.LEAD)
    strangers = [make_member(None, Role.STAFF), left, *(make_member(cast.organisation, role) for role in (Role.PARTNER, Role.BOARD))]
    for owner in strangers:
        with pytest.raises(NotPossible) as trouble:
            commands.hand_to(viewer_of(cast.lead), insight, owner=owner)
        assert trouble.value.field == "owner"
    with pytest.raises(NotPossible):
        commands.hand_to(viewer_of(cast.lead), make.make_insight(both), owner=both)
    assert not HandOver.objects.exists()


def test_hand_to_refuses_a_service_of_another_organisation(cast):
    insight, elsewhere = make.make_insight(cast.partner), make_service(make_organisation())
    with pytest.raises(NotPossible) as trouble:
        commands.hand_to(viewer_of(cast.lead), insight, owner=cast.owner, service=elsewhere)
    assert trouble.value.field == "service"


def test_words_for_the_lead_alone_go_to_no_other_owner(cast):
    insight = make.make_insight(cast.partner, visibility=Insight.Visibility.LEAD)
    with pytest.raises(NotPossible):
        commands.hand_to(viewer_of(cast.lead), insight, owner=cast.owner)
    assert commands.hand_to(viewer_of(cast.lead), insight, owner=cast.lead).owner == cast.lead


def test_hand_to_the_same_person_says_so(cast):
    insight = make.make_owned(cast.partner, cast.lead, cast.owner)
    with pytest.raises(NotPossible, match="already"):
        commands.hand_to(viewer_of(cast.lead), insight, owner=cast.owner, reason="Again")
    service = make_service(cast.organisation)
    moved = commands.hand_to(viewer_of(cast.lead), insight, owner=cast.owner, service=service, reason="It belongs to urgent care.")
    assert moved.service == service


def test_asking_again_after_an_answer_in_part_starts_a_new_clock(cast):
    with clock.telling(clock.now() - dt.timedelta(days=90)):
        insight = make.make_answered(cast.partner, cast.lead, cast.owner).insight
        commands.give_verdict(viewer_of(cast.partner), insight, answer="part")
    commands.hand_to(viewer_of(cast.lead), insight, owner=cast.colleague, reason="Priya can do more.")
    assert insight.next_due_on == add_working_days(today(), 20)
    assert not insight.is_late


def test_only_owner_and_lead_hand_over(cast):
    insight = make.make_owned(cast.partner, cast.lead, cast.owner)
    for other in (cast.colleague, cast.partner, make_member(None, Role.LEAD)):
        with pytest.raises(Refused):
            commands.hand_to(viewer_of(other), insight, owner=cast.colleague, reason="x")


# Respond


@pytest.mark.parametrize("outcome", Outcome.values)
def test_respond_tells_the_person_and_asks_for_their_verdict(cast, outcome):
    insight = make.make_owned(cast.partner, cast.lead, cast.owner)
    reason = Reason.LAW if outcome in {"could not", "in part"} else ""
    response = answer(cast, insight, outcome=outcome, reason=reason)
    insight.refresh_from_db()
    assert (response.outcome, response.reason, response.by) == (outcome, reason, cast.owner)
    assert insight.status == Insight.Status.ANSWERED
    assert insight.next_due_on is None
    assert insight.answered_at is not None
    assert told(cast.partner)[-1] == "answered"


@pytest.mark.parametrize("outcome", ["could not", "in part"])
@pytest.mark.parametrize("reason", ["", "because I say so"])
def test_a_refusal_needs_one_of_the_reasons(cast, outcome, reason):
    insight = make.make_owned(cast.partner, cast.lead, cast.owner)
    with pytest.raises(NotPossible) as trouble:
        answer(cast, insight, outcome=outcome, reason=reason)
    assert trouble.value.field == "reason"
    assert Insight.objects.get().status == Insight.Status.OWNED


def test_a_reason_is_left_out_where_nothing_is_refused(cast):
    assert answer(cast, make.make_owned(cast.partner, cast.lead, cast.owner), reason=Reason.LAW).reason == ""


def test_respond_needs_words_and_an_outcome(cast):
    insight = make.make_owned(cast.partner, cast.lead, cast.owner)
    for given, field in (({"text": " "}, "text"), ({"outcome": "maybe"}, "outcome")):
        with pytest.raises(NotPossible) as trouble:
            answer(cast, insight, **given)
        assert trouble.value.field == field


@pytest.mark.parametrize(("outcome", "reason"), [("could not", ""), ("in part", ""), ("will", "law"), ("already", "law")])
def test_the_database_holds_the_rule_about_reasons(cast, outcome, reason):
    insight = make.make_owned(cast.partner, cast.lead, cast.owner)
    with pytest.raises(IntegrityError, match="response_says_why_not"), transaction.atomic():
        Response.objects.create(organisation=cast.organisation, insight=insight, outcome=outcome, reason=reason, text="x", by=cast.owner)


def test_respond_is_the_owner_s_and_the_lead_s_once_it_was_taken_to_them(cast):
    insight = make.make_owned(cast.partner, cast.lead, cast.owner)
    for other in (cast.lead, cast.colleague, cast.partner, make_member(None, Role.LEAD)):
        with pytest.raises(Refused):
            answer(cast, insight, by=other)
    answer(cast, insight)
    commands.give_verdict(viewer_of(cast.partner), insight, answer="no", goes_to_lead=True)
    assert answer(cast, insight, by=cast.lead).by == cast.lead


def test_nobody_answers_their_own_words(cast):
    both = make_member(cast.organisation, Role.PARTNER, Role.LEAD)
    insight = make.make_answered(both, cast.lead, cast.owner).insight
    commands.give_verdict(viewer_of(both), insight, answer="no", goes_to_lead=True)
    with pytest.raises(NotPossible, match="your own words"):
        answer(cast, insight, by=both)


def test_respond_may_agree_a_first_action(cast):
    due = today() + dt.timedelta(days=10)
    insight = make.make_owned(cast.partner, cast.lead, cast.owner)
    answer(cast, insight, action="Print the number", action_owner=cast.colleague, action_due_on=due)
    action = Action.objects.get()
    assert (action.text, action.owner, action.due_on) == ("Print the number", cast.colleague, due)
    assert told(cast.colleague) == ["action_given"]
    assert Event.objects.filter(verb="insights.agree_action").count() == 1


def test_a_first_action_without_more_is_the_answerer_s_own(cast):
    answer(cast, make.make_owned(cast.partner, cast.lead, cast.owner), action="Print the number")
    assert Action.objects.get().owner == cast.owner


@pytest.mark.parametrize("field", ["action_owner", "action_due_on"])
def test_a_first_action_that_cannot_be_keeps_the_answer_from_going(cast, field):
    wrong = {"action_owner": make_member(None, Role.STAFF), "action_due_on": today() - dt.timedelta(days=1)}[field]
    insight = make.make_owned(cast.partner, cast.lead, cast.owner)
    with pytest.raises(NotPossible) as trouble:
        answer(cast, insight, action="Print the number", **{field: wrong})
    assert trouble.value.field == field
    assert not Response.objects.exists()
    assert "answered" not in told(cast.partner)


def test_nothing_in_the_events_repeats_anybody_s_words(cast):
    insight = make.make_owned(cast.partner, cast.lead, cast.owner)
    answer(cast, insight, outcome="could not", reason="law", text="SECRET ANSWER")
    commands.give_verdict(viewer_of(cast.partner), insight, answer="no", words="SECRET VERDICT")
    kept = str(list(Event.objects.values_list("details", flat=True)))
    assert "SECRET" not in kept
    assert "waited until" not in kept


def test_the_same_form_twice_makes_one_answer_and_one_message(cast):
    insight, key = make.make_owned(cast.partner, cast.lead, cast.owner), uuid.uuid4()
    one = answer(cast, Insight.objects.get(pk=insight.pk), turn=insight.turn, submission_key=key)
    two = answer(cast, Insight.objects.get(pk=insight.pk), turn=insight.turn, submission_key=key)
    assert one.pk == two.pk
    assert told(cast.partner).count("answered") == 1


def test_the_second_of_two_answers_is_overtaken_and_one_message_goes(cast):
    insight = make.make_owned(cast.partner, cast.lead, cast.owner)
    twin = Insight.objects.get(pk=insight.pk)
    answer(cast, insight, turn=insight.turn)
    with pytest.raises(Overtaken):
        answer(cast, twin, text="My own words", turn=twin.turn)
    assert Response.objects.get().text == "We will."
    assert told(cast.partner).count("answered") == 1


@pytest.mark.usefixtures("racing_db")
def test_two_answers_in_the_same_moment_leave_one_answer_and_one_message():
    cast = make_cast()
    insight = make.make_answered(cast.partner, cast.lead, cast.owner).insight
    commands.give_verdict(viewer_of(cast.partner), insight, answer="no", goes_to_lead=True)

    def one(member):
        mine = Insight.objects.get(pk=insight.pk)
        return answer(cast, mine, by=member, text=f"By {member.name}", turn=insight.turn)

    ends = at_once(*(lambda member=member: one(member) for member in (cast.owner, cast.lead, cast.owner, cast.lead)))
    assert sum(isinstance(end, Response) for end in ends) == 1
    assert all(isinstance(end, Response | Overtaken | Refused) for end in ends), ends
    assert Response.objects.count() == 2
    assert told(cast.partner).count("answered") == 2


# Passing on


def test_done_passing_on_tells_the_person_without_naming_the_channel_in_the_subject(cast):
    insight = make.make_insight(cast.partner)
    commands.ask_to_pass_on(viewer_of(cast.partner), insight, channel="safeguarding")
    passing_on = PassingOn.objects.get()
    commands.done_passing_on(viewer_of(cast.lead), passing_on, note="Rang the safeguarding team, spoke to Jo.")
    assert (passing_on.done_by, passing_on.done_at is not None) == (cast.lead, True)
    message = Message.objects.get(template="insights/passed_on")
    assert "safeguarding" not in (message.subject + message.text).lower()
    with pytest.raises(Overtaken):
        commands.done_passing_on(viewer_of(cast.lead), passing_on, note="I did it too")
    passing_on.refresh_from_db()
    assert "Jo" in passing_on.note


def test_done_passing_on_is_the_lead_s_and_says_how(cast):
    insight = make.make_owned(cast.partner, cast.lead, cast.owner)
    commands.ask_to_pass_on(viewer_of(cast.partner), insight, channel="complaints")
    passing_on = PassingOn.objects.get()
    for other in (cast.owner, cast.partner, make_member(None, Role.LEAD)):
        with pytest.raises(Refused):
            commands.done_passing_on(viewer_of(other), passing_on, note="x")
    with pytest.raises(NotPossible):
        commands.done_passing_on(viewer_of(cast.lead), passing_on, note=" ")
