"""Who may keep the register of groups, speak for a group, and pass things on between groups and partners."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from safety_partners.core.policy import policy
from safety_partners.core.viewer import Viewer
from safety_partners.insights import policies as insights
from safety_partners.people.models import Role
from safety_partners.people.policies import is_lead, is_partner, is_staff
from safety_partners.ppg.models import CollectiveView, Group, Improvement, InBoth, Question, Referral
from safety_partners.ppg.models.group import READERS


def _group_of(record: Any) -> Group:
    """The group to which a record of this app belongs; its history is told there."""
    found: Group = record if isinstance(record, Group) else record.history_root
    return found


@policy(_("Staff, the board, governance, and the chairs of groups"))
def may_see_groups(viewer: Viewer) -> bool:
    """A chair sees their own group only."""
    return viewer.has_any_role(READERS | {Role.GROUP_CHAIR})


@policy(_("Staff, the board and governance"))
def may_see_register(viewer: Viewer) -> bool:
    """All groups of the organisation."""
    return viewer.has_any_role(READERS)


may_keep_register = is_lead


@policy(_("Chairs of groups"))
def is_chair(viewer: Viewer) -> bool:
    """They have a page of their own."""
    return Role.GROUP_CHAIR in viewer.roles


@policy(_("The chair of the group"))
def speaks_for(viewer: Viewer, record: Any) -> bool:
    """The group's own voice."""
    return viewer.membership_id is not None and viewer.membership_id == _group_of(record).chair_id


@policy(_("The lead, or whoever looks after the group on our side"))
def looks_after(viewer: Viewer, record: Any) -> bool:
    """They write down what a group says that does not sign in, and keep the organisation's side of the register."""
    group = _group_of(record)
    if viewer.membership_id is None or viewer.organisation_id != group.organisation_id:
        return False
    return Role.LEAD in viewer.roles or viewer.membership_id == group.contact_id


may_work_with = speaks_for | looks_after


@policy(_("Whoever looks after the group, or whose request it was"))
def may_tell_group(viewer: Viewer, question: Question) -> bool:
    """They know what was done with the answer."""
    is_theirs = viewer.membership_id is not None and viewer.membership_id == question.for_whom_id
    return is_theirs or looks_after(viewer, question)


# A question is asked by the lead or by whoever looks after the group; which groups those are, each form knows.
may_ask_groups = is_staff


@policy(_("Whoever writes down what the group says"))
def may_edit_view(viewer: Viewer, view: CollectiveView) -> bool:
    """Until it is shared, it belongs to one desk."""
    return insights.may_edit_draft(viewer, view.insight)


@policy(_("Whoever it was given to, or who looks after the group"))
def may_work_on_improvement(viewer: Viewer, improvement: Improvement) -> bool:
    """Done, put off or given up, each with words."""
    is_theirs = viewer.membership_id is not None and viewer.membership_id == improvement.owner_id
    return is_theirs or looks_after(viewer, improvement)


@policy(_("The chair of the group, the partner lead, and the partner who passed it on or was asked"))
def may_see_referrals(viewer: Viewer) -> bool:
    """Which ones, each list knows."""
    return viewer.has_any_role({Role.LEAD, Role.GROUP_CHAIR, Role.PARTNER})


@policy(_("Partners, and the partner lead who writes it down for them"))
def may_pass_on(viewer: Viewer) -> bool:
    """A matter of a partner goes to a group."""
    return is_partner(viewer) or is_lead(viewer)


@policy(_("Whoever agreed to pass it on"))
def gave_consent(viewer: Viewer, referral: Referral) -> bool:
    """They can take it back. For a group, whoever chairs it now."""
    return viewer.membership_id is not None and viewer.membership_id == referral.whose.pk


@policy(_("Those who were asked to look at it"))
def is_asked(viewer: Viewer, referral: Referral) -> bool:
    """The partner, or the chair of the group."""
    asked = referral.asked
    return asked is not None and viewer.membership_id == asked.pk


@policy(_("The partner lead of the organisation"))
def is_lead_of(viewer: Viewer, record: Any) -> bool:
    """Every referral goes through the lead, who sees that consent holds, and writes down what is said by phone or letter."""
    return Role.LEAD in viewer.roles and viewer.organisation_id == record.organisation_id


may_take_back = gave_consent | is_lead_of
may_answer_referral = is_asked | is_lead_of


@policy(_("Those who were asked, and the partner lead where nobody but the lead is writing it down"))
def may_write_answer(viewer: Viewer, referral: Referral) -> bool:
    """What a partner begins to write stays with the partner until it is shared."""
    draft = referral.answer
    is_free = draft is None or draft.status != draft.Status.DRAFT or insights.may_edit_draft(viewer, draft)
    return is_free and (is_asked(viewer, referral) or is_lead_of(viewer, referral))


@policy(_("The partner lead; the chair too, for what a group was asked"))
def may_tell_outcome(viewer: Viewer, referral: Referral) -> bool:
    """What came of it goes back to where it came from."""
    return is_lead_of(viewer, referral) or (referral.is_to_group and is_asked(viewer, referral))


@policy(_("The partner who says so"))
def is_their_own(viewer: Viewer, in_both: InBoth) -> bool:
    """Nobody else says it for them, or takes it back."""
    return viewer.membership_id is not None and viewer.membership_id == in_both.partner.membership_id
