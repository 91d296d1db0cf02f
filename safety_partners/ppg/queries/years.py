"""Financial years, by the year in which they begin: 2026 is April 2026 to March 2027."""

from __future__ import annotations

import datetime as dt

APRIL = 4
# So long before the year ends, the review of it waits for somebody.
REVIEW_AHEAD = dt.timedelta(days=90)


def year_of(day: dt.date) -> int:
    """The financial year of a day."""
    return day.year if day.month >= APRIL else day.year - 1


def last_day(year: int) -> dt.date:
    """The 31 March with which it ends."""
    return dt.date(year + 1, 3, 31)


def words_of(year: int) -> str:
    """As people write it: 2026/27."""
    return f"{year}/{(year + 1) % 100:02}"


def is_near_its_end(day: dt.date) -> bool:
    """Say whether the review of the year is due soon."""
    return day > last_day(year_of(day)) - REVIEW_AHEAD
