"""Somebody whose insight is late tells the lead that nobody has answered: once for each day that was missed."""

from __future__ import annotations

import datetime as dt

import pytest

from safety_partners.core import clock
from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.models import Event, Message
from safety_partners.core.policy import Refused
from safety_partners.insights import commands
from safety_partners.insights.models import Insight
from safety_partners.insights.queries import duties, insights
from safety_partners.people.models import Role
from tests.core.conftest import at_once, racing_db  # noqa: F401  a database for several connections
from tests.factories import insights as make
from tests.factories.people import make_member, viewer_of
from tests.insights.cast import make_cast, told

pytestmark = pytest.mark.django_db
Status = Insight.Status
DAY = dt.timedelta(days=1)
SHARED_AT = dt.datetime(2026, 3, 2, 9, 0, tzinfo=clock.LONDON)


@pytest.fixture
def cast():
    return make_cast()


def shared(cast, **fields):
    """Shared on Monday 2 March 2026: acknowledged by the 4th, owned by the 9th, answered by the 30th."""
    with clock.telling(SHARED_AT):
        return make.make_insight(cast.partner, **fields)


def owned(cast):
    with clock.telling(SHARED_AT):
        return make.make_owned(cast.partner, cast.lead, cast.owner)


def on(day, month=3):
    return clock.telling(dt.datetime(2026, month, day, 9, 0, tzinfo=clock.LONDON))


def tell(cast, insight):
    return commands.tell_lead_of_silence(viewer_of(cast.partner), insight)


def test_what_is_late_goes_to_the_lead_and_stays_late(cast):
    insight = owned(cast)
    due = insight.next_due_on
    with on(31):
        tell(cast, insight)
        insight.refresh_from_db()
        assert (insight.status, insight.next_due_on, insight.is_late) == (Status.WITH_LEAD, due, True)
        assert insights(viewer_of(cast.lead)).late().count() == 1
        assert [str(duty.sentence) for duty in duties(viewer_of(cast.lead))] == ["Look at this: it was taken to you"]
    assert told(cast.lead)[-1] == told(cast.owner)[-1] == "silence"
    assert "silence" not in told(cast.partner)
    assert Event.objects.get(verb="insights.tell_lead_of_silence").by_membership_id == cast.partner.pk


def test_then_the_lead_may_answer_and_the_owner_still_may(cast):
    for person in (cast.lead, cast.owner):
        insight = owned(cast)
        with on(31):
            tell(cast, insight)
            commands.respond(viewer_of(person), insight, outcome="will", text="We are sorry. We will.")
        insight.refresh_from_db()
        assert (insight.status, insight.owner, insight.silence_told_for) == (Status.ANSWERED, cast.owner, None)


def test_whoever_answers_what_nobody_owned_owns_it(cast):
    insight = shared(cast)
    with on(5):
        tell(cast, insight)
        commands.respond(viewer_of(cast.lead), insight, outcome="will", text="We will.")
        insight.refresh_from_db()
        assert (insight.owner, insight.acknowledged_by) == (cast.lead, cast.lead)
        commands.give_verdict(viewer_of(cast.partner), insight, answer="no")
        commands.respond(viewer_of(cast.lead), insight, outcome="already", text="Once more.")


def test_the_lead_may_still_ask_somebody_for_the_answer(cast):
    insight = shared(cast)
    with on(5):
        tell(cast, insight)
        commands.hand_to(viewer_of(cast.lead), insight, owner=cast.owner)
        assert (insight.status, insight.owner, insight.is_late) == (Status.OWNED, cast.owner, False)


@pytest.mark.parametrize("day", [2, 4])
def test_nothing_late_is_nothing_to_tell(cast, day):
    insight = shared(cast)
    with on(day), pytest.raises(NotPossible, match="Nothing is late"):
        tell(cast, insight)
    assert "silence" not in told(cast.lead)


