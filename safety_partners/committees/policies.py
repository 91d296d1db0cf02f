"""Who may set up committees, run one, open what belongs to an item, and answer for themselves."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from safety_partners.committees.models import Committee, Invitee, Item, ItemInsight, Meeting, MeetingAction, Paper, Recusal
from safety_partners.committees.models.committee import READERS
from safety_partners.core.policy import policy
from safety_partners.core.viewer import Viewer
from safety_partners.insights import policies as insights
from safety_partners.people.models import Role
from safety_partners.people.policies import is_system


def _committee_of(record: Any) -> Committee:
    """The committee to which a record of this app belongs; its history is told there."""
    found: Committee = record if isinstance(record, Committee) else record.history_root
    return found


@policy(_("Staff, the board, and partners who sit on a committee or are invited to it"))
def may_see_committees(viewer: Viewer) -> bool:
    """Group chairs are not here: a group speaks through its own collective view."""
    return viewer.has_any_role(READERS | {Role.PARTNER})


@policy(_("Staff and the board"))
def may_see_all_committees(viewer: Viewer) -> bool:
    """The list of them; partners have a page of their own."""
    return viewer.has_any_role(READERS)


@policy(_("The partner lead and committee secretaries"))
def may_set_up_committees(viewer: Viewer) -> bool:
    """Adding a committee, and the view over all of them."""
    return viewer.has_any_role({Role.LEAD, Role.SECRETARY})


@policy(_("The committee's secretary or chair, or the partner lead"))
def may_run(viewer: Viewer, record: Any) -> bool:
    """A committee's own work: its meetings, agenda, papers and minutes."""
    committee = _committee_of(record)
    if viewer.membership_id is None or viewer.organisation_id != committee.organisation_id:
        return False
    return Role.LEAD in viewer.roles or viewer.membership_id in {committee.secretary_id, committee.chair_id}


@policy(_("The chair of the committee, or the partner lead"))
def may_chair(viewer: Viewer, record: Any) -> bool:
    """What a chair answers for: that the minutes say what happened."""
    committee = _committee_of(record)
    if viewer.membership_id is None or viewer.organisation_id != committee.organisation_id:
        return False
    return Role.LEAD in viewer.roles or viewer.membership_id == committee.chair_id


@policy(_("The partner to whom the seat is offered"))
def is_offered(viewer: Viewer, sitting: Any) -> bool:
    """Nobody takes or declines a seat for a partner; staff may record what the partner told them."""
    return viewer.membership_id is not None and viewer.membership_id == sitting.partner.membership_id


@policy(_("Whoever is invited, for themselves"))
def is_invited(viewer: Viewer, invitee: Invitee) -> bool:
    """Their own answer, declaration and paper copies."""
    return viewer.membership_id is not None and viewer.membership_id == invitee.membership_id


@policy(_("Everyone who may see the meeting"))
def may_see_meeting(viewer: Viewer, meeting: Meeting) -> bool:
    """Staff and the board, and whoever is invited."""
    return Meeting.objects.visible_to(viewer).filter(pk=meeting.pk).exists()


@policy(_("Those for whom the item is, unless they have stepped back from it"))
def may_open_item(viewer: Viewer, record: Any) -> bool:
    """Its papers, its minutes and what was said about it."""
    item = record if isinstance(record, Item) else record.item
    return Item.objects.opened_to(viewer).filter(pk=item.pk).exists()


# What only the partner can say, those who run the committee write down when it is said to them.
may_answer_offer = is_offered | may_run
may_work_on_item = may_run & may_open_item


@policy(_("Those for whom the paper is, unless they have stepped back from its item"))
def may_open_paper(viewer: Viewer, record: Any) -> bool:
    """Its versions, and copies of it in other formats."""
    paper = record if isinstance(record, Paper) else record.paper
    return Paper.objects.visible_to(viewer).filter(pk=paper.pk).exists()


@policy(_("The author of the paper"))
def is_author(viewer: Viewer, paper: Paper) -> bool:
    """Whoever promised it sends it in."""
    return viewer.membership_id is not None and viewer.membership_id == paper.author_id


may_write_paper = (is_author | may_run) & may_open_paper
may_work_on_paper = may_run & may_open_paper
may_arrange_pack = is_invited | may_run


@policy(_("Whoever has stepped back, for themselves"))
def has_stepped_back(viewer: Viewer, recusal: Recusal) -> bool:
    """They can take part again when the interest is gone."""
    return viewer.membership_id is not None and viewer.membership_id == recusal.membership_id


may_take_back_interest = has_stepped_back | may_work_on_item
may_move_by_clock = may_run | is_system


@policy(_("Partners invited to the meeting, unless they have stepped back from the item"))
def may_speak_at(viewer: Viewer, item: Item) -> bool:
    """Before the meeting, at the table or afterwards."""
    if Role.PARTNER not in viewer.roles or viewer.membership_id is None:
        return False
    invited = Invitee.objects.filter(membership_id=viewer.membership_id).values("meeting_id")
    return Item.objects.opened_to(viewer).filter(pk=item.pk, meeting_id__in=invited).exists()


@policy(_("The person whose words these are, or who is recording them"))
def may_edit_words(viewer: Viewer, placed: ItemInsight) -> bool:
    """Until they are shared, words belong to one desk."""
    return insights.may_edit_draft(viewer, placed.insight)


@policy(_("Whoever was given the action"))
def is_given_action(viewer: Viewer, action: MeetingAction) -> bool:
    """They say when it is done, and why it has to wait."""
    return viewer.membership_id is not None and viewer.membership_id == action.owner_id


may_work_on_meeting_action = is_given_action | may_work_on_item
# An answer that came by phone or by letter is written down by who runs the committee.
may_answer_invitation = is_invited | may_run
