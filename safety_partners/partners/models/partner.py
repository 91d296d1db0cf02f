"""A Patient Safety Partner and the terms for which they serve."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from safety_partners.core import names
from safety_partners.core.lifecycle import Lifecycle
from safety_partners.core.models import ForViewers, Record
from safety_partners.core.privacy import Kind as Class
from safety_partners.core.privacy import Privacy
from safety_partners.partners.models.describing import RoleVersion
from safety_partners.people.models import Membership, Organisation, Role

if TYPE_CHECKING:
    from safety_partners.core.viewer import Viewer

# No line for lay partners was found in the NHS Records Management Code: six years is our proposal, the organisation confirms it.
KEEP = _("as long as the organisation has set after the person left; we propose six years")
FORGET = _("deleted when the partner's record is forgotten; who was a partner and when stays as a count")
WITH_PARTNER = _("with the partner's record")
# As much of a name as is searched and sorted by; an index of PostgreSQL holds no longer ones in every script.
KEY_LENGTH = 500
# These see every partner's record: who runs the programme, and who checks how records are kept.
OVERSEERS = frozenset({Role.LEAD, Role.GOVERNANCE})


class Recorded(models.Model):
    """What a partner said themselves here, or what somebody recorded for them: who, how, and that it was read back."""

    class Capture(models.TextChoices):
        TYPED = "typed", _("Typed by the person")
        PHONE = "phone", _("Said on the phone")
        LETTER = "letter", _("Written in a letter")
        MEETING = "meeting", _("Said in person")

    capture = models.CharField(max_length=10, choices=Capture.choices, default=Capture.TYPED)
    recorded_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    is_read_back = models.BooleanField(default=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_recorded_by_somebody",
                condition=Q(capture="typed", recorded_by__isnull=True) | (~Q(capture="typed") & Q(recorded_by__isnull=False)),
            )
        ]


class PartnerQuerySet(ForViewers):
    def visible_to(self, viewer: Viewer) -> PartnerQuerySet:
        """The lead and information governance see all; a named contact and deputy theirs; partners themselves."""
        rows = self.filter(organisation_id=viewer.organisation_id)
        if viewer.membership_id is None:
            return rows.none()
        if viewer.has_any_role(OVERSEERS):
            return rows
        me = viewer.membership_id
        return rows.filter(Q(membership_id=me) | Q(contact_id=me) | Q(deputy_id=me))

    def serving(self) -> PartnerQuerySet:
        """Everybody who has not left."""
        return self.exclude(status__in=[Partner.Status.LEFT, Partner.Status.FORGOTTEN])

    def with_people(self) -> PartnerQuerySet:
        return self.select_related("membership__user", "contact__user", "deputy__user", "buddy__membership__user", "organisation")


class Connection(models.TextChoices):
    """How somebody knows care: never more than they wish to say."""

    PATIENT = "patient", _("A patient, now or before")
    CARER = "carer", _("A carer")
    FAMILY = "family", _("A family member or friend of a patient")
    OTHER_LAY = "other lay person", _("Another member of the public")
    NHS_ELSEWHERE = "NHS staff elsewhere", _("I work for another NHS organisation, and would take part as a member of the public")
    NOT_SAID = "not said", _("I would rather not say")


class Partner(Record):
    """A Patient Safety Partner: a patient, carer, family member or other lay person who works beside the organisation."""

    class Status(models.TextChoices):
        JOINING = "joining", _("Joining")
        ACTIVE = "active", _("Active")
        PAUSED = "paused", _("Paused")
        LEAVING = "leaving", _("Leaving")
        LEFT = "left", _("Left")
        FORGOTTEN = "forgotten", _("Left, and the record was forgotten")

    code_prefix = "PSP"
    lifecycle = Lifecycle(
        {
            "start": (Status.JOINING, Status.ACTIVE),
            "pause": (Status.ACTIVE, Status.PAUSED),
            "resume": (Status.PAUSED, Status.ACTIVE),
            "leave": ((Status.JOINING, Status.ACTIVE, Status.PAUSED), Status.LEAVING),
            # Who takes a leaving back is again what they were.
            "stay": (Status.LEAVING, Status.ACTIVE),
            "stay_joining": (Status.LEAVING, Status.JOINING),
            "stay_paused": (Status.LEAVING, Status.PAUSED),
            "end": (Status.LEAVING, Status.LEFT),
            "forget": (Status.LEFT, Status.FORGOTTEN),
        }
    )
    privacy = Privacy(
        keep=KEEP,
        forget=FORGET,
        fields={
            "membership": Class.PERSONAL,
            "known_as": Class.PERSONAL,
            "name_key": Class.PERSONAL,
            "pronouns": Class.PERSONAL,
            "connection": Class.PERSONAL,
            "contact": Class.PERSONAL,
            "deputy": Class.PERSONAL,
            "buddy": Class.PERSONAL,
            "responsible_to": Class.WORK,
            "accountable_to": Class.WORK,
        },
    )

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    membership = models.OneToOneField(Membership, on_delete=models.PROTECT, related_name="partner")
    known_as = models.CharField(max_length=200, blank=True)
    # What they are called and their name, as they are searched and sorted by; see ``names.fold`` and ``User.renamed``.
    name_key = models.CharField(max_length=KEY_LENGTH, blank=True, editable=False)
    pronouns = models.CharField(max_length=60, blank=True)
    connection = models.CharField(max_length=20, choices=Connection.choices, blank=True)
    role = models.ForeignKey(RoleVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.JOINING)
    turn = models.PositiveIntegerField(default=0)
    contact = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    deputy = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    buddy = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    responsible_to = models.CharField(max_length=200, blank=True)
    accountable_to = models.CharField(max_length=200, blank=True)
    appointed_on = models.DateField()
    started_on = models.DateField(null=True, blank=True)
    back_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    objects = PartnerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="partner_ended_when_left",
                condition=Q(status__in=["left", "forgotten"], ended_on__isnull=False)
                | (~Q(status__in=["left", "forgotten"]) & Q(ended_on__isnull=True)),
            ),
            models.CheckConstraint(name="partner_is_not_their_own_buddy", condition=Q(buddy__isnull=True) | ~Q(buddy=F("pk"))),
        ]
        indexes = [
            models.Index(fields=["organisation", "status", "id"], name="partner_by_status"),
            models.Index(fields=["organisation", "-appointed_on", "-id"], name="partner_newest"),
            models.Index(fields=["organisation", "name_key", "id"], name="partner_by_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        # What is written here is what is read there: a save of other fields asks nothing of the person.
        fields = kwargs.get("update_fields")
        if fields is None or "known_as" in fields:
            self.name_key = self.key_of(self.known_as, self.membership.user.name)
            kwargs["update_fields"] = [*fields, "name_key"] if fields is not None else None
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("partners:partner", args=[self.code])

    @staticmethod
    def key_of(known_as: str, name: str) -> str:
        """What somebody is searched and sorted by: first as they wish to be called, then by their name."""
        return names.fold(f"{known_as} {name}")[:KEY_LENGTH]

    @property
    def name(self) -> str:
        """As the person wishes to be called."""
        return self.known_as or self.membership.name


class OfPartner(ForViewers):
    """Rows of a partner's record, seen by whoever may see the record."""

    def visible_to(self, viewer: Viewer) -> OfPartner:
        return self.filter(partner__in=Partner.objects.visible_to(viewer))


