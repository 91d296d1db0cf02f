"""A browser of one person, which remembers of each answer what the guards ask about."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.test import Client
from markupsafe import escape

from safety_partners.design.lists import ListPage
from safety_partners.design.lists.listing import Listing
from tests.world import Place
from tests.world.place import VISITOR

AGENT = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"
PAGE, WORDS = "text/html", "text/x-words"
REFUSALS = {403, 404}
SAID = ("sentence", "sign_in")  # what a page that refuses is told to say
_SAVEPOINTS = ("SAVEPOINT", "RELEASE", "ROLLBACK")
_CHANGES = re.compile(
    r"\b(INSERT\s+INTO|INSERT\s+OR|REPLACE\s+INTO|UPDATE\s+[\"\w]|DELETE\s+FROM|ALTER\s|DROP\s|TRUNCATE\s)", re.IGNORECASE
)
_LOCKS = re.compile(r"\bFOR\s+(NO\s+KEY\s+)?UPDATE\b.*$", re.IGNORECASE | re.DOTALL)


def is_change(sql: str) -> bool:
    """Say whether a statement changes rows or tables; a lock is not a change."""
    return _CHANGES.search(_LOCKS.sub("", sql)) is not None


@dataclass(slots=True)
class Recorder:
    """Sees every statement that reaches the database."""

    statements: list[str] = field(default_factory=list)

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.startswith(_SAVEPOINTS):
            self.statements.append(sql)
        return execute(sql, params, many, context)

    @property
    def changes(self) -> tuple[str, ...]:
        """The statements that changed something."""
        return tuple(sql for sql in self.statements if is_change(sql))


@dataclass(frozen=True, slots=True)
class Visit:
    """One answer of the product to one person.

    ``html`` is the page, or, where ``kind`` says that it is none, the words that were to stand on it. ``is_list`` says that
    a :class:`ListPage` was shown on it.
    """

    person: str
    method: str
    path: str
    status: int
    location: str = ""
    html: str = ""
    kind: str = PAGE
    queries: int = 0
    changes: tuple[str, ...] = ()
    is_list: bool = False

    def __str__(self) -> str:
        return f"{self.method} {self.path} as {self.person}: {self.status}"

    @property
    def is_page(self) -> bool:
        """Say whether a whole page was shown."""
        return self.kind == PAGE and bool(self.html)

    @property
    def leads_to(self) -> str:
        """The address of ours to which it leads on, if it does."""
        return self.location if self.status in {301, 302, 303} and self.location.startswith("/") else ""


@contextmanager
def lists_shown() -> Iterator[list[Listing]]:
    """Remember which lists are shown inside."""
    shown: list[Listing] = []
    show = ListPage.show

    def remember(page: ListPage, *args: Any, **kwargs: Any) -> Listing:
        shown.append(show(page, *args, **kwargs))
        return shown[-1]

    with patch.object(ListPage, "show", remember):
        yield shown


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is done inside never happened afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class Browser:
    """One person's browser: freshly signed in, or not signed in at all. Nothing it does stays.

    Every request goes the whole way: through the middleware, the sign-in, the wall between organisations, the view. Only
    where somebody is refused as they were refused before, no second page is drawn around the same sentence.
    """

    def __init__(self, place: Place, person: str) -> None:
        self.place = place
        self.person = person
        self.client = Client(raise_request_exception=False, headers={"user-agent": AGENT})
        self.seen: dict[str, Visit] = {}
        self.refused: set[tuple[object, ...]] = set()
        if person != VISITOR:
            self._sign_in()

    def _sign_in(self) -> None:
        self.client.force_login(self.place.people[self.person].user)
        session = self.client.session
        session["account_authentication_methods"] = [{"method": "code", "at": time.time()}]
        session["account_authentication_methods_user"] = str(self.place.people[self.person].user_id)
        session.save()

    def look(self, path: str) -> Visit:
        """GET, once for each address."""
        if path not in self.seen:
            with undone():
                self.seen[path] = self._visit("GET", path)
        return self.seen[path]

    def look_after(self, prepare: Callable[[Client, Place], None], path: str) -> Visit:
        """GET, in a browser that did something before."""
        with self._as_it_was(), undone():
            prepare(self.client, self.place)
            return self._visit("GET", path)

    def send(self, path: str, data: Mapping[str, Any]) -> tuple[Visit, Visit | None]:
        """POST, and what the page shows to which it leads, if it leads on."""
        with self._as_it_was(), undone():
            sent = self._visit("POST", path, data)
            return sent, self._visit("GET", sent.leads_to) if sent.leads_to else None

    @contextmanager
    def _as_it_was(self) -> Iterator[None]:
        cookies = copy(self.client.cookies)
        yield
        self.client.cookies = cookies

    def _visit(self, method: str, path: str, data: Mapping[str, Any] | None = None) -> Visit:
        recorder = Recorder()
        drawing = patch("safety_partners.core.page.render", self._draw)
        with connection.execute_wrapper(recorder), lists_shown() as lists, drawing:
            response = self.client.get(path) if method == "GET" else self.client.post(path, data)
            content = response.getvalue()
        kind = response.get("Content-Type", "").partition(";")[0]
        return Visit(
            self.person,
            method,
            path,
            response.status_code,
            location=response.get("Location", ""),
            html=content.decode() if kind in {PAGE, WORDS} else "",
            kind=kind,
            queries=len(recorder.statements),
            changes=recorder.changes,
            is_list=bool(lists),
        )

    def _draw(self, request: HttpRequest, template: str, context: dict[str, Any], *, status: int, using: str) -> HttpResponse:
        """Draw a page; of a refusal that this person has seen before, only what it says."""
        words = "\n".join(str(escape(context.get(name) or "")) for name in SAID)
        kind = (template, status, words, bool(context.get("typed")))
        if status in REFUSALS and kind in self.refused:
            return HttpResponse(words, content_type=WORDS, status=status)
        self.refused.add(kind)
        return render(request, template, context, status=status, using=using)
