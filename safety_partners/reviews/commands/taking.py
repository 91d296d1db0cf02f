"""A file as it was sent becomes a document that was read and compared, before any transaction opens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import IO, BinaryIO

from safety_partners.reading import Block, Limits, ReadDocument, SourceKind, read_document_apart
from safety_partners.reviews.aligning import Fate, align
from safety_partners.reviews.models import Document, Match, Version
from safety_partners.reviews.queries.blocks import blocks_of

# Shorter than the patience of a web server, so that a slow file gets its own sentence and not an error of the server.
LIMITS = Limits(seconds=20.0)
CONTENT_TYPES = {
    SourceKind.PDF: "application/pdf",
    SourceKind.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
RELATIONS = {
    Fate.UNCHANGED: Match.Relation.UNCHANGED,
    Fate.CHANGED: Match.Relation.CHANGED,
    Fate.MOVED: Match.Relation.MOVED,
    Fate.MOVED_AND_CHANGED: Match.Relation.MOVED_AND_CHANGED,
    Fate.SPLIT: Match.Relation.SPLIT,
    Fate.MERGED: Match.Relation.MERGED,
    Fate.DELETED: Match.Relation.DELETED,
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
    found = align(old, new).by_old
    return tuple(Became(place, into, RELATIONS[found[place].fate]) for place in range(len(old)) for into in (found[place].new or (None,)))
