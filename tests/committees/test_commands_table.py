"""At the table: who was there, what partners said, what was decided and what somebody will do."""

from __future__ import annotations

import datetime as dt

import pytest

from safety_partners.committees import commands, policies, tasks
from safety_partners.committees.models import Decision, ItemInsight, Meeting, MeetingAction
from safety_partners.committees.queries.duties import ARMS
from safety_partners.core.duty import Waiting
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.models import SearchEntry
from safety_partners.core.policy import Refused
from safety_partners.core.viewer import system_viewer
from safety_partners.core.working_days import today
from safety_partners.insights.models import Insight, Withheld
from safety_partners.people.models import Role
from tests.committees.table import DAY, make_table, told
from tests.factories import committees as make
from tests.factories.people import make_member, viewer_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def table():
    return make_table()


# Who was there


def test_record_attendance_marks_everybody_and_holds_the_meeting(table):
    marks = {table.invitee(table.partner).code: ("part", "from 10.30"), table.invitee(table.staff).code: ("absent", "")}
    commands.record_attendance(viewer_of(table.secretary), table.meeting, marks=marks, left={})
    assert table.invitee(table.partner).attendance == "part"
    assert table.invitee(table.partner).attended_note == "from 10.30"
    assert table.invitee(table.staff).attendance == "absent"
    assert table.invitee(table.second).attendance == ""
    assert Meeting.objects.get().status == "held"


def test_record_attendance_waits_until_the_meeting_begins(table):
    later = make.make_meeting(table.committee)
    with pytest.raises(NotPossible, match="not begun"):
        commands.record_attendance(viewer_of(table.secretary), later, marks={}, left={})
    cancelled = make.make_meeting(table.committee, starts_at=make.at(today() - 30 * DAY), status="cancelled", why_cancelled="Snow.")
    with pytest.raises(NotPossible, match="cancelled"):
        commands.record_attendance(viewer_of(table.secretary), cancelled, marks={}, left={})


def test_record_attendance_says_who_left_and_came_back(table):
    recusal = make.make_recusal(table.item, table.second)
    with pytest.raises(NotPossible, match="Only somebody who left"):
        commands.record_attendance(viewer_of(table.secretary), table.meeting, marks={}, left={recusal.code: (False, True)})
    commands.record_attendance(viewer_of(table.secretary), table.meeting, marks={}, left={recusal.code: (True, True)})
    recusal.refresh_from_db()
    assert recusal.has_left
    assert recusal.came_back


def test_record_attendance_of_two_who_write_at_once_keeps_both(table):
    with pytest.raises(Overtaken):
        commands.record_attendance(viewer_of(table.secretary), table.meeting, marks={}, left={}, seen=1)
    with pytest.raises(NotPossible, match="Choose if"):
        commands.record_attendance(
            viewer_of(table.secretary), table.meeting, marks={table.invitee(table.partner).code: ("asleep", "")}, left={}
        )


def test_record_attendance_is_for_those_who_run_the_committee(table):
    with pytest.raises(Refused):
        commands.record_attendance(viewer_of(table.staff), table.meeting, marks={}, left={})


# What partners say


def test_speak_keeps_a_draft_that_nobody_else_sees(table):
    placed = commands.speak(viewer_of(table.partner), table.item, words="Too far away.", kind="challenge", visibility="answerers")
    assert placed.insight.status == "draft"
    assert placed.insight.about_label.endswith(table.item.title)
    assert placed.insight.about_path == f"/words/{placed.code}/"
    assert ItemInsight.objects.visible_to(viewer_of(table.partner)).get() == placed
    for other in (table.second, table.chair, table.lead, table.secretary):
        assert not ItemInsight.objects.visible_to(viewer_of(other)).exists()


