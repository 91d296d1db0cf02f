"""Questions about a date or a time."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext

from safety_partners.design import dates
from safety_partners.design.fields.base import Question, Text

PARTS = ("day", "month", "year")
Limit = dt.date | Callable[[], dt.date]
_ABBREVIATIONS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTHS = {name: number for number, name in enumerate(_ABBREVIATIONS, 1)}


def today() -> dt.date:
    """The date in London now; give it as a limit: ``latest=today``."""
    return dt.datetime.now(dates.LONDON).date()


class DateParts(forms.Widget):
    """Reads three inputs, ``name_day``, ``name_month`` and ``name_year``, as a tuple of what was typed."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> tuple[str, str, str]:
        return tuple(str(data.get(f"{name}_{part}") or "").strip() for part in PARTS)  # type: ignore[return-value]

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return not any(f"{name}_{part}" in data for part in PARTS)


class DateField(Question):
    """A date typed as day, month and year; a month may be written as a word.

    ``earliest`` and ``latest`` are dates or functions that give one (``latest=today``). ``birthday`` lets a browser fill it in.
    """

    component = "date"
    widget = DateParts

    def __init__(
        self,
        label: Text,
        *,
        earliest: Limit | None = None,
        latest: Limit | None = None,
        birthday: bool = False,
        **more: Any,
    ) -> None:
        super().__init__(label, **more)
        self.earliest = earliest
        self.latest = latest
        self.birthday = birthday

    def to_python(self, value: Any) -> dt.date | None:
        """Raises, naming the wrong parts in ``params["wrong"]``, when the parts make no date."""
        if isinstance(value, dt.date) or value is None:
            return value
        typed = dict(zip(PARTS, value, strict=True))
        missing = [part for part in PARTS if not typed[part]]
        if len(missing) == 3:
            return None
        said = {"noun": self.noun_first, "parts": dates_parts(missing)}
        if missing:
            message = gettext("%(noun)s must include %(parts)s") % said
            raise ValidationError(message, code="incomplete", params={"wrong": missing})
        numbers = {part: self._number(part, typed[part]) for part in PARTS}
        year = numbers["year"]
        if year is not None and year < 1000:
            message = gettext("Year must include 4 numbers")
            raise ValidationError(message, code="year", params={"wrong": ["year"]})
        wrong = [part for part in PARTS if numbers[part] is None or not self._possible(part, numbers[part])]
        real = gettext("%(noun)s must be a real date, like 27 3 2026") % said
        if wrong:
            raise ValidationError(real, code="unreal", params={"wrong": wrong})
        try:
            return dt.date(year or 0, numbers["month"] or 0, numbers["day"] or 0)
        except ValueError:
            raise ValidationError(real, code="unreal", params={"wrong": ["day"]}) from None

    def validate(self, value: dt.date | None) -> None:
        super().validate(value)
        if value is None:
            return
        earliest, latest = _limit(self.earliest), _limit(self.latest)
        said = {"noun": self.noun_first}
        if earliest is not None and value < earliest:
            if self.earliest is today:
                raise ValidationError(gettext("%(noun)s must be today or in the future") % said, code="earliest")
            said["day"] = dates.day(earliest)
            raise ValidationError(gettext("%(noun)s must be on or after %(day)s") % said, code="earliest")
        if latest is not None and value > latest:
            if self.latest is today:
                raise ValidationError(gettext("%(noun)s must be today or in the past") % said, code="latest")
            said["day"] = dates.day(latest)
            raise ValidationError(gettext("%(noun)s must be on or before %(day)s") % said, code="latest")

    def show(self, value: Any) -> tuple[Any, Any, Any]:
        if isinstance(value, dt.date):
            return value.day, value.month, value.year
        return value if isinstance(value, tuple) else (None, None, None)

    def revive(self, value: Any) -> dt.date | None:
        return dt.date.fromisoformat(value) if isinstance(value, str) else value

    def submitted(self, name: str, value: Any) -> dict[str, Any]:
        return {f"{name}_{part}": str(typed) for part, typed in zip(PARTS, self.show(value), strict=True) if typed is not None}

    def say(self, value: Any) -> list[str]:
        return [dates.day(value)] if value else []

    def input_id(self, element_id: str, wrong_parts: Sequence[str]) -> str:
        return f"{element_id}-{wrong_parts[0] if wrong_parts else 'day'}"

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(initial != self.to_python(data))
        except ValidationError:
            return True

    @staticmethod
    def _number(part: str, typed: str) -> int | None:
        if part == "month" and typed[:3].lower() in _MONTHS and typed.isalpha():
            return _MONTHS[typed[:3].lower()]
        return int(typed) if re.fullmatch(r"[0-9]{1,4}", typed) else None

    @staticmethod
    def _possible(part: str, number: int | None) -> bool:
        least, most = {"day": (1, 31), "month": (1, 12), "year": (1000, 9999)}[part]
        return number is not None and least <= number <= most


def dates_parts(missing: Sequence[str]) -> str:
    """``a day``, ``a month and year``: the parts that are missing, in words."""
    words = {"day": gettext("day"), "month": gettext("month"), "year": gettext("year")}
    return gettext("a %(parts)s") % {"parts": gettext(" and ").join(words[part] for part in missing)}


def _limit(limit: Limit | None) -> dt.date | None:
    return limit() if callable(limit) else limit


class TimeField(Question):
    """A time of day as people write it: 2pm, 2:30pm, 14:30, midday."""

    def __init__(self, label: Text, **more: Any) -> None:
        super().__init__(label, **{"width": 5, **more})

    def to_python(self, value: Any) -> dt.time | None:
        if isinstance(value, dt.time) or value is None:
            return value
        typed = re.sub(r"\s+", "", str(value)).lower()
        if not typed:
            return None
        if typed in ("midday", "noon"):
            return dt.time(12)
        if typed == "midnight":
            return dt.time(0)
        found = self._pattern.fullmatch(typed)
        if found:
            hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
            if half and 1 <= hour <= 12:
                hour = hour % 12 + (12 if half.startswith("p") else 0)
                half = ""
            if not half and hour < 24 and minute < 60 and (found[2] or found[3]):
                return dt.time(hour, minute)
        message = gettext("%(noun)s must be a time, like 2:30pm or 14:30") % {"noun": self.noun_first}
        raise ValidationError(message, code="invalid")

    def show(self, value: Any) -> str | None:
        return dates.clock(value) if isinstance(value, dt.time) else super().show(value)

    def revive(self, value: Any) -> dt.time | None:
        return dt.time.fromisoformat(value) if isinstance(value, str) else value

    def say(self, value: Any) -> list[str]:
        return [dates.clock(value)] if value is not None else []

    def submitted(self, name: str, value: Any) -> dict[str, Any]:
        return {} if value is None else {name: value.strftime("%H:%M")}

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(r"([0-9]{1,2})(?:[:.]?([0-9]{2}))?(am|pm|a\.m\.|p\.m\.)?")
