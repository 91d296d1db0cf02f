"""The programme itself: who is responsible, its policy, and the organisation's own words for letters and agreements."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from safety_partners.core.models import Record
from safety_partners.core.privacy import Kind as Class
from safety_partners.core.privacy import Privacy
from safety_partners.people.models import InOrganisation, Organisation

KEEP = _("as long as the organisation uses the product")
WITH_ORGANISATION = _("with the organisation")


class Programme(Record):
    """An organisation's partner programme: the people who answer for it, and its policy with the day to look at it again."""

    code_prefix = "PRG"
    privacy = Privacy(
        keep=KEEP,
        forget=WITH_ORGANISATION,
        fields={
            "executive": Class.PERSONAL,
            "responsible_officer": Class.PERSONAL,
            "lead": Class.PERSONAL,
            "safety_specialist": Class.PERSONAL,
            "policy_title": Class.WORK,
            "policy_link": Class.WORK,
        },
    )

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="programme")
    # Names and not members: those who answer for a programme need not sign in here.
    executive = models.CharField(max_length=200, blank=True)
    responsible_officer = models.CharField(max_length=200, blank=True)
    lead = models.CharField(max_length=200, blank=True)
    safety_specialist = models.CharField(max_length=200, blank=True)
    policy_title = models.CharField(max_length=200, blank=True)
    policy_link = models.URLField(blank=True)
    policy_review_on = models.DateField(null=True, blank=True)
    # Starting values of ours, which no national rule sets: the organisation confirms them.
    term_months = models.PositiveSmallIntegerField(default=24)
    keep_interest_months = models.PositiveSmallIntegerField(default=6)
    set_up_at = models.DateTimeField(null=True, blank=True)

    objects = InOrganisation.as_manager()

    def get_absolute_url(self) -> str:
        return reverse("partners:set-up")


class Template(Record):
    """The organisation's own words for a letter or an agreement; where there are none, the product's words are used."""

    class Purpose(models.TextChoices):
        WORKING_TOGETHER = "working together", _("Working-together agreement")
        CONFIDENTIALITY = "confidentiality", _("Confidentiality agreement")
        RECEIVED = "received", _("Thank you for your interest")
        CHAT = "chat", _("Invitation to a chat")
        MEETING = "meeting", _("Invitation to a meeting")
        OFFER = "offer", _("Offer")
        WELCOME = "welcome", _("Welcome")
        NOT_NOW = "not now", _("Not now")
        THANKS = "thanks", _("Thanks at the end")

    code_prefix = "TPL"
    privacy = Privacy(keep=KEEP, forget=WITH_ORGANISATION, fields={"subject": Class.WORK, "text": Class.WORK})

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField()

    objects = InOrganisation.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "purpose"], name="template_once_a_purpose")]

    def get_absolute_url(self) -> str:
        return reverse("partners:wording", args=[self.purpose.replace(" ", "-")])
