"""What reading gives back: a document as an ordered list of blocks."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a block is to a reader."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE = "table"
    CONTENTS = "contents"
    NOTE = "note"


class SourceKind(StrEnum):
    """What sort of file the document came in."""

    PDF = "pdf"
    WORD = "word"


Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, list item, table, line of a contents page, or footnote.

    `level` is the depth of a heading (1 is the highest), or of a list item (1 is the outermost); 0 for the rest.
    `number` is what the document prints before the text ("4.2", "a)", "•"), never part of `text`.
    `rows` holds the cells of a table, as many in each row; a merged cell's text stands once, in its first place.
    `text` of a table is its cells read row by row: a line for a row, " | " between cells.
    `page` counts from 1; None where the file has no pages (Word).
    """

    kind: Kind
    text: str
    level: int = 0
    number: str = ""
    rows: Rows = ()
    head_rows: int = 0
    page: int | None = None

    @property
    def reading(self) -> str:
        """The block as it is read out: its number, then its text."""
        return f"{self.number} {self.text}" if self.number else self.text


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document as read: its title, where it came from, and its blocks in reading order.

    `page_count` is None for Word, which has pages only once it is printed.
    """

    title: str
    source_kind: SourceKind
    page_count: int | None
    blocks: tuple[Block, ...]

    @property
    def word_count(self) -> int:
        """How many words the blocks hold, printed numbers left out."""
        return sum(len(block.text.split()) for block in self.blocks)


def table_text(rows: Sequence[Sequence[str]]) -> str:
    """The cells of a table as lines of text; empty cells are passed over."""
    return "\n".join(" | ".join(cell.replace("\n", " ") for cell in row if cell) for row in rows if any(row))
