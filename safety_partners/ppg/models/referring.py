"""What goes from groups to partners and back, with consent; and who is both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from safety_partners.core.lifecycle import Lifecycle
from safety_partners.core.models import ForViewers, Record
from safety_partners.core.privacy import Kind as Class
from safety_partners.core.privacy import Privacy
from safety_partners.insights.models import Change, Insight
from safety_partners.partners.models import Partner, Recorded
from safety_partners.people.models import Membership, Organisation, Role
from safety_partners.ppg.models.group import KEEP, Group
from safety_partners.ppg.models.speaking import CollectiveView

if TYPE_CHECKING:
    from safety_partners.core.viewer import Viewer


class ReferralQuerySet(ForViewers):
    def visible_to(self, viewer: Viewer) -> ReferralQuerySet:
        """The lead; the group's chair; the partner whose words go to the group, or who was asked to look."""
        rows = self.filter(organisation_id=viewer.organisation_id)
        if viewer.membership_id is None:
            return rows.none()
        if Role.LEAD in viewer.roles:
            return rows
        me = viewer.membership_id
        of_group = Q(group__chair_id=me)
        # What a partner wishes to pass on reaches the group when the lead has sent it, not before.
        sent = Q(direction=Referral.Direction.TO_PARTNERS) | Q(sent_by__isnull=False)
        return rows.filter((of_group & sent) | Q(partner__membership_id=me))


class Referral(Recorded, Record):
    """A safety theme of a group that goes to the partners, or a service matter of a partner that goes to a group; never without consent."""

    class Direction(models.TextChoices):
        TO_PARTNERS = "to partners", _("From a group to the Patient Safety Partners")
        TO_GROUP = "to group", _("From a partner to a group")

    class Status(models.TextChoices):
        OFFERED = "offered", _("With the partner lead")
        ASKED = "asked", _("Waits for those who were asked")
        TAKEN_UP = "taken up", _("Taken up")
        DECLINED = "declined", _("Not taken up, and this is why")
        TOLD = "told", _("Told what came of it")
        TAKEN_BACK = "taken back", _("Taken back")

    code_prefix = "RFL"
    lifecycle = Lifecycle(
        {
            "ask": (Status.OFFERED, Status.ASKED),
            "take_up": (Status.ASKED, Status.TAKEN_UP),
            # Whoever was asked says no, which needs no reason: the lead asks somebody else, or says why nobody does.
            "hand_back": (Status.ASKED, Status.OFFERED),
            "decline": ((Status.OFFERED, Status.ASKED), Status.DECLINED),
            "tell": (Status.TAKEN_UP, Status.TOLD),
            # Consent can be taken back at any time, also when it has ended: the words go even then.
            "take_back": (
                (Status.OFFERED, Status.ASKED, Status.TAKEN_UP, Status.DECLINED, Status.TOLD),
                Status.TAKEN_BACK,
            ),
        }
    )
    privacy = Privacy(
        keep=KEEP,
        forget=_("taken back by who agreed to it, with its words"),
        fields={
            "words": Class.WORDS,
            "reason": Class.WORK,
            "outcome": Class.WORK,
            "partner": Class.PERSONAL,
            "consent_by": Class.PERSONAL,
            "sent_by": Class.PERSONAL,
            "recorded_by": Class.PERSONAL,
        },
    )

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    direction = models.CharField(max_length=12, choices=Direction.choices)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="referrals")
    # Whose matter it is when it goes to a group; who was asked to look when it comes from one.
    partner = models.ForeignKey(Partner, null=True, blank=True, on_delete=models.PROTECT, related_name="referrals")
    view = models.ForeignKey(CollectiveView, null=True, blank=True, on_delete=models.PROTECT, related_name="referrals")
    # What the other side gets to read: exactly the words that were agreed to. How the yes reached us stands in ``Recorded``.
    words = models.TextField(blank=True)
    consent_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    consent_at = models.DateTimeField()
    # Who sent it to those who are asked now, or were at the end; empty while nobody of the other side has it.
    sent_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # What the partner said about it: an insight of their own, in the loop like every other.
    answer = models.ForeignKey(Insight, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    change = models.ForeignKey(Change, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.TextField(blank=True)
    outcome = models.TextField(blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OFFERED)
    turn = models.PositiveIntegerField(default=0)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        constraints = [
            *Recorded.Meta.constraints,
            models.CheckConstraint(
                name="referral_words_gone_when_taken_back",
                condition=Q(status="taken back", words="") | (~Q(status="taken back") & ~Q(words="")),
            ),
            models.CheckConstraint(name="referral_declined_with_reason", condition=~Q(status="declined") | ~Q(reason="")),
            models.CheckConstraint(name="referral_told_outcome", condition=~Q(status="told") | ~Q(outcome="")),
            models.CheckConstraint(name="referral_of_a_partner_has_one", condition=~Q(direction="to group") | Q(partner__isnull=False)),
        ]
        indexes = [
            models.Index(fields=["organisation", "status", "-id"], name="referral_status_newest"),
            models.Index(fields=["group", "-id"], name="referral_of_group"),
            models.Index(fields=["partner", "-id"], name="referral_of_partner", condition=Q(partner__isnull=False)),
        ]

    def get_absolute_url(self) -> str:
        return reverse("ppg:referral", args=[self.code])

    @property
    def is_to_group(self) -> bool:
        """From a partner to a group, and not the other way."""
        return self.direction == self.Direction.TO_GROUP

    @property
    def whose(self) -> Membership:
        """Who agreed to pass it on, and hears what came of it: the partner, or whoever chairs the group now."""
        if self.is_to_group and self.partner is not None:
            return self.partner.membership
        return self.group.voice or self.consent_by

    @property
    def asked(self) -> Membership | None:
        """Who looks at it for the other side."""
        if self.is_to_group:
            return self.group.voice
        return self.partner.membership if self.partner is not None else None

    @property
    def history_root(self) -> Record:
        return self.group


class InBothQuerySet(ForViewers):
    def visible_to(self, viewer: Viewer) -> InBothQuerySet:
        """The partner who says so, and the lead; never the group."""
        rows = self.filter(partner__organisation_id=viewer.organisation_id)
        if viewer.membership_id is None:
            return rows.none()
        return rows if Role.LEAD in viewer.roles else rows.filter(partner__membership_id=viewer.membership_id)


class InBoth(Record):
    """A partner who is also in a group says so; they count as each, and speak as one at a time."""

    code_prefix = "BTH"
    privacy = Privacy(keep=_("as long as the person wishes"), forget=_("with the partner's record"), fields={"partner": Class.PERSONAL})

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="also_in_groups")
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="+")

    objects = InBothQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "in both"
        constraints = [models.UniqueConstraint(fields=["partner", "group"], name="in_both_once")]

    @property
    def organisation_id(self) -> int:
        return self.partner.organisation_id

    @property
    def history_root(self) -> Record:
        return self.partner
