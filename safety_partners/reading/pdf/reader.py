"""A PDF, from its bytes to the finished document."""

import ctypes
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING, Any

from safety_partners.reading.blocks import ReadDocument, SourceKind
from safety_partners.reading.drafts import Draft
from safety_partners.reading.limits import Watch
from safety_partners.reading.pdf.crossing import across_pages
from safety_partners.reading.pdf.dots import add_bullets
from safety_partners.reading.pdf.geometry import Line, Page, Word, lines_in_order
from safety_partners.reading.pdf.layout import LayoutReader
from safety_partners.reading.pdf.letters import Letters
from safety_partners.reading.pdf.nesting import nest
from safety_partners.reading.pdf.rules import read_rules
from safety_partners.reading.pdf.running import remove_running
from safety_partners.reading.pdf.tagged import TaggedReader
from safety_partners.reading.pdf.tags import Tag, TagsUnusable, read_tags
from safety_partners.reading.refusals import DocumentRefused, Reason
from safety_partners.reading.shaping import shape
from safety_partners.reading.wording import Vocabulary

if TYPE_CHECKING:
    from io import BytesIO

PASSWORD_NEEDED, LOCK_UNKNOWN = 4, 5
ONE_AT_A_TIME = Lock()  # pdfium may not be used by two threads of a process at once
FEW_LETTERS = 25  # on a page: fewer than this and a picture over it, and the page is a scan
TRUSTED = 0.8  # part of a page's words that its tags must reach for the tags to be followed


def read_pdf(data: bytes, name: str, watch: Watch) -> ReadDocument:
    """Read a PDF. Raises DocumentRefused."""
    with _opened(data) as (raw, document):
        pages = _pages(raw, document, watch)
        title = _told_title(raw, document)
        tree = _tree(data, watch)
        trusted = _trusted(pages, tree) if tree else frozenset()
        _refuse_unreadable(pages)
    tables = _table_marks(tree) if tree else frozenset()
    if tree:
        _drop_artifacts(pages, trusted)
    remove_running(pages, tables)
    vocabulary = Vocabulary()
    lines: list[list[Line]] = []
    for page in pages:
        watch.look()
        lines.append(lines_in_order(page.words, page.number))
        vocabulary.learn(line.text for line in lines[-1])
    layout = LayoutReader(pages, lines, vocabulary, watch)
    drafts = _drafts(pages, layout, tree, trusted)
    drafts = across_pages(drafts, vocabulary, tags_cross=bool(tree) and _cross_pages(tree, trusted))
    nest(drafts)
    return shape(drafts, SourceKind.PDF, page_count=len(pages), named=title, file_name=name, watch=watch)


@contextmanager
def _opened(data: bytes) -> Iterator[tuple[Any, Any]]:
    """pdfium and the open document. Raises DocumentRefused where it does not open."""
    from pypdfium2 import raw  # type: ignore[import-untyped, unused-ignore]

    kept = ctypes.create_string_buffer(data, len(data))
    with ONE_AT_A_TIME:
        document = raw.FPDF_LoadMemDocument64(kept, len(data), None)
        if not document:
            locked = raw.FPDF_GetLastError() in (PASSWORD_NEEDED, LOCK_UNKNOWN)
            raise DocumentRefused(Reason.LOCKED if locked else Reason.DAMAGED)
        try:
            yield raw, document
        finally:
            raw.FPDF_CloseDocument(document)


