"""A paper's file as it was sent is read, before any transaction opens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import IO, Any, BinaryIO

from safety_partners.committees.packing import pages_that_can_be_shown
from safety_partners.reading import DocumentRefused, Limits, ReadDocument, Reason, SourceKind, read_document_apart
from safety_partners.reading.entrance import recognise

# Shorter than the patience of a web server, so that a slow file gets its own sentence and not an error of the server.
LIMITS = Limits(seconds=15.0)
CONTENT_TYPES = {
    SourceKind.PDF: "application/pdf",
    SourceKind.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
# Pages that people can look at and no program can read: they are taken, and it is said that some readers cannot use them.
PICTURES_ONLY = {Reason.EMPTY, Reason.SCANNED, Reason.GARBLED, Reason.TOO_SLOW, Reason.TOO_MANY_WORDS}
Reader = Callable[..., ReadDocument]


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that is really a PDF or Word document, with what was read in it. Nothing is kept yet."""

    content: IO[bytes]
    name: str
    content_type: str
    blocks: list[dict[str, Any]] = field(default_factory=list)
    page_count: int | None = None


def take(content: BinaryIO, name: str, *, read: Reader = read_document_apart) -> Taken:
    """Look at what the file really is, and read it. Raises ``DocumentRefused``."""
    content.seek(0)
    data = content.read(LIMITS.size + 1)
    content.seek(0)
    try:
        found = read(content, name, limits=LIMITS)
    except DocumentRefused as refusal:
        # What it is stands in its first bytes; a Word file always holds words.
        if refusal.reason not in PICTURES_ONLY or recognise(data, name) is not SourceKind.PDF:
            raise
        pages = pages_that_can_be_shown(data)
        if pages is None:
            raise
        return Taken(content, name, CONTENT_TYPES[SourceKind.PDF], page_count=pages)
    pages = pages_that_can_be_shown(data) if found.source_kind is SourceKind.PDF else None
    blocks = [{**asdict(block), "kind": block.kind.value, "rows": [list(row) for row in block.rows]} for block in found.blocks]
    return Taken(content, name, CONTENT_TYPES[found.source_kind], blocks, pages)
