"""Tables in and out: what is read, what is refused with which words, and what a spreadsheet cannot make of what we write."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from safety_partners.partners.tables import TableRefused, csv_of, read_table, xlsx_of
from safety_partners.partners.tables.reading import LARGEST, MOST_ROWS
from safety_partners.partners.tables.values import Unreadable, choice_of, date_of, email_of, name_of, phone_of
from safety_partners.partners.tables.writing import FORMULA, guarded, unguarded

HEAD = "Name,Email\n"


def sheet(*rows, more=()) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for title in more:
        book.create_sheet(title)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_csv_is_read_in_every_encoding_that_says_what_it_is(encoding):
    table = read_table((HEAD + "Zoë Ågren,zoe@example.org\n李小龙,\n").encode(encoding), "register.csv")
    assert table.headings == ["Name", "Email"]
    assert table.rows == [["Zoë Ågren", "zoe@example.org"], ["李小龙", ""]]


def test_csv_of_windows_is_read_and_said_to_be_so():
    table = read_table((HEAD + "Zoë O’Neill,\n").encode("cp1252"), "register.csv")
    assert table.rows == [["Zoë O’Neill", ""]]
    assert table.encoding == "Windows-1252"


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_csv_is_read_whatever_stands_between_cells(sign):
    assert read_table(f"Name{sign}Phone\nAnn{sign}01904 555 0100\n".encode(), "r.csv").rows == [["Ann", "01904 555 0100"]]


def test_rows_keep_the_numbers_they_have_in_the_file():
    table = read_table(b"\nName\n\nAnn\n\nBob\n", "r.csv")
    assert table.numbers == [4, 6]


def test_a_cell_may_hold_lines_and_commas():
    table = read_table(b'Name,Address\nAnn,"1 Mill Lane,\nYork"\n', "r.csv")
    assert table.rows == [["Ann", "1 Mill Lane,\nYork"]]


def test_xlsx_is_read_as_people_see_it():
    table = read_table(sheet(["Name", "Started", "Phone"], ["Ann", dt.date(2026, 3, 1), 7700900123], more=["Old ones"]), "r.xlsx")
    assert table.rows == [["Ann", "2026-03-01", "7700900123"]]
    assert table.sheets_left == ["Old ones"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"  \n \n", "empty"),
        (b"Name,Email\n", "nothing below them"),
        (b"Name\nAnn,ann@example.org\n", "more cells than there are headings"),
        (b'Name\n"Ann\nBob\n', "quotation mark"),
        (b"\xff\xfeN\x00a\x00m", "damaged"),
        (b"Name\nA\x81nn\n", "cannot tell which letters"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "old Excel file"),
        (b"PK\x03\x04 not a zip at all", "could not be read"),
        (b"%PDF-1.7\n\x00\x01\x02", "not a table"),
        (b"x" * (LARGEST + 1), "larger than"),
        (b"Name\n" + b"Ann\n" * (MOST_ROWS + 1), "rows"),
        (b"Name\n" + b"A" * 6000, "too long"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(content, words):
    with pytest.raises(TableRefused, match=words):
        read_table(content, "register.csv")


def test_a_zip_that_is_no_spreadsheet_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as parts:
        parts.writestr("word/document.xml", "<x/>")
    with pytest.raises(TableRefused, match="not a table"):
        read_table(out.getvalue(), "register.xlsx")


def test_a_spreadsheet_that_unpacks_to_far_too_much_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/workbook.xml", b"0" * (101 * 1024 * 1024))
    with pytest.raises(TableRefused, match="too much"):
        read_table(out.getvalue(), "register.xlsx")


@given(st.binary(max_size=400))
def test_whatever_the_file_holds_is_a_table_or_a_refusal(content):
    try:
        table = read_table(content, "register.csv")
    except TableRefused:
        return
    assert {len(row) for row in table.rows} == {len(table.headings)}


@given(st.text(max_size=40))
def test_what_is_guarded_comes_back_as_it_was(text):
    assert unguarded(guarded(text)) == text


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30), min_size=1, max_size=5))
def test_no_cell_we_write_as_csv_can_be_a_formula(cells):
    written = csv_of([f"c{n}" for n, _cell in enumerate(cells)], [cells]).decode("utf-8-sig")
    row = list(csv.reader(io.StringIO(written, newline="")))[1]
    assert not any(cell.startswith(FORMULA) for cell in row)
    assert [unguarded(cell) for cell in row] == cells


def test_phone_numbers_days_and_zeros_stay_whole():
    cells = ["01904555010", "+44 7700 900123", "=1+1", "447700900123456", "Ann"]
    row = list(csv.reader(io.StringIO(csv_of(list("abcdef"), [[*cells, dt.date(2026, 3, 1)]]).decode("utf-8-sig"))))[1]
    assert row == ["'01904555010", "'+44 7700 900123", "'=1+1", "'447700900123456", "Ann", "2026-03-01"]


def test_xlsx_holds_text_as_text_and_days_as_days():
    content = xlsx_of(["Phone", "Sum", "Day"], [["01904555010", "=1+1", dt.date(2026, 3, 1)]], title="Register: all/of it")
    cells = next(load_workbook(io.BytesIO(content)).active.iter_rows(min_row=2))
    assert [cell.value for cell in cells[:2]] == ["01904555010", "=1+1"]
    assert cells[2].value.date() == dt.date(2026, 3, 1)
    assert [cell.data_type for cell in cells] == ["s", "s", "d"]


@pytest.mark.parametrize(
    "text", ["23/11/2026", "23.11.2026", "23-11-2026", "2026-11-23", "23 Nov 2026", "23rd November 2026", "2026-11-23 00:00"]
)
def test_a_day_is_read_as_it_is_written_in_britain(text):
    assert date_of(text) == dt.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("11/23/2026", "American"),
        ("23/11/26", "two numbers"),
        ("30/02/2026", "no day"),
        ("46349", "spreadsheet counts days"),
        ("soon", "not a date"),
        ("3 Nevember 2026", "not a date"),
        ("01/01/0900", "cannot be right"),
    ],
)
def test_a_day_that_could_be_another_is_refused(text, words):
    with pytest.raises(Unreadable, match=words):
        date_of(text)


@pytest.mark.parametrize(
    ("text", "number"), [("07700 900123", "07700 900123"), ("7700900123", "07700900123"), ("+44 7700 900123", "+44 7700 900123"), ("", "")]
)
def test_a_phone_number_is_kept_and_gets_back_its_zero(text, number):
    assert phone_of(text) == number


def test_what_is_no_phone_number_is_refused():
    with pytest.raises(Unreadable):
        phone_of("ring the surgery")


def test_names_in_every_script_are_kept_in_one_piece():
    assert name_of("  Zoe\u0308   Ågren ") == "Zoë Ågren"
    assert name_of("李小龙") == "李小龙"
    with pytest.raises(Unreadable):
        name_of("Zo\ufffd")


def test_addresses_are_in_small_letters():
    assert email_of("Ann@Example.ORG") == "ann@example.org"
    with pytest.raises(Unreadable):
        email_of("ann at home")


def test_a_choice_is_found_by_its_words():
    assert choice_of(" Patient ", {"patient": "patient"}) == "patient"
    with pytest.raises(Unreadable, match="none of: patient"):
        choice_of("nurse", {"patient": "patient"})
