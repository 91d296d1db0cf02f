"""The print pack: a PDF that a screen reader can read, in two sizes; and the QR code."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from itertools import pairwise

import pypdf
import pytest
from pypdf.generic import DictionaryObject

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


def elements(element) -> Iterator[DictionaryObject]:
    """Every element in the tree of tags, as it is read aloud."""
    element = element.get_object()
    if not isinstance(element, dict):
        return
    if "/S" in element:
        yield element
    below = element.get("/K", [])
    for child in below if isinstance(below, list) else [below]:
        if not isinstance(child, int):
            yield from elements(child)


def kinds(root) -> set[str]:
    """Every kind of element in the tree of tags."""
    return {str(element["/S"]) for element in elements(root)}


@pytest.mark.parametrize("is_large", [False, True])
def test_whoever_has_it_read_aloud_hears_everything_in_order(opened, advert, is_large):
    reader = opened(is_large=is_large)
    tree = reader.trailer["/Root"]["/StructTreeRoot"]
    levels = [int(kind[2:]) for kind in (str(element["/S"]) for element in elements(tree)) if re.fullmatch(r"/H[1-6]", kind)]
    # One heading for the whole, and no level left out: how a screen reader finds its way.
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - one <= 1 for one, after in pairwise(levels))
    figures = [element for element in elements(tree) if element["/S"] == "/Figure"]
    assert [figure["/Alt"] for figure in figures] == ["A square code for phones. It leads to the address beside it."]
    links = [note.get_object() for page in reader.pages for note in page.get("/Annots", [])]
    assert {link["/A"]["/URI"] for link in links} == {printing.link_of(advert)}
    assert all("/Contents" in link and "/StructParent" in link for link in links)
    assert all("/StructParents" in page and page["/Tabs"] == "/S" for page in reader.pages if "/Annots" in page)
    # Every font says which letters its shapes stand for, so that words can be read and searched.
    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()]
    assert fonts
    assert all("/ToUnicode" in font for font in fonts)


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
        "Grace tells you where to send or bring it: 01632 960 001",
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
