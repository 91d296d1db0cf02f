"""Everybody walks every kind of page they can come to: axe on each, wide and at 320 pixels, and nothing leads nowhere."""

from __future__ import annotations

from collections import deque
from urllib.parse import urlsplit

import pytest

from journeys.visitor import CODE, Visitor

PEOPLE = [
    "",
    "Anjali Mistry",
    "Grace Adeyemi",
    "Priya Nair",
    "Owen Hughes",
    "Lucy Marsh",
    "Harriet Cole",
    "Samuel Osei",
    "Joan Whitfield",
    "Nadia Rahman",
]
LEFT_OUT = ("/file/", "/evidence/", "/feed/", "/logo/", "/static/")


@pytest.mark.parametrize("name", PEOPLE)
def test_every_page_for_each_role(visit, name: str) -> None:
    visitor = visit(name)
    start = "/home/" if name else "/at/meadowbank/"
    kinds = walk(visitor, start)
    # Somebody with hardly a page to see would mean that the walk went wrong.
    assert len(kinds) >= 6, kinds


def walk(visitor: Visitor, start: str) -> set[str]:
    """Follow every link to a kind of page not seen yet; returns the kinds."""
    waiting, kinds = deque([start]), {start}
    while waiting:
        visitor.go(waiting.popleft())
        look_at_it_small(visitor)
        for path in links_of(visitor):
            kind = CODE.sub("CODE", path.split("?", maxsplit=1)[0])
            if kind not in kinds and not any(part in path for part in LEFT_OUT):
                kinds.add(kind)
                if is_a_page(visitor, path):
                    waiting.append(path)
    return kinds


def is_a_page(visitor: Visitor, path: str) -> bool:
    """Ask before going there: a file to be saved, such as a print pack, is there, and has nothing to look at."""
    answer = visitor.page.request.head(path)
    assert answer.status < 400, f"{path} answered {answer.status}"
    return answer.headers.get("content-type", "").startswith("text/html")


def look_at_it_small(visitor: Visitor) -> None:
    before = visitor.page.viewport_size
    visitor.page.set_viewport_size({"width": 320, "height": 800})
    visitor.check_width(visitor.page.url)
    if before:
        visitor.page.set_viewport_size(before)


def links_of(visitor: Visitor) -> list[str]:
    hrefs = visitor.page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
    here = urlsplit(visitor.page.url)
    return [
        parts.path + (f"?{parts.query}" if parts.query else "")
        for parts in map(urlsplit, hrefs)
        if parts.scheme == "http" and parts.netloc == here.netloc and parts.path != here.path
    ]
