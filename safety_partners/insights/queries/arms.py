"""Several reasons to see a row, each with an index of its own, asked as if they were one set of rows.

"Mine, or mine to answer, or shared with everyone" is slow as one condition: no index fits an OR, so among a million
insights the database walks past all that somebody may not see. Here each reason finds its own first rows by its own
index, and the few that were found are joined, sorted and cut.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.db.models.sql import Query

from safety_partners.core.viewer import Viewer
from safety_partners.insights.models import Insight
from safety_partners.insights.models.insight import IN_THE_PROGRAMME
from safety_partners.people.policies import is_lead


class Arms:
    """What a list needs of a QuerySet: every method is done to each arm, and a slice joins what the arms found."""

    def __init__(self, *arms: QuerySet[Any]) -> None:
        self.arms = arms

    @property
    def model(self) -> type[Model]:
        return self.arms[0].model

    @property
    def query(self) -> Query:
        return self.arms[0].query

    def __getattr__(self, name: str) -> Callable[..., Arms]:
        """``filter``, ``order_by``, ``values_list`` and the rest: done to every arm."""
        if name.startswith("_"):
            raise AttributeError(name)
        return lambda *args, **kwargs: Arms(*(getattr(arm, name)(*args, **kwargs) for arm in self.arms))

    def __getitem__(self, part: slice) -> QuerySet[Any]:
        """The first rows of all arms together; a row that several arms found is there once."""
        if len(self.arms) == 1:
            return self.arms[0][part]
        first, *others = (arm.filter(pk__in=arm.values("pk")[part]).order_by() for arm in self.arms)
        return first.union(*others).order_by(*self.query.order_by)[part]


def seen_by(viewer: Viewer) -> Arms:
    """All insights that the viewer may see, one arm for each reason; every arm is within ``visible_to``."""
    rows = Insight.objects.visible_to(viewer)
    if is_lead(viewer) or viewer.membership_id is None:
        return Arms(rows)
    reasons = [Q(speaker_id=viewer.membership_id), Q(owner_id=viewer.membership_id), Q(recorded_by_id=viewer.membership_id)]
    if viewer.has_any_role(IN_THE_PROGRAMME):
        reasons.append(Q(visibility=Insight.Visibility.PROGRAMME))
    return Arms(*(rows.filter(reason) for reason in reasons))
