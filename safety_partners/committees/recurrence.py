"""The rules by which committees meet: said in plain words, kept as a rule of RFC 5545, worked out in days of London.

Only the rules that a committee's form can ask for. Days are worked out as days, and the time of the clock on the wall is
put to them afterwards, so that a change of the clocks moves nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product, takewhile
from math import inf

from dateutil import rrule
from django.db.models import TextChoices
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from safety_partners.core.clock import LONDON
from safety_partners.core.working_days import bank_holidays, is_working_day

CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WORKING = ",".join(CODES[:5])
LAST = -1
DAY = dt.timedelta(days=1)


class Pattern(TextChoices):
    """The ways in which a committee may meet again and again."""

    WEEKDAY = "weekday", gettext_lazy("A day of the week in the month, such as the first Monday")
    WEEKS = "weeks", gettext_lazy("Every week, or every so many weeks")
    DAY = "day", gettext_lazy("The same date, such as the 15th")
    WORKING_DAY = "working day", gettext_lazy("The first or the last working day of the month")


WHICH = [
    (1, gettext_lazy("first")),
    (2, gettext_lazy("second")),
    (3, gettext_lazy("third")),
    (4, gettext_lazy("fourth")),
    (LAST, gettext_lazy("last")),
]
MONTHS = [
    (1, gettext_lazy("every month")),
    (2, gettext_lazy("every second month")),
    (3, gettext_lazy("every third month")),
    (4, gettext_lazy("every fourth month")),
    (6, gettext_lazy("twice a year")),
    (12, gettext_lazy("once a year")),
]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: ``every`` counts weeks or months, ``which`` is 1 to 4 or the last, ``weekday`` begins with Monday as 0."""

    pattern: Pattern
    every: int = 1
    which: int = 1
    weekday: int = 0
    day: int = 1

    @property
    def text(self) -> str:
        """The rule in the words of RFC 5545."""
        parts = [f"FREQ={'WEEKLY' if self.pattern is Pattern.WEEKS else 'MONTHLY'}"]
        if self.every > 1:
            parts.append(f"INTERVAL={self.every}")
        match self.pattern:
            case Pattern.WEEKDAY:
                parts.append(f"BYDAY={self.which:+d}{CODES[self.weekday]}")
            case Pattern.WEEKS:
                parts.append(f"BYDAY={CODES[self.weekday]}")
            case Pattern.WORKING_DAY:
                parts += [f"BYDAY={WORKING}", f"BYSETPOS={self.which}"]
            case Pattern.DAY if self.day > 28:
                # In a month that is too short, its last day: the standard alone would leave the month out.
                parts += [f"BYMONTHDAY={','.join(map(str, range(28, self.day + 1)))}", "BYSETPOS=-1"]
            case Pattern.DAY:
                parts.append(f"BYMONTHDAY={self.day}")
        return ";".join(parts)

    @classmethod
    def read(cls, text: str) -> Rule:
        """The rule that was kept as these words. Raises ValueError for words that no rule of ours has."""
        parts = dict(part.split("=", 1) for part in text.split(";"))
        every, days, position = int(parts.get("INTERVAL", 1)), parts.get("BYDAY", ""), int(parts.get("BYSETPOS", 1))
        if days == WORKING:
            rule = cls(Pattern.WORKING_DAY, every, which=position)
        elif "BYMONTHDAY" in parts:
            rule = cls(Pattern.DAY, every, day=int(parts["BYMONTHDAY"].split(",")[-1]))
        elif parts.get("FREQ") == "WEEKLY":
            rule = cls(Pattern.WEEKS, every, weekday=CODES.index(days))
        else:
            rule = cls(Pattern.WEEKDAY, every, which=int(days[:-2] or 0), weekday=CODES.index(days[-2:]))
        if rule.text != text:
            raise ValueError(f"{text!r} is none of our rules")
        return rule

    def __str__(self) -> str:
        """The rule in people's words."""
        day = str(WEEKDAYS[self.weekday])
        if self.pattern is Pattern.WEEKS:
            return ngettext("Every week on %(day)s", "Every %(n)s weeks on %(day)s", self.every) % {"day": day, "n": self.every}
        often = {"often": str(dict(MONTHS).get(self.every, self.every))}
        which = str(dict(WHICH).get(self.which, self.which))
        match self.pattern:
            case Pattern.WEEKDAY:
                return _("The %(which)s %(day)s of the month, %(often)s") % {"which": which, "day": day, **often}
            case Pattern.WORKING_DAY:
                return _("The %(which)s working day of the month, %(often)s") % {"which": which, **often}
            case _ if self.day > 28:
                said = {"day": self.day, **often}
                return _("On day %(day)s of the month, or its last day where it is shorter, %(often)s") % said
        return _("On day %(day)s of the month, %(often)s") % {"day": self.day, **often}

    def begins(self, first_on: dt.date) -> dt.date:
        """The first day of the rule on or after a day: from there it counts its weeks or months."""
        return next(replace(self, every=1)._from(first_on))

    def days(self, first_on: dt.date, last_on: dt.date) -> list[dt.date]:
        """Every day of the rule from one day to another, both included."""
        return list(takewhile(lambda day: day <= last_on, self._from(self.begins(first_on))))

    def _from(self, day: dt.date) -> Iterator[dt.date]:
        """The rule's days, counted from this one."""
        start = dt.datetime.combine(day, dt.time())
        found = rrule.rrulestr(self.text, dtstart=start, cache=False)
        return (moment.date() for moment in found.xafter(start, inc=True))


