"""A partner's part: writing comments, finishing, and saying no."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from safety_partners.core import clock, codes, outbox
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.viewer import Viewer
from safety_partners.insights import commands as insights
from safety_partners.insights.models import Insight
from safety_partners.reviews import policies
from safety_partners.reviews.commands.rules import about, demand_place, demand_takes_comments, lock, owner_or_leads
from safety_partners.reviews.models import Comment, Paragraph, Reviewer, ReviewQuestion
from safety_partners.reviews.queries.reviewing import drafts_of, state_of


@command(allow=policies.is_reviewer)
def write_comment(
    viewer: Viewer, reviewer: Reviewer, /, *, words: str, paragraph: Paragraph | None = None, question: ReviewQuestion | None = None
) -> Comment:
    """Keep what a partner wrote about one part of a document, or about the whole. Nobody else sees it until they finish."""
    if reviewer.status != Reviewer.Status.ASKED:
        raise NotPossible(_("You said that you had finished. Choose “Add more comments” first."))
    demand_place(reviewer.review, paragraph, question)
    demand_takes_comments(reviewer.review)
    code = codes.new_code(Comment.code_prefix)
    insight = insights.begin_draft(
        viewer,
        words=words,
        kind=Insight.Kind.COMMENT,
        service=reviewer.document.service,
        about_label=about(reviewer.review, paragraph, question),
        about_path=reverse("reviews:comment", args=[code]),
    )
    return Comment.objects.create(code=code, review=reviewer.review, insight=insight, paragraph=paragraph, question=question)


@command(allow=policies.may_edit_comment)
def edit_comment(viewer: Viewer, comment: Comment, /, *, words: str) -> Comment:
    """Change a comment that has not been sent yet."""
    insights.edit_draft(viewer, comment.insight, words=words)
    return comment


@command(allow=policies.may_edit_comment)
def delete_comment(viewer: Viewer, comment: Comment, /) -> Comment:
    """Throw away a comment that has not been sent yet."""
    insights.delete_draft(viewer, comment.insight)
    return comment


@command(allow=policies.is_reviewer)
def finish_review(viewer: Viewer, reviewer: Reviewer, /, *, seen: int | None = None) -> Reviewer:
    """Seal and send all of a partner's comments to the owner of the document; after the closing day they are marked late.

    ``seen`` is the state of the drafts that were read through before sending (:func:`queries.state_of`). Raises
    ``Overtaken`` if they have changed since, in another window.
    """
    lock(reviewer.document.pk)
    demand_takes_comments(reviewer.review)
    drafts = list(drafts_of(reviewer))
    if seen is not None and seen != state_of(drafts):
        raise Overtaken(_("Your comments were changed in another window. This is how they are now: please look once more."))
    Reviewer.lifecycle.move(reviewer, "finish", finished_at=clock.now())
    is_late = reviewer.review.is_past
    sent_before = Comment.objects.filter(review=reviewer.review).shared().of_speaker(reviewer.membership_id).count()
    for comment in drafts:
        insights.share_insight(viewer, comment.insight, owner=reviewer.document.owner)
    if is_late:
        Comment.objects.filter(pk__in=[comment.pk for comment in drafts]).update(is_late=True)
    for person in owner_or_leads(reviewer.document):
        outbox.put(
            "reviews/finished",
            to=person,
            about=reviewer.review,
            reviewer=reviewer,
            count=len(drafts),
            sent_before=sent_before,
            is_late=is_late,
        )
    return reviewer


@command(allow=policies.is_reviewer)
def reopen_reviewing(viewer: Viewer, reviewer: Reviewer, /) -> Reviewer:
    """Take up a review again, to add more comments or after saying no. What was sent stays as it is."""
    demand_takes_comments(reviewer.review)
    Reviewer.lifecycle.move(reviewer, "reopen", finished_at=None)
    return reviewer


@command(allow=policies.is_reviewer)
def decline_review(viewer: Viewer, reviewer: Reviewer, /) -> Reviewer:
    """Say no to a review. Nobody asks for a reason."""
    Reviewer.lifecycle.move(reviewer, "decline")
    tell_declined(reviewer)
    return reviewer


def tell_declined(reviewer: Reviewer, *, except_id: int | None = None) -> None:
    """Tell the owner that a partner cannot this time, and how many others there are."""
    others = Reviewer.objects.filter(review_id=reviewer.review_id).exclude(pk=reviewer.pk)
    count = others.exclude(status=Reviewer.Status.DECLINED).count()
    for person in owner_or_leads(reviewer.document):
        if person.pk != except_id:
            outbox.put("reviews/declined", to=person, about=reviewer.review, reviewer=reviewer, others=count)
