"""Public words: agreed by everyone who spoke and by the lead, then published as a copy."""

from __future__ import annotations

import pytest

from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.policy import Refused
from safety_partners.core.working_days import today
from safety_partners.insights import commands
from safety_partners.insights.commands import withholding
from safety_partners.insights.models import Change, Insight, PublishedChange, PublishedMovement, Wording, WordingAnswer
from safety_partners.insights.queries.duties import duties
from safety_partners.people.models import Role
from tests.core.conftest import at_once, racing_db  # noqa: F401  a database for several connections
from tests.factories import insights as make
from tests.factories.people import make_member, viewer_of
from tests.insights.cast import make_cast, told

Status = Wording.Status


@pytest.fixture
def cast(db):
    return make_cast()


@pytest.fixture
def change(cast):
    return make.make_change(cast.partner, cast.lead, cast.owner)


def second_speaker(cast, change, **fields):
    person = make_member(cast.organisation, Role.PARTNER, name="Tom Webb")
    commands.join_change(viewer_of(cast.lead), make.make_answered(person, cast.lead, cast.owner, **fields).insight, change=change)
    return person


def agree(person, wording):
    return commands.agree_wording(viewer_of(person), Wording.objects.get(pk=wording.pk))


def test_a_proposal_asks_everyone_who_spoke_and_counts_the_lead_s_yes(cast, change):
    tom = second_speaker(cast, change)
    wording = make.make_wording(change, cast.lead)
    answers = {answer.by: (answer.answer, answer.is_for_lead) for answer in wording.answers.all()}
    assert answers == {cast.lead: ("yes", True), cast.partner: ("waiting", False), tom: ("waiting", False)}
    assert told(cast.partner)[-1] == told(tom)[-1] == "wording_proposed"


def test_words_are_agreed_when_the_last_one_says_yes(cast, change):
    tom = second_speaker(cast, change)
    wording = make.make_wording(change, cast.lead)
    assert agree(cast.partner, wording).status == Status.PROPOSED
    with pytest.raises(NotPossible):
        commands.publish(viewer_of(cast.lead), Wording.objects.get())
    assert agree(tom, wording).status == Status.AGREED
    assert told(cast.lead)[-1] == "wording_agreed"
    assert not PublishedChange.objects.exists()


@pytest.mark.usefixtures("racing_db")
def test_two_people_who_agree_in_the_same_moment_are_both_seen():
    cast = make_cast()
    change = make.make_change(cast.partner, cast.lead, cast.owner)
    people = [cast.partner, second_speaker(cast, change), second_speaker(cast, change)]
    wording = make.make_wording(change, cast.lead)
    ends = at_once(*(lambda person=person: agree(person, wording) for person in people))
    assert all(isinstance(end, Wording) for end in ends), ends
    assert Wording.objects.get().status == Status.AGREED
    assert told(cast.lead).count("wording_agreed") == 1


def test_publish_copies_the_agreed_words_and_later_changes_do_not_reach_the_copy(cast, change):
    make.make_published(change, cast.lead, cast.partner)
    edition = PublishedChange.objects.get()
    assert (edition.address, edition.edition, edition.is_newest) == (change.code, 1, True)
    assert (edition.told_us, edition.changed) == ("Nobody knew whom to ring.", "Each letter says whom to ring.")
    Wording.objects.update(told_us="Something else", changed="Something else", title="Something else")
    Change.objects.update(title="Something else", text="Something else")
    edition.refresh_from_db()
    assert (edition.title, edition.told_us, edition.changed) == (
        "A number on every letter",
        "Nobody knew whom to ring.",
        "Each letter says whom to ring.",
    )
    assert PublishedMovement.objects.get().reason == "Each letter says whom to ring."
    assert told(cast.partner)[-1] == "published"


