"""What is needed before somebody starts and kept in date afterwards: each with a reason, an owner and a day."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Case, Q, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from safety_partners.core.lifecycle import Lifecycle
from safety_partners.core.models import ForViewers, Record
from safety_partners.core.privacy import Kind as Class
from safety_partners.core.privacy import Privacy
from safety_partners.partners.models.partner import KEEP, OVERSEERS, WITH_PARTNER, Partner
from safety_partners.people.models import InOrganisation, Membership, Organisation

if TYPE_CHECKING:
    from safety_partners.core.viewer import Viewer

# After every day that anybody can owe something by: what has no day yet, and what nobody waits for.
NO_DAY, NEVER = dt.date(9999, 12, 30), dt.date(9999, 12, 31)


class NeedKind(models.TextChoices):
    """What sort of thing is needed; those with a record of their own are done by that record's command."""

    AGREEMENT = "agreement", _("Working-together agreement")
    CONFIDENTIALITY = "confidentiality", _("Confidentiality agreement")
    INTERESTS = "interests", _("Declaration of interests")
    CHECK = "check", _("Checks")
    TRAINING = "training", _("Training")
    INDUCTION = "induction", _("Induction")
    CONTACT = "contact", _("Named contact and deputy")
    ACCESS = "access", _("Access needs")
    TERM = "term", _("Term")


class PlanItem(Record):
    """Something that the organisation asks of every new partner, with the reason: its training and induction plan as data."""

    class Owner(models.TextChoices):
        PARTNER = "partner", _("The partner")
        CONTACT = "contact", _("Their named contact")
        LEAD = "lead", _("The partner lead")

    code_prefix = "PLN"
    privacy = Privacy(
        keep=_("as long as the organisation uses the product"),
        forget=_("with the organisation"),
        fields={"title": Class.WORK, "why": Class.WORK, "link": Class.WORK},
    )

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=NeedKind.choices)
    title = models.CharField(max_length=200)
    why = models.TextField()
    owner_kind = models.CharField(max_length=10, choices=Owner.choices, default=Owner.LEAD)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    link = models.URLField(blank=True)
    is_required = models.BooleanField(default=True)
    due_in_days = models.PositiveSmallIntegerField(default=30)
    valid_months = models.PositiveSmallIntegerField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    is_open = models.BooleanField(default=True)

    objects = InOrganisation.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "title"], name="plan_item_title_once")]
        indexes = [models.Index(fields=["organisation", "position", "id"], name="plan_item_in_order")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("partners:plan")


class NeedQuerySet(ForViewers):
    def visible_to(self, viewer: Viewer) -> NeedQuerySet:
        rows = self.filter(organisation_id=viewer.organisation_id)
        if viewer.is_signed_in and viewer.has_any_role(OVERSEERS):
            # Who sees every partner sees everything they need: nothing has to be looked up.
            return rows
        return rows.filter(partner__in=Partner.objects.visible_to(viewer))

    def missing(self, on: dt.date) -> NeedQuerySet:
        """Required, and not there on a day: never done, or run out."""
        return self.filter(is_required=True).filter(Q(status=Need.Status.NEEDED) | Q(status=Need.Status.DONE, expires_on__lte=on))

    def running_out(self, on: dt.date, days: int = 90) -> NeedQuerySet:
        """Done, and in date on a day, but not ``days`` calendar days later."""
        return self.filter(status=Need.Status.DONE, expires_on__gt=on, expires_on__lte=on + dt.timedelta(days=days))


class Need(Record):
    """One thing that one partner needs: who sees to it, by when, done or not needed, and until when it holds."""

    class Status(models.TextChoices):
        NEEDED = "needed", _("Needed")
        DONE = "done", _("Done")
        NOT_NEEDED = "not needed", _("Not needed")

    code_prefix = "NED"
    lifecycle = Lifecycle(
        {
            "finish": ((Status.NEEDED, Status.DONE), Status.DONE),
            "set_aside": (Status.NEEDED, Status.NOT_NEEDED),
            "ask_again": ((Status.DONE, Status.NOT_NEEDED), Status.NEEDED),
        }
    )
    privacy = Privacy(
        keep=KEEP,
        forget=WITH_PARTNER,
        fields={
            "title": Class.WORK,
            "why": Class.WORK,
            "link": Class.WORK,
            "evidence": Class.WORK,
            "set_aside_because": Class.WORK,
            "owner": Class.PERSONAL,
        },
    )

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="needs")
    item = models.ForeignKey(PlanItem, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    kind = models.CharField(max_length=20, choices=NeedKind.choices)
    title = models.CharField(max_length=200)
    why = models.TextField(blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    link = models.URLField(blank=True)
    is_required = models.BooleanField(default=True)
    valid_months = models.PositiveSmallIntegerField(null=True, blank=True)
    owner = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.NEEDED)
    turn = models.PositiveIntegerField(default=0)
    done_on = models.DateField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    evidence = models.CharField(max_length=300, blank=True)
    set_aside_because = models.CharField(max_length=300, blank=True)
    told_days = models.PositiveSmallIntegerField(null=True, blank=True)
    # The day that one list of everything goes by; the database works it out, so nothing can forget to.
    next_on = models.GeneratedField(
        expression=Case(
            When(status="needed", then=Coalesce("due_on", Value(NO_DAY))),
            default=Coalesce("expires_on", Value(NEVER)),
        ),
        output_field=models.DateField(),
        db_persist=True,
    )

    objects = NeedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="need_done_on", condition=Q(status="done", done_on__isnull=False) | (~Q(status="done") & Q(done_on__isnull=True))
            ),
            models.CheckConstraint(
                name="need_set_aside_with_reason",
                condition=(Q(status="not needed") & ~Q(set_aside_because="")) | (~Q(status="not needed") & Q(set_aside_because="")),
            ),
            models.CheckConstraint(name="need_expires_after_done", condition=Q(expires_on__isnull=True) | Q(done_on__isnull=False)),
        ]
        indexes = [
            models.Index(fields=["partner", "status", "is_required", "expires_on"], name="need_of_partner"),
            models.Index(fields=["organisation", "next_on", "id"], name="need_next"),
            models.Index(fields=["expires_on"], name="need_expiring", condition=Q(expires_on__isnull=False)),
            models.Index(fields=["owner", "status", "due_on"], name="need_of_owner"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("partners:need", args=[self.code])

    @property
    def history_root(self) -> Record:
        return self.partner
