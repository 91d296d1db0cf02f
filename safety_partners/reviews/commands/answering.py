"""What the owner did with each comment, and the next version, which waits until every comment has its answer."""

from __future__ import annotations

import datetime as dt

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safety_partners.core import clock, outbox
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.viewer import Viewer
from safety_partners.insights import commands as insights
from safety_partners.insights.models import Response
from safety_partners.reviews import policies
from safety_partners.reviews.commands.documents import index_words
from safety_partners.reviews.commands.rules import lock
from safety_partners.reviews.models import Comment, Document, Review, Reviewer, Version

Disposition, Outcome = Comment.Disposition, Response.Outcome
OUTCOMES = {Disposition.ACCEPTED: Outcome.WILL, Disposition.PART: Outcome.PART, Disposition.NOT_NOW: Outcome.COULD_NOT}
# An answer may also be given on the page of the words themselves; this is what it says about the comment.
DISPOSITIONS = {
    Outcome.WILL: Disposition.ACCEPTED,
    Outcome.ALREADY: Disposition.ACCEPTED,
    Outcome.PART: Disposition.PART,
    Outcome.COULD_NOT: Disposition.NOT_NOW,
}


@command(allow=policies.may_dispose, details=("disposition", "reason"))
def dispose(viewer: Viewer, comment: Comment, /, *, disposition: str, text: str, reason: str = "", turn: int | None = None) -> Comment:
    """Say what was done with a comment: accepted, in part, or not this time and why. The partner is told, and judges it.

    Raises ``Overtaken`` if somebody said so first, ``NotPossible`` if a refusal gives no reason.
    """
    if not text.strip():
        raise NotPossible(_("Say what you did with this comment, in words the partner will understand."), field="text")
    outcome = OUTCOMES[Disposition(disposition)]
    response = insights.respond(viewer, comment.insight, outcome=outcome, text=text, reason=reason, turn=turn)
    _note(comment, disposition, response)
    return comment


@command(allow=policies.may_look_after, details=("number", "label"))
def issue_version(
    viewer: Viewer, version: Version, /, *, approved_on: dt.date | None = None, next_review_on: dt.date | None = None
) -> Version:
    """Put a version in force: the one before is replaced, its review is done, and everyone who commented is told.

    Raises ``NotPossible`` while a review is open, or while any comment has no answer, and says how many.
    """
    lock(version.document_id)
    document = Document.objects.select_related("owner__user").get(pk=version.document_id)
    reviews = Review.objects.filter(version__document=document, version__number__lte=version.number).exclude(status=Review.Status.DONE)
    if reviews.open().exists():
        raise NotPossible(_("A review is still open. Close it first, so that nobody is cut off in the middle of reading."))
    _take_over_answers(reviews_of=document, up_to=version.number)
    comments = Comment.objects.filter(review__version__document=document, review__version__number__lte=version.number)
    waiting = comments.waiting().count()
    if waiting:
        raise NotPossible(
            ngettext(
                "%(count)s comment has no answer yet. Say what you did with it; then you can put this version in force.",
                "%(count)s comments have no answer yet. Say what you did with each; then you can put this version in force.",
                waiting,
            )
            % {"count": waiting}
        )
    told = _commenters(list(reviews))
    for earlier in document.versions.filter(number__lt=version.number).exclude(status=Version.Status.REPLACED):
        Version.lifecycle.move(earlier, "replace")
    Version.lifecycle.move(version, "issue", issued_at=clock.now(), approved_on=approved_on or version.approved_on)
    for review in reviews:
        Review.lifecycle.move(review, "finish")
    if next_review_on is not None:
        Document.objects.filter(pk=document.pk).update(next_review_on=next_review_on)
    index_words(document)
    for reviewer in told:
        outbox.put("reviews/issued", to=reviewer.membership, about=reviewer, version=version)
    return version


def _note(comment: Comment, disposition: str, response: Response) -> None:
    comment.disposition, comment.response = disposition, response
    comment.save(update_fields=["disposition", "response"])


def _take_over_answers(*, reviews_of: Document, up_to: int) -> None:
    """Comments that were answered on the page of the words themselves are answered here too."""
    comments = Comment.objects.filter(review__version__document=reviews_of, review__version__number__lte=up_to, disposition="")
    for comment in comments.filter(insight__answered_at__isnull=False):
        response = Response.objects.filter(insight_id=comment.insight_id).order_by("-id").first()
        if response is not None:
            _note(comment, DISPOSITIONS[Outcome(response.outcome)], response)


def _commenters(reviews: list[Review]) -> list[Reviewer]:
    """Everyone with a comment in these reviews, once each, at the desk of their newest review."""
    spoke = Comment.objects.filter(review__in=reviews).shared().values("insight__speaker_id")
    desks = Reviewer.objects.filter(review__in=reviews, membership__in=spoke)
    newest = desks.order_by().values("membership_id").annotate(newest=Max("pk")).values("newest")
    return list(Reviewer.objects.filter(pk__in=newest).select_related("membership__user", "review__version__document").order_by("pk"))
