"""The print pack: a PDF that a screen reader can read, in two sizes; and the QR code."""

from __future__ import annotations

import io

import pypdf
import pytest

from safety_partners.joining import printing, public
from tests.factories.joining import make_advert


@pytest.fixture
def opened(advert):
    def open_pack(*, is_large: bool = False) -> pypdf.PdfReader:
        return pypdf.PdfReader(io.BytesIO(public.pack(public.advert_typed(advert.address), is_large=is_large)))

    return open_pack


@pytest.mark.parametrize("is_large", [False, True])
def test_the_pack_has_a_title_a_language_and_tags(opened, advert, is_large):
    reader = opened(is_large=is_large)
    root = reader.trailer["/Root"]
    assert reader.metadata.title == advert.title
    assert root["/Lang"].lower() == "en-gb"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "pdfuaid" in root["/Metadata"].get_data().decode()
    assert {"/H1", "/H2", "/P", "/L", "/Figure"} <= kinds(root["/StructTreeRoot"])


def kinds(element) -> set[str]:
    """Every kind of element in the tree of tags."""
    element = element.get_object()
    if not isinstance(element, dict):
        return set()
    below = element.get("/K", [])
    children = below if isinstance(below, list) else [below]
    found = {str(element["/S"])} if "/S" in element else set()
    return found.union(*(kinds(child) for child in children if not isinstance(child, int)))


def test_the_pack_says_everything_and_asks_nothing_about_harm(opened, advert):
    text = " ".join(" ".join(page.extract_text() for page in opened().pages).split())
    for words in (
        advert.title,
        "Work beside us to make care safer.",
        "Look after patients.",
        "We do not ask what happened to you.",
        "How we can support this",
        "Grace",
        "01632 960 001",
        public.short_address(advert),
        "patient participation group",
        "Why are you interested?",
        "You do not have to tell us about anything painful.",
    ):
        assert words in text, words


def test_large_print_is_larger(opened):
    assert len(opened(is_large=True).pages) > len(opened().pages)


def test_words_of_the_advert_are_never_read_as_markup(lead):
    advert = make_advert(
        lead, title="Partners #wanted *now* $x$", summary='#panic("no") \\ <b> [x] @y "quoted" #link("https://example.org")'
    )
    reader = pypdf.PdfReader(io.BytesIO(printing.pack(advert, points=12)))
    assert reader.metadata.title == advert.title
    assert '#panic("no")' in reader.pages[0].extract_text()


def test_letters_of_many_scripts_are_printed(lead):
    advert = make_advert(lead, contact_name="Ágnes Şahin Ольга Łucja")
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(printing.pack(advert, points=12))).pages)
    assert "Ágnes Şahin Ольга Łucja" in text


def test_the_qr_code_leads_to_the_short_address(advert):
    width, path = public.squares(advert)
    assert width >= 21
    assert path.startswith("M0 0h1v1h-1z")
    assert printing.link_of(advert).endswith(f"/j/{advert.address}")
