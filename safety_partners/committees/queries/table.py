"""The page at the table: every item with what is written, whether partners had the papers, who has not spoken, what is owed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, DateField, Exists, F, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Left
from django.urls import reverse

from safety_partners.committees.models import (
    Invitee,
    Item,
    ItemInsight,
    ItemMinute,
    Meeting,
    MeetingAction,
    Minutes,
    Paper,
    PaperVersion,
    Recusal,
)
from safety_partners.committees.queries.attending import in_order_of_kind
from safety_partners.committees.queries.numbers import in_order
from safety_partners.committees.queries.said import Said, said_at
from safety_partners.core import clock
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today
from safety_partners.insights.models import Insight
from safety_partners.insights.queries import first_words
from safety_partners.insights.queries.lists import CountOf
from safety_partners.people.models import Membership, Role

SHOWN = 20
# Something is owed to the person who spoke while their words stand here.
OWED = (Insight.Status.SHARED, Insight.Status.ACKNOWLEDGED, *Insight.ASKS_AN_ANSWER)


@dataclass(frozen=True, slots=True)
class Line:
    """One item that the viewer may open: its number, its minute if there is one, and what was said."""

    item: Item
    number: str
    minute: ItemMinute | None
    said: Said

    @property
    def is_written(self) -> bool:
        return self.minute is not None and bool(self.minute.words.strip())


@dataclass(frozen=True, slots=True)
class AtTable:
    """One partner: whether they had the papers in time (None while none have gone), and whether we have heard them yet."""

    invitee: Invitee
    had_papers: bool | None
    has_spoken: bool

    @property
    def is_here(self) -> bool:
        return self.invitee.attendance in {Invitee.Attendance.PRESENT, Invitee.Attendance.PART}


@dataclass(frozen=True, slots=True)
class Owed:
    """What is still open from an earlier meeting: words that wait for an answer, or an action."""

    kind: str
    text: str
    who: str
    path: str
    due_on: dt.date | None

    @property
    def is_late(self) -> bool:
        return self.due_on is not None and self.due_on < today()


@dataclass(frozen=True, slots=True)
class Table:
    """Everything the page shows."""

    lines: Sequence[Line]
    partners: Sequence[AtTable]
    late_papers: int
    owed: Sequence[Owed]
    minutes: Minutes | None
    # Agreed minutes of earlier meetings, which this one may approve.
    to_approve: Sequence[Minutes]

    @property
    def not_heard(self) -> list[AtTable]:
        """Partners who are here and whose words nobody has written down: a nudge to ask them, and nothing else."""
        return [one for one in self.partners if one.is_here and not one.has_spoken]

    @property
    def not_written(self) -> list[Line]:
        return [line for line in self.lines if not line.is_written]


def table(viewer: Viewer, meeting: Meeting) -> Table:
    """Five queries, however long the agenda is."""
    minutes = _minutes(viewer, meeting)
    items = Item.objects.filter(meeting=meeting)
    came_late = PaperVersion.objects.filter(paper=OuterRef("pk"), number=1, is_late=True)
    late = Paper.objects.visible_to(viewer).filter(
        Q(arrived_at__isnull=True) | Exists(came_late), item=OuterRef("pk"), withdrawn_at__isnull=True
    )
    # The numbers are those of the whole agenda, as everybody reads them.
    lines = Item.objects.visible_to(viewer).filter(meeting=meeting).select_related("minute", "lead__user")
    opened = Subquery(Item.objects.opened_to(viewer).filter(pk=OuterRef("pk")).values("pk"))
    rows = list(lines.annotate(late_papers=CountOf(late.values("pk")), opened=opened))
    said = said_at(viewer, items)
    partners = Invitee.objects.visible_to(viewer).partners().filter(meeting=meeting).annotate(has_spoken=_has_spoken(viewer))
    return Table(
        [Line(item, number, getattr(item, "minute", None), said.get(item.pk, Said())) for item, number in in_order(rows) if item.opened],
        [AtTable(one, _had_papers(one, meeting), one.has_spoken) for one in in_order_of_kind(partners.select_related("membership__user"))],
        sum(item.late_papers for item in rows) if meeting.papers_due_on < today() else 0,
        owed(viewer, meeting),
        next((one for one in minutes if one.meeting_id == meeting.pk), None),
        [one for one in minutes if one.meeting_id != meeting.pk],
    )


def _minutes(viewer: Viewer, meeting: Meeting) -> list[Minutes]:
    """The minutes of this meeting, and those that it may approve."""
    earlier = Q(meeting__committee=meeting.committee_id, meeting__starts_at__lt=meeting.starts_at, status=Minutes.Status.AGREED)
    rows = Minutes.objects.visible_to(viewer).filter(Q(meeting=meeting) | earlier)
    return list(rows.select_related("meeting").order_by("meeting__starts_at", "pk"))


def _has_spoken(viewer: Viewer) -> Exists:
    """Whether we have heard a partner at this meeting. What is for the partner lead alone counts for nobody else."""
    opened = Item.objects.opened_to(viewer).filter(meeting=OuterRef(OuterRef("meeting")))
    words = ItemInsight.objects.filter(item__in=opened, insight__speaker=OuterRef("membership"), insight__shared_at__isnull=False)
    if Role.LEAD not in viewer.roles:
        words = words.exclude(insight__visibility=Insight.Visibility.LEAD)
    return Exists(words)


def _had_papers(invitee: Invitee, meeting: Meeting) -> bool | None:
    """Papers are there when they can be opened; on paper, when the pack was posted."""
    came_at = invitee.pack_posted_at if invitee.wants_paper else meeting.papers_sent_at
    if came_at is None:
        return None if today() <= meeting.papers_due_on else False
    return clock.day_of(came_at) <= meeting.papers_due_on


def owed(viewer: Viewer, meeting: Meeting) -> list[Owed]:
    """What is still open from earlier meetings of the committee, the oldest day first: one query."""
    earlier = {"item__meeting__committee": meeting.committee_id, "item__meeting__starts_at__lt": meeting.starts_at}
    waiting = ItemInsight.objects.visible_to(viewer).filter(**earlier, insight__status__in=OWED)
    actions = MeetingAction.objects.visible_to(viewer).to_do().filter(**earlier)
    words = _owed("words", waiting, **_OF_WORDS)
    rows = words.union(_owed("action", actions, text="text", who="owner__user__name", code="code", due="due_on"), all=True)
    return [_as_owed(*row) for row in rows.order_by("owed_due", "owed_code")[:SHOWN]]


_OF_WORDS = {
    "text": "insight__words",
    "who": "insight__speaker__user__name",
    "code": "insight__code",
    "due": "insight__next_due_on",
}


def _owed(kind: str, rows: QuerySet[Any], *, text: str, who: str, code: str, due: str) -> QuerySet[Any]:
    columns = {
        "owed_kind": Value(kind, CharField()),
        "owed_text": Cast(Left(text, 400), TextField()),
        "owed_who": F(who),
        "owed_code": F(code),
        "owed_due": Cast(F(due), DateField()),
    }
    return rows.annotate(**columns).order_by().values_list(*columns)


def _as_owed(kind: str, text: str, who: str, code: str, due_on: dt.date | None) -> Owed:
    path = reverse("insights:insight", args=[code]) if kind == "words" else f"{reverse('committees:meeting-actions')}?q={code}"
    return Owed(kind, str(first_words(text)), who, path, due_on)


def table_line(viewer: Viewer, meeting: Meeting) -> Minutes | None:
    """The minutes of a meeting that this viewer may see, for the meeting's own page: one query."""
    found: Minutes | None = Minutes.objects.visible_to(viewer).filter(meeting=meeting).first()
    return found


def said_of(viewer: Viewer, item: Item) -> Said:
    """What this viewer may see of one item: one query."""
    return said_at(viewer, Item.objects.filter(pk=item.pk)).get(item.pk, Said())


def item_after(viewer: Viewer, item: Item) -> Item | None:
    """The next item of the agenda that this viewer may open."""
    rows = [one for one, _number in in_order(Item.objects.opened_to(viewer).filter(meeting=item.meeting_id))]
    place = next((place for place, one in enumerate(rows) if one.pk == item.pk), len(rows))
    return rows[place + 1] if place + 1 < len(rows) else None


def partners_at(viewer: Viewer, item: Item) -> list[Membership]:
    """The partners invited to the meeting of an item, without those who have stepped back from it, by name."""
    away = Recusal.objects.in_force().filter(item=item).values("membership_id")
    invited = Invitee.objects.visible_to(viewer).partners().filter(meeting=item.meeting_id).exclude(membership__in=away)
    return list(Membership.objects.filter(pk__in=invited.values("membership_id")).named())
