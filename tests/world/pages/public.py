"""Pages that anybody may open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from safety_partners.people import calendar_addresses
from tests.world.example import Example
from tests.world.place import Place


def _slug(place: Place) -> dict[str, Any]:
    return {"slug": place.organisation.slug}


def _calendar(place: Place) -> dict[str, Any]:
    return {"secret": calendar_addresses.secret_of(place.people["partner"])}


def _published(place: Place) -> dict[str, Any]:
    return {**_slug(place), "code": place["published change"].code}


def _taken_down(place: Place) -> dict[str, Any]:
    return {**_slug(place), "code": place["taken down change"].code}


def _unpublished(place: Place) -> dict[str, Any]:
    return {**_slug(place), "code": place["made change"].code}


def _role(record: str) -> Callable[[Place], dict[str, Any]]:
    return lambda place: {**_slug(place), "code": place[record].code}


EXAMPLES = [
    Example(page="website:front"),
    Example(page="website:accessibility"),
    Example(page="website:privacy"),
    Example(page="website:organisation", where=_slug, is_public=True),
    Example(page="website:partners", where=_slug, is_public=True),
    Example(page="website:partners-and-groups", where=_slug, is_public=True),
    Example(page="website:role", where=_role("role"), is_public=True),
    Example(page="website:role", where=_role("unused role"), is_public=True, says=404, because="it is not in use"),
    Example(page="website:changes", where=_slug, is_public=True),
    Example(page="website:changes-feed", where=_slug, is_public=True),
    Example(page="website:change", where=_published, is_public=True),
    Example(page="website:change", where=_taken_down, is_public=True),
    Example(page="website:change", where=_unpublished, is_public=True, says=404, because="it is not published"),
    Example(page="home:home"),
    Example(page="home:calendar"),
    Example(page="home:involvement"),
    Example(page="home:subscribe"),
    Example(page="home:feed", where=_calendar, is_public=True),
    Example(page="home:feed", where=lambda place: {"secret": "MEM-2"}, is_public=True, says=404, because="nobody has this address"),
]
