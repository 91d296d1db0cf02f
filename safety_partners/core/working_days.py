"""Working days in England: Monday to Friday without bank holidays. Clocks are counted in them."""

from __future__ import annotations

import datetime as dt
from functools import cache

from safety_partners.core import clock

today = clock.today


@cache
def bank_holidays() -> frozenset[dt.date]:
    """Bank holidays of England, from the copy inside the ``govuk-bank-holidays`` package (no network)."""
    from govuk_bank_holidays.bank_holidays import BankHolidays

    known = BankHolidays(use_cached_holidays=True)
    return frozenset(holiday["date"] for holiday in known.get_holidays(division=BankHolidays.ENGLAND_AND_WALES))


def is_working_day(day: dt.date) -> bool:
    return day.weekday() < 5 and day not in bank_holidays()


def add_working_days(day: dt.date, count: int) -> dt.date:
    """Return the date ``count`` working days after ``day``; the day itself is not counted.

    Raises ValueError for a negative count.
    """
    if count < 0:
        raise ValueError("count working days forwards")
    while count:
        day += dt.timedelta(days=1)
        count -= is_working_day(day)
    return day


def working_days_before(day: dt.date, count: int) -> dt.date:
    """Return the date ``count`` working days before ``day``; the day itself is not counted.

    Raises ValueError for a negative count.
    """
    if count < 0:
        raise ValueError("say how many days before as a number that is not negative")
    while count:
        day -= dt.timedelta(days=1)
        count -= is_working_day(day)
    return day


def working_days_between(start: dt.date, end: dt.date) -> int:
    """Return how many working days come after ``start`` up to and with ``end``; 0 if ``end`` is not later."""
    days = (end - start).days
    return sum(is_working_day(start + dt.timedelta(days=i)) for i in range(1, days + 1))
