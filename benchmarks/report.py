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

    @property
    def ratio(self) -> float:
        return self.figures.cpu_ms / self.bare.cpu_ms

    def line(self) -> str:
        page, bare = self.figures, self.bare
        return (
            f"| {self.page} | {self.size:,} | {page.queries} | {page.cpu_ms:.1f} | {bare.cpu_ms:.1f} | {self.ratio:.2f} "
            f"| {page.p50_ms:.1f} | {page.p95_ms:.1f} | {page.a_second:.0f} | {page.kilobytes:.1f} |"
        )


def table(rows: Sequence[Row]) -> str:
    """All rows, by page and then by size, so that growth is read downwards."""
    pages = list(dict.fromkeys(row.page for row in rows))
    ordered = sorted(rows, key=lambda row: (pages.index(row.page), row.size))
    return HEAD + "\n".join(row.line() for row in ordered)


QUERIES, SAME, GROWTH = 8, 1.5, 1.5
# CPU ms at 100,000 insights, and SQL queries where a page has fewer than the rest.
BUDGETS = {"home": (30, QUERIES), "list": (25, 6), "could-not": (25, 6), "search": (40, QUERIES), "write": (15, None)}
USUAL = (25, QUERIES)


def bars(rows: Sequence[Row]) -> str:
    """For each page, each bar and whether it is met; a dash where these sizes do not say."""
    lines = [
        "| page | queries | CPU at 100,000 | beside the bare view, at worst | p95 at 1,000,000 by p95 at 1,000 |",
        "| --- | --- | --- | --- | --- |",
    ]
    for page in dict.fromkeys(row.page for row in rows):
        sizes = {row.size: row for row in rows if row.page == page}
        most, queries = BUDGETS.get(page.replace(",", " ").split()[0], USUAL)
        counts = {row.figures.queries for row in sizes.values()}
        ratio = max(row.ratio for row in sizes.values())
        cells = [
            "–" if queries is None else _said(max(counts) <= queries and len(counts) == 1, f"{_span(counts)} of {queries}"),
            _said(sizes[100_000].figures.cpu_ms <= most, f"{sizes[100_000].figures.cpu_ms:.0f} of {most} ms") if 100_000 in sizes else "–",
            _said(ratio <= SAME, f"{ratio:.2f}"),
            _growth(sizes),
        ]
        lines.append(f"| {page} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _growth(sizes: dict[int, Row]) -> str:
    if not {1_000, 1_000_000} <= set(sizes):
        return "–"
    growth = sizes[1_000_000].figures.p95_ms / sizes[1_000].figures.p95_ms
    return _said(growth <= GROWTH, f"{growth:.2f}")


def _span(counts: set[int]) -> str:
    return "/".join(str(count) for count in sorted(counts))


def _said(is_met: bool, figure: str) -> str:
    return f"met ({figure})" if is_met else f"**not met** ({figure})"


def write(path: Path, database: str, machine: str, rows: Sequence[Row]) -> None:
    """Put the table between the marks of its database; the words around it are written by hand."""
    begin, end = f"<!-- {database} -->", f"<!-- end of {database} -->"
    text = path.read_text()
    block = f"{begin}\n\nMachine: {machine}.\n\n{bars(rows)}\n\n{table(rows)}\n\n{end}"
    new, count = re.subn(re.escape(begin) + r".*?" + re.escape(end), lambda _found: block, text, flags=re.DOTALL)
    path.write_text(new if count else f"{text.rstrip()}\n\n{block}\n")
