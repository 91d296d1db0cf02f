"""A place in an activity, offered to one partner: what they were told they would be offered, and what they said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from safety_partners.activities.models.activity import KEEP, OVERSEERS, Activity
from safety_partners.core.lifecycle import Lifecycle
from safety_partners.core.models import ForViewers, Record
from safety_partners.core.privacy import Kind as Class
from safety_partners.core.privacy import Privacy
from safety_partners.partners.models import Partner, Recorded
from safety_partners.people.models import Membership

if TYPE_CHECKING:
    from safety_partners.core.viewer import Viewer


class OfferQuerySet(ForViewers):
    def visible_to(self, viewer: Viewer) -> OfferQuerySet:
        """The lead and governance see all; a partner their own, and who takes part with them; the requester who takes part.

        That somebody said no is between them, the lead, and their named contact, who may write down what they say.
        """
        rows = self.filter(activity__organisation_id=viewer.organisation_id)
        if viewer.membership_id is None:
            return rows.none()
        if viewer.has_any_role(OVERSEERS):
            return rows
        me = viewer.membership_id
        own = Q(partner__membership_id=me) | Q(partner__contact_id=me) | Q(partner__deputy_id=me)
        own &= ~Q(status=Offer.Status.TAKEN_BACK)
        takes_part = Offer.objects.filter(activity=OuterRef("activity"), partner__membership_id=me, status=Offer.Status.ACCEPTED)
        beside = Q(status=Offer.Status.ACCEPTED) & (Q(activity__requester_id=me) | Q(activity__feedback_by_id=me) | Exists(takes_part))
        return rows.filter(own | beside)

    def taking_part(self) -> OfferQuerySet:
        return self.filter(status=Offer.Status.ACCEPTED)

    def holding_place(self) -> OfferQuerySet:
        """Those who fill one of the places: they said yes, or did before what is offered changed; not who shadows or has left."""
        holds = Q(status=Offer.Status.ACCEPTED) | Q(status=Offer.Status.OFFERED, keeps_place=True)
        return self.filter(holds, is_shadowing=False).exclude(partner__status__in=[Partner.Status.LEFT, Partner.Status.FORGOTTEN])

    def waiting(self) -> OfferQuerySet:
        """Offers that nobody has answered."""
        return self.filter(status=Offer.Status.OFFERED)


class Offer(Recorded, Record):
    """A place offered to a partner, with a copy of what was said would be offered; they take it or not, and may change their mind."""

    class Status(models.TextChoices):
        OFFERED = "offered", _("Waits for an answer")
        ACCEPTED = "accepted", _("Takes part")
        DECLINED = "declined", _("Said no")
        # Every place is taken: they would like to if one becomes free.
        RESERVE = "reserve", _("Would like to, if a place becomes free")
        TAKEN_BACK = "taken back", _("Offer taken back")
        STEPPED_OUT = "stepped out", _("Changed their mind")

    code_prefix = "OFR"
    lifecycle = Lifecycle(
        {
            # Whoever said no may change their mind as long as there is a place.
            "accept": ((Status.OFFERED, Status.RESERVE, Status.DECLINED, Status.STEPPED_OUT), Status.ACCEPTED),
            "decline": ((Status.OFFERED, Status.RESERVE), Status.DECLINED),
            "wait_for_place": ((Status.OFFERED, Status.DECLINED, Status.STEPPED_OUT), Status.RESERVE),
            "take_back": ((Status.OFFERED, Status.RESERVE), Status.TAKEN_BACK),
            "step_out": (Status.ACCEPTED, Status.STEPPED_OUT),
            # After a no, a change of mind, or a change of what is offered: with a new copy of it.
            "offer_again": (tuple(Status), Status.OFFERED),
        }
    )
    privacy = Privacy(
        keep=KEEP,
        forget=_("the words written to the partner go with the partner’s record; that a place was offered stays with the activity"),
        fields={
            "partner": Class.PERSONAL,
            "snapshot": Class.WORK,
            "offered_by": Class.PERSONAL,
            "capture": Class.WORK,
            "recorded_by": Class.PERSONAL,
            "note": Class.PERSONAL,
        },
    )

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="offers")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="offers")
    # “What you will be offered”, word for word as it stood when it was offered: headings and words, in order.
    snapshot: Any = models.JSONField(default=list)
    # What the lead adds for this person.
    note = models.TextField(blank=True)
    reply_by = models.DateField()
    is_shadowing = models.BooleanField(default=False)
    # They had said yes when what is offered changed: nobody else gets their place before they have answered again.
    keeps_place = models.BooleanField(default=False)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.OFFERED)
    turn = models.PositiveIntegerField(default=0)
    offered_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    offered_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = OfferQuerySet.as_manager()

    class Meta:
        constraints = [
            *Recorded.Meta.constraints,
            models.UniqueConstraint(fields=["activity", "partner"], name="offer_once_a_partner"),
            models.CheckConstraint(
                name="offer_answered_at",
                condition=Q(status__in=["offered", "taken back"], answered_at__isnull=True)
                | (~Q(status__in=["offered", "taken back"]) & Q(answered_at__isnull=False)),
            ),
            models.CheckConstraint(name="offer_keeps_place_until_answered", condition=Q(keeps_place=False) | Q(status="offered")),
        ]
        indexes = [
            # Enough to count how often somebody was asked without reading what was offered, word for word.
            models.Index(fields=["partner", "status", "offered_at", "activity"], name="offer_of_partner"),
            models.Index(fields=["activity", "status"], name="offer_of_activity"),
            models.Index(fields=["reply_by"], name="offer_waiting", condition=Q(status="offered")),
        ]

    def get_absolute_url(self) -> str:
        return reverse("activities:offer", args=[self.code])

    @property
    def organisation_id(self) -> int:
        return self.activity.organisation_id

    @property
    def history_root(self) -> Record:
        return self.activity
