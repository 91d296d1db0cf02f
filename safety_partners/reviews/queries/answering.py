"""The owner's part: who has finished, which comments wait, and one comment with all that belongs to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet, Subquery

from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today
from safety_partners.insights.models import Response, Verdict
from safety_partners.insights.policies import may_respond
from safety_partners.reviews.models import Comment, Paragraph, Review, Reviewer, ReviewQuestion, Version
from safety_partners.reviews.queries.becoming import Became, became, later_version


@dataclass(frozen=True, slots=True)
class Desk:
    """One partner in the review, with how many comments they sent."""

    reviewer: Reviewer
    sent: int


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """A review as its owner sees it."""

    questions: Sequence[ReviewQuestion]
    desks: Sequence[Desk]
    comments: Sequence[Comment]

    @property
    def waiting(self) -> list[Comment]:
        return [one for one in self.comments if one.waits or one.asks_again]

    @property
    def not_finished(self) -> list[Reviewer]:
        return [one.reviewer for one in self.desks if one.reviewer.status == Reviewer.Status.ASKED]

    @property
    def finished(self) -> int:
        return sum(one.reviewer.status == Reviewer.Status.FINISHED for one in self.desks)

    @property
    def asked(self) -> int:
        """Everyone who did not say no."""
        return sum(one.reviewer.status != Reviewer.Status.DECLINED for one in self.desks)


def review_page(viewer: Viewer, review: Review) -> ReviewPage:
    """Three queries; of the comments, those whose words the viewer may see."""
    comments = list(sent_comments(viewer, review))
    reviewers = review.reviewers.select_related("membership__user").order_by("membership__user__name", "pk")
    by_speaker: dict[int, int] = {}
    for comment in comments:
        by_speaker[comment.insight.speaker_id] = by_speaker.get(comment.insight.speaker_id, 0) + 1
    desks = [Desk(one, by_speaker.get(one.membership_id, 0)) for one in reviewers]
    return ReviewPage(list(review.questions.all()), desks, comments)


def sent_comments(viewer: Viewer, review: Review) -> Sequence[Comment]:
    """What was sent in a review, withdrawn ones too, in the order of the document."""
    rows = Comment.objects.visible_to(viewer).filter(review=review).exclude(insight__status="draft")
    return rows.select_related("insight__speaker__user", "paragraph", "question", "response").in_order()


def to_remind(review: Review) -> list[Reviewer]:
    """Who would get a reminder now: those who have not finished and have had none today. One query."""
    rows = review.reviewers.not_finished().exclude(reminded_for=today())
    return list(rows.select_related("membership__user").order_by("membership__user__name"))


def not_finished(review: Review) -> list[Reviewer]:
    """Those who have not finished, by name. One query."""
    rows = review.reviewers.not_finished()
    return list(rows.select_related("membership__user").order_by("membership__user__name"))


def next_to_answer(viewer: Viewer, review: Review, *, after: str = "") -> tuple[Comment | None, int]:
    """The next comment that the viewer owes an answer, in the order of the document, and how many there are. One query.

    ``after`` is the code of the comment that was looked at last; at the end it begins again.
    """
    every = list(enumerate(sent_comments(viewer, review)))
    owed = [(place, one) for place, one in every if (one.waits or one.asks_again) and may_respond(viewer, one.insight)]
    seen = next((place for place, one in every if one.code == after), -1)
    later = [one for place, one in owed if place > seen]
    return next(iter([*later, *(one for _place, one in owed)]), None), len(owed)


@dataclass(frozen=True, slots=True)
class CommentPage:
    """One comment: the words, the place, what was done, what the partner said about that, and what the words became."""

    around: Sequence[Paragraph]
    responses: Sequence[Response]
    verdicts: dict[int, list[Verdict]]
    later: Version | None
    became: Became | None


def with_desk(comments: QuerySet[Comment]) -> QuerySet[Comment]:
    """With ``desk``, the code of the speaker's place in the review."""
    desks = Reviewer.objects.filter(review=OuterRef("review"), membership=OuterRef("insight__speaker"))
    return comments.annotate(desk=Subquery(desks.values("code")[:1]))


def comment_page(viewer: Viewer, comment: Comment) -> CommentPage:
    """Four queries at most; two for a draft, to which nothing can have happened."""
    responses: list[Response] = []
    verdicts: dict[int, list[Verdict]] = {}
    if comment.insight.answered_at:
        responses = list(Response.objects.filter(insight_id=comment.insight_id).select_related("by__user").order_by("id"))
        for verdict in Verdict.objects.filter(response__in=responses).order_by("id"):
            verdicts.setdefault(verdict.response_id, []).append(verdict)
    later = later_version(viewer, comment.document, comment.review.version.number)
    found = became(later, [comment.paragraph]).get(comment.paragraph.pk) if later and comment.paragraph else None
    return CommentPage([] if found else around(comment), responses, verdicts, later, found)


def around(comment: Comment) -> Sequence[Paragraph]:
    """The heading a commented paragraph stands under, if there is one. One query."""
    if comment.paragraph is None or comment.paragraph.kind == Paragraph.Kind.HEADING:
        return []
    rows = Paragraph.objects.filter(
        version_id=comment.review.version_id, kind=Paragraph.Kind.HEADING, position__lt=comment.paragraph.position
    )
    return list(rows.order_by("-position")[:1])
