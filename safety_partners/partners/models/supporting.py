"""What a partner can count on: access needs that are met, somebody to talk to, and what stays their own."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from safety_partners.core.models import ForViewers, Record
from safety_partners.core.privacy import Kind as Class
from safety_partners.core.privacy import Privacy
from safety_partners.partners.models.partner import KEEP, WITH_PARTNER, Partner, Recorded
from safety_partners.people.models import Membership, Role

if TYPE_CHECKING:
    from safety_partners.core.viewer import Viewer


class InSupport(ForViewers):
    """What those need to know who support a partner, and nobody else: also not whoever checks how records are kept."""

    def visible_to(self, viewer: Viewer) -> InSupport:
        rows = self.filter(partner__organisation_id=viewer.organisation_id)
        if viewer.membership_id is None:
            return rows.none()
        if Role.LEAD in viewer.roles:
            return rows
        me = viewer.membership_id
        return rows.filter(Q(partner__membership_id=me) | Q(partner__contact_id=me) | Q(partner__deputy_id=me))


class AccessNeed(Recorded, Record):
    """What somebody needs to take part, whether it is met, and if not, why; after the Accessible Information Standard (DAPB1605)."""

    class Kind(models.TextChoices):
        FORMAT = "format", _("How papers are made: large print, audio, easy read")
        COMMUNICATION = "communication", _("Communication: an interpreter, captions, a hearing loop")
        CONTACT = "contact", _("How and when to get in touch")
        PLACE = "place", _("The place and the way there")
        TIME = "time", _("Times and breaks")
        OTHER = "other", _("Something else")

    class Status(models.TextChoices):
        ASKED = "asked", _("Not decided yet")
        MET = "met", _("Met")
        NOT_MET = "not met", _("Not met")

    code_prefix = "ACN"
    privacy = Privacy(
        keep=KEEP,
        forget=WITH_PARTNER,
        fields={
            "what": Class.WORDS,
            "status": Class.PERSONAL,
            "reason": Class.WORK,
            "decided_by": Class.PERSONAL,
            "capture": Class.WORK,
            "recorded_by": Class.PERSONAL,
        },
    )

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="access_needs")
    kind = models.CharField(max_length=14, choices=Kind.choices)
    what = models.TextField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.ASKED)
    reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    objects = InSupport.as_manager()

    class Meta:
        constraints = [
            *Recorded.Meta.constraints,
            models.CheckConstraint(name="access_need_not_met_has_reason", condition=~Q(status="not met") | ~Q(reason="")),
            models.CheckConstraint(
                name="access_need_decided_by_and_at",
                condition=Q(status="asked", decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(status="asked") & Q(decided_by__isnull=False, decided_at__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(fields=["partner", "status"], name="access_need_of_partner"),
            models.Index(fields=["id"], name="access_need_unmet", condition=Q(ended_on__isnull=True) & ~Q(status="met")),
        ]

    @property
    def history_root(self) -> Record:
        return self.partner


class CheckIn(Record):
    """A talk between a partner and their named contact: planned, held, and what both agreed to keep."""

    code_prefix = "CKI"
    privacy = Privacy(keep=KEEP, forget=WITH_PARTNER, fields={"agreed": Class.WORK, "with_member": Class.PERSONAL})

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="check_ins")
    with_member = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    planned_on = models.DateField()
    held_on = models.DateField(null=True, blank=True)
    cancelled_on = models.DateField(null=True, blank=True)
    agreed = models.TextField(blank=True)

    objects = InSupport.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="check_in_held_or_cancelled", condition=Q(held_on__isnull=True) | Q(cancelled_on__isnull=True)),
        ]
        indexes = [
            models.Index(fields=["partner", "-planned_on", "-id"], name="check_in_newest"),
            models.Index(
                fields=["with_member", "planned_on"], name="check_in_waiting", condition=Q(held_on__isnull=True, cancelled_on__isnull=True)
            ),
        ]

    @property
    def is_planned(self) -> bool:
        """Still to be held."""
        return self.held_on is None and self.cancelled_on is None

    @property
    def day(self) -> dt.date:
        """The day on which it was held, or is planned."""
        return self.held_on or self.planned_on

    @property
    def history_root(self) -> Record:
        return self.partner


class PrivateNoteQuerySet(ForViewers):
    def visible_to(self, viewer: Viewer) -> PrivateNoteQuerySet:
        """The partner's own; their named contact and deputy see those that the partner shared with them. Nobody else, ever.

        Who has left can no longer take back what they shared, so from then on nobody else sees it.
        """
        rows = self.filter(partner__organisation_id=viewer.organisation_id)
        if viewer.membership_id is None:
            return rows.none()
        me = viewer.membership_id
        support = Q(partner__contact_id=me) | Q(partner__deputy_id=me)
        is_shared = Q(is_shared=True, partner__ended_on__isnull=True)
        return rows.filter(Q(partner__membership_id=me) | (is_shared & support))


class PrivateNote(Record):
    """How it felt, or anything a partner wants to keep for themselves; shared with the named contact only if they say so."""

    code_prefix = "NOT"
    privacy = Privacy(
        keep=_("until the partner deletes it, at the longest as long as the partner's record"),
        forget=_("deleted by the partner at any time, and with the partner's record"),
        fields={"words": Class.WORDS},
    )

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="private_notes")
    check_in = models.ForeignKey(CheckIn, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    words = models.TextField()
    is_shared = models.BooleanField(default=False)

    objects = PrivateNoteQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["partner", "-id"], name="private_note_newest")]

    @property
    def history_root(self) -> Record:
        return self.partner


class EmergencyContact(Record):
    """Whom to call if a partner is unwell while they are with us; nobody needs to name anyone."""

    code_prefix = "EMC"
    privacy = Privacy(
        keep=_("until the partner takes it away or leaves"),
        forget=_("deleted when the partner leaves"),
        fields={"name": Class.CONTACT, "relation": Class.CONTACT, "phone": Class.CONTACT},
    )

    partner = models.OneToOneField(Partner, on_delete=models.CASCADE, related_name="emergency_contact")
    name = models.CharField(max_length=200)
    relation = models.CharField(max_length=100, blank=True)
    phone = models.CharField(max_length=40)

    objects = InSupport.as_manager()

    @property
    def history_root(self) -> Record:
        return self.partner


class PaymentChoiceQuerySet(ForViewers):
    def visible_to(self, viewer: Viewer) -> PaymentChoiceQuerySet:
        """The partner, and those who arrange payment: the lead and finance. Chairs and those who ask partners never."""
        rows = self.filter(partner__organisation_id=viewer.organisation_id)
        if viewer.membership_id is None:
            return rows.none()
        if viewer.has_any_role({Role.LEAD, Role.FINANCE}):
            return rows
        return rows.filter(partner__membership_id=viewer.membership_id)


class PaymentChoice(Recorded, Record):
    """What a partner wants done with the involvement payment that is offered; private, and never asked why."""

    class Choice(models.TextChoices):
        EACH_TIME = "each time", _("Ask me each time")
        FULL = "full", _("Pay me in full")
        PART = "part", _("Pay me a part")
        NONE = "none", _("I do not want to be paid")
        CHARITY = "charity", _("Give it to a charity")

    code_prefix = "PAY"
    privacy = Privacy(
        keep=KEEP, forget=WITH_PARTNER, fields={"choice": Class.PERSONAL, "capture": Class.WORK, "recorded_by": Class.PERSONAL}
    )

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="payment_choices")
    choice = models.CharField(max_length=10, choices=Choice.choices)
    from_on = models.DateField()

    objects = PaymentChoiceQuerySet.as_manager()

    class Meta:
        constraints = [*Recorded.Meta.constraints]
        indexes = [models.Index(fields=["partner", "-from_on", "-id"], name="payment_choice_newest")]

    @property
    def history_root(self) -> Record:
        return self.partner


class LivedExperienceQuerySet(ForViewers):
    def visible_to(self, viewer: Viewer) -> LivedExperienceQuerySet:
        """The partner's own, and whom the partner chose, as long as they are here and can choose otherwise."""
        rows = self.filter(partner__organisation_id=viewer.organisation_id)
        if viewer.membership_id is None:
            return rows.none()
        me, chosen = viewer.membership_id, LivedExperience.SeenBy
        seen = Q(seen_by__in=[chosen.CONTACT, chosen.LEAD]) & (Q(partner__contact_id=me) | Q(partner__deputy_id=me))
        if Role.LEAD in viewer.roles:
            seen |= Q(seen_by=chosen.LEAD)
        return rows.filter(Q(partner__membership_id=me) | (seen & Q(partner__ended_on__isnull=True)))


