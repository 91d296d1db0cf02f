"""Packs: on paper for whoever wants them so, posted, and read as one file."""

from __future__ import annotations

from django.utils.translation import gettext as _

from safety_partners.committees import policies
from safety_partners.committees.models import Invitee, Meeting, Reading
from safety_partners.committees.queries.packs import enclosed, has_all, wait_for_post
from safety_partners.committees.queries.papers import viewer_of
from safety_partners.core import clock
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.viewer import Viewer


@command(allow=policies.may_see_meeting)
def open_pack(viewer: Viewer, meeting: Meeting, /) -> Meeting:
    """Open all papers of a meeting at once; each counts as opened, so that its reader is told when it is replaced."""
    _note_readings((one.version for one in enclosed(viewer, meeting)), viewer.membership_id)
    return meeting


@command(allow=policies.may_arrange_pack, details=("wants_paper",))
def want_paper(viewer: Viewer, invitee: Invitee, /, *, wants_paper: bool) -> Invitee:
    """Say that one wants the papers of a meeting posted, or does not after all."""
    if invitee.meeting.is_over:
        raise NotPossible(_("This meeting is over."))
    Invitee.objects.filter(pk=invitee.pk).update(wants_paper=wants_paper)
    invitee.wants_paper = wants_paper
    return invitee


@command(allow=policies.may_run)
def note_posted(viewer: Viewer, invitee: Invitee, /) -> Invitee:
    """Say that the pack was posted or handed over; its papers count as opened by that person.

    Raises ``NotPossible`` where whoever prints may not open everything that belongs in it.
    """
    reader = viewer_of(invitee.membership)
    if not has_all(viewer, reader, invitee.meeting):
        raise NotPossible(_("Not every paper in this pack may be opened by you, so somebody else has to print it."))
    posted = {"pack_posted_at": clock.now(), "pack_posted_by_id": viewer.membership_id}
    if not wait_for_post(Invitee.objects.filter(pk=invitee.pk)).update(**posted):
        raise Overtaken(_("It was posted already, or is not wanted any more."))
    invitee.refresh_from_db()
    _note_readings((one.version for one in enclosed(reader, invitee.meeting)), invitee.membership_id)
    return invitee


def _note_readings(versions: object, membership_id: int | None) -> None:
    rows = [Reading(version=version, membership_id=membership_id) for version in versions]  # type: ignore[attr-defined]
    Reading.objects.bulk_create(rows, ignore_conflicts=True)