def test_nobody_else_s_yes_is_enough(cast, change):
    wording = make.make_wording(change, cast.lead)
    other = make_member(cast.organisation, Role.PARTNER)
    for person in (other, cast.owner, make_member(None, Role.LEAD)):
        with pytest.raises(Refused):
            agree(person, wording)
        with pytest.raises(Refused):
            commands.publish(viewer_of(person), wording)
    with pytest.raises(NotPossible):
        commands.publish(viewer_of(cast.lead), wording)


def test_a_status_of_agreed_alone_does_not_publish(cast, change):
    """The answers are counted again: a row moved by hand is no agreement."""
    make.make_wording(change, cast.lead)
    Wording.objects.update(status="agreed")
    with pytest.raises(NotPossible, match="Everyone"):
        commands.publish(viewer_of(cast.lead), Wording.objects.get())


def test_other_words_send_it_back_with_the_comment(cast, change):
    wording = make.make_wording(change, cast.lead)
    with pytest.raises(NotPossible) as trouble:
        commands.ask_for_other_words(viewer_of(cast.partner), wording, comment=" ")
    assert trouble.value.field == "comment"
    commands.ask_for_other_words(viewer_of(cast.partner), wording, comment="Say “at night”.")
    wording.refresh_from_db()
    assert wording.status == Status.SENT_BACK
    assert told(cast.lead)[-1] == "wording_sent_back"
    assert wording.answers.get(by=cast.partner).comment == "Say “at night”."


def test_a_second_comment_of_the_same_person_is_kept_and_told(cast, change):
    wording = make.make_wording(change, cast.lead)
    for comment in ("First.", "First, and second."):
        commands.ask_for_other_words(viewer_of(cast.partner), wording, comment=comment)
    assert wording.answers.get(by=cast.partner).comment == "First, and second."
    assert told(cast.lead).count("wording_sent_back") == 2


def test_a_yes_to_words_that_were_sent_back_says_that_new_ones_come(cast, change):
    tom = second_speaker(cast, change)
    wording = make.make_wording(change, cast.lead)
    commands.ask_for_other_words(viewer_of(cast.partner), wording, comment="Other words.")
    with pytest.raises(NotPossible, match="new ones"):
        agree(tom, wording)


def test_a_yes_can_be_taken_back_until_it_is_public(cast, change):
    wording = make.make_wording(change, cast.lead)
    agree(cast.partner, wording)
    commands.ask_for_other_words(viewer_of(cast.partner), Wording.objects.get(), comment="On second thoughts.")
    with pytest.raises(NotPossible):
        commands.publish(viewer_of(cast.lead), Wording.objects.get())


def test_a_new_proposal_replaces_the_one_in_hand_and_asks_again(cast, change):
    first = make.make_wording(change, cast.lead)
    agree(cast.partner, first)
    second = make.make_wording(change, cast.lead)
    first.refresh_from_db()
    assert first.status == Status.REPLACED
    assert second.answers.get(by=cast.partner).answer == "waiting"
    with pytest.raises(NotPossible, match="newest"):
        agree(cast.partner, first)


def test_published_words_stay_until_newer_ones_are_published(cast, change):
    first = make.make_published(change, cast.lead, cast.partner)
    second = make.make_wording(change, cast.lead)
    first.refresh_from_db()
    assert first.status == Status.PUBLISHED
    agree(cast.partner, second)
    commands.publish(viewer_of(cast.lead), Wording.objects.get(pk=second.pk))
    first.refresh_from_db()
    assert first.status == Status.REPLACED
    editions = PublishedChange.objects.order_by("edition").values_list("edition", "is_newest")
    assert list(editions) == [(1, False), (2, True)]
    assert PublishedMovement.objects.count() == 1


def test_publish_happens_once(cast, change):
    wording = make.make_wording(change, cast.lead)
    agree(cast.partner, wording)
    commands.publish(viewer_of(cast.lead), Wording.objects.get())
    with pytest.raises(Overtaken):
        commands.publish(viewer_of(cast.lead), Wording.objects.get())
    assert PublishedChange.objects.count() == 1


