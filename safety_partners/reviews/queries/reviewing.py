"""A partner's desk: what they were asked, what they wrote, and what became of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from safety_partners.core.viewer import Viewer
from safety_partners.insights.models import Insight, Verdict
from safety_partners.people.models import Membership
from safety_partners.reviews.models import Comment, Reviewer, ReviewQuestion, Version
from safety_partners.reviews.queries.becoming import Became, became, later_version


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything a partner's pages need to know: the questions, the others, and their own comments in order."""

    questions: Sequence[ReviewQuestion]
    others: Sequence[Membership]
    comments: Sequence[Comment]

    @property
    def drafts(self) -> list[Comment]:
        return [one for one in self.comments if one.is_draft]

    @property
    def sent(self) -> list[Comment]:
        return [one for one in self.comments if not one.is_draft]

    @property
    def on_the_whole(self) -> list[Comment]:
        return [one for one in self.comments if one.paragraph_id is None and one.question_id is None]

    def answers_to(self, question: ReviewQuestion) -> list[Comment]:
        return [one for one in self.comments if one.question_id == question.pk]


def desk(reviewer: Reviewer, *, with_others: bool = True) -> Desk:
    """Three queries, or two without the others. What somebody wrote down for the partner is here once it is sent."""
    return Desk(
        list(ReviewQuestion.objects.filter(review_id=reviewer.review_id)),
        others(reviewer) if with_others else [],
        own_comments(reviewer),
    )


def others(reviewer: Reviewer) -> list[Membership]:
    """Who else was asked and has not said no, by name."""
    desks = Reviewer.objects.filter(review_id=reviewer.review_id).exclude(pk=reviewer.pk).exclude(status=Reviewer.Status.DECLINED)
    return list(Membership.objects.filter(pk__in=desks.values("membership_id")).named())


def own_comments(reviewer: Reviewer) -> list[Comment]:
    """A partner's comments in one review, in the order of the document: their drafts and all that was sent in their name."""
    rows = Comment.objects.filter(review_id=reviewer.review_id, insight__speaker_id=reviewer.membership_id)
    rows = rows.exclude(insight__status=Insight.Status.DRAFT, insight__recorded_by__isnull=False)
    return list(rows.select_related("insight", "paragraph", "question", "response__by__user").in_order())


def drafts_of(reviewer: Reviewer) -> list[Comment]:
    """What a partner wrote in one review and has not sent yet, in the order of the document."""
    rows = Comment.objects.filter(review_id=reviewer.review_id).drafts().of_speaker(reviewer.membership_id)
    return list(rows.select_related("insight", "paragraph", "question").in_order())


def state_of(drafts: Iterable[Comment]) -> int:
    """A number that is another one as soon as any of these drafts is changed, added or thrown away."""
    said = ",".join(f"{one.pk}:{one.insight.turn}" for one in sorted(drafts, key=lambda one: one.pk))
    return int(hashlib.sha256(said.encode()).hexdigest()[:12], 16)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One comment with what was done, what the partner said about that, and the words before and after."""

    comment: Comment
    verdict: Verdict | None
    became: Became | None


@dataclass(frozen=True, slots=True)
class OutcomePage:
    """All of a partner's comments in one review, and what became of them."""

    outcomes: Sequence[Outcome]
    later: Version | None
    counts: dict[str, int]


def outcome_page(viewer: Viewer, reviewer: Reviewer) -> OutcomePage:
    """Four queries, however many comments there are."""
    comments = [one for one in own_comments(reviewer) if not one.is_draft]
    later = later_version(viewer, reviewer.document, reviewer.review.version.number)
    if later is not None and not later.has_been_issued:
        later = None
    found = became(later, [one.paragraph for one in comments if one.paragraph]) if later else {}
    verdicts: dict[int, Verdict] = {}
    for verdict in (
        Verdict.objects.filter(response__insight__in=[one.insight_id for one in comments]).select_related("response").order_by("id")
    ):
        verdicts[verdict.response.insight_id] = verdict
    counts = {value: sum(one.disposition == value for one in comments) for value in Comment.Disposition.values}
    counts["waiting"] = sum(one.waits for one in comments)
    counts["withdrawn"] = sum(one.is_withdrawn for one in comments)
    outcomes = [Outcome(one, verdicts.get(one.insight_id), found.get(one.paragraph_id or 0)) for one in comments]
    return OutcomePage(outcomes, later, counts)
