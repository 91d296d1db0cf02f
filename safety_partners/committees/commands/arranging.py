"""What partners need at one meeting: met, or not met and why."""

from __future__ import annotations

from django.utils.translation import gettext as _

from safety_partners.committees import policies
from safety_partners.committees.commands.inviting import demand_to_come
from safety_partners.committees.models import Invitee, NeedAtMeeting
from safety_partners.core import clock, outbox
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.viewer import Viewer
from safety_partners.partners.commands.rules import demand_words
from safety_partners.partners.models import AccessNeed

Status = NeedAtMeeting.Status


@command(allow=policies.may_run)
def decide_need(viewer: Viewer, invitee: Invitee, /, *, need: AccessNeed, status: str, reason: str = "") -> NeedAtMeeting:
    """Say that a partner's need is met at this meeting, or not met and why; of what is not met they are told."""
    demand_to_come(invitee.meeting)
    if status not in {Status.MET, Status.NOT_MET}:
        raise NotPossible(_("Say whether it is met."), field="status")
    if need.partner.membership_id != invitee.membership_id or need.ended_on is not None:
        raise Overtaken(_("They do not need this any more."))
    if status == Status.NOT_MET:
        demand_words(reason, _("Say why it is not met, and what you are doing about it. The partner reads it."), field="reason")
    also = {"status": status, "reason": reason.strip(), "decided_by_id": viewer.membership_id, "decided_at": clock.now()}
    # A need that was told after the invitation has no row here yet.
    decided, _is_new = NeedAtMeeting.objects.update_or_create(invitee=invitee, need=need, defaults=also)
    if status == Status.NOT_MET:
        outbox.put("committees/need_not_met", to=invitee.membership, about=invitee.meeting, decided=decided)
    return decided
