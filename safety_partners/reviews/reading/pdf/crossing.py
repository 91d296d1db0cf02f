"""What a page break cut in two, put together again: paragraphs, list items, tables and the rows of tables."""

from collections.abc import Sequence

from .. import markers
from ..blocks import Kind
from ..drafts import Cell, Draft, Grid
from ..wording import Vocabulary, join_lines
from .geometry import Line

ENDS = (".", "?", "!", ":", ";", ".”", ".’", ".)", "?”", "!”", '."', ".'")
TEXT = (Kind.PARAGRAPH, Kind.LIST_ITEM)


def across_pages(drafts: Sequence[Draft], vocabulary: Vocabulary) -> list[Draft]:
    """The drafts with every two that a page break parted made one again."""
    joined: list[Draft] = []
    for draft in drafts:
        before = _before(joined, draft)
        if before and _goes_on(before, draft):
            _join(before, draft, vocabulary)
        elif before and before.grid and draft.grid and _same_table(before, draft):
            _join_tables(before, draft, vocabulary)
        else:
            joined.append(draft)
    return joined


def _before(joined: Sequence[Draft], draft: Draft) -> Draft | None:
    """The last draft on the page before, if this one is the first on its page; footnotes do not stand between."""
    for before in reversed(joined[-12:]):
        if before.kind is Kind.NOTE:
            continue
        last = before.lines[-1].page if before.lines else before.page
        if last is not None and draft.page is not None and draft.page == last + 1:
            return before
        return None
    return None


def _goes_on(before: Draft, after: Draft) -> bool:
    """Whether a paragraph at the top of a page is the rest of the one at the bottom of the page before."""
    if before.kind not in TEXT or after.kind not in TEXT or not before.lines or not after.lines:
        return False
    if after.number or not after.text or not before.text:
        return False
    if abs(before.look.size - after.look.size) > 0.6 or before.look.bold != after.look.bold:
        return False
    if after.kind is Kind.LIST_ITEM:
        return before.kind is Kind.LIST_ITEM and not before.text.endswith(ENDS)
    if markers.split_marker(after.text, after_gap=after.gapped).number or before.text.endswith(ENDS):
        return False
    if after.text[0].islower() or before.text.endswith(("-", ",", "(", "–", "/")):
        return True
    return _is_full(before) and abs(after.lines[0].left - before.lines[-1].left) < 4 and not before.look.bold


def _is_full(draft: Draft) -> bool:
    """Whether the last line of a paragraph reaches as far right as its others."""
    if len(draft.lines) < 2:
        return len(draft.lines[0].text) > 60
    return draft.lines[-1].right > max(line.right for line in draft.lines[:-1]) - 4 * draft.look.size


def _join(before: Draft, after: Draft, vocabulary: Vocabulary) -> None:
    before.text = join_lines([before.text, after.text], vocabulary)
    before.lines = [*before.lines, *after.lines]


def _same_table(before: Draft, after: Draft) -> bool:
    """Whether a table at the top of a page goes on from the one at the bottom of the page before."""
    first, second = before.grid, after.grid
    if not first or not second or first.columns != second.columns or first.columns < 2:
        return False
    if not before.lines or not after.lines:
        return False
    heads = [cell for cell in second.cells if cell.row == 0]
    if all(cell.head for cell in heads) and any(not cell.is_empty for cell in heads):
        own = [cell.text for cell in first.cells if cell.row == 0]
        if own != [cell.text for cell in heads]:
            return False
    edges = [(_edge(first, column), _edge(second, column)) for column in range(first.columns)]
    known = [(one, other) for one, other in edges if one is not None and other is not None]
    return bool(known) and sum(abs(one - other) < 12 for one, other in known) >= 0.6 * len(known)


def _edge(grid: Grid, column: int) -> float | None:
    lines: list[Line] = [
        line for cell in grid.cells if cell.column == column for draft in cell.drafts for line in draft.lines
    ]
    return min((line.left for line in lines), default=None)


def _join_tables(before: Draft, after: Draft, vocabulary: Vocabulary) -> None:
    first, second = before.grid, after.grid
    assert first and second
    head = [(cell.column, cell.text) for cell in first.cells if cell.row == 0]
    if head == [(cell.column, cell.text) for cell in second.cells if cell.row == 0] and first.height > 1:
        second = Grid([cell for cell in second.cells if cell.row > 0])
        for cell in second.cells:
            cell.row -= 1
    down = first.height
    last = {cell.column: cell for cell in first.cells if cell.row + cell.high == down}
    top = [cell for cell in second.cells if cell.row == 0]
    if _same_row(last, top):
        down -= 1
        for cell in top:
            own = last.get(cell.column)
            if own is None:
                first.cells.append(cell)
                cell.row = down
            else:
                _join_cells(own, cell, vocabulary)
                own.high = max(own.high, cell.high)
        second = Grid([cell for cell in second.cells if cell.row > 0])
    for cell in second.cells:
        cell.row += down
        cell.head = cell.head and cell.column == 0
    first.cells.extend(second.cells)
    before.lines = [*before.lines, *after.lines]


def _same_row(last: dict[int, Cell], top: Sequence[Cell]) -> bool:
    """Whether the first row of a page is the rest of the last row of the page before."""
    if not top or any(cell.column not in last and not cell.is_empty for cell in top):
        return False
    pairs = [(last[cell.column], cell) for cell in top if cell.column in last]
    if any(not own.is_empty and not cell.is_empty and _cut(own, cell) for own, cell in pairs):
        return all(cell.is_empty or own.is_empty or _cut(own, cell) or cell.column > 0 for own, cell in pairs)
    return False


def _cut(own: Cell, cell: Cell) -> bool:
    """Whether the text of a cell stops in the middle of a sentence that the other goes on with."""
    before, after = own.text, cell.text
    return not before.endswith(ENDS) and after[:1].islower()


def _join_cells(own: Cell, cell: Cell, vocabulary: Vocabulary) -> None:
    if own.drafts and cell.drafts and _cut(own, cell) and not own.drafts[-1].grid and not cell.drafts[0].grid:
        _join(own.drafts[-1], cell.drafts[0], vocabulary)
        own.drafts.extend(cell.drafts[1:])
    else:
        own.drafts.extend(cell.drafts)
