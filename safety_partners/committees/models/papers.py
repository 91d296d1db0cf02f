"""Papers and their versions, who read them, and copies in the formats that partners need."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from safety_partners.committees.models.agenda import Classification, Item, Recusal, may_open_class, near, runs_committee
from safety_partners.committees.models.committee import KEEP, Committee
from safety_partners.committees.models.meeting import WITH_MEETING
from safety_partners.core.lifecycle import Lifecycle
from safety_partners.core.models import ForViewers, Record, StoredFile
from safety_partners.core.privacy import Kind as Class
from safety_partners.core.privacy import Privacy
from safety_partners.partners.models import AccessNeed
from safety_partners.people.models import Membership, Role

if TYPE_CHECKING:
    from safety_partners.core.viewer import Viewer


def lines_of(text: str) -> list[str]:
    """What stands there one a line, empty lines left out."""
    return [line.strip() for line in text.splitlines() if line.strip()]


class PaperQuerySet(ForViewers):
    def visible_to(self, viewer: Viewer) -> PaperQuerySet:
        """By the class of its item and by its own, and for its author; never for whoever has stepped back from the item."""
        if viewer.membership_id is None:
            return self.none()
        stepped_back = Recusal.objects.in_force().filter(item=OuterRef("item_id"), membership_id=viewer.membership_id)
        in_class = may_open_class(viewer, "item__meeting") & may_open_class(viewer, "item__meeting", "item__classification")
        is_theirs = Q(author_id=viewer.membership_id, item__meeting__organisation_id=viewer.organisation_id)
        roughly = near(viewer, Paper.objects.all(), "item__meeting", author_id=viewer.membership_id)
        rows = self.filter(roughly, in_class | is_theirs, ~Exists(stepped_back))
        # What was taken out is kept for the record, which those who run the committee keep.
        if Role.LEAD in viewer.roles:
            return rows
        return rows.filter(Q(withdrawn_at__isnull=True) | runs_committee(viewer, "item__meeting__committee"))

    def there(self) -> PaperQuerySet:
        """Those that have arrived and were not taken out again."""
        return self.filter(arrived_at__isnull=False, withdrawn_at__isnull=True)

    def awaited(self) -> PaperQuerySet:
        """Promised, and not there yet."""
        return self.filter(arrived_at__isnull=True, withdrawn_at__isnull=True)


class Paper(Record):
    """One paper for one item: in plain English beside the file, with what partners are asked and a warning if it is hard to read."""

    code_prefix = "PPR"
    privacy = Privacy(
        keep=KEEP,
        forget=WITH_MEETING,
        fields={
            "title": Class.WORK,
            "author": Class.PERSONAL,
            "summary": Class.WORK,
            "jargon": Class.WORK,
            "questions": Class.WORK,
            "distress_note": Class.WORK,
        },
    )

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="papers")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    author = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    summary = models.TextField(blank=True)
    # One term a line: "term: what it means".
    jargon = models.TextField(blank=True)
    # What we would like partners to tell us: one a line, three at most.
    questions = models.TextField(blank=True)
    minutes_to_read = models.PositiveSmallIntegerField(null=True, blank=True)
    is_distressing = models.BooleanField(default=False)
    distress_note = models.TextField(blank=True)
    classification = models.CharField(max_length=12, choices=Classification.choices, default=Classification.OPEN)
    turn = models.PositiveIntegerField(default=0)
    arrived_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = PaperQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="paper_distress_is_explained", condition=Q(is_distressing=False) | ~Q(distress_note="")),
        ]
        indexes = [
            models.Index(fields=["item", "position"], name="paper_in_order"),
            models.Index(fields=["author"], name="paper_awaited_from", condition=Q(arrived_at__isnull=True, withdrawn_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("committees:paper", args=[self.code])

    @property
    def organisation_id(self) -> int:
        return self.item.meeting.organisation_id

    @property
    def committee(self) -> Committee:
        return self.item.meeting.committee

    @property
    def due_on(self) -> dt.date:
        return self.item.meeting.papers_due_on

    @property
    def history_root(self) -> Record:
        return self.item.meeting.committee


class OfPaper(ForViewers):
    """Rows that belong to a paper, seen by whoever may open it."""

    def visible_to(self, viewer: Viewer) -> OfPaper:
        return self.filter(Exists(Paper.objects.visible_to(viewer).filter(pk=OuterRef("paper_id"))))


class PaperVersion(Record):
    """The file of a paper as it was at one time, or the words typed for it; replaced by a newer one, and kept."""

    code_prefix = "PPV"
    privacy = Privacy(
        keep=KEEP,
        forget=_("with the paper"),
        fields={"file": Class.WORK, "words": Class.WORK, "blocks": Class.WORK, "note": Class.WORK, "by": Class.PERSONAL},
    )

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    words = models.TextField(blank=True)
    # What was read in the file, part by part (:class:`reading.Block`): for the search, the pack, and whoever cannot see a page.
    blocks = models.JSONField(default=list)
    # How many pages of a PDF go into the pack as they are; without a number its words go in.
    page_count = models.PositiveIntegerField(null=True, blank=True)
    # What is different from the version before.
    note = models.TextField(blank=True)
    is_late = models.BooleanField(default=False)
    by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")

    objects = OfPaper.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["paper", "number"], name="paper_version_number_once"),
            models.CheckConstraint(
                name="paper_version_file_or_words", condition=(Q(file__isnull=True) & ~Q(words="")) | (Q(file__isnull=False) & Q(words=""))
            ),
        ]

    @property
    def history_root(self) -> Record:
        return self.paper.item.meeting.committee


class ReadingQuerySet(ForViewers):
    def visible_to(self, viewer: Viewer) -> ReadingQuerySet:
        """Each person's own; of restricted papers also those who check access."""
        rows = self.filter(version__paper__item__meeting__organisation_id=viewer.organisation_id)
        if viewer.membership_id is None:
            return rows.none()
        own = Q(membership_id=viewer.membership_id)
        if viewer.has_any_role({Role.LEAD, Role.GOVERNANCE}):
            own |= Q(version__paper__classification=Classification.RESTRICTED)
            own |= Q(version__paper__item__classification=Classification.RESTRICTED)
        return rows.filter(own)


