"""Pages without usable tags: from where the words stand to drafts."""

from collections.abc import Sequence

from safety_partners.reading import markers
from safety_partners.reading.blocks import Kind
from safety_partners.reading.drafts import Cell, Draft, Grid
from safety_partners.reading.limits import Watch
from safety_partners.reading.pdf.columns import Cells, Flow, reading_order
from safety_partners.reading.pdf.geometry import Box, Line, Page, Word
from safety_partners.reading.pdf.grids import RuledGrid, find_grids
from safety_partners.reading.pdf.paragraphs import ParagraphReader, habits
from safety_partners.reading.pdf.segments import segments
from safety_partners.reading.pdf.text import draft_of
from safety_partners.reading.unwrapping import without_empty
from safety_partners.reading.wording import Vocabulary

SMALL = 0.93  # of the usual size: footnotes are no larger
TELLING = 8  # long lines that show where a column breaks them


class LayoutReader:
    """Reads pages by their layout. `lines`: those of each page as the file stores them, to learn what is usual from."""

    def __init__(self, pages: Sequence[Page], lines: Sequence[Sequence[Line]], vocabulary: Vocabulary, watch: Watch) -> None:
        self.pages, self.vocabulary, self.watch = pages, vocabulary, watch
        self.known = habits(column for found in lines for column in _by_left(found))
        self.rights = _right_edges(pages, lines)

    def page(self, index: int) -> list[Draft]:
        """The drafts of a page."""
        return self.words(self.pages[index])

    def words(self, page: Page) -> list[Draft]:
        """The drafts of a page, or of those words of it that are given."""
        self.watch.look()
        grids = find_grids(page)
        in_grid = {id(word) for grid in grids for cell in grid.cells for word in cell.words}
        free = segments(page, [word for word in page.words if id(word) not in in_grid])
        notes = self._notes(page, free)
        noted = {id(line) for line in notes}
        found = self._in_order([line for line in free if id(line) not in noted], grids, page)
        return [*found, *self._footnotes(notes)]

    def _footnotes(self, lines: Sequence[Line]) -> list[Draft]:
        """The lines at the foot of a page as notes: each begins with its figure or sign."""
        parts: list[list[Line]] = []
        for line in lines:
            if not parts or markers.split_note(line.text).number:
                parts.append([])
            parts[-1].append(line)
        found = [draft_of(Kind.NOTE, part, self.vocabulary, told=True) for part in parts]
        for draft in found:
            draft.number, draft.text = markers.split_note(draft.text)
        return found

    def _in_order(self, lines: Sequence[Line], grids: Sequence[RuledGrid], page: Page) -> list[Draft]:
        """Text and drawn tables from the top down; a table beside text comes after the text it stands beside."""
        beside = [grid for grid in grids if _is_beside(grid.box, lines)]
        cutting = [grid for grid in grids if not any(grid is other for other in beside)]
        found: list[Draft] = []
        top = -1e9
        for grid in [*cutting, None]:
            bottom = grid.box.top if grid else 1e9
            for part in reading_order([line for line in lines if top <= line.base < bottom]):
                found.extend(self._part(part, page))
            for other in beside:
                if top <= other.box.top < bottom:
                    found.extend(self._grid(other, page))
            if grid:
                found.extend(self._grid(grid, page))
            top = bottom
        return found

    def _right(self, page: Page) -> float:
        return self.rights.get(round(page.width / 10)) or page.width * 0.9

    def _part(self, part: Flow | Cells, page: Page) -> list[Draft]:
        if isinstance(part, Cells):
            return [self._cells(part)]
        long = [line.right for line in part.lines if len(line.words) > (2 if part.is_column else 4)]
        right = max(long, default=0.0) if len(long) >= TELLING else 0.0
        if right < 0.4 * page.width and not (part.is_column and right):
            right = self._right(page)
        return ParagraphReader(part.lines, right, self.known, self.vocabulary).drafts()

    def _cells(self, part: Cells) -> Draft:
        """A table without rules."""
        columns = range(len(part.rows[0]))
        rights = [max((line.right for row in part.rows for line in row[column]), default=0.0) for column in columns]
        cells: list[Cell] = []
        lines: list[Line] = []
        for row, texts in enumerate(part.rows):
            for column, inside in enumerate(texts):
                drafts = ParagraphReader(inside, rights[column], self.known, self.vocabulary).drafts()
                cells.append(Cell(row, column, drafts=drafts))
                lines.extend(inside)
        lines.sort(key=lambda line: line.base)
        return Draft(Kind.TABLE, told=True, page=lines[0].page, grid=Grid(cells), lines=lines)

    def _grid(self, grid: RuledGrid, page: Page) -> list[Draft]:
        """A drawn table, or what stands in a box."""
        if not grid.regular or len({cell.column for cell in grid.cells if cell.words}) <= 1:
            words = [word for cell in grid.cells for word in cell.words]
            if grid.regular:
                return self._inside(words, grid.box, page)
            return [draft for cell in grid.cells for draft in self._inside(cell.words, cell.box, page)]
        cells = [Cell(cell.row, cell.column, cell.wide, cell.high, drafts=self._inside(cell.words, cell.box, page)) for cell in grid.cells]
        _mark_heads(cells)
        lines = sorted((line for cell in cells for draft in cell.drafts for line in draft.lines), key=lambda line: line.base)
        return [Draft(Kind.TABLE, told=True, page=page.number, grid=without_empty(Grid(cells)), lines=lines)]

    def _inside(self, words: Sequence[Word], box: Box, page: Page) -> list[Draft]:
        """What stands in a cell or a box."""
        if not words:
            return []
        lines = segments(Page(page.number, page.width, page.height), words)
        padding = max(min(min(line.left for line in lines) - box.left, 12.0), 2.0)
        found: list[Draft] = []
        for part in reading_order(lines):
            if isinstance(part, Cells):
                found.append(self._cells(part))
            else:
                long = [line.right for line in part.lines if len(line.words) > 4]
                right = max(long) if len(long) >= TELLING else box.right - padding
                right = max(right, *(line.right for line in part.lines))
                found.extend(ParagraphReader(part.lines, right, self.known, self.vocabulary).drafts())
        return found

    def _notes(self, page: Page, lines: Sequence[Line]) -> list[Line]:
        """The lines under a short rule near the foot of the page, in small letters: footnotes."""
        size = self.known.size
        for rule in sorted((rule for rule in page.rules if rule.across), key=lambda rule: -rule.at):
            if rule.at < 0.35 * page.height or not 40 < rule.end - rule.start < 0.45 * page.width:
                continue
            below = [line for line in lines if line.base > rule.at]
            above = [line for line in lines if line.base <= rule.at]
            if below and above and all(line.size <= SMALL * size for line in below) and below[0].text[:1] in "0123456789*†⁰¹²³⁴⁵⁶⁷⁸⁹[":
                return sorted(below, key=lambda line: line.base)
        return []


