"""The way in: what a file really is, and reading it as that."""

import logging
from pathlib import PurePath
from typing import BinaryIO

from safety_partners.reading.blocks import ReadDocument, SourceKind
from safety_partners.reading.limits import MEGABYTE, Limits, Watch
from safety_partners.reading.refusals import DocumentRefused, Reason

logger = logging.getLogger(__name__)

DEFAULT_LIMITS = Limits()
HEADER_ROOM = 1024  # a PDF may have some bytes before its header
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
EMPTY_ZIP = b"PK\x05\x06"
EXPECTED = {".pdf": SourceKind.PDF, ".docx": SourceKind.WORD}
MACRO_NAMES = (".docm", ".dotm")


def read_document(file: BinaryIO, name: str, *, limits: Limits = DEFAULT_LIMITS) -> ReadDocument:
    """Read a PDF or Word file (open for binary reading) that was sent under a name.

    Raises DocumentRefused, and nothing else, whatever the file holds. Runs in this process: `limits.memory` is not
    enforced and a fault inside pdfium would take the process with it. For files from outside use
    `read_document_apart`, which does the same in a process of its own.
    """
    data = file.read(limits.size + 1)
    if len(data) > limits.size:
        raise DocumentRefused(Reason.TOO_LARGE, megabytes=limits.size // MEGABYTE)
    if not data.strip(b"\0 \t\r\n"):
        raise DocumentRefused(Reason.EMPTY)
    watch = Watch(limits)
    try:
        return _read(data, name, watch)
    except DocumentRefused:
        raise
    except MemoryError as full:
        raise DocumentRefused(Reason.TOO_LARGE, megabytes=limits.size // MEGABYTE) from full
    except Exception as broken:  # a file made to break a reader must not break the page
        logger.warning("A document could not be read: %s", type(broken).__name__, exc_info=True)
        raise DocumentRefused(Reason.DAMAGED) from broken


def _read(data: bytes, name: str, watch: Watch) -> ReadDocument:
    kind = recognise(data, name)
    if kind is SourceKind.PDF:
        from safety_partners.reading.pdf.reader import read_pdf

        return read_pdf(data, name, watch)
    from safety_partners.reading.word.reader import read_word

    return read_word(data, name, watch)


def recognise(data: bytes, name: str) -> SourceKind:
    """What kind of document the bytes are. Raises DocumentRefused when they are none, or not what the name says."""
    suffix = PurePath(name.replace("\\", "/")).suffix.lower()
    expected = EXPECTED.get(suffix)
    real = _real_kind(data)
    if real is None:
        raise _unknown(data, expected)
    if suffix in MACRO_NAMES and real is SourceKind.WORD:
        raise DocumentRefused(Reason.MACROS)
    if expected is not None and real is not expected:
        raise DocumentRefused(Reason.DISGUISED)
    if expected is None and suffix:
        raise DocumentRefused(Reason.NOT_A_DOCUMENT)
    return real


def _real_kind(data: bytes) -> SourceKind | None:
    """PDF or Word by its first bytes; Word also when it is an old or a locked one, which is refused here."""
    if data.startswith(OLE):
        locked = "EncryptedPackage".encode("utf-16-le") in data
        word = "WordDocument".encode("utf-16-le") in data
        raise DocumentRefused(Reason.LOCKED if locked else Reason.OLD_WORD if word else Reason.NOT_A_DOCUMENT)
    if data.startswith((ZIP, EMPTY_ZIP)):
        return SourceKind.WORD
    if data.lstrip(b"\xef\xbb\xbf\0 \t\r\n")[:5] == b"%PDF-":
        return SourceKind.PDF
    if b"%PDF-" in data[:HEADER_ROOM] and not _known_otherwise(data):
        return SourceKind.PDF
    return None


def _known_otherwise(data: bytes) -> bool:
    """Whether the bytes are recognised as another kind of file, or as plain text."""
    import puremagic

    head = data[:4096]
    if head.startswith((b"MZ", b"\x7fELF", b"#!", b"\xff\xd8\xff", b"\x89PNG", b"Rar!", b"7z\xbc\xaf", b"{\\rtf")):
        return True
    try:
        found = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError, IndexError, UnicodeDecodeError):
        found = []
    if any(match.extension not in ("", ".pdf", ".docx") and match.confidence >= 0.5 for match in found):
        return True
    printable = sum(32 <= byte < 127 or byte in (9, 10, 13) for byte in head)
    return printable > 0.95 * len(head) and b"%PDF-" not in head


def _unknown(data: bytes, expected: SourceKind | None) -> DocumentRefused:
    if expected is None:
        return DocumentRefused(Reason.NOT_A_DOCUMENT)
    if _known_otherwise(data):
        return DocumentRefused(Reason.DISGUISED)
    return DocumentRefused(Reason.DAMAGED)
