"""Queries of many parts whose SQL is made once: for some pages Django's making of it costs more than all the rest.

A query is built for a stand-in of the viewer, with the same roles, for stand-ins of numbers and of the moment; each time it is
asked, the real ones take their places. It is built anew each day. Whatever else it depended on would be frozen, so a builder
gets nothing else: no name, no words, no language.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from safety_partners.core import clock
from safety_partners.core.viewer import Viewer

# Numbers that no row has; the first two stand for the organisation and the membership.
_STAND_INS = tuple(range(7_770_000_000_000_000_001, 7_770_000_000_000_000_009))
# The microsecond by which the moment is known again, and every moment reckoned from it.
_MICROSECOND = 777_001


def joined(arms: Sequence[QuerySet[Any, Any]]) -> QuerySet[Any, Any] | None:
    """The rows of all arms, one after the other, in one query; None where there is no arm."""
    if len(arms) > 1:
        return arms[0].union(*arms[1:], all=True)
    return arms[0] if arms else None


@dataclass(frozen=True, slots=True)
class _Made:
    on: dt.date
    sql: str
    values: tuple[Any, ...]
    places: tuple[tuple[int, int], ...]
    # Where a moment stands, and how far it is from now.
    moments: tuple[tuple[int, dt.timedelta], ...]
    converters: dict[int, Any]


class Prepared:
    """A query by a viewer and some numbers, as rows of plain values.

    ``build`` returns a ``values_list``, or None where people with these roles never see any.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any] | None]) -> None:
        self.build = build
        self._made: dict[tuple[str, frozenset[str], int], _Made] = {}

    def __call__(self, viewer: Viewer, *numbers: int) -> list[tuple[Any, ...]]:
        """The rows, in one query. A visitor sees none: nothing equals their missing numbers."""
        key, now = (connection.vendor, viewer.roles, len(numbers)), clock.now()
        made = self._made.get(key)
        if made is None or made.on != clock.day_of(now):
            made = self._made[key] = self._make(viewer.roles, len(numbers), now)
        if not made.sql:
            return []
        real = (viewer.organisation_id, viewer.membership_id, *numbers)
        values = list(made.values)
        for place, which in made.places:
            values[place] = real[which]
        for place, distance in made.moments:
            values[place] = connection.ops.adapt_datetimefield_value(now + distance)
        with connection.cursor() as cursor:
            cursor.execute(made.sql, values)
            rows = cursor.fetchall()
        return [self._converted(row, made.converters) for row in rows] if made.converters else rows

    def _make(self, roles: frozenset[str], count: int, now: dt.datetime) -> _Made:
        moment, today = now.replace(microsecond=_MICROSECOND), clock.day_of(now)
        organisation, membership, *others = _STAND_INS
        stand_in = Viewer(membership_id=membership, organisation_id=organisation, roles=roles)
        with clock.standing_still(moment):
            built = self.build(stand_in, *others[:count])
            if built is None:
                return _Made(today, "", (), (), (), {})
            compiler = built.query.get_compiler(connection=connection)
            try:
                sql, values = compiler.as_sql()
            except EmptyResultSet:
                return _Made(today, "", (), (), (), {})
        converters = compiler.get_converters([column[0] for column in compiler.select[: compiler.col_count]])
        places = tuple((place, _STAND_INS.index(value)) for place, value in enumerate(values) if value in _STAND_INS)
        found = ((place, _moment_in(value)) for place, value in enumerate(values))
        moments = tuple((place, one - moment) for place, one in found if one is not None)
        return _Made(today, sql, tuple(values), places, moments, converters)

    @staticmethod
    def _converted(row: tuple[Any, ...], converters: dict[int, Any]) -> tuple[Any, ...]:
        values = list(row)
        for place, (convert, expression) in converters.items():
            for one in convert:
                values[place] = one(values[place], expression, connection)
        return tuple(values)


def _moment_in(value: Any) -> dt.datetime | None:
    """The moment that a value of a query is, if it is reckoned from the stand-in; SQLite is given moments as text, in UTC."""
    if isinstance(value, str) and value.endswith(f".{_MICROSECOND}"):
        value = dt.datetime.fromisoformat(value).replace(tzinfo=dt.UTC)
    return value if isinstance(value, dt.datetime) and value.microsecond == _MICROSECOND else None
