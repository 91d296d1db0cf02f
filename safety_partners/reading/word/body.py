"""The body of a Word document as drafts: paragraphs, lists, tables, text boxes and footnotes, in reading order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from safety_partners.reading import markers
from safety_partners.reading.blocks import Kind
from safety_partners.reading.drafts import Cell, Draft, Grid, Look
from safety_partners.reading.limits import Watch
from safety_partners.reading.word.numbers import Numbering
from safety_partners.reading.word.package import W
from safety_partners.reading.word.runs import Notes, Text, read_text
from safety_partners.reading.word.styles import Style, Styles, switch, value

THROUGH = frozenset(f"{W}{name}" for name in ("sdtContent", "ins", "moveTo", "smartTag", "customXml"))
DEEPEST_TABLES = 12
SEPARATE = re.compile(r"\n\s*\n|\f")


@dataclass(frozen=True, slots=True)
class Parts:
    """What reading the body needs to know."""

    styles: Styles
    numbering: Numbering
    notes: Notes
    watch: Watch


class BodyReader:
    """Reads blocks one after another; the numbers of lists and notes count on in the order they are asked for."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.unfinished: Text | None = None
        self.seen = 0

    def blocks(self, parent: Any, tables: int = 0) -> Iterator[Draft]:
        """The drafts of a body, a cell, a text box or a note."""
        for item in parent:
            self.seen += 1
            if self.seen % 200 == 0:
                self.parts.watch.look()
            if item.tag == f"{W}p":
                yield from self.paragraph(item, tables)
            elif item.tag == f"{W}tbl":
                if tables < DEEPEST_TABLES:
                    yield from self.table(item, tables + 1)
            elif item.tag == f"{W}sdt":
                for inner in item.iterfind(f"{W}sdtContent"):
                    yield from self.content_control(item, inner, tables)
            elif item.tag in THROUGH:
                yield from self.blocks(item, tables)

    def content_control(self, item: Any, inner: Any, tables: int) -> Iterator[Draft]:
        """What is in a content control; all of one that Word made as a table of contents is contents."""
        gallery = value(item.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")) or ""
        for draft in self.blocks(inner, tables):
            if gallery.lower() == "table of contents" and not draft.grid:
                draft.kind, draft.told, draft.level = Kind.CONTENTS, True, 0
            yield draft

    def paragraph(self, item: Any, tables: int) -> Iterator[Draft]:
        """One paragraph, with the text boxes anchored in it and the notes it refers to behind it."""
        marks = item.find(f"{W}pPr")
        style_id = value(marks.find(f"{W}pStyle")) if marks is not None else None
        style = self.parts.styles.get(style_id)
        text = read_text(item, style, self.parts.styles, self.parts.notes)
        if self.unfinished:
            text, self.unfinished = self.unfinished.followed_by(text), None
        if marks is not None and marks.find(f"{W}rPr/{W}del") is not None:
            self.unfinished = text  # the end of this paragraph is deleted: it runs on into the next
            return
        yield from self.drafts(text, marks, style, style_id)
        for box in text.boxes:
            yield from self.blocks(box, tables)
        for number, note in text.notes:
            for place, draft in enumerate(list(self.blocks(note, tables))):
                draft.kind, draft.told, draft.level = Kind.NOTE, True, 0
                draft.number = number if place == 0 else ""
                yield draft

    def drafts(self, text: Text, marks: Any | None, style: Style, style_id: str | None) -> Iterator[Draft]:
        """A paragraph as one draft, or as several where empty lines or page breaks part it."""
        number, depth = self.number(marks, style, style_id)  # asked even of an empty paragraph: Word counts those too
        pieces = [piece.strip("\n ") for piece in SEPARATE.split(text.written) if piece.strip()]
        for place, piece in enumerate(pieces):
            draft = self.draft(piece, style, marks, text.look)
            if place == 0 and number:
                draft.number = number
                if draft.kind is Kind.PARAGRAPH:
                    draft.kind, draft.level = Kind.LIST_ITEM, depth
            yield draft

    def draft(self, piece: str, style: Style, marks: Any | None, look: Look) -> Draft:
        """One draft, of the kind its style tells."""
        first, tab, rest = piece.partition("\t")
        gapped = bool(tab and rest.strip() and markers.is_label(first))
        draft = Draft(Kind.PARAGRAPH, piece.replace("\t", " "), look=look, gapped=gapped)
        own = value(marks.find(f"{W}outlineLvl")) if marks is not None else None
        heading = min(int(own) + 1, 6) if own and own.isdigit() and int(own) < 9 else style.heading
        if own == "9":
            heading = 0
        if style.is_contents:
            draft.kind, draft.told = Kind.CONTENTS, True
        elif style.is_title:
            draft.kind, draft.told, draft.level, draft.is_title = Kind.HEADING, True, 1, True
        elif heading:
            draft.kind, draft.told, draft.level = Kind.HEADING, True, heading
        return draft

    def number(self, marks: Any | None, style: Style, style_id: str | None) -> tuple[str, int]:
        """The number that Word prints before a paragraph, and how deep in its list that stands."""
        numbering = marks.find(f"{W}numPr") if marks is not None else None
        list_id, level = style.list_id, style.list_level
        if numbering is not None:
            list_id = value(numbering.find(f"{W}numId")) or list_id
            own = value(numbering.find(f"{W}ilvl"))
            level = int(own) if own and own.isdigit() else level
        if not list_id or list_id == "0":
            return "", 0
        if level is None:
            level = self.parts.numbering.level_of_style(list_id, style_id or "") or 0
        level = min(level, 8)
        number = self.parts.numbering.next_number(list_id, level)
        return number, max(level + 1, style.list_depth)

    def table(self, item: Any, tables: int) -> Iterator[Draft]:
        """A table with its merged cells, each once."""
        cells: list[Cell] = []
        above: dict[int, Cell] = {}
        notes: list[Draft] = []
        row = 0
        for line in _through(item, f"{W}tr"):
            marks = line.find(f"{W}trPr")
            if marks is not None and marks.find(f"{W}del") is not None:
                continue
            head = marks is not None and bool(switch(marks.find(f"{W}tblHeader")))
            column = _count(marks, "gridBefore")
            for box in _through(line, f"{W}tc"):
                wide, merged = _span(box)
                over = above.get(column)
                if merged == "continue" and over is not None:
                    over.high += 1
                else:
                    inner = list(self.blocks(box, tables))
                    notes.extend(draft for draft in inner if draft.kind is Kind.NOTE)
                    cell = Cell(row, column, wide, 1, head, [draft for draft in inner if draft.kind is not Kind.NOTE])
                    cells.append(cell)
                    above[column] = cell
                    if merged != "restart":
                        above.pop(column)
                column += wide
            row += 1
        if cells:
            yield Draft(Kind.TABLE, told=True, grid=Grid(cells))
        yield from notes


def _through(parent: Any, wanted: str) -> Iterator[Any]:
    """Rows or cells, also those inside content controls and tracked insertions."""
    for item in parent:
        if item.tag == wanted:
            yield item
        elif item.tag == f"{W}sdt":
            for inner in item.iterfind(f"{W}sdtContent"):
                yield from _through(inner, wanted)
        elif item.tag in THROUGH:
            yield from _through(item, wanted)


def _count(marks: Any | None, name: str) -> int:
    found = value(marks.find(f"{W}{name}")) if marks is not None else None
    return min(int(found), 100) if found and found.isdigit() else 0


def _span(box: Any) -> tuple[int, str]:
    """How many columns a cell takes, and whether it starts or goes on with a cell merged downwards."""
    marks = box.find(f"{W}tcPr")
    if marks is None:
        return 1, ""
    merge = marks.find(f"{W}vMerge")
    merged = "" if merge is None else (value(merge) or "continue")
    return max(_count(marks, "gridSpan"), 1), merged