class Term(Record):
    """A time for which somebody serves; an extension is another one, so that nothing that was agreed is lost."""

    class Decision(models.TextChoices):
        OPEN = "", _("Not decided yet")
        EXTEND = "extend", _("Extended")
        END = "end", _("Ends as agreed")

    code_prefix = "TRM"
    privacy = Privacy(keep=KEEP, forget=WITH_PARTNER, fields={"decision": Class.WORK, "decided_by": Class.PERSONAL})

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="terms")
    number = models.PositiveSmallIntegerField(default=1)
    starts_on = models.DateField()
    ends_on = models.DateField()
    review_on = models.DateField(null=True, blank=True)
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True, default=Decision.OPEN)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # The day on which the partner said yes to an extension: nobody's time is given away without them.
    agreed_on = models.DateField(null=True, blank=True)
    # The shortest notice given so far that the term ends: 90, 60, 30 or 7 days.
    told_days = models.PositiveSmallIntegerField(null=True, blank=True)

    objects = OfPartner.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partner", "number"], name="term_number_once"),
            models.CheckConstraint(name="term_extension_was_agreed", condition=Q(number=1) | Q(agreed_on__isnull=False)),
            models.CheckConstraint(name="term_ends_after_start", condition=Q(ends_on__gt=F("starts_on"))),
            models.CheckConstraint(
                name="term_decided_by_and_at",
                condition=Q(decision="", decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(decision="") & Q(decided_at__isnull=False, decided_by__isnull=False)),
            ),
        ]
        indexes = [models.Index(fields=["ends_on"], name="term_by_end")]

    @property
    def history_root(self) -> Record:
        return self.partner

    def days_left(self, on: dt.date) -> int:
        """Calendar days from a day to the end; negative when it is over."""
        return (self.ends_on - on).days