def _pages(raw: Any, document: Any, watch: Watch) -> list[Page]:
    count = raw.FPDF_GetPageCount(document)
    if count < 1:
        raise DocumentRefused(Reason.DAMAGED)
    if count > watch.limits.pages:
        raise DocumentRefused(Reason.TOO_MANY_PAGES, pages=watch.limits.pages)
    letters = Letters(raw, watch)
    pages: list[Page] = []
    words = 0
    for index in range(count):
        watch.look()
        handle = raw.FPDF_LoadPage(document, index)
        if not handle:
            raise DocumentRefused(Reason.DAMAGED)
        try:
            page = letters.read(handle, index + 1)
            read_rules(raw, handle, page, watch)
        finally:
            raw.FPDF_ClosePage(handle)
        words += len(page.words)
        watch.count_words(words // 2)
        pages.append(page)
    return pages


def _told_title(raw: Any, document: Any) -> str:
    size = raw.FPDF_GetMetaText(document, b"Title", None, 0)
    if not 2 < size < 2000:
        return ""
    room = ctypes.create_string_buffer(size)
    raw.FPDF_GetMetaText(document, b"Title", room, size)
    return room.raw.decode("utf-16-le", "ignore").rstrip("\0").strip()


def _tree(data: bytes, watch: Watch) -> Tag | None:
    """The tag tree, or None where there is none to use."""
    from io import BytesIO

    if b"StructTreeRoot" not in data and b"ObjStm" not in data:
        return None
    try:
        return read_tags(_pypdf(BytesIO(data)), watch)
    except TagsUnusable:
        return None


def _pypdf(stream: "BytesIO") -> Any:
    import logging

    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(stream, strict=False)
        readable = not reader.is_encrypted or bool(reader.decrypt(""))
    except Exception as broken:  # pypdf fails in many ways on broken files, and the page can be read without tags
        raise TagsUnusable(type(broken).__name__) from broken
    if not readable:
        raise TagsUnusable("locked")
    return reader


def _trusted(pages: Sequence[Page], tree: Tag) -> frozenset[int]:
    """The pages (from 0) whose words the tags reach."""
    reached = {(place.page, place.mark) for place in tree.places()}
    trusted = set()
    for index, page in enumerate(pages):
        words = [word for word in page.words if not word.artifact]
        inside = sum((index, word.mark) in reached for word in words)
        hidden = sum(len(word.text) for word in page.words if word.artifact and _is_text(word, page))
        letters = sum(len(word.text) for word in page.words)
        if (inside >= TRUSTED * len(words) if words else letters < 200) and hidden < 0.3 * letters + 60:
            trusted.add(index)
    return frozenset(trusted)


def _is_text(word: Word, page: Page) -> bool:
    """Whether a word that is marked as decoration stands and reads as if it were text."""
    edge = 0.12 * page.height
    return word.upright and edge < word.base < page.height - edge and any(letter.isalnum() for letter in word.text)


def _cross_pages(tree: Tag | None, trusted: frozenset[int]) -> bool:
    """Whether paragraphs of the tag tree run on over page breaks; Word's own do not, those of others do."""
    if tree is None or not trusted:
        return False
    if tree.kind in ("P", "LBody", "TR"):
        return len({place.page for place in tree.places()}) > 1
    return any(_cross_pages(kid, trusted) for kid in tree.kids if isinstance(kid, Tag))


def _table_marks(tree: Tag) -> frozenset[tuple[int, int]]:
    """Which words stand in tables of several rows and columns, by the tags."""
    found: set[tuple[int, int]] = set()

    def walk(tag: Tag) -> None:
        rows = [kid for kid in tag.kids if isinstance(kid, Tag)]
        if tag.kind == "Table" and sum(1 for _ in tag.places()) > 6:
            found.update((place.page, place.mark) for place in tag.places())
            return
        for kid in rows:
            walk(kid)

    walk(tree)
    return frozenset(found)


def _drop_artifacts(pages: Sequence[Page], trusted: frozenset[int]) -> None:
    """Take out decoration: all of it where the tags are to be trusted, elsewhere that at the edges of the page."""
    for index, page in enumerate(pages):
        page.words = [word for word in page.words if not word.artifact or (index not in trusted and _is_text(word, page))]


def _refuse_unreadable(pages: Sequence[Page]) -> None:
    """Refuse a document of scanned pages, of letters that mean nothing, or with no text at all."""
    letters = sum(len(word.text) for page in pages for word in page.words)
    scans = sum(sum(len(word.text) for word in page.words) < FEW_LETTERS and page.pictured > 0.4 for page in pages)
    if scans and (scans >= 0.5 * len(pages) or letters < FEW_LETTERS):
        raise DocumentRefused(Reason.SCANNED)
    if letters == 0:
        raise DocumentRefused(Reason.EMPTY)
    if sum(page.unreadable for page in pages) > 0.2 * letters:
        raise DocumentRefused(Reason.GARBLED)


def _drafts(pages: Sequence[Page], layout: LayoutReader, tree: Tag | None, trusted: frozenset[int]) -> list[Draft]:
    """Drafts from the tags where they are to be trusted, from the layout elsewhere, in the order of the pages."""
    for index, page in enumerate(pages):
        if index not in trusted or not tree:
            add_bullets(page)
    if not tree or len(trusted) < 0.5 * len(pages):
        return [draft for index in range(len(pages)) for draft in layout.page(index)]
    told = TaggedReader(pages, layout.vocabulary, layout.watch)
    for index in range(len(pages)):
        if index not in trusted:
            told.leave(index)
    drafts = told.read(tree)
    for index in range(len(pages)):
        left = told.left_over(index)
        if left:
            page = pages[index]
            found = layout.words(Page(page.number, page.width, page.height, left, page.rules))
            drafts = _put_in(drafts, found, index + 1)
    return drafts


def _put_in(drafts: list[Draft], found: Sequence[Draft], page: int) -> list[Draft]:
    """Drafts of one page put where they stand on it among the drafts from the tags."""
    for draft in found:
        height = draft.lines[0].base if draft.lines else 0.0
        place = len(drafts)
        for index, other in enumerate(drafts):
            if other.page is None:
                continue
            if other.page > page or (other.page == page and other.lines and other.lines[0].base > height):
                place = index
                break
        drafts.insert(place, draft)
    return drafts
