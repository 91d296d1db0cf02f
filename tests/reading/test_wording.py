"""Small parts of reading: words put together, printed numbers parted, lines of contents, and start-up."""

import subprocess
import sys

import pytest

from safety_partners.reading import markers
from safety_partners.reading.contents import is_entry, page_at_end, without_leaders
from safety_partners.reading.wording import Vocabulary, join_lines, plain, tidy

HEAVY = ("pypdfium2", "pypdf", "lxml", "docx", "rapidfuzz", "puremagic")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("de\ufb01ne the o\ufb03ce", "define the office"),
        ("a\u00a0b\u2009c\td", "a b c d"),
        ("sel\u00adf\u200b", "self"),
        ("well\u2011known", "well-known"),
        ("a\x00b\ufffe", "ab"),
        ("caf\u0065\u0301", "café"),
    ],
)
def test_odd_characters_become_plain(written: str, read: str) -> None:
    assert tidy(written) == read


def test_half_characters_do_no_harm() -> None:
    assert plain("\ud83d\ude00 and \ud83d") == "\U0001f600 and "


@pytest.mark.parametrize(
    ("lines", "known", "joined"),
    [
        (["one line", "and another"], [], "one line and another"),
        (["the infor-", "mation is kept"], ["the information is shared"], "the information is kept"),
        (["for self-", "harm and"], [], "for self-harm and"),
        (["the ward-", "board plan"], ["a ward and its board meet"], "the ward-board plan"),
        (["the soft\u00ad", "ware"], [], "the software"),
        (["see www.example.org/a-", "b/c.html and"], [], "see www.example.org/a-b/c.html and"),
        (["see www.example.org.", "then go"], [], "see www.example.org. then go"),
        (["from 5-", "6 days"], [], "from 5-6 days"),
        (["it is – as said –", "so"], [], "it is – as said – so"),
    ],
)
def test_lines_are_joined(lines: list[str], known: list[str], joined: str) -> None:
    vocabulary = Vocabulary()
    vocabulary.learn(known)
    assert join_lines(lines, vocabulary) == joined


@pytest.mark.parametrize(
    ("written", "number", "rest"),
    [
        ("• low", "•", "low"),
        ("\uf0b7 low", "•", "low"),
        ("- low", "-", "low"),
        ("o Low", "◦", "Low"),
        ("4.2 The ward", "4.2", "The ward"),
        ("4.2.1. The ward", "4.2.1.", "The ward"),
        ("1. the ward", "1.", "the ward"),
        ("(iv) the ward", "(iv)", "the ward"),
        ("a) the ward", "a)", "the ward"),
        ("12 months later", "", "12 months later"),
        ("2.5 mg at night", "", "2.5 mg at night"),
        ("e.g. the ward", "", "e.g. the ward"),
        ("-5 degrees", "", "-5 degrees"),
    ],
)
def test_printed_numbers_are_parted_from_the_text(written: str, number: str, rest: str) -> None:
    assert markers.split_marker(written) == (number, rest)


@pytest.mark.parametrize(
    ("written", "number", "rest"),
    [
        ("1 Purpose", "1", "Purpose"),
        ("1.0 PURPOSE", "1.0", "PURPOSE"),
        ("2.1Ward teams", "2.1", "Ward teams"),
        ("3. Duties", "3.", "Duties"),
        ("Appendix A", "", "Appendix A"),
        ("2024 in figures", "", "2024 in figures"),
    ],
)
def test_numbers_of_headings_are_parted_from_the_text(written: str, number: str, rest: str) -> None:
    assert markers.split_heading(written) == (number, rest)


@pytest.mark.parametrize(("number", "deep"), [("4", 1), ("4.", 1), ("4.0", 1), ("4.2", 2), ("A.1", 2), ("a)", 0), ("•", 0), ("", 0)])
def test_depth_of_numbers(number: str, deep: int) -> None:
    assert markers.depth(number) == deep


def test_lines_of_a_contents_page() -> None:
    assert is_entry("Beds ............ 12")
    assert is_entry("Beds . . . . . iv")
    assert not is_entry("Signed: ............")
    assert not is_entry("It was so... 12 of them came")
    assert without_leaders("Beds ............ 12") == "Beds 12"
    assert page_at_end("Beds 12") == "12"
    assert page_at_end("12") == ""


def test_starting_up_loads_none_of_the_heavy_libraries() -> None:
    look = f"import sys, safety_partners.reviews.aligning, safety_partners.reading; print([n for n in {HEAVY} if n in sys.modules])"
    found = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
