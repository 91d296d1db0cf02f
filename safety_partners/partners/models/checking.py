"""Checks: first the decision whether one may be asked at all, then its outcome and day; never a certificate."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from safety_partners.core.models import ForViewers, Record
from safety_partners.core.privacy import Kind as Class
from safety_partners.core.privacy import Privacy
from safety_partners.core.working_days import today
from safety_partners.partners.models.partner import OVERSEERS, WITH_PARTNER, OfPartner, Partner, Recorded
from safety_partners.people.models import Membership

if TYPE_CHECKING:
    from safety_partners.core.viewer import Viewer


class CheckQuerySet(ForViewers):
    def visible_to(self, viewer: Viewer) -> CheckQuerySet:
        """The partner, and those who decide on checks or look after records; a named contact need not know what came of one."""
        rows = self.filter(partner__organisation_id=viewer.organisation_id)
        if viewer.membership_id is None:
            return rows.none()
        if viewer.has_any_role(OVERSEERS):
            return rows
        return rows.filter(partner__membership_id=viewer.membership_id)


class Check(Record):
    """One check for one partner: who decided that it is required, not required or not lawful to ask, why, and what came of it.

    A DBS check may only be asked where the role is eligible in law (DBS eligibility guidance), so the decision comes first.
    """

    class Kind(models.TextChoices):
        DBS = "DBS", _("Criminal record (DBS)")
        IDENTITY = "identity", _("Identity seen")
        REFERENCES = "references", _("References")
        HEALTH = "occupational health", _("Occupational health")

    class Decision(models.TextChoices):
        REQUIRED = "required", _("Required")
        NOT_REQUIRED = "not required", _("Not required")
        NOT_ELIGIBLE = "not eligible", _("Not eligible: the law does not let us ask")

    class Level(models.TextChoices):
        NO_LEVEL = "", _("Does not apply")
        BASIC = "basic", _("Basic")
        STANDARD = "standard", _("Standard")
        ENHANCED = "enhanced", _("Enhanced")

    class Outcome(models.TextChoices):
        WAITING = "", _("Not back yet")
        SATISFACTORY = "satisfactory", _("Nothing that stands in the way")
        TO_TALK_ABOUT = "to talk about", _("Something to talk about together")
        NOT_SATISFACTORY = "not satisfactory", _("Stands in the way of this role")

    code_prefix = "CHK"
    privacy = Privacy(
        keep=_("the outcome six months after it came, then only that it was checked; the organisation confirms this"),
        forget=WITH_PARTNER,
        fields={
            "decision": Class.PERSONAL,
            "level": Class.PERSONAL,
            "reason": Class.WORK,
            "outcome": Class.PERSONAL,
            "decided_by": Class.PERSONAL,
        },
    )

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="checks")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    decision = models.CharField(max_length=14, choices=Decision.choices)
    level = models.CharField(max_length=10, choices=Level.choices, blank=True, default=Level.NO_LEVEL)
    reason = models.TextField()
    decided_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField()
    outcome = models.CharField(max_length=16, choices=Outcome.choices, blank=True, default=Outcome.WAITING)
    outcome_on = models.DateField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    outcome_forgotten_on = models.DateField(null=True, blank=True)

    objects = CheckQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partner", "kind"], name="check_once_a_kind"),
            models.CheckConstraint(
                name="check_outcome_only_when_required", condition=Q(decision="required") | Q(outcome="", outcome_on__isnull=True)
            ),
            models.CheckConstraint(
                name="check_level_for_dbs",
                condition=(Q(kind="DBS", decision="required") & ~Q(level="")) | (~Q(kind="DBS", decision="required") & Q(level="")),
            ),
            models.CheckConstraint(
                name="check_outcome_has_its_day",
                condition=Q(outcome="", outcome_forgotten_on__isnull=False)
                | Q(outcome="", outcome_on__isnull=True)
                | (~Q(outcome="") & Q(outcome_on__isnull=False)),
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("partners:checks", args=[self.partner.code])

    @property
    def is_settled(self) -> bool:
        """Nothing is open: it was not asked for, or it came back with nothing that stands in the way."""
        if self.decision != self.Decision.REQUIRED:
            return True
        return self.outcome == self.Outcome.SATISFACTORY or self.outcome_forgotten_on is not None

    @property
    def history_root(self) -> Record:
        return self.partner


class Declaration(Recorded, Record):
    """A partner's yearly word on their interests: what they are, or that there are none."""

    code_prefix = "DCL"
    privacy = Privacy(
        keep=_("as long as the partner's record"), forget=WITH_PARTNER, fields={"capture": Class.WORK, "recorded_by": Class.PERSONAL}
    )

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="declarations")
    declared_on = models.DateField()
    is_nothing = models.BooleanField()

    objects = OfPartner.as_manager()

    class Meta:
        constraints = [*Recorded.Meta.constraints]
        indexes = [models.Index(fields=["partner", "-declared_on", "-id"], name="declaration_newest")]

    @property
    def history_root(self) -> Record:
        return self.partner


class InterestQuerySet(OfPartner):
    def current(self, on: dt.date) -> InterestQuerySet:
        """What has not ended by a day."""
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gt=on))


class Interest(Record):
    """Something that could bear, or seem to bear, on a partner's view: also the other tables at which they sit."""

    class Kind(models.TextChoices):
        ALSO_SITS = "also sits on", _("I also sit on another group or committee")
        WORK = "work", _("Work, paid or unpaid")
        MONEY = "money", _("Money: shares, contracts, grants")
        PEOPLE = "people", _("Family or close friends")
        OTHER = "other", _("Something else")

    code_prefix = "INT"
    privacy = Privacy(keep=_("as long as the partner's record"), forget=WITH_PARTNER, fields={"what": Class.WORDS, "handling": Class.WORK})

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="interests")
    kind = models.CharField(max_length=14, choices=Kind.choices)
    what = models.TextField()
    from_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)
    handling = models.TextField(blank=True)

    objects = InterestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="interest_ends_after_start",
                condition=Q(until_on__isnull=True) | Q(from_on__isnull=True) | Q(until_on__gte=models.F("from_on")),
            )
        ]
        indexes = [models.Index(fields=["partner", "until_on"], name="interest_of_partner")]

    @property
    def is_over(self) -> bool:
        """It has ended, today at the latest."""
        return self.until_on is not None and self.until_on <= today()

    @property
    def history_root(self) -> Record:
        return self.partner
