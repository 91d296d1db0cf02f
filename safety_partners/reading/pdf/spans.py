"""How many columns a cell takes, where the tags do not say: read from where its words stand."""

from collections.abc import Sequence

from safety_partners.reading.drafts import Cell

NEAR = 9.0  # points


def spread(rows: Sequence[Sequence[Cell]]) -> None:
    """Widen the cells of rows that have fewer than the table has columns. Changes the cells.

    Word's own PDFs leave the spans of cells out of the tags: a row of one cell then runs across the whole table, and
    in a row of several each cell reaches to where the next begins.
    """
    columns = max((sum(cell.wide for cell in row) for row in rows), default=0)
    if columns < 2 or any(cell.high > 1 for row in rows for cell in row):
        return
    edges = _edges(rows, columns)
    for row in rows:
        width = sum(cell.wide for cell in row)
        if not row or width >= columns or any(cell.wide > 1 for cell in row):
            continue
        if len(row) == 1:
            row[0].wide = columns
            continue
        starts = _starts(row, edges, columns)
        for place, cell in enumerate(row):
            end = starts[place + 1] if place + 1 < len(row) else columns
            cell.wide = max(end - starts[place], 1)


def _edges(rows: Sequence[Sequence[Cell]], columns: int) -> list[float | None]:
    """Where each column begins, from the rows that have all cells."""
    edges: list[float | None] = [None] * columns
    for row in rows:
        if len(row) != columns:
            continue
        for place, cell in enumerate(row):
            left = _left(cell)
            known = edges[place]
            if left is not None:
                edges[place] = left if known is None else min(known, left)
    return edges


def _left(cell: Cell) -> float | None:
    return min((line.left for draft in cell.drafts for line in draft.lines), default=None)


def _starts(row: Sequence[Cell], edges: Sequence[float | None], columns: int) -> list[int]:
    """The column in which each cell of a short row begins."""
    starts: list[int] = []
    for place, cell in enumerate(row):
        least = starts[-1] + 1 if starts else 0
        most = columns - (len(row) - place)
        left = _left(cell)
        start = least
        if left is not None and place > 0:
            for column in range(least, most + 1):
                edge = edges[column]
                if edge is not None and edge <= left + NEAR:
                    start = column
        starts.append(min(start, most))
    return starts
