"""A board brings in the register it kept in a spreadsheet: 500 rows as such sheets are, 20 of them wrong."""

from __future__ import annotations

import csv
import io
import random
from pathlib import Path

from openpyxl import Workbook
from playwright.sync_api import expect

from journeys.visitor import Visitor

# Invented people; names in several scripts, one-word names, composed and decomposed accents.
FIRST = ["Zoë", "Ngozi", "José", "Siân", "Anjali", "Łukasz", "Fatima", "Chloe\u0308", "Owain", "Mai", "Ifeoma", "Ciarán", "Aoife", "Jürgen"]
LAST = ["O’Neill", "Ågren", "Nguyễn", "Abara", "MacLeod", "Ferna\u0301ndez", "Okafor", "Smith-Jones", "Lloyd", "Çelik", "Østergaard", "Ho"]
WHOLE = ["李小龙", "Мария Иванова", "محمد علي", "Suharto", "Καλλιόπη", "יעל כהן", "प्रिया शर्मा", "Prince"]
HEAD = ["Full name", "Known as", "E-mail address", "Mobile", "Address", "State", "Start date", "Term start", "End of term", "Notes"]
WRONG = [
    {"E-mail address": "not given"},
    {"Mobile": "ask her daughter"},
    {"State": "on holiday"},
    {"Start date": "02/30/2024"},
    {"Start date": "1.4.24"},
    {"Full name": ""},
    {"End of term": "01/01/2020"},
    {"E-mail address": "", "Mobile": "", "Address": ""},
    {"State": "left"},
    {"Start date": "last spring"},
]
ROWS, BAD = 500, 20


def test_a_register_comes_in(visit, tmp_path: Path) -> None:
    lead = visit("Grace Adeyemi")
    sheet = make_sheet(tmp_path / "PSP register FINAL v3.xlsx")
    look_at_it(lead, sheet)
    take_it_in(lead)
    find_people(lead)
    add_it_again(lead, sheet)
    take_the_register_out(lead)
    undo_it(lead)


def make_sheet(path: Path) -> Path:
    """Numbers without their first 0, empty rows, a title of its own sheet, columns we do not know."""
    pick = random.Random(7)
    book = Workbook()
    book.active.append(HEAD)
    bad = set(pick.sample([number for number in range(ROWS) if number % 70], BAD))
    for number in range(ROWS):
        name = WHOLE[number // 70] if number % 70 == 0 else f"{pick.choice(FIRST)} {pick.choice(LAST)} {number}"
        row = dict.fromkeys(HEAD, "")
        row |= {"Full name": name, "E-mail address": f"person{number}@mail.example", "Mobile": 7700900000 + number}
        row |= {"State": pick.choice(["Active", "active ", "Induction", "Paused"]), "Start date": f"{pick.randint(1, 28)}/4/2025"}
        row |= {"Term start": "1 April 2025", "End of term": "2027-03-31", "Notes": '=HYPERLINK("http://x.example")'}
        if number in bad:
            row |= WRONG[len(bad) % len(WRONG)]
            bad.discard(number)
        book.active.append([row[heading] for heading in HEAD])
        if number % 100 == 50:
            book.active.append([])
    book.create_sheet("Old ones")
    book.save(path)
    return path


def look_at_it(lead: Visitor, sheet: Path) -> None:
    lead.go("/partners/")
    lead.press("Add a register you have")
    lead.press("Add a file")
    lead.press("Read the file")
    lead.sees("Select a file")
    lead.choose_file(sheet)
    lead.press("Read the file")
    lead.sees(f"{ROWS - BAD} new partners")
    lead.sees(f"{BAD} rows are wrong and are left out")
    lead.sees("Notes")
    lead.page.get_by_label("What it does").select_option(label="Something is wrong")
    lead.press("Show", exact=False)
    lead.sees("is not an email address")
    lead.sees_no("Prince")


def take_it_in(lead: Visitor) -> None:
    lead.press(f"Take in {ROWS - BAD} rows")
    lead.sees("Nobody was written to")
    # The same button of another tab changes nothing more.
    expect(lead.page.get_by_role("button", name="Take in", exact=False)).to_have_count(0)


def find_people(lead: Visitor) -> None:
    """Accents need not be typed; every script is found and shown as it was written."""
    for typed, shown in (("chloe", "Chloë"), ("suharto", "Suharto"), ("李小", "李小龙"), ("мария", "Мария Иванова")):
        lead.go(f"/partners/?q={typed}")
        lead.sees(shown)


def add_it_again(lead: Visitor, sheet: Path) -> None:
    lead.go("/partners/imports/add/")
    lead.choose_file(sheet)
    lead.press("Read the file")
    lead.sees("0 new partners")
    lead.sees(f"{ROWS - BAD} rows change nothing")
    lead.press("Throw this file away")
    lead.sees("The register is as it was.")


def take_the_register_out(lead: Visitor) -> None:
    """What goes out as CSV has whole phone numbers, and no cell that a spreadsheet would run."""
    answer = lead.page.request.get("/partners/registers/csv/")
    rows = list(csv.DictReader(io.StringIO(answer.body().decode("utf-8-sig"))))
    prince = next(row for row in rows if row["Name"] == "Prince")
    assert prince["Phone"].startswith("'07700900")
    assert prince["Term ends on"] == "2027-03-31"
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())


def undo_it(lead: Visitor) -> None:
    lead.go("/partners/imports/")
    lead.page.get_by_role("row").filter(has_text="Taken in").get_by_role("link").click()
    lead.look()
    lead.press("Undo this import")
    lead.sees("The register is as it was before.")
    lead.go("/partners/?q=suharto")
    lead.sees_no("Suharto")
