"""Who may do what with an insight and what came of it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from safety_partners.core.models import Message
from safety_partners.core.policy import policy
from safety_partners.core.viewer import Viewer
from safety_partners.insights.models import Action, Change, Insight, PassingOn, Wording
from safety_partners.people.models import Role
from safety_partners.people.policies import STAFF_ROLES, is_administrator, is_lead, is_partner


def _is_here(viewer: Viewer, organisation_id: int) -> bool:
    return viewer.organisation_id == organisation_id


@policy(_("Staff who record what a partner says"))
def may_record_words(viewer: Viewer) -> bool:
    """The lead, staff and secretaries record words from a call, a letter or a meeting."""
    return viewer.has_any_role({Role.LEAD, Role.STAFF, Role.SECRETARY})


may_share = is_partner


@policy(_("Chairs of groups, and staff who record what a group says"))
def may_give_voice(viewer: Viewer) -> bool:
    """A group speaks through its chair; for which group, the app of groups knows."""
    return viewer.has_any_role({Role.GROUP_CHAIR, Role.LEAD, Role.STAFF, Role.SECRETARY})


@policy(_("The person whose words these are, or who is recording them"))
def may_edit_draft(viewer: Viewer, insight: Insight) -> bool:
    """Until they are shared, words belong to one desk."""
    return viewer.membership_id is not None and viewer.membership_id == (insight.recorded_by_id or insight.speaker_id)


@policy(_("The person whose words these are"))
def is_speaker(viewer: Viewer, insight: Insight) -> bool:
    """Only they may say what answers them."""
    return viewer.membership_id is not None and viewer.membership_id == insight.speaker_id


@policy(_("The partner lead, recording what the person said"))
def may_record_for_speaker(viewer: Viewer, insight: Insight) -> bool:
    """For those who answer by phone, by letter or in person."""
    return is_lead(viewer) and _is_here(viewer, insight.organisation_id)


may_give_verdict = is_speaker | may_record_for_speaker
may_tell_of_silence = is_speaker | may_record_for_speaker
may_see_passings_on = is_speaker | may_record_for_speaker
may_withdraw = is_speaker | may_record_for_speaker


@policy(_("The partner lead"))
def may_acknowledge(viewer: Viewer, insight: Insight) -> bool:
    """The lead says: we have it."""
    return is_lead(viewer) and _is_here(viewer, insight.organisation_id)


@policy(_("The member of staff who owns the answer"))
def is_owner(viewer: Viewer, insight: Insight) -> bool:
    """Somebody by name owes the person an answer."""
    return viewer.membership_id is not None and viewer.membership_id == insight.owner_id


may_hand_over = may_acknowledge | is_owner


@policy(_("The owner of the answer; the partner lead while it is with them"))
def may_respond(viewer: Viewer, insight: Insight) -> bool:
    """One person owes the answer: the owner, or the lead once it was taken to them."""
    is_with_lead = insight.status == Insight.Status.WITH_LEAD
    return is_owner(viewer, insight) or (is_with_lead and may_acknowledge(viewer, insight))


may_agree_action = may_acknowledge | is_owner


@policy(_("Whoever the action was given to, or the partner lead"))
def may_work_on_action(viewer: Viewer, action: Action) -> bool:
    """Done, given up or put off, each with words."""
    is_theirs = viewer.membership_id is not None and viewer.membership_id == action.owner_id
    return is_theirs or (is_lead(viewer) and _is_here(viewer, action.organisation_id))


may_record_change = may_acknowledge | is_owner


@policy(_("The partner lead"))
def may_look_after_change(viewer: Viewer, change: Change) -> bool:
    """Movements, wording and publication go through one pair of hands."""
    return is_lead(viewer) and _is_here(viewer, change.organisation_id)


@policy(_("The people who spoke, and the partner lead"))
def may_answer_wording(viewer: Viewer, wording: Wording) -> bool:
    """Public words need the yes of each of them."""
    return viewer.membership_id is not None and wording.answers.filter(by_id=viewer.membership_id).exists()


@policy(_("The partner lead"))
def may_look_after_wording(viewer: Viewer, wording: Wording) -> bool:
    """The lead publishes what everyone agreed, and records answers given by phone or letter."""
    return is_lead(viewer) and _is_here(viewer, wording.organisation_id)


@policy(_("The partner lead"))
def may_pass_on(viewer: Viewer, passing_on: PassingOn) -> bool:
    """The lead takes words to another channel when the person asked for it."""
    return is_lead(viewer) and _is_here(viewer, passing_on.organisation_id)


@policy(_("The partner lead, information governance and the board"))
def may_see_register(viewer: Viewer) -> bool:
    """What we could not do, and why, is for those who can change the reasons."""
    return viewer.has_any_role({Role.LEAD, Role.GOVERNANCE, Role.BOARD})


# What follows is for messages, for the public words of a change, and for the menu.


@policy(_("The people who spoke, and the partner lead"))
def may_see_wording(viewer: Viewer, wording: Wording) -> bool:
    """Until they are published, words belong to those who agree them."""
    return may_answer_wording(viewer, wording) or may_look_after_wording(viewer, wording)


@policy(_("Staff, partners and the board"))
def may_see_changes(viewer: Viewer) -> bool:
    """The organisation's own work because of what it was told; the words themselves keep their own circle."""
    return viewer.has_any_role(STAFF_ROLES | {Role.PARTNER, Role.BOARD})


@policy(_("The partner lead and the organisation's administrators"))
def may_see_messages(viewer: Viewer) -> bool:
    """Whether everybody was told, and what did not arrive."""
    return is_lead(viewer) or is_administrator(viewer)


@policy(_("The partner lead and the administrators of the same organisation"))
def may_look_after_message(viewer: Viewer, message: Message) -> bool:
    """Post it, read it out, send it again."""
    return may_see_messages(viewer) and _is_here(viewer, message.organisation_id)
