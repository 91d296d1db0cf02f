"""Pages of the minutes: reading, agreeing, approving, and taking them away as a file."""

from __future__ import annotations

import io

import pypdf
import pytest

from safety_partners.committees import commands
from safety_partners.committees.models import Minutes
from tests.committees.table import DAY, address, make_table
from tests.factories import committees as make
from tests.factories.people import make_member, viewer_of
from tests.factories.records import make_partner
from tests.insights.pages import browser_of, hidden_of, look, send, words_of
from tests.joining.test_printing import kinds

pytestmark = pytest.mark.django_db


@pytest.fixture
def table():
    return make_table()


def test_the_minutes_go_from_the_secretary_to_the_chair_and_are_approved_later(table):
    minutes = table.write("Falls went down.")
    table.mark(partner="present", second="absent")
    assert "Give the minutes to the chair" in look(table.secretary, address("table", table.meeting))
    look(table.partner, address("minutes", minutes), status=404)
    assert send(table.secretary, address("minutes-offer", minutes)).url == address("minutes", minutes)
    look(table.secretary, address("minutes-agree", minutes), status=403)
    assert "Falls went down." in look(table.chair, address("minutes-agree", minutes))
    assert send(table.chair, address("minutes-agree", minutes)).status_code == 302
    said = look(table.partner, address("minutes", minutes))
    for words in ("Agreed by the chair", "Falls went down.", "Present Anjali Rao, Patient Safety Partner", "Not there Tom Second"):
        assert words in said, words
    assert "The committee has not met again yet." in look(table.secretary, address("minutes-approve", minutes))
    later = make.make_meeting(table.committee, on=table.meeting.day + 7 * DAY)
    answer = send(table.secretary, address("minutes-approve", minutes), meeting=later.code, corrections="Tom sent apologies.")
    assert answer.url == address("minutes", minutes)
    read = look(table.partner, address("minutes", minutes))
    for words in ("Approved", "Tom sent apologies.", "not one letter has changed"):
        assert words in read, words
    assert browser_of(table.secretary).get(address("minutes-approve", minutes)).status_code == 302


def test_the_chair_lets_the_minutes_be_written_again(table):
    minutes = table.agree()
    look(table.secretary, address("minutes-reopen", minutes), status=403)
    assert send(table.chair, address("minutes-reopen", minutes)).status_code == 302
    look(table.partner, address("minutes", minutes), status=404)
    assert browser_of(table.chair).get(address("minutes-reopen", minutes)).status_code == 302


def test_two_who_approve_at_once_are_told(table):
    minutes = table.agree()
    later = make.make_meeting(table.committee, on=table.meeting.day + 7 * DAY)
    client, path = browser_of(table.secretary), address("minutes-approve", minutes)
    hidden = hidden_of(client.get(path).content.decode())
    commands.approve_minutes(viewer_of(table.lead), minutes, meeting=later)
    answer = client.post(path, {**hidden, "meeting": later.code, "corrections": "What I typed"})
    assert answer.status_code == 422
    assert "What I typed" in words_of(answer)
    assert Minutes.objects.get().corrections == ""


def test_the_minutes_say_who_left_and_came_back_and_never_why(table):
    recusal = make.make_recusal(table.item, table.second, reason="My brother works there.")
    commands.record_attendance(viewer_of(table.secretary), table.meeting, marks={}, left={recusal.code: (True, True)})
    minutes = table.agree()
    said = look(table.partner, address("minutes", minutes))
    assert "Tom Second left the room for this item, and came back after it." in said
    assert "My brother" not in said
    theirs = look(table.second, address("minutes", minutes))
    assert "You have stepped back from this item" in theirs
    assert "We talked about falls." not in theirs


