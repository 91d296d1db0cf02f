"""A long document in parts that can be read one after another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from safety_partners.reviews.models import Paragraph, Version
from safety_partners.reviews.models.document import opening_of

# Beyond this many paragraphs a page is never shown whole.
LONG = 400
# A section is cut at its own headings, and where it has none after so many paragraphs.
LONGEST = 150


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the version: where, how deep, and its words with the printed number."""

    position: int
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """From one position to another, both included; ``title`` is empty before the first heading."""

    number: int
    first: int
    last: int
    title: str


def headings_of(version: Version) -> list[Heading]:
    """Every heading of a version in order, in one query."""
    rows = Paragraph.objects.filter(version=version, kind=Paragraph.Kind.HEADING).order_by("position")
    found = rows.values_list("position", "level", "number", "text")
    return [Heading(position, level, f"{number} {text}".strip()) for position, level, number, text in found]


def is_long(version: Version) -> bool:
    """Say whether a version is shown by section only."""
    return version.paragraph_count > LONG


def sections_of(headings: Sequence[Heading], count: int) -> list[Section]:
    """The sections of a version with so many paragraphs: every position is in exactly one."""
    if not count:
        return []
    starts = sorted(set(_starts(headings, 1, count)))
    titles = {heading.position: heading.text for heading in headings}
    lasts = [*(start - 1 for start in starts[1:]), count]
    return [
        Section(number, first, last, opening_of(titles.get(first, "")))
        for number, (first, last) in enumerate(zip(starts, lasts, strict=True), 1)
    ]


def section_with(sections: Sequence[Section], position: int) -> Section:
    """The section a paragraph stands in."""
    return next(section for section in sections if section.first <= position <= section.last)


def _starts(headings: Sequence[Heading], first: int, last: int) -> list[int]:
    """Where sections begin between two positions: at the highest headings inside, deeper where that leaves too much."""
    inside = [heading for heading in headings if first < heading.position <= last]
    at_start = next((heading for heading in headings if heading.position == first), None)
    highest = min((heading.level for heading in [*inside, *([at_start] if at_start else [])]), default=0)
    cuts = _with_words_between([heading.position for heading in inside if heading.level == highest], headings, first)
    if not cuts:
        return _deeper(inside, first, last)
    found = []
    for start, end in zip([first, *cuts], [*(cut - 1 for cut in cuts), last], strict=True):
        found += _starts(headings, start, end) if end - start >= LONGEST else [start]
    return found


def _deeper(inside: Sequence[Heading], first: int, last: int) -> list[int]:
    """One section, or pieces of it where it is too long: at the headings inside, or after so many paragraphs."""
    if last - first < LONGEST:
        return [first]
    cuts = [first]
    for heading in inside:
        if heading.position - cuts[-1] > LONGEST // 3:
            cuts.append(heading.position)
    found = []
    for start, end in zip(cuts, [*(cut - 1 for cut in cuts[1:]), last], strict=True):
        found += range(start, end + 1, LONGEST)
    return found


def _with_words_between(cuts: Sequence[int], headings: Sequence[Heading], first: int) -> list[int]:
    """Leave out a cut where only headings stand before it: a heading alone is no section."""
    are_headings = {heading.position for heading in headings}
    kept, start = [], first
    for cut in cuts:
        if any(position not in are_headings for position in range(start, cut)):
            kept.append(cut)
            start = cut
    return kept
