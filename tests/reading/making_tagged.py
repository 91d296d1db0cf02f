"""Tagged PDFs for the tests, written object by object: the tags are given as a tree, the words are drawn where it says."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
)

TOP = 780
LEFT = 60
PAGE_WIDTH, PAGE_HEIGHT = 595, 842


@dataclass
class Said:
    """Lines of text on a page (from 0) under one mark."""

    lines: Sequence[str]
    page: int = 0
    left: float = LEFT
    size: float = 11
    bold: bool = False


@dataclass
class Tag:
    """An element of the tree."""

    kind: str
    kids: Sequence["Tag | Said"] = ()
    attributes: dict[str, int] = field(default_factory=dict)


def said(*lines: str, page: int = 0, left: float = LEFT, size: float = 11, bold: bool = False) -> Said:
    """Lines under one mark."""
    return Said(lines, page, left, size, bold)


def tag(kind: str, *kids: Tag | Said, **attributes: int) -> Tag:
    """An element with what is under it."""
    return Tag(kind, kids, attributes)


class _Maker:
    def __init__(self, pages: int) -> None:
        self.writer = PdfWriter()
        self.pages = [self.writer.add_blank_page(PAGE_WIDTH, PAGE_HEIGHT) for _ in range(pages)]
        self.drawn: list[list[bytes]] = [[] for _ in range(pages)]
        self.marks = [0] * pages
        self.tops = [float(TOP)] * pages

    def draw(self, item: Said, marked: bytes, *, at: float | None = None) -> None:
        top = self.tops[item.page] if at is None else at
        font = b"/B" if item.bold else b"/R"
        out = self.drawn[item.page]
        out.append(marked)
        for line in item.lines:
            words = line.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
            out.append(b"BT %s %.1f Tf %.1f %.1f Td (%s) Tj ET" % (font, item.size, item.left, top, words))
            top -= item.size * 1.3
        out.append(b"EMC")
        if at is None:
            self.tops[item.page] = top - 8

    def element(self, item: Tag, parent: DictionaryObject) -> DictionaryObject:
        found = DictionaryObject({NameObject("/Type"): NameObject("/StructElem"), NameObject("/S"): NameObject(f"/{item.kind}")})
        reference = self.writer._add_object(found)
        found[NameObject("/P")] = parent.indirect_reference
        kids = ArrayObject()
        for kid in item.kids:
            if isinstance(kid, Tag):
                kids.append(self.element(kid, found).indirect_reference)
            else:
                mark = self.marks[kid.page]
                self.marks[kid.page] += 1
                self.draw(kid, b"/%s <</MCID %d>> BDC" % (item.kind.encode(), mark))
                kids.append(
                    DictionaryObject(
                        {
                            NameObject("/Type"): NameObject("/MCR"),
                            NameObject("/Pg"): self.pages[kid.page].indirect_reference,
                            NameObject("/MCID"): NumberObject(mark),
                        }
                    )
                )
        found[NameObject("/K")] = kids
        if item.attributes:
            table = DictionaryObject({NameObject(f"/{name}"): NumberObject(value) for name, value in item.attributes.items()})
            table[NameObject("/O")] = NameObject("/Table")
            found[NameObject("/A")] = table
        assert reference is not None
        return found

    def finish(self, tree: Sequence[Tag], roles: dict[str, str]) -> BytesIO:
        root = DictionaryObject({NameObject("/Type"): NameObject("/StructTreeRoot")})
        self.writer._add_object(root)
        root[NameObject("/RoleMap")] = DictionaryObject({NameObject(f"/{own}"): NameObject(f"/{name}") for own, name in roles.items()})
        root[NameObject("/K")] = ArrayObject([self.element(item, root).indirect_reference for item in tree])
        self.writer.root_object[NameObject("/StructTreeRoot")] = root.indirect_reference
        self.writer.root_object[NameObject("/MarkInfo")] = DictionaryObject({NameObject("/Marked"): BooleanObject(True)})
        fonts = DictionaryObject()
        for name, base in (("/R", "/Helvetica"), ("/B", "/Helvetica-Bold")):
            fonts[NameObject(name)] = DictionaryObject(
                {
                    NameObject("/Type"): NameObject("/Font"),
                    NameObject("/Subtype"): NameObject("/Type1"),
                    NameObject("/BaseFont"): NameObject(base),
                    NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
                }
            )
        for page, drawn in zip(self.pages, self.drawn, strict=True):
            stream = DecodedStreamObject()
            stream.set_data(b"\n".join(drawn))
            page[NameObject("/Contents")] = self.writer._add_object(stream)
            page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
            page[NameObject("/MediaBox")] = ArrayObject([FloatObject(side) for side in (0, 0, PAGE_WIDTH, PAGE_HEIGHT)])
        file = BytesIO()
        self.writer.write(file)
        file.seek(0)
        return file


def tagged(*tree: Tag, pages: int = 1, roles: dict[str, str] | None = None, running: str = "", untagged: Sequence[Said] = ()) -> BytesIO:
    """A tagged PDF. `running`: a foot marked as decoration on each page; `untagged`: words under no tag."""
    maker = _Maker(pages)
    for item in untagged:
        maker.draw(item, b"/Nothing BMC")
    file_tree = list(tree)
    if running:
        for page in range(pages):
            maker.draw(said(running.format(page + 1), page=page, size=9), b"/Artifact <</Type /Pagination>> BDC", at=40)
    return maker.finish(file_tree, roles or {})