@pytest.fixture
def full(table):
    """Minutes with everything that can stand in them; the second partner has stepped back from the second item."""
    secretary = viewer_of(table.secretary)
    table.say("The bells are\ntoo far away.", quoted="name")
    commands.add_decision(secretary, table.item, words="We buy *forty* sensors #now.")
    commands.agree_meeting_action(secretary, table.item, text="Count the bells", owner=table.staff, due_on=make.today() + DAY)
    other = make.make_item(table.meeting, "A new contract", classification="invited")
    recusal = make.make_recusal(other, table.second)
    commands.save_minute(secretary, other, words="The contract goes to Elm Ltd.", turn=0)
    commands.record_attendance(secretary, table.meeting, marks={}, left={recusal.code: (True, False)})
    return table.approve(corrections="Ben came at ten.")


def text_of(member, minutes, name="minutes-pdf") -> str:
    answer = browser_of(member).get(address(name, minutes))
    assert answer.status_code == 200
    if name.endswith("text"):
        return answer.content.decode()
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.content)).pages).split())


@pytest.mark.parametrize("name", ["minutes-pdf", "minutes-text"])
def test_the_file_holds_what_its_reader_may_read(table, full, name):
    said = text_of(table.partner, full, name)
    for words in (
        "Quality and Governance Committee: minutes of",
        "Approved at the meeting on",
        "Anjali Rao, Patient Safety Partner",
        "Ben Okafor, Matron",
        "1. Falls on the wards",
        "We talked about falls.",
        "too far away.",
        "We buy *forty* sensors #now.",
        "Count the bells – Ben Okafor, by",
        "P1. A new contract",
        "The contract goes to Elm Ltd.",
        "Tom Second left the room for this item.",
        "Ben came at ten.",
        full.checksum[:20],
    ):
        assert words in said, words
    theirs = text_of(table.second, full, name)
    assert "The contract goes to Elm Ltd." not in theirs
    assert "You have stepped back from this item" in theirs
    stranger = text_of(make_member(table.organisation), full, name)
    for words in ("Ben Okafor, Matron", "A new contract", "Tom Second"):
        assert words not in stranger
    assert browser_of(make_member()).get(address(name, full)).status_code == 404


def test_the_pdf_has_a_title_a_language_and_tags(table, full):
    reader = pypdf.PdfReader(io.BytesIO(browser_of(table.partner).get(address("minutes-pdf", full)).content))
    root = reader.trailer["/Root"]
    assert reader.metadata.title.startswith("Quality and Governance Committee: minutes of")
    assert root["/Lang"].lower() == "en-gb"
    assert root["/MarkInfo"]["/Marked"]
    assert "pdfuaid" in root["/Metadata"].get_data().decode()
    assert {"/H1", "/H2", "/P", "/L"} <= kinds(root["/StructTreeRoot"])


def test_a_year_is_compiled_from_the_agreed_minutes_that_its_reader_may_read(table, full):
    year = table.meeting.day.year
    draft = make.make_meeting(table.committee, on=table.meeting.day + 3 * DAY)
    commands.save_minute(viewer_of(table.secretary), make.make_item(draft, "Draft item"), words="A draft.", turn=0)
    second = make.make_meeting(table.committee, on=table.meeting.day + 5 * DAY)
    make.make_invitee(second, table.partner, attendance="present")
    commands.save_minute(viewer_of(table.secretary), make.make_item(second, "Medicines"), words="Medicines were late.", turn=0)
    commands.agree_minutes(viewer_of(table.chair), second.minutes)
    make.make_sitting(table.lead, table.committee, make_partner(table.lead, table.partner))
    page = look(table.partner, address("committee-minutes", table.committee))
    assert f"All agreed minutes of {year}" in page
    answer = browser_of(table.partner).get(address("year-text", table.committee, year))
    said = answer.content.decode()
    assert said.index("We talked about falls.") < said.index("Medicines were late.")
    assert "A draft." not in said
    pdf = pypdf.PdfReader(io.BytesIO(browser_of(table.partner).get(address("year-pdf", table.committee, year)).content))
    assert pdf.metadata.title == f"Quality and Governance Committee: minutes of {year}"
    assert len(pdf.pages) >= 2
    assert browser_of(table.partner).get(address("year-pdf", table.committee, year - 3)).status_code == 404
