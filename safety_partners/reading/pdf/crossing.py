"""What a page break cut in two, put together again: paragraphs, list items, tables and the rows of tables."""

from collections.abc import Sequence

from safety_partners.reading import markers
from safety_partners.reading.blocks import Kind
from safety_partners.reading.drafts import Cell, Draft, Grid
from safety_partners.reading.pdf.geometry import Line
from safety_partners.reading.wording import Vocabulary, join_lines

ENDS = (".", "?", "!", ":", ";", ".”", ".’", ".)", "?”", "!”", '."', ".'")
NEAR = 60.0  # points: lines that begin no further apart than this stand in one column
TEXT = (Kind.PARAGRAPH, Kind.LIST_ITEM)


def across_pages(drafts: Sequence[Draft], vocabulary: Vocabulary, *, tags_cross: bool = False) -> list[Draft]:
    """The drafts with every two that a page break parted made one again.

    `tags_cross`: the document's own tags run on over page breaks, so that what they part is parted; then only a
    sentence that plainly goes on is joined.
    """
    margins = Margins(drafts)
    joined: list[Draft] = []
    for draft in drafts:
        before = _before(joined, draft)
        if before and _goes_on(before, draft, 0.0 if tags_cross else margins.of(before)):
            _join(before, draft, vocabulary)
        elif before and before.grid and draft.grid and not tags_cross and _same_table(before, draft):
            _join_tables(before.grid, draft.grid, vocabulary)
            before.lines = [*before.lines, *draft.lines]
        else:
            joined.append(draft)
    return joined


class Margins:
    """How far right the running text of each column reaches."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        self.long: dict[int, list[Line]] = {}
        for draft in drafts:
            if draft.kind in TEXT:
                for line in draft.lines:
                    if len(line.words) > 4:
                        self.long.setdefault(line.page, []).append(line)

    def of(self, draft: Draft) -> float:
        """The right edge where the last line of a draft stands; 0 where nothing tells."""
        if not draft.lines:
            return 0.0
        last = draft.lines[-1]
        near = [line.right for line in self.long.get(last.page, ()) if abs(line.left - last.left) < NEAR]
        return max(near, default=0.0)


def _before(joined: Sequence[Draft], draft: Draft) -> Draft | None:
    """The draft that a page or column break parts from this one; footnotes do not stand between."""
    for before in reversed(joined[-12:]):
        if before.kind is Kind.NOTE:
            continue
        last = before.lines[-1].page if before.lines else before.page
        if last is None or draft.page is None:
            return None
        if draft.page == last + 1:
            return before
        is_next_column = (
            draft.page == last
            and bool(before.lines and draft.lines)
            and draft.lines[0].base < before.lines[-1].base - before.look.size
            and draft.lines[0].left > before.lines[-1].left + NEAR
        )
        return before if is_next_column and not draft.grid else None
    return None


def _goes_on(before: Draft, after: Draft, margin: float) -> bool:
    """Whether a paragraph at the top of a page is the rest of the one at the bottom of the page before.

    `margin`: how far right the page reaches, 0 where that is to tell nothing.
    """
    if not _could_be_one(before, after):
        return False
    ended = before.text.endswith(ENDS)
    if after.kind is Kind.LIST_ITEM:
        return before.kind is Kind.LIST_ITEM and not ended
    if not ended and (after.text[0].islower() or before.text.endswith(("-", ",", "(", "–", "/"))):
        return True
    if not margin or before.look.bold or before.text.endswith((":", ";")):
        return False
    last, first = before.lines[-1], after.lines[0]
    level = (abs(first.left - last.left) < 4 or first.page == last.page) and len(before.lines) > 1
    return level and not _fits(last, first, margin)


def _could_be_one(before: Draft, after: Draft) -> bool:
    """Whether two blocks are set alike, and the second has no number of its own."""
    if before.kind not in TEXT or after.kind not in TEXT or not (before.lines and after.lines and before.text and after.text):
        return False
    if after.number or markers.split_marker(after.text, after_gap=after.gapped).number:
        return False
    return abs(before.look.size - after.look.size) <= 0.6 and before.look.bold == after.look.bold


def _fits(last: Line, line: Line, margin: float) -> bool:
    """Whether the first word of a line would have found room on the line before."""
    width = line.words[0].right - line.words[0].left
    return last.right + width + 0.3 * line.size < margin - 1.5


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
    lines: list[Line] = [line for cell in grid.cells if cell.column == column for draft in cell.drafts for line in draft.lines]
    return min((line.left for line in lines), default=None)


def _join_tables(first: Grid, second: Grid, vocabulary: Vocabulary) -> None:
    """Put the rows of a table's second part behind those of its first."""
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


def _same_row(last: dict[int, Cell], top: Sequence[Cell]) -> bool:
    """Whether the first row of a page is the rest of the last row of the page before."""
    if not top or any(cell.column not in last and not cell.is_empty for cell in top):
        return False
    pairs = [(last[cell.column], cell) for cell in top if cell.column in last and not cell.is_empty]
    if len(pairs) == 1 and len(last) > 1 and _goes_on_below(*pairs[0], [cell for cell in last.values() if cell is not pairs[0][0]]):
        return True
    cut = [_cut(own, cell) for own, cell in pairs if not own.is_empty]
    return any(cut) and all(one or cell.column > 0 for one, (_, cell) in zip(cut, pairs, strict=False))


def _goes_on_below(own: Cell, cell: Cell, others: Sequence[Cell]) -> bool:
    """Whether the one cell written on the next page is the rest of one whose last line was full, beside cells that were not."""
    return not own.is_empty and not all(other.is_empty for other in others) and _is_full(own, cell)


def _is_full(own: Cell, cell: Cell) -> bool:
    """Whether a cell stops at the end of a full line, without the end of a sentence."""
    lines = [line for draft in own.drafts for line in draft.lines]
    below = [line for draft in cell.drafts for line in draft.lines]
    if len(lines) < 2 or not below or own.text.endswith(ENDS) or markers.split_marker(cell.text).number:
        return False
    return not _fits(lines[-1], below[0], max(line.right for line in lines))


def _cut(own: Cell, cell: Cell) -> bool:
    """Whether the text of a cell stops in the middle of a sentence that the other goes on with."""
    before, after = own.text, cell.text
    return not before.endswith(ENDS) and after[:1].islower()


def _join_cells(own: Cell, cell: Cell, vocabulary: Vocabulary) -> None:
    if own.drafts and cell.drafts and (_cut(own, cell) or _is_full(own, cell)) and not own.drafts[-1].grid and not cell.drafts[0].grid:
        _join(own.drafts[-1], cell.drafts[0], vocabulary)
        own.drafts.extend(cell.drafts[1:])
    else:
        own.drafts.extend(cell.drafts)
