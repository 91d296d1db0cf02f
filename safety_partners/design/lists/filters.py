"""What narrows a list. Each filter reads its own part of the address and never raises for what it finds there."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from safety_partners.design import dates
from safety_partners.design.fields.moments import DateField
from safety_partners.design.lists.columns import Text

Rows = QuerySet[Any, Any]
Apply = Callable[[Rows, Any], Rows]


class Filter:
    """A named part of the address that narrows the rows: by a field, or by a function of the rows and the value."""

    component = ""

    def __init__(self, name: str, label: Text, *, field: str = "", apply: Apply | None = None) -> None:
        self.name = name
        self.label = label
        self.field = field or name
        self._apply = apply

    @property
    def names(self) -> tuple[str, ...]:
        """The parts of the address it reads."""
        return (self.name,)

    def read(self, given: Mapping[str, str]) -> tuple[Any, str | None]:
        """The value (None for no filter) and a sentence about what could not be understood, if anything."""
        raise NotImplementedError

    def apply(self, rows: Rows, value: Any) -> Rows:
        """The rows that fit the value."""
        return self._apply(rows, value) if self._apply else rows.filter(self.where(value))

    def where(self, value: Any) -> Q:
        """The condition on the field."""
        return Q(**{self.field: value})


class ChoiceFilter(Filter):
    """One of several choices, as a select. ``choices`` may be a function, called once for each page."""

    component = "select"

    def __init__(
        self,
        name: str,
        label: Text,
        *,
        choices: Iterable[tuple[Any, Text]] | Callable[[], Iterable[tuple[Any, Text]]],
        all_text: Text = "",
        **more: Any,
    ) -> None:
        super().__init__(name, label, **more)
        self.choices = choices
        self.all_text = all_text

    def pairs(self) -> list[tuple[Any, Text]]:
        """The choices, without an empty one."""
        given = self.choices() if callable(self.choices) else self.choices
        return [(value, words) for value, words in given if value not in (None, "")]

    def read(self, given: Mapping[str, str]) -> tuple[Any, str | None]:
        typed = given.get(self.name, "")
        if not typed:
            return None, None
        for value, _words in self.pairs():
            if str(value) == typed:
                return value, None
        return None, gettext("“%(label)s” has no such choice, so we left it out") % {"label": self.label}


class BooleanFilter(Filter):
    """A box to tick: only the rows for which the field is true, or what ``apply`` makes of it."""

    component = "checkbox"

    def read(self, given: Mapping[str, str]) -> tuple[Any, str | None]:
        return (True if given.get(self.name) else None), None


class DateRangeFilter(Filter):
    """From a day to a day, both included. ``is_moment`` for a field with a time: the days are London's."""

    component = "dates"

    def __init__(self, name: str, label: Text, *, is_moment: bool = False, **more: Any) -> None:
        super().__init__(name, label, **more)
        self.is_moment = is_moment

    @property
    def names(self) -> tuple[str, ...]:
        return (f"{self.name}_from", f"{self.name}_to")

    def read(self, given: Mapping[str, str]) -> tuple[Any, str | None]:
        found: list[dt.date | None] = []
        problem = None
        for name in self.names:
            try:
                found.append(read_day(given.get(name, "")))
            except ValueError:
                found.append(None)
                problem = gettext("“%(label)s” needs a real date, like 27 3 2026, so we left it out") % {"label": self.label}
        first, last = found
        if first and last and first > last:
            message = gettext("“%(label)s” ends before it begins, so we left it out") % {"label": self.label}
            return None, message
        return (None if first is None and last is None else (first, last)), problem

    def where(self, value: tuple[dt.date | None, dt.date | None]) -> Q:
        first, last = value
        where = Q()
        if first is not None:
            where &= Q(**{f"{self.field}__gte": _start(first) if self.is_moment else first})
        if last is not None and not self.is_moment:
            where &= Q(**{f"{self.field}__lte": last})
        elif last is not None and last < dt.date.max:
            where &= Q(**{f"{self.field}__lt": _start(last + dt.timedelta(days=1))})
        return where


def _start(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(0), tzinfo=dates.LONDON)


def read_day(typed: str) -> dt.date | None:
    """``27 3 2026``, ``27/3/2026``, ``27 March 2026`` or ``2026-03-27``; None for nothing. Raises ValueError."""
    parts = re.split(r"[\s/.\-]+", typed.strip())
    if parts == [""]:
        return None
    if len(parts) != 3:
        raise ValueError(typed)
    if len(parts[0]) == 4:
        parts.reverse()
    try:
        return DateField("").to_python(tuple(parts))
    except ValidationError as wrong:
        raise ValueError(typed) from wrong
