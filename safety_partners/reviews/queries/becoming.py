"""What became of a paragraph in a newer version: the words before and after."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from safety_partners.core.viewer import Viewer
from safety_partners.reviews.aligning import Change, Op, row_changes, word_changes
from safety_partners.reviews.models import Document, Match, Paragraph, Version
from safety_partners.reviews.queries.blocks import block_of

Relation = Match.Relation
SENTENCES: dict[str, Promise] = {
    Relation.UNCHANGED: _("These words have not changed."),
    Relation.CHANGED: _("These words have changed."),
    Relation.MOVED: _("These words stand in another place now. They have not changed."),
    Relation.MOVED_AND_CHANGED: _("These words stand in another place now, and they have changed."),
    Relation.SPLIT: _("This paragraph was split into several."),
    Relation.MERGED: _("This paragraph was joined with others."),
    Relation.DELETED: _("This paragraph is no longer in the new version."),
}
NOT_COMPARED = _("We could not compare this paragraph with the new version.")


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row of a table before and after: what happened to it, and its cells as changes of words."""

    mark: str
    cells: Sequence[Sequence[Change]]


@dataclass(frozen=True, slots=True)
class Became:
    """One paragraph and what it became; ``changes`` are words, ``rows`` those of a table."""

    version: Version
    before: Paragraph
    after: Sequence[Paragraph]
    relation: str

    @property
    def sentence(self) -> Promise:
        return SENTENCES.get(self.relation, NOT_COMPARED)

    @property
    def has_same_words(self) -> bool:
        """Whether every word stayed, wherever it stands now."""
        return self.relation in {Relation.UNCHANGED, Relation.MOVED}

    @property
    def has_other_words(self) -> bool:
        """Whether there is anything to mark."""
        return self.relation not in {"", Relation.UNCHANGED, Relation.MOVED, Relation.DELETED}

    @property
    def is_table(self) -> bool:
        return bool(self.before.rows) and len(self.after) == 1 and bool(self.after[0].rows)

    @property
    def changes(self) -> list[Change]:
        """The words before with what was taken out and put in."""
        return word_changes(self.before.text, " ".join(one.text for one in self.after))

    @property
    def rows(self) -> list[RowChange]:
        """The rows of a table before with what happened to each."""
        return table_rows(self.before, self.after[0])


def table_rows(before: Paragraph, after: Paragraph) -> list[RowChange]:
    """The rows of two versions of a table, in the order of the new one."""
    rows = []
    for pair in row_changes(block_of(before), block_of(after)):
        old = before.rows[pair.old] if pair.old is not None else None
        new = after.rows[pair.new] if pair.new is not None else None
        if old is None or new is None:
            op, mark = (Op.INSERT, "new") if old is None else (Op.DELETE, "gone")
            rows.append(RowChange(mark, [[Change(op, cell)] if cell else [] for cell in new or old or []]))
        elif pair.same or len(old) != len(new):
            rows.append(RowChange("" if pair.same else "changed", [[Change(Op.EQUAL, cell)] for cell in new]))
        else:
            rows.append(RowChange("changed", [word_changes(one, other) for one, other in zip(old, new, strict=True)]))
    return rows


def later_version(viewer: Viewer, document: Document, number: int) -> Version | None:
    """The version that came into force after the one with this number; for those who may see it, a draft where there is none yet."""
    later = list(Version.objects.visible_to(viewer).filter(document=document, number__gt=number).order_by("number"))
    return next((one for one in later if one.has_been_issued), later[-1] if later else None)


def became(version: Version, paragraphs: Iterable[Paragraph]) -> dict[int, Became]:
    """What these paragraphs of earlier versions became in this one, by their number in the database: one query."""
    asked = {one.pk: one for one in paragraphs}
    found: dict[int, list[Match]] = {}
    for match in Match.objects.filter(version=version, old__in=asked).select_related("new").order_by("new__position"):
        found.setdefault(match.old_id, []).append(match)
    return {
        pk: Became(version, before, [match.new for match in found.get(pk, ()) if match.new], found[pk][0].relation if pk in found else "")
        for pk, before in asked.items()
    }
