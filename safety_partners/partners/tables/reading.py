"""A CSV or XLSX file as rows of text, or one sentence that says what to do about it."""

from __future__ import annotations

import csv
import datetime as dt
import io
import logging
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from safety_partners.core.policy import Sentence
from safety_partners.partners.tables.writing import unguarded

logger = logging.getLogger(__name__)

MEGABYTE = 1024 * 1024
LARGEST = 5 * MEGABYTE
LARGEST_UNPACKED = 100 * MEGABYTE
MOST_ROWS = 2_000
MOST_COLUMNS = 100
LONGEST_CELL = 5_000
ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# A byte order mark says which of the wide encodings a file is in.
MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


class TableRefused(Exception):  # noqa: N818 - named as people say it
    """A file cannot be read as a table; ``sentence`` says what to do."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Table:
    """Headings, and rows of as many cells, each a text without spaces at its ends. ``numbers`` are the rows as the file counts them."""

    headings: list[str]
    rows: list[list[str]]
    numbers: list[int]
    encoding: str = ""
    sheets_left: list[str] = field(default_factory=list)


def read_table(content: bytes, name: str) -> Table:
    """Read the first sheet of an XLSX file, or a CSV file in UTF-8, UTF-16 or the Windows encoding of western Europe.

    Raises TableRefused, and nothing else, whatever the file holds.
    """
    if len(content) > LARGEST:
        raise TableRefused(_("The file is larger than %(n)s MB. Split it into smaller files.") % {"n": LARGEST // MEGABYTE})
    if not content.strip():
        raise TableRefused(_("The file is empty. Choose the file with your register in it."))
    if content.startswith(OLE):
        raise TableRefused(
            _("This is an old Excel file, or one locked with a password. Save it without a password as an .xlsx file, then add that.")
        )
    try:
        if content.startswith(ZIP):
            return _read_xlsx(content)
        return _read_csv(content)
    except TableRefused:
        raise
    except Exception as broken:  # a file made to break a reader must not break the page
        logger.warning("A table could not be read: %s", type(broken).__name__)
        raise TableRefused(
            _("The file could not be read. Open it in your spreadsheet, save it as .xlsx or .csv again, then add that.")
        ) from broken


def _read_csv(content: bytes) -> Table:
    text, encoding = _decoded(content)
    if len(text) and sum(text.count(sign) for sign in "\0\x01\x02\x03\x04\x05\x06") > 0:
        raise TableRefused(_("This is not a table. Choose a .csv or .xlsx file."))
    delimiter = _delimiter(text)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        numbered = [(number, [unguarded(cell) for cell in row]) for number, row in enumerate(lines, 1)]
    except csv.Error as broken:
        raise TableRefused(
            _("A quotation mark in the file is not closed, so we cannot tell where a cell ends. Save the file again from your spreadsheet.")
        ) from broken
    return _table(numbered, encoding=encoding)


def _decoded(content: bytes) -> tuple[str, str]:
    for mark, encoding in MARKS:
        if content.startswith(mark):
            try:
                return content.decode(encoding), encoding.removesuffix("-sig").upper()
            except UnicodeDecodeError as broken:
                raise TableRefused(
                    _("Some signs in the file are damaged. Save it again from your spreadsheet as “CSV UTF-8”, then add that.")
                ) from broken
    try:
        return content.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        pass
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError as broken:
        raise TableRefused(
            _("We cannot tell which letters are in this file. Save it from your spreadsheet as “CSV UTF-8” or .xlsx, then add that.")
        ) from broken
    return text, "Windows-1252"


def _delimiter(text: str) -> str:
    """The sign between cells: whichever of comma, semicolon and tab stands most often in the first line that is not empty."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(",;\t", key=first.count)


def _read_xlsx(content: bytes) -> Table:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        names = set(parts.namelist())
        if sum(part.file_size for part in parts.infolist()) > LARGEST_UNPACKED:
            raise TableRefused(_("The file holds too much to open. Copy only the register into a new spreadsheet, then add that."))
    if "xl/workbook.xml" not in names:
        raise TableRefused(_("This is not a table. Choose a .csv or .xlsx file."))
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except (InvalidFileException, KeyError, ValueError) as broken:
        raise TableRefused(_("The file could not be read. Open it in your spreadsheet, save it as .xlsx again, then add that.")) from broken
    try:
        sheet = book.worksheets[0]
        # What a sheet says of its own size is not always true.
        sheet.reset_dimensions()
        numbered = list(_cells(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS + 1)))
        return _table(numbered, sheets_left=[one.title for one in book.worksheets[1:]])
    finally:
        book.close()


def _cells(rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[int, list[str]]]:
    empty = 0
    for number, row in enumerate(rows, 1):
        cells = [_text(value) for value in row]
        # Sheets that were tidied by hand often end in thousands of empty rows.
        empty = 0 if any(cells) else empty + 1
        if empty > MOST_ROWS:
            return
        yield number, cells


def _text(value: Any) -> str:
    """A cell as somebody would read it: dates as 2026-11-23, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ", "minutes")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _table(numbered: Iterable[tuple[int, list[str]]], *, encoding: str = "", sheets_left: list[str] | None = None) -> Table:
    """Headings are the first row that is not empty; empty rows are left out, short ones filled up."""
    rows = [(number, [cell.replace("\r\n", "\n").strip() for cell in cells]) for number, cells in numbered]
    rows = [(number, cells) for number, cells in rows if any(cells)]
    if not rows:
        raise TableRefused(_("The file is empty. Choose the file with your register in it."))
    headings = rows[0][1]
    while headings and not headings[-1]:
        headings.pop()
    body = rows[1:]
    if not body:
        raise TableRefused(_("The file has headings and nothing below them. Add at least one person."))
    if len(body) > MOST_ROWS:
        raise TableRefused(_("The file has more than %(n)s rows. Split it into smaller files.") % {"n": MOST_ROWS})
    if len(headings) > MOST_COLUMNS:
        raise TableRefused(
            _("The file has more than %(n)s columns. Leave out those that the template does not have.") % {"n": MOST_COLUMNS}
        )
    for number, cells in body:
        if any(cells[len(headings) :]):
            raise TableRefused(
                _("Row %(n)s has more cells than there are headings. Put it right, then add the file again.") % {"n": number}
            )
        if any(len(cell) > LONGEST_CELL for cell in cells):
            raise TableRefused(_("A cell in row %(n)s is far too long. Put it right, then add the file again.") % {"n": number})
    width = len(headings)
    filled = [(cells + [""] * width)[:width] for _number, cells in body]
    return Table(headings, filled, [number for number, _cells in body], encoding, sheets_left or [])