def test_speak_is_for_partners_who_are_invited_and_have_not_stepped_back(table):
    stranger = make_member(table.organisation, Role.PARTNER)
    make.make_recusal(table.item, table.second)
    for other in (stranger, table.second, table.staff, table.secretary):
        assert not policies.may_speak_at(viewer_of(other), table.item)
        with pytest.raises(Refused):
            commands.speak(viewer_of(other), table.item, words="Words", kind="question", visibility="answerers")
    with pytest.raises(NotPossible, match="who may see"):
        commands.speak(viewer_of(table.partner), table.item, words="Words", kind="question", visibility="programme")
    with pytest.raises(NotPossible, match="quote"):
        commands.speak(viewer_of(table.partner), table.item, words="Words", kind="question", visibility="lead", quoted="loudly")


def test_speak_about_an_item_that_is_not_for_everybody_keeps_its_title_out_of_the_label(table):
    hidden = make.make_item(table.meeting, "A serious incident", classification="invited")
    placed = commands.speak(viewer_of(table.partner), hidden, words="Words", kind="question", visibility="answerers")
    assert "A serious incident" not in placed.insight.about_label


def test_share_spoken_goes_to_the_lead_of_the_item_who_is_told(table):
    placed = table.say()
    placed.insight.refresh_from_db()
    assert placed.insight.status == "with an owner"
    assert placed.insight.owner == table.staff
    assert placed.insight.checksum
    assert told(table.staff) == ["insights/handed"]


def test_share_spoken_goes_to_the_chair_where_the_lead_of_the_item_stepped_back(table):
    make.make_recusal(table.item, table.staff)
    assert table.say().insight.owner == table.chair


def test_share_spoken_goes_to_the_partner_lead_where_nobody_may_be_asked(table):
    placed = table.say(visibility="lead")
    assert placed.insight.owner is None
    assert told(table.lead) == ["insights/shared"]
    assert told(table.staff) == []


def test_share_spoken_seals_what_was_looked_at(table):
    viewer = viewer_of(table.partner)
    placed = commands.speak(viewer, table.item, words="First", kind="question", visibility="answerers")
    seen = placed.insight.turn
    commands.edit_spoken(viewer, placed, words="Second", quoted="role")
    assert ItemInsight.objects.get().quoted == "role"
    with pytest.raises(Overtaken):
        commands.share_spoken(viewer, placed, turn=seen)
    with pytest.raises(Refused):
        commands.share_spoken(viewer_of(table.secretary), placed, turn=placed.insight.turn)


def test_share_spoken_is_withheld_from_whoever_stepped_back(table):
    make.make_recusal(table.item, table.chair)
    placed = table.say()
    assert Withheld.objects.filter(insight=placed.insight, membership=table.chair).exists()
    Insight.objects.filter(pk=placed.insight.pk).update(visibility="programme")
    assert Insight.objects.visible_to(viewer_of(table.second)).exists()
    assert not Insight.objects.visible_to(viewer_of(table.chair)).exists()


def test_words_cannot_be_quoted_once_the_minutes_are_agreed(table):
    table.agree()
    with pytest.raises(NotPossible, match="agreed"):
        table.say(quoted="name")
    Insight.objects.all().delete()
    assert table.say().insight.checksum


def test_record_spoken_is_read_back_and_shared_in_the_partners_name(table):
    viewer = viewer_of(table.secretary)
    given = {"words": "Too far away.", "kind": "challenge", "capture": "meeting", "visibility": "answerers", "is_read_back": False}
    placed = commands.record_spoken(viewer, table.item, speaker=table.partner, **given)
    assert placed.insight.speaker == table.partner
    assert placed.insight.recorded_by == table.secretary
    with pytest.raises(NotPossible, match="Read the words back"):
        commands.share_spoken(viewer, placed, turn=placed.insight.turn)
    commands.share_spoken(viewer, placed, turn=placed.insight.turn, is_read_back=True)
    assert placed.insight.status == "with an owner"
    assert told(table.partner) == ["insights/recorded"]