class Reading(Record):
    """Somebody opened a version of a paper: so that they are told when it is replaced, and access to restricted papers is known."""

    code_prefix = "RDG"
    privacy = Privacy(keep=KEEP, forget=_("with the paper"), fields={"membership": Class.PERSONAL})

    version = models.ForeignKey(PaperVersion, on_delete=models.CASCADE, related_name="readings")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    objects = ReadingQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "membership"], name="reading_once")]
        indexes = [models.Index(fields=["membership", "version"], name="reading_of_person")]

    @property
    def history_root(self) -> Record:
        return self.version.paper.item.meeting.committee


class FormatCopyQuerySet(ForViewers):
    def visible_to(self, viewer: Viewer) -> FormatCopyQuerySet:
        """The partner who needs it, those who make it, and the lead; only where they may open the paper."""
        rows = self.filter(Exists(Paper.objects.visible_to(viewer).filter(pk=OuterRef("paper_id"))))
        if Role.LEAD in viewer.roles:
            return rows
        is_own = Q(need__partner__membership_id=viewer.membership_id)
        return rows.filter(is_own | runs_committee(viewer, "paper__item__meeting__committee"))


class FormatCopy(Record):
    """A paper in the format that one partner needs: wanted, ready (and when), or not ready and why."""

    class Status(models.TextChoices):
        WANTED = "wanted", _("To be made")
        READY = "ready", _("Ready")
        NOT_READY = "not ready", _("Cannot be made")

    code_prefix = "FMT"
    lifecycle = Lifecycle(
        {
            "make_ready": ((Status.WANTED, Status.NOT_READY), Status.READY),
            "give_up": (Status.WANTED, Status.NOT_READY),
            # The paper was replaced, so its copy is out of date.
            "make_again": ((Status.READY, Status.NOT_READY), Status.WANTED),
        }
    )
    privacy = Privacy(keep=KEEP, forget=_("with the paper"), fields={"file": Class.WORK, "reason": Class.WORK, "done_by": Class.PERSONAL})

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="format_copies")
    need = models.ForeignKey(AccessNeed, on_delete=models.CASCADE, related_name="+")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.WANTED)
    turn = models.PositiveIntegerField(default=0)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = FormatCopyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "format copies"
        constraints = [
            models.UniqueConstraint(fields=["paper", "need"], name="format_copy_once"),
            models.CheckConstraint(name="format_copy_not_ready_has_reason", condition=~Q(status="not ready") | ~Q(reason="")),
            models.CheckConstraint(
                name="format_copy_done_by_and_at",
                condition=Q(status="wanted", done_by__isnull=True, done_at__isnull=True)
                | (~Q(status="wanted") & Q(done_by__isnull=False, done_at__isnull=False)),
            ),
        ]

    @property
    def history_root(self) -> Record:
        return self.paper.item.meeting.committee
