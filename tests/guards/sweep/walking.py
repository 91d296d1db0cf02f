"""The walk itself: every example, at home and abroad, as one person; then every link and every form that they saw."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.urls import resolve, reverse

from tests.guards.sweep import markup, sending
from tests.guards.sweep.browser import Browser, Visit
from tests.guards.sweep.expecting import HIDES, NOT_THIS_WAY, OPENS, REFUSES, Expected, expect, visible
from tests.world import PEOPLE, Place, World
from tests.world.example import Example
from tests.world.pages import DETAIL, EXAMPLES
from tests.world.place import TWINS

ELSEWHERE = 4  # so often may one address lead to another before we stop following
# So often is a page asked by one person for records that it does not give them: the page that shows a kind of record is asked for more.
ENOUGH = {HIDES: 1, REFUSES: 2}
FOREIGN = 3  # so many foreign records of each kind are enough
ROWS = 3  # so many new links of one shape on one page are enough
ALIKE = 2  # so many records that the same people see are enough
# The policy that the page of each kind of record asks about the record.
MAY_SHOW = {page: next(example.may for example in EXAMPLES if example.page == page) for page in DETAIL.values()}


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
        return [one for one in self.looks if one.expected.does == OPENS and one.visit.is_page]

    @property
    def visits(self) -> list[Visit]:
        """Every answer, each once."""
        seen = [one.visit for one in (*self.looks, *self.sent_without_rights, *self.agreed, *self.links)]
        sent = [visit for one in self.sendings for visit in (one.visit, one.landed) if visit]
        return list({id(visit): visit for visit in (*seen, *sent)}.values())

    def __iadd__(self, other: Sweep) -> Sweep:
        """What somebody else saw is added."""
        for name, mine in vars(self).items():
            mine.extend(getattr(other, name))
        return self


class Sights:
    """The world, and what of it everybody is shown: asked once for each person and kind of record."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.kinds_of_forms_sent: set[tuple[str, ...]] = set()
        self._visible: dict[tuple[str, type], set[int]] = {}
        self.to_compare = [
            (record, page, is_foreign)
            for model, page in DETAIL.items()
            for records, is_foreign in ((self._different(world.home.all_of(model)), False), (world.away.all_of(model)[:FOREIGN], True))
            for record in records
        ]

    def sees(self, person: str, record: Any) -> bool:
        """Say whether somebody sees a record."""
        key = (person, type(record))
        if key not in self._visible:
            self._visible[key] = visible(self.world.viewers[person], type(record))
        return record.pk in self._visible[key]

    def _different(self, records: list[Any]) -> Iterator[Any]:
        """Records that different people see; a few of each that the same people see."""
        seen: Counter[tuple[str, ...]] = Counter()
        for record in records:
            who = tuple(person for person in PEOPLE if self.sees(person, record))
            seen[who] += 1
            if seen[who] <= ALIKE:
                yield record


