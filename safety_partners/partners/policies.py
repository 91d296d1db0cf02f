"""Who may see and change a partner's record, and what stays the partner's own."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from safety_partners.core.policy import policy
from safety_partners.core.viewer import Viewer
from safety_partners.partners.models import OVERSEERS, Leaving, Partner
from safety_partners.people.models import Role


def _partner_of(record: Any) -> Partner:
    found: Partner = record if isinstance(record, Partner) else record.partner
    return found


@policy(_("The partner lead and information governance"))
def may_see_register(viewer: Viewer) -> bool:
    """The list of everybody who is or was a partner."""
    return viewer.has_any_role(OVERSEERS)


@policy(_("The partner lead"))
def may_run_programme(viewer: Viewer) -> bool:
    """Welcoming partners, the plan of what is needed, roles and task profiles, letters, set-up, imports."""
    return Role.LEAD in viewer.roles


@policy(_("The partner themselves"))
def is_own(viewer: Viewer, record: Any) -> bool:
    """What only a partner decides: their answers, notes, choices and experience."""
    return viewer.membership_id is not None and _partner_of(record).membership_id == viewer.membership_id


@policy(_("The partner lead of the same organisation"))
def may_lead(viewer: Viewer, record: Any) -> bool:
    """A partner's record as the programme keeps it."""
    return Role.LEAD in viewer.roles and _partner_of(record).organisation_id == viewer.organisation_id


@policy(_("The partner's named contact or deputy"))
def supports(viewer: Viewer, record: Any) -> bool:
    """Whoever a partner can turn to."""
    partner = _partner_of(record)
    return viewer.membership_id is not None and viewer.membership_id in {partner.contact_id, partner.deputy_id}


@policy(_("The partner lead of the same organisation"))
def may_look_after_programme(viewer: Viewer, record: Any) -> bool:
    """A role, a task profile, an item of the plan, a letter or the programme itself."""
    return Role.LEAD in viewer.roles and record.history_root.organisation_id == viewer.organisation_id


# Lead and named contact keep the record together; what only the partner can say, these write down when it is said to them.
may_keep = may_lead | supports
may_speak_for = is_own | may_keep
may_end = is_own | may_lead


@policy(_("The second person who is asked to look at an ending"))
def is_second_person(viewer: Viewer, leaving: Leaving) -> bool:
    """Whoever looks at an ending by the organisation before it happens; never the one who wants it."""
    return viewer.membership_id is not None and viewer.membership_id == leaving.reviewed_by_id


@policy(_("The partner lead and information governance of the same organisation"))
def may_forget(viewer: Viewer, record: Any) -> bool:
    """When a record has been kept as long as it has to be."""
    return viewer.has_any_role(OVERSEERS) and _partner_of(record).organisation_id == viewer.organisation_id


# Chairs, and those who ask partners to take part, never learn what a partner does with a payment.
may_arrange_payment = is_own | may_lead

# Nobody decides about themselves whether a check is asked for, or what came of it.
may_decide_checks = may_lead & ~is_own
may_see_checks = is_own | may_forget

# What a partner shared with whoever supports them; a lead who does not is not among them.
may_read_notes = is_own | supports