@pytest.mark.parametrize("stage", ["proposed", "agreed", "sent back"])
def test_a_newcomer_is_asked_before_anything_is_published(cast, change, stage):
    wording = make.make_wording(change, cast.lead)
    if stage == "agreed":
        agree(cast.partner, wording)
    elif stage == "sent back":
        commands.ask_for_other_words(viewer_of(cast.partner), wording, comment="Other words.")
    tom = second_speaker(cast, change)
    in_hand = change.wordings.get(status__in=["proposed", "sent back"])
    assert in_hand.answers.get(by=tom).answer == "waiting"
    assert told(tom)[-1] == "wording_proposed"
    with pytest.raises((NotPossible, Overtaken)):
        commands.publish(viewer_of(cast.lead), in_hand)
    if stage == "agreed":
        assert in_hand.answers.get(by=cast.partner).answer == "yes"
        assert told(cast.partner).count("wording_proposed") == 1
        assert agree(tom, in_hand).status == Status.AGREED
        commands.publish(viewer_of(cast.lead), change.wordings.get(status="agreed"))


def test_who_withdrew_need_not_agree(cast, change):
    tom = second_speaker(cast, change)
    commands.withdraw(viewer_of(tom), change.insights.get(speaker=tom))
    wording = make.make_wording(change, cast.lead)
    assert agree(cast.partner, wording).status == Status.AGREED


def test_each_is_named_as_they_chose(cast):
    named = make.make_change(cast.partner, cast.lead, cast.owner)
    Insight.objects.update(naming=Insight.Naming.NAME)
    role = second_speaker(cast, named, naming=Insight.Naming.ROLE)
    silent = second_speaker(cast, named, naming=Insight.Naming.UNNAMED)
    make.make_published(named, cast.lead, cast.partner, role, silent)
    assert PublishedChange.objects.get().credit == "Anjali Rao, a Patient Safety Partner"


def test_an_answer_by_phone_or_letter_is_recorded_by_the_lead_and_told(cast):
    writer = make_member(cast.organisation, Role.PARTNER, told_by="letter", postal_address="1 Mill Lane")
    change = make.make_change(writer, cast.lead, cast.owner)
    wording = make.make_wording(change, cast.lead)
    commands.record_wording_answer(viewer_of(cast.lead), wording, person=writer, answer="yes")
    answer = WordingAnswer.objects.get(by=writer)
    assert (answer.answer, answer.recorded_by) == ("yes", cast.lead)
    assert Wording.objects.get().status == Status.AGREED
    assert told(writer)[-1] == "wording_recorded"


def test_recording_an_answer_needs_somebody_who_was_asked_and_a_known_answer(cast, change):
    wording = make.make_wording(change, cast.lead)
    for person in (make_member(cast.organisation, Role.PARTNER), make_member(None, Role.PARTNER)):
        with pytest.raises(NotPossible):
            commands.record_wording_answer(viewer_of(cast.lead), wording, person=person, answer="yes")
    with pytest.raises(NotPossible):
        commands.record_wording_answer(viewer_of(cast.lead), wording, person=cast.partner, answer="waiting")
    for other in (cast.owner, cast.partner, make_member(None, Role.LEAD)):
        with pytest.raises(Refused):
            commands.record_wording_answer(viewer_of(other), wording, person=cast.partner, answer="yes")


def test_an_own_answer_after_a_recorded_one_is_their_own(cast, change):
    wording = make.make_wording(change, cast.lead)
    commands.record_wording_answer(viewer_of(cast.lead), wording, person=cast.partner, answer="yes")
    commands.ask_for_other_words(viewer_of(cast.partner), wording, comment="I did not say that.")
    answer = WordingAnswer.objects.get(by=cast.partner)
    assert (answer.answer, answer.recorded_by) == ("no", None)


