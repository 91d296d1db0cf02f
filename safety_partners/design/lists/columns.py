"""What a list shows of each row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

from safety_partners.design import dates

Text = str | Promise
_WRITE: dict[str, Callable[[Any], str]] = {"date": dates.day, "datetime": dates.moment, "number": "{:,}".format}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the name of the row's value, its heading, and how it is shown.

    ``kind``: text, date, datetime, number, code, status. ``value`` reads another value from the row; ``href`` makes a link;
    ``says`` turns stored values into words (``dict(Status.choices)``); ``tones`` colours a status (see status_tag);
    ``sort`` names the Sort its heading switches. Whoever looks may show or hide a column that ``is_optional``; until they choose,
    those that are ``is_usual`` stand there. ``reads`` names fields that are fetched only where the column is shown.
    """

    name: str
    label: Text
    kind: str = "text"
    value: Callable[[Any], Any] | None = None
    href: Callable[[Any], str | None] | None = None
    says: Mapping[Any, Text] = field(default_factory=dict)
    tones: Mapping[Any, str] = field(default_factory=dict)
    sort: str = ""
    classes: str = ""
    is_optional: bool = False
    is_usual: bool = True
    reads: Sequence[str] = ()

    def read(self, row: Any) -> Any:
        """The value in this row: from a dict, a named tuple or an object."""
        if self.value is not None:
            return self.value(row)
        return read(row, self.name)

    def cell(self, row: Any) -> tuple[Any, str | None, str | None]:
        """What a page shows of this row: the words (None for nothing), where they lead, and the tone of a status."""
        value = read(row, self.name) if self.value is None else self.value(row)
        href = self.href(row) if self.href else None
        if value is None or value == "":
            return None, None, None
        write = _WRITE.get(self.kind)
        words = write(value) if write else self.says.get(value, value)
        return words, href, self.tones.get(value, "quiet") if self.kind == "status" else None


def read(row: Any, name: str) -> Any:
    """A value of a dict, a named tuple or an object; ``owner__name`` also walks from object to object."""
    if isinstance(row, dict):
        return row[name]
    if hasattr(row, name):
        return getattr(row, name)
    for part in name.split("__"):
        row = getattr(row, part)
    return row
