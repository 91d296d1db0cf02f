"""Changes to what was agreed: proposed by the organisation, valid only when the partner agrees; and longer terms."""

from __future__ import annotations

import datetime as dt

from django.db.models import Max
from django.utils.translation import gettext as _

from safety_partners.core import clock
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today
from safety_partners.partners import policies
from safety_partners.partners.commands.partners import review_day
from safety_partners.partners.commands.rules import demand_serving, demand_words, said
from safety_partners.partners.commands.telling import tell_partner, tell_support
from safety_partners.partners.models import Partner, Recorded, RoleChange, RoleVersion, Term
from safety_partners.people.policies import is_system

Status = RoleChange.Status


@command(allow=policies.may_keep, details=("role", "from_on"))
def propose_role_change(viewer: Viewer, partner: Partner, /, *, what: str, from_on: dt.date, role: RoleVersion | None = None) -> RoleChange:
    """Propose to change what was agreed; nothing changes until the partner says yes."""
    demand_serving(partner)
    demand_words(what, _("Say what would change. The partner reads it."), field="what")
    if from_on < today():
        raise NotPossible(_("A change cannot begin before it is agreed. Enter today or a later day."), field="from_on")
    if role is not None and role.role.organisation_id != partner.organisation_id:
        raise NotPossible(_("Choose a role of this organisation."), field="role")
    if RoleChange.objects.filter(partner=partner, status=Status.PROPOSED).exists():
        raise Overtaken(_("Another change waits for the partner’s answer. One at a time is easier to think about."))
    change = RoleChange.objects.create(partner=partner, role=role, what=what, from_on=from_on, proposed_by_id=viewer.membership_id)
    tell_partner(viewer, partner, "partners/change_proposed", change)
    return change


@command(allow=policies.may_speak_for, details=("is_agreed", "capture", "is_read_back"))
def answer_role_change(
    viewer: Viewer,
    change: RoleChange,
    /,
    *,
    is_agreed: bool,
    words: str = "",
    capture: str = Recorded.Capture.TYPED,
    is_read_back: bool = False,
    turn: int | None = None,
) -> RoleChange:
    """Say yes or no to a change. A no needs no reason, and everything stays as it was."""
    partner = change.partner
    how = said(viewer, partner, capture=capture, is_read_back=is_read_back)
    RoleChange.lifecycle.move(change, "agree" if is_agreed else "decline", turn=turn, answer_words=words, answered_at=clock.now(), **how)
    if is_agreed and change.from_on <= today():
        _put_in_force(change)
    tell_support(viewer, partner, "partners/change_answered", change)
    return change


@command(allow=policies.may_keep)
def take_back_role_change(viewer: Viewer, change: RoleChange, /, *, turn: int | None = None) -> RoleChange:
    """Take a proposal back before it is answered."""
    RoleChange.lifecycle.move(change, "take_back", turn=turn)
    tell_partner(viewer, change.partner, "partners/change_taken_back", change)
    return change


@command(allow=is_system, details=("from_on",))
def put_role_change_in_force(viewer: Viewer, change: RoleChange, /) -> RoleChange:
    """On its day, let an agreed change hold."""
    change.refresh_from_db(from_queryset=RoleChange.objects.select_for_update())
    if change.status != Status.AGREED or change.in_force_on is not None or change.from_on > today():
        raise Overtaken
    _put_in_force(change)
    return change


def _put_in_force(change: RoleChange) -> None:
    change.in_force_on = today()
    change.save(update_fields=["in_force_on"])
    if change.role is not None:
        partner = change.partner
        partner.role, partner.responsible_to, partner.accountable_to = change.role, change.role.responsible_to, change.role.accountable_to
        partner.save(update_fields=["role", "responsible_to", "accountable_to"])


@command(allow=policies.may_lead, details=("ends_on", "agreed_on"))
def extend_term(viewer: Viewer, partner: Partner, /, *, ends_on: dt.date, agreed_on: dt.date) -> Term:
    """Agree a further term with the partner, from the end of the one before; nothing of what was agreed is lost."""
    Partner.objects.select_for_update().get(pk=partner.pk)
    partner.refresh_from_db(fields=["status", "turn"])
    if partner.status not in {Partner.Status.JOINING, Partner.Status.ACTIVE, Partner.Status.PAUSED}:
        raise NotPossible(_("They are leaving, or have left."))
    if agreed_on > today():
        raise NotPossible(_("Enter the day on which the partner said yes."), field="agreed_on")
    before: Term = partner.terms.latest("number")
    if before.decision:
        raise Overtaken(_("It is decided already how this term ends."))
    if ends_on <= before.ends_on or ends_on <= today():
        raise NotPossible(_("Enter a day after the end of the term before, and still to come."), field="ends_on")
    before.decision, before.decided_at, before.decided_by_id = Term.Decision.EXTEND, clock.now(), viewer.membership_id
    before.save(update_fields=["decision", "decided_at", "decided_by"])
    number = (partner.terms.aggregate(last=Max("number"))["last"] or 0) + 1
    starts_on = before.ends_on
    term = Term.objects.create(
        partner=partner, number=number, starts_on=starts_on, ends_on=ends_on, review_on=review_day(starts_on, ends_on), agreed_on=agreed_on
    )
    tell_partner(viewer, partner, "partners/term_extended", term)
    return term
