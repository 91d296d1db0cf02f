"""The pack: one PDF in the order of the agenda, with bookmarks, page numbers, title, language and tags, and only what one may open.

Where SAFETY_PARTNERS_REAL_DOCUMENTS names a folder, its PDF and its Word file are papers too.
"""

from __future__ import annotations

import io
import os
from pathlib import Path

import pypdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from safety_partners.committees import commands, packing, queries
from safety_partners.committees.models import Classification
from safety_partners.committees.typesetting import CannotSet
from safety_partners.reading import DocumentRefused, Reason
from tests.factories.committees import make_invitee, make_item, make_meeting, make_paper, make_recusal
from tests.factories.people import viewer_of
from tests.reading import making_word as word

pytestmark = pytest.mark.django_db
REAL = os.environ.get("SAFETY_PARTNERS_REAL_DOCUMENTS", "")


@pytest.fixture
def meeting(committee, partner, second):
    found = make_meeting(committee)
    for person in (partner, second):
        make_invitee(found, person.membership)
    return found


def pdf(*words: str, is_wide: bool = False) -> io.BytesIO:
    """A page for each of the words."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(842, 595) if is_wide else (595, 842))
    for line in words:
        for row in range(20):
            canvas.drawString(72, 400 - 12 * row, f"{line} {row}: this line is here to be read by a program.")
        canvas.showPage()
    canvas.save()
    file.seek(0)
    return file


def add(person, item, title: str, file: io.BytesIO, name: str, **about):
    paper = commands.add_paper(viewer_of(person), item, title=title, **about)
    commands.add_version(viewer_of(person), paper, taken=commands.take(file, name))
    return paper


def pack(person, meeting, **how) -> pypdf.PdfReader:
    viewer = viewer_of(person)
    content = packing.pack(meeting, queries.lines(viewer, meeting), queries.enclosed(viewer, meeting), reader=viewer.name, **how)
    return pypdf.PdfReader(io.BytesIO(content))


def text_of(reader: pypdf.PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def bookmarks(outline, depth=0):
    for one in outline:
        if isinstance(one, list):
            yield from bookmarks(one, depth + 1)
        else:
            yield depth, one.title


def kinds(element) -> set[str]:
    """Every kind of element in the tree of tags."""
    element = element.get_object()
    if not isinstance(element, dict):
        return set()
    below = element.get("/K", [])
    children = below if isinstance(below, list) else [below]
    found = {str(element["/S"])} if "/S" in element else set()
    return found.union(*(kinds(child) for child in children if not isinstance(child, int)))


def descriptions(element) -> list[str]:
    element = element.get_object()
    if not isinstance(element, dict):
        return []
    below = element.get("/K", [])
    children = below if isinstance(below, list) else [below]
    found = [str(element["/Alt"])] if "/Alt" in element else []
    return found + [one for child in children if not isinstance(child, int) for one in descriptions(child)]


def test_a_pack_of_typed_papers_is_accessible_and_in_order(secretary, partner, meeting):
    private = make_item(meeting, "Private matters", classification=Classification.INVITED)
    make_paper(private, "The private paper")
    item = make_item(meeting, "Falls #on *the* $wards$")
    make_paper(item, "Report", jargon="LFPSE: where we record", questions="Is it clear?", is_distressing=True, distress_note="A death.")
    reader = pack(partner.membership, meeting)
    root = reader.trailer["/Root"]
    assert meeting.committee.name in reader.metadata.title
    assert root["/Lang"].lower() == "en-gb"
    assert root["/MarkInfo"]["/Marked"]
    assert "pdfuaid" in root["/Metadata"].get_data().decode()
    assert {"/H1", "/H2", "/P", "/TOC"} <= kinds(root["/StructTreeRoot"])
    assert list(bookmarks(reader.outline))[2:] == [
        (0, "1. Falls #on *the* $wards$"),
        (1, "Report"),
        (0, "P1. Private matters"),
        (1, "The private paper"),
    ]
    said = text_of(reader)
    for words in ("LFPSE: where we record", "Is it clear?", "may be hard to read", "A death.", "Falls went down", "Pat Partner"):
        assert words in said, words
    pages = len(reader.pages)
    # The typesetter joins some signs with U+2060, which nobody sees.
    feet = [" ".join(page.extract_text().replace("\u2060", "").split()) for page in reader.pages]
    assert [f"Page {number} / {pages}" in foot for number, foot in enumerate(feet, 1)] == [True] * pages


def test_large_print_is_larger(partner, meeting):
    make_paper(make_item(meeting), words="Falls went down. " * 200)
    assert len(pack(partner.membership, meeting, points=packing.LARGE).pages) > len(pack(partner.membership, meeting).pages)


def test_pages_of_a_pdf_stand_in_it_as_they_are_each_with_its_words(secretary, partner, meeting):
    item = make_item(meeting)
    add(secretary, item, "Figures", pdf("First", "Second"), "figures.pdf")
    add(secretary, item, "Wide", pdf("Broad", is_wide=True), "wide.pdf")
    reader = pack(partner.membership, meeting)
    assert [page.mediabox.width > page.mediabox.height for page in reader.pages].count(True) == 1
    assert "Second 3: this line is here" in text_of(reader)
    said = descriptions(reader.trailer["/Root"]["/StructTreeRoot"])
    assert "Page 2 of 2 of “Figures”." in said[1]
    assert "Second 3: this line is here" in " ".join(said)


def test_a_word_paper_is_typeset_with_its_headings_and_tables(secretary, partner, meeting):
    add(secretary, make_item(meeting), "Policy", word.saved(word.policy()), "policy.docx")
    reader = pack(partner.membership, meeting)
    assert {"/H3", "/Table", "/TR"} <= kinds(reader.trailer["/Root"]["/StructTreeRoot"])


def test_only_what_its_reader_may_open_is_in_it(secretary, partner, second, meeting):
    """Neither the paper of an item they stepped back from, nor one that is restricted, nor one taken out, nor an old version."""
    withheld, restricted, shown = (
        make_item(meeting, "Contract"),
        make_item(meeting, "Secret", classification="restricted"),
        make_item(meeting),
    )
    make_paper(withheld, "The wombat paper", words="Wombat.")
    make_paper(restricted, "The quokka paper", words="Quokka.")
    replaced = make_paper(shown, "Falls", words="Bandicoot.")
    commands.add_version(viewer_of(secretary), replaced, words="Numbat.", note="New.")
    commands.take_out_paper(viewer_of(secretary), make_paper(shown, "The dingo paper", words="Dingo."))
    make_recusal(withheld, partner.membership)
    said = text_of(pack(partner.membership, meeting)).casefold()
    assert [word in said for word in ("wombat", "quokka", "bandicoot", "dingo", "numbat")] == [False] * 4 + [True]
    assert "secret" not in said
    assert "contract" in said
    assert "stepped back" in said
    other = text_of(pack(second.membership, meeting)).casefold()
    assert "wombat" in other
    assert "stepped back" not in other
    everything = text_of(pack(secretary, meeting)).casefold()
    assert [word in everything for word in ("wombat", "quokka", "numbat")] == [True] * 3


def test_a_file_that_is_no_document_is_refused_before_anything_is_kept():
    with pytest.raises(DocumentRefused) as caught:
        commands.take(io.BytesIO(b"MZ\x90 a program"), "paper.pdf")
    assert caught.value.reason is Reason.DISGUISED


def test_a_scan_is_taken_and_its_pages_are_shown():
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(595, 842))
    for _page in range(2):
        canvas.rect(50, 50, 400, 600, fill=1)
        canvas.showPage()
    canvas.save()
    found = commands.take(file, "scan.pdf")
    assert (found.blocks, found.page_count) == ([], 2)


def test_what_cannot_be_set_is_said_and_harms_nothing(monkeypatch, tmp_path, partner, meeting):
    make_paper(make_item(meeting))
    broken = tmp_path / "pack.typ"
    broken.write_text("#panic()")
    monkeypatch.setattr(packing, "TEMPLATE", broken)
    with pytest.raises(CannotSet):
        pack(partner.membership, meeting)


def test_pages_that_nothing_can_show_are_not_counted():
    assert packing.pages_that_can_be_shown(b"%PDF-1.7 nothing") is None
    assert packing.pages_that_can_be_shown(pdf("One", "Two").getvalue()) == 2


@pytest.mark.skipif(not REAL, reason="SAFETY_PARTNERS_REAL_DOCUMENTS names no folder")
def test_real_papers_make_one_pack(secretary, partner, meeting):
    item = make_item(meeting)
    old, new = next(Path(REAL).glob("*.pdf")), next(Path(REAL).glob("*.docx"))
    add(secretary, item, "The policy in force", io.BytesIO(old.read_bytes()), old.name)
    add(secretary, item, "The next version", io.BytesIO(new.read_bytes()), new.name)
    reader = pack(partner.membership, meeting)
    theirs = pypdf.PdfReader(io.BytesIO(old.read_bytes()))
    versions = {one.paper.title: one.version for one in queries.enclosed(viewer_of(partner.membership), meeting)}
    assert versions["The policy in force"].page_count == len(theirs.pages)
    assert versions["The next version"].page_count is None
    assert len(versions["The next version"].blocks) > 100
    assert len(reader.pages) > len(theirs.pages) + 10
    said = descriptions(reader.trailer["/Root"]["/StructTreeRoot"])
    assert len([one for one in said if "The policy in force" in one]) == len(theirs.pages)
    assert {"/H3", "/P", "/Figure"} <= kinds(reader.trailer["/Root"]["/StructTreeRoot"])
