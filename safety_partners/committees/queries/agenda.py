"""The agenda as one viewer may see it: numbers and times without a gap, papers only where they may be opened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from safety_partners.committees.models import Item, Meeting, Paper, PaperVersion, Reading, Recusal
from safety_partners.committees.queries.numbers import in_order
from safety_partners.core.viewer import Viewer


@dataclass(slots=True)
class Line:
    """One item as a viewer sees it; without its papers where they have stepped back."""

    item: Item
    number: str
    starts_at: dt.datetime | None
    is_withheld: bool = False
    papers: list[Paper] = field(default_factory=list)

    @property
    def lead(self) -> str:
        return self.item.lead.name if self.item.lead is not None else self.item.lead_name


def lines(viewer: Viewer, meeting: Meeting) -> list[Line]:
    """The items this viewer may see, numbered in their class, with the time at which each begins. One query.

    What is kept from somebody comes after what they see, so neither the numbers nor the times have a gap.
    """
    stepped_back = Recusal.objects.in_force().filter(item=OuterRef("pk"), membership_id=viewer.membership_id)
    items = Item.objects.visible_to(viewer).filter(meeting=meeting).select_related("lead__user").annotate(is_withheld=Exists(stepped_back))
    at: dt.datetime | None = meeting.starts_at
    found = []
    for item, number in in_order(items):
        found.append(Line(item, number, at, item.is_withheld))
        at = at + dt.timedelta(minutes=item.minutes_long) if at is not None and item.minutes_long else None
    return found


def agenda(viewer: Viewer, meeting: Meeting) -> list[Line]:
    """The agenda with its papers, in two queries."""
    found = lines(viewer, meeting)
    papers = with_newest(Paper.objects.visible_to(viewer).filter(item__meeting=meeting, withdrawn_at__isnull=True), viewer)
    by_item = {line.item.pk: line for line in found}
    for paper in papers.select_related("author__user").order_by("position", "pk"):
        if paper.item_id in by_item:
            by_item[paper.item_id].papers.append(paper)
    return found


def line_of(viewer: Viewer, item: Item) -> Line | None:
    """One item with its number, as this viewer sees it; None where they may not see it at all."""
    return next((line for line in lines(viewer, item.meeting) if line.item.pk == item.pk), None)


def with_newest(papers: QuerySet[Paper], viewer: Viewer) -> QuerySet[Paper]:
    """With the newest version of each, whether the first came late, and whether this viewer has opened the newest."""
    versions = PaperVersion.objects.filter(paper=OuterRef("pk"))
    newest = versions.order_by("-number")
    has_read = Reading.objects.filter(version=OuterRef("newest_id"), membership_id=viewer.membership_id)
    return papers.annotate(
        newest_id=Subquery(newest.values("pk")[:1]),
        newest_code=Subquery(newest.values("code")[:1]),
        newest_number=Subquery(newest.values("number")[:1]),
        newest_file=Subquery(newest.values("file__name")[:1]),
        newest_size=Subquery(newest.values("file__size")[:1]),
        was_late=Subquery(versions.filter(number=1).values("is_late")[:1]),
        has_read=Exists(has_read),
    )


def minutes_to_read(found: Iterable[Line]) -> int:
    """How long all papers of an agenda take to read, as far as somebody has said."""
    return sum(paper.minutes_to_read or 0 for line in found for paper in line.papers)


def unread(viewer: Viewer) -> QuerySet[Paper]:
    """Papers that were sent to this person for a meeting to come, and that they have not opened."""
    to_come = Meeting.objects.to_come().filter(papers_sent_at__isnull=False, invitees__membership_id=viewer.membership_id)
    newest = PaperVersion.objects.filter(paper=OuterRef("pk")).order_by("-number").values("pk")[:1]
    has_read = Reading.objects.filter(version_id=OuterRef("newest_id"), membership_id=viewer.membership_id)
    papers = Paper.objects.visible_to(viewer).there().filter(item__meeting__in=to_come).annotate(newest_id=Subquery(newest))
    return papers.filter(~Exists(has_read))
