"""What a partner needs: from the plan, done, done again, set aside with a reason."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.months import add_months
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today
from safety_partners.partners import policies
from safety_partners.partners.commands.planning import ensure_plan
from safety_partners.partners.commands.rules import demand_staff, demand_words
from safety_partners.partners.models import Need, NeedKind, Partner, PlanItem
from safety_partners.people.models import Membership

Status = Need.Status
# Each of these is done one by one; the others are done by the record that shows them: a signature, a declaration, a check.
ONE_BY_ONE = frozenset({NeedKind.TRAINING, NeedKind.INDUCTION})


def needs_from_plan(partner: Partner, *, since: dt.date | None = None) -> list[Need]:
    """Give a partner one need for each item of the plan that is open.

    Days count from the appointment, or from ``since`` for somebody who was a partner before we knew of them.
    """
    items = plan_of(partner.organisation_id)
    return Need.objects.bulk_create([need_from_item(partner, item, since or partner.appointed_on) for item in items])


def plan_of(organisation_id: int) -> list[PlanItem]:
    """The items of the plan that are open, in their order; an organisation without a plan gets ours."""
    ensure_plan(organisation_id)
    return list(PlanItem.objects.filter(organisation_id=organisation_id, is_open=True).order_by("position", "pk"))


def need_from_item(partner: Partner, item: PlanItem, since: dt.date) -> Need:
    """One item of the plan for one partner, not kept yet."""
    owners = {PlanItem.Owner.PARTNER: partner.membership, PlanItem.Owner.CONTACT: partner.contact}
    return Need(
        organisation_id=partner.organisation_id,
        partner=partner,
        item=item,
        kind=item.kind,
        title=item.title,
        why=item.why,
        minutes=item.minutes,
        link=item.link,
        is_required=item.is_required,
        valid_months=item.valid_months,
        # Nobody by name: then the partner leads see to it together.
        owner=owners.get(PlanItem.Owner(item.owner_kind)),
        due_on=since + dt.timedelta(days=item.due_in_days),
    )


def finish_need_of(
    partner: Partner, kind: str, *, done_on: dt.date, months: int | None = None, expires_on: dt.date | None = None, evidence: str = ""
) -> dt.date | None:
    """Say that what a record shows is done: every need of this kind, new or to be renewed, for so many months from that day
    or until another day.

    Used inside the commands of those records. Where the plan asks for nothing of the kind but it runs out, one need that
    is not required is kept, so that its end is not forgotten. Returns the day on which the first of them runs out.
    """
    if kind in ONE_BY_ONE:
        raise ValueError(f"needs of the kind {kind} are finished one by one")
    needs = list(Need.objects.filter(partner=partner, kind=kind).exclude(status=Status.NOT_NEEDED))
    if not needs and (months or expires_on):
        label = str(NeedKind(kind).label)
        needs = [Need.objects.create(organisation_id=partner.organisation_id, partner=partner, kind=kind, title=label, is_required=False)]
    for need in needs:
        _finish(need, done_on, add_months(done_on, months) if months else expires_on, evidence)
    return min((need.expires_on for need in needs if need.expires_on is not None), default=None)


def reopen_need_of(partner: Partner, kind: str) -> None:
    """Say that what a record showed as done is not done any more: what was decided or came back since is different."""
    for need in Need.objects.filter(partner=partner, kind=kind, status=Status.DONE):
        also: dict[str, Any] = {"due_on": today(), "done_on": None, "expires_on": None, "evidence": "", "told_days": None}
        Need.lifecycle.move(need, "ask_again", **also)


def _finish(need: Need, done_on: dt.date, expires_on: dt.date | None, evidence: str, turn: int | None = None) -> None:
    if expires_on is None and need.valid_months:
        expires_on = add_months(done_on, need.valid_months)
    also: dict[str, Any] = {"done_on": done_on, "expires_on": expires_on, "evidence": evidence, "told_days": None}
    Need.lifecycle.move(need, "finish", turn=turn, **also)


def move_needs_of_contact(partner: Partner, before_id: int | None) -> None:
    """What is not done and belonged to the named contact before belongs to the new one."""
    of_contact = Need.objects.filter(partner=partner, status=Status.NEEDED).filter(Q(item__owner_kind=PlanItem.Owner.CONTACT))
    of_contact.filter(Q(owner__isnull=True) | Q(owner_id=before_id)).update(owner_id=partner.contact_id)


@command(allow=policies.may_keep, details=("kind", "is_required"))
def add_need(
    viewer: Viewer,
    partner: Partner,
    /,
    *,
    kind: str,
    title: str,
    why: str,
    is_required: bool = False,
    due_on: dt.date | None = None,
    owner: Membership | None = None,
    valid_months: int | None = None,
    minutes: int | None = None,
    link: str = "",
) -> Need:
    """Add something that this partner needs and the plan does not ask of everybody, with the reason why."""
    demand_words(title, _("Say what is needed."), field="title")
    demand_words(why, _("Say why it is needed. The partner reads it."), field="why")
    _demand_owner(partner, owner)
    return Need.objects.create(
        organisation_id=partner.organisation_id,
        partner=partner,
        kind=kind,
        title=title,
        why=why,
        is_required=is_required,
        due_on=due_on,
        owner=owner,
        valid_months=valid_months,
        minutes=minutes,
        link=link,
    )


@command(allow=policies.may_keep, details=("done_on", "expires_on"))
def finish_need(
    viewer: Viewer,
    need: Need,
    /,
    *,
    done_on: dt.date,
    expires_on: dt.date | None = None,
    evidence: str = "",
    turn: int | None = None,
) -> Need:
    """Say that something is done, since when, and what shows it; done again, it holds from the new day."""
    if need.kind not in ONE_BY_ONE:
        raise NotPossible(_("This is done by its own record: sign the agreement, record the check, or make the declaration."))
    if done_on > today():
        raise NotPossible(_("This day is still to come."), field="done_on")
    if expires_on is not None and expires_on <= done_on:
        raise NotPossible(_("It must hold until a later day than the one on which it was done."), field="expires_on")
    _finish(need, done_on, expires_on, evidence, turn)
    return need


@command(allow=policies.may_keep)
def set_need_aside(viewer: Viewer, need: Need, /, *, because: str, turn: int | None = None) -> Need:
    """Say that this partner does not need it, and why: somebody who has the knowledge already is not sent to learn it."""
    demand_words(because, _("Say why it is not needed."), field="because")
    Need.lifecycle.move(need, "set_aside", turn=turn, set_aside_because=because)
    return need


@command(allow=policies.may_keep)
def ask_need_again(viewer: Viewer, need: Need, /, *, due_on: dt.date, turn: int | None = None) -> Need:
    """Ask for something again that was set aside, or ticked off by mistake."""
    also = {"due_on": due_on, "done_on": None, "expires_on": None, "evidence": "", "set_aside_because": "", "told_days": None}
    Need.lifecycle.move(need, "ask_again", turn=turn, **also)
    return need


@command(allow=policies.may_keep)
def give_need(viewer: Viewer, need: Need, /, *, owner: Membership | None, due_on: dt.date | None) -> Need:
    """Say who sees to it, and by when; without a name the partner leads do."""
    _demand_owner(need.partner, owner)
    need.owner, need.due_on = owner, due_on
    need.save(update_fields=["owner", "due_on"])
    return need


def _demand_owner(partner: Partner, owner: Membership | None) -> None:
    """The partner themselves, or somebody who works here."""
    if owner is not None and owner.pk != partner.membership_id:
        demand_staff(owner, partner.organisation_id, field="owner")
