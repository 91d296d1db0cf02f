"""Only the person who spoke can say whether an answer answers them; and they may change their mind."""

from __future__ import annotations

import datetime as dt

import pytest

from safety_partners.core import clock, history
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.policy import Refused
from safety_partners.core.seals import seal
from safety_partners.core.working_days import add_working_days, today
from safety_partners.insights import commands
from safety_partners.insights.models import Insight, Verdict
from safety_partners.people.models import Role
from tests.factories import insights as make
from tests.factories.people import make_member, viewer_of
from tests.insights.cast import make_cast, told

pytestmark = pytest.mark.django_db
Status = Insight.Status


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def answered(cast):
    return make.make_answered(cast.partner, cast.lead, cast.owner).insight


def judge(cast, insight, answer, **given):
    return commands.give_verdict(viewer_of(cast.partner), insight, answer=answer, **given)


@pytest.mark.parametrize(("answer", "status"), [("yes", Status.SETTLED), ("part", Status.IN_PART), ("no", Status.SENT_BACK)])
def test_a_verdict_moves_the_insight_and_tells_the_owner(cast, answered, answer, status):
    verdict = judge(cast, answered, answer, words="In my words.")
    answered.refresh_from_db()
    assert answered.status == status
    assert verdict.checksum == seal("In my words.")
    assert told(cast.owner) == ["handed", "verdict"]
    assert not list(history.verify())


def test_a_no_gives_the_owner_a_new_clock(cast, answered):
    with clock.telling(clock.now() + dt.timedelta(days=30)):
        judge(cast, answered, "no")
        assert answered.next_due_on == answered.answer_by == add_working_days(today(), 20)


def test_a_no_may_go_up_to_the_lead_who_may_then_answer(cast, answered):
    judge(cast, answered, "no", goes_to_lead=True)
    answered.refresh_from_db()
    assert answered.status == Status.WITH_LEAD
    assert told(cast.lead)[-1] == told(cast.owner)[-1] == "with_lead"
    commands.respond(viewer_of(cast.lead), answered, outcome="will", text="I will see to it myself.")
    judge(cast, answered, "yes")
    assert answered.status == Status.SETTLED


def test_a_no_that_waits_may_go_up_later(cast, answered):
    judge(cast, answered, "no")
    judge(cast, answered, "no", goes_to_lead=True)
    assert answered.status == Status.WITH_LEAD
    assert Verdict.objects.count() == 2


def test_only_a_no_goes_up(cast, answered):
    assert not judge(cast, answered, "yes", goes_to_lead=True).goes_to_lead
    assert answered.status == Status.SETTLED


def test_a_settled_insight_comes_back_when_the_promise_was_not_kept(cast, answered):
    judge(cast, answered, "yes")
    judge(cast, answered, "no", words="The number was gone again in March.")
    assert answered.status == Status.SENT_BACK
    assert answered.next_due_on is not None
    assert list(Verdict.objects.order_by("id").values_list("answer", flat=True)) == ["yes", "no"]


def test_an_answer_in_part_may_become_yes_or_no(cast):
    for later, status in (("yes", Status.SETTLED), ("no", Status.SENT_BACK)):
        insight = make.make_answered(cast.partner, cast.lead, cast.owner).insight
        judge(cast, insight, "part")
        judge(cast, insight, later)
        assert insight.status == status


def test_settled_cannot_become_in_part_and_the_sentence_says_what_can_be_done(cast, answered):
    judge(cast, answered, "yes")
    with pytest.raises(NotPossible, match="choose no"):
        judge(cast, answered, "part")


def test_a_verdict_needs_an_answer_to_judge_and_a_known_word(cast, answered):
    with pytest.raises(NotPossible):
        judge(cast, answered, "perhaps")
    with pytest.raises(Overtaken):
        judge(cast, make.make_owned(cast.partner, cast.lead, cast.owner), "yes")
    assert not Verdict.objects.exists()


def test_a_verdict_on_an_answer_read_before_a_newer_one_is_overtaken(cast, answered):
    turn = answered.turn
    judge(cast, answered, "no")
    commands.respond(viewer_of(cast.owner), answered, outcome="already", text="A newer answer.")
    with pytest.raises(Overtaken):
        judge(cast, Insight.objects.get(pk=answered.pk), "yes", turn=turn)


def test_nobody_else_may_judge(cast, answered):
    for other in (cast.lead, cast.owner, make_member(cast.organisation, Role.PARTNER), make_member(None, Role.LEAD)):
        with pytest.raises(Refused):
            commands.give_verdict(viewer_of(other), answered, answer="yes")


def test_a_verdict_recorded_by_the_lead_is_told_to_the_person(cast, answered):
    verdict = commands.record_verdict(viewer_of(cast.lead), answered, answer="yes", capture="phone", is_read_back=True, words="Fine.")
    assert (verdict.recorded_by, verdict.capture) == (cast.lead, "phone")
    assert told(cast.partner)[-1] == "verdict_recorded"


def test_who_heard_it_read_back_on_the_phone_is_not_rung_again(cast):
    ringer = make_member(cast.organisation, Role.PARTNER, told_by="phone", phone="01904 555 0199")
    insight = make.make_answered(ringer, cast.lead, cast.owner).insight
    commands.record_verdict(viewer_of(cast.lead), insight, answer="yes", capture="phone", is_read_back=True)
    assert "verdict_recorded" not in told(ringer)


def test_recording_a_verdict_says_how_and_reads_it_back(cast, answered):
    for given in ({"capture": "phone", "is_read_back": False}, {"capture": "typed", "is_read_back": True}):
        with pytest.raises(NotPossible):
            commands.record_verdict(viewer_of(cast.lead), answered, answer="yes", **given)
    for other in (cast.owner, make_member(None, Role.LEAD)):
        with pytest.raises(Refused):
            commands.record_verdict(viewer_of(other), answered, answer="yes", capture="letter", is_read_back=False)
    commands.record_verdict(viewer_of(cast.lead), answered, answer="yes", capture="letter", is_read_back=False)


def test_a_no_reaches_the_lead_where_the_owner_has_left(cast, answered):
    cast.owner.ended_on = today()
    cast.owner.save()
    judge(cast, Insight.objects.get(pk=answered.pk), "no")
    assert told(cast.lead)[-1] == "verdict"
    assert told(cast.owner) == ["handed"]


def test_nothing_closes_itself(cast, answered):
    """All actions done and the change made and published: the insight still waits for the person."""
    action = commands.agree_action(viewer_of(cast.owner), answered, text="Print it", owner=cast.owner, due_on=today())
    commands.complete_action(viewer_of(cast.owner), action, evidence="Printed.")
    change = commands.record_change(viewer_of(cast.lead), answered, title="T", text="X", status="planned", on=today())
    commands.move_change(viewer_of(cast.lead), change, status="made", on=today(), reason="Done.")
    make.make_published(change, cast.lead, cast.partner)
    answered.refresh_from_db()
    assert answered.status == Status.ANSWERED
    assert answered.status in Insight.OPEN
