"""Running heads, feet and page numbers: found by where they stand and how often, never by their words."""

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from safety_partners.reading.pdf.geometry import Page, Word, words_text

ZONE = 0.17  # of the page's height, from the top and from the bottom
DEEPEST = 7  # lines from the edge
NUMBERS = re.compile(r"\d+|\b[ivxlc]{1,6}\b", re.IGNORECASE)
PAGE_NUMBER = re.compile(r"(?:page|p\.?|pg\.?)?\s*[-–|\[(]?\s*(?:#)\s*[-–|\])]?(?:\s*(?:of|/)\s*#)?", re.IGNORECASE)


@dataclass(slots=True)
class Row:
    """Words at one height of one page, near its upper or lower edge."""

    page: int
    words: list[Word]
    at_top: bool
    distance: float
    rank: int = 0
    text: str = ""
    pattern: str = ""
    size: float = 0.0
    in_table: bool = False

    @property
    def kind(self) -> tuple[str, int]:
        """What makes two running lines the same: their words, figures aside, in letters of one size."""
        return self.pattern, round(self.size / 2)


def remove_running(pages: Sequence[Page], kept: frozenset[tuple[int, int]] = frozenset()) -> list[str]:
    """Take running lines out of the pages; give back their texts. `kept`: (page, mark) of words that belong to tables."""
    _remove_stamps(pages)
    rows = [row for index, page in enumerate(pages) for row in _edge_rows(index, page, kept)]
    running = _running(rows, len(pages))
    gone: dict[int, set[int]] = {}
    for row in running:
        gone.setdefault(row.page, set()).update(id(word) for word in row.words)
    for index, page in enumerate(pages):
        if index in gone:
            page.words = [word for word in page.words if id(word) not in gone[index]]
    return [row.text for row in running]


def _remove_stamps(pages: Sequence[Page]) -> None:
    """Take out words set at an angle on most pages: a watermark."""
    counts = Counter(text for page in pages for text in {word.text for word in page.words if not word.upright})
    stamps = {text for text, count in counts.items() if count >= max(2, 0.5 * len(pages))}
    if stamps:
        for page in pages:
            page.words = [word for word in page.words if word.upright or word.text not in stamps]


def _edge_rows(index: int, page: Page, kept: frozenset[tuple[int, int]]) -> list[Row]:
    found: list[Row] = []
    for at_top in (True, False):
        limit = ZONE * page.height
        near = [word for word in page.words if word.upright and (word.base < limit if at_top else page.height - word.base < limit)]
        near.sort(key=lambda word: word.base, reverse=not at_top)
        rows: list[Row] = []
        for word in near:
            distance = word.base if at_top else page.height - word.base
            if rows and abs(rows[-1].distance - distance) <= 2.5:
                rows[-1].words.append(word)
            else:
                rows.append(Row(index, [word], at_top, distance))
        rows = [row for row in rows if not any((index, word.mark) in kept for word in row.words)]
        for rank, row in enumerate(rows[:DEEPEST]):
            row.rank = rank
            row.in_table = _in_long_table(row, page)
            row.words.sort(key=lambda word: word.left)
            row.text = words_text(row.words, row.words[0].base, row.words[0].size)
            row.size = max(word.size for word in row.words)
            row.pattern = " ".join(NUMBERS.sub("#", row.text).lower().split())
            found.append(row)
    return found


def _in_long_table(row: Row, page: Page) -> bool:
    """Whether an upright rule passes the row and goes on far into the page: then it is a row of a table."""
    base = row.words[0].base
    return (
        any(
            not rule.across
            and rule.start <= base <= rule.end + 1
            and rule.end - rule.start > 0.28 * page.height
            and 0.02 * page.width < rule.at < 0.98 * page.width
            for rule in page.rules
        )
        and sum(not rule.across and rule.start <= base <= rule.end + 1 for rule in page.rules) >= 3
    )


def _running(rows: Sequence[Row], pages: int) -> list[Row]:
    chosen: dict[int, Row] = {}
    for at_top in (True, False):
        side = [row for row in rows if row.at_top is at_top]
        often = _often(side, pages)
        found = [row for row in side if row.kind in often or _twin(row, often) or _is_page_number(row, rows, pages)]
        chosen.update((id(row), row) for row in found)
        chosen.update((id(row), row) for row in _in_same_place(side, found, pages))
    return _from_the_edge(rows, list(chosen.values()))


