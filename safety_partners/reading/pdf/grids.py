"""Tables drawn with lines: cells found from the rules around them."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from safety_partners.reading.pdf.geometry import Box, Page, Rule, Word

NEAR = 3.5  # points within which two rules count as one
MOST_RULES = 1500
MOST_CELLS = 6000
COVERED = 0.6  # of a side that must be drawn for it to part two cells


@dataclass(slots=True)
class RuledCell:
    """A cell drawn with lines: its place in the grid, its box on the page, and the words in it."""

    row: int
    column: int
    high: int
    wide: int
    box: Box
    words: list[Word] = field(default_factory=list)


@dataclass(slots=True)
class RuledGrid:
    """A drawn table, or a box around text when it has one cell. `regular`: all its cells are rectangles."""

    box: Box
    cells: list[RuledCell]
    regular: bool = True


def find_grids(page: Page) -> list[RuledGrid]:
    """The drawn tables and boxes of a page with the words in their cells, from the top down."""
    if not page.rules or len(page.rules) > MOST_RULES:
        return []
    drawn = [rule for rule in page.rules if not rule.weak]
    kept = _outermost([grid for group in _groups(drawn) if (grid := _grid(group, page)) is not None])
    rest = [rule for rule in page.rules if not any(_lies_in(rule, grid.box) for grid in kept)]
    shaded = [grid for group in _groups(rest) if (grid := _grid(group, page)) is not None and _is_table(grid)]
    kept += _outermost(shaded)
    taken: set[int] = set()
    for grid in kept:
        for cell in grid.cells:
            cell.words = [word for word in cell.words if id(word) not in taken]
            taken.update(id(word) for word in cell.words)
    return sorted(kept, key=lambda grid: (grid.box.top, grid.box.left))


def _outermost(grids: Sequence[RuledGrid]) -> list[RuledGrid]:
    """The grids that do not lie in another; the text of one inside a cell is read with that cell."""
    return [grid for grid in grids if not any(other is not grid and _holds(other.box, grid.box) for other in grids)]


def _holds(outer: Box, inner: Box) -> bool:
    return (
        outer.left - NEAR <= inner.left
        and outer.top - NEAR <= inner.top
        and outer.right + NEAR >= inner.right
        and outer.bottom + NEAR >= inner.bottom
        and (outer.right - outer.left) * (outer.bottom - outer.top) > (inner.right - inner.left) * (inner.bottom - inner.top)
    )


def _lies_in(rule: Rule, box: Box) -> bool:
    middle = (rule.start + rule.end) / 2
    x, y = (middle, rule.at) if rule.across else (rule.at, middle)
    return box.left - NEAR <= x <= box.right + NEAR and box.top - NEAR <= y <= box.bottom + NEAR


def _is_table(grid: RuledGrid) -> bool:
    """Whether text stands in several columns and rows."""
    written = [cell for cell in grid.cells if cell.words]
    return grid.regular and len({cell.column for cell in written}) > 1 and len({cell.row for cell in written}) > 1


def _groups(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Rules that meet each other."""
    parent = list(range(len(rules)))

    def root(place: int) -> int:
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place

    across = [place for place, rule in enumerate(rules) if rule.across]
    down = [place for place, rule in enumerate(rules) if not rule.across]
    for one in across:
        level = rules[one]
        for other in down:
            upright = rules[other]
            meets = level.start - NEAR <= upright.at <= level.end + NEAR
            if meets and upright.start - NEAR <= level.at <= upright.end + NEAR:
                parent[root(one)] = root(other)
    groups: dict[int, list[Rule]] = {}
    for place, rule in enumerate(rules):
        groups.setdefault(root(place), []).append(rule)
    return [group for group in groups.values() if sum(rule.across for rule in group) >= 2]


def _grid(rules: Sequence[Rule], page: Page) -> RuledGrid | None:
    """The cells that some rules draw, or None where they draw none."""
    across, down = [rule for rule in rules if rule.across], [rule for rule in rules if not rule.across]
    if not down:
        return None
    lefts = [*(rule.at for rule in down), min(rule.start for rule in across), max(rule.end for rule in across)]
    tops = [*(rule.at for rule in across), min(rule.start for rule in down), max(rule.end for rule in down)]
    xs, ys = _clusters(lefts), _clusters(tops)
    if len(xs) < 2 or len(ys) < 2 or (len(xs) - 1) * (len(ys) - 1) > MOST_CELLS:
        return None
    box = Box(xs[0], ys[0], xs[-1], ys[-1])
    if len(xs) == 2 and len(ys) == 2 and (box.right - box.left) * (box.bottom - box.top) > 0.6 * page.width * page.height:
        return None  # a frame around the page
    cells, regular = _cells(xs, ys, across, down)
    owner = {(row, column): cell for cell, places in cells for row, column in places}
    for word in page.words:
        if box.holds(word.middle, word.base - 0.25 * word.size):
            column = min(bisect_right(xs, word.middle) - 1, len(xs) - 2)
            row = min(bisect_right(ys, word.base - 0.25 * word.size) - 1, len(ys) - 2)
            owner[row, column].words.append(word)
    if not any(cell.words for cell, _ in cells):
        return None
    return RuledGrid(box, [cell for cell, _ in cells], regular)


def _clusters(values: Sequence[float]) -> list[float]:
    """Values that are nearly the same taken together."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= NEAR:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(group) / len(group) for group in groups]


def _cells(
    xs: Sequence[float], ys: Sequence[float], across: Sequence[Rule], down: Sequence[Rule]
) -> tuple[list[tuple[RuledCell, list[tuple[int, int]]]], bool]:
    """The smallest fields between rules, put together where no rule stands between them."""
    rows, columns = len(ys) - 1, len(xs) - 1
    parent = {(row, column): (row, column) for row in range(rows) for column in range(columns)}

    def root(place: tuple[int, int]) -> tuple[int, int]:
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place

    for row in range(rows):
        for column in range(columns):
            if column + 1 < columns and not _drawn(down, xs[column + 1], ys[row], ys[row + 1]):
                parent[root((row, column + 1))] = root((row, column))
            if row + 1 < rows and not _drawn(across, ys[row + 1], xs[column], xs[column + 1]):
                parent[root((row + 1, column))] = root((row, column))
    regions: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for place in parent:
        regions.setdefault(root(place), []).append(place)
    cells: list[tuple[RuledCell, list[tuple[int, int]]]] = []
    regular = True
    for places in regions.values():
        first_row, last_row = min(row for row, _ in places), max(row for row, _ in places)
        first, last = min(column for _, column in places), max(column for _, column in places)
        high, wide = last_row - first_row + 1, last - first + 1
        regular = regular and high * wide == len(places)
        box = Box(xs[first], ys[first_row], xs[last + 1], ys[last_row + 1])
        cells.append((RuledCell(first_row, first, high, wide, box), places))
    return sorted(cells, key=lambda item: (item[0].row, item[0].column)), regular


def _drawn(rules: Sequence[Rule], at: float, start: float, end: float) -> bool:
    """Whether a side is drawn over most of its length."""
    covered = sum(max(min(rule.end, end) - max(rule.start, start), 0.0) for rule in rules if abs(rule.at - at) <= NEAR)
    return covered >= COVERED * (end - start)
