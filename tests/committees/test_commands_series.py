"""The rule of a committee: its meetings are made, follow it when it changes, stay where a hand put them, end with it."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safety_partners.committees import commands, queries
from safety_partners.committees.commands.scheduling import stop_meeting
from safety_partners.committees.models import Committee, Meeting, Series
from safety_partners.committees.queries.series import Fate
from safety_partners.committees.recurrence import LAST, Pattern, Rule, moment
from safety_partners.core import clock
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.models import Message
from safety_partners.core.policy import Refused
from tests.factories.people import viewer_of

pytestmark = pytest.mark.django_db
MONDAY, TUESDAY = (Rule(Pattern.WEEKDAY, which=1, weekday=day).text for day in (0, 1))
EVERY_SECOND = Rule(Pattern.WEEKDAY, 2, which=1, weekday=0).text
YEAR = {"rule": MONDAY, "first_on": dt.date(2027, 1, 1), "last_on": dt.date(2027, 12, 31), "on_holiday": "stay"}
TIMES = {"starts_at_time": dt.time(10), "minutes_long": 120}
ROOM = {"place": "Room 2", "getting_there": "", "video_link": "", "phone_in": ""}
FIELDS = ("starts_at", "ends_at", "place", "getting_there", "video_link", "phone_in", "breaks", "turn")


@pytest.fixture(autouse=True)
def _autumn():
    with time_machine.travel("2026-11-23 09:00:00+00:00", tick=False):
        yield


@pytest.fixture
def me(secretary):
    return viewer_of(secretary)


@pytest.fixture
def series(committee, me):
    return commands.plan_series(me, committee, **YEAR, **TIMES, **ROOM)


def change(me, series, **fields):
    given = YEAR | TIMES | ROOM | {"first_on": series.first_on, "turn": series.turn}
    return commands.change_series(me, series, **(given | fields))


def days(series) -> list[str]:
    rows = Meeting.objects.filter(committee=series.committee, status="planned").order_by("starts_at")
    return [one.starts_at.astimezone(clock.LONDON).strftime("%d %b %H:%M") for one in rows]


def at(series, slot: dt.date) -> Meeting:
    return series.meetings.get(slot_on=slot)


def move(me, meeting, to: dt.date) -> None:
    given = {name: getattr(meeting, name) for name in FIELDS}
    given |= {"starts_at": moment(to, dt.time(14)), "ends_at": moment(to, dt.time(16))}
    commands.change_meeting(me, meeting, **given)


def told(template: str, since: int = 0) -> int:
    return Message.objects.filter(template=f"committees/{template}", pk__gt=since).count()


def newest() -> int:
    return Message.objects.latest("pk").pk


def test_a_rule_makes_the_meetings_of_a_year(series):
    assert len(days(series)) == 12
    assert days(series)[:3] == ["04 Jan 10:00", "01 Feb 10:00", "01 Mar 10:00"]
    assert series.first_on == dt.date(2027, 1, 4)
    # Four by email for each meeting, one letter about all.
    assert (told("meeting_planned"), told("meetings")) == (48, 1)
    assert {one.invitees.count() for one in series.meetings.all()} == {5}


def test_bank_holidays_move_as_the_rule_says(committee, me):
    series = commands.plan_series(me, committee, **YEAR | {"on_holiday": "later"}, **TIMES)
    may = at(series, dt.date(2027, 5, 3))
    assert (may.day, may.is_moved) == (dt.date(2027, 5, 4), False)


def test_there_is_one_rule_at_a_time(series, committee, me):
    with pytest.raises(NotPossible):
        commands.plan_series(me, committee, **YEAR, **TIMES)


@pytest.mark.parametrize(
    "wrong",
    [
        {"last_on": dt.date(2026, 12, 31)},
        {"last_on": dt.date(2030, 1, 1)},
        {"last_on": dt.date(2027, 1, 2)},
        {"first_on": dt.date(2025, 1, 1), "last_on": dt.date(2026, 11, 1)},
    ],
)
def test_days_that_make_no_sense_are_refused(committee, me, wrong):
    with pytest.raises(NotPossible):
        commands.plan_series(me, committee, **YEAR | wrong, **TIMES)
    assert Meeting.objects.count() == Series.objects.count() == 0


def test_a_committee_that_has_ended_gets_no_rule(committee, me):
    Committee.objects.filter(pk=committee.pk).update(status="ended", ended_on=dt.date(2026, 1, 1))
    with pytest.raises(NotPossible):
        commands.plan_series(me, committee, **YEAR, **TIMES)


def test_only_who_runs_the_committee_sets_its_rule(committee, series, staff, partner):
    for person in (staff, partner.membership):
        with pytest.raises(Refused):
            commands.plan_series(viewer_of(person), committee, **YEAR, **TIMES)
        with pytest.raises(Refused):
            change(viewer_of(person), series)
        with pytest.raises(Refused):
            commands.stop_series(viewer_of(person), series, cancels=False)


def test_meetings_follow_another_day_in_their_order(series, me):
    codes = list(series.meetings.order_by("starts_at").values_list("code", flat=True))
    since = newest()
    change(me, series, rule=TUESDAY)
    assert days(series)[:3] == ["05 Jan 10:00", "02 Feb 10:00", "02 Mar 10:00"]
    assert list(series.meetings.order_by("starts_at").values_list("code", flat=True)) == codes
    assert set(series.meetings.values_list("sequence", flat=True)) == {1}
    assert (told("meeting_changed", since), told("meetings", since), told("meeting_planned", since)) == (48, 1, 0)


def test_a_meeting_moved_by_hand_stays_when_the_rule_changes(series, me):
    may = at(series, dt.date(2027, 5, 3))
    move(me, may, dt.date(2027, 5, 10))
    since = newest()
    change(me, series, rule=TUESDAY, starts_at_time=dt.time(9))
    may.refresh_from_db()
    assert (may.day, may.starts_at.astimezone(clock.LONDON).hour, may.sequence, may.slot_on) == (
        dt.date(2027, 5, 10),
        14,
        1,
        dt.date(2027, 5, 4),
    )
    assert len(days(series)) == 12
    assert not Message.objects.filter(about_code=may.code, pk__gt=since).exists()


def test_a_meeting_cancelled_by_hand_stays_cancelled(series, me):
    august = at(series, dt.date(2027, 8, 2))
    commands.cancel_meeting(me, august, why="Too many are away.", turn=august.turn)
    change(me, series, rule=TUESDAY)
    assert len(days(series)) == 11
    assert "03 Aug 10:00" not in days(series)


def test_meetings_without_a_day_are_cancelled_and_vanish(series, me):
    since = newest()
    change(me, series, rule=EVERY_SECOND)
    assert days(series) == ["04 Jan 10:00", "01 Mar 10:00", "03 May 10:00", "05 Jul 10:00", "06 Sep 10:00", "01 Nov 10:00"]
    # The papers of March are still those of March.
    assert set(series.meetings.values_list("sequence", flat=True)) == {0}
    assert Meeting.objects.filter(status="cancelled", series=None).count() == 6
    assert told("meeting_cancelled", since) == 24
    assert told("meeting_changed", since) == 0


def test_a_longer_rule_adds_meetings_and_tells_only_of_those(series, me):
    since = newest()
    change(me, series, last_on=dt.date(2028, 2, 29))
    assert days(series)[12:] == ["03 Jan 10:00", "07 Feb 10:00"]
    assert (told("meeting_planned", since), told("meeting_changed", since)) == (8, 0)


def test_another_room_reaches_the_meetings_that_had_the_old_one(series, me):
    own = at(series, dt.date(2027, 6, 7))
    commands.change_meeting(me, own, **{name: getattr(own, name) for name in FIELDS} | {"place": "The library"})
    change(me, series, place="Room 9", getting_there="Mind the step.")
    assert set(series.meetings.exclude(pk=own.pk).values_list("place", "getting_there", "sequence")) == {("Room 9", "Mind the step.", 1)}
    own.refresh_from_db()
    assert (own.place, own.getting_there, own.sequence) == ("The library", "Mind the step.", 1)


def test_what_has_gone_by_is_left_alone(series, me):
    with time_machine.travel("2027-06-20 09:00:00+00:00", tick=False):
        series.refresh_from_db()
        change(me, series, rule=TUESDAY, first_on=queries.next_place(series))
        assert days(series)[4:8] == ["03 May 10:00", "07 Jun 10:00", "06 Jul 10:00", "03 Aug 10:00"]
        assert len(days(series)) == 12


def test_a_change_from_a_later_day_leaves_what_comes_before(series, me):
    change(me, series, rule=TUESDAY, first_on=dt.date(2027, 7, 1))
    assert days(series)[5:7] == ["07 Jun 10:00", "06 Jul 10:00"]
    assert len(days(series)) == 12


def test_the_next_meeting_follows_also_to_an_earlier_day_of_its_month(series, me):
    """First Mondays become the first of the month: the next meeting is not lost on the way."""
    with time_machine.travel("2027-02-20 09:00:00+00:00", tick=False):
        assert queries.next_place(series) == dt.date(2027, 3, 1)
        first = Rule(Pattern.DAY, day=1).text
        change(me, series, rule=first, first_on=queries.next_place(series))
        assert days(series)[2:5] == ["01 Mar 10:00", "01 Apr 10:00", "01 May 10:00"]
        assert len(days(series)) == 12


def test_two_who_change_the_rule_at_once_lose_nothing(series, me):
    stale = series.turn
    change(me, series, rule=TUESDAY)
    with pytest.raises(Overtaken):
        change(me, series, rule=MONDAY, turn=stale)
    assert days(series)[0] == "05 Jan 10:00"


@pytest.mark.parametrize(("cancels", "left"), [(False, 12), (True, 0)])
def test_a_rule_ends_with_its_meetings_or_without(series, me, cancels, left):
    commands.stop_series(me, series, cancels=cancels, why="We meet when there is need.")
    assert (series.status, len(days(series))) == ("stopped", left)
    assert queries.series_of(me, series.committee) is None


def test_whoever_cancels_them_says_why(series, me):
    with pytest.raises(NotPossible):
        commands.stop_series(me, series, cancels=True, why=" ")


def test_a_committee_that_ends_takes_its_meetings_with_it(series, committee):
    stop_meeting(committee, "The committee has ended.")
    assert days(series) == []
    assert not Series.objects.filter(status="runs").exists()


def test_the_preview_says_what_becomes_of_each_meeting(series, me):
    move(me, at(series, dt.date(2027, 5, 3)), dt.date(2027, 5, 10))
    lines = queries.plan(series, **YEAR | {"rule": Rule.read(EVERY_SECOND), "first_on": series.first_on}, **TIMES)
    fates = [line.fate for line in lines]
    assert [fates.count(fate) for fate in (Fate.SAME, Fate.BY_HAND, Fate.GOES, Fate.NEW)] == [5, 1, 6, 0]
    names = [one.name for one in queries.people_told(series.committee, lines, everywhere=False)]
    assert names == ["Char Chair", "Mem Member", "Pat Partner", "Sam Second", "Sec Secretary"]


patterns = st.one_of(
    st.builds(Rule, st.just(Pattern.WEEKDAY), st.sampled_from([1, 2, 3]), st.sampled_from([1, 2, 4, LAST]), st.integers(0, 6)),
    st.builds(lambda every, weekday: Rule(Pattern.WEEKS, every, weekday=weekday), st.integers(3, 8), st.integers(0, 6)),
    st.builds(lambda day: Rule(Pattern.DAY, day=day), st.integers(1, 31)),
)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(patterns, st.sampled_from(["stay", "earlier", "later"]), st.integers(0, 40)), min_size=1, max_size=3))
def test_whatever_is_changed_the_meetings_are_those_of_the_rule(committee, secretary, changes):
    """Also after several changes, with one meeting moved and one cancelled by hand: no place is taken twice, nothing is left over."""
    from django.db import transaction

    me = viewer_of(secretary)
    with transaction.atomic():
        bare = Committee.objects.create(
            organisation=committee.organisation, name="Bare", chair=committee.secretary, secretary=committee.secretary
        )
        series = commands.plan_series(me, bare, **YEAR, **TIMES)
        move(me, at(series, dt.date(2027, 5, 3)), dt.date(2027, 5, 11))
        off = at(series, dt.date(2027, 8, 2))
        commands.cancel_meeting(me, off, why="Too many are away.", turn=off.turn)
        for rule, on_holiday, later in changes:
            asked = {"rule": rule, "on_holiday": on_holiday, "first_on": dt.date(2027, 1, 1) + dt.timedelta(days=later)}
            preview = queries.plan(series, **YEAR | asked, **TIMES)
            change(me, series, **{**asked, "rule": rule.text})
            after = queries.plan(series, **YEAR | asked, **TIMES)
            # What the page showed is what was done: nothing more would happen the second time.
            assert {line.fate for line in after} <= {Fate.SAME, Fate.BY_HAND, Fate.CANCELLED}
            assert len(after) == sum(line.slot is not None for line in preview)
        assert Meeting.objects.filter(committee=bare, is_moved=True, status="planned").count() == 1
        transaction.set_rollback(True)
