"""The minutes from the first word to the approval, and what the database refuses afterwards."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from safety_partners.committees import commands, queries
from safety_partners.committees.models import Decision, ItemMinute, Minutes
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.models import Event
from safety_partners.core.policy import Refused
from safety_partners.core.seals import is_intact
from safety_partners.core.working_days import today
from tests.committees.table import DAY, make_table, told
from tests.factories import committees as make
from tests.factories.people import viewer_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def table():
    return make_table()


def test_save_minute_keeps_every_space_and_who_saved_it(table):
    words = "  First line\n\n\tSecond line  "
    minute = commands.save_minute(viewer_of(table.secretary), table.item, words=words, turn=0)
    assert minute.words == words
    assert (minute.turn, minute.saved_by) == (1, table.secretary)
    assert commands.save_minute(viewer_of(table.chair), table.item, words="Third", turn=1).turn == 2
    assert Minutes.objects.get().status == "draft"


def test_save_minute_of_two_who_write_at_once_loses_nothing(table):
    commands.save_minute(viewer_of(table.secretary), table.item, words="Mine", turn=0)
    with pytest.raises(Overtaken):
        commands.save_minute(viewer_of(table.chair), table.item, words="Yours", turn=0)
    assert ItemMinute.objects.get().words == "Mine"


def test_save_minute_is_for_those_who_run_the_committee_and_may_open_the_item(table):
    for other in (table.staff, table.partner):
        with pytest.raises(Refused):
            commands.save_minute(viewer_of(other), table.item, words="Words", turn=0)
    make.make_recusal(table.item, table.secretary)
    with pytest.raises(Refused):
        commands.save_minute(viewer_of(table.secretary), table.item, words="Words", turn=0)


def test_a_cancelled_meeting_has_no_minutes(table):
    cancelled = make.make_meeting(table.committee, status="cancelled", why_cancelled="Snow.")
    with pytest.raises(NotPossible, match="cancelled"):
        commands.save_minute(viewer_of(table.secretary), make.make_item(cancelled), words="Words", turn=0)


def test_offer_minutes_asks_the_chair(table):
    minutes = table.write()
    with pytest.raises(NotPossible, match="who was there"):
        commands.offer_minutes(viewer_of(table.secretary), minutes)
    table.mark(partner="present")
    commands.offer_minutes(viewer_of(table.secretary), minutes)
    assert told(table.chair) == ["committees/minutes_to_agree"]
    commands.save_minute(viewer_of(table.chair), table.item, words="Put right by the chair.", turn=1)
    with pytest.raises(Overtaken):
        commands.offer_minutes(viewer_of(table.secretary), minutes)


def test_minutes_that_say_nothing_are_not_agreed(table):
    minutes = table.write("")
    table.mark(partner="present")
    with pytest.raises(NotPossible, match="at least one item"):
        commands.agree_minutes(viewer_of(table.chair), minutes)


def test_agree_minutes_lets_everybody_invited_read_them_and_tells_them(table):
    minutes = table.write()
    assert not Minutes.objects.visible_to(viewer_of(table.partner)).exists()
    table.mark(partner="present")
    with pytest.raises(Refused):
        commands.agree_minutes(viewer_of(table.secretary), minutes)
    commands.agree_minutes(viewer_of(table.chair), minutes)
    for member in (table.partner, table.second, table.staff, table.secretary):
        assert told(member) == ["committees/minutes_agreed"]
        assert Minutes.objects.visible_to(viewer_of(member)).exists()
    assert told(table.chair) == []


def test_nothing_in_agreed_minutes_changes_until_the_chair_opens_them(table):
    secretary = viewer_of(table.secretary)
    decision = commands.add_decision(secretary, table.item, words="We buy sensors.")
    minutes = table.agree()
    later = today() + DAY
    for attempt in (
        lambda: commands.save_minute(secretary, table.item, words="Other", turn=1),
        lambda: commands.add_decision(secretary, table.item, words="Other"),
        lambda: commands.correct_decision(secretary, decision, words="Other", turn=0),
        lambda: commands.take_out_decision(secretary, decision),
        lambda: commands.agree_meeting_action(secretary, table.item, text="Other", owner=table.staff, due_on=later),
        lambda: commands.record_attendance(secretary, table.meeting, marks={}, left={}),
    ):
        with pytest.raises(NotPossible, match="agreed"):
            attempt()
    with pytest.raises(Refused):
        commands.reopen_minutes(secretary, minutes)
    commands.reopen_minutes(viewer_of(table.chair), minutes)
    assert "committees/minutes_reopened" in told(table.secretary)
    assert commands.save_minute(secretary, table.item, words="Other", turn=1).words == "Other"


def test_approve_minutes_seals_them_with_what_was_put_right(table):
    commands.add_decision(viewer_of(table.secretary), table.item, words="We buy sensors.")
    minutes = table.approve(corrections="Ben came at ten.")
    minutes.refresh_from_db()
    assert (minutes.status, minutes.corrections) == ("approved", "Ben came at ten.")
    assert len(minutes.checksum) == 64
    assert queries.is_as_approved(minutes)
    for part in (ItemMinute.objects.get(), Decision.objects.get()):
        assert part.checksum
        assert is_intact(part.words, part.checksum)
        assert Event.objects.get(about_code=part.code, verb="committees.approve_minutes").details == {"checksum": part.checksum}
    with pytest.raises(Overtaken):
        commands.reopen_minutes(viewer_of(table.chair), minutes)


def test_approve_minutes_is_done_by_a_later_meeting_that_has_begun(table):
    minutes = table.agree()
    other = make.make_committee(table.lead, name="Another")
    wrong = [
        table.meeting,
        make.make_meeting(table.committee),
        make.make_meeting(table.committee, starts_at=table.meeting.starts_at - DAY),
        make.make_meeting(table.committee, starts_at=table.meeting.starts_at + DAY / 24, status="cancelled", why_cancelled="Snow."),
        make.make_meeting(other, starts_at=table.meeting.starts_at + DAY / 24),
    ]
    for meeting in wrong:
        with pytest.raises(NotPossible, match="later meeting"):
            commands.approve_minutes(viewer_of(table.secretary), minutes, meeting=meeting)
    assert queries.meetings_that_approve(minutes) == []


def test_the_database_refuses_to_change_approved_minutes(table):
    commands.add_decision(viewer_of(table.secretary), table.item, words="We buy sensors.")
    minutes = table.approve()
    for rows, change in (
        (Minutes.objects.all(), {"corrections": "Other"}),
        (Minutes.objects.all(), {"status": "agreed"}),
        (ItemMinute.objects.all(), {"words": "Other"}),
        (ItemMinute.objects.all(), {"checksum": ""}),
        (Decision.objects.all(), {"words": "Other"}),
    ):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            rows.update(**change)
    minutes.refresh_from_db()
    assert queries.is_as_approved(minutes)


def test_a_quoted_partner_may_take_their_words_back_and_the_seal_still_fits(table):
    from safety_partners.insights import commands as insights

    placed = table.say("The bells are too far away.", quoted="name")
    minutes = table.approve()
    viewer = viewer_of(table.second)
    quotes = queries.read_minutes(viewer, [minutes])[0].items[0].said.words
    assert [(one.text, one.whose) for one in quotes] == [("The bells are too far away.", "Anjali Rao")]
    placed.insight.refresh_from_db()
    insights.withdraw(viewer_of(table.partner), placed.insight)
    assert [one.text for one in queries.read_minutes(viewer, [minutes])[0].items[0].said.words] == [""]
    assert queries.is_as_approved(minutes)


def test_the_minutes_quote_only_words_that_may_be_quoted(table):
    table.say("Not for the minutes.")
    table.say("For the minutes.", quoted="role")
    commands.speak(viewer_of(table.partner), table.item, words="A draft.", kind="question", visibility="answerers", quoted="name")
    minutes = table.agree()
    quotes = queries.read_minutes(viewer_of(table.second), [minutes])[0].items[0].said.words
    assert [(one.text, one.whose) for one in quotes] == [("For the minutes.", "")]


def test_the_minutes_keep_an_item_from_whoever_stepped_back_and_say_nothing_of_why(table):
    recusal = make.make_recusal(table.item, table.second, reason="My brother works there.")
    other = make.make_item(table.meeting, "Medicines")
    commands.record_attendance(viewer_of(table.secretary), table.meeting, marks={}, left={recusal.code: (True, True)})
    commands.add_decision(viewer_of(table.secretary), table.item, words="We buy sensors.")
    commands.save_minute(viewer_of(table.secretary), other, words="Medicines were late.", turn=0)
    minutes = table.agree()
    theirs, others = (queries.read_minutes(viewer_of(one), [minutes])[0] for one in (table.second, table.partner))
    assert [(one.number, one.is_open, one.words) for one in theirs.items] == [("1", False, ""), ("2", True, "Medicines were late.")]
    assert not theirs.items[0].said.decisions
    assert not theirs.items[0].said.left
    assert [one.who for one in others.items[0].said.left] == ["Tom Second"]
    assert others.items[0].words == "We talked about falls."


def test_the_minutes_leave_out_items_that_are_not_for_the_reader(table):
    make.make_item(table.meeting, "For those invited", classification="invited")
    make.make_item(table.meeting, "Restricted", classification="restricted")
    minutes = table.agree()
    from tests.factories.people import make_member

    stranger = make_member(table.organisation)
    read = {
        name: queries.read_minutes(viewer_of(one), [minutes])[0]
        for name, one in {"stranger": stranger, "partner": table.partner, "staff": table.staff}.items()
    }
    numbers = {name: [one.number for one in whole.items] for name, whole in read.items()}
    assert numbers == {"stranger": ["1"], "partner": ["1", "P1"], "staff": ["1", "P1", "R1"]}
    assert not read["stranger"].invitees
