"""The rules by which committees meet: said, kept and worked out, also across changes of the clocks and bank holidays."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from safety_partners.committees import recurrence
from safety_partners.committees.recurrence import DAY, LAST, Pattern, Rule, matched, moment, slots
from safety_partners.core.working_days import bank_holidays, is_working_day

MONDAY = Rule(Pattern.WEEKDAY, which=1, weekday=0)
rules = st.one_of(
    st.builds(Rule, st.just(Pattern.WEEKDAY), st.sampled_from([1, 2, 3, 4, 6, 12]), st.sampled_from([1, 2, 3, 4, LAST]), st.integers(0, 6)),
    st.builds(lambda every, weekday: Rule(Pattern.WEEKS, every, weekday=weekday), st.integers(1, 12), st.integers(0, 6)),
    st.builds(lambda every, day: Rule(Pattern.DAY, every, day=day), st.sampled_from([1, 2, 3, 4, 6, 12]), st.integers(1, 31)),
    st.builds(
        lambda every, which: Rule(Pattern.WORKING_DAY, every, which), st.sampled_from([1, 2, 3, 4, 6, 12]), st.sampled_from([1, LAST])
    ),
)
days = st.dates(dt.date(2025, 1, 1), dt.date(2030, 12, 31))


def year(rule: Rule, first_on: dt.date = dt.date(2027, 1, 1)) -> list[dt.date]:
    return rule.days(first_on, dt.date(first_on.year, 12, 31))


@pytest.mark.parametrize(
    ("rule", "text", "words"),
    [
        (MONDAY, "FREQ=MONTHLY;BYDAY=+1MO", "The first Monday of the month, every month"),
        (Rule(Pattern.WEEKDAY, 6, LAST, 4), "FREQ=MONTHLY;INTERVAL=6;BYDAY=-1FR", "The last Friday of the month, twice a year"),
        (Rule(Pattern.WEEKS, weekday=1), "FREQ=WEEKLY;BYDAY=TU", "Every week on Tuesday"),
        (Rule(Pattern.WEEKS, 2, weekday=2), "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE", "Every 2 weeks on Wednesday"),
        (Rule(Pattern.DAY, day=15), "FREQ=MONTHLY;BYMONTHDAY=15", "On day 15 of the month, every month"),
        (
            Rule(Pattern.DAY, 3, day=30),
            "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=28,29,30;BYSETPOS=-1",
            "On day 30 of the month, or its last day where it is shorter, every third month",
        ),
        (
            Rule(Pattern.WORKING_DAY, which=LAST),
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
            "The last working day of the month, every month",
        ),
    ],
)
def test_a_rule_is_kept_in_the_words_of_the_standard_and_said_in_ours(rule, text, words):
    assert (rule.text, str(rule)) == (text, words)
    assert Rule.read(text) == rule


@pytest.mark.parametrize("text", ["FREQ=DAILY", "FREQ=MONTHLY;BYDAY=+1MO;COUNT=3", "FREQ=WEEKLY;BYDAY=XX", "FREQ", ""])
def test_words_that_no_rule_of_ours_has_are_refused(text):
    with pytest.raises(ValueError):
        Rule.read(text)


@given(rules)
def test_every_rule_can_be_read_again(rule):
    assert Rule.read(rule.text) == rule
    assert str(rule)


@given(rules, days, st.integers(0, 700))
def test_days_are_in_order_within_their_bounds_and_those_of_the_standard(rule, first_on, length):
    last_on = first_on + length * DAY
    found = rule.days(first_on, last_on)
    assert found == sorted(set(found))
    assert all(first_on <= day <= last_on for day in found)
    # The same, worked out from the text alone, as any other program would from the day the rule begins.
    begins = rule.begins(first_on)
    start = dt.datetime.combine(begins, dt.time())
    theirs = rrulestr(rule.text, dtstart=start).between(start, dt.datetime.combine(last_on, dt.time()), inc=True)
    assert found == [moment.date() for moment in theirs]


@given(rules, days)
def test_a_rule_begins_at_once_and_begins_there_again(rule, first_on):
    """Its first day is the first that fits, also where it then leaves months or weeks out."""
    begins = rule.begins(first_on)
    assert first_on <= begins < first_on + 62 * DAY
    assert rule.begins(begins) == begins
    assert rule.days(first_on, first_on + 400 * DAY) == rule.days(begins, first_on + 400 * DAY)


@given(st.integers(1, 31), st.sampled_from([1, 2, 3]), days)
def test_no_month_is_left_out_because_it_is_short(day, every, first_on):
    found = Rule(Pattern.DAY, every, day=day).days(first_on, first_on + 700 * DAY)
    months = [one.year * 12 + one.month for one in found]
    assert all(later - earlier == every for earlier, later in itertools.pairwise(months))
    assert all(one.day == min(day, ((one.replace(day=28) + 4 * DAY).replace(day=1) - DAY).day) for one in found)


def test_twelve_first_mondays():
    found = year(MONDAY)
    assert len(found) == 12
    assert all(day.weekday() == 0 and day.day <= 7 for day in found)


@pytest.mark.parametrize("first_on", [dt.date(2026, 11, 1), dt.date(2027, 1, 1)])
def test_ten_in_the_morning_stays_ten_across_both_changes_of_the_clocks(first_on):
    """In 2027 the clocks change on 28 March and on 31 October."""
    moments = [moment(day, dt.time(10)) for day in MONDAY.days(first_on, dt.date(2027, 12, 31))]
    assert {one.time() for one in moments} == {dt.time(10)}
    by_month = {(one.year, one.month): one.astimezone(dt.UTC).hour for one in moments}
    assert (by_month[2027, 3], by_month[2027, 4]) == (10, 9)
    assert (by_month[2027, 10], by_month[2027, 11]) == (9, 10)


def test_the_last_working_day_is_never_a_bank_holiday():
    """On the last weekday of August 2026 there is one: 31 August."""
    found = slots(Rule(Pattern.WORKING_DAY, which=LAST), "stay", dt.date(2026, 1, 1), dt.date(2026, 12, 31))
    august = found[7]
    assert (august.slot_on, august.on) == (dt.date(2026, 8, 31), dt.date(2026, 8, 28))
    assert august.holiday_moved
    assert all(is_working_day(slot.on) and not is_working_day_before_month_ends(slot.on) for slot in found)


def is_working_day_before_month_ends(day: dt.date) -> bool:
    """Whether the month has a working day after this one."""
    later = (day + count * DAY for count in range(1, 32))
    return any(is_working_day(one) for one in later if one.month == day.month)


@pytest.mark.parametrize(
    ("on_holiday", "on"), [("stay", dt.date(2027, 5, 3)), ("earlier", dt.date(2027, 4, 30)), ("later", dt.date(2027, 5, 4))]
)
def test_a_bank_holiday_is_handled_as_the_series_says(on_holiday, on):
    may = slots(MONDAY, on_holiday, dt.date(2027, 5, 1), dt.date(2027, 5, 31))[0]
    assert (may.slot_on, may.on, may.is_bank_holiday) == (dt.date(2027, 5, 3), on, on_holiday == "stay")


def test_easter_is_passed_over_whole():
    """Good Friday and Easter Monday 2027 stand around a weekend."""
    found = slots(Rule(Pattern.WEEKS, weekday=0), "earlier", dt.date(2027, 3, 29), dt.date(2027, 3, 29))[0]
    assert found.on == dt.date(2027, 3, 25)


def test_who_chose_saturdays_meets_on_saturdays_but_a_date_on_a_saturday_moves():
    saturdays = slots(Rule(Pattern.WEEKDAY, which=1, weekday=5), "later", dt.date(2027, 2, 1), dt.date(2027, 2, 28))
    assert saturdays[0].on == dt.date(2027, 2, 6)
    assert saturdays[0].is_weekend
    dates = slots(Rule(Pattern.DAY, day=6), "later", dt.date(2027, 2, 1), dt.date(2027, 2, 28))
    assert dates[0].on == dt.date(2027, 2, 8)


@given(rules, days, st.sampled_from(["earlier", "later"]))
def test_moved_days_are_working_days_near_by(rule, first_on, on_holiday):
    for slot in slots(rule, on_holiday, first_on, first_on + 400 * DAY):
        assert slot.on not in bank_holidays()
        assert abs((slot.on - slot.slot_on).days) <= 6


def test_it_says_until_when_bank_holidays_are_known():
    assert recurrence.last_known_holiday() in bank_holidays()


# Which old day becomes which new one


def on(*numbers: int) -> list[dt.date]:
    return [dt.date(2027, 1, 1) + number * DAY for number in numbers]


@pytest.mark.parametrize(
    ("old", "new", "pairs"),
    [
        ((), (), []),
        ((), (1,), [(None, 0)]),
        ((1,), (), [(0, None)]),
        ((1, 8, 15), (2, 9, 16), [(0, 0), (1, 1), (2, 2)]),
        # Every second one goes, and each that stays takes the nearest day.
        ((0, 30, 60, 90), (32, 92), [(0, None), (1, 0), (2, None), (3, 1)]),
        ((30, 90), (0, 30, 60, 90), [(None, 0), (0, 1), (None, 2), (1, 3)]),
    ],
)
def test_days_are_matched_in_order_and_near(old, new, pairs):
    assert matched(on(*old), on(*new)) == pairs


@given(st.sets(st.integers(0, 200), max_size=12), st.sets(st.integers(0, 200), max_size=12))
def test_each_day_is_matched_once_in_order_as_many_as_can_be(old, new):
    old_days, new_days = on(*sorted(old)), on(*sorted(new))
    pairs = matched(old_days, new_days)
    assert [r for r, _c in pairs if r is not None] == list(range(len(old)))
    assert [c for _r, c in pairs if c is not None] == list(range(len(new)))
    both = [(r, c) for r, c in pairs if r is not None and c is not None]
    assert len(both) == min(len(old), len(new))
    # Nothing shorter: compared with every way to leave some of the longer side out.
    few, many = sorted((old_days, new_days), key=len)
    if len(many) <= 8:
        best = min(sum(abs((a - b).days) for a, b in zip(few, chosen, strict=True)) for chosen in itertools.combinations(many, len(few)))
        assert sum(abs((old_days[r] - new_days[c]).days) for r, c in both) == best
