"""What was said, decided and agreed at items: decisions, actions and partners' words in one query."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import BigIntegerField, Case, CharField, DateField, F, QuerySet, TextField, Value, When
from django.db.models.functions import Cast

from safety_partners.committees.models import Decision, Item, ItemInsight, MeetingAction, Recusal
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today
from safety_partners.insights.models import Insight

Quoted = ItemInsight.Quoted
DECISION, ACTION, WORDS, LEFT = "decision", "action", "words", "left"
CAME_BACK = "came back"
_NO_TEXT, _NO_DAY = Value("", TextField()), Cast(Value(None), DateField())
_NO_NUMBER = Cast(Value(None), BigIntegerField())


@dataclass(slots=True)
class Part:
    """A decision, an action, a partner's words, or somebody who left the room: of which item, what, who, by when, how it stands."""

    kind: str
    item_id: int
    pk: int
    code: str
    text: str
    more: str
    who: str
    who_id: int | None
    status: str
    due_on: dt.date | None
    checksum: str
    extra: str

    @property
    def is_late(self) -> bool:
        return self.status == MeetingAction.Status.TO_DO and self.due_on is not None and self.due_on < today()

    @property
    def is_draft(self) -> bool:
        return self.kind == WORDS and self.status == Insight.Status.DRAFT

    @property
    def status_says(self) -> str:
        return str((Insight.Status if self.kind == WORDS else MeetingAction.Status)(self.status).label)

    @property
    def whose(self) -> str:
        """Whose words they are, as the minutes may say it; empty where they do not name the person."""
        return self.who if self.extra == Quoted.NAME else ""


@dataclass(slots=True)
class Said:
    """Everything of one item, each kind the oldest first."""

    decisions: list[Part] = field(default_factory=list)
    actions: list[Part] = field(default_factory=list)
    words: list[Part] = field(default_factory=list)
    left: list[Part] = field(default_factory=list)


def _as(kind: str, rows: QuerySet[Any], **columns: Any) -> QuerySet[Any]:
    """The rows as :class:`Part`: the same columns in the same order, whatever the table."""
    texts = dict.fromkeys(("text", "more", "who", "status", "checksum", "extra"), _NO_TEXT)
    given = {name: Cast(value, TextField()) if name in texts else value for name, value in columns.items()}
    chosen = {"kind": Value(kind, CharField()), **texts, "who_id": _NO_NUMBER, "due": _NO_DAY, **given}
    order = ("text", "more", "who", "who_id", "status", "due", "checksum", "extra")
    annotated = rows.annotate(**{f"part_{name}": chosen[name] for name in ("kind", *order)})
    return annotated.order_by().values_list("part_kind", "item_id", "pk", "code", *(f"part_{name}" for name in order))


def _decisions(items: QuerySet[Item]) -> QuerySet[Any]:
    return _as(DECISION, Decision.objects.filter(item__in=items), text=F("words"), who=F("by__user__name"), checksum=F("checksum"))


def _actions(items: QuerySet[Item], day: str) -> QuerySet[Any]:
    rows = MeetingAction.objects.filter(item__in=items)
    owner = {"who": F("owner__user__name"), "who_id": F("owner_id")}
    return _as(ACTION, rows, text=F("text"), status=F("status"), due=F(day), more=F("evidence"), extra=F("reason"), **owner)


def _words(rows: QuerySet[ItemInsight]) -> QuerySet[Any]:
    words = {"text": F("insight__words"), "status": F("insight__status"), "checksum": F("insight__checksum"), "more": F("insight__code")}
    return _as(WORDS, rows, who=F("insight__speaker__user__name"), who_id=F("insight__speaker_id"), extra=F("quoted"), **words)


def _left(items: QuerySet[Item]) -> QuerySet[Any]:
    """That somebody left the room for an item is part of its minutes; why they did is not."""
    rows = Recusal.objects.filter(item__in=items, has_left=True)
    how = Case(When(came_back=True, then=Value(CAME_BACK)), default=Value(""), output_field=TextField())
    return _as(LEFT, rows, who=F("membership__user__name"), status=how)


def said_at(viewer: Viewer, items: QuerySet[Item]) -> dict[int, Said]:
    """What this viewer may see of these items, by the number of the item: one query."""
    opened = items.opened_to(viewer)
    words = ItemInsight.objects.visible_to(viewer).filter(item__in=items).exclude(insight__status=Insight.Status.WITHDRAWN)
    return _grouped(_decisions(opened).union(_actions(opened, "due_on"), _words(words), all=True))


def minuted(items: QuerySet[Item]) -> dict[int, Said]:
    """What the minutes say of these items beside their own words; of partners' words only those they let the minutes quote.

    The caller leaves only items that the reader may open. Words that were taken back are empty, and their seal stays.
    """
    quoted = ItemInsight.objects.filter(item__in=items).exclude(quoted=Quoted.NO).exclude(insight__status=Insight.Status.DRAFT)
    return _grouped(_decisions(items).union(_actions(items, "first_due_on"), _words(quoted), _left(items), all=True))


def _grouped(rows: Iterable[Any]) -> dict[int, Said]:
    found: dict[int, Said] = {}
    for part in sorted((Part(*row) for row in rows), key=lambda one: one.pk):
        said = found.setdefault(part.item_id, Said())
        {DECISION: said.decisions, ACTION: said.actions, WORDS: said.words, LEFT: said.left}[part.kind].append(part)
    return found
