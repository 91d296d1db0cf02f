"""The declaration of a list and the page of it that somebody asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext, gettext_lazy, ngettext_lazy

from safety_partners.design.lists.columns import Column, Text, read
from safety_partners.design.lists.filters import Filter
from safety_partners.design.lists.keyset import Order, read_token, write_token

Rows = QuerySet[Any, Any]
SEARCH, SORT, AFTER, BEFORE, COLUMNS = "q", "sort", "after", "before", "columns"
# In an address: of the columns that may be left out, none is shown.
NO_COLUMN = "-"
COUNT_LIMIT = 1000
SEARCH_LABEL, NOTHING_YET = gettext_lazy("Search"), gettext_lazy("There is nothing here yet.")
SEARCH_LIMIT = 200


class Sort:
    """One way to sort: a name for the address, words for people, keys with an index behind them.

    The last key is unique. ``reverse_label`` offers the other direction too, as ``-name``. Where the keys may not stand in
    an address, such as people's names, ``is_private`` lets it name the row by its last key alone, for one more query.
    """

    def __init__(self, name: str, label: Text, keys: Sequence[str], *, reverse_label: Text = "", is_private: bool = False) -> None:
        self.name = name
        self.label = label
        self.order = Order(tuple(keys))
        self.reverse_label = reverse_label
        self.is_private = is_private

    @property
    def is_descending(self) -> bool:
        """Whether its first key counts down."""
        return self.order.keys[0].startswith("-")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """A list, declared once beside the view that shows it.

    ``fields`` makes the rows named tuples of exactly these fields, the quickest; without it they are what the rows give.
    ``made`` gives expressions for some of the fields, worked out where they are fetched; they may join other tables, which a
    count then does without.
    ``search`` takes the rows and the words and gives the rows that match. ``counted`` says "%(n)s result(s)".
    """

    columns: Sequence[Column]
    sorts: Sequence[Sort]
    filters: Sequence[Filter] = ()
    search: Callable[[Rows, str], Rows] | None = None
    search_label: Text = SEARCH_LABEL
    search_hint: Text = ""
    fields: Sequence[str] = ()
    made: Mapping[str, Any] = field(default_factory=dict)
    size: int = 25
    counted: Any = field(default_factory=lambda: ngettext_lazy("%(n)s result", "%(n)s results", "n"))
    caption: Text = ""
    empty: Text = NOTHING_YET

    def show(self, rows: Rows, given: Mapping[str, str], *, path: str = "", keep: Mapping[str, str] | None = None) -> Listing:
        """The page that the address asks for: one query for the rows, and one for the count when there are more pages.

        ``given`` is ``request.GET``; what it says wrongly is left out and told in ``problems``. ``keep`` is said again in
        every link. Raises ImproperlyConfigured when a sort key may be null or is not unique at its end.
        """
        rows, values, words, problems = self._narrow(rows, given)
        state: dict[str, str] = dict(keep or {})
        for one in self.filters:
            state.update({name: given[name] for name in one.names if given.get(name)})
        if words:
            state[SEARCH] = words
        sort, is_reversed, problem = self._sort(given.get(SORT, ""))
        if problem:
            problems.append(problem)
        if sort is not self.sorts[0] or is_reversed:
            state[SORT] = f"-{sort.name}" if is_reversed else sort.name
        shown, problem = self._shown(given)
        if problem:
            problems.append(problem)
        if shown != self._usual():
            state[COLUMNS] = _named(shown)
        listing = Listing(self, path, state, words, values, sort, is_reversed, problems, dict(keep or {}), shown)
        listing.fill(rows, given.get(AFTER, ""), given.get(BEFORE, ""))
        return listing

    def every(self, rows: Rows, given: Mapping[str, str]) -> tuple[Rows, list[Column]]:
        """All rows that the address asks for, in its order and without pages, and the columns it shows: for a file."""
        sort, is_reversed, _problem = self._sort(given.get(SORT, ""))
        order = sort.order.reversed() if is_reversed else sort.order
        return self._narrow(rows, given)[0].order_by(*order.keys), self._shown(given)[0]

    def _narrow(self, rows: Rows, given: Mapping[str, str]) -> tuple[Rows, dict[str, Any], str, list[str]]:
        """The rows that fit the filters and the search, with their values, the words, and what was not understood."""
        values: dict[str, Any] = {}
        problems: list[str] = []
        for one in self.filters:
            value, problem = one.read(given)
            if problem:
                problems.append(problem)
            if value is not None:
                values[one.name] = value
                rows = one.apply(rows, value)
        words = " ".join(given.get(SEARCH, "").replace("\x00", "").split())[:SEARCH_LIMIT] if self.search else ""
        if words and self.search:
            rows = self.search(rows, words)
        return rows, values, words, problems

    @property
    def optional(self) -> list[Column]:
        """The columns that whoever looks may show or hide."""
        return [column for column in self.columns if column.is_optional]

    def _usual(self) -> list[Column]:
        return [column for column in self.columns if column.is_usual]

    def _shown(self, given: Mapping[str, str]) -> tuple[list[Column], str | None]:
        if COLUMNS not in given or not self.optional:
            return self._usual(), None
        # Boxes that are ticked come one by one, a link has all of them in one word.
        said = given.getlist(COLUMNS) if isinstance(given, QueryDict) else [given[COLUMNS]]
        names = {name for word in said for name in word.split(",")} - {"", NO_COLUMN}
        problem = gettext("We do not know one of these columns, so we left it out") if names - {one.name for one in self.optional} else None
        return [one for one in self.columns if not one.is_optional or one.name in names], problem

    def blank(self, given: Mapping[str, str], *, path: str = "") -> Listing:
        """A page without rows and without asking the database: for a search that has not begun, and for examples."""
        sort, is_reversed, _problem = self._sort(given.get(SORT, ""))
        words = given.get(SEARCH, "")
        return Listing(self, path, {SEARCH: words} if words else {}, words, {}, sort, is_reversed, [], {}, self._usual())

    def _sort(self, asked: str) -> tuple[Sort, bool, str | None]:
        for sort in self.sorts:
            if asked == sort.name:
                return sort, False, None
            if asked == f"-{sort.name}" and sort.reverse_label:
                return sort, True, None
        problem = gettext("We do not know this order, so we used the usual one") if asked else None
        return self.sorts[0], False, problem


@dataclass(slots=True)
class Listing:
    """One page of a list: what ``design/list_page.jinja`` shows."""

    page: ListPage
    path: str
    state: dict[str, str]
    words: str
    values: dict[str, Any]
    sort: Sort
    is_reversed: bool
    problems: list[str]
    kept: dict[str, str]
    columns: Sequence[Column]
    rows: list[Any] = field(default_factory=list)
    count: int = 0
    previous_url: str | None = None
    next_url: str | None = None

    @property
    def is_narrowed(self) -> bool:
        """Whether a search or a filter leaves rows out."""
        return bool(self.words or self.values)

    @property
    def order(self) -> Order:
        """The order of the rows."""
        return self.sort.order.reversed() if self.is_reversed else self.sort.order

    @property
    def count_text(self) -> str:
        """``312 results``; past a thousand ``More than 1,000 results``, because nobody needs to wait for the rest."""
        if self.count <= COUNT_LIMIT:
            return str(self.page.counted % {"n": self.count})
        return gettext("More than %(counted)s") % {"counted": str(self.page.counted % {"n": COUNT_LIMIT}).replace("1000", "1,000")}

    def url(self, **changes: str | None) -> str:
        """This list with the same search, filters and order, and these changes; None leaves a part out."""
        parts = {name: value for name, value in {**self.state, **changes}.items() if value}
        return f"{self.path}?{urlencode(parts)}" if parts else self.path or "?"

    @property
    def clear_url(self) -> str:
        """The list without search and filters."""
        kept = {**self.kept, **{name: self.state[name] for name in (SORT, COLUMNS) if name in self.state}}
        return f"{self.path}?{urlencode(kept)}" if kept else self.path or "?"

    def file_url(self, path: str) -> str:
        """Where the same rows and columns are a file: the columns are named even where they are the usual ones."""
        return f"{path}?{urlencode({**self.state, COLUMNS: _named(self.columns)})}"

    @property
    def sort_choices(self) -> list[tuple[str, Text]]:
        """Every order with its words, for the select."""
        pairs: list[tuple[str, Text]] = []
        for sort in self.page.sorts:
            pairs.append((sort.name, sort.label))
            if sort.reverse_label:
                pairs.append((f"-{sort.name}", sort.reverse_label))
        return pairs

    @property
    def sort_value(self) -> str:
        """The order in use, as the address says it."""
        return f"-{self.sort.name}" if self.is_reversed else self.sort.name

    def heading(self, column: Column) -> tuple[str | None, str | None]:
        """For a column that can be sorted: where its heading leads, and how it is sorted now (for ``aria-sort``)."""
        sort = next((one for one in self.page.sorts if one.name == column.sort), None)
        if sort is None:
            return None, None
        if sort is not self.sort:
            return self.url(sort=sort.name), None
        turned = sort.name if self.is_reversed else f"-{sort.name}"
        direction = "descending" if sort.is_descending != self.is_reversed else "ascending"
        return (self.url(sort=turned) if sort.reverse_label else None), direction

    def fill(self, rows: Rows, after: str, before: str) -> None:
        """Fetch the rows of the page, and count when there are more than these."""
        order = self.order
        order.check(rows.model, tuple(rows.query.annotations))
        everything = rows
        salt = f"design.lists:{rows.model._meta.label_lower}:{','.join(order.keys)}"
        is_backwards = bool(before)
        token = before or after
        shown = order.names[-1:] if self.sort.is_private else order.names
        place = read_token(token, salt, len(shown)) if token else None
        if place is not None and self.sort.is_private:
            row = everything.filter(**{order.names[-1]: place[0]}).values_list(*order.names).first()
            place = None if row is None else list(row)
        if token and place is None:
            self.problems.append(gettext("That page has moved, so we show the first one"))
        if place is None:
            is_backwards = False
        walk = order.reversed() if is_backwards else order
        if place is not None:
            rows = rows.filter(walk.after(place))
        made = self.page.made
        if self.page.fields:
            read_here = [name for column in self.columns for name in column.reads]
            fetched = list(dict.fromkeys([*self.page.fields, *read_here, *order.names]))
            made = {name: made[name] for name in fetched if name in made}
            rows = (rows.annotate(**made) if made else rows).values_list(*fetched, named=True)
        elif made:
            rows = rows.annotate(**made)
        size = self.page.size
        found = list(rows.order_by(*walk.keys)[: size + 1])
        has_more = len(found) > size
        found = found[:size]
        if is_backwards:
            found.reverse()
        self.rows = found
        has_previous = has_more if is_backwards else place is not None
        has_next = place is not None if is_backwards else has_more
        if found:
            ends = (write_token([read(row, name) for name in shown], salt) for row in (found[0], found[-1]))
            before, after = ends if has_previous or has_next else ("", "")
            self.previous_url = self.url(before=before) if has_previous else None
            self.next_url = self.url(after=after) if has_next else None
        elif place is not None:
            self.previous_url = self.url()
        self.count = capped_count(everything) if has_previous or has_next or place is not None else len(found)


def _named(columns: Sequence[Column]) -> str:
    return ",".join(column.name for column in columns if column.is_optional) or NO_COLUMN


def capped_count(rows: Rows, limit: int = COUNT_LIMIT) -> int:
    """How many rows, never counting past ``limit + 1``: the database stops there."""
    try:
        sql, values = rows.order_by().values("pk")[: limit + 1].query.sql_with_params()
    except EmptyResultSet:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM ({sql}) counted", values)  # noqa: S608 - Django made it
        return int(cursor.fetchone()[0])