class Walk:
    """One person, their browser, and all they come to."""

    def __init__(self, sights: Sights, person: str) -> None:
        self.sights = sights
        self.home, self.away = sights.world.home, sights.world.away
        self.person, self.viewer = person, sights.world.viewers[person]
        self.browser = Browser(self.home, person)
        self.sweep = Sweep()
        self._answers: Counter[tuple[str, ...]] = Counter()
        self._links: dict[tuple[str, ...], str] = {}

    def all(self) -> Sweep:
        """Walk everywhere."""
        for example in EXAMPLES:
            if self.person in (example.only or PEOPLE):
                self._look(example, self.home)
        for example in _one_a_page(EXAMPLES):
            if self.person in (example.only or PEOPLE):
                self._look(example, self.away)
        self._compare()
        for one in self.sweep.opened:
            self._follow_links(one)
            self.sweep.sendings.extend(sending.send_all(self.browser, one.visit, self.sights.kinds_of_forms_sent))
        return self.sweep

    def expected(self, example: Example, place: Place, method: str) -> Expected:
        """What a page must answer this person."""
        record = place.records.get(example.record)
        is_seen = example.is_public or record is None or (place is self.home and self.sights.sees(self.person, record))
        view, says = resolve(example.path(place)).func, example.says_to.get(self.person, example.says)
        return expect(view, method, self.viewer, is_seen=is_seen, may=example.may, record=record, says=says)

    def _look(self, example: Example, place: Place) -> None:
        """Look at a page, and send it an empty form where it must refuse that."""
        path, is_foreign, expected = example.path(place), place is self.away, self.expected(example, place, "GET")
        if not (is_foreign and expected.is_by_page) and not self._was_seen_enough(expected, f"GET {place.organisation.slug}", example):
            visit = self.browser.look_after(example.prepare, path) if example.prepare else self.browser.look(path)
            self.sweep.looks.append(Looked(example.page, example.name, is_foreign, visit, expected))
        if example.prepare is None:
            self._send_without_rights(example, place, path)

    def _was_seen_enough(self, expected: Expected, method: str, example: Example) -> bool:
        """Say whether a page answered this person, or somebody with the same role, in this way often enough."""
        if self.person in TWINS and (expected.is_by_page or not example.record):
            return True
        key = (method, example.page, expected.does)
        self._answers[key] += 1
        return expected.does != OPENS and self._answers[key] > (1 if expected.is_by_page else ENOUGH.get(expected.does, 1))

    def _send_without_rights(self, example: Example, place: Place, path: str) -> None:
        expected = self.expected(example, place, "POST")
        if expected.does == OPENS or (expected.does == NOT_THIS_WAY and self.person != "lead"):
            return
        if self._was_seen_enough(expected, "POST", example):
            return
        visit, invented = self.browser.send(path, {})[0], 0
        if expected.does == HIDES and visit.status != expected.status:
            invented = self.browser.send(path.replace(place[example.record].code, "XXX-0000"), {})[0].status
        self.sweep.sent_without_rights.append(Looked(example.page, example.name, place is self.away, visit, expected, invented))

    def _compare(self) -> None:
        """Look at the page of each record of a kind, also at those of the foreign organisation."""
        for record, page, is_foreign in self.sights.to_compare:
            path, is_listed = reverse(page, args=[record.code]), self.sights.sees(self.person, record)
            expected = expect(resolve(path).func, "GET", self.viewer, is_seen=is_listed, may=MAY_SHOW[page], record=record)
            if not expected.is_by_page:
                self.sweep.agreed.append(Agreed(type(record).__name__, is_foreign, is_listed, expected.does, self.browser.look(path)))

    def _follow_links(self, one: Looked) -> None:
        """Open every link of a page, and go on where it leads.

        Links that ask the same page for the same things with other values, such as the orders of a list, count as one. Of
        the rows of one list that nobody came to yet, a few are enough: what they lead to is compared with the list itself.
        """
        rows: Counter[str] = Counter()
        for link in markup.links_inside(one.visit.html, one.visit.path):
            asked = urlsplit(link)
            key = (asked.path, *sorted(parse_qs(asked.query)))
            if asked.query and self._links.setdefault(key, link) != link:
                continue
            if link not in self.browser.seen and (row := markup.normal(link)) != link:
                rows[row] += 1
                if rows[row] > ROWS:
                    continue
            visit = self.browser.look(link)
            for _turn in range(ELSEWHERE):
                visit = self.browser.look(visit.leads_to) if visit.leads_to else visit
            self.sweep.links.append(Followed(one.visit.path, link, visit))


def _one_a_page(examples: list[Example]) -> Iterator[Example]:
    """Whose a record is does not depend on its state: one example of each page is enough for foreign ones."""
    seen = set()
    for example in examples:
        if example.has_record and example.page not in seen and not example.prepare:
            seen.add(example.page)
            yield example
