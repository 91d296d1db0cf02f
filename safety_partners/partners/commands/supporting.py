"""Access needs that are met or say why not, and talks between a partner and whom they can turn to."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from safety_partners.core import clock, outbox
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today
from safety_partners.partners import policies
from safety_partners.partners.commands.needing import finish_need_of
from safety_partners.partners.commands.rules import demand_as_seen, demand_serving, demand_words, said
from safety_partners.partners.commands.telling import tell_support
from safety_partners.partners.models import AccessNeed, CheckIn, NeedKind, Partner, Recorded
from safety_partners.partners.queries import caring as queries
from safety_partners.partners.queries.seen import DECISION
from safety_partners.people.models import Membership


@command(allow=policies.may_speak_for, details=("capture", "is_read_back"))
def ask_for_access(
    viewer: Viewer, partner: Partner, /, *, kind: str, what: str, capture: str = Recorded.Capture.TYPED, is_read_back: bool = False
) -> AccessNeed:
    """Say what somebody needs to take part, in their words; whoever supports them is told."""
    demand_serving(partner)
    how = said(viewer, partner, capture=capture, is_read_back=is_read_back)
    demand_words(what, _("Say what would help."), field="what")
    need = AccessNeed.objects.create(partner=partner, kind=kind, what=what, **how)
    tell_support(viewer, partner, "partners/access_asked")
    return need


@command(allow=policies.may_speak_for, details=("capture", "is_read_back"))
def need_nothing(viewer: Viewer, partner: Partner, /, *, capture: str = Recorded.Capture.TYPED, is_read_back: bool = False) -> Partner:
    """Say that nothing special is needed now; it may be said differently at any time."""
    demand_serving(partner)
    said(viewer, partner, capture=capture, is_read_back=is_read_back)
    if AccessNeed.objects.filter(partner=partner, ended_on__isnull=True).exists():
        raise NotPossible(_("There are needs in your list. Say that they are over first."))
    finish_need_of(partner, NeedKind.ACCESS, done_on=today())
    return partner


@command(allow=policies.may_keep, details=("review_on",))
def decide_access(
    viewer: Viewer, need: AccessNeed, /, *, status: str, reason: str = "", review_on: dt.date | None = None, seen: int | None = None
) -> AccessNeed:
    """Say that a need is met, or not met and why; the partner is told."""
    if status not in {AccessNeed.Status.MET, AccessNeed.Status.NOT_MET}:
        raise NotPossible(_("Say whether it is met."), "status")
    if status == AccessNeed.Status.NOT_MET:
        demand_words(reason, _("Say why it is not met, and what you are doing about it. The partner reads it."), field="reason")
    demand_serving(need.partner)
    if need.ended_on is not None:
        raise Overtaken(_("They do not need this any more."))
    if review_on is not None and review_on <= today():
        raise NotPossible(_("Enter a day that is still to come."), field="review_on")
    demand_as_seen(need, DECISION, seen)
    need.status, need.reason, need.review_on = status, reason.strip(), review_on
    need.decided_by_id, need.decided_at = viewer.membership_id, clock.now()
    need.save(update_fields=["status", "reason", "review_on", "decided_by", "decided_at"])
    outbox.put("partners/access_decided", to=need.partner.membership, about=need)
    is_open = AccessNeed.objects.filter(partner=need.partner, ended_on__isnull=True, status=AccessNeed.Status.ASKED).exists()
    if not is_open:
        finish_need_of(need.partner, NeedKind.ACCESS, done_on=today())
    return need


@command(allow=policies.may_speak_for)
def end_access(viewer: Viewer, need: AccessNeed, /) -> AccessNeed:
    """Say that something is not needed any more."""
    if not AccessNeed.objects.filter(pk=need.pk, ended_on__isnull=True).update(ended_on=today()):
        raise Overtaken(_("This was ended already."))
    need.refresh_from_db()
    return need


@command(allow=policies.may_keep, details=("planned_on",))
def plan_check_in(viewer: Viewer, partner: Partner, /, *, planned_on: dt.date, with_member: Membership | None = None) -> CheckIn:
    """Plan a talk between a partner and their named contact, the deputy or a lead; both are told."""
    demand_serving(partner)
    with_member = with_member or partner.contact
    if with_member is None:
        raise NotPossible(_("Say who talks with them, or name a contact first."), "with_member")
    if with_member.pk not in {member.pk for member in queries.may_talk_with(partner)}:
        raise NotPossible(_("Choose the named contact, the deputy or a partner lead: they know the record."), "with_member")
    if planned_on < today():
        raise NotPossible(_("Enter a day that is still to come."), "planned_on")
    check_in = CheckIn.objects.create(partner=partner, with_member=with_member, planned_on=planned_on)
    outbox.put("partners/check_in", to=partner.membership, about=check_in)
    if with_member.pk != viewer.membership_id:
        outbox.put("partners/check_in_yours", to=with_member, about=check_in)
    return check_in


@command(allow=policies.is_own)
def ask_for_check_in(viewer: Viewer, partner: Partner, /) -> Partner:
    """The partner would like to talk with whoever supports them; no reason is asked."""
    demand_serving(partner)
    tell_support(viewer, partner, "partners/check_in_asked")
    return partner


@command(allow=policies.may_keep, details=("held_on",))
def hold_check_in(viewer: Viewer, check_in: CheckIn, /, *, held_on: dt.date, agreed: str = "") -> CheckIn:
    """Say that a talk was held, and what both agreed to keep; how it felt belongs to the partner alone."""
    if held_on > today():
        raise NotPossible(_("Enter a day that is not after today."), "held_on")
    open_ones = CheckIn.objects.filter(pk=check_in.pk, held_on__isnull=True, cancelled_on__isnull=True)
    if not open_ones.update(held_on=held_on, agreed=agreed.strip()):
        raise Overtaken(_("Somebody has noted already what became of this talk."))
    check_in.refresh_from_db()
    return check_in


@command(allow=policies.may_speak_for)
def cancel_check_in(viewer: Viewer, check_in: CheckIn, /) -> CheckIn:
    """Cancel a planned talk; no reason is asked, and the other side is told."""
    if not CheckIn.objects.filter(pk=check_in.pk, held_on__isnull=True, cancelled_on__isnull=True).update(cancelled_on=today()):
        raise Overtaken(_("Somebody has noted already what became of this talk."))
    check_in.refresh_from_db()
    for person in (check_in.partner.membership, check_in.with_member):
        if person.pk != viewer.membership_id:
            outbox.put("partners/check_in_cancelled", to=person, about=check_in)
    return check_in


def move_check_ins(partner: Partner) -> None:
    """Talks that were planned with somebody who no longer supports the partner are with the named contact from now on."""
    stay = [member.pk for member in queries.may_talk_with(partner)]
    if partner.contact is not None:
        planned = CheckIn.objects.filter(partner=partner, held_on__isnull=True, cancelled_on__isnull=True)
        planned.exclude(with_member__in=stay).update(with_member=partner.contact)
