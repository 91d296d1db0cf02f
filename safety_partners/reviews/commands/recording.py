"""The same part for partners who tell us by phone, by letter or in person."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from safety_partners.core import clock, codes
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.viewer import Viewer
from safety_partners.insights import commands as insights
from safety_partners.insights.models import Insight
from safety_partners.reviews import policies
from safety_partners.reviews.commands.commenting import tell_declined
from safety_partners.reviews.commands.rules import about, demand_place, demand_takes_comments, lock
from safety_partners.reviews.models import Comment, Paragraph, Review, Reviewer, ReviewQuestion


@command(allow=policies.may_record_comment)
def record_comment(
    viewer: Viewer,
    review: Review,
    /,
    *,
    reviewer: Reviewer,
    words: str,
    capture: str,
    is_read_back: bool,
    paragraph: Paragraph | None = None,
    question: ReviewQuestion | None = None,
) -> Comment:
    """Write down a comment that a partner gave by phone, by letter or at a meeting; it is sent at once, and they get a copy.

    Raises ``NotPossible`` where words that were heard have not been read back to the partner.
    """
    if reviewer.review_id != review.pk:
        raise NotPossible(_("Choose a partner who was asked for this review."), field="reviewer")
    demand_place(review, paragraph, question)
    lock(review.document.pk)
    demand_takes_comments(review)
    code = codes.new_code(Comment.code_prefix)
    insight = insights.record_words(
        viewer,
        speaker=reviewer.membership,
        capture=capture,
        is_read_back=is_read_back,
        words=words,
        kind=Insight.Kind.COMMENT,
        service=review.document.service,
        about_label=about(review, paragraph, question),
        about_path=reverse("reviews:comment", args=[code]),
    )
    comment = Comment.objects.create(
        code=code, review=review, insight=insight, paragraph=paragraph, question=question, is_late=review.is_past
    )
    insights.share_insight(viewer, insight, owner=review.document.owner)
    return comment


@command(allow=policies.may_look_after, details=("answer",))
def record_answer(viewer: Viewer, reviewer: Reviewer, /, *, answer: str) -> Reviewer:
    """Write down that a partner said they have finished, or cannot this time. What they typed themselves stays theirs."""
    if answer == Reviewer.Status.FINISHED:
        Reviewer.lifecycle.move(reviewer, "finish", finished_at=clock.now())
    else:
        Reviewer.lifecycle.move(reviewer, "decline")
        tell_declined(reviewer, except_id=viewer.membership_id)
    return reviewer
