"""Rules that several commands share."""

from __future__ import annotations

from django.utils.translation import gettext as _

from safety_partners.core.lifecycle import NotPossible
from safety_partners.people.models import Membership, Role, Service
from safety_partners.people.policies import STAFF_ROLES
from safety_partners.people.queries import members_with_role
from safety_partners.reviews.models import Document, Paragraph, Review, ReviewQuestion


def owner_or_leads(document: Document) -> list[Membership]:
    """Whom to tell: the owner, or the leads where the owner has left, so that no message goes to an empty desk."""
    if document.owner.ended_on is None:
        return [document.owner]
    return members_with_role(document.organisation_id, Role.LEAD)


def demand_owner(owner: Membership, organisation_id: int) -> None:
    """Raise ``NotPossible`` unless somebody works here now."""
    is_here = owner.organisation_id == organisation_id and owner.ended_on is None
    if not is_here or not owner.grants.filter(role__in=STAFF_ROLES).exists():
        raise NotPossible(_("Choose a member of staff of this organisation."), field="owner")


def demand_service(service: Service | None, organisation_id: int) -> None:
    """Raise ``NotPossible`` for a service of another organisation."""
    if service is not None and service.organisation_id != organisation_id:
        raise NotPossible(_("Choose a service of this organisation."), field="service")


def lock(document_id: int) -> None:
    """Let what decides about one document's comments happen one after another, until the transaction ends."""
    Document.objects.select_for_update().get(pk=document_id)


def demand_takes_comments(review: Review) -> None:
    """Raise ``NotPossible`` once the next version is in force. Call with the document locked."""
    review.refresh_from_db(fields=["status", "closes_on", "version"])
    if not review.takes_comments:
        raise NotPossible(
            _("A newer version is in force, so comments on this one can no longer be sent. You can share your words as an insight instead.")
        )


def demand_place(review: Review, paragraph: Paragraph | None, question: ReviewQuestion | None) -> None:
    """Raise ``NotPossible`` for a paragraph of another version or a question of another review."""
    is_elsewhere = paragraph is not None and paragraph.version_id != review.version_id
    if is_elsewhere or (question is not None and question.review_id != review.pk):
        raise NotPossible(_("That part does not belong to this review."))


def about(review: Review, paragraph: Paragraph | None, question: ReviewQuestion | None) -> str:
    """What a comment is about, as its words keep it: the document, the version, and the place in it."""
    if paragraph is not None:
        place = paragraph.opening
    elif question is not None:
        place = _("question %(number)s") % {"number": question.number}
    else:
        place = _("the whole document")
    said = {"title": review.document.title, "label": review.version.label, "place": place}
    words = _("%(title)s, version %(label)s: %(place)s") % said
    return words if len(words) <= 200 else f"{words[:199]}…"