class LivedExperience(Record):
    """A theme that a partner knows from their own life, only if they want to say so, seen only by whom they choose."""

    class Route(models.TextChoices):
        NOT_SAID = "not said", _("I would rather not say")
        CARE = "care", _("Care that I or someone close to me had")
        COMPLAINT = "complaint", _("A complaint")
        ADVERSE_EVENT = "adverse event", _("A patient safety event")
        WENT_WRONG = "went wrong", _("Something that went wrong")

    class SeenBy(models.TextChoices):
        ONLY_ME = "only me", _("Only me")
        CONTACT = "contact", _("My named contact and deputy")
        LEAD = "lead", _("My named contact, deputy and the partner lead")

    code_prefix = "LEX"
    privacy = Privacy(
        keep=_("until the partner takes it away, at the longest as long as the partner's record"),
        forget=_("deleted by the partner at any time, and with the partner's record"),
        fields={"theme": Class.WORDS, "route": Class.PERSONAL, "seen_by": Class.PERSONAL},
    )

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="lived_experiences")
    theme = models.CharField(max_length=300)
    route = models.CharField(max_length=14, choices=Route.choices, default=Route.NOT_SAID)
    seen_by = models.CharField(max_length=10, choices=SeenBy.choices, default=SeenBy.ONLY_ME)

    objects = LivedExperienceQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["partner", "-id"], name="lived_experience_newest")]

    @property
    def history_root(self) -> Record:
        return self.partner
