"""How an organisation keeps its side with the partners of each committee: papers in time, needs met. For the lead and secretaries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from safety_partners.committees.models import Committee, Meeting, NeedAtMeeting, Paper, PaperVersion
from safety_partners.committees.queries.coverage import LOOK_BACK, counted
from safety_partners.committees.queries.meetings import open_needs
from safety_partners.core import clock
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today


@dataclass(slots=True)
class OurSide:
    """Of one committee: of a year's papers how many came late or are late now, needs that were not met, meetings not ready."""

    papers: int = 0
    late: int = 0
    not_met: int = 0
    not_ready: int = 0

    @property
    def is_kept(self) -> bool:
        return not (self.late or self.not_met or self.not_ready)


def our_side(viewer: Viewer, committees: Iterable[Committee]) -> dict[int, OurSide]:
    """By the committee's id; one query, however many there are."""
    came_late = Q(Exists(PaperVersion.objects.filter(paper=OuterRef("pk"), number=1, is_late=True)))
    is_late = came_late | Q(arrived_at__isnull=True, item__meeting__papers_due_on__lt=today())
    papers = Paper.objects.visible_to(viewer).filter(_of_year("item__meeting"), withdrawn_at__isnull=True)
    not_met = NeedAtMeeting.objects.visible_to(viewer).filter(_of_year("invitee__meeting"), status=NeedAtMeeting.Status.NOT_MET)
    rows = Committee.objects.filter(pk__in=[one.pk for one in committees]).annotate(
        papers=_of_committee(papers, "item__meeting__committee"),
        late=_of_committee(papers.filter(is_late), "item__meeting__committee"),
        not_met=_of_committee(not_met, "invitee__meeting__committee"),
        not_ready=_of_committee(Meeting.objects.visible_to(viewer).to_come().filter(open_needs("pk")), "committee"),
    )
    return {pk: OurSide(*counts) for pk, *counts in rows.values_list("pk", "papers", "late", "not_met", "not_ready")}


def _of_year(meeting: str) -> Q:
    """Of meetings of the last year and to come. Not asked as ``IN``, which SQLite would begin with for each committee anew."""
    return Q(**{f"{meeting}__starts_at__gte": clock.now() - LOOK_BACK}) & ~Q(**{f"{meeting}__status": Meeting.Status.CANCELLED})


def _of_committee(rows: QuerySet[Any], by: str) -> Coalesce:
    return counted(rows.filter(**{by: OuterRef("pk")}), by)
