"""What is still open when somebody leaves, and what goes when they are forgotten: each app above says its own, because this floor
does not know them.

An app adds a :class:`Source` to :data:`sources` when it starts (``AppConfig.ready``): rows that still wait for a partner, or for
an answer to them. A function in :data:`forgets` takes away what belongs to the person alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, DateField, F, IntegerField, QuerySet, Value
from django.db.models.functions import Cast, TruncDate
from django.urls import reverse

from safety_partners.core import clock
from safety_partners.core.prepared import joined
from safety_partners.partners.models import Partner

LONGEST = 200  # characters of a label


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing that is open: its code, what it is in a few words (never somebody's own), and where it stands."""

    code: str
    label: str
    path: str


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of open matter: its rows for a partner, and how each is called.

    ``title`` and ``day`` are the fields from which ``says`` makes the words; ``page`` is the address, and ``page_code`` the field
    with the code in it. ``moment`` says that the day is a date with a time.
    """

    rows: Callable[[Partner], QuerySet[Any]]
    says: Callable[[str, dt.date | None], str]
    page: str
    title: str
    day: str | None = None
    moment: bool = False
    page_code: str = "code"

    def select(self, place: int, partner: Partner) -> QuerySet[Any]:
        """The rows as the columns that all sources share."""
        day: Any = Value(None) if self.day is None else F(self.day)
        if self.moment:
            day = TruncDate(self.day, tzinfo=clock.LONDON)
        columns = (
            Value(place, IntegerField()),
            Cast(day, DateField()),
            F("pk"),
            Cast(F("code"), CharField()),
            Cast(F(self.title), CharField()),
            Cast(F(self.page_code), CharField()),
        )
        return self.rows(partner).order_by().values_list(*columns)


sources: list[Source] = []
forgets: list[Callable[[Partner], None]] = []


def of(partner: Partner) -> list[Matter]:
    """Everything that is open for a partner: in the order in which the apps were started, the oldest of each first. One query."""
    rows = joined([source.select(place, partner) for place, source in enumerate(sources)]) or ()
    found = sorted(rows, key=lambda row: (row[0], row[1] or dt.date.min, row[2]))
    return [_matter(sources[place], day, code, title, page_code) for place, day, _number, code, title, page_code in found]


def _matter(source: Source, day: dt.date | None, code: str, title: str, page_code: str) -> Matter:
    return Matter(code, source.says(title, day)[:LONGEST], reverse(source.page, args=[page_code]))
