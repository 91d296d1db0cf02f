"""The figures as a table, and the page of documentation that keeps them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.drive import Figures

HEAD = (
    "| page | {counted} | SQL queries | CPU ms | bare CPU ms | ratio | p50 ms | p95 ms | a second | kB |\n"
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n"
)


@dataclass(frozen=True)
class Subject:
    """What grows: its word, the usual sizes, the size a page's CPU is judged at, and from where to where p95 may grow."""

    counted: str
    sizes: str
    judged_at: int
    grows: tuple[int, int]
    mark: str = ""


INSIGHTS = Subject("insights", "1000,10000,100000", 100_000, (1_000, 1_000_000))
LISTS = Subject("partners", "100,1000,5000", 5_000, (100, 5_000), "partners and joining on ")
MEETINGS = Subject("meetings", "100,1000,5000", 5_000, (100, 5_000), "committees on ")
ACTIVITIES = Subject("activities", "100,1000,5000", 5_000, (100, 5_000), "activities and groups on ")


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


def table(rows: Sequence[Row], subject: Subject) -> str:
    """All rows, by page and then by size, so that growth is read downwards."""
    pages = list(dict.fromkeys(row.page for row in rows))
    ordered = sorted(rows, key=lambda row: (pages.index(row.page), row.size))
    return HEAD.format(counted=subject.counted) + "\n".join(row.line() for row in ordered)


QUERIES, SAME, GROWTH = 8, 1.5, 1.5
# CPU ms at the size that is judged, and SQL queries where a page has fewer than the rest; None where nothing was set.
BUDGETS: dict[str, tuple[int | None, int | None]] = {
    "home": (30, QUERIES),
    "list": (25, 6),
    "could-not": (25, 6),
    "search": (40, QUERIES),
    "write": (15, None),
    "take": (None, None),
    **dict.fromkeys(["meetings", "past", "committees", "coverage", "papers", "actions", "decisions", "messages"], (25, 6)),
    **dict.fromkeys(["activities", "requests", "kinds", "time", "groups", "questions", "agreed", "referrals"], (25, 6)),
}
USUAL = (25, QUERIES)


def bars(rows: Sequence[Row], subject: Subject) -> str:
    """For each page, each bar and whether it is met; a dash where these sizes do not say."""
    judged, (small, large) = subject.judged_at, subject.grows
    lines = [
        f"| page | queries | CPU at {judged:,} | beside the bare view, at worst | p95 at {large:,} by p95 at {small:,} |",
        "| --- | --- | --- | --- | --- |",
    ]
    for page in dict.fromkeys(row.page for row in rows):
        sizes = {row.size: row for row in rows if row.page == page}
        most, queries = BUDGETS.get(page.replace(",", " ").split()[0], USUAL)
        counts = {row.figures.queries for row in sizes.values()}
        ratio = max(row.ratio for row in sizes.values())
        cells = [
            "–" if queries is None else _said(max(counts) <= queries and len(counts) == 1, f"{_span(counts)} of {queries}"),
            "–" if most is None or judged not in sizes else _judged(sizes[judged].figures.cpu_ms, most),
            _said(ratio <= SAME, f"{ratio:.2f}"),
            _growth(sizes, small, large),
        ]
        lines.append(f"| {page} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _judged(used: float, most: int) -> str:
    return _said(used <= most, f"{used:.0f} of {most} ms")


def _growth(sizes: dict[int, Row], small: int, large: int) -> str:
    if not {small, large} <= set(sizes):
        return "–"
    growth = sizes[large].figures.p95_ms / sizes[small].figures.p95_ms
    return _said(growth <= GROWTH, f"{growth:.2f}")


def _span(counts: set[int]) -> str:
    return "/".join(str(count) for count in sorted(counts))


def _said(is_met: bool, figure: str) -> str:
    return f"met ({figure})" if is_met else f"**not met** ({figure})"


def write(path: Path, database: str, machine: str, rows: Sequence[Row], subject: Subject) -> None:
    """Put the table between the marks of its database; the words around it are written by hand."""
    begin, end = f"<!-- {subject.mark}{database} -->", f"<!-- end of {subject.mark}{database} -->"
    text = path.read_text()
    block = f"{begin}\n\nMachine: {machine}.\n\n{bars(rows, subject)}\n\n{table(rows, subject)}\n\n{end}"
    new, count = re.subn(re.escape(begin) + r".*?" + re.escape(end), lambda _found: block, text, flags=re.DOTALL)
    path.write_text(new if count else f"{text.rstrip()}\n\n{block}\n")
