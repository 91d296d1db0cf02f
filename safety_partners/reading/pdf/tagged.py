"""From tags to drafts: headings, paragraphs, lists, tables and contents as the document itself names them."""

from collections.abc import Iterator, Sequence

from safety_partners.reading import markers
from safety_partners.reading.blocks import Kind
from safety_partners.reading.drafts import Cell, Draft, placed
from safety_partners.reading.limits import Watch
from safety_partners.reading.pdf.geometry import Line, Page, Word, lines_in_order
from safety_partners.reading.pdf.spans import spread
from safety_partners.reading.pdf.tags import Place, Tag
from safety_partners.reading.pdf.text import draft_of
from safety_partners.reading.wording import Vocabulary

HEADINGS = {"H": 1, "Title": 1, "H1": 1, "H2": 2, "H3": 3, "H4": 4, "H5": 5, "H6": 6}
ANYWHERE = frozenset(("NonStruct", "Private", "Lbl"))  # inside a line they are part of it
PARTS = frozenset(["THead", "TBody", "TFoot"])


class TaggedReader:
    """Walks the tag tree once and makes drafts in its order. Keeps count of which words it has used."""

    def __init__(self, pages: Sequence[Page], vocabulary: Vocabulary, watch: Watch) -> None:
        self.pages, self.vocabulary, self.watch = pages, vocabulary, watch
        self.marked: dict[tuple[int, int], list[Word]] = {}
        for index, page in enumerate(pages):
            for word in page.words:
                if word.mark >= 0:
                    self.marked.setdefault((index, word.mark), []).append(word)
        self.left: set[int] = set()

    def read(self, tree: Tag) -> list[Draft]:
        """All drafts under the tree, in its order."""
        return list(self.blocks(tree, 0))

    def leave(self, page: int) -> None:
        """Leave the words of a page to its layout."""
        for place in [place for place in self.marked if place[0] == page]:
            del self.marked[place]
        self.left.add(page)

    def left_over(self, page: int) -> list[Word]:
        """The words of a page that no tag reached."""
        if page in self.left:
            return self.pages[page].words
        unused = {id(word) for (index, _), words in self.marked.items() if index == page for word in words}
        return [word for word in self.pages[page].words if word.mark < 0 or id(word) in unused]

    def words(self, places: Sequence[Place]) -> list[tuple[int, Word]]:
        """The words at some places, each given out once."""
        found: list[tuple[int, Word]] = []
        for place in places:
            found.extend((place.page, word) for word in self.marked.pop((place.page, place.mark), ()))
        return found

    def blocks(self, tag: Tag, deep: int) -> Iterator[Draft]:
        """The drafts of a block-level element; `deep` is how many lists it stands in."""
        self.watch.look()
        match tag.kind:
            case "Table":
                yield from self.table(tag, deep)
            case "L":
                for kid in tag.tags():
                    yield from self.item(kid, deep + 1) if kid.kind == "LI" else self.blocks(kid, deep + 1)
            case "LI":
                yield from self.item(tag, max(deep, 1))
            case "TOC" | "TOCI" | "Index":
                yield from self.contents(tag, deep)
            case "Note" | "FENote":
                yield from self.note(tag, deep)
            case kind if kind in HEADINGS:
                yield from self.heading(tag, deep)
            case _:
                yield from self.mixed(tag, deep)

    def mixed(self, tag: Tag, deep: int) -> Iterator[Draft]:
        """Lines and blocks under one element: the lines between two blocks make a paragraph."""
        places: list[Place] = []
        notes: list[Tag] = []
        for kid in tag.kids:
            if isinstance(kid, Place):
                places.append(kid)
            elif (kid.is_inline or kid.kind == "Lbl") and not _holds_block(kid):
                places.extend(_inline(kid, notes))
            elif kid.kind in ("Note", "FENote"):
                notes.append(kid)
            else:
                yield from self.paragraph(places, tag)
                places = []
                yield from self.blocks(kid, deep)
        yield from self.paragraph(places, tag)
        for note in notes:
            yield from self.blocks(note, deep)

    def paragraph(self, places: Sequence[Place], tag: Tag) -> Iterator[Draft]:
        """The lines at some places as paragraphs: one, unless the tag holds bullets or gaps inside."""
        words = self.words(places)
        if words:
            told = tag.kind in ("P", "Caption")
            for lines in _parted(_lines(words)):
                yield draft_of(Kind.PARAGRAPH, lines, self.vocabulary, told=told)

    def heading(self, tag: Tag, deep: int) -> Iterator[Draft]:
        """A heading, and whatever else was tagged inside it."""
        for draft in self.mixed(tag, deep):
            if draft.kind in (Kind.PARAGRAPH, Kind.LIST_ITEM) and draft.text:
                draft.kind, draft.told = Kind.HEADING, True
                draft.level, draft.is_title = HEADINGS[tag.kind], tag.kind == "Title"
            yield draft

    def note(self, tag: Tag, deep: int) -> Iterator[Draft]:
        """A footnote, with the figure or sign before it as its number."""
        label = [place for kid in tag.tags() if kid.kind == "Lbl" for place in kid.places()]
        number = "".join(line.text for line in _lines(self.words(label))).strip()
        for draft in self.mixed(tag, deep):
            if not draft.grid:
                draft.kind, draft.told, draft.level = Kind.NOTE, True, 0
                if not number and not draft.number:
                    draft.number, draft.text = markers.split_note(draft.text)
                draft.number, number = draft.number or number, ""
            yield draft

    def listed(self, tag: Tag, deep: int) -> Iterator[Draft]:
        """Everything under an element of a contents page."""
        for draft in self.mixed(tag, deep):
            if not draft.grid:
                draft.kind, draft.told, draft.level = Kind.CONTENTS, True, 0
            yield draft

    def contents(self, tag: Tag, deep: int) -> Iterator[Draft]:
        """The lines of a contents page: one draft an entry."""
        for kid in tag.kids:
            if isinstance(kid, Tag) and kid.kind in ("TOC", "TOCI", "Index") and _holds_block(kid):
                yield from self.contents(kid, deep)
            elif isinstance(kid, Tag) and kid.kind in ("TOC", "TOCI", "Index", "P", "Span", "Link", "Reference", "LI", "L"):
                yield from self.entry(list(kid.places()))
            elif isinstance(kid, Tag):
                yield from self.listed(kid, deep)
        yield from self.entry([kid for kid in tag.kids if isinstance(kid, Place)])

    def entry(self, places: Sequence[Place]) -> Iterator[Draft]:
        """One line of a contents page."""
        words = self.words(places)
        if words:
            yield draft_of(Kind.CONTENTS, _lines(words), self.vocabulary, told=True)

    def item(self, tag: Tag, deep: int) -> Iterator[Draft]:
        """One item of a list: its label becomes its number; what follows its first block stands on its own."""
        label: list[tuple[int, Word]] = []
        labelled = False
        body = Tag("LBody")
        for kid in tag.kids:
            if isinstance(kid, Tag) and kid.kind == "Lbl":
                label.extend(self.words(list(kid.places())))
                labelled = True
            elif isinstance(kid, Tag) and kid.kind in ("LBody", "NonStruct", "Div"):
                body.kids.extend(kid.kids)
            else:
                body.kids.append(kid)
        drafts = list(self.mixed(body, deep))
        number = "".join(line.text for line in _lines(label)).strip()
        if label and not (drafts and drafts[0].kind is Kind.PARAGRAPH):
            alone = draft_of(Kind.PARAGRAPH, _lines(label), self.vocabulary)
            alone.text = ""
            drafts.insert(0, alone)
        if drafts and drafts[0].kind is Kind.PARAGRAPH:
            _make_item(drafts[0], number, deep)
            if labelled and not number and not drafts[0].number:
                drafts[0].number = "•"  # a bullet drawn as a picture
        yield from _labels_joined(drafts)

    def table(self, tag: Tag, deep: int) -> Iterator[Draft]:
        """A table as a grid; captions and the like stand before it."""
        rows: list[list[Cell]] = []
        for row in _rows(tag):
            cells = [Cell(0, 0, cell.wide, cell.high, cell.kind == "TH" or head, list(self.cell(cell))) for cell, head in row]
            rows.append(cells)
        for kid in tag.tags():
            if kid.kind not in PARTS and kid.kind not in ("TR", "TH", "TD"):
                yield from self.blocks(kid, deep)
        if any(rows):
            rows = _without_repeats(rows)
            spread(rows)
            lines = [line for row in rows for cell in row for draft in cell.drafts for line in draft.lines]
            page = lines[0].page if lines else None
            yield Draft(Kind.TABLE, told=True, page=page, grid=placed(rows), lines=lines)

    def cell(self, tag: Tag) -> Iterator[Draft]:
        """What is in a cell; a head printed again on each page of the table is read once."""
        places = list(tag.places())
        pages = sorted({place.page for place in places})
        if tag.kind == "TH" and len(pages) > 1:
            texts = [self.text_on(places, page) for page in pages]
            if all(text == texts[0] for text in texts):
                self.words([place for place in places if place.page != pages[0]])
        return self.mixed(tag, 0)

    def text_on(self, places: Sequence[Place], page: int) -> list[str]:
        """The words at some places that stand on one page."""
        return [word.text for place in places if place.page == page for word in self.marked.get((page, place.mark), ())]


