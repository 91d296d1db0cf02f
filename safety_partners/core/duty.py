"""What waits for somebody: each app says its own, home shows them together.

An app that says its duties as :class:`Arm` rows can be asked together with others, in one query for any role: a UNION of
arms, each kept short before they are joined.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, DateField, F, QuerySet, Value
from django.db.models.functions import Cast
from django.urls import reverse

from safety_partners.core.policy import Policy, Sentence
from safety_partners.core.prepared import Prepared, joined
from safety_partners.core.working_days import today

if TYPE_CHECKING:
    from safety_partners.core.viewer import Viewer

SHOWN = 20  # of each arm
NO_DAY = Cast(Value(None), DateField())


@dataclass(frozen=True, slots=True)
class Duty:
    """Something a person is asked to do: what, about what, where, and by when if there is a day."""

    sentence: Sentence
    title: str
    path: str
    due_on: dt.date | None = None

    @property
    def is_late(self) -> bool:
        """The day by which it was to be done has gone by."""
        return self.due_on is not None and self.due_on < today()


class Duties(list[Duty]):
    """The duties that have waited longest; ``has_more`` says that there are others."""

    has_more: bool = False


def first_rows(rows: QuerySet[Any], *by: Any, count: int = SHOWN) -> QuerySet[Any]:
    """The first rows in this order, one more than are shown, found by an index before anything is joined to them."""
    first = rows.order_by(*by).values("pk")[: count + 1]
    kept: QuerySet[Any] = rows.model._base_manager.filter(pk__in=first)
    return kept


@dataclass(frozen=True, slots=True)
class Arm:
    """One kind of duty: its sentence, who has it, the rows that wait, the page it leads to, its title and the day by which."""

    sentence: Callable[[], str]
    allow: Policy
    rows: Callable[[Viewer], QuerySet[Any]]
    page: str
    title: str
    day: str | None = None
    code: str = "code"

    def select(self, name: str, viewer: Viewer) -> QuerySet[Any]:
        """The first rows of this arm as the columns that all arms share."""
        return first_rows(self.rows(viewer), self.day or "pk", "pk").values_list(
            Value(name, CharField()),
            Cast(F(self.day), DateField()) if self.day else NO_DAY,
            F(self.code),
            Cast(F(self.title), CharField()),
        )


class Waiting:
    """What waits for somebody in these arms, of any number of apps, in one query whose SQL is made once for each set of roles."""

    def __init__(self, arms: Mapping[str, Arm]) -> None:
        self.arms = arms
        self.rows = Prepared(self._rows)

    def __call__(self, viewer: Viewer) -> Duties:
        """The first rows of each arm that this viewer has."""
        if viewer.membership_id is None:
            return Duties()
        shown: dict[str, int] = defaultdict(int)
        found = Duties()
        for name, due, code, title in self.rows(viewer):
            shown[name] += 1
            if shown[name] <= SHOWN:
                arm = self.arms[name]
                found.append(Duty(arm.sentence(), title, reverse(arm.page, args=[code]), due))
        found.has_more = any(count > SHOWN for count in shown.values())
        return found

    def _rows(self, viewer: Viewer) -> QuerySet[Any] | None:
        return joined([arm.select(name, viewer) for name, arm in self.arms.items() if arm.allow(viewer)])
