"""Who may ask for partners, decide on a request, offer places, answer for themselves, and say what changed."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from safety_partners.activities.models import Activity, ActivityInsight, ActivityKind, Felt, Offer
from safety_partners.core.policy import policy
from safety_partners.core.viewer import Viewer
from safety_partners.insights import policies as insights
from safety_partners.people.models import Role
from safety_partners.people.policies import is_lead, is_partner, is_staff, is_system


def _activity_of(record: Any) -> Activity:
    """The activity to which a record of this app belongs; its history is told there."""
    found: Activity = record if isinstance(record, Activity) else record.history_root
    return found


# Staff ask, the lead and the secretaries of committees among them.
may_ask = is_staff
may_decide_requests = is_lead


@policy(_("The partner lead of the organisation"))
def may_look_after_kind(viewer: Viewer, kind: ActivityKind) -> bool:
    """What the kinds of activity are called, and which of them staff may ask for."""
    return Role.LEAD in viewer.roles and kind.organisation_id == viewer.organisation_id


@policy(_("Staff, and partners"))
def may_see_activities(viewer: Viewer) -> bool:
    """Each sees what they asked for, what they were offered, and as the lead or governance all that was asked."""
    return is_staff(viewer) or is_partner(viewer) or Role.GOVERNANCE in viewer.roles


@policy(_("Whoever asked for partners"))
def is_requester(viewer: Viewer, record: Any) -> bool:
    """The one who wrote the request."""
    return viewer.membership_id is not None and viewer.membership_id == _activity_of(record).requester_id


@policy(_("The partner lead of the organisation"))
def is_lead_of(viewer: Viewer, record: Any) -> bool:
    """The lead decides on requests, and offers places."""
    return Role.LEAD in viewer.roles and viewer.organisation_id == _activity_of(record).organisation_id


@policy(_("Whoever promised to say what changed"))
def promised_feedback(viewer: Viewer, record: Any) -> bool:
    """They may be somebody else than who asked."""
    return viewer.membership_id is not None and viewer.membership_id == _activity_of(record).feedback_by_id


# The work itself: its days, milestones, the terms of its panel.
may_run = is_requester | is_lead_of
may_say_what_changed = is_requester | promised_feedback | is_lead_of


@policy(_("The partner to whom the place is offered"))
def is_offered(viewer: Viewer, offer: Offer) -> bool:
    """Nobody takes or declines a place for a partner; staff may record what the partner told them."""
    return viewer.membership_id is not None and viewer.membership_id == offer.partner.membership_id


@policy(_("The lead, or the partner's named contact, who write down what the partner said"))
def may_record_for(viewer: Viewer, offer: Offer) -> bool:
    """By phone, by letter or in person."""
    if viewer.membership_id is None or viewer.organisation_id != offer.activity.organisation_id:
        return False
    return Role.LEAD in viewer.roles or viewer.membership_id in {offer.partner.contact_id, offer.partner.deputy_id}


may_answer = is_offered | may_record_for


@policy(_("Partners who take part"))
def takes_part(viewer: Viewer, record: Any) -> bool:
    """They were offered a place and took it."""
    mine = Offer.objects.taking_part().filter(activity=_activity_of(record), partner__membership_id=viewer.membership_id)
    return viewer.membership_id is not None and mine.exists()


@policy(_("The person whose words these are, or who is recording them"))
def may_edit_words(viewer: Viewer, placed: ActivityInsight) -> bool:
    """Until they are shared, words belong to one desk."""
    return insights.may_edit_draft(viewer, placed.insight)


may_write_down_words = may_say_what_changed & insights.may_record_words


@policy(_("The partner themselves"))
def is_own(viewer: Viewer, felt: Felt) -> bool:
    """Nobody else takes away how it felt."""
    return viewer.membership_id is not None and viewer.membership_id == felt.offer.partner.membership_id


may_move_by_clock = is_lead_of | is_system