def _often(side: Sequence[Row], pages: int) -> set[tuple[str, int]]:
    """Kinds of lines on most pages, on most odd or even pages, or in the very same place on a good part of them.

    What is only ever seen at the top of a long table is the table's own head, printed again on each page.
    """
    free: Counter[tuple[str, int]] = Counter(row.kind for row in side if not row.in_table)
    where: dict[tuple[str, int], set[int]] = {}
    places: dict[tuple[str, int], dict[int, set[int]]] = {}
    for row in side:
        where.setdefault(row.kind, set()).add(row.page)
        places.setdefault(row.kind, {}).setdefault(round(row.distance / 3), set()).add(row.page)
    often = set()
    for kind, found in where.items():
        many = len(found) >= max(2, 0.5 * pages) or _on_every_second(found, pages)
        steady = max(len(seen) for seen in places[kind].values()) >= max(2, 0.6 * len(found))
        row_of_pages = any(len(seen) >= max(4, 0.2 * pages) and _is_run(seen) for seen in places[kind].values())
        if free[kind] >= min(len(found), 2) and ((many and steady) or row_of_pages):
            often.add(kind)
    return often


def _on_every_second(found: set[int], pages: int) -> bool:
    """Whether some pages are nearly all odd ones, or nearly all even ones."""
    odd = {page for page in found if page % 2}
    return any(len(side) >= max(2, 0.7 * len(range(first, pages, 2))) for side, first in ((odd, 1), (found - odd, 0)))


def _is_run(found: set[int]) -> bool:
    """Whether pages follow each other, or every second one does."""
    ordered = sorted(found)
    return all(later - earlier <= 2 for earlier, later in itertools.pairwise(ordered))


def _twin(row: Row, often: set[tuple[str, int]]) -> bool:
    """Whether a line is nearly one of the running ones, as when it also names the chapter."""
    from rapidfuzz import fuzz

    return any(len(pattern) > 12 and size == round(row.size / 2) and fuzz.ratio(row.pattern, pattern) >= 88 for pattern, size in often)


def _in_same_place(side: Sequence[Row], chosen: Sequence[Row], pages: int) -> list[Row]:
    """Outermost lines in one place and one look whose words come back on other pages: heads that name the chapter."""
    spots: dict[tuple[int, float, bool], list[Row]] = {}
    taken = {id(row) for row in chosen}
    for row in side:
        look = row.words[0].look
        if id(row) not in taken and all(id(other) in taken for other in side if other.page == row.page and other.rank < row.rank):
            spots.setdefault((round(row.distance / 2), look.size, look.bold or look.italic), []).append(row)
    found: list[Row] = []
    for rows in spots.values():
        counts = Counter(row.pattern for row in rows)
        again = sum(counts[row.pattern] > 1 for row in rows)
        if len(rows) >= max(4, 0.5 * pages) and again >= 0.7 * len(rows):
            found.extend(rows)
    return found


def _is_page_number(row: Row, rows: Sequence[Row], pages: int) -> bool:
    """Whether a line is nothing but a page's number, in step with the pages around it."""
    if not PAGE_NUMBER.fullmatch(row.pattern) or row.rank > 2:
        return False
    if row.pattern != "#" and "#" in row.pattern and ("of" in row.pattern or "page" in row.pattern):
        return True
    others = [other for other in rows if other.at_top == row.at_top and PAGE_NUMBER.fullmatch(other.pattern)]
    steps = Counter(value - other.page for other in others if (value := _value(other.text)) is not None)
    value = _value(row.text)
    if value is None:
        return False
    in_step = steps[value - row.page]
    return in_step >= min(3, pages) and pages > 1


def _value(text: str) -> int | None:
    found = NUMBERS.search(text)
    if not found:
        return None
    if found[0].isdigit():
        return int(found[0]) if len(found[0]) < 5 else None
    values = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
    letters = [values[letter] for letter in found[0].lower()]
    return sum(-one if one < max(letters[place:]) else one for place, one in enumerate(letters))


def _from_the_edge(rows: Sequence[Row], chosen: Sequence[Row]) -> list[Row]:
    """Of the chosen rows those with at most one other line between them and the edge of the page."""
    taken = {id(row) for row in chosen}
    strangers: Counter[tuple[int, bool]] = Counter()
    found: list[Row] = []
    for row in sorted(rows, key=lambda row: row.rank):
        if id(row) in taken:
            if strangers[row.page, row.at_top] <= 1:
                found.append(row)
        else:
            strangers[row.page, row.at_top] += 1
    return found
