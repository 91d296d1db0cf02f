"""The walk itself: every example as everybody, at home and abroad; then every link and every form that was seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.urls import resolve, reverse

from tests.guards.sweep import markup, sending
from tests.guards.sweep.browser import Browser, Visit
from tests.guards.sweep.expecting import HIDES, NOT_THIS_WAY, OPENS, REFUSES, Expected, expect, sees
from tests.world import PEOPLE, Place, World
from tests.world.example import Example
from tests.world.pages import DETAIL, EXAMPLES
from tests.world.place import TWINS

ELSEWHERE = 4  # so often may one address lead to another before we stop following
# So often is a page asked by one person for records that it does not give them: the page that shows a kind of record is asked for more.
ENOUGH = {HIDES: 1, REFUSES: 2}
FOREIGN = 3  # so many foreign records of each kind are enough
ALIKE = 2  # so many records that the same people see are enough


@dataclass(frozen=True, slots=True)
class Looked:
    """Somebody looked at a page with a record (or sent an empty form to it): what happened, and what should have.

    ``invented`` is what the same person got for a code that nothing has, where that was asked.
    """

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


@dataclass(frozen=True, slots=True)
class Agreed:
    """A record, whether its list shows it to somebody, and what its own page said to the same person."""

    kind: str
    is_foreign: bool
    is_listed: bool
    does: str
    visit: Visit


@dataclass
class Sweep:
    """All that was seen."""

    looks: list[Looked] = field(default_factory=list)
    sent_without_rights: list[Looked] = field(default_factory=list)
    agreed: list[Agreed] = field(default_factory=list)
    links: list[Followed] = field(default_factory=list)
    sendings: list[sending.Sending] = field(default_factory=list)

    @property
    def opened(self) -> list[Looked]:
        """Pages of the examples that opened as they should, with their HTML."""
        return [one for one in self.looks if one.expected.does == OPENS and one.visit.html]

    @property
    def visits(self) -> list[Visit]:
        """Every answer, each once."""
        seen = [one.visit for one in (*self.looks, *self.sent_without_rights, *self.agreed, *self.links)]
        sent = [visit for one in self.sendings for visit in (one.visit, one.landed) if visit]
        return list({id(visit): visit for visit in (*seen, *sent)}.values())


class Walk:
    """Everybody's browsers, and the world they walk through."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.browsers = {person: Browser(world.home, person) for person in PEOPLE}
        self.sweep = Sweep()
        self._seen: dict[tuple[str, type, int], bool] = {}
        self._answers: Counter[tuple[str, ...]] = Counter()
        self._links: dict[tuple[str, ...], str] = {}
        self._forms_sent: set[Any] = set()

    def all(self) -> Sweep:
        """Walk everywhere."""
        for example in EXAMPLES:
            self._look(example, self.world.home)
        for example in _one_a_page(EXAMPLES):
            self._look(example, self.world.away)
        for model, page in DETAIL.items():
            self._compare(model, page)
        for one in self.sweep.opened:
            self._follow_links(one)
            browser = self.browsers[one.visit.person]
            self.sweep.sendings.extend(sending.send_all(browser, one.visit, self._forms_sent))
        return self.sweep

    def expected(self, example: Example, place: Place, person: str, method: str) -> Expected:
        """What this page must answer this person."""
        record = place.records.get(example.record)
        is_seen = example.is_public or record is None or (place is self.world.home and self._sees(person, record))
        view, says = resolve(example.path(place)).func, example.says_to.get(person, example.says)
        return expect(view, method, self.world.viewers[person], is_seen=is_seen, may=example.may, record=record, says=says)

    def _sees(self, person: str, record: Any) -> bool:
        """Say whether somebody sees a record, asked once."""
        key = (person, type(record), record.pk)
        if key not in self._seen:
            self._seen[key] = sees(self.world.viewers[person], record)
        return self._seen[key]

    def _look(self, example: Example, place: Place) -> None:
        path, is_foreign = example.path(place), place is self.world.away
        for person in example.only or PEOPLE:
            expected = self.expected(example, place, person, "GET")
            if is_foreign and expected.is_by_page:
                continue
            if self._was_seen_enough(expected, f"GET {place.organisation.slug}", example, person):
                continue
            browser = self.browsers[person]
            visit = browser.look_after(example.prepare, path) if example.prepare else browser.look(path)
            self.sweep.looks.append(Looked(example.page, example.name, is_foreign, visit, expected))
        if example.prepare is None:
            for person in example.only or PEOPLE:
                self._send_without_rights(example, place, person, path)

    def _was_seen_enough(self, expected: Expected, method: str, example: Example, person: str) -> bool:
        """Say whether a page answered this person, or somebody with the same role, in this way often enough."""
        if person in TWINS and (expected.is_by_page or not example.record):
            return True
        key = (method, example.page, person, expected.does)
        self._answers[key] += 1
        return expected.does != OPENS and self._answers[key] > (1 if expected.is_by_page else ENOUGH.get(expected.does, 1))

    def _send_without_rights(self, example: Example, place: Place, person: str, path: str) -> None:
        """Send an empty form to a page that must refuse it."""
        expected = self.expected(example, place, person, "POST")
        if expected.does == OPENS or (expected.does == NOT_THIS_WAY and person != "lead"):
            return
        if self._was_seen_enough(expected, "POST", example, person):
            return
        browser = self.browsers[person]
        visit, invented = browser.send(path)[0], 0
        if expected.does == HIDES and visit.status != expected.status:
            invented = browser.send(path.replace(place[example.record].code, "XXX-0000"))[0].status
        self.sweep.sent_without_rights.append(Looked(example.page, example.name, place is self.world.away, visit, expected, invented))

    def _compare(self, model: type, page: str) -> None:
        """Look at the page of each record of a kind as everybody, also at those of the foreign organisation."""
        may = next(example.may for example in EXAMPLES if example.page == page)
        foreign = self.world.away.all_of(model)[:FOREIGN]
        for record in (*self._different(self.world.home.all_of(model)), *foreign):
            is_foreign = record in foreign
            path = reverse(page, args=[record.code])
            for person, viewer in self.world.viewers.items():
                is_listed = self._sees(person, record)
                expected = expect(resolve(path).func, "GET", viewer, is_seen=is_listed, may=may, record=record)
                if not expected.is_by_page:
                    visit = self.browsers[person].look(path)
                    self.sweep.agreed.append(Agreed(model.__name__, is_foreign, is_listed, expected.does, visit))

    def _different(self, records: list[Any]) -> Iterator[Any]:
        """Records that different people see; a few of each that the same people see."""
        seen: Counter[tuple[str, ...]] = Counter()
        for record in records:
            who = tuple(person for person in PEOPLE if self._sees(person, record))
            seen[who] += 1
            if seen[who] <= ALIKE:
                yield record

    def _follow_links(self, one: Looked) -> None:
        """Open every link of a page as the same person, and go on where it leads.

        Links that ask the same page for the same things with other values, such as the orders of a list, count as one.
        """
        browser = self.browsers[one.visit.person]
        for link in markup.links_inside(one.visit.html, one.visit.path):
            asked = urlsplit(link)
            key = (one.visit.person, asked.path, *sorted(parse_qs(asked.query)))
            if asked.query and self._links.setdefault(key, link) != link:
                continue
            visit = browser.look(link)
            for _turn in range(ELSEWHERE):
                if visit.status not in {301, 302} or not visit.location.startswith("/"):
                    break
                visit = browser.look(visit.location)
            self.sweep.links.append(Followed(one.visit.path, link, visit))


def _one_a_page(examples: list[Example]) -> Iterator[Example]:
    """Whose a record is does not depend on its state: one example of each page is enough for foreign ones."""
    seen = set()
    for example in examples:
        if example.has_record and example.page not in seen and not example.prepare:
            seen.add(example.page)
            yield example
