"""An import of an existing register: looked at first, taken whole or not at all, and undone if it was a mistake."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from safety_partners.core.lifecycle import Lifecycle
from safety_partners.core.models import ForViewers, Record
from safety_partners.core.privacy import Kind as Class
from safety_partners.core.privacy import Privacy
from safety_partners.core.viewer import Viewer
from safety_partners.partners.models.partner import Partner
from safety_partners.people.models import Membership, Organisation, Role

KEEP = _("90 days after the file was added")


class ImportQuerySet(ForViewers):
    def visible_to(self, viewer: Viewer) -> ImportQuerySet:
        """The lead, who brings in the register."""
        rows = self.filter(organisation_id=viewer.organisation_id)
        return rows if viewer.membership_id is not None and Role.LEAD in viewer.roles else rows.none()


class Import(Record):
    """One file with a register in it: read, looked at row by row, then taken in or thrown away."""

    class Status(models.TextChoices):
        PREVIEW = "preview", _("To look at")
        TAKEN = "taken", _("Taken in")
        UNDONE = "undone", _("Undone")
        DROPPED = "dropped", _("Thrown away")

    code_prefix = "IMP"
    lifecycle = Lifecycle(
        {
            "take": (Status.PREVIEW, Status.TAKEN),
            "drop": (Status.PREVIEW, Status.DROPPED),
            "undo": (Status.TAKEN, Status.UNDONE),
        }
    )
    privacy = Privacy(
        keep=KEEP,
        forget=_("its rows are deleted by the nightly task; the file itself is never kept"),
        fields={"by": Class.PERSONAL, "encoding": Class.WORK, "left_out": Class.WORK},
    )

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    encoding = models.CharField(max_length=30, blank=True)
    # Headings that are none of ours, and names of other sheets.
    left_out = models.JSONField(default=list)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PREVIEW)
    turn = models.PositiveIntegerField(default=0)
    taken_at = models.DateTimeField(null=True, blank=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["organisation", "-id"], name="import_newest")]

    def get_absolute_url(self) -> str:
        return reverse("partners:import", args=[self.code])


class OfImport(ForViewers):
    """Rows of an import, seen by whoever may see the import."""

    def visible_to(self, viewer: Viewer) -> OfImport:
        return self.filter(batch__in=Import.objects.visible_to(viewer))


class ImportRow(Record):
    """One row of the file: what it says, what is wrong with it in plain words, and what it did to which partner."""

    class Does(models.TextChoices):
        ADDS = "adds", _("Adds a partner")
        UPDATES = "updates", _("Updates a partner")
        NOTHING = "nothing", _("Changes nothing")
        WRONG = "wrong", _("Something is wrong")

    code_prefix = "IMR"
    privacy = Privacy(
        keep=KEEP,
        forget=_("deleted by the nightly task"),
        fields={"values": Class.PERSONAL, "before": Class.PERSONAL, "errors": Class.PERSONAL, "notes": Class.PERSONAL},
    )

    batch = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    does = models.CharField(max_length=10, choices=Does.choices)
    values = models.JSONField(default=dict)
    errors = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    before = models.JSONField(default=dict)
    partner = models.ForeignKey(Partner, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects = OfImport.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="import_row_number_once")]
        indexes = [models.Index(fields=["batch", "does", "number"], name="import_row_by_does")]

    @property
    def history_root(self) -> Record:
        return self.batch
