"""The order in which the pieces of lines on a page are read: columns one after another, rows of cells as a table."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from safety_partners.reading.pdf.geometry import Line

GUTTER = 7.0  # points of white between two columns, at least
DEEPEST = 6
FEWEST = 2


@dataclass(slots=True)
class Flow:
    """Lines read from the top down. `is_column`: they stand beside others, and only they show where lines break."""

    lines: list[Line]
    is_column: bool = False


@dataclass(slots=True)
class Cells:
    """Rows of cells without rules around them: for each row, for each column, its lines."""

    rows: list[list[list[Line]]]


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of the page with white all the way down at `at`; the lines of its two sides."""

    at: float
    left: list[Line]
    right: list[Line]
    top: float
    bottom: float


def reading_order(lines: Sequence[Line], deep: int = 0, *, is_column: bool = False) -> list[Flow | Cells]:
    """Some lines of a page as parts to be read one after another."""
    lines = sorted(lines, key=lambda line: (line.base, line.left))
    band = _best_band(lines) if deep < DEEPEST else None
    if band is None:
        return [Flow(_rows_joined(lines), is_column)] if lines else []
    inside = {id(line) for line in band.left} | {id(line) for line in band.right}
    above = [line for line in lines if id(line) not in inside and line.base < band.top]
    below = [line for line in lines if id(line) not in inside and line.base >= band.top]
    found = reading_order(above, deep + 1, is_column=is_column)
    if _are_columns(band):
        for side in (band.left, band.right):
            found += reading_order(side, deep + 1, is_column=True)
    else:
        found += _as_cells([*band.left, *band.right])
    return found + reading_order(below, deep + 1, is_column=is_column)


def _best_band(lines: Sequence[Line]) -> Band | None:
    """The tallest stretch with white all the way down between two sides."""
    best: tuple[float, Band] | None = None
    for at in _candidates(lines):
        for band in _bands(lines, at):
            score = min(len(band.left), len(band.right), 40) + (band.bottom - band.top) / 1000
            if best is None or score > best[0]:
                best = (score, band)
    return best[1] if best else None


def _candidates(lines: Sequence[Line]) -> list[float]:
    """Places that may be white: a little left of where lines begin beside others."""
    starts: dict[int, int] = {}
    leftmost = min((line.left for line in lines), default=0.0)
    for line in lines:
        if line.left > leftmost + 20:
            starts[round(line.left / 3)] = starts.get(round(line.left / 3), 0) + 1
    often = sorted(starts, key=lambda place: -starts[place])[:24]
    return [place * 3 - 3.5 for place in often]


def _bands(lines: Sequence[Line], at: float) -> list[Band]:
    """The stretches between lines that cross a place, where text stands on both sides."""
    found: list[Band] = []
    part: list[Line] = []
    for line in [*lines, None]:
        if line is not None and not (line.left < at - 1 and line.right > at + 1):
            part.append(line)
            continue
        band = _band(part, at)
        if band:
            found.append(band)
        part = []
    return found


def _band(part: Sequence[Line], at: float) -> Band | None:
    left = [line for line in part if line.right <= at + 1]
    right = [line for line in part if line.right > at + 1]
    if len(left) < FEWEST or len(right) < FEWEST:
        return None
    top = max(min(line.top for line in left), min(line.top for line in right))
    bottom = min(max(line.bottom for line in left), max(line.bottom for line in right))
    size = max(line.size for line in part)
    if bottom - top < 1.8 * size:
        return None
    # what stands above or below both sides' common stretch, on one side alone, is not part of it
    slack = 2.2 * size
    left = _common(left, top - slack, bottom + slack)
    right = _common(right, top - slack, bottom + slack)
    if len(left) < FEWEST or len(right) < FEWEST:
        return None
    if min(line.left for line in right) - max(line.right for line in left) < GUTTER:
        return None
    top, bottom = min(line.top for line in [*left, *right]), max(line.bottom for line in [*left, *right])
    return Band(at, left, right, top, bottom)


def _common(side: Sequence[Line], top: float, bottom: float) -> list[Line]:
    """The lines of a side that go on without a great gap from the common stretch."""
    inside = [line for line in side if line.bottom >= top and line.top <= bottom]
    return inside if len(inside) < len(side) * 0.5 else list(side) if _is_steady(side) else inside


def _is_steady(side: Sequence[Line]) -> bool:
    steps = [later.base - line.base for line, later in itertools.pairwise(side)]
    return all(step <= 4.5 * side[0].size for step in steps)


def _are_columns(band: Band) -> bool:
    """Whether the two sides are running text in columns rather than cells of rows."""
    return _is_prose(band.left) and _is_prose(band.right) and not _gaps_agree(band)


