"""Calendar months: the same day later, or the last one there is."""

import datetime as dt

import pytest

from safety_partners.core.months import add_months


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ((2026, 1, 31), 1, (2026, 2, 28)),
        ((2024, 1, 31), 1, (2024, 2, 29)),
        ((2026, 11, 30), 3, (2027, 2, 28)),
        ((2026, 12, 15), 24, (2028, 12, 15)),
        ((2026, 5, 5), 0, (2026, 5, 5)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last(day, months, later):
    assert add_months(dt.date(*day), months) == dt.date(*later)
