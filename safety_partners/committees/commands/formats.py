"""Copies of a paper in the format that a partner needs: asked for by themselves, made, or not possible and why."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from safety_partners.committees import policies
from safety_partners.committees.models import FormatCopy, Invitee, Paper
from safety_partners.committees.queries.papers import viewer_of
from safety_partners.core import clock, outbox
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.viewer import Viewer
from safety_partners.insights.commands import evidence
from safety_partners.partners.models import AccessNeed

Status = FormatCopy.Status
ENDINGS = (".pdf", ".docx")


def ask_for_copies(paper: Paper) -> None:
    """Ask for a copy for each partner invited who needs a format and may open the paper; after a new version, once more."""
    if paper.item.meeting.is_over:
        return
    for invitee in paper.item.meeting.invitees.filter(kind=Invitee.Kind.PARTNER).select_related("membership"):
        needs = AccessNeed.objects.filter(partner__membership=invitee.membership, kind=AccessNeed.Kind.FORMAT, ended_on__isnull=True)
        if not needs or not Paper.objects.visible_to(viewer_of(invitee.membership)).filter(pk=paper.pk).exists():
            continue
        for need in needs:
            FormatCopy.objects.get_or_create(paper=paper, need=need)


def make_again(paper: Paper) -> None:
    """The paper was replaced: copies of the version before are out of date."""
    for copy in paper.format_copies.exclude(status=Status.WANTED):
        FormatCopy.lifecycle.move(copy, "make_again", file=None, reason="", done_at=None, done_by=None)


@command(allow=policies.may_work_on_paper)
def copy_ready(viewer: Viewer, copy: FormatCopy, /, *, turn: int, file: UploadedFile | None = None) -> FormatCopy:
    """The copy is there: as a file, or on its way to them (braille, a recording on a disc). The partner is told."""
    kept = evidence.keep(file, copy.paper.organisation_id, field="file", endings=ENDINGS) if file else None
    how = {"file": kept, "reason": "", "done_at": clock.now(), "done_by_id": viewer.membership_id}
    FormatCopy.lifecycle.move(copy, "make_ready", turn=turn, **how)
    _tell(copy, "committees/copy_ready")
    return copy


@command(allow=policies.may_work_on_paper)
def cannot_copy(viewer: Viewer, copy: FormatCopy, /, *, turn: int, reason: str) -> FormatCopy:
    """It cannot be made in this format; the partner is told why."""
    if not reason.strip():
        raise NotPossible(_("Say why, and what they can have in its place."), field="reason")
    FormatCopy.lifecycle.move(copy, "give_up", turn=turn, reason=reason.strip(), done_at=clock.now(), done_by_id=viewer.membership_id)
    _tell(copy, "committees/copy_not_ready")
    return copy


def _tell(copy: FormatCopy, template: str) -> None:
    """The partner, if the paper is theirs to open."""
    person = copy.need.partner.membership
    if Paper.objects.visible_to(viewer_of(person)).filter(pk=copy.paper_id).exists():
        outbox.put(template, to=person, about=copy.paper, meeting=copy.paper.item.meeting, copy=copy)
