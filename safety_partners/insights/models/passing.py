"""How an insight goes from hand to hand: from one owner to another, and to another channel too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from safety_partners.core.models import ForViewers, Record
from safety_partners.core.privacy import Kind as Class
from safety_partners.core.privacy import Privacy
from safety_partners.insights.models.insight import KEEP, Insight, not_withheld
from safety_partners.people.models import Membership, Organisation, Role, Service, UrgentContact

if TYPE_CHECKING:
    from safety_partners.core.viewer import Viewer


class HandOver(Record):
    """From one owner to another, with the reason: the person who spoke is told each time."""

    code_prefix = "HND"
    privacy = Privacy(keep=KEEP, forget=_("with the insight"), fields={"reason": Class.WORK, "to": Class.PERSONAL, "by": Class.PERSONAL})

    insight = models.ForeignKey(Insight, on_delete=models.CASCADE, related_name="hand_overs")
    to = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    to_service = models.ForeignKey(Service, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)


class PassingOnQuerySet(ForViewers):
    def visible_to(self, viewer: Viewer) -> PassingOnQuerySet:
        """The person who spoke, and the lead who takes the words there: nobody else who may see the words."""
        rows = self.filter(organisation_id=viewer.organisation_id)
        if viewer.membership_id is None:
            return rows.none()
        if Role.LEAD in viewer.roles:
            return rows.filter(not_withheld(viewer, "insight_id"))
        return rows.filter(insight__speaker_id=viewer.membership_id)

    def waiting(self) -> PassingOnQuerySet:
        return self.filter(done_at__isnull=True)


class PassingOn(Record):
    """The person asked us to take their words to another channel too, such as complaints or safeguarding."""

    code_prefix = "PAS"
    privacy = Privacy(
        keep=KEEP, forget=_("with the insight"), fields={"note": Class.WORK, "done_by": Class.PERSONAL, "channel": Class.PERSONAL}
    )

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    insight = models.ForeignKey(Insight, on_delete=models.CASCADE, related_name="passings_on")
    channel = models.CharField(max_length=20, choices=UrgentContact.Channel.choices)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True)

    objects = PassingOnQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["insight", "channel"], name="passing_on_once_a_channel"),
            models.CheckConstraint(
                name="passing_on_done_by_and_at",
                condition=Q(done_at__isnull=True, done_by__isnull=True) | Q(done_at__isnull=False, done_by__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["organisation", "made_at"], name="passing_on_waiting", condition=Q(done_at__isnull=True))]

    @property
    def history_root(self) -> Record:
        return self.insight
