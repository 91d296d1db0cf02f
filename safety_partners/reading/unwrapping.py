"""Tables that are only there to place text on the page are taken apart; what a reader would call a table stays one."""

from collections import Counter
from collections.abc import Sequence

from safety_partners.reading.blocks import Kind
from safety_partners.reading.drafts import Cell, Draft, Grid

LONG = 25  # words: a cell across the whole table with more than this is running text


def unwrapped(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts with every table that is only layout replaced by what is in it."""
    found: list[Draft] = []
    for draft in drafts:
        found.extend(_taken_apart(draft, draft.grid) if draft.grid else [draft])
    return found


def _taken_apart(draft: Draft, grid: Grid) -> list[Draft]:
    for cell in grid.cells:
        cell.drafts = unwrapped(cell.drafts)
    grid = without_empty(grid)
    by_row = grid.by_row()
    pieces: list[list[int]] = [[]]
    found: list[Draft] = []
    for row in sorted(by_row):
        if _is_text(by_row[row], grid.columns):
            found.extend(_table(draft, by_row, pieces[-1], grid.columns))
            found.extend(by_row[row][0].drafts)
            pieces.append([])
        else:
            pieces[-1].append(row)
    found.extend(_table(draft, by_row, pieces[-1], grid.columns))
    return found


def without_empty(grid: Grid) -> Grid:
    """The grid without rows and columns in which nothing is written."""
    written = [cell for cell in grid.cells if not cell.is_empty]
    rows = sorted({cell.row for cell in written})
    columns = sorted({cell.column for cell in written})
    kept = []
    for cell in grid.cells:
        inside_rows = [row for row in rows if cell.row <= row < cell.row + cell.high]
        inside_columns = [column for column in columns if cell.column <= column < cell.column + cell.wide]
        if cell.is_empty or not inside_rows or not inside_columns:
            continue
        kept.append(
            Cell(
                rows.index(inside_rows[0]),
                columns.index(inside_columns[0]),
                len(inside_columns),
                len(inside_rows),
                cell.head,
                cell.drafts,
            )
        )
    return Grid(kept)


def _spans(cells: Sequence[Cell], columns: int) -> bool:
    """Whether a row is one cell across the whole table."""
    return len(cells) == 1 and cells[0].wide >= columns and cells[0].high == 1


def _is_text(cells: Sequence[Cell], columns: int) -> bool:
    """Whether a row is running text rather than cells."""
    if not _spans(cells, columns):
        return False
    drafts = cells[0].drafts
    rich = len(drafts) > 1 or any(draft.grid or draft.kind is Kind.LIST_ITEM for draft in drafts)
    return rich or columns == 1 or sum(len(draft.text.split()) for draft in drafts) > LONG


def _table(draft: Draft, by_row: dict[int, list[Cell]], rows: Sequence[int], columns: int) -> list[Draft]:
    """Rows that stay a table; lines across its whole width before and after them stand free."""
    start, end = 0, len(rows)
    usual = _usual_size([cell for row in rows for cell in by_row[row]])
    while start < end and (_spans(by_row[rows[start]], columns) or _is_larger(by_row[rows[start]], usual)):
        start += 1
    while end > start and _spans(by_row[rows[end - 1]], columns):
        end -= 1
    before = [inner for row in rows[:start] for inner in by_row[row][0].drafts]
    after = [inner for row in rows[end:] for inner in by_row[row][0].drafts]
    if start == end:
        return before + after
    first = rows[start]
    cells = [
        Cell(cell.row - first, cell.column, cell.wide, cell.high, cell.head, cell.drafts) for row in rows[start:end] for cell in by_row[row]
    ]
    page = next((inner.page for cell in cells for inner in cell.drafts if inner.page), draft.page)
    return [*before, Draft(Kind.TABLE, told=True, page=page, grid=without_empty(Grid(cells)), lines=draft.lines), *after]


def _usual_size(cells: Sequence[Cell]) -> float:
    """The size of letters that most text in some cells has."""
    sizes: Counter[float] = Counter()
    for cell in cells:
        for draft in cell.drafts:
            sizes[draft.look.size] += len(draft.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _is_larger(cells: Sequence[Cell], usual: float) -> bool:
    """Whether a row is one line in larger letters than the table's: a title set in a table."""
    if len(cells) != 1 or cells[0].column > 0 or cells[0].high > 1:
        return False
    return all(draft.look.size > 1.1 * usual > 0 and not draft.grid for draft in cells[0].drafts)
