"""The figures as a table, and the page of documentation that keeps them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.drive import Figures

HEAD = (
    "| page | insights | SQL queries | CPU ms | bare CPU ms | ratio | p50 ms | p95 ms | a second | kB |\n"
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n"
)


@dataclass(frozen=True)
class Row:
    """One page at one size, with the bare view that ran by turns with it."""

    page: str
    size: int
    figures: Figures
    bare: Figures

    def line(self) -> str:
        page, bare = self.figures, self.bare
        return (
            f"| {self.page} | {self.size:,} | {page.queries} | {page.cpu_ms:.1f} | {bare.cpu_ms:.1f} | {page.cpu_ms / bare.cpu_ms:.2f} "
            f"| {page.p50_ms:.1f} | {page.p95_ms:.1f} | {page.a_second:.0f} | {page.kilobytes:.1f} |"
        )


def table(rows: Sequence[Row]) -> str:
    """All rows, by page and then by size, so that growth is read downwards."""
    pages = list(dict.fromkeys(row.page for row in rows))
    ordered = sorted(rows, key=lambda row: (pages.index(row.page), row.size))
    return HEAD + "\n".join(row.line() for row in ordered)


def write(path: Path, database: str, machine: str, rows: Sequence[Row]) -> None:
    """Put the table between the marks of its database; the words around it are written by hand."""
    begin, end = f"<!-- {database} -->", f"<!-- end of {database} -->"
    text = path.read_text()
    block = f"{begin}\n\nMachine: {machine}.\n\n{table(rows)}\n\n{end}"
    new, count = re.subn(re.escape(begin) + r".*?" + re.escape(end), lambda _found: block, text, flags=re.DOTALL)
    path.write_text(new if count else f"{text.rstrip()}\n\n{block}\n")
