"""Who may do what with a document, its reviews and the comments on it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from safety_partners.core.policy import policy
from safety_partners.core.viewer import Viewer
from safety_partners.insights import policies as insights
from safety_partners.people.models import Role
from safety_partners.people.policies import is_lead, is_partner, is_staff, is_system
from safety_partners.reviews.models import Comment, Reviewer
from safety_partners.reviews.models.document import READERS


@policy(_("Staff, the board, information governance, and partners who were asked for a review"))
def may_see_documents(viewer: Viewer) -> bool:
    """Group chairs are not here: a group speaks through its own collective view."""
    return viewer.has_any_role(READERS | {Role.PARTNER})


@policy(_("Staff, the board and information governance"))
def may_see_reviews(viewer: Viewer) -> bool:
    """Who was asked and has finished. Partners have pages of their own."""
    return viewer.has_any_role(READERS)


may_add_document = is_staff
may_be_asked = is_partner


@policy(_("The owner of the document, or the partner lead"))
def may_look_after(viewer: Viewer, record: Any) -> bool:
    """A document and all that hangs from it has one owner by name; the lead can step in."""
    document = getattr(record, "document", record)
    is_here = viewer.organisation_id is not None and viewer.organisation_id == document.organisation_id
    return is_here and (is_lead(viewer) or viewer.membership_id == document.owner_id)


may_move_by_clock = may_look_after | is_system
may_record_comment = may_look_after & insights.may_record_words


@policy(_("The partner who was asked for this review"))
def is_reviewer(viewer: Viewer, reviewer: Reviewer) -> bool:
    """Nobody else reads or writes at their desk."""
    return viewer.membership_id is not None and viewer.membership_id == reviewer.membership_id


@policy(_("The person who is writing the comment, until it is sent"))
def may_edit_comment(viewer: Viewer, comment: Comment) -> bool:
    """As with every draft of words."""
    return insights.may_edit_draft(viewer, comment.insight)


@policy(_("The owner of the document; the partner lead while a comment is with them"))
def may_dispose(viewer: Viewer, comment: Comment) -> bool:
    """Whoever owes the partner an answer says what was done with the comment."""
    return insights.may_respond(viewer, comment.insight)
