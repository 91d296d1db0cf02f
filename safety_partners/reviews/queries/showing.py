"""A version as a page shows it: headings, paragraphs, lists, tables, and a folded contents page, with what was said about each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from safety_partners.reviews.models import Comment, Paragraph, Version
from safety_partners.reviews.queries.sections import Heading, Section, headings_of, is_long, section_with, sections_of

Kind = Paragraph.Kind
# Kinds that stand together: the items of a list, the lines of a contents page.
TOGETHER = {Kind.LIST_ITEM, Kind.CONTENTS}
LIST_LEVELS = 6


@dataclass(frozen=True, slots=True)
class Part:
    """One paragraph on the page, with the comments the viewer may see there; ``level`` is that of the page's headings."""

    paragraph: Paragraph
    level: int = 0
    comments: Sequence[Comment] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """Parts of one kind that stand together: a list, a contents page; alone, anything else."""

    kind: str
    parts: Sequence[Part]


@dataclass(frozen=True, slots=True)
class ReadingPage:
    """What a page of a version shows: all of it, or one section with its neighbours."""

    pieces: Sequence[Piece]
    contents: Sequence[Heading]
    sections: Sequence[Section]
    section: Section | None = None
    is_long: bool = False
    comments: Sequence[Comment] = field(default_factory=list)

    @property
    def previous(self) -> Section | None:
        return self.sections[self.section.number - 2] if self.section and self.section.number > 1 else None

    @property
    def next(self) -> Section | None:
        return self.sections[self.section.number] if self.section and self.section.number < len(self.sections) else None

    def section_of(self, position: int) -> int:
        """The number of the section where a paragraph stands."""
        return section_with(self.sections, position).number


def reading_page(version: Version, *, section: int | None = None, part: int | None = None, comments: Sequence[Comment] = ()) -> ReadingPage:
    """All of a version, or one section: two queries, however long it is.

    A long version is always shown by section: the one asked for, the one where ``part`` stands, or the first.
    """
    headings = headings_of(version)
    sections = sections_of(headings, version.paragraph_count)
    if section is None and is_long(version):
        section = section_with(sections, part).number if part and part <= version.paragraph_count else 1
    here = sections[min(max(section, 1), len(sections)) - 1] if section is not None and sections else None
    rows = Paragraph.objects.filter(version=version).order_by("position")
    if here is not None:
        rows = rows.filter(position__range=(here.first, here.last))
    by_paragraph: dict[int, list[Comment]] = {}
    for comment in comments:
        if comment.paragraph_id:
            by_paragraph.setdefault(comment.paragraph_id, []).append(comment)
    return ReadingPage(list(pieces_of(rows, by_paragraph)), headings, sections, here, is_long(version), comments)


def pieces_of(paragraphs: Iterable[Paragraph], comments: Mapping[int, Sequence[Comment]]) -> Iterator[Piece]:
    """Paragraphs put together as they are read."""
    levels = _Levels()
    parts = [Part(one, levels.of(one), comments.get(one.pk, ())) for one in paragraphs]
    for kind, group in groupby(parts, key=lambda part: part.paragraph.kind):
        if kind in TOGETHER:
            yield Piece(kind, list(group))
        else:
            yield from (Piece(kind, [part]) for part in group)


class _Levels:
    """The levels of headings on the page: the first is 2, and none is skipped on the way down, whatever the document does."""

    def __init__(self) -> None:
        self.open: list[int] = []

    def of(self, paragraph: Paragraph) -> int:
        if paragraph.kind != Kind.HEADING:
            return min(max(paragraph.level, 1), LIST_LEVELS)
        while self.open and self.open[-1] >= paragraph.level:
            self.open.pop()
        self.open.append(paragraph.level)
        return min(len(self.open) + 1, 6)


def counted(version: Version) -> dict[str, int]:
    """How many paragraphs of each kind were read: one query."""
    kinds = Paragraph.objects.filter(version=version).order_by().values_list("kind", flat=True)
    found: dict[str, int] = dict.fromkeys(Kind.values, 0)
    for kind in kinds:
        found[kind] += 1
    return found