@dataclass(frozen=True, slots=True)
class Slot:
    """One place in a series: the day that the rule gave it, and the day on which the meeting is."""

    slot_on: dt.date
    on: dt.date

    @property
    def holiday_moved(self) -> bool:
        return self.slot_on != self.on

    @property
    def is_bank_holiday(self) -> bool:
        return self.on in bank_holidays()

    @property
    def is_weekend(self) -> bool:
        return self.on.weekday() > 4


def slots(rule: Rule, on_holiday: str, first_on: dt.date, last_on: dt.date) -> list[Slot]:
    """Every place of a series, with days that are no working days moved as the series says (``stay``, ``earlier``, ``later``)."""
    return [Slot(day, _settled(rule, day, on_holiday)) for day in rule.days(first_on, last_on)]


def _settled(rule: Rule, day: dt.date, on_holiday: str) -> dt.date:
    if rule.pattern is Pattern.WORKING_DAY:
        # The last working day is never after the month's end, nor the first one before its beginning.
        on_holiday = "earlier" if rule.which == LAST else "later"
    # Who chose Saturdays meets on Saturdays; a date or a bank holiday falls on a weekend by itself.
    is_free = day in bank_holidays() or (rule.pattern is Pattern.DAY and day.weekday() > 4)
    if on_holiday == "stay" or not is_free:
        return day
    step = -DAY if on_holiday == "earlier" else DAY
    while not is_working_day(day):
        day += step
    return day


def moment(day: dt.date, time: dt.time) -> dt.datetime:
    """What the clock on the wall in London says on a day, in summer and in winter."""
    return dt.datetime.combine(day, time, tzinfo=LONDON)


def last_known_holiday() -> dt.date:
    """Until when bank holidays are known: later ones are not announced yet."""
    return max(bank_holidays())


def matched(old: Sequence[dt.date], new: Sequence[dt.date]) -> list[tuple[int | None, int | None]]:
    """Which old day becomes which new one: in order, as many as can be, with the fewest days between them in all.

    Both are in order. Pairs of places; None stands for an old day that goes, or a new one that comes.
    """
    rows, columns = len(old), len(new)
    apart = [[abs((was - becomes).days) for becomes in new] for was in old]
    # least[r][c]: what it costs to match the first r old and the first c new days, where only the longer side leaves some out.
    least: dict[tuple[int, int], float] = {(0, 0): 0}
    for r, c in product(range(rows + 1), range(columns + 1)):
        if r or c:
            pair = least[r - 1, c - 1] + apart[r - 1][c - 1] if r and c else inf
            goes = least[r - 1, c] if r and rows > columns else inf
            comes = least[r, c - 1] if c and columns > rows else inf
            least[r, c] = min(pair, goes, comes)
    pairs: list[tuple[int | None, int | None]] = []
    r, c = rows, columns
    while r or c:
        if r and c and least[r, c] == least[r - 1, c - 1] + apart[r - 1][c - 1]:
            r, c = r - 1, c - 1
            pairs.append((r, c))
        elif rows > columns:
            r -= 1
            pairs.append((r, None))
        else:
            c -= 1
            pairs.append((None, c))
    return pairs[::-1]
