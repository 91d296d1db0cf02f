"""The register, meetings, yearly reviews, priorities, public notes and what was agreed: what holds for each command."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from safety_partners.core import clock
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.models import Message
from safety_partners.core.policy import Refused
from safety_partners.core.working_days import today
from safety_partners.insights import commands as insights
from safety_partners.people.models import Role
from safety_partners.ppg import commands, tasks
from safety_partners.ppg.commands.reviewing import hidden
from safety_partners.ppg.models import Group, GroupMeeting, Improvement, PublicNote
from safety_partners.ppg.queries.years import year_of
from tests.factories import ppg as make
from tests.factories.people import make_member, viewer_of

pytestmark = pytest.mark.django_db
DAY = make.DAY
ABOUT = {"practice": "Lower Meadow Surgery", "name": "Lower Meadow patient group", "ods_code": "B82001"}


def told(template: str) -> list[str]:
    """Whom messages of a kind went to."""
    return list(Message.objects.filter(template=template).order_by("id").values_list("to_name", flat=True))


def test_add_group_tells_chair_and_contact(group):
    assert told("ppg/you_chair") == ["Joan Chair"]
    assert told("ppg/you_look_after") == ["Stan Staff"]


@pytest.mark.parametrize("typed", ["82001", "B8200", "B820011", "BB2001", "B82O01"])
def test_a_practice_code_that_cannot_be_one_is_refused(lead, typed):
    with pytest.raises(NotPossible) as trouble:
        make.make_group(lead, ods_code=typed)
    assert trouble.value.field == "ods_code"


def test_a_practice_code_is_kept_tidy_and_may_be_unknown(lead):
    assert make.make_group(lead, ods_code=" b82 001 ").ods_code == "B82001"
    assert make.make_group(lead, name="Another", ods_code="").ods_code == ""


def test_a_practice_without_an_active_group_is_said_so(lead):
    none = make.make_group(lead, status=Group.Status.NONE)
    assert none.status_since == today()
    for command, given in (
        (commands.ask_question, {"text": "When?", "answer_by": today()}),
        (commands.plan_meeting, {"starts_at": make.at(today() + DAY)}),
    ):
        with pytest.raises(NotPossible, match="no active group"):
            command(viewer_of(lead), none, **given)


def test_only_the_lead_keeps_the_register(staff, chair):
    for person in (staff, chair):
        with pytest.raises(Refused):
            make.make_group(person)


def test_a_chair_must_be_one(lead, staff):
    with pytest.raises(NotPossible) as trouble:
        make.make_group(lead, staff)
    assert trouble.value.field == "chair"
    elsewhere = make_member(None, Role.GROUP_CHAIR)
    with pytest.raises(NotPossible):
        make.make_group(lead, elsewhere)


def test_the_interval_is_agreed_on_a_day(lead):
    with pytest.raises(NotPossible):
        make.make_group(lead, interval_months=3)
    with pytest.raises(NotPossible):
        make.make_group(lead, interval_months=3, interval_agreed_on=today() + DAY)
    assert make.make_group(lead, interval_months=3, interval_agreed_on=today()).interval_months == 3


def test_two_people_who_change_a_group_lose_nothing(lead, group, staff):
    seen = group.turn
    given = ABOUT | {"chair": group.chair, "contact": staff}
    commands.change_group(viewer_of(lead), group, **given | {"about": "We meet in the library."}, turn=seen)
    with pytest.raises(Overtaken):
        commands.change_group(viewer_of(staff), group, **given, turn=seen)


def test_whoever_looks_after_a_group_does_not_choose_its_chair(lead, staff, group):
    with pytest.raises(NotPossible):
        commands.change_group(viewer_of(staff), group, **ABOUT, chair=make.make_chair(lead), contact=staff)


def test_a_new_chair_takes_over_what_the_group_said(lead, staff, chair, group):
    view = make.make_view(chair, group)
    draft = make.make_view_draft(chair, group)
    new = make.make_chair(lead, "Nora New")
    commands.change_group(viewer_of(lead), group, **ABOUT, chair=new, contact=staff)
    for one in (view, draft):
        one.insight.refresh_from_db()
        assert one.insight.speaker == new
    assert told("ppg/you_chaired") == ["Joan Chair"]
    answer = insights.respond
    insights.hand_to(viewer_of(lead), view.insight, owner=staff)
    answer(viewer_of(staff), view.insight, outcome="will", text="We will.")
    assert told("insights/answered") == ["Nora New"]
    with pytest.raises(Refused):
        insights.give_verdict(viewer_of(chair), view.insight, answer="yes")
    insights.give_verdict(viewer_of(new), view.insight, answer="yes")


def test_a_new_chair_is_asked_for_public_words_that_the_old_one_did_not_answer(lead, staff, chair, group):
    view = make.make_view(chair, group)
    change = insights.record_change(viewer_of(lead), view.insight, title="Ring back", text="We ring back.", status="made", on=today())
    words = {"title": "Ring back", "told_us": "The queue is long.", "changed": "We ring back."}
    wording = insights.propose_wording(viewer_of(lead), change, **words)
    new = make.make_chair(lead, "Nora New")
    commands.change_group(viewer_of(lead), group, **ABOUT, chair=new, contact=staff)
    assert set(wording.answers.filter(is_for_lead=False).values_list("by", flat=True)) == {new.pk}
    wording = insights.agree_wording(viewer_of(new), wording)
    insights.publish(viewer_of(lead), wording)
    published = change.wordings.get(status="published")
    assert published.status == "published"


def test_set_group_status_goes_through_its_moves(lead, staff, group):
    commands.set_group_status(viewer_of(staff), group, status="resting", words="Nobody came since May.")
    assert (group.status, group.status_since, group.status_words) == ("resting", today(), "Nobody came since May.")
    commands.set_group_status(viewer_of(lead), group, status="none", words="It has ended.")
    commands.set_group_status(viewer_of(lead), group, status="active", words="Three new people.")
    assert told("ppg/status_changed") == ["Joan Chair"] * 3
    with pytest.raises(NotPossible):
        commands.set_group_status(viewer_of(lead), group, status="active", words="Still.")
    with pytest.raises(NotPossible):
        commands.set_group_status(viewer_of(lead), group, status="none", words=" ")


# Meetings


def test_a_meeting_is_planned_moved_and_cancelled_and_both_sides_are_told(chair, staff, group):
    meeting = make.make_meeting(chair, group)
    assert told("ppg/meeting_planned") == ["Stan Staff"]
    commands.change_meeting(viewer_of(staff), meeting, starts_at=make.at(today() + 20 * DAY), place="The hall")
    assert (meeting.sequence, told("ppg/meeting_changed")) == (1, ["Joan Chair"])
    commands.cancel_meeting(viewer_of(chair), meeting, why="Too few of us.")
    assert (meeting.status, meeting.sequence, told("ppg/meeting_cancelled")) == ("cancelled", 2, ["Stan Staff"])
    with pytest.raises(Overtaken):
        commands.change_meeting(viewer_of(chair), meeting, starts_at=make.at(today() + 20 * DAY))


def test_a_meeting_ends_after_it_begins(chair, group):
    with pytest.raises(NotPossible):
        make.make_meeting(chair, group, ends_at=make.at(today() + 10 * DAY, 17))


def test_minutes_are_kept_when_it_is_over_and_a_file_stays(chair, group):
    to_come = make.make_meeting(chair, group)
    with pytest.raises(NotPossible):
        commands.hold_meeting(viewer_of(chair), to_come, minutes="We met.")
    file = SimpleUploadedFile("minutes.pdf", b"%PDF-1.7\n%%EOF\n")
    held = make.make_held(chair, group, minutes="", minutes_file=file)
    kept = held.minutes_file
    commands.hold_meeting(viewer_of(chair), held, people_count=8, minutes="Typed too.")
    held.refresh_from_db()
    assert (held.minutes, held.people_count, held.minutes_file) == ("Typed too.", 8, kept)


def test_a_file_that_is_no_file_of_its_name_is_refused(chair, group):
    with pytest.raises(NotPossible):
        make.make_held(chair, group, minutes_file=SimpleUploadedFile("minutes.pdf", b"MZ"))


def test_nobody_else_writes_in_a_group(other, partner, group):
    for person in (other, partner.membership):
        with pytest.raises(Refused):
            make.make_meeting(person, group)


# The yearly review


def test_numbers_under_five_are_not_kept_and_cannot_be_worked_out():
    rows = hidden([("Age", "Young", 2, 900), ("Age", "Middle", 12, 4), ("Age", "Old", 20, 3)])
    assert rows == [["Age", "Young", None, 900], ["Age", "Middle", None, None], ["Age", "Old", 20, None]]


def test_a_number_that_is_not_small_stays_and_questions_do_not_mix():
    rows = hidden([("Age", "Young", 7, 900), ("Age", "Old", 9, 80), ("Carers", "Yes", 1, 50), ("Carers", "No", 15, 930)])
    assert [row[2] for row in rows] == [7, 9, None, None]


def test_record_review_replaces_that_of_the_same_year(staff, group):
    year = year_of(today())
    make.make_review(staff, group, year=year)
    again = make.make_review(staff, group, year=year, found="More young people.")
    assert group.reviews.get() == again
    assert again.found == "More young people."
    assert [row[2] for row in again.counts] == [None, None, 20]


def test_a_review_needs_words_and_a_day_gone_by(staff, group):
    year = year_of(today())
    for wrong in ({"method": " "}, {"found": ""}, {"done_on": today() + DAY}, {"year": year + 3}):
        with pytest.raises(NotPossible):
            make.make_review(staff, group, **{"year": year} | wrong)


def test_whoever_looks_after_a_group_is_reminded_once_before_the_year_ends(lead, staff, chair, group, settings):
    quiet = make.make_group(lead, name="Resting", status=Group.Status.RESTING)
    with clock.telling(dt.datetime(2026, 12, 1, 9, tzinfo=clock.LONDON)):
        assert tasks.remind_of_yearly_reviews() == 0
    with clock.telling(dt.datetime(2027, 2, 1, 9, tzinfo=clock.LONDON)):
        assert tasks.remind_of_yearly_reviews() == 1
        assert tasks.remind_of_yearly_reviews() == 0
    assert told("ppg/review_reminder") == ["Stan Staff"]
    with clock.telling(dt.datetime(2028, 2, 1, 9, tzinfo=clock.LONDON)):
        make.make_review(staff, group, year=2027)
        assert tasks.remind_of_yearly_reviews() == 0
    assert quiet.status == "resting"


# Priorities, notes, improvements


def test_set_priorities_keeps_the_groups_own_order_for_the_year(chair, group):
    commands.set_priorities(viewer_of(chair), group, year=2026, words=["Phones", " ", "Parking"])
    commands.set_priorities(viewer_of(chair), group, year=2027, words=["Letters"])
    commands.set_priorities(viewer_of(chair), group, year=2026, words=["Parking", "Phones"])
    assert list(group.priorities.filter(year=2026).order_by("position").values_list("words", flat=True)) == ["Parking", "Phones"]
    assert group.priorities.count() == 3
    for wrong in ([], ["a"] * 6):
        with pytest.raises(NotPossible):
            commands.set_priorities(viewer_of(chair), group, year=2026, words=wrong)


def test_a_note_is_published_and_taken_down_and_the_other_side_hears_of_it(chair, staff, group):
    note = make.make_note(staff, group)
    assert told("ppg/note_published") == ["Joan Chair"]
    commands.take_down_note(viewer_of(chair), note)
    assert told("ppg/note_taken_down") == ["Stan Staff"]
    assert PublicNote.objects.get().taken_down_at
    with pytest.raises(Overtaken):
        commands.take_down_note(viewer_of(chair), note)


def test_an_improvement_is_put_off_done_or_given_up_with_words_and_the_chair_hears(lead, chair, staff, other, group):
    one = make.make_improvement(staff, group, owner=other)
    assert (told("ppg/improvement_given"), told("ppg/improvement_agreed")) == (["Oda Other"], ["Joan Chair"])
    later = today() + 60 * DAY
    commands.put_off_improvement(viewer_of(other), one, due_on=later, efforts="We have asked for a second line.")
    assert (one.due_on, one.status) == (later, "agreed")
    commands.complete_improvement(viewer_of(other), one, efforts="It works.")
    assert (one.status, one.ended_on) == ("done", today())
    assert told("ppg/improvement_ended") == ["Joan Chair"]
    with pytest.raises(Overtaken):
        commands.give_up_improvement(viewer_of(staff), one, efforts="No.")
    two = make.make_improvement(lead, group)
    for wrong in ({"efforts": " ", "due_on": later}, {"efforts": "x", "due_on": two.due_on}, {"efforts": "x", "due_on": today() - DAY}):
        with pytest.raises(NotPossible):
            commands.put_off_improvement(viewer_of(lead), two, **wrong)
    commands.give_up_improvement(viewer_of(lead), two, efforts="The line cannot be had.")
    assert Improvement.objects.get(pk=two.pk).status == "not done"


def test_a_chair_does_not_give_staff_work(chair, staff, group):
    with pytest.raises(Refused):
        make.make_improvement(chair, group, owner=staff)


def test_statuses_and_words_hold_in_the_database(lead, group):
    from django.db import IntegrityError, transaction

    meeting = make.make_meeting(lead, group)
    for rows, wrong in (
        (Group.objects.filter(pk=group.pk), {"interval_months": 3}),
        (GroupMeeting.objects.filter(pk=meeting.pk), {"ends_at": meeting.starts_at - DAY}),
        (Improvement.objects.filter(pk=make.make_improvement(lead, group).pk), {"status": "done"}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)