def _make_item(draft: Draft, number: str, deep: int) -> None:
    """Turn a paragraph into an item of a list. A label that is no number is a word, and the item says what it means."""
    draft.kind, draft.level, draft.told = Kind.LIST_ITEM, deep, False
    if markers.is_label(number):
        draft.number = markers.printed(number)
    elif number:
        draft.text = f"{number} {draft.text}".strip()
    else:
        draft.number, draft.text = markers.split_marker(draft.text, after_gap=draft.gapped)


def _holds_block(tag: Tag) -> bool:
    return any(not (kid.is_inline or kid.kind in ANYWHERE) or _holds_block(kid) for kid in tag.tags())


def _inline(tag: Tag, notes: list[Tag]) -> Iterator[Place]:
    for kid in tag.kids:
        if isinstance(kid, Place):
            yield kid
        elif kid.kind in ("Note", "FENote"):
            notes.append(kid)
        else:
            yield from _inline(kid, notes)


def _rows(tag: Tag) -> Iterator[list[tuple[Tag, bool]]]:
    """The rows of a table, each a list of cells and whether it stands in the head."""
    for kid in tag.tags():
        if kid.kind in PARTS or kid.kind in ("Div", "NonStruct", "Sect"):
            for row in _rows(kid):
                yield [(cell, head or kid.kind == "THead") for cell, head in row]
        elif kid.kind == "TR":
            yield [(cell, False) for cell in kid.tags() if cell.kind in ("TH", "TD")]


