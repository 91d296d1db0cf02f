"""One page and the bare view that stands beside it."""

from __future__ import annotations

import dataclasses

from benchmarks import drive
from benchmarks.report import Row


@dataclasses.dataclass(frozen=True)
class Page:
    """A page, who opens it, the bare view of the same rows, and what each row is known by in the page."""

    name: str
    person: drive.Person
    path: str
    bare: str
    sign: str = '<tr class="nhsuk-table__row" role="row">'

    def row(self, server: drive.Server, size: int, rounds: int) -> Row:
        """Its figures at one size."""
        heading = self.sign.startswith("<tr")
        shown = max(self.person.get(self.path).text.count(self.sign) - heading, 1)
        view, _and, rest = self.bare.partition("&")
        bare = f"/bare/{view}/?rows={shown}&{rest}"
        page, floor = drive.measure(server, lambda: self.person.get(self.path), lambda: self.person.get(bare), rounds)
        queries = int(self.person.get(self.path, **{"X-Count": "yes"}).headers["X-Queries"])
        return Row(self.name, size, dataclasses.replace(page, queries=queries), floor)
