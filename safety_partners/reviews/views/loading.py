"""Loading a record that the viewer may see, with what its page needs; refused with its sentence what they may not do."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404

from safety_partners.core.page import PageRequest
from safety_partners.core.policy import Policy
from safety_partners.reading import DocumentRefused
from safety_partners.reviews import commands, policies, queries
from safety_partners.reviews.models import Comment, Document, Review, Reviewer, Version


def load_document(request: PageRequest, code: str, may: Policy | None = None) -> Document:
    """A document with its owner and service."""
    rows = Document.objects.visible_to(request.viewer).select_related("owner__user", "service", "organisation")
    document: Document = get_object_or_404(rows, code=code)
    if may is not None:
        may.demand(request.viewer, document)
    return document


def load_version(request: PageRequest, code: str, may: Policy | None = None) -> Version:
    """A version with its document and file."""
    rows = Version.objects.visible_to(request.viewer).select_related(
        "document__owner__user", "document__organisation", "file", "added_by__user"
    )
    version: Version = get_object_or_404(rows, code=code)
    if may is not None:
        may.demand(request.viewer, version)
    return version


def load_review(request: PageRequest, code: str, may: Policy | None = None) -> Review:
    """A review with its version, document and who asked."""
    rows = Review.objects.visible_to(request.viewer).with_document().select_related("asked_by__user")
    review: Review = get_object_or_404(rows, code=code)
    if may is not None:
        may.demand(request.viewer, review)
    return review


def load_desk(request: PageRequest, code: str, may: Policy = policies.is_reviewer) -> Reviewer:
    """A partner's own place in a review, with the document; for staff who record, that of somebody else."""
    rows = (
        Reviewer.objects.visible_to(request.viewer)
        .with_review()
        .select_related("review__version__document__organisation", "review__version__document__service", "review__version__file")
    )
    reviewer: Reviewer = get_object_or_404(rows, code=code)
    may.demand(request.viewer, reviewer)
    return reviewer


def load_comment(request: PageRequest, code: str, may: Policy | None = None) -> Comment:
    """A comment with its words, its place and its document."""
    rows = queries.with_desk(Comment.objects.visible_to(request.viewer)).select_related(
        "insight__speaker__user",
        "insight__recorded_by__user",
        "insight__owner__user",
        "review__version__document__owner__user",
        "review__version__document__organisation",
        "paragraph",
        "question",
        "response",
    )
    comment: Comment = get_object_or_404(rows, code=code)
    if may is not None:
        may.demand(request.viewer, comment)
    return comment


def read_file(form: Any, document: Document | None = None) -> commands.Taken | None:
    """Read the file that was sent with a form; what is wrong with it is said beside the question."""
    content = form.cleaned_data["file"]
    try:
        return commands.take(content, content.name, document=document)
    except DocumentRefused as refusal:
        form.add_error("file", refusal.sentence)
        return None


def place_asked(request: PageRequest) -> dict[str, int | None]:
    """The section, or the part, that the address asks for."""
    return {name: number(request.GET.get(name, "")) for name in ("section", "part")}


def number(typed: str) -> int | None:
    """A number of an address; None for anything else."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 and int(typed) else None
