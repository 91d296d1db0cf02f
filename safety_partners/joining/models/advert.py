"""A role that is open: public words, dates, somebody to talk to, and what is looked for with the support that is offered."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from safety_partners.core.lifecycle import Lifecycle
from safety_partners.core.models import ForViewers, Record
from safety_partners.core.privacy import Kind as Class
from safety_partners.core.privacy import Privacy
from safety_partners.partners.models import RoleVersion
from safety_partners.people.models import Membership, Organisation, Role

if TYPE_CHECKING:
    from safety_partners.core.viewer import Viewer

KEEP = _("as long as the organisation uses the product")
WITH_ORGANISATION = _("with the organisation")


class ForLeads(ForViewers):
    """Rows that the partner lead works with; everybody else sees what is published."""

    def visible_to(self, viewer: Viewer) -> ForLeads:
        return self.filter(organisation_id=viewer.organisation_id) if Role.LEAD in viewer.roles else self.none()


class Advert(Record):
    """An invitation to join; its public page keeps its address after it closed, and says so."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Being written")
        OPEN = "open", _("Published")
        CLOSED = "closed", _("Closed")
        FILLED = "filled", _("Filled")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    code_prefix = "ADV"
    lifecycle = Lifecycle(
        {
            "publish": ((Status.DRAFT, Status.CLOSED), Status.OPEN),
            "close": (Status.OPEN, Status.CLOSED),
            "fill": ((Status.OPEN, Status.CLOSED), Status.FILLED),
            "withdraw": ((Status.DRAFT, Status.OPEN, Status.CLOSED), Status.WITHDRAWN),
        }
    )
    privacy = Privacy(
        keep=KEEP,
        forget=WITH_ORGANISATION,
        fields={
            "title": Class.PUBLIC,
            "summary": Class.PUBLIC,
            "hours": Class.PUBLIC,
            "place": Class.PUBLIC,
            "contact_name": Class.PUBLIC,
            "contact_email": Class.PUBLIC,
            "contact_phone": Class.PUBLIC,
            "address": Class.PUBLIC,
        },
    )

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    address = models.CharField(max_length=6, unique=True, editable=False)
    role = models.ForeignKey(RoleVersion, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    summary = models.TextField()
    places = models.PositiveSmallIntegerField(default=2)
    hours = models.CharField(max_length=200)
    place = models.CharField(max_length=200)
    may_be_remote = models.BooleanField(default=True)
    contact_name = models.CharField(max_length=200)
    contact_email = models.EmailField(blank=True)
    contact_phone = models.CharField(max_length=40, blank=True)
    opens_on = models.DateField()
    closes_on = models.DateField(null=True, blank=True)
    sift_on = models.DateField(null=True, blank=True)
    meet_on = models.DateField(null=True, blank=True)
    start_on = models.DateField(null=True, blank=True)
    max_words = models.PositiveSmallIntegerField(default=500)
    # Answers to the equality questions are counted until the advert ends for the first time: what was shown stays as it is.
    counted_until = models.DateTimeField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    turn = models.PositiveIntegerField(default=0)

    objects = ForLeads.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="advert_can_be_talked_about", condition=~Q(contact_email="", contact_phone="")),
            models.CheckConstraint(
                name="advert_closes_after_opening", condition=Q(closes_on__isnull=True) | Q(closes_on__gte=F("opens_on"))
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "-opens_on", "-id"], name="advert_newest"),
            models.Index(fields=["organisation", "status", "-opens_on", "-id"], name="advert_by_status"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("joining:advert", args=[self.code])

    def takes_interest(self, on: dt.date) -> bool:
        """Say whether somebody may send an expression of interest on a day."""
        return self.status == self.Status.OPEN and self.opens_on <= on and (self.closes_on is None or on <= self.closes_on)


class OfAdvert(ForViewers):
    """What belongs to an advert: everybody signed in to the organisation may read it, as those do who are asked to sift."""

    def visible_to(self, viewer: Viewer) -> OfAdvert:
        return self.filter(advert__organisation_id=viewer.organisation_id)


class Criterion(Record):
    """Something that is looked for, and how we could support somebody who does not bring it yet: never a bar alone."""

    code_prefix = "CRT"
    privacy = Privacy(keep=KEEP, forget=WITH_ORGANISATION, fields={"words": Class.PUBLIC, "support": Class.PUBLIC})

    advert = models.ForeignKey(Advert, on_delete=models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=300)
    support = models.CharField(max_length=500, blank=True)

    objects = OfAdvert.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["advert", "position"], name="criterion_position_once")]

    @property
    def history_root(self) -> Record:
        return self.advert


class ChatRequest(Record):
    """ "Talk to us first": somebody would like an informal chat, by phone, video or in person, before anything else."""

    class How(models.TextChoices):
        PHONE = "phone", _("By phone")
        VIDEO = "video", _("By video")
        PERSON = "person", _("In person")

    class Status(models.TextChoices):
        ASKED = "asked", _("Asked for")
        ARRANGED = "arranged", _("Arranged")
        HELD = "held", _("Held")
        NOT_HELD = "not held", _("Did not happen")

    code_prefix = "CHT"
    lifecycle = Lifecycle(
        {
            "arrange": ((Status.ASKED, Status.ARRANGED), Status.ARRANGED),
            "hold": ((Status.ASKED, Status.ARRANGED), Status.HELD),
            "give_up": ((Status.ASKED, Status.ARRANGED), Status.NOT_HELD),
        }
    )
    privacy = Privacy(
        keep=_("six months after the chat"),
        forget=_("deleted by the nightly task; the count stays"),
        fields={
            "name": Class.PERSONAL,
            "reach": Class.CONTACT,
            "times": Class.PERSONAL,
            "access_words": Class.PERSONAL,
            "note": Class.WORK,
            "done_by": Class.PERSONAL,
            "recorded_by": Class.PERSONAL,
        },
    )

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    advert = models.ForeignKey(Advert, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(max_length=200)
    how = models.CharField(max_length=10, choices=How.choices)
    reach = models.CharField(max_length=300)
    times = models.CharField(max_length=500, blank=True)
    access_words = models.TextField(blank=True)
    recorded_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.ASKED)
    turn = models.PositiveIntegerField(default=0)
    planned_at = models.DateTimeField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    done_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True)

    objects = ForLeads.as_manager()

    class Meta:
        indexes = [models.Index(fields=["organisation", "status", "-id"], name="chat_request_newest")]

    def get_absolute_url(self) -> str:
        return reverse("joining:chat", args=[self.code])
