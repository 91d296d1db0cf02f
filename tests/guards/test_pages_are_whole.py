"""Every page that anybody sees is valid, has names for everything, leads nowhere wrong, and is light."""

from __future__ import annotations

import random

import pytest
from django.contrib.staticfiles import finders

from tests.factories.committees import VIDEO
from tests.guards.sweep import markup, weight
from tests.guards.sweep.browser import Visit
from tests.world.pages import EXAMPLES
from tests.world.people import OUTSIDE

pytestmark = pytest.mark.django_db
PAGE_BYTES = 15_000
FIRST_VISIT_BYTES = 100_000
SHARES = 4
# Addresses of other hosts that our own words name, each with the reason. An organisation's own contacts may lead anywhere.
OUTSIDE_BY_US: dict[str, str] = {}


@pytest.fixture(scope="module")
def pages(sweep) -> list[Visit]:
    """Every page that anybody saw, but those that only differ in their frame."""
    return distinct(sweep.visits)


def distinct(visits: list[Visit]) -> list[Visit]:
    """Each frame and each body once: pages of one person share a frame, pages of one kind a body."""
    seen: set[str] = set()
    found = []
    for visit in visits:
        parts = set(markup.parts(visit.html)) if visit.is_page else set()
        if parts - seen:
            seen |= parts
            found.append(visit)
    return found


def told(faults: list[tuple[Visit, str]]) -> str:
    """Each fault once, with the first page that has it and how many have."""
    first: dict[str, list[Visit]] = {}
    for visit, fault in faults:
        first.setdefault(fault, []).append(visit)
    return "\n".join(f"{fault} ({len(visits)} ×, first {visits[0]})" for fault, visits in first.items())


@pytest.mark.parametrize("share", range(SHARES))
def test_every_page_is_whole(pages, share):
    """A strict parser takes its time, so several processes look at some of the pages each."""
    mine = pages[share::SHARES]
    assert len(mine) > len({example.page for example in EXAMPLES}) // SHARES
    faults = [(visit, fault) for visit in mine for fault in markup.faults(visit.html)]
    assert not faults, told(faults)


def test_pages_that_refuse_and_forms_shown_again_are_among_them(pages):
    assert {200, 403, 404, 409, 410, 422} <= {visit.status for visit in pages}


def test_nothing_went_wrong_on_our_side(sweep):
    broken = sorted({str(visit) for visit in sweep.visits if visit.status >= 500})
    assert not broken, "\n".join(broken)


def test_links_lead_to_no_other_host(pages):
    links = [(visit, link) for visit in pages for link in markup.links_outside(visit.html)]
    shown = {link for _visit, link in links}
    assert {OUTSIDE, VIDEO} <= shown, "an address that the organisation typed is on no page"
    wrong = [(visit, f"a link leads to {link}") for visit, link in links if link not in {OUTSIDE, VIDEO, *OUTSIDE_BY_US}]
    assert not wrong, told(wrong)


def test_pages_are_light(sweep):
    sizes = {visit: weight.packed(visit.html.encode()) for visit in distinct([one.visit for one in sweep.opened])}
    assert len(sizes) > 100
    heavy = [f"{visit} weighs {size} bytes" for visit, size in sizes.items() if size > PAGE_BYTES]
    assert not heavy, "\n".join(heavy)


def test_a_first_visit_is_light(sweep):
    pages = [one.visit for one in sweep.opened if one.visit.person == "visitor" and one.page.startswith(("website:", "account_login"))]
    assert len(pages) > 5
    for page in pages:
        assert len(weight.static_files(page.html)) >= 3
        assert weight.first_visit(page.html) <= FIRST_VISIT_BYTES, page


def test_static_files_of_every_page_exist(pages):
    names = {name for visit in pages for name in weight.static_files(visit.html)}
    assert names
    assert not [name for name in sorted(names) if not finders.find(name)]


# The guard itself

WHOLE = (
    '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>A whole page</title></head><body>'
    '<main id="main"><h1>One</h1><h2>Two</h2><p>Words.</p></main></body></html>'
)


def test_a_whole_page_has_no_fault():
    assert markup.faults(WHOLE) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("<p>Words.</p>", "<p>Words.<p></div>", "HTML"),
        (' lang="en"', "", "language"),
        ("<title>A whole page</title>", "<title></title>", "title"),
        ("<h1>One</h1>", "", "headings of the first level"),
        ("<h2>Two</h2>", "<h3>Three</h3>", "level 3 follows"),
        ("<p>Words.</p>", '<p id="main">Words.</p>', "twice"),
        ("<p>Words.</p>", '<form method="post" action="/a/"><button>Send</button></form>', "0 tokens"),
        ("<p>Words.</p>", '<input name="a" id="a">', "no label"),
        ("<p>Words.</p>", '<a href="/a/"> </a>', "no words"),
        ("<p>Words.</p>", '<a href="#gone">There</a>', "not there"),
        ("<p>Words.</p>", '<p aria-describedby="gone">Words.</p>', "not there"),
        ("<p>Words.</p>", '<img src="/a.png">', "no alt"),
        ("<p>Words.</p>", "<p>Hello {{ name }}</p>", "{{"),
        ("<p>Words.</p>", "<p>Hello %(name)s</p>", "%(name)"),
        ("<p>Words.</p>", "<p>Seen by None</p>", "None"),
        ("<p>Words.</p>", '<a href="None">There</a>', "None"),
        ("<p>Words.</p>", "<p>&lt;Message object at 0x7f&gt;</p>", "object at"),
        ("<p>Words.</p>", '<p style="color: red">Words.</p>', "style"),
        ("<p>Words.</p>", "<p>Words. <x-typed></x-typed></p>", "become markup"),
    ],
)
def test_the_guard_sees_a_fault(old, new, fault):
    assert any(fault in found for found in markup.faults(WHOLE.replace(old, new)))


def test_the_guard_sees_other_hosts():
    outside = '<a href="https://example.org/">There</a><a href="//example.org/">There</a><a href="tel:999">Ring</a><a href="/a/">Here</a>'
    assert markup.links_outside(WHOLE.replace("<p>Words.</p>", outside)) == ["https://example.org/", "//example.org/"]


def test_the_guard_sees_a_heavy_page():
    noise = random.Random(1).randbytes(FIRST_VISIT_BYTES).hex()
    assert weight.packed(noise.encode()) > PAGE_BYTES
    assert weight.first_visit(WHOLE.replace("Words.", noise)) > FIRST_VISIT_BYTES


def test_a_file_that_is_missing_is_told():
    page = WHOLE.replace("</head>", '<link rel="stylesheet" href="/static/gone.css"></head>')
    with pytest.raises(LookupError, match=r"gone\.css"):
        weight.first_visit(page)