def test_proposals_need_words_and_the_lead(cast, change):
    given = {"title": "T", "told_us": "W", "changed": "C"}
    for field in given:
        with pytest.raises(NotPossible) as trouble:
            commands.propose_wording(viewer_of(cast.lead), change, **{**given, field: " "})
        assert trouble.value.field == field
    for other in (cast.owner, cast.partner, make_member(None, Role.LEAD)):
        with pytest.raises(Refused):
            commands.propose_wording(viewer_of(other), change, **given)


def test_a_lead_who_is_the_only_one_who_spoke_agrees_by_proposing(cast):
    both = make_member(cast.organisation, Role.PARTNER, Role.LEAD)
    change = make.make_change(both, cast.lead, cast.owner)
    wording = make.make_wording(change, both)
    assert wording.status == Status.AGREED
    commands.publish(viewer_of(both), wording)


def test_the_leads_are_told_where_the_one_who_proposed_has_left(cast, change):
    other_lead = make_member(cast.organisation, Role.LEAD)
    wording = make.make_wording(change, other_lead)
    other_lead.ended_on = today()
    other_lead.save()
    agree(cast.partner, wording)
    assert told(cast.lead)[-1] == "wording_agreed"


def test_a_publication_that_lost_its_words_can_be_given_new_ones(cast, change):
    tom = second_speaker(cast, change)
    make.make_published(change, cast.lead, cast.partner, tom)
    commands.withdraw(viewer_of(tom), change.insights.get(speaker=tom))
    wording = make.make_wording(change, cast.lead)
    agree(cast.partner, wording)
    commands.publish(viewer_of(cast.lead), Wording.objects.get(pk=wording.pk))
    newest = PublishedChange.objects.get(is_newest=True)
    assert (newest.told_us, newest.has_withdrawn_words) == ("Nobody knew whom to ring.", False)


@pytest.mark.usefixtures("racing_db")
def test_words_withdrawn_in_the_moment_of_publishing_do_not_stay_public():
    cast = make_cast()
    change = make.make_change(cast.partner, cast.lead, cast.owner)
    insight = change.insights.get()
    wording = make.make_wording(change, cast.lead)
    agree(cast.partner, wording)
    at_once(
        lambda: commands.publish(viewer_of(cast.lead), Wording.objects.get(pk=wording.pk)),
        lambda: commands.withdraw(viewer_of(cast.partner), Insight.objects.get(pk=insight.pk)),
    )
    assert Insight.objects.get().status == Insight.Status.WITHDRAWN
    assert not PublishedChange.objects.exclude(told_us="").exists()
    assert not Wording.objects.exclude(told_us="").exists()


def test_a_lead_who_has_stepped_back_sees_neither_the_change_nor_its_words_and_hears_nothing(cast, change):
    other_lead = make_member(cast.organisation, Role.LEAD, name="Other Lead")
    wording = make.make_wording(change, cast.lead)
    assert Wording.objects.visible_to(viewer_of(cast.lead)).exists()
    withholding.withhold(Insight.objects.filter(causes__change=change), [cast.lead])
    earlier = told(cast.lead)
    commands.agree_wording(viewer_of(cast.partner), wording)
    assert not Change.objects.visible_to(viewer_of(cast.lead)).exists()
    assert not Wording.objects.visible_to(viewer_of(cast.lead)).exists()
    assert [duty for duty in duties(viewer_of(cast.lead)) if duty.path == wording.get_absolute_url()] == []
    assert [duty.path for duty in duties(viewer_of(other_lead))] == [wording.get_absolute_url()]
    assert (told(cast.lead), told(other_lead)[-1]) == (earlier, "wording_agreed")
    assert Change.objects.visible_to(viewer_of(cast.partner)).exists()


def test_who_spoke_too_sees_the_change_although_other_words_that_led_to_it_are_withheld(cast, change):
    tom = second_speaker(cast, change)
    withholding.withhold(Insight.objects.filter(causes__change=change).exclude(speaker=tom), [tom])
    assert Change.objects.visible_to(viewer_of(tom)).exists()
    withholding.show_again(Insight.objects.filter(causes__change=change), tom)
    assert Change.objects.visible_to(viewer_of(tom)).exists()
