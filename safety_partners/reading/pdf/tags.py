"""The tag tree of a PDF: the document's own account of its headings, paragraphs, lists and tables.

pdfium shows the tree of one page at a time, which cuts a paragraph that crosses a page in two; so the whole tree is
read with pypdf, and the words are found by page and mark.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from safety_partners.reading.limits import Watch
from safety_partners.reading.refusals import DocumentRefused

DEEPEST = 120
MOST_NODES = 400_000

BLOCKS = frozenset(
    [
        "Document",
        "DocumentFragment",
        "Part",
        "Art",
        "Sect",
        "Div",
        "NonStruct",
        "Private",
        "Aside",
        "BlockQuote",
        "TOC",
        "TOCI",
        "Index",
        "Caption",
        "Title",
        "P",
        "H",
        "H1",
        "H2",
        "H3",
        "H4",
        "H5",
        "H6",
        "L",
        "LI",
        "Lbl",
        "LBody",
        "Table",
        "THead",
        "TBody",
        "TFoot",
        "TR",
        "TH",
        "TD",
        "Note",
        "FENote",
        "Figure",
        "Formula",
        "Form",
    ]
)
INLINE = frozenset(
    [
        "Span",
        "Quote",
        "Reference",
        "BibEntry",
        "Code",
        "Link",
        "Annot",
        "Ruby",
        "RB",
        "RT",
        "RP",
        "Warichu",
        "WT",
        "WP",
        "Em",
        "Strong",
        "Sub",
    ]
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where some words of a tag are: the page (from 0) and the mark on it."""

    page: int
    mark: int


@dataclass(slots=True)
class Tag:
    """One element of the tree, under its standard name."""

    kind: str
    kids: list["Tag | Place"] = field(default_factory=list)
    wide: int = 1
    high: int = 1

    @property
    def is_inline(self) -> bool:
        """Whether it is part of a line rather than a block of its own."""
        return self.kind in INLINE

    def places(self) -> Iterator[Place]:
        """All the words under it, in order."""
        for kid in self.kids:
            if isinstance(kid, Place):
                yield kid
            else:
                yield from kid.places()

    def tags(self) -> list["Tag"]:
        """The elements right under it."""
        return [kid for kid in self.kids if isinstance(kid, Tag)]


class TagsUnusable(Exception):  # noqa: N818 - named as people say it
    """The tree is missing, broken, or beyond reason; the page's layout is read instead."""


class TagTree:
    """Builds our tree from pypdf's objects."""

    def __init__(self, reader: Any, watch: Watch) -> None:
        self.watch = watch
        self.nodes = 0
        self.pages = {page.indirect_reference.idnum: index for index, page in enumerate(reader.pages) if page.indirect_reference}
        root = _seen_through(_seen_through(reader.trailer["/Root"]).get("/StructTreeRoot"))
        if not isinstance(root, dict):
            raise TagsUnusable("no tree")
        roles = _seen_through(root.get("/RoleMap"))
        self.roles = {str(name): str(role) for name, role in roles.items()} if isinstance(roles, dict) else {}
        self.above: set[int] = set()
        self.tree = Tag("Document", list(self.kids(root, None, 0)))

    def standard(self, name: str) -> str:
        """The standard name of a kind of tag, through the document's own map of names."""
        for _ in range(8):
            bare = name.lstrip("/")
            if bare in BLOCKS or bare in INLINE or bare == "Artifact":
                return bare
            if name not in self.roles:
                break
            name = self.roles[name]
        bare = name.lstrip("/")
        if bare[:1] == "H" and bare[1:].isdigit():
            return f"H{min(int(bare[1:]), 6)}"
        return bare

    def kids(self, element: Any, page: int | None, deep: int) -> Iterator[Tag | Place]:
        """What stands under an element, in order."""
        if deep > DEEPEST:
            raise TagsUnusable("too deep")
        found = _seen_through(element.get("/K"))
        for kid in found if isinstance(found, list) else [found]:
            reference = getattr(kid, "idnum", None)
            if reference is not None and reference in self.above:
                continue
            value = _seen_through(kid)
            if isinstance(value, int):
                if page is not None:
                    yield Place(page, int(value))
            elif isinstance(value, dict):
                if reference is not None:
                    self.above.add(reference)
                yield from self.kid(value, page, deep)
                self.above.discard(reference or -1)

    def kid(self, value: Any, page: int | None, deep: int) -> Iterator[Tag | Place]:
        """One dictionary of the tree: a place, or an element with all that is under it."""
        self.nodes += 1
        if self.nodes > MOST_NODES:
            raise TagsUnusable("too many tags")
        if self.nodes % 1000 == 0:
            self.watch.look()
        reference = value.raw_get("/Pg") if "/Pg" in value else None
        own = self.pages.get(getattr(reference, "idnum", -1), page)
        kind = _seen_through(value.get("/Type"))
        if kind == "/MCR":
            mark = _seen_through(value.get("/MCID"))
            if own is not None and isinstance(mark, int) and "/Stm" not in value:
                yield Place(own, int(mark))
            return
        if kind == "/OBJR":
            return
        name = self.standard(str(value.get("/S", "")))
        if name == "Artifact":
            return
        tag = Tag(name, list(self.kids(value, own, deep + 1)))
        if name in ("TD", "TH"):
            tag.wide, tag.high = self.span(value, "/ColSpan"), self.span(value, "/RowSpan")
        yield tag

    def span(self, value: Any, name: str) -> int:
        """How many columns or rows a cell takes."""
        found = _seen_through(value.get("/A"))
        for attributes in map(_seen_through, found if isinstance(found, list) else [found]):
            if isinstance(attributes, dict) and name in attributes:
                number = _seen_through(attributes[name])
                if isinstance(number, int):
                    return max(1, min(int(number), 100))
        return 1


def _seen_through(value: Any) -> Any:
    return value.get_object() if hasattr(value, "get_object") else value


def read_tags(reader: Any, watch: Watch) -> Tag:
    """The tag tree of a document opened with pypdf. Raises TagsUnusable."""
    try:
        return TagTree(reader, watch).tree
    except (TagsUnusable, DocumentRefused):
        raise
    except Exception as broken:  # pypdf fails in many ways on broken files, and the page can be read without tags
        raise TagsUnusable(type(broken).__name__) from broken
