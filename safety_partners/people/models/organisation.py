"""Organisations: what they belonged to and when, their services, and where to go when something cannot wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from safety_partners.core.models import ForViewers, Record, StoredFile
from safety_partners.core.privacy import Kind, Privacy
from safety_partners.design.pages import COLOUR_WORDS, Colour

if TYPE_CHECKING:
    from safety_partners.core.viewer import Viewer

AS_LONG_AS_HERE = _("as long as the organisation uses the product")


class Level(models.TextChoices):
    """Where patients have a say: close to care, in an organisation, or over many of them (seed: “at every level”)."""

    SERVICE = "service", _("A practice or a service")
    ORGANISATION = "organisation", _("The whole organisation")
    SYSTEM = "system", _("Several organisations together")


class OrganisationQuerySet(ForViewers):
    def visible_to(self, viewer: Viewer) -> OrganisationQuerySet:
        return self.filter(pk=viewer.organisation_id)


class Organisation(Record):
    """A practice, federation, trust or board that works with partners; its name, look, and clocks in working days."""

    code_prefix = "ORG"
    privacy = Privacy(
        keep=AS_LONG_AS_HERE,
        forget=_("removed by the people who run the installation"),
        fields={
            "name": Kind.PUBLIC,
            "slug": Kind.PUBLIC,
            "colour": Kind.PUBLIC,
            "about": Kind.PUBLIC,
            "contact_name": Kind.PUBLIC,
            "contact_email": Kind.PUBLIC,
            "contact_phone": Kind.PUBLIC,
        },
    )

    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=60, unique=True)
    colour = models.CharField(max_length=10, choices=list(COLOUR_WORDS.items()), default=Colour.BLUE.value)
    logo = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    about = models.TextField(blank=True)
    contact_name = models.CharField(max_length=200, blank=True)
    contact_email = models.EmailField(blank=True)
    contact_phone = models.CharField(max_length=40, blank=True)
    acknowledge_days = models.PositiveSmallIntegerField(default=2)
    own_days = models.PositiveSmallIntegerField(default=5)
    answer_days = models.PositiveSmallIntegerField(default=20)
    is_invented = models.BooleanField(default=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="organisation_clocks_in_order",
                condition=Q(acknowledge_days__gte=1, own_days__gte=F("acknowledge_days"), answer_days__gte=F("own_days")),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def organisation_id(self) -> int:
        """An organisation belongs to itself."""
        return self.pk

    def get_absolute_url(self) -> str:
        return reverse("people:organisation")


class Parentage(models.Model):
    """Which organisation another belonged to, and from when until when: health bodies merge and move."""

    privacy = Privacy(keep=AS_LONG_AS_HERE, forget=_("with the organisation"), fields={})

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="parentages")
    parent = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="children")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="parentage_ends_after_start", condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on"))),
            models.CheckConstraint(name="parentage_not_of_itself", condition=~Q(organisation=F("parent"))),
            models.UniqueConstraint(fields=["organisation"], condition=Q(until_on__isnull=True), name="parentage_one_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} under {self.parent}"


class InOrganisation(ForViewers):
    """Rows that everybody signed in to the organisation may see."""

    def visible_to(self, viewer: Viewer) -> InOrganisation:
        return self.filter(organisation_id=viewer.organisation_id)


class Service(Record):
    """A part of an organisation that people use: a clinic, a team, a practice."""

    code_prefix = "SVC"
    privacy = Privacy(keep=AS_LONG_AS_HERE, forget=_("with the organisation"), fields={"name": Kind.PUBLIC})

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="services")
    name = models.CharField(max_length=200)
    is_open = models.BooleanField(default=True)

    objects = InOrganisation.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="service_name_once")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("people:organisation")


class UrgentContact(Record):
    """Where to go when something cannot wait, or belongs in another channel: shown before anything is shared."""

    class Channel(models.TextChoices):
        RISK_NOW = "risk now", _("If someone is at risk now")
        SAFEGUARDING = "safeguarding", _("Safeguarding")
        COMPLAINTS = "complaints", _("Patient advice and complaints (PALS)")
        EVENTS = "events", _("Recording a patient safety event (LFPSE)")
        SPEAK_UP = "speak up", _("Freedom to Speak Up")

    code_prefix = "URG"
    privacy = Privacy(
        keep=AS_LONG_AS_HERE,
        forget=_("with the organisation"),
        fields={"name": Kind.PUBLIC, "phone": Kind.PUBLIC, "email": Kind.PUBLIC, "address": Kind.PUBLIC, "note": Kind.PUBLIC},
    )

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="urgent_contacts")
    channel = models.CharField(max_length=20, choices=Channel.choices)
    name = models.CharField(max_length=200)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    address = models.URLField(blank=True)
    note = models.CharField(max_length=300, blank=True)

    objects = InOrganisation.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "channel"], name="urgent_contact_one_a_channel"),
            models.CheckConstraint(name="urgent_contact_can_be_reached", condition=~Q(phone="", email="", address="")),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("people:organisation")
