"""Where everybody stands who is interested: a board by status, a list, and what waits for whom. No marks, no ranking."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from safety_partners.core import clock
from safety_partners.core.names import fold
from safety_partners.core.policy import Sentence
from safety_partners.core.viewer import Viewer
from safety_partners.joining.models import Advert, Expression
from safety_partners.joining.policies import MAY_READ
from safety_partners.people.choosing import People, staff_to_choose

Status = Expression.Status
# So many of each status stand on the board, the longest waiting first; the list has all.
ON_BOARD = 8


@dataclass(slots=True)
class BoardColumn:
    """One status: how many people stand there, and those who have waited longest."""

    status: Status
    count: int = 0
    rows: list[Expression] = field(default_factory=list)

    @property
    def label(self) -> Sentence:
        """What people call it."""
        return self.status.label

    @property
    def more(self) -> int:
        """How many do not stand on the board."""
        return self.count - len(self.rows)


def expressions(viewer: Viewer) -> QuerySet[Expression]:
    """Everybody who told us that they are interested."""
    return Expression.objects.visible_to(viewer).select_related("advert")


def _with_readers(rows: QuerySet[Expression]) -> QuerySet[Expression]:
    """Each with how many have read it of those who were asked; it groups every row, so it is for few of them."""
    return rows.annotate(
        asked=Count("sifts", distinct=True), have_read=Count("sifts", filter=Q(sifts__done_at__isnull=False), distinct=True)
    )


def waiting(viewer: Viewer) -> QuerySet[Expression]:
    """Those for whom there is no outcome yet."""
    return expressions(viewer).filter(status__in=Expression.OPEN)


def search_expressions(rows: QuerySet[Expression], words: str) -> QuerySet[Expression]:
    """People by any part of their name, accents or not, or by their code."""
    for term in words.split()[:6]:
        rows = rows.filter(Q(name_key__contains=fold(term)) | Q(code__iexact=term))
    return rows


def board(viewer: Viewer, advert: Advert | None = None) -> list[BoardColumn]:
    """A column for each status that waits, in the order of the way in. Two queries, however many people there are."""
    rows = Expression.objects.visible_to(viewer).filter(status__in=Expression.OPEN)
    if advert is not None:
        rows = rows.filter(advert=advert)
    columns = {status: BoardColumn(Status(status)) for status in Expression.OPEN}
    for status, count in rows.values_list("status").annotate(Count("pk")).order_by():
        columns[status].count = count
    place = Window(RowNumber(), partition_by=F("status"), order_by=[F("since").asc(), F("pk").asc()])
    shown = rows.annotate(place=place).filter(place__lte=ON_BOARD).values("pk")
    for expression in _with_readers(Expression.objects.visible_to(viewer).filter(pk__in=shown)).order_by("since", "pk"):
        columns[Status(expression.status)].rows.append(expression)
    return list(columns.values())


def days_waiting(since: dt.datetime) -> int:
    """For how many days somebody has stood where they stand."""
    return (clock.now() - since).days


def adverts_to_filter(viewer: Viewer) -> list[tuple[str, str]]:
    """The newest adverts, for the filter."""
    rows = Advert.objects.visible_to(viewer).exclude(status=Advert.Status.DRAFT).order_by("-opens_on", "-id")
    return list(rows.values_list("code", "title")[:50])


def readers_to_choose(viewer: Viewer, typed: str, chosen: Collection[str], *, without: Collection[str] = ()) -> People:
    """Whom one may ask to read: staff and partners; where there are many, those whom a search finds, and who was chosen already."""
    found = staff_to_choose(viewer, typed, chosen, roles=MAY_READ)
    return People([choice for choice in found.choices if choice[0] not in without], found.is_many, found.has_more)


def contacts_to_choose(viewer: Viewer, typed: str, chosen: Collection[str]) -> People:
    """Staff who may be a new partner's named contact or deputy."""
    return staff_to_choose(viewer, typed, chosen)