def test_record_spoken_is_of_a_partner_who_is_there(table):
    make.make_recusal(table.item, table.second)
    given = {"words": "Words", "kind": "question", "capture": "meeting", "visibility": "answerers", "is_read_back": True}
    stranger = make_member(table.organisation, Role.PARTNER)
    for speaker in (stranger, table.second):
        with pytest.raises(NotPossible, match="has not stepped back"):
            commands.record_spoken(viewer_of(table.secretary), table.item, speaker=speaker, **given)
    with pytest.raises(Refused):
        commands.record_spoken(viewer_of(table.staff), table.item, speaker=table.partner, **given)


def test_delete_spoken_takes_the_words_and_their_place(table):
    placed = commands.speak(viewer_of(table.partner), table.item, words="Words", kind="question", visibility="answerers")
    with pytest.raises(Refused):
        commands.delete_spoken(viewer_of(table.second), placed)
    commands.delete_spoken(viewer_of(table.partner), placed)
    assert not Insight.objects.exists()
    assert not ItemInsight.objects.exists()


# What was decided


def test_a_decision_is_written_put_right_and_taken_out(table):
    viewer = viewer_of(table.secretary)
    decision = commands.add_decision(viewer, table.item, words="We buy sensors.")
    assert decision.by == table.secretary
    commands.correct_decision(viewer, decision, words="We buy forty sensors.", turn=0)
    assert Decision.objects.get().words == "We buy forty sensors."
    with pytest.raises(Overtaken):
        commands.correct_decision(viewer, decision, words="We buy none.", turn=0)
    with pytest.raises(NotPossible, match="Say what"):
        commands.add_decision(viewer, table.item, words=" ")
    commands.take_out_decision(viewer, decision)
    assert not Decision.objects.exists()
    assert not SearchEntry.objects.filter(kind="committees.decision").exists()
    with pytest.raises(Overtaken):
        commands.take_out_decision(viewer, decision)


def test_decisions_are_for_those_who_run_the_committee_and_may_open_the_item(table):
    for other in (table.staff, table.partner):
        with pytest.raises(Refused):
            commands.add_decision(viewer_of(other), table.item, words="We buy sensors.")
    make.make_recusal(table.item, table.secretary)
    with pytest.raises(Refused):
        commands.add_decision(viewer_of(table.secretary), table.item, words="We buy sensors.")
    assert commands.add_decision(viewer_of(table.chair), table.item, words="We buy sensors.").pk


# What somebody will do


def agree(table, **given) -> MeetingAction:
    asked = {"text": "Count the bells", "owner": table.staff, "due_on": today() + 7 * DAY} | given
    return commands.agree_meeting_action(viewer_of(table.secretary), table.item, **asked)


def test_agree_meeting_action_tells_who_has_it_to_do(table):
    action = agree(table)
    assert action.first_due_on == action.due_on
    assert told(table.staff) == ["committees/action_given"]
    agree(table, owner=table.secretary)
    assert told(table.secretary) == []


def test_agree_meeting_action_asks_for_what_who_and_a_day_to_come(table):
    make.make_recusal(table.item, table.chair)
    wrong = [
        ({"text": " "}, "text"),
        ({"owner": table.partner}, "owner"),
        ({"owner": make_member(None, Role.STAFF)}, "owner"),
        ({"owner": table.chair}, "owner"),
        ({"due_on": today() - DAY}, "due_on"),
    ]
    for given, field in wrong:
        with pytest.raises(NotPossible) as trouble:
            agree(table, **given)
        assert trouble.value.field == field


def test_a_meeting_action_ends_with_evidence_or_a_reason(table):
    done, given_up = agree(table), agree(table)
    viewer = viewer_of(table.staff)
    with pytest.raises(NotPossible, match="what shows"):
        commands.complete_meeting_action(viewer, done, evidence="")
    commands.complete_meeting_action(viewer, done, evidence="All counted.")
    with pytest.raises(Overtaken):
        commands.complete_meeting_action(viewer, done, evidence="Again.")
    with pytest.raises(NotPossible, match="Say why"):
        commands.give_up_meeting_action(viewer, given_up, reason="")
    commands.give_up_meeting_action(viewer_of(table.secretary), given_up, reason="The ward closes.")
    assert set(MeetingAction.objects.values_list("status", "evidence", "reason")) == {
        ("done", "All counted.", ""),
        ("not done", "", "The ward closes."),
    }
    with pytest.raises(Refused):
        commands.complete_meeting_action(viewer_of(table.partner), agree(table), evidence="Done")


