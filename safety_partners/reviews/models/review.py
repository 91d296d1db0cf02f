"""A version sent to partners for review: who was asked what, until when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from safety_partners.core.lifecycle import Lifecycle
from safety_partners.core.models import ForViewers, Record
from safety_partners.core.privacy import Kind as Class
from safety_partners.core.privacy import Privacy
from safety_partners.core.working_days import today, working_days_between
from safety_partners.people.models import Membership, Role
from safety_partners.reviews.models.document import KEEP, READERS, WITH_DOCUMENT, Document, Version

if TYPE_CHECKING:
    from safety_partners.core.viewer import Viewer


class ReviewQuerySet(ForViewers):
    def visible_to(self, viewer: Viewer) -> ReviewQuerySet:
        """Staff, the board and governance see all of them; partners those they were asked for."""
        rows = self.filter(version__document__organisation_id=viewer.organisation_id)
        if viewer.has_any_role(READERS):
            return rows
        if viewer.membership_id is None or Role.PARTNER not in viewer.roles:
            return rows.none()
        return rows.filter(pk__in=Reviewer.objects.filter(membership_id=viewer.membership_id).values("review_id"))

    def open(self) -> ReviewQuerySet:
        return self.filter(status=Review.Status.OPEN)

    def with_document(self) -> ReviewQuerySet:
        return self.select_related("version__document__owner__user", "version__document__organisation")


class Review(Record):
    """Partners are asked what they think of one version, until a day, while something can still change."""

    class Stage(models.TextChoices):
        IDEA = "idea", _("An idea: nothing is written in stone")
        DESIGN = "design", _("Being designed: the main lines can change")
        DRAFT = "draft", _("A draft: words and details can change")
        FINAL = "final", _("Nearly final: only some things can change")
        EVALUATION = "evaluation", _("In use: we are looking at how it works")

    class Status(models.TextChoices):
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed: comments are being answered")
        DONE = "done", _("Done: the next version is in force")

    code_prefix = "REV"
    lifecycle = Lifecycle(
        {
            "close": (Status.OPEN, Status.CLOSED),
            "reopen": (Status.CLOSED, Status.OPEN),
            "finish": (Status.CLOSED, Status.DONE),
        }
    )
    privacy = Privacy(
        keep=KEEP,
        forget=WITH_DOCUMENT,
        fields={"asked_by": Class.PERSONAL, "what_can_change": Class.WORK, "note": Class.WORK},
    )

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="reviews")
    asked_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    what_can_change = models.TextField()
    stage = models.CharField(max_length=10, choices=Stage.choices)
    closes_on = models.DateField()
    note = models.TextField(blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    turn = models.PositiveIntegerField(default=0)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="review_says_what_can_change", condition=~Q(what_can_change="")),
            models.UniqueConstraint(fields=["version"], condition=Q(status="open"), name="review_one_open_a_version"),
        ]
        indexes = [models.Index(fields=["status", "closes_on"], name="review_by_closing_day")]

    def get_absolute_url(self) -> str:
        return reverse("reviews:review", args=[self.code])

    @property
    def organisation_id(self) -> int:
        return self.version.document.organisation_id

    @property
    def document(self) -> Document:
        return self.version.document

    @property
    def history_root(self) -> Record:
        return self.version.document

    @property
    def takes_comments(self) -> bool:
        """Until the next version is issued; after the closing day they are late, but taken."""
        return self.status != self.Status.DONE and self.version.status != Version.Status.REPLACED

    @property
    def is_past(self) -> bool:
        """A comment sent now would be late."""
        return self.status != self.Status.OPEN or self.closes_on < today()

    @property
    def working_days_left(self) -> int:
        """Working days after today, up to and with the closing day."""
        return working_days_between(today(), self.closes_on)


class ReviewQuestionQuerySet(ForViewers):
    def visible_to(self, viewer: Viewer) -> ReviewQuestionQuerySet:
        return self.filter(review__in=Review.objects.visible_to(viewer))


class ReviewQuestion(models.Model):
    """Something the owner would like to know from the partners."""

    privacy = Privacy(keep=KEEP, forget=WITH_DOCUMENT, fields={"text": Class.WORK})

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="questions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()

    objects = ReviewQuestionQuerySet.as_manager()

    class Meta:
        ordering = ["review_id", "number"]
        constraints = [models.UniqueConstraint(fields=["review", "number"], name="review_question_number_once")]

    def __str__(self) -> str:
        return self.text


class ReviewerQuerySet(ForViewers):
    def visible_to(self, viewer: Viewer) -> ReviewerQuerySet:
        """Staff, the board and governance see who was asked; partners see their own asking."""
        rows = self.filter(review__version__document__organisation_id=viewer.organisation_id)
        if viewer.has_any_role(READERS):
            return rows
        if viewer.membership_id is None or Role.PARTNER not in viewer.roles:
            return rows.none()
        return rows.filter(membership_id=viewer.membership_id)

    def not_finished(self) -> ReviewerQuerySet:
        return self.filter(status=Reviewer.Status.ASKED)

    def with_review(self) -> ReviewerQuerySet:
        return self.select_related("membership__user", "review__asked_by__user", "review__version__document__owner__user")


class Reviewer(Record):
    """One partner who was asked for one review; a no never needs a reason."""

    class Status(models.TextChoices):
        ASKED = "asked", _("Has not finished yet")
        FINISHED = "finished", _("Has finished")
        DECLINED = "declined", _("Not this time")

    code_prefix = "RVR"
    lifecycle = Lifecycle(
        {
            "finish": (Status.ASKED, Status.FINISHED),
            "decline": (Status.ASKED, Status.DECLINED),
            "reopen": ((Status.FINISHED, Status.DECLINED), Status.ASKED),
        }
    )
    privacy = Privacy(keep=KEEP, forget=_("names are replaced when a person is forgotten"), fields={"membership": Class.PERSONAL})

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="reviewers")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="reviewing")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.ASKED)
    turn = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)
    reminded_for = models.DateField(null=True, blank=True)

    objects = ReviewerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "membership"], name="reviewer_asked_once"),
            models.CheckConstraint(
                name="reviewer_finished_at_when_finished",
                condition=Q(status="finished", finished_at__isnull=False) | (~Q(status="finished") & Q(finished_at__isnull=True)),
            ),
        ]
        indexes = [models.Index(fields=["membership", "status"], name="reviewer_waiting")]

    def get_absolute_url(self) -> str:
        return reverse("reviews:reviewing", args=[self.code])

    @property
    def organisation_id(self) -> int:
        return self.review.organisation_id

    @property
    def document(self) -> Document:
        return self.review.document

    @property
    def history_root(self) -> Record:
        return self.review.document
