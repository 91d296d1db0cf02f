"""All that is different between two versions, in the order of the newer one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safety_partners.core.viewer import Viewer
from safety_partners.reviews.aligning import Change, word_changes
from safety_partners.reviews.models import Match, Paragraph, Version
from safety_partners.reviews.queries.becoming import SENTENCES, RowChange, table_rows

Relation = Match.Relation
# A contents page changes with its document: that is no difference of its own.
CONTENTS, HEADING = Paragraph.Kind.CONTENTS, Paragraph.Kind.HEADING


@dataclass(slots=True)
class Difference:
    """One difference between two versions: where it stands in the newer one, and the positions of its paragraphs."""

    place: float
    kind: str
    relation: str
    old: list[int] = field(default_factory=list)
    new: list[int] = field(default_factory=list)


KINDS = {
    Relation.CHANGED: "changed",
    Relation.MOVED: "moved",
    Relation.MOVED_AND_CHANGED: "moved",
    Relation.SPLIT: "changed",
    Relation.MERGED: "changed",
    Relation.DELETED: "gone",
}
ELSEWHERE = frozenset({Relation.MOVED, Relation.MOVED_AND_CHANGED})
# Paragraphs beside each other that are all gone, or all new, are shown together.
IN_RUNS = frozenset({"gone", "new"})
PAGE = 40


@dataclass(frozen=True, slots=True)
class Shown:
    """One difference with its words; of those that are gone or new, all that stand beside each other."""

    kind: str
    relation: str
    under: str
    old: list[Paragraph]
    new: list[Paragraph]

    @property
    def sentence(self) -> str:
        if self.kind == "gone":
            return ngettext(
                "This paragraph is no longer in the new version.", "These paragraphs are no longer in the new version.", len(self.old)
            )
        return str(SENTENCES[self.relation]) if self.relation else _("These words are new.")

    @property
    def is_table(self) -> bool:
        return len(self.old) == 1 == len(self.new) and bool(self.old[0].rows) and bool(self.new[0].rows)

    @property
    def changes(self) -> list[Change]:
        return word_changes(" ".join(one.text for one in self.old), " ".join(one.text for one in self.new))

    @property
    def rows(self) -> list[RowChange]:
        return table_rows(self.old[0], self.new[0])


@dataclass(frozen=True, slots=True)
class Comparison:
    """The differences between two versions that a page shows, with how many there are of each kind."""

    old: Version
    new: Version
    counts: dict[str, int]
    total: int
    kind: str
    page: int
    pages: int
    shown: Sequence[Shown]


def versions_compared(viewer: Viewer, version: Version) -> list[Version]:
    """The earlier versions that this one was compared with, of those the viewer may see, the newest first: one query."""
    compared = Match.objects.filter(version=version).values("old__version_id")
    return list(Version.objects.visible_to(viewer).filter(pk__in=compared).order_by("-number"))


def comparison(old: Version, new: Version, *, kind: str = "", page: int = 1) -> Comparison:
    """The differences between two versions: three queries, however long they are."""
    outline = list(Paragraph.objects.filter(version=new, kind__in=[HEADING, CONTENTS]).order_by("position").defer("rows"))
    contents = {one.position for one in outline if one.kind == CONTENTS}
    every = _differences(old, new, contents)
    counts = {name: sum(one.kind == name for one in every) for name in ("changed", "moved", "new", "gone")}
    kept = [one for one in every if not kind or one.kind == kind]
    pages = max(1, -(-len(kept) // PAGE))
    page = min(max(page, 1), pages)
    here = kept[(page - 1) * PAGE : page * PAGE]
    wanted_old = {position for one in here for position in one.old}
    wanted_new = {position for one in here for position in one.new}
    rows = Paragraph.objects.filter(Q(version=old, position__in=wanted_old) | Q(version=new, position__in=wanted_new))
    by_place = {(row.version_id, row.position): row for row in rows}
    headings = [one for one in outline if one.kind == HEADING]
    starts = [one.position for one in headings]
    shown: list[Shown] = []
    for one in here:
        before = bisect_left(starts, one.place)
        under = headings[before - 1].opening if before else ""
        olds = [by_place[old.pk, position] for position in one.old]
        news = [by_place[new.pk, position] for position in one.new]
        last = shown[-1] if shown else None
        if last and one.kind in IN_RUNS and (last.kind, last.under) == (one.kind, under):
            last.old.extend(olds)
            last.new.extend(news)
        else:
            shown.append(Shown(one.kind, one.relation, under, olds, news))
    return Comparison(old, new, counts, len(every), kind, page, pages, shown)


def _differences(old: Version, new: Version, contents: Collection[int]) -> list[Difference]:
    """Every difference in the order of the newer version; what is gone stands where it was."""
    matches = Match.objects.filter(version=new, old__version=old).exclude(old__kind=CONTENTS)
    rows = sorted(matches.values_list("old__position", "new__position", "relation"), key=lambda row: (row[0], row[1] or 0))
    not_new = {*contents, *(position for _old, position, _relation in rows if position)}
    found: dict[tuple[str, int], Difference] = {}
    place = 0.0
    for before, after, relation in rows:
        place = float(after) if after and relation not in ELSEWHERE else place
        if relation == Relation.UNCHANGED:
            continue
        key = ("to", after) if relation == Relation.MERGED else ("from", before)
        one = found.setdefault(key, Difference(float(after) if after else place + 0.5, KINDS[relation], relation))
        one.old += [before] if before not in one.old else []
        one.new += [after] if after and after not in one.new else []
    added = (position for position in range(1, new.paragraph_count + 1) if position not in not_new)
    every = [*found.values(), *(Difference(float(position), "new", "", [], [position]) for position in added)]
    return sorted(every, key=lambda one: one.place)
