"""Where a partner's words belong in a document, and what the owner did with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from safety_partners.core.models import ForViewers, Record
from safety_partners.core.privacy import Kind as Class
from safety_partners.core.privacy import Privacy
from safety_partners.insights.models import Insight, Response
from safety_partners.reviews.models.document import Document, Paragraph
from safety_partners.reviews.models.review import Review, ReviewQuestion

if TYPE_CHECKING:
    from safety_partners.core.viewer import Viewer


class CommentQuerySet(ForViewers):
    def visible_to(self, viewer: Viewer) -> CommentQuerySet:
        """Exactly as their words: nobody sees a draft of somebody else."""
        return self.filter(insight__in=Insight.objects.visible_to(viewer))

    def shared(self) -> CommentQuerySet:
        """Sent, and not withdrawn."""
        return self.exclude(insight__status__in=[Insight.Status.DRAFT, Insight.Status.WITHDRAWN])

    def drafts(self) -> CommentQuerySet:
        return self.filter(insight__status=Insight.Status.DRAFT)

    def waiting(self) -> CommentQuerySet:
        """Shared, and nobody has answered yet, neither here nor on the page of the words themselves."""
        return self.shared().filter(disposition="", insight__answered_at__isnull=True)

    def of_speaker(self, membership_id: int | None) -> CommentQuerySet:
        """What this person wrote themselves; what somebody wrote down for them is not among it."""
        return self.filter(insight__speaker_id=membership_id, insight__recorded_by__isnull=True)

    def in_order(self) -> CommentQuerySet:
        """Answers to questions and on the whole first, then as the document goes, then as they were written."""
        return self.order_by(models.F("question__number").asc(nulls_last=True), models.F("paragraph__position").asc(nulls_first=True), "id")


class Comment(Record):
    """What one partner says about one paragraph, one question or the whole; the words themselves are an insight."""

    class Disposition(models.TextChoices):
        ACCEPTED = "accepted", _("Accepted")
        PART = "in part", _("Accepted in part")
        NOT_NOW = "not this time", _("Not this time")

    code_prefix = "COM"
    privacy = Privacy(keep=_("as long as the words it places"), forget=_("with the words it places"), fields={"disposition": Class.WORK})

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="comments")
    insight = models.OneToOneField(Insight, on_delete=models.CASCADE, related_name="comment")
    paragraph = models.ForeignKey(Paragraph, null=True, blank=True, on_delete=models.PROTECT, related_name="comments")
    question = models.ForeignKey(ReviewQuestion, null=True, blank=True, on_delete=models.PROTECT, related_name="comments")
    is_late = models.BooleanField(default=False)
    disposition = models.CharField(max_length=14, choices=Disposition.choices, blank=True)
    response = models.OneToOneField(Response, null=True, blank=True, on_delete=models.PROTECT, related_name="comment")

    objects = CommentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="comment_disposed_with_response",
                condition=Q(disposition="", response__isnull=True) | (~Q(disposition="") & Q(response__isnull=False)),
            ),
            models.CheckConstraint(name="comment_on_one_thing", condition=Q(paragraph__isnull=True) | Q(question__isnull=True)),
        ]
        indexes = [models.Index(fields=["review", "id"], name="comment_undisposed", condition=Q(disposition=""))]

    def get_absolute_url(self) -> str:
        return reverse("reviews:comment", args=[self.code])

    @property
    def organisation_id(self) -> int:
        return self.insight.organisation_id

    @property
    def document(self) -> Document:
        return self.review.document

    @property
    def history_root(self) -> Record:
        return self.review.document

    @property
    def is_draft(self) -> bool:
        return self.insight.status == Insight.Status.DRAFT

    @property
    def is_withdrawn(self) -> bool:
        return self.insight.status == Insight.Status.WITHDRAWN

    @property
    def waits(self) -> bool:
        """Sent, and not yet answered."""
        return not (self.is_draft or self.is_withdrawn or self.disposition or self.insight.answered_at)

    @property
    def asks_again(self) -> bool:
        """The partner said that the answer does not answer them, so another one is owed."""
        return self.insight.answered_at is not None and self.insight.status in Insight.ASKS_AN_ANSWER