def test_put_off_meeting_action_keeps_the_day_that_the_meeting_asked_for(table):
    action = agree(table)
    first = action.due_on
    commands.put_off_meeting_action(viewer_of(table.staff), action, due_on=first + DAY, reason="The builder is late.")
    action.refresh_from_db()
    assert (action.due_on, action.first_due_on) == (first + DAY, first)
    for given in ({"due_on": action.due_on}, {"due_on": today() - DAY}, {"due_on": first + 2 * DAY, "reason": ""}):
        with pytest.raises(NotPossible):
            commands.put_off_meeting_action(viewer_of(table.staff), action, **({"reason": "Late."} | given))
    with pytest.raises(Overtaken):
        commands.put_off_meeting_action(viewer_of(table.staff), action, due_on=first + 3 * DAY, reason="Late.", turn=0)


def test_remind_of_actions_reminds_once_for_each_day(table):
    soon, late = agree(table, due_on=today() + 2 * DAY), agree(table)
    MeetingAction.objects.filter(pk=late.pk).update(due_on=today() - DAY)
    agree(table, due_on=today() + 30 * DAY)
    commands.complete_meeting_action(viewer_of(table.staff), agree(table, due_on=today()), evidence="Done.")
    assert tasks.remind_of_actions() == 2
    assert tasks.remind_of_actions() == 0
    commands.put_off_meeting_action(viewer_of(table.staff), soon, due_on=today() + DAY, reason="Earlier.")
    assert tasks.remind_of_actions() == 1
    assert told(table.staff).count("committees/action_reminder") == 3
    with pytest.raises(Overtaken):
        commands.remind_of_action(system_viewer(table.organisation.pk), MeetingAction.objects.get(pk=soon.pk))
    with pytest.raises(Refused):
        commands.remind_of_action(viewer_of(table.partner), soon)


def test_remind_of_actions_writes_to_the_secretary_where_somebody_left_or_stepped_back(table):
    other = make_member(table.organisation, Role.STAFF)
    agree(table, due_on=today())
    agree(table, due_on=today(), owner=other)
    table.staff.ended_on = today()
    table.staff.save()
    make.make_recusal(table.item, other)
    assert tasks.remind_of_actions() == 2
    assert told(table.secretary) == ["committees/action_reminder"] * 2
    assert "committees/action_reminder" not in told(other) + told(table.staff)


def test_a_meeting_action_is_nowhere_for_whoever_stepped_back_from_its_item(table):
    agree(table)
    assert MeetingAction.objects.visible_to(viewer_of(table.staff)).exists()
    make.make_recusal(table.item, table.staff)
    assert not MeetingAction.objects.visible_to(viewer_of(table.staff)).exists()


def test_duties_say_what_waits(table):
    def waits(member) -> list[str]:
        return [str(one.sentence) for one in Waiting(ARMS)(viewer_of(member)) if "seat" not in str(one.sentence)]

    assert waits(table.secretary) == ["Write the minutes, and give them to the chair"]
    agree(table)
    assert waits(table.staff) == ["Do what a meeting asked for"]
    table.mark(partner="present")
    commands.offer_minutes(viewer_of(table.secretary), table.write())
    assert waits(table.secretary) == []
    assert waits(table.chair) == ["Read the minutes, and say if they tell what happened"]
    minutes = commands.agree_minutes(viewer_of(table.chair), table.meeting.minutes)
    assert waits(table.chair) == []
    assert waits(table.secretary) == []
    later = make.make_meeting(table.committee, starts_at=table.meeting.starts_at + dt.timedelta(hours=3))
    assert "Write down that the meeting approved the minutes" in waits(table.secretary)
    commands.approve_minutes(viewer_of(table.secretary), minutes, meeting=later)
    assert "Write down that the meeting approved the minutes" not in waits(table.secretary)
