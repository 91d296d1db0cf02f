"""A file as it was sent becomes a document that was read and compared, before any transaction opens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import IO, BinaryIO

from safety_partners.reviews.models import Document, Paragraph, Version
from safety_partners.reviews.reading.apart import read_document_apart
from safety_partners.reviews.reading.blocks import Block, Kind, ReadDocument, SourceKind
from safety_partners.reviews.reading.limits import Limits

# Shorter than the patience of a web server, so that a slow file gets its own sentence and not an error of the server.
LIMITS = Limits(seconds=20.0)
CONTENT_TYPES = {
    SourceKind.PDF: "application/pdf",
    SourceKind.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
Reader = Callable[..., ReadDocument]


@dataclass(frozen=True, slots=True)
class Became:
    """One old block, by its place from 0, became one new block (None: it is gone), and how."""

    old: int
    new: int | None
    relation: str


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that was read, and compared with earlier versions (by their number in the database). Nothing is kept yet."""

    content: IO[bytes]
    name: str
    read: ReadDocument
    follows: int = 0
    compared: tuple[tuple[int, tuple[Became, ...]], ...] = ()

    @property
    def content_type(self) -> str:
        return CONTENT_TYPES[self.read.source_kind]


def take(content: BinaryIO, name: str, *, document: Document | None = None, read: Reader = read_document_apart) -> Taken:
    """Read a PDF or Word file; for a new version, find what became of each paragraph of the versions before it.

    Compared with are the newest version and the one in force, if that is another one. Raises ``DocumentRefused``.
    """
    content.seek(0)
    found = read(content, name, limits=LIMITS)
    if document is None:
        return Taken(content, name, found)
    versions = list(document.versions.order_by("-number"))
    bases = versions[:1] + [one for one in versions[1:] if one.status == Version.Status.ISSUED]
    compared = tuple((base.pk, compare(blocks_of(base), found.blocks)) for base in bases)
    return Taken(content, name, found, versions[0].number if versions else 0, compared)


def compare(old: Sequence[Block], new: Sequence[Block]) -> tuple[Became, ...]:
    """What became of each old block, in order."""
    from safety_partners.reviews.aligning import align

    return tuple(Became(pair.old, pair.new, pair.relation) for pair in align(old, new).pairs)


def blocks_of(version: Version) -> list[Block]:
    """The paragraphs of a version as reading gave them."""
    return [block_of(paragraph) for paragraph in version.paragraphs.order_by("position")]


def block_of(paragraph: Paragraph) -> Block:
    """One paragraph as reading gave it."""
    return Block(
        kind=Kind(paragraph.kind),
        text=paragraph.text,
        level=paragraph.level,
        number=paragraph.number,
        rows=tuple(tuple(row) for row in paragraph.rows),
        head_rows=paragraph.head_rows,
        page=paragraph.page,
    )
