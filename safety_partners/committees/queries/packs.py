"""What belongs in somebody's pack, and which packs wait to be printed and posted."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import OuterRef, Q, QuerySet, Subquery

from safety_partners.committees.models import Invitee, Meeting, Paper, PaperVersion
from safety_partners.committees.models.agenda import runs_committee
from safety_partners.committees.packing import Enclosed
from safety_partners.committees.queries.agenda import Line
from safety_partners.core.viewer import Viewer
from safety_partners.people.models import Role


def enclosed(viewer: Viewer, meeting: Meeting) -> list[Enclosed]:
    """The newest version of each paper that has come and that this viewer may open. One query."""
    newest = PaperVersion.objects.filter(paper=OuterRef("paper")).order_by("-number").values("pk")[:1]
    papers = Paper.objects.visible_to(viewer).there().filter(item__meeting=meeting)
    versions = PaperVersion.objects.filter(paper__in=papers, pk=Subquery(newest)).select_related("paper__author__user", "file")
    return [Enclosed(version.paper, version) for version in versions.order_by("paper__position", "paper_id")]


def is_pack_opened(agenda: Iterable[Line]) -> bool:
    """Say whether its reader has opened the newest version of every paper there is."""
    there = [paper for line in agenda for paper in line.papers if paper.arrived_at]
    return bool(there) and all(paper.has_read for paper in there)  # type: ignore[attr-defined]


def own_place(viewer: Viewer, meeting: Meeting) -> Invitee | None:
    """This person's own invitation to a meeting."""
    found: Invitee | None = Invitee.objects.visible_to(viewer).filter(meeting=meeting, membership_id=viewer.membership_id).first()
    return found


def has_all(printer: Viewer, reader: Viewer, meeting: Meeting) -> bool:
    """Say whether whoever prints may open everything that belongs in the reader's pack."""
    theirs = Paper.objects.visible_to(reader).there().filter(item__meeting=meeting)
    return not theirs.exclude(pk__in=Paper.objects.visible_to(printer).filter(item__meeting=meeting).values("pk")).exists()


def wait_for_post(rows: QuerySet[Invitee]) -> QuerySet[Invitee]:
    """Those who want their pack on paper and have not been sent it."""
    return rows.filter(wants_paper=True, pack_posted_at__isnull=True)


def packs_to_post(viewer: Viewer) -> QuerySet[Invitee]:
    """Packs to print and post: papers that were sent for meetings to come, of the committees that this viewer runs."""
    sent = Meeting.objects.to_come().filter(organisation_id=viewer.organisation_id, papers_sent_at__isnull=False)
    theirs = Q() if Role.LEAD in viewer.roles else runs_committee(viewer, "meeting__committee")
    rows = wait_for_post(Invitee.objects.visible_to(viewer)).filter(theirs, meeting__in=sent)
    return rows.select_related("membership__user", "meeting__committee")
