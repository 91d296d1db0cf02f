"""Partners' records, made through the commands: from the welcome to the last day."""

from __future__ import annotations

import datetime as dt
from typing import Any

from safety_partners.core.working_days import today
from safety_partners.partners import commands
from safety_partners.partners.commands.needing import ONE_BY_ONE, finish_need_of
from safety_partners.partners.models import Agreement, Leaving, Need, Partner, PlanItem, RoleChange
from safety_partners.people.models import Membership, Role
from tests.factories.people import make_member, viewer_of


def make_partner(lead: Membership, membership: Membership | None = None, **fields: Any) -> Partner:
    """A partner who is joining, with what the plan says they need."""
    member = membership or make_member(lead.organisation, Role.PARTNER)
    return commands.welcome_partner(viewer_of(lead), membership=member, **fields)


def make_plan_item(lead: Membership, title: str = "Essentials of patient safety", kind: str = "training", **fields: Any) -> PlanItem:
    """One thing that every new partner needs."""
    given = {"why": "So that we speak the same language.", "kind": kind, "owner_kind": "partner", "due_in_days": 30, **fields}
    return commands.add_plan_item(viewer_of(lead), title=title, **given)


def finish_everything(partner: Partner, lead: Membership) -> Partner:
    """Do all that is needed, as a partner's first weeks would."""
    for need in Need.objects.filter(partner=partner, status=Need.Status.NEEDED):
        if need.kind in ONE_BY_ONE:
            commands.finish_need(viewer_of(lead), need, done_on=today())
        else:
            finish_need_of(partner, need.kind, done_on=today())
    return partner


def make_active(lead: Membership, membership: Membership | None = None, **fields: Any) -> Partner:
    """A partner who has started."""
    partner = finish_everything(make_partner(lead, membership, **fields), lead)
    return commands.start_partner(viewer_of(lead), partner)


def make_agreement(lead: Membership, partner: Partner, *, kind: str = Agreement.Kind.WORKING_TOGETHER) -> Agreement:
    """One that was begun; the confidentiality agreement is ready to sign at once."""
    return commands.begin_agreement(viewer_of(lead), partner, kind=kind)


def make_offered(lead: Membership, partner: Partner, *, words: str = "Please send papers early.") -> Agreement:
    """One that both have written and that is ready to sign."""
    agreement = make_agreement(lead, partner)
    commands.write_partner_words(viewer_of(partner.membership), agreement, words=words)
    return commands.offer_agreement(viewer_of(lead), agreement)


def sign_both(lead: Membership, agreement: Agreement) -> Agreement:
    """Signed by both, typed."""
    commands.sign_agreement(viewer_of(agreement.partner.membership), agreement, name=agreement.partner.membership.name)
    return commands.sign_for_organisation(viewer_of(lead), agreement, name=lead.name)


def make_role_change(
    lead: Membership, partner: Partner, *, what: str = "You would also sit on the falls group.", **fields: Any
) -> RoleChange:
    """A change that waits for the partner's answer."""
    return commands.propose_role_change(viewer_of(lead), partner, what=what, **({"from_on": today()} | fields))


def make_leaving(partner: Partner, *, last_day: dt.date | None = None) -> Leaving:
    """The partner steps down."""
    return commands.step_down(viewer_of(partner.membership), partner, last_day=last_day or today())


def make_left(lead: Membership, membership: Membership | None = None) -> Partner:
    """Somebody who has left, with thanks."""
    partner = make_active(lead, membership)
    leaving = make_leaving(partner)
    commands.write_thanks(viewer_of(lead), leaving, thanks="Thank you.", what_changed="The sheet on falls is new.")
    commands.end_partnership(viewer_of(lead), leaving)
    partner.refresh_from_db()
    return partner
