"""Questions, what a group says as one, and what goes between groups and partners: what holds for each command."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.models import Event, Message
from safety_partners.core.policy import Refused
from safety_partners.core.seals import seal
from safety_partners.core.working_days import today
from safety_partners.insights import commands as insights
from safety_partners.insights import queries as loop
from safety_partners.insights.models import Insight
from safety_partners.partners import open_matters
from safety_partners.people.models import Role
from safety_partners.ppg import commands, tasks
from safety_partners.ppg.models import CollectiveView, InBoth, Question, Referral
from tests.factories import ppg as make
from tests.factories.insights import make_insight
from tests.factories.people import make_member, viewer_of

pytestmark = pytest.mark.django_db
DAY = make.DAY
WORDS = {"words": "I saw the same on the ward.", "kind": "concern", "visibility": "answerers"}


def told(template: str) -> list[str]:
    """Whom messages of a kind went to."""
    return list(Message.objects.filter(template=template).order_by("id").values_list("to_name", flat=True))


# Questions


def test_many_groups_are_asked_at_once_and_each_answers_for_itself(lead, chair, group, quiet):
    given = {"text": "Which hours?", "answer_by": today() + 14 * DAY}
    first = commands.ask_groups(viewer_of(lead), groups=[group, quiet], **given)
    assert first.group == group
    assert told("ppg/question_asked") == ["Joan Chair", "Quentin Quiet"]
    commands.answer_question(viewer_of(chair), first, answer="Evenings.")
    assert Question.objects.get(group=quiet).status == "asked"
    assert (first.status, first.capture, first.recorded_by) == ("answered", "typed", None)
    assert told("ppg/question_answered") == ["Lea Lead"]
    commands.tell_question(viewer_of(lead), first, told="We open until eight.")
    assert told("ppg/question_told") == ["Joan Chair"]


def test_a_question_is_sent_once_however_often_the_form_is(lead, group):
    import uuid

    key, given = uuid.uuid4(), {"groups": [group], "text": "Which hours?", "answer_by": today()}
    first = commands.ask_groups(viewer_of(lead), **given, submission_key=key)
    assert commands.ask_groups(viewer_of(lead), **given, submission_key=key) == first
    assert Question.objects.count() == 1


def test_staff_ask_only_groups_they_look_after(staff, group, quiet):
    given = {"text": "Which hours?", "answer_by": today()}
    with pytest.raises(Refused):
        commands.ask_groups(viewer_of(staff), groups=[group, quiet], **given)
    assert not Question.objects.exists()
    for wrong in ({"groups": []}, {"groups": [group], "text": " "}, {"groups": [group], "answer_by": today() - DAY}):
        with pytest.raises(NotPossible):
            commands.ask_groups(viewer_of(staff), **(given | {"groups": [group]} | wrong))


def test_an_answer_is_written_down_for_a_group_and_read_back(lead, quiet):
    question = make.make_question(lead, quiet)
    for how in ({"capture": ""}, {"capture": "typed"}, {"capture": "phone", "is_read_back": False}):
        with pytest.raises(NotPossible):
            commands.answer_question(viewer_of(lead), question, answer="Evenings.", **how)
    commands.answer_question(viewer_of(lead), question, answer="Evenings.", capture="letter")
    assert (question.capture, question.recorded_by) == ("letter", lead)


def test_a_question_is_taken_back_only_while_it_waits(lead, chair, group):
    question = make.make_question(lead, group)
    commands.take_back_question(viewer_of(lead), question)
    assert told("ppg/question_taken_back") == ["Joan Chair"]
    with pytest.raises(Overtaken):
        commands.answer_question(viewer_of(chair), question, answer="Too late.")


def test_the_chair_is_reminded_once_for_each_day(lead, group):
    question = make.make_question(lead, group, answer_by=today() + 3 * DAY)
    make.make_question(lead, group, answer_by=today() + 30 * DAY)
    assert (tasks.remind_groups_of_questions(), tasks.remind_groups_of_questions()) == (1, 0)
    Question.objects.filter(pk=question.pk).update(answer_by=today() + 4 * DAY)
    assert tasks.remind_groups_of_questions() == 1
    assert told("ppg/question_reminder") == ["Joan Chair"] * 2


# The voice of a group


def test_a_view_is_the_groups_voice_with_the_minority_beside_it_both_sealed(lead, chair, group):
    view = make.make_view(chair, group)
    insight = view.insight
    assert (insight.voice, insight.voice_name, insight.speaker, insight.status) == ("group", group.name, chair, "shared")
    assert (insight.checksum, view.checksum) == (seal(make.WORDS), seal(make.MINORITY))
    assert insight.said_by == "Lower Meadow patient group"
    assert told("insights/shared") == ["Lea Lead"]
    assert "Lower Meadow patient group has shared" in Message.objects.get(template="insights/shared").text
    call_command("verify_history")


def test_a_changed_minority_is_found_out(lead, chair, group):
    from django.core.management.base import CommandError

    view = make.make_view(chair, group)
    CollectiveView.objects.filter(pk=view.pk).update(words="All of us agree.")
    with pytest.raises(CommandError):
        call_command("verify_history")


def test_words_are_written_down_for_a_chair_who_never_signs_in_and_they_are_told_by_letter(lead, quiet, quiet_chair):
    draft = make.make_view_draft(lead, quiet)
    with pytest.raises(NotPossible):
        commands.share_view(viewer_of(lead), draft, turn=draft.insight.turn)
    draft.refresh_from_db()
    view = commands.share_view(viewer_of(lead), draft, turn=draft.insight.turn, is_read_back=True)
    insight = view.insight
    assert (insight.speaker, insight.recorded_by, insight.capture) == (quiet_chair, lead, "meeting")
    letter = Message.objects.get(template="insights/recorded")
    assert (letter.to_name, letter.channel) == ("Quentin Quiet", "letter")


def test_changed_words_must_be_read_back_again(lead, quiet):
    draft = make.make_view_draft(lead, quiet)
    insights.edit_draft(viewer_of(lead), draft.insight, is_read_back=True)
    same = {"gathered": "meeting", "people_count": 9}
    commands.edit_view(viewer_of(lead), draft, minority="One of us does.", **same)
    draft.insight.refresh_from_db()
    assert not draft.insight.is_read_back


def test_a_group_without_a_chair_is_given_no_voice(lead):
    with pytest.raises(NotPossible, match="needs a chair"):
        make.make_view_draft(lead, make.make_group(lead))


def test_staff_do_not_type_as_if_they_were_the_chair(lead, group, chair):
    for capture in ("typed", "", "dream"):
        with pytest.raises(NotPossible):
            make.make_view_draft(lead, group, capture=capture)
    with pytest.raises(NotPossible):
        make.make_view_draft(chair, group, capture="phone")


@pytest.mark.parametrize(
    "wrong", [{"words": " "}, {"people_count": 0}, {"naming": "role"}], ids=["no words", "nobody", "named as a partner"]
)
def test_a_view_that_is_none_is_refused(chair, group, wrong):
    with pytest.raises(NotPossible):
        make.make_view_draft(chair, group, **wrong)


def test_a_view_names_a_meeting_of_its_own_group(chair, lead, group, quiet):
    with pytest.raises(NotPossible):
        make.make_view_draft(chair, group, meeting=make.make_held(lead, quiet))
    assert make.make_view_draft(chair, group, meeting=make.make_held(lead, group)).meeting


def test_a_draft_is_nobody_elses(lead, staff, chair, group):
    draft = make.make_view_draft(chair, group)
    for person in (lead, staff):
        assert not CollectiveView.objects.visible_to(viewer_of(person)).exists()
        with pytest.raises(Refused):
            commands.share_view(viewer_of(person), draft, turn=draft.insight.turn)
    commands.delete_view(viewer_of(chair), draft)
    assert not Insight.objects.exists()


def test_a_shared_view_cannot_be_changed(chair, group):
    view = make.make_view(chair, group)
    with pytest.raises(Overtaken):
        commands.edit_view(viewer_of(chair), view, gathered="online", people_count=2, words="Other words.")
    view.refresh_from_db()
    assert (view.gathered, view.people_count) == ("meeting", 9)


def test_a_draft_that_was_changed_since_it_was_looked_at_is_not_shared(chair, group):
    draft = make.make_view_draft(chair, group)
    seen = draft.insight.turn
    commands.edit_view(viewer_of(chair), draft, gathered="online", people_count=2, words="Other words.")
    with pytest.raises(Overtaken):
        commands.share_view(viewer_of(chair), draft, turn=seen)


def test_words_taken_back_take_those_of_the_minority_with_them(lead, chair, group):
    view = make.make_view(chair, group)
    insights.withdraw(viewer_of(chair), view.insight)
    view.refresh_from_db()
    assert (view.words, view.checksum) == ("", seal(make.MINORITY))
    call_command("verify_history")


def test_a_group_is_never_counted_as_a_partner_nor_a_partner_as_a_group(lead, partner, chair, group):
    both = make_member(lead.organisation, Role.PARTNER, Role.GROUP_CHAIR, name="Bo Both")
    theirs = make.make_group(lead, both, name="Hill group")
    make.make_view(both, theirs)
    own = make_insight(both)
    viewer = viewer_of(both)
    assert list(loop.mine(viewer)) == [own]
    make.make_view_draft(both, theirs)
    assert loop.drafts(viewer) == []
    assert set(Insight.objects.of_partners()) == {own}


def test_what_is_open_with_a_partner_who_leaves_is_not_what_their_group_said(lead):
    from tests.factories.records import make_active

    both = make_active(lead, make_member(lead.organisation, Role.PARTNER, Role.GROUP_CHAIR, name="Bo Both"))
    group = make.make_group(lead, both.membership, name="Hill group")
    make.make_view(both.membership, group)
    assert open_matters.of(both) == []
    referral = make.make_referral_to_group(both, group)
    assert [matter.code for matter in open_matters.of(both)] == [referral.code]


def test_a_partners_words_never_change_hands(lead, partner):
    insight = make_insight(partner.membership)
    with pytest.raises(NotPossible):
        insights.hand_on_voice(viewer_of(lead), insight, to=lead)


def test_a_partner_does_not_speak_as_a_group(partner, group):
    with pytest.raises(Refused):
        make.make_view_draft(partner.membership, group)


# From a group to a partner, and back


def test_from_a_group_to_a_partner_an_answer_a_change_and_word_back(lead, staff, chair, group, partner):
    view = make.make_view(chair, group)
    referral = make.make_referral(chair, group, view=view)
    assert told("ppg/referral_offered") == ["Lea Lead"]
    assert not Referral.objects.visible_to(viewer_of(partner.membership)).exists()
    commands.send_referral(viewer_of(lead), referral, partner=partner)
    assert told("ppg/referral_asked") == ["Pat Partner"]
    commands.begin_answer(viewer_of(partner.membership), referral, **WORDS)
    commands.share_answer(viewer_of(partner.membership), referral, turn=referral.answer.turn)
    answer = referral.answer
    assert (referral.status, answer.voice, answer.speaker) == ("taken up", "partner", partner.membership)
    assert told("ppg/referral_taken_up") == ["Joan Chair", "Lea Lead"]
    insights.hand_to(viewer_of(lead), answer, owner=staff)
    insights.respond(viewer_of(staff), answer, outcome="will", text="We will.")
    change = insights.record_change(viewer_of(staff), answer, title="A list", text="At the door.", status="made", on=today())
    commands.tell_referral(viewer_of(lead), referral, outcome="There is a list at the door now.", change=change)
    assert (referral.status, referral.change) == ("told", change)
    assert told("ppg/referral_told") == ["Joan Chair", "Pat Partner"]
    word = Message.objects.get(template="ppg/referral_told", to_name="Joan Chair").text
    assert "There is a list at the door now." in word
    assert "Pat Partner" not in word
    assert WORDS["words"] not in word


def test_the_group_never_learns_which_partner_it_is(lead, chair, group, partner):
    one = make.make_referral(chair, group)
    commands.send_referral(viewer_of(lead), one, partner=partner)
    two = make.make_referral_to_group(partner, group)
    commands.send_referral(viewer_of(lead), two)
    for message in Message.objects.filter(to_membership_id=chair.pk):
        assert "Pat Partner" not in message.subject + message.text


def test_a_partner_who_says_no_is_not_asked_why_and_keeps_their_draft(lead, chair, group, partner, second):
    referral = make.make_referral(chair, group)
    commands.send_referral(viewer_of(lead), referral, partner=partner)
    commands.begin_answer(viewer_of(partner.membership), referral, **WORDS)
    draft = referral.answer
    commands.hand_back_referral(viewer_of(partner.membership), referral)
    draft.refresh_from_db()
    assert (referral.status, referral.partner, referral.answer, draft.about_path) == ("offered", None, None, "")
    assert [one.code for one in loop.drafts(viewer_of(partner.membership))] == [draft.code]
    assert told("ppg/referral_back") == ["Lea Lead"]
    assert not Referral.objects.visible_to(viewer_of(partner.membership)).exists()
    commands.send_referral(viewer_of(lead), referral, partner=second)
    assert told("ppg/referral_asked") == ["Pat Partner", "Sam Second"]


def test_the_lead_writes_down_what_a_partner_says_on_the_phone(lead, chair, group, partner):
    referral = make.make_referral(chair, group)
    commands.send_referral(viewer_of(lead), referral, partner=partner)
    commands.begin_answer(viewer_of(lead), referral, **WORDS, capture="phone")
    with pytest.raises(NotPossible):
        commands.share_answer(viewer_of(lead), referral, turn=referral.answer.turn)
    commands.share_answer(viewer_of(lead), referral, turn=referral.answer.turn, is_read_back=True)
    assert (referral.answer.speaker, referral.answer.recorded_by) == (partner.membership, lead)


def test_only_one_draft_is_begun_and_only_its_writer_changes_it(lead, chair, group, partner):
    referral = make.make_referral(chair, group)
    commands.send_referral(viewer_of(lead), referral, partner=partner)
    commands.begin_answer(viewer_of(partner.membership), referral, **WORDS)
    with pytest.raises(Refused):
        commands.begin_answer(viewer_of(lead), referral, **WORDS, capture="phone")
    with pytest.raises(NotPossible):
        commands.begin_answer(viewer_of(partner.membership), referral, **WORDS)
    with pytest.raises(Refused):
        commands.edit_answer(viewer_of(lead), referral, words="Other words.")
    with pytest.raises(Refused):
        commands.share_answer(viewer_of(lead), referral, turn=referral.answer.turn)
    commands.edit_answer(viewer_of(partner.membership), referral, words="Better words.")
    assert Insight.objects.get(pk=referral.answer.pk).words == "Better words."


def test_consent_is_taken_back_and_the_words_go_but_what_a_partner_said_stays(lead, chair, group, partner):
    referral = make.make_referral(chair, group)
    commands.send_referral(viewer_of(lead), referral, partner=partner)
    commands.begin_answer(viewer_of(partner.membership), referral, **WORDS)
    commands.share_answer(viewer_of(partner.membership), referral, turn=referral.answer.turn)
    commands.take_back_referral(viewer_of(chair), referral)
    referral.refresh_from_db()
    assert (referral.status, referral.words) == ("taken back", "")
    assert referral.answer.words == WORDS["words"]
    assert told("ppg/referral_taken_back") == ["Lea Lead", "Pat Partner"]
    with pytest.raises(Overtaken):
        commands.tell_referral(viewer_of(lead), referral, outcome="Something.")


def test_the_lead_takes_it_back_for_somebody_and_they_hear_of_it(lead, chair, group):
    referral = make.make_referral(chair, group)
    for said in ({}, {"how": "phone"}, {"how": "typed"}):
        with pytest.raises(NotPossible):
            commands.take_back_referral(viewer_of(lead), referral, **said)
    commands.take_back_referral(viewer_of(lead), referral, how="phone", is_read_back=True)
    assert Event.objects.filter(verb="ppg.take_back_referral").get().details["how"] == "phone"
    assert told("ppg/referral_taken_back_for_you") == ["Joan Chair"]


def test_a_new_chair_can_take_back_what_the_old_one_agreed_to(lead, staff, chair, group):
    referral = make.make_referral(chair, group)
    new = make.make_chair(lead, "Nora New")
    about = {"practice": group.practice, "name": group.name, "contact": staff}
    commands.change_group(viewer_of(lead), group, **about, chair=new)
    referral = Referral.objects.get()
    with pytest.raises(Refused):
        commands.take_back_referral(viewer_of(chair), referral)
    commands.take_back_referral(viewer_of(new), referral)


def test_the_lead_says_why_it_is_not_taken_up(lead, chair, group, partner):
    referral = make.make_referral(chair, group)
    with pytest.raises(NotPossible):
        commands.decline_referral(viewer_of(lead), referral, reason=" ")
    commands.send_referral(viewer_of(lead), referral, partner=partner)
    commands.decline_referral(viewer_of(lead), referral, reason="This is with the pharmacy already.")
    assert (told("ppg/referral_declined"), told("ppg/referral_not_needed")) == (["Joan Chair"], ["Pat Partner"])
    with pytest.raises(NotPossible):
        commands.begin_answer(viewer_of(partner.membership), referral, **WORDS)


def test_staff_write_down_a_yes_of_the_group_and_how_it_reached_them(staff, group):
    with pytest.raises(NotPossible):
        make.make_referral(staff, group, capture="phone", is_read_back=False)
    referral = make.make_referral(staff, group, capture="phone", is_read_back=True)
    assert (referral.consent_by, referral.recorded_by) == (group.chair, staff)


# From a partner to a group, and back


def test_from_a_partner_to_a_group_and_word_back(lead, chair, group, partner):
    referral = make.make_referral_to_group(partner, group)
    assert not Referral.objects.visible_to(viewer_of(chair)).exists()
    commands.send_referral(viewer_of(lead), referral)
    assert told("ppg/referral_asked") == ["Joan Chair"]
    with pytest.raises(NotPossible):
        commands.begin_answer(viewer_of(lead), referral, **WORDS, capture="phone")
    commands.take_up_referral(viewer_of(chair), referral)
    commands.tell_referral(viewer_of(chair), referral, outcome="We spoke to the practice. The room is turned round.")
    assert told("ppg/referral_told") == ["Pat Partner"]


def test_a_group_may_say_no_and_the_lead_asks_again_or_says_why(lead, chair, group, partner):
    referral = make.make_referral_to_group(partner, group)
    commands.send_referral(viewer_of(lead), referral)
    commands.hand_back_referral(viewer_of(chair), referral)
    assert (referral.status, referral.partner) == ("offered", partner)
    commands.decline_referral(viewer_of(lead), referral, reason="The group has too much to do.")
    assert told("ppg/referral_declined") == ["Pat Partner"]


def test_nobody_passes_on_in_anothers_name_but_the_lead_who_wrote_it_down(lead, partner, second, group, other):
    with pytest.raises((NotPossible, Refused)):
        commands.refer_to_group(viewer_of(second.membership), partner=partner, group=group, words="x", capture="phone", is_read_back=True)
    with pytest.raises(Refused):
        commands.refer_to_group(viewer_of(other), partner=partner, group=group, words="x", capture="letter")
    made = commands.refer_to_group(viewer_of(lead), partner=partner, group=group, words="x", capture="letter")
    assert (made.consent_by, made.recorded_by) == (partner.membership, lead)


def test_a_partner_takes_up_by_saying_something_and_a_group_by_a_press(lead, chair, group, partner):
    referral = make.make_referral(chair, group)
    commands.send_referral(viewer_of(lead), referral, partner=partner)
    with pytest.raises(NotPossible):
        commands.take_up_referral(viewer_of(partner.membership), referral)
    with pytest.raises(NotPossible):
        commands.share_answer(viewer_of(partner.membership), referral, turn=0)


def test_a_referral_goes_to_partners_of_this_organisation_only(lead, chair, group):
    from tests.factories.records import make_active

    referral = make.make_referral(chair, group)
    elsewhere = make_active(make_member(None, Role.LEAD))
    for partner in (None, elsewhere):
        with pytest.raises(NotPossible):
            commands.send_referral(viewer_of(lead), referral, partner=partner)


def test_what_must_hold_of_a_referral_holds_in_the_database(chair, group):
    rows = Referral.objects.filter(pk=make.make_referral(chair, group).pk)
    for wrong in ({"words": ""}, {"status": "declined"}, {"status": "told"}, {"direction": "to group"}, {"capture": "phone"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)


# Both


def test_a_partner_says_that_they_are_in_a_group_too_and_takes_it_back(lead, chair, group, partner, second):
    said = commands.say_in_both(viewer_of(partner.membership), partner=partner, group=group)
    assert commands.say_in_both(viewer_of(partner.membership), partner=partner, group=group) == said
    assert not InBoth.objects.visible_to(viewer_of(chair)).exists()
    assert InBoth.objects.visible_to(viewer_of(lead)).get() == said
    with pytest.raises(NotPossible):
        commands.say_in_both(viewer_of(second.membership), partner=partner, group=group)
    with pytest.raises(Refused):
        commands.take_back_in_both(viewer_of(lead), said)
    commands.take_back_in_both(viewer_of(partner.membership), said)
    assert not InBoth.objects.exists()


def test_no_event_holds_anybodys_words(lead, chair, group, partner):
    make.make_view(chair, group)
    make.make_answered(lead, group)
    commands.send_referral(viewer_of(lead), make.make_referral(chair, group), partner=partner)
    kept = " ".join(str(event.details) for event in Event.objects.filter(verb__startswith="ppg."))
    assert "checksum" in kept
    for words in (make.WORDS, make.MINORITY, "Evenings", "tablets"):
        assert words not in kept


def test_dates_are_london_days(lead, group):
    meeting = make.make_meeting(lead, group, on=dt.date(2026, 7, 1))
    assert meeting.starts_at.utcoffset() == dt.timedelta(hours=1)