def _is_prose(side: Sequence[Line]) -> bool:
    """Whether a side is running text: lines of several words that fill their column, or several such columns."""
    edges = _column_edges(side)
    columns: list[list[Line]] = [[] for _ in edges]
    for line in side:
        columns[_column(line, edges)].append(line)
    return all(_fills(column) for column in columns)


def _fills(column: Sequence[Line]) -> bool:
    if len(column) < 4:
        return False
    left, right = min(line.left for line in column), max(line.right for line in column)
    full = sum(line.right - line.left > 0.7 * (right - left) for line in column)
    words = sum(len(line.words) for line in column)
    return full >= 0.45 * len(column) and words >= 3 * len(column)


def _gaps_agree(band: Band) -> bool:
    """Whether both sides pause at the same heights again and again, as rows of a table do."""
    edge = min(line.left for line in band.right)
    beside = [line for line in band.right if line.left < edge + 40]
    pauses = [_pauses(side) for side in (band.left, beside)]
    if not all(pauses):
        return False
    agreeing = sum(
        any(min(end, other_end) - max(start, other_start) > 2 for other_start, other_end in pauses[1]) for start, end in pauses[0]
    )
    return agreeing >= 2 and agreeing >= 0.8 * len(pauses[0]) and agreeing >= 0.8 * len(pauses[1])


def _pauses(side: Sequence[Line]) -> list[tuple[float, float]]:
    steps = sorted(later.base - line.base for line, later in itertools.pairwise(side))
    usual = steps[len(steps) // 3] if steps else 0.0
    return [(line.bottom, later.top) for line, later in itertools.pairwise(side) if later.base - line.base > 1.3 * usual]


def _rows_joined(lines: Sequence[Line]) -> list[Line]:
    """Pieces side by side that belong to no column put into one line."""
    joined: list[Line] = []
    for line in lines:
        last = joined[-1] if joined else None
        if last and abs(last.base - line.base) < 0.3 * min(last.size, line.size) and line.left > last.right - 1 and line.words[0].upright:
            joined[-1] = Line([*last.words, *line.words], line.page)
        else:
            joined.append(line)
    return joined


def _as_cells(lines: Sequence[Line]) -> list[Flow | Cells]:
    """Lines in rows and columns as cells; as plain lines where no rows can be made out."""
    edges = _column_edges(lines)
    rows = _rows_of_cells(lines, edges)
    if len(edges) < 2 or len(rows) < 2 or sum(sum(map(bool, row)) >= 2 for row in rows) < 2:
        return [Flow(_rows_joined(sorted(lines, key=lambda line: (line.base, line.left))))]
    return [Cells(rows)]


def _column_edges(lines: Sequence[Line]) -> list[float]:
    """Where columns begin: after white that no line of the stretch crosses."""
    spans = sorted((line.left, line.right) for line in lines)
    edges, reach = [spans[0][0]], spans[0][1]
    for left, right in spans[1:]:
        if left - reach >= GUTTER * 0.8:
            edges.append(left)
        reach = max(reach, right)
    return edges


def _rows_of_cells(lines: Sequence[Line], edges: Sequence[float]) -> list[list[list[Line]]]:
    """Rows of cells. A new row begins with a line in the first column, after a pause or beside other cells."""
    ordered = sorted(lines, key=lambda line: (round(line.base), line.left))
    levels: list[list[Line]] = []
    for line in ordered:
        if levels and abs(levels[-1][0].base - line.base) < 0.45 * line.size:
            levels[-1].append(line)
        else:
            levels.append([line])
    steps = sorted(later[0].base - level[0].base for level, later in itertools.pairwise(levels))
    tight = steps[0] if steps else 0.0
    paused = bool(steps) and steps[-1] > 1.3 * tight
    rows: list[list[list[Line]]] = []
    last_base = 0.0
    for level in levels:
        columns = [_column(line, edges) for line in level]
        pause = level[0].base - last_base > 1.25 * tight
        begins = not rows or (pause if paused and len(edges) > 1 and _wraps(levels, edges) else 0 in columns)
        if begins:
            rows.append([[] for _ in edges])
        for line, column in zip(level, columns, strict=True):
            rows[-1][column].append(line)
        last_base = level[0].base
    return rows


def _wraps(levels: Sequence[Sequence[Line]], edges: Sequence[float]) -> bool:
    """Whether cells of the first column run over several lines, so that only pauses part the rows."""
    return any(
        0 in [_column(line, edges) for line in level]
        and 0 in [_column(line, edges) for line in later]
        and later[0].base - level[0].base < 1.2 * (levels[1][0].base - levels[0][0].base if len(levels) > 1 else 0)
        and len(later) < len(level)
        for level, later in itertools.pairwise(levels)
    )


def _column(line: Line, edges: Sequence[float]) -> int:
    return max((place for place, edge in enumerate(edges) if edge <= line.left + 2), default=0)
