"""What a reader of PDF or Word makes first: blocks whose kind is not yet decided, and tables with what is in their cells."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from safety_partners.reading.blocks import Kind

if TYPE_CHECKING:
    from safety_partners.reading.pdf.geometry import Line


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph is set: the size of its letters (0: unknown), and whether all of it is bold or slanted."""

    size: float = 0.0
    bold: bool = False
    italic: bool = False


@dataclass(slots=True)
class Draft:
    """A block in the making.

    `told`: the document itself says what it is (a tag, a style), so nothing is guessed. `gapped`: a wide gap follows
    its first word, as after a printed number. `lines` is where it stands on the page (PDF only).
    """

    kind: Kind
    text: str = ""
    level: int = 0
    number: str = ""
    look: Look = Look()
    told: bool = False
    gapped: bool = False
    page: int | None = None
    grid: "Grid | None" = None
    is_title: bool = False
    lines: "list[Line]" = field(default_factory=list)

    @property
    def reading(self) -> str:
        """Its number, then its text."""
        return f"{self.number} {self.text}" if self.number else self.text


@dataclass(slots=True)
class Cell:
    """A cell: its place, how many columns and rows it takes, and what is in it."""

    row: int
    column: int
    wide: int = 1
    high: int = 1
    head: bool = False
    drafts: list[Draft] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written in it."""
        return not any(draft.text or draft.grid for draft in self.drafts)

    @property
    def text(self) -> str:
        """What is in it as lines of text."""
        return "\n".join(line for draft in self.drafts for line in _as_lines(draft))


def _as_lines(draft: Draft) -> Iterable[str]:
    if draft.grid:
        for row in draft.grid.rows():
            if any(row):
                yield " | ".join(cell.replace("\n", " ") for cell in row if cell)
    elif draft.text or draft.number:
        yield draft.reading


@dataclass(slots=True)
class Grid:
    """A table as cells in their places."""

    cells: list[Cell]

    @property
    def columns(self) -> int:
        """How many columns it has."""
        return max((cell.column + cell.wide for cell in self.cells), default=0)

    @property
    def height(self) -> int:
        """How many rows it has."""
        return max((cell.row + cell.high for cell in self.cells), default=0)

    def by_row(self) -> dict[int, list[Cell]]:
        """The cells that begin in each row, from left to right."""
        found: dict[int, list[Cell]] = {}
        for cell in sorted(self.cells, key=lambda cell: (cell.row, cell.column)):
            found.setdefault(cell.row, []).append(cell)
        return found

    def rows(self) -> list[list[str]]:
        """The text of the cells, as many in each row; a merged cell's text stands in its first place only."""
        rows = [[""] * self.columns for _ in range(self.height)]
        for cell in self.cells:
            rows[cell.row][cell.column] = cell.text
        return rows


def placed(rows: Sequence[Sequence[Cell]]) -> Grid:
    """Cells given row by row, each put into the next free place of its row."""
    taken: set[tuple[int, int]] = set()
    cells: list[Cell] = []
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            while (number, column) in taken:
                column += 1
            cell.row, cell.column = number, column
            for down in range(min(cell.high, len(rows) - number)):
                taken.update((number + down, column + across) for across in range(cell.wide))
            cell.high = min(cell.high, len(rows) - number)
            cells.append(cell)
            column += cell.wide
    return Grid(cells)
