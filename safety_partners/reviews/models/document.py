"""Documents, their versions as they were read, and which paragraph became which."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from safety_partners.core.lifecycle import Lifecycle
from safety_partners.core.models import ForViewers, Record, StoredFile
from safety_partners.core.privacy import Kind as Class
from safety_partners.core.privacy import Privacy
from safety_partners.people.models import Membership, Organisation, Role, Service
from safety_partners.people.policies import STAFF_ROLES

if TYPE_CHECKING:
    from safety_partners.core.viewer import Viewer

KEEP = _("as long as the organisation uses the product: policies are kept for the life of the organisation")
WITH_DOCUMENT = _("with the document")
# Staff work on documents; the board and governance read them. Group chairs are not here.
READERS = STAFF_ROLES | {Role.BOARD, Role.GOVERNANCE}
NO_DAY = dt.date.max


class DocumentQuerySet(ForViewers):
    def visible_to(self, viewer: Viewer) -> DocumentQuerySet:
        """Staff, the board and governance see all of them; partners those they were asked about."""
        rows = self.filter(organisation_id=viewer.organisation_id)
        if viewer.has_any_role(READERS):
            return rows
        if viewer.membership_id is None or Role.PARTNER not in viewer.roles:
            return rows.none()
        return rows.filter(pk__in=Document.objects.filter(versions__reviews__reviewers__membership_id=viewer.membership_id).values("pk"))

    def with_review_day(self) -> DocumentQuerySet:
        """With ``review_day``, the day to look at it again; far away where none is set, so that lists can be sorted by it."""
        rows: DocumentQuerySet = self.annotate(review_day=Coalesce("next_review_on", NO_DAY))
        return rows


class Document(Record):
    """A policy, a process or other paper that the organisation works by, with somebody who looks after it."""

    code_prefix = "DOC"
    privacy = Privacy(
        keep=KEEP,
        forget=_("with the organisation"),
        fields={"title": Class.WORK, "reference": Class.WORK, "owner": Class.PERSONAL},
    )

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    reference = models.CharField(max_length=60, blank=True)
    owner = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="documents")
    service = models.ForeignKey(Service, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    affects_patients = models.BooleanField()
    next_review_on = models.DateField(null=True, blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "title", "id"], name="document_by_title"),
            models.Index(fields=["organisation", "next_review_on", "id"], name="document_by_review_day"),
            models.Index(fields=["owner", "next_review_on"], name="document_of_owner"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("reviews:document", args=[self.code])


class VersionQuerySet(ForViewers):
    def visible_to(self, viewer: Viewer) -> VersionQuerySet:
        """As documents; partners see what they were asked about, and whatever was issued of the same documents."""
        rows = self.filter(document__in=Document.objects.visible_to(viewer))
        if viewer.has_any_role(READERS):
            return rows
        asked = Version.objects.filter(reviews__reviewers__membership_id=viewer.membership_id or 0)
        return rows.filter(Q(issued_at__isnull=False) | Q(pk__in=asked.values("pk")))

    def in_force(self) -> VersionQuerySet:
        return self.filter(status=Version.Status.ISSUED)


class Version(Record):
    """One state of a document, read from one file into paragraphs that never change."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("Not in force yet")
        ISSUED = "issued", _("In force")
        REPLACED = "replaced", _("Replaced")

    class SourceKind(models.TextChoices):
        PDF = "pdf", _("PDF")
        WORD = "word", _("Word document")

    code_prefix = "VRS"
    lifecycle = Lifecycle(
        {
            "issue": (Status.WAITING, Status.ISSUED),
            "replace": ((Status.ISSUED, Status.WAITING), Status.REPLACED),
        }
    )
    privacy = Privacy(
        keep=KEEP,
        forget=WITH_DOCUMENT,
        fields={"label": Class.WORK, "file": Class.WORK, "source_kind": Class.WORK, "added_by": Class.PERSONAL},
    )

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    label = models.CharField(max_length=20)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    source_kind = models.CharField(max_length=10, choices=SourceKind.choices)
    page_count = models.PositiveIntegerField(null=True, blank=True)
    word_count = models.PositiveIntegerField()
    paragraph_count = models.PositiveIntegerField()
    approved_on = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.WAITING)
    turn = models.PositiveIntegerField(default=0)
    issued_at = models.DateTimeField(null=True, blank=True)
    added_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    objects = VersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="version_number_once"),
            models.UniqueConstraint(fields=["document", "label"], name="version_label_once"),
            models.UniqueConstraint(fields=["document"], condition=Q(status="issued"), name="version_one_in_force"),
            models.CheckConstraint(name="version_counts_from_one", condition=Q(number__gte=1)),
            models.CheckConstraint(
                name="version_issued_at_when_issued",
                condition=Q(status="waiting", issued_at__isnull=True) | Q(status="issued", issued_at__isnull=False) | Q(status="replaced"),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return reverse("reviews:version", args=[self.code])

    @property
    def organisation_id(self) -> int:
        return self.document.organisation_id

    @property
    def history_root(self) -> Record:
        return self.document

    @property
    def has_been_issued(self) -> bool:
        return self.issued_at is not None

    @property
    def reading_minutes(self) -> int:
        """How long it takes to read at 200 words a minute, a calm speed for such papers; in steps of five from ten on."""
        minutes = max(1, -(-self.word_count // 200))
        return minutes if minutes < 10 else 5 * round(minutes / 5)

    @property
    def reading_time(self) -> str:
        """The same in words: ``1 hour 20 minutes``."""
        hours, minutes = divmod(self.reading_minutes, 60)
        parts = [ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}] if hours else []
        if minutes:
            parts.append(ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes})
        return " ".join(parts)


class ParagraphQuerySet(ForViewers):
    def visible_to(self, viewer: Viewer) -> ParagraphQuerySet:
        return self.filter(version__in=Version.objects.visible_to(viewer))

    def headings(self) -> ParagraphQuerySet:
        return self.filter(kind=Paragraph.Kind.HEADING)


class Paragraph(models.Model):
    """One heading, paragraph, list item, table or note of a version, in its place. The database refuses to change it."""

    class Kind(models.TextChoices):
        HEADING = "heading", _("Heading")
        PARAGRAPH = "paragraph", _("Paragraph")
        LIST_ITEM = "list_item", _("List item")
        TABLE = "table", _("Table")
        CONTENTS = "contents", _("Line of a contents page")
        NOTE = "note", _("Note")

    privacy = Privacy(
        keep=KEEP,
        forget=WITH_DOCUMENT,
        fields={"kind": Class.WORK, "number": Class.WORK, "text": Class.WORK, "rows": Class.WORK},
    )

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="paragraphs")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    level = models.PositiveSmallIntegerField(default=0)
    number = models.CharField(max_length=40, blank=True)
    text = models.TextField(blank=True)
    rows = models.JSONField(default=list, blank=True)
    head_rows = models.PositiveSmallIntegerField(default=0)
    page = models.PositiveIntegerField(null=True, blank=True)

    objects = ParagraphQuerySet.as_manager()

    class Meta:
        ordering = ["version_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="paragraph_position_once"),
            models.CheckConstraint(name="paragraph_counts_from_one", condition=Q(position__gte=1)),
            models.CheckConstraint(name="paragraph_says_something", condition=~Q(text="") | ~Q(number="") | Q(kind="table")),
        ]
        indexes = [models.Index(fields=["version", "position"], name="paragraph_headings", condition=Q(kind="heading"))]

    def __str__(self) -> str:
        return f"{self.anchor} of version {self.version_id}"

    @property
    def anchor(self) -> str:
        """Where it stands on a page, and what it is called on the phone: ``p12``."""
        return f"p{self.position}"

    @property
    def reading(self) -> str:
        """Its printed number, then its text."""
        return f"{self.number} {self.text}".strip()

    @property
    def opening(self) -> str:
        """Its printed number and first words, enough to know it again."""
        return opening_of(self.reading)

    @property
    def short(self) -> str:
        """A few words, for links that are many on a page."""
        return opening_of(self.reading, 40)


