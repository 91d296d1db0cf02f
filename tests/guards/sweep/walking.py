"""The walk itself: every example as everybody, at home and abroad; then every link and every form that was seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.urls import resolve

from tests.guards.sweep import markup, sending
from tests.guards.sweep.browser import Browser, Visit
from tests.guards.sweep.expecting import HIDES, OPENS, Expected, expect, sees
from tests.world import PEOPLE, Place, World
from tests.world.example import Example
from tests.world.pages import EXAMPLES
from tests.world.place import VISITOR


@dataclass(frozen=True, slots=True)
class Looked:
    """Somebody looked at a page with a record (or sent an empty form to it): what happened, and what should have."""

    page: str
    name: str
    is_foreign: bool
    visit: Visit
    expected: Expected
    invented: int = 0

    def __str__(self) -> str:
        return f"{self.name}{' (foreign)' if self.is_foreign else ''}: {self.visit}"


@dataclass(frozen=True, slots=True)
class Followed:
    """A link on a page that somebody opened, and where it led this person in the end."""

    page: str
    link: str
    visit: Visit


@dataclass
class Sweep:
    """All that was seen."""

    looks: list[Looked] = field(default_factory=list)
    refused_sendings: list[Looked] = field(default_factory=list)
    agreements: list[Looked] = field(default_factory=list)
    links: list[Followed] = field(default_factory=list)
    sendings: list[sending.Sending] = field(default_factory=list)

    @property
    def opened(self) -> list[Looked]:
        """Pages of the examples that opened as they should, with their HTML."""
        return [one for one in self.looks if one.expected.does == OPENS and one.visit.html]


class Walk:
    """Everybody's browsers, and the world they walk through."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.browsers = {person: Browser(world.home, person) for person in PEOPLE}
        self.sweep = Sweep()
        self._seen: dict[tuple[str, Any], bool] = {}

    def all(self) -> Sweep:
        """Walk everywhere."""
        for example in EXAMPLES:
            self._look(example, self.world.home)
        for example in _one_a_page(EXAMPLES):
            self._look(example, self.world.away)
        for one in list(self.sweep.opened):
            self._follow_links(one)
            self._send_forms(one)
        return self.sweep

    def sees(self, person: str, record: Any) -> bool:
        """Say whether somebody sees a record, asked once."""
        key = (person, (type(record), record.pk))
        if key not in self._seen:
            self._seen[key] = sees(self.world.viewers[person], record)
        return self._seen[key]

    def _look(self, example: Example, place: Place) -> None:
        path, is_foreign = example.path(place), place is self.world.away
        for person in example.only or PEOPLE:
            browser = self.browsers[person]
            expected = self.expected(example, place, person, "GET")
            visit = browser.look_after(example.prepare, path) if example.prepare else browser.look(path)
            self.sweep.looks.append(Looked(example.page, example.name, is_foreign, visit, expected))
            if example.prepare is None:
                self._send_without_rights(example, place, person, path)

    def expected(self, example: Example, place: Place, person: str, method: str) -> Expected:
        """What this page must answer this person."""
        record = place.records.get(example.record)
        is_seen = example.is_public or record is None or self.sees(person, record)
        view, says = resolve(example.path(place)).func, example.says_to.get(person, example.says)
        return expect(view, method, self.world.viewers[person], is_seen=is_seen, may=example.may, record=record, says=says)

    def _send_without_rights(self, example: Example, place: Place, person: str, path: str) -> None:
        """Send an empty form to a page that must refuse it."""
        expected = self.expected(example, place, person, "POST")
        if expected.does == OPENS:
            return
        browser = self.browsers[person]
        invented = 0
        if expected.does == HIDES:
            invented = browser.send(path.replace(place[example.record].code, "XXX-0000"))[0].status
        looked = Looked(example.page, example.name, place is self.world.away, browser.send(path)[0], expected, invented)
        self.sweep.refused_sendings.append(looked)

    def _follow_links(self, one: Looked) -> None:
        """Open every link of a page as the same person, and go on where it leads."""
        browser = self.browsers[one.visit.person]
        for link in markup.links_inside(one.visit.html, one.visit.path):
            visit = browser.look(link)
            for _turn in range(4):
                if visit.status not in {301, 302} or not visit.location.startswith("/"):
                    break
                visit = browser.look(visit.location)
            self.sweep.links.append(Followed(one.visit.path, link, visit))

    def _send_forms(self, one: Looked) -> None:
        browser = self.browsers[one.visit.person]
        self.sweep.sendings.extend(sending.send_all(browser, one.visit, self._forms_sent))

    _forms_sent: set[Any] = set()


def _one_a_page(examples: list[Example]) -> Iterator[Example]:
    """Whose record it is does not depend on its state: one example of each page is enough for foreign ones."""
    seen = set()
    for example in examples:
        if example.has_record and example.page not in seen and not example.prepare:
            seen.add(example.page)
            yield example


def signed_in(people: tuple[str, ...] = PEOPLE) -> tuple[str, ...]:
    """Everybody but the visitor."""
    return tuple(person for person in people if person != VISITOR)
