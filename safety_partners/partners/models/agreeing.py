"""What the two sides agreed: written by both, signed by both, and changed only together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from safety_partners.core.lifecycle import Lifecycle
from safety_partners.core.models import Record
from safety_partners.core.privacy import Kind as Class
from safety_partners.core.privacy import Privacy
from safety_partners.core.seals import Sealed
from safety_partners.partners.models.describing import RoleVersion
from safety_partners.partners.models.partner import KEEP, WITH_PARTNER, OfPartner, Partner, Recorded
from safety_partners.people.models import Membership

if TYPE_CHECKING:
    from safety_partners.core.viewer import Viewer


class Agreement(Sealed, Recorded, Record):
    """A working-together or a confidentiality agreement in one version; signed words never change, a new version follows.

    While it is being written, each side has its own words; ``words`` is what both read when they sign, sealed at the
    second signature.
    """

    class Kind(models.TextChoices):
        WORKING_TOGETHER = "working together", _("How we work together")
        CONFIDENTIALITY = "confidentiality", _("Confidentiality")

    class Status(models.TextChoices):
        DRAFT = "draft", _("Being written")
        TO_SIGN = "to sign", _("Ready to sign")
        SIGNED = "signed", _("Signed by both")
        REPLACED = "replaced", _("Replaced")

    code_prefix = "AGR"
    lifecycle = Lifecycle(
        {
            # So that nobody writes over what somebody else wrote meanwhile.
            "rewrite": (Status.DRAFT, Status.DRAFT),
            "offer": (Status.DRAFT, Status.TO_SIGN),
            "reopen": (Status.TO_SIGN, Status.DRAFT),
            "conclude": (Status.TO_SIGN, Status.SIGNED),
            "replace": (Status.SIGNED, Status.REPLACED),
        }
    )
    privacy = Privacy(
        keep=KEEP,
        forget=WITH_PARTNER,
        fields={
            "words": Class.WORDS,
            "partner_words": Class.WORDS,
            "organisation_words": Class.WORK,
            "checksum": Class.WORK,
            "recorded_by": Class.PERSONAL,
        },
    )

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="agreements")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    number = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    turn = models.PositiveIntegerField(default=0)
    organisation_words = models.TextField()
    partner_words = models.TextField(blank=True)
    # Set also when they have nothing to add: then the silence is theirs.
    partner_wrote_at = models.DateTimeField(null=True, blank=True)
    signed_on = models.DateField(null=True, blank=True)
    renew_on = models.DateField(null=True, blank=True)

    objects = OfPartner.as_manager()

    class Meta:
        constraints = [
            *Recorded.Meta.constraints,
            models.UniqueConstraint(fields=["partner", "kind", "number"], name="agreement_number_once"),
            models.UniqueConstraint(
                fields=["partner", "kind"], condition=Q(status__in=["draft", "to sign"]), name="agreement_one_in_the_making"
            ),
            models.CheckConstraint(
                name="agreement_signed_on",
                condition=~Q(status="signed") | (Q(signed_on__isnull=False) & ~Q(checksum="")),
            ),
        ]
        indexes = [models.Index(fields=["partner", "kind", "-number"], name="agreement_newest")]

    def get_absolute_url(self) -> str:
        return reverse("partners:agreement", args=[self.code])

    @property
    def history_root(self) -> Record:
        return self.partner


class OfAgreement(OfPartner):
    """Rows of an agreement, seen by whoever may see the partner's record."""

    def visible_to(self, viewer: Viewer) -> OfAgreement:
        return self.filter(agreement__partner__in=Partner.objects.visible_to(viewer))


class Signature(Record):
    """One side's yes to an agreement: typed here, signed on paper, or said aloud and recorded."""

    class Party(models.TextChoices):
        PARTNER = "partner", _("The partner")
        ORGANISATION = "organisation", _("The organisation")

    class How(models.TextChoices):
        TYPED = "typed", _("Typed their name here")
        PAPER = "paper", _("Signed on paper")
        VERBAL = "verbal", _("Said yes, by phone or in person")

    code_prefix = "SIG"
    privacy = Privacy(
        keep=KEEP,
        forget=WITH_PARTNER,
        fields={"name": Class.PERSONAL, "signed_by": Class.PERSONAL, "recorded_by": Class.PERSONAL},
    )

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="signatures")
    party = models.CharField(max_length=12, choices=Party.choices)
    how = models.CharField(max_length=10, choices=How.choices)
    name = models.CharField(max_length=200)
    signed_on = models.DateField()
    signed_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    is_read_back = models.BooleanField(default=False)

    objects = OfAgreement.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "party"], name="signature_once_a_party"),
            models.CheckConstraint(
                name="signature_recorded_by_somebody",
                condition=Q(how="typed", recorded_by__isnull=True) | (~Q(how="typed") & Q(recorded_by__isnull=False)),
            ),
        ]

    @property
    def history_root(self) -> Record:
        return self.agreement.partner


class RoleChange(Recorded, Record):
    """A change to what was agreed with a partner: proposed by the organisation, valid only when the partner agrees."""

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        AGREED = "agreed", _("Agreed")
        DECLINED = "declined", _("Not agreed")
        TAKEN_BACK = "taken back", _("Taken back")

    code_prefix = "RCH"
    lifecycle = Lifecycle(
        {
            "agree": (Status.PROPOSED, Status.AGREED),
            "decline": (Status.PROPOSED, Status.DECLINED),
            "take_back": (Status.PROPOSED, Status.TAKEN_BACK),
        }
    )
    privacy = Privacy(
        keep=KEEP,
        forget=WITH_PARTNER,
        fields={"what": Class.WORK, "answer_words": Class.WORDS, "proposed_by": Class.PERSONAL, "recorded_by": Class.PERSONAL},
    )

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="role_changes")
    role = models.ForeignKey(RoleVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    what = models.TextField()
    from_on = models.DateField()
    proposed_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PROPOSED)
    turn = models.PositiveIntegerField(default=0)
    answer_words = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    in_force_on = models.DateField(null=True, blank=True)

    objects = OfPartner.as_manager()

    class Meta:
        constraints = [
            *Recorded.Meta.constraints,
            models.UniqueConstraint(fields=["partner"], condition=Q(status="proposed"), name="role_change_one_at_a_time"),
            models.CheckConstraint(name="role_change_in_force_when_agreed", condition=Q(in_force_on__isnull=True) | Q(status="agreed")),
        ]
        indexes = [
            models.Index(fields=["from_on"], name="role_change_to_come", condition=Q(status="agreed", in_force_on__isnull=True)),
        ]

    @property
    def history_root(self) -> Record:
        return self.partner