def _without_repeats(rows: list[list[Cell]]) -> list[list[Cell]]:
    """The rows without a head that is printed again at the top of each page."""
    if len(rows) < 3:
        return rows
    head = [cell.text for cell in rows[0]]
    kept = rows[:1]
    for row in rows[1:]:
        again = any(head) and [cell.text for cell in row] == head and _page(row) != _page(kept[-1])
        if not again:
            kept.append(row)
    return kept


def _page(row: Sequence[Cell]) -> int | None:
    return next((draft.page for cell in row for draft in cell.drafts), None)


def _lines(words: Sequence[tuple[int, Word]]) -> list[Line]:
    """Words of one element as lines, page by page."""
    lines: list[Line] = []
    start = 0
    for place in range(1, len(words) + 1):
        if place == len(words) or words[place][0] != words[start][0]:
            page = words[start][0]
            lines.extend(lines_in_order([word for _, word in words[start:place]], page + 1))
            start = place
    return lines


def _parted(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines of one tag, parted where a bullet begins a line or a gap shows that a new paragraph does."""
    part: list[Line] = []
    for line in lines:
        if part and _begins_anew(part, line):
            yield part
            part = []
        part.append(line)
    if part:
        yield part


def _begins_anew(part: Sequence[Line], line: Line) -> bool:
    last = part[-1]
    if line.page != last.page or line.base <= last.base:
        return False
    if line.words[0].text in markers.BULLETS and len(line.words) > 1:
        return True
    return line.base - last.base > 2.6 * max(last.size, line.size) and last.text.endswith((".", ":", ";", "?", "!"))


def _labels_joined(drafts: Sequence[Draft]) -> Iterator[Draft]:
    """A label tagged apart from its text ("1." on its own) put before the paragraph that follows."""
    waiting: Draft | None = None
    for draft in drafts:
        if waiting and draft.kind is Kind.PARAGRAPH:
            draft.kind, draft.level, draft.number = Kind.LIST_ITEM, waiting.level, waiting.number
            waiting = None
        elif waiting:
            yield waiting
            waiting = None
        if draft.kind is Kind.LIST_ITEM and draft.number and not draft.text:
            waiting = draft
        else:
            yield draft
    if waiting:
        yield waiting
