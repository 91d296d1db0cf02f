"""Clocks are counted in working days of England."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from safety_partners.core import clock
from safety_partners.core.working_days import (
    add_working_days,
    bank_holidays,
    is_working_day,
    today,
    working_days_before,
    working_days_between,
)

DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2028, 6, 30))
COUNTS = st.integers(0, 60)


def day(text):
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        ("2026-03-02", 0, "2026-03-02"),  # a Monday
        ("2026-03-02", 1, "2026-03-03"),
        ("2026-03-06", 1, "2026-03-09"),  # over a weekend
        ("2026-03-07", 1, "2026-03-09"),  # from a Saturday
        ("2026-03-02", 20, "2026-03-30"),
        ("2026-04-02", 1, "2026-04-07"),  # Good Friday and Easter Monday
        ("2026-12-24", 1, "2026-12-29"),  # Boxing Day on a Saturday moves to Monday
        ("2026-12-24", 5, "2027-01-05"),  # and New Year's Day
        ("2026-05-22", 1, "2026-05-26"),  # the spring bank holiday
        ("2026-08-28", 1, "2026-09-01"),  # the summer bank holiday of England, not that of Scotland
    ],
)
def test_working_days_are_added(start, count, end):
    assert add_working_days(day(start), count) == day(end)


def test_bank_holidays_are_known_without_a_network_to_2027_at_least():
    assert max(bank_holidays()).year >= 2027
    assert day("2026-12-28") in bank_holidays()
    assert day("2026-11-30") not in bank_holidays()  # St Andrew's Day is Scotland's


def test_days_are_not_counted_backwards():
    with pytest.raises(ValueError, match="forwards"):
        add_working_days(day("2026-03-02"), -1)


@pytest.mark.parametrize(
    ("end", "count", "start"),
    [
        ("2026-03-02", 0, "2026-03-02"),
        ("2026-03-09", 1, "2026-03-06"),  # a Monday, over a weekend
        ("2026-03-09", 5, "2026-03-02"),
        ("2026-04-08", 2, "2026-04-02"),  # Good Friday and Easter Monday
        ("2026-03-08", 1, "2026-03-06"),  # from a Sunday
    ],
)
def test_working_days_are_taken_off(end, count, start):
    assert working_days_before(day(end), count) == day(start)


def test_no_fewer_than_no_days_are_taken_off():
    with pytest.raises(ValueError, match="not negative"):
        working_days_before(day("2026-03-02"), -1)


@given(DAYS, COUNTS)
def test_adding_days_and_counting_them_agree(start, count):
    assert working_days_between(start, add_working_days(start, count)) == count


@given(DAYS, st.integers(1, 60))
def test_the_end_is_a_working_day(start, count):
    assert is_working_day(add_working_days(start, count))


@given(DAYS, COUNTS)
def test_taking_off_leads_back_to_the_working_day_it_began_from(day_, count):
    start = add_working_days(day_, 1)
    assert working_days_before(add_working_days(start, count), count) == start


@given(DAYS, COUNTS, COUNTS)
def test_adding_in_two_steps_is_adding_at_once(start, one, other):
    assert add_working_days(add_working_days(start, one), other) == add_working_days(start, one + other)


@given(DAYS, DAYS)
def test_counting_never_goes_below_nothing_nor_above_the_calendar(start, end):
    count = working_days_between(start, end)
    assert 0 <= count <= max((end - start).days, 0)


@given(DAYS)
def test_weekends_and_bank_holidays_are_not_working_days(some_day):
    assert is_working_day(some_day) == (some_day.isoweekday() <= 5 and some_day not in bank_holidays())


@pytest.mark.parametrize(
    ("moment", "date"),
    [("2026-07-01T22:59:00Z", "2026-07-01"), ("2026-07-01T23:01:00Z", "2026-07-02"), ("2026-01-01T23:59:00Z", "2026-01-01")],
)
def test_today_is_the_date_in_london(moment, date):
    with time_machine.travel(moment, tick=False):
        assert today() == day(date)


def test_a_demonstration_lives_some_days_ahead(settings):
    before = clock.today()
    settings.DAYS_AHEAD = 40
    assert clock.today() - before >= dt.timedelta(days=40)
