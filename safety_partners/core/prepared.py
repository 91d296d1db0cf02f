"""Queries of many parts whose SQL is made once: for some pages Django's making of it costs more than all the rest.

A query is built for a stand-in of the viewer, with the same roles, and for stand-ins of numbers; each time it is asked, the
real numbers take their places. Whatever else it depended on would be frozen, so a builder gets nothing else: no name,
no day, no words.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from safety_partners.core.viewer import Viewer

# Numbers that no row has; the first two stand for the organisation and the membership.
_STAND_INS = tuple(range(7_770_000_000_000_000_001, 7_770_000_000_000_000_009))


@dataclass(frozen=True, slots=True)
class _Made:
    sql: str
    values: tuple[Any, ...]
    places: tuple[tuple[int, int], ...]
    converters: dict[int, Any]


class Prepared:
    """A query by a viewer and some numbers, as rows of plain values; ``build`` returns a ``values_list``."""

    def __init__(self, build: Callable[..., QuerySet[Any, Any]]) -> None:
        self.build = build
        self._made: dict[tuple[str, frozenset[str], int], _Made | None] = {}

    def __call__(self, viewer: Viewer, *numbers: int) -> list[tuple[Any, ...]]:
        """The rows, in one query. A visitor sees none: nothing equals their missing numbers."""
        key = (connection.vendor, viewer.roles, len(numbers))
        if key not in self._made:
            self._made[key] = self._make(viewer.roles, len(numbers))
        made = self._made[key]
        if made is None:
            return []
        real = (viewer.organisation_id, viewer.membership_id, *numbers)
        values = list(made.values)
        for place, which in made.places:
            values[place] = real[which]
        with connection.cursor() as cursor:
            cursor.execute(made.sql, values)
            rows = cursor.fetchall()
        return [self._converted(row, made.converters) for row in rows] if made.converters else rows

    def _make(self, roles: frozenset[str], count: int) -> _Made | None:
        organisation, membership, *others = _STAND_INS
        stand_in = Viewer(membership_id=membership, organisation_id=organisation, roles=roles)
        compiler = self.build(stand_in, *others[:count]).query.get_compiler(connection=connection)
        try:
            sql, values = compiler.as_sql()
        except EmptyResultSet:  # people with these roles never see any
            return None
        converters = compiler.get_converters([column[0] for column in compiler.select[: compiler.col_count]])
        places = tuple((place, _STAND_INS.index(value)) for place, value in enumerate(values) if value in _STAND_INS)
        return _Made(sql, tuple(values), places, converters)

    @staticmethod
    def _converted(row: tuple[Any, ...], converters: dict[int, Any]) -> tuple[Any, ...]:
        values = list(row)
        for place, (convert, expression) in converters.items():
            for one in convert:
                values[place] = one(values[place], expression, connection)
        return tuple(values)
