"""From drafts to the finished document: layout tables apart, contents, headings and numbers named."""

from collections import Counter
from collections.abc import Sequence

from safety_partners.reading import markers
from safety_partners.reading.blocks import Block, Kind, ReadDocument, SourceKind, table_text
from safety_partners.reading.contents import name_contents
from safety_partners.reading.drafts import Draft, Grid
from safety_partners.reading.headings import name_headings
from safety_partners.reading.limits import Watch
from safety_partners.reading.refusals import DocumentRefused, Reason
from safety_partners.reading.unwrapping import unwrapped
from safety_partners.reading.wording import tidy, tidy_lines

NAMES_OF_PROGRAMS = ("microsoft word", "untitled", "document", ".doc", ".indd", ".pdf", ".qxp", ".rtf", "powerpoint")


def shape(drafts: Sequence[Draft], kind: SourceKind, *, page_count: int | None, named: str, file_name: str, watch: Watch) -> ReadDocument:
    """The document from its drafts. `named`: the title that the file carries about itself.

    Raises DocumentRefused when nothing is left to read, or more than may be.
    """
    drafts = [draft for draft in unwrapped(drafts) if draft.text.strip() or draft.grid or draft.number]
    name_contents(drafts)
    for draft in drafts:
        _number(draft)
    name_headings(drafts)
    _clauses(drafts)
    blocks = tuple(block for draft in drafts if (block := _block(draft)).text or block.rows)
    watch.look()
    if not blocks:
        raise DocumentRefused(Reason.EMPTY)
    watch.count_words(sum(len(block.text.split()) for block in blocks))
    return ReadDocument(_title(drafts, named, file_name), kind, page_count, blocks)


def _number(draft: Draft) -> None:
    """Part a bullet or number typed by hand from its text."""
    if draft.number or draft.kind not in (Kind.PARAGRAPH, Kind.LIST_ITEM, Kind.CONTENTS):
        return
    marked = markers.split_marker(draft.text, after_gap=draft.gapped)
    if draft.kind is Kind.CONTENTS and not marked.number:
        marked = markers.split_heading(draft.text)
    if not marked.number:
        return
    draft.number, draft.text = marked
    if draft.kind is Kind.PARAGRAPH:
        draft.kind, draft.level = Kind.LIST_ITEM, 1


def _clauses(drafts: Sequence[Draft]) -> None:
    """A paragraph numbered "4.2" is a clause of the text, not an item of a list."""
    for draft in drafts:
        if draft.kind is Kind.LIST_ITEM and markers.is_clause(draft.number):
            draft.kind, draft.level = Kind.PARAGRAPH, 0


def _block(draft: Draft) -> Block:
    if draft.grid:
        rows = _rows(draft.grid)
        return Block(
            draft.kind,
            table_text(rows),
            rows=rows,
            head_rows=0 if draft.kind is Kind.CONTENTS else _head_rows(draft.grid),
            page=draft.page,
        )
    level = draft.level if draft.kind in (Kind.HEADING, Kind.LIST_ITEM) else 0
    return Block(draft.kind, tidy_lines(draft.text), level, tidy(draft.number), page=draft.page)


def _rows(grid: Grid) -> tuple[tuple[str, ...], ...]:
    for cell in grid.cells:
        for draft in cell.drafts:
            _number(draft)
    return tuple(tuple(tidy_lines(text) for text in row) for row in grid.rows() if any(row))


def _head_rows(grid: Grid) -> int:
    """How many rows at the top are all heads."""
    count = 0
    by_row = grid.by_row()
    for row in sorted(by_row):
        if not all(cell.head for cell in by_row[row]):
            break
        count += 1
    return count if count < len(by_row) else 0


def _title(drafts: Sequence[Draft], named: str, file_name: str) -> str:
    """The title: as the document marks it, else its largest line near the start, else what the file is called."""
    for draft in drafts:
        if draft.is_title and draft.text.strip():
            return tidy(draft.text)
    named = tidy(named)
    first = next((draft.page for draft in drafts if draft.page), None)
    near = [draft for draft in drafts[:30] if draft.page == first and draft.kind in (Kind.HEADING, Kind.PARAGRAPH)]
    sized = [draft for draft in near if draft.look.size and 1 <= len(draft.text.split()) <= 20]
    says_so = not sized or any(named.lower() in draft.text.lower() for draft in near)
    if named and says_so and not any(part in named.lower() for part in NAMES_OF_PROGRAMS):
        return named
    usual = Counter(draft.look.size for draft in drafts for _ in draft.text.split()).most_common(1)
    largest = max((draft.look.size for draft in sized), default=0.0)
    if usual and largest > 1.15 * usual[0][0]:
        lines = [draft for draft in sized if draft.look.size == largest]
        return tidy(max(lines[:4], key=lambda draft: len(draft.text)).text)
    heading = next((draft.text for draft in drafts if draft.kind is Kind.HEADING and draft.text), "")
    return tidy(heading or named or file_name.rsplit("/", 1)[-1].rsplit(".", 1)[0]) or tidy(drafts[0].text)[:100]
