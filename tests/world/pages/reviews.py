"""Pages of documents, reviews and comments."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from safety_partners.reviews import policies
from tests.world.example import Example, one_of
from tests.world.place import Place

ENDED = "it is over"
SENT = "it was sent"


def _place_of(reviewer: str, **more: int) -> Callable[[Place], dict[str, Any]]:
    """A part of the document that a partner reads: its position, or the number of a question."""
    return lambda place: {"code": place[reviewer].code, **more}


DOCUMENTS = [
    Example(page="reviews:documents"),
    Example(page="reviews:document-new"),
    *one_of("reviews:document", "document", "quiet document", "document to issue", "changed document"),
    *one_of("reviews:document-correct", "document", "quiet document", may=policies.may_look_after),
    *one_of("reviews:version-new", "document", "quiet document", may=policies.may_look_after),
]
VERSIONS = [
    *one_of("reviews:version", "version", "issued version", "new version", "replaced version", "version in force"),
    *one_of("reviews:version-check", "version", "new version", may=policies.may_look_after),
    *one_of("reviews:version-file", "version", "issued version", "replaced version"),
    *one_of("reviews:version-changes", "new version", "version in force"),
    Example(page="reviews:version-changes", record="version", says=404, because="there is nothing to compare it with"),
    *one_of("reviews:version-issue", "new version", "version", may=policies.may_look_after),
    *one_of("reviews:version-take-out", "new version", "version", may=policies.may_look_after),
    *one_of("reviews:review-new", "new version", "issued version", may=policies.may_look_after),
]
REVIEWS = [
    *one_of("reviews:review", "review", "closed review", "done review"),
    *one_of("reviews:ask-another", "review", "closed review", may=policies.may_look_after),
    *one_of("reviews:closing-day", "review", "closed review", may=policies.may_look_after),
    *one_of("reviews:remind", "review", may=policies.may_look_after),
    *one_of("reviews:close", "review", may=policies.may_look_after),
    *one_of("reviews:next-comment", "closed review", "review", may=policies.may_look_after, says=302, because="it leads on"),
    *one_of("reviews:comment-record", "review", may=policies.may_record_comment),
]
READING = [
    *one_of("reviews:reviewing", "reviewer", "finished reviewer", "declined reviewer", "done reviewer", may=policies.is_reviewer),
    *one_of("reviews:read", "reviewer", "finished reviewer", "done reviewer", may=policies.is_reviewer),
    *one_of("reviews:comment-whole", "reviewer", may=policies.is_reviewer),
    *one_of("reviews:comment-whole", "finished reviewer", may=policies.is_reviewer, says=409, because=SENT),
    Example(page="reviews:comment-question", record="reviewer", where=_place_of("reviewer", number=1), may=policies.is_reviewer),
    Example(page="reviews:comment-part", record="reviewer", where=_place_of("reviewer", position=6), may=policies.is_reviewer),
    *one_of("reviews:finish", "reviewer", may=policies.is_reviewer),
    *one_of("reviews:finish", "finished reviewer", may=policies.is_reviewer, says=302, because=SENT),
    *one_of("reviews:reopen", "finished reviewer", "declined reviewer", may=policies.is_reviewer),
    *one_of("reviews:decline", "reviewer", may=policies.is_reviewer),
    *one_of("reviews:decline", "finished reviewer", may=policies.is_reviewer, says=302, because=ENDED),
    *one_of("reviews:outcome", "finished reviewer", "done reviewer", may=policies.is_reviewer),
    *one_of("reviews:answer-record", "reviewer", "finished reviewer", may=policies.may_look_after),
]
COMMENTS = [
    *one_of(
        "reviews:comment",
        "comment draft",
        "question draft",
        "comment",
        "whole comment",
        "accepted comment",
        "refused comment",
        "done comment",
    ),
    *one_of("reviews:comment-edit", "comment draft", "question draft", may=policies.may_edit_comment),
    *one_of("reviews:comment-edit", "comment", may=policies.may_edit_comment, says=409, because=SENT),
    *one_of("reviews:comment-delete", "comment draft", may=policies.may_edit_comment),
    *one_of("reviews:dispose", "comment", "waiting comment", may=policies.may_dispose),
    *one_of("reviews:dispose", "accepted comment", says=302, because="it was answered"),
]
EXAMPLES = [*DOCUMENTS, *VERSIONS, *REVIEWS, *READING, *COMMENTS]
