"""A Word document, from its bytes to the finished document."""

from typing import Any

from safety_partners.reading.blocks import ReadDocument, SourceKind
from safety_partners.reading.limits import Watch
from safety_partners.reading.refusals import DocumentRefused, Reason
from safety_partners.reading.shaping import shape
from safety_partners.reading.word.body import BodyReader, Parts
from safety_partners.reading.word.numbers import Numbering
from safety_partners.reading.word.package import Package, W
from safety_partners.reading.word.runs import Notes
from safety_partners.reading.word.styles import Styles

FEW_WORDS = 5


def read_word(data: bytes, name: str, watch: Watch) -> ReadDocument:
    """Read a Word document. Raises DocumentRefused."""
    package = Package(data, watch)
    body = package.tree(package.main).find(f"{W}body")
    if body is None:
        raise DocumentRefused(Reason.DAMAGED)
    parts = Parts(
        Styles(package.related("styles")),
        Numbering(package.related("numbering")),
        Notes(package.related("footnotes"), package.related("endnotes")),
        watch,
    )
    try:
        drafts = list(BodyReader(parts).blocks(body))
        if _is_scan(body, sum(len(draft.text.split()) for draft in drafts), any(draft.grid for draft in drafts)):
            raise DocumentRefused(Reason.SCANNED)
        return shape(drafts, SourceKind.WORD, page_count=None, named=package.told_title(), file_name=name, watch=watch)
    except RecursionError as deep:
        raise DocumentRefused(Reason.DAMAGED) from deep


def _is_scan(body: Any, words: int, tables: bool) -> bool:
    """Whether the document is pictures and next to no words."""
    pictures = next(body.iter(f"{W}drawing", f"{W}pict"), None) is not None
    return pictures and words < FEW_WORDS and not tables
