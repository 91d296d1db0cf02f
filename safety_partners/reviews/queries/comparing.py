"""All that is different between two versions, in the order of the newer one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from safety_partners.core.viewer import Viewer
from safety_partners.reviews.aligning import Change, word_changes
from safety_partners.reviews.models import Match, Paragraph, Version
from safety_partners.reviews.queries.becoming import SENTENCES, RowChange, table_rows

Relation = Match.Relation
# A contents page changes with its document: that is no difference of its own.
CONTENTS = Paragraph.Kind.CONTENTS


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference between two versions, in the order of the newer one."""

    kind: str
    relation: str
    old: Sequence[int]
    new: Sequence[int]


KINDS = {
    Relation.CHANGED: "changed",
    Relation.MOVED: "moved",
    Relation.MOVED_AND_CHANGED: "moved",
    Relation.SPLIT: "changed",
    Relation.MERGED: "changed",
    Relation.DELETED: "gone",
}
PAGE = 40


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
    shown: Sequence[ShownDifference]


@dataclass(frozen=True, slots=True)
class ShownDifference:
    """One difference with its paragraphs and words."""

    kind: str
    relation: str
    old: Sequence[Paragraph]
    new: Sequence[Paragraph]

    @property
    def sentence(self) -> Promise:
        return SENTENCES[self.relation] if self.relation else _("These words are new.")

    @property
    def is_table(self) -> bool:
        return len(self.old) == 1 == len(self.new) and bool(self.old[0].rows) and bool(self.new[0].rows)

    @property
    def changes(self) -> list[Change]:
        return word_changes(" ".join(one.text for one in self.old), " ".join(one.text for one in self.new))

    @property
    def rows(self) -> list[RowChange]:
        return table_rows(self.old[0], self.new[0])


def versions_compared(viewer: Viewer, version: Version) -> list[Version]:
    """The earlier versions that this one was compared with, of those the viewer may see, the newest first: one query."""
    compared = Match.objects.filter(version=version).values("old__version_id")
    return list(Version.objects.visible_to(viewer).filter(pk__in=compared).order_by("-number"))


def comparison(old: Version, new: Version, *, kind: str = "", page: int = 1) -> Comparison:
    """The differences between two versions: four queries, however long they are."""
    every = _differences(old, new)
    counts = {name: sum(one.kind == name for one in every) for name in ("changed", "moved", "new", "gone")}
    kept = [one for one in every if not kind or one.kind == kind]
    pages = max(1, -(-len(kept) // PAGE))
    page = min(max(page, 1), pages)
    here = kept[(page - 1) * PAGE : page * PAGE]
    wanted_old = {position for one in here for position in one.old}
    wanted_new = {position for one in here for position in one.new}
    rows = Paragraph.objects.filter(Q(version=old, position__in=wanted_old) | Q(version=new, position__in=wanted_new))
    by_place = {(row.version_id, row.position): row for row in rows}
    shown = [
        ShownDifference(
            one.kind,
            one.relation,
            [by_place[old.pk, position] for position in one.old],
            [by_place[new.pk, position] for position in one.new],
        )
        for one in here
    ]
    return Comparison(old, new, counts, len(every), kind, page, pages, shown)


def _differences(old: Version, new: Version) -> list[Difference]:
    """Every difference in the order of the newer version; what is gone stands where it was."""
    matches = Match.objects.filter(version=new, old__version=old).exclude(old__kind=CONTENTS)
    rows = sorted(matches.values_list("old__position", "new__position", "relation"), key=lambda row: (row[0], row[1] or 0))
    not_new = {position for _old, position, _relation in rows if position}
    not_new.update(Paragraph.objects.filter(version=new, kind=CONTENTS).values_list("position", flat=True))
    found: dict[tuple[object, ...], tuple[float, Difference]] = {}
    place = 0.0
    for before, after, relation in rows:
        place = float(after) if after and relation not in {Relation.MOVED, Relation.MOVED_AND_CHANGED} else place
        if relation == Relation.UNCHANGED:
            continue
        key = ("to", after) if relation == Relation.MERGED else ("from", before)
        where = float(after) if after else place + 0.5
        earlier = found.get(key)
        olds = [*(earlier[1].old if earlier else ()), before]
        news = [*(earlier[1].new if earlier else ()), *([after] if after else ())]
        difference = Difference(KINDS[relation], relation, list(dict.fromkeys(olds)), list(dict.fromkeys(news)))
        found[key] = (earlier[0] if earlier else where, difference)
    added = [
        (float(position), Difference("new", "", [], [position]))
        for position in range(1, new.paragraph_count + 1)
        if position not in not_new
    ]
    return [difference for _place, difference in sorted([*found.values(), *added], key=lambda pair: pair[0])]