def opening_of(text: str, limit: int = 80) -> str:
    """The first words of a text on one line, with three dots where more follows."""
    text = " ".join(text.split())
    return text if len(text) <= limit else f"{text[:limit].rsplit(' ', 1)[0]}…"


class MatchQuerySet(ForViewers):
    def visible_to(self, viewer: Viewer) -> MatchQuerySet:
        return self.filter(version__in=Version.objects.visible_to(viewer))


class Match(models.Model):
    """What became, in a newer version, of one paragraph of an older one; a paragraph that was split has several."""

    class Relation(models.TextChoices):
        UNCHANGED = "unchanged", _("Unchanged")
        CHANGED = "changed", _("Changed")
        MOVED = "moved", _("Moved")
        MOVED_AND_CHANGED = "moved and changed", _("Moved and changed")
        SPLIT = "split", _("Split into several")
        MERGED = "merged", _("Joined with others")
        DELETED = "deleted", _("Taken out")

    privacy = Privacy(keep=KEEP, forget=WITH_DOCUMENT, fields={"relation": Class.WORK})

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="matches")
    old = models.ForeignKey(Paragraph, on_delete=models.CASCADE, related_name="matches_later")
    new = models.ForeignKey(Paragraph, null=True, on_delete=models.CASCADE, related_name="matches_before")
    relation = models.CharField(max_length=20, choices=Relation.choices)

    objects = MatchQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "old", "new"], name="match_once"),
            models.UniqueConstraint(fields=["version", "old"], condition=Q(new__isnull=True), name="match_gone_once"),
            models.CheckConstraint(
                name="match_gone_or_somewhere",
                condition=Q(relation="deleted", new__isnull=True) | (~Q(relation="deleted") & Q(new__isnull=False)),
            ),
        ]
        indexes = [models.Index(fields=["version", "relation"], name="match_by_relation")]

    def __str__(self) -> str:
        return f"{self.old_id} {self.relation} {self.new_id or ''}".strip()
