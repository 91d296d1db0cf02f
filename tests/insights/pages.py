"""Opening and sending pages as somebody, and reading what they say."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from safety_partners.people.models import Membership

MOST_QUERIES = 8


def browser_of(member: Membership | None) -> Client:
    client = Client()
    if member is not None:
        client.force_login(member.user)
    return client


def words_of(response: HttpResponse) -> str:
    """What a page says, without its tags, each run of spaces as one."""
    html = response.content.decode()
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html[html.index("<main") :])))


def address(name: str, *codes: Any) -> str:
    return reverse(f"insights:{name}", args=[getattr(one, "code", one) for one in codes])


def look(member: Membership | None, path: str, *, status: int = 200) -> str:
    """What a page says to somebody; it costs at most eight queries."""
    client = browser_of(member)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(path)
    assert response.status_code == status, (path, response.status_code, response.content.decode()[:2000])
    assert len(queries) <= MOST_QUERIES, [query["sql"] for query in queries]
    return words_of(response) if status == 200 else ""


def hidden_of(html: str) -> dict[str, str]:
    """The hidden inputs of the last form of a page, as a browser would send them."""
    form = html.rsplit("<form", 1)[1]
    return dict(re.findall(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)"', form))


def send(member: Membership, path: str, /, *, opened: bool = True, **typed: Any) -> HttpResponse:
    """Open a page, fill in its form and send it, with its hidden inputs."""
    client = browser_of(member)
    hidden: dict[str, str] = {}
    if opened:
        page = client.get(path)
        assert page.status_code == 200, (path, page.status_code)
        hidden = hidden_of(page.content.decode())
    return client.post(path, {**hidden, **typed})


def day(value: Any, name: str) -> dict[str, int]:
    """A date as the three inputs of a question."""
    return {f"{name}_day": value.day, f"{name}_month": value.month, f"{name}_year": value.year}
