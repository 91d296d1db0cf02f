"""The end of a partnership: a talk, thanks, what the work changed, and everything still open handed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from safety_partners.core.models import ForViewers, Record
from safety_partners.core.privacy import Kind as Class
from safety_partners.core.privacy import Privacy
from safety_partners.partners.models.partner import KEEP, WITH_PARTNER, Partner, Recorded
from safety_partners.people.models import Membership

if TYPE_CHECKING:
    from safety_partners.core.viewer import Viewer


class LeavingQuerySet(ForViewers):
    """Leavings, of which an ending that is only being thought about is hidden from the partner."""

    def visible_to(self, viewer: Viewer) -> LeavingQuerySet:
        """Whoever may see the partner's record, and the second person who is asked to look at an ending."""
        rows = self.filter(partner__organisation_id=viewer.organisation_id)
        if viewer.membership_id is None:
            return rows.none()
        # Until the second person has looked at it, an ending by the organisation is only being thought about.
        not_yet = Q(partner__membership_id=viewer.membership_id, why=Leaving.Why.ENDED_BY_US, reviewed_at__isnull=True)
        seen = Q(partner__in=Partner.objects.visible_to(viewer)) & ~not_yet
        return rows.filter(seen | Q(reviewed_by_id=viewer.membership_id))

    def open(self) -> LeavingQuerySet:
        """Neither ended nor taken back."""
        return self.filter(ended_at__isnull=True, taken_back_at__isnull=True)


class Leaving(Recorded, Record):
    """One partner's leaving, from the day they say so to the thanks; no reason is ever needed."""

    class Why(models.TextChoices):
        STEPPING_DOWN = "stepping down", _("The partner steps down")
        END_OF_TERM = "end of term", _("The term ends")
        ENDED_BY_US = "ended by us", _("The organisation ends the role")

    code_prefix = "LVG"
    privacy = Privacy(
        keep=KEEP,
        forget=WITH_PARTNER,
        fields={
            "why": Class.PERSONAL,
            "reason": Class.PERSONAL,
            "reviewed_by": Class.PERSONAL,
            "review_note": Class.WORK,
            "recorded_by": Class.PERSONAL,
            "talk_words": Class.WORDS,
            "talked_with": Class.PERSONAL,
            "thanks": Class.WORK,
            "what_changed": Class.WORK,
        },
    )

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="leavings")
    why = models.CharField(max_length=14, choices=Why.choices)
    last_day = models.DateField()
    status_before = models.CharField(max_length=10, choices=Partner.Status.choices)
    # Only where the organisation ends the role: then a reason is owed, and somebody else looks at it.
    reason = models.TextField(blank=True)
    reviewed_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(null=True, blank=True)
    review_note = models.TextField(blank=True)
    talked_on = models.DateField(null=True, blank=True)
    talked_with = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    is_talk_declined = models.BooleanField(default=False)
    talk_words = models.TextField(blank=True)
    thanks = models.TextField(blank=True)
    what_changed = models.TextField(blank=True)
    is_keeping_in_touch = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    objects = LeavingQuerySet.as_manager()

    class Meta:
        constraints = [
            *Recorded.Meta.constraints,
            models.UniqueConstraint(
                fields=["partner"], condition=Q(ended_at__isnull=True, taken_back_at__isnull=True), name="leaving_one_at_a_time"
            ),
            models.CheckConstraint(
                name="leaving_ended_by_us_with_reason",
                condition=(~Q(why="ended by us") & Q(reason="", reviewed_by__isnull=True))
                | (Q(why="ended by us", reviewed_by__isnull=False) & ~Q(reason="")),
            ),
            models.CheckConstraint(name="leaving_reviewed_by_and_at", condition=Q(reviewed_at__isnull=True) | Q(reviewed_by__isnull=False)),
            models.CheckConstraint(
                name="leaving_talked_on_and_with",
                condition=Q(talked_on__isnull=True, talked_with__isnull=True) | Q(talked_on__isnull=False, talked_with__isnull=False),
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("partners:leaving", args=[self.partner.code])

    @property
    def history_root(self) -> Record:
        return self.partner


class OfLeaving(ForViewers):
    """Rows of a leaving, seen by whoever may see the partner's record."""

    def visible_to(self, viewer: Viewer) -> OfLeaving:
        return self.filter(leaving__partner__in=Partner.objects.visible_to(viewer))


class HandedOn(Record):
    """Something that was still open when a partner left, and who takes it on, or why nobody needs to."""

    code_prefix = "HON"
    privacy = Privacy(
        keep=KEEP,
        forget=WITH_PARTNER,
        fields={"about_code": Class.WORK, "label": Class.WORK, "path": Class.WORK, "to": Class.PERSONAL, "note": Class.WORK},
    )

    leaving = models.ForeignKey(Leaving, on_delete=models.CASCADE, related_name="handed_on")
    # What it is, as its own app names it, and where it stands: this floor does not know the apps above it.
    about_code = models.CharField(max_length=16)
    label = models.CharField(max_length=200)
    path = models.CharField(max_length=200, blank=True)
    to = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=300, blank=True)

    objects = OfLeaving.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["leaving", "about_code"], name="handed_on_once"),
            models.CheckConstraint(name="handed_on_to_somebody_or_why_not", condition=Q(to__isnull=False) | ~Q(note="")),
        ]

    @property
    def history_root(self) -> Record:
        return self.leaving.partner