def test_once_for_each_promised_day_that_was_missed(cast):
    insight = shared(cast)
    for missed in (5, 10, 31):
        with on(missed):
            tell(cast, insight)
            with pytest.raises(NotPossible, match="told already"):
                tell(cast, insight)
    assert told(cast.lead).count("silence") == 3
    with on(30, month=6), pytest.raises(NotPossible, match="told already"):
        tell(cast, insight)


def test_what_the_lead_hands_on_and_nobody_answers_can_be_told_again(cast):
    insight = owned(cast)
    with on(31):
        tell(cast, insight)
        commands.hand_to(viewer_of(cast.lead), insight, owner=cast.colleague, reason="Ben is away.")
        tell(cast, insight)
    assert told(cast.lead).count("silence") == 2


def test_telling_again_does_not_overtake_the_lead_who_is_writing(cast):
    insight = shared(cast)
    with on(5):
        tell(cast, insight)
        turn = insight.turn
    with on(10):
        tell(cast, insight)
        commands.respond(viewer_of(cast.lead), insight, outcome="will", text="We will.", turn=turn)
    assert insight.status == Status.ANSWERED


def test_an_answer_has_been_given_even_if_it_was_late(cast):
    insight = owned(cast)
    with on(31):
        commands.respond(viewer_of(cast.owner), insight, outcome="will", text="We will.")
        with pytest.raises(NotPossible):
            tell(cast, insight)
    insight.refresh_from_db()
    assert insight.status == Status.ANSWERED


def test_drafts_and_withdrawn_words_wait_for_nobody(cast):
    draft, withdrawn = make.make_draft(cast.partner), commands.withdraw(viewer_of(cast.partner), shared(cast))
    for insight in (draft, withdrawn):
        with pytest.raises(NotPossible):
            tell(cast, insight)


def test_only_the_person_and_the_lead_for_them(cast):
    insight = owned(cast)
    friend = make_member(cast.organisation, Role.PARTNER)
    with on(31):
        for other in (cast.owner, cast.colleague, friend, make_cast().lead):
            with pytest.raises(Refused):
                commands.tell_lead_of_silence(viewer_of(other), insight)
        second_lead = make_member(cast.organisation, Role.LEAD)
        commands.tell_lead_of_silence(viewer_of(second_lead), insight)
    assert "silence" not in told(second_lead) + told(cast.partner)
    assert told(cast.lead)[-1] == "silence"


def test_the_message_names_the_day_and_nobody_s_words(cast):
    insight = shared(cast, words="SECRET WORDS", about_label="SECRET PLACE")
    with on(5):
        tell(cast, insight)
    message = Message.objects.get(template="insights/silence")
    assert "Wednesday 4 March 2026" in message.text
    assert "SECRET" not in message.subject + message.text + str(list(Event.objects.values_list("details", flat=True)))


@pytest.mark.usefixtures("racing_db")
def test_told_twice_in_the_same_moment_the_lead_has_one_message():
    cast = make_cast()
    insight = owned(cast)

    def one():
        with on(31):
            return tell(cast, Insight.objects.get(pk=insight.pk))

    ends = at_once(one, one, one)
    assert sum(isinstance(end, Insight) for end in ends) == 1, ends
    assert all(isinstance(end, Insight | NotPossible) for end in ends), ends
    assert told(cast.lead).count("silence") == 1
    assert Event.objects.filter(verb="insights.tell_lead_of_silence").count() == 1


# Which day it is


def test_late_is_counted_in_days_of_london(cast):
    """At half past midnight in summer it is still the day before in UTC."""
    insight = owned(cast)
    insight.answer_by = dt.date(2026, 6, 30)
    for minutes, is_late in ((-30, False), (30, True)):
        midnight = dt.datetime(2026, 7, 1, 0, 0, tzinfo=clock.LONDON)
        insight.answered_at = (midnight + dt.timedelta(minutes=minutes)).astimezone(dt.UTC)
        assert insight.answered_at.date() == dt.date(2026, 6, 30)
        assert insight.was_answered_late is is_late
    assert clock.day_of(insight.answered_at) == dt.date(2026, 7, 1)
