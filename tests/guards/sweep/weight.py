"""How much travels to a person: a page compressed, and everything that a first visit brings with it."""

from __future__ import annotations

import gzip
from functools import cache
from pathlib import Path

import brotli
from django.conf import settings
from django.contrib.staticfiles import finders

from tests.guards.sweep.markup import tree


def packed(content: bytes) -> int:
    """Bytes that travel for a page, which is compressed when it is asked for."""
    return len(gzip.compress(content, 6))


@cache
def packed_file(name: str) -> int:
    """Bytes that travel for a static file: whitenoise keeps it compressed as well as it can be."""
    content = Path(file_of(name)).read_bytes()
    return min(len(content), len(gzip.compress(content, 9)), len(brotli.compress(content)))


def file_of(name: str) -> str:
    """Where a static file lies. Raises LookupError for one that is not there."""
    found = finders.find(name)
    if not found:
        raise LookupError(f"There is no static file {name!r}")
    return found


def static_files(html: str) -> list[str]:
    """The style sheets, scripts and pictures that a page asks for, each once."""
    page = tree(html)
    found = [element.get("href") for element in page.iter("link") if element.get("rel") in {"stylesheet", "icon", "modulepreload"}]
    found += [element.get("src") for element in page.iter("script", "img") if element.get("src")]
    return sorted({link.removeprefix(settings.STATIC_URL) for link in found if link.startswith(settings.STATIC_URL)})


def first_visit(html: str) -> int:
    """Bytes that travel when somebody opens this page as their first."""
    return packed(html.encode()) + sum(packed_file(name) for name in static_files(html))