def _right_edges(pages: Sequence[Page], lines: Sequence[Sequence[Line]]) -> dict[int, float]:
    """For each width of page (in tens of points) how far right its text reaches on most such pages."""
    many: dict[int, list[float]] = {}
    few: dict[int, list[float]] = {}
    for page, found in zip(pages, lines, strict=True):
        long = [line.right for line in found if len(line.words) > 4]
        if long:
            (many if len(long) >= TELLING else few).setdefault(round(page.width / 10), []).append(max(long))
    return {width: sorted(edges)[len(edges) // 2] for width, edges in (few | many).items()}


def _is_beside(box: Box, lines: Sequence[Line]) -> bool:
    """Whether text stands left or right of a box."""
    return any(box.top < line.base < box.bottom and (line.right <= box.left + 2 or line.left >= box.right - 2) for line in lines)


def _by_left(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines that begin at the same place, from the top down: good enough to learn from."""
    columns: dict[int, list[Line]] = {}
    for line in lines:
        columns.setdefault(round(line.left / 8), []).append(line)
    return list(columns.values())


def _mark_heads(cells: Sequence[Cell]) -> None:
    """The first row is a head when all of it is bold and not all of the rest is."""
    first = [cell for cell in cells if cell.row == 0 and not cell.is_empty]
    rest = [cell for cell in cells if cell.row > 0 and cell.column > 0 and not cell.is_empty]
    if first and rest and _all_bold(first) and not _all_bold(rest):
        for cell in first:
            cell.head = True


def _all_bold(cells: Sequence[Cell]) -> bool:
    return all(draft.look.bold for cell in cells for draft in cell.drafts)
