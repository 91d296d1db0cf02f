"""Rows written as CSV or XLSX so that no cell is taken for a formula, and phone numbers, dates and leading zeros stay whole."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

# A spreadsheet takes a cell that begins with one of these for a formula (OWASP, CSV injection).
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# It would also make a number of these: 01904555010 loses its zero, 447700900123456 its last signs.
_NUMBER_TO_KEEP = re.compile(r"(0\d+|\d{12,})\Z")
GUARD = "'"


def guarded(text: str) -> str:
    """The cell with an apostrophe in front where a spreadsheet would make something else of it."""
    return GUARD + text if text.startswith(FORMULA) or _NUMBER_TO_KEEP.match(text) else text


def unguarded(text: str) -> str:
    """The cell without the apostrophe that :func:`guarded` put in front; any other apostrophe stays."""
    rest = text.removeprefix(GUARD)
    return rest if rest != text and guarded(rest) == text else text


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def csv_of(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """CSV in UTF-8 with a byte order mark, so that Excel reads every script; dates as 2026-11-23."""
    out = io.StringIO(newline="")
    write = csv.writer(out).writerow
    write([guarded(str(heading)) for heading in headings])
    for row in rows:
        write([guarded(_plain(value)) for value in row])
    return out.getvalue().encode("utf-8-sig")


def xlsx_of(headings: Sequence[str], rows: Iterable[Sequence[Any]], *, title: str) -> bytes:
    """A sheet of text and date cells: text is never a formula there, whatever it begins with."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Font

    book = Workbook(write_only=True)
    sheet = book.create_sheet(re.sub(r"[\\/*?:\[\]]", " ", title)[:31])
    sheet.freeze_panes = "A2"

    def cell(value: Any, *, bold: bool = False) -> WriteOnlyCell:
        if isinstance(value, dt.date):
            made = WriteOnlyCell(sheet, value=value)
            made.number_format = "dd/mm/yyyy"
            return made
        made = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", _plain(value)))
        made.data_type, made.number_format = "s", "@"
        if bold:
            made.font = Font(bold=True)
        return made

    for number, heading in enumerate(headings):
        sheet.column_dimensions[_letter(number)].width = max(14, min(len(str(heading)) + 4, 40))
    sheet.append([cell(heading, bold=True) for heading in headings])
    for row in rows:
        sheet.append([cell(value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _letter(number: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(number + 1))
