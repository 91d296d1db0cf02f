"""The kinds of activity that an organisation has: the field's own to begin with, and those it adds."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from safety_partners.core.models import Record
from safety_partners.core.privacy import Kind as Class
from safety_partners.core.privacy import Privacy
from safety_partners.people.models import InOrganisation, Organisation


class Shape(models.TextChoices):
    """What an activity of a kind consists of; kinds of one shape share their pages."""

    PLAIN = "plain", _("Something on one or more days")
    PROJECT = "project", _("A project with milestones")
    TRAINING = "training", _("Training that partners design or give")
    PANEL = "panel", _("An interview panel")
    REVIEW = "review", _("A document to review")
    SEAT = "seat", _("A seat on a committee")


class ActivityKind(Record):
    """What sort of thing partners are asked to take part in, such as “quality visit”."""

    code_prefix = "AKD"
    privacy = Privacy(
        keep=_("as long as the organisation uses the product"),
        forget=_("with the organisation"),
        fields={"name": Class.PUBLIC, "hint": Class.PUBLIC},
    )

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)
    hint = models.CharField(max_length=200, blank=True)
    shape = models.CharField(max_length=10, choices=Shape.choices, default=Shape.PLAIN)
    position = models.PositiveSmallIntegerField()
    # A closed kind stays on what was of it, and is offered no more.
    is_open = models.BooleanField(default=True)

    objects = InOrganisation.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="activity_kind_once")]
        indexes = [models.Index(fields=["organisation", "position", "id"], name="activity_kind_in_order")]

    def __str__(self) -> str:
        return self.name
