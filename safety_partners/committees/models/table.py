"""What happened at the table: partners' words, decisions, actions, and the minutes from draft to approval."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from safety_partners.committees.models.agenda import Item, OfItem, Recusal, item_opened_to, near, runs_committee
from safety_partners.committees.models.committee import KEEP
from safety_partners.committees.models.meeting import WITH_MEETING, Meeting
from safety_partners.core.lifecycle import Lifecycle
from safety_partners.core.models import ForViewers, Record
from safety_partners.core.privacy import Kind as Class
from safety_partners.core.privacy import Privacy
from safety_partners.core.seals import Sealed
from safety_partners.core.working_days import today
from safety_partners.insights.models import Insight
from safety_partners.people.models import Membership, Organisation, Role

if TYPE_CHECKING:
    from safety_partners.core.viewer import Viewer


class ItemInsightQuerySet(ForViewers):
    def visible_to(self, viewer: Viewer) -> ItemInsightQuerySet:
        """Exactly as their words; beside an item only where the item is open to the viewer."""
        own = Q(insight__speaker_id=viewer.membership_id)
        return self.filter(own | Q(item_opened_to(viewer)), insight__in=Insight.objects.visible_to(viewer))


class ItemInsight(Record):
    """What a partner said about one item of an agenda; the words themselves are an insight."""

    class Quoted(models.TextChoices):
        NO = "no", _("No: only those who may see the words")
        ROLE = "role", _("Yes, as “a Patient Safety Partner”")
        NAME = "name", _("Yes, with the name")

    code_prefix = "IIN"
    privacy = Privacy(keep=_("as long as the words it places"), forget=_("with the words it places"))

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="insights")
    insight = models.OneToOneField(Insight, on_delete=models.CASCADE, related_name="item_insight")
    # Whether the minutes may quote the words, to everybody who may open the item, and how they say whose they are.
    quoted = models.CharField(max_length=10, choices=Quoted.choices, default=Quoted.NO)

    objects = ItemInsightQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["item", "id"], name="item_insight_in_order")]

    @property
    def organisation_id(self) -> int:
        return self.insight.organisation_id

    @property
    def history_root(self) -> Record:
        return self.item.meeting.committee

    def get_absolute_url(self) -> str:
        return reverse("committees:words", args=[self.code])


class Decision(Sealed, Record):
    """What a meeting decided on an item, in one sentence that can be found again; sealed when the minutes are approved."""

    code_prefix = "DCN"
    privacy = Privacy(keep=KEEP, forget=WITH_MEETING, fields={"words": Class.WORK, "checksum": Class.WORK, "by": Class.PERSONAL})

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="decisions")
    # Counts what was put right, so that two who write at once lose nothing.
    turn = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")

    objects = OfItem.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["item", "id"], name="decision_in_order"),
            models.Index(fields=["organisation", "-id"], name="decision_newest"),
        ]

    @property
    def history_root(self) -> Record:
        return self.item.meeting.committee

    def get_absolute_url(self) -> str:
        return f"{reverse('committees:item', args=[self.item.code])}#{self.code}"


class MeetingActionQuerySet(ForViewers):
    def visible_to(self, viewer: Viewer) -> MeetingActionQuerySet:
        """Whoever may open the item; and whoever has to do it, unless they have stepped back from the item since."""
        rows = self.filter(organisation_id=viewer.organisation_id)
        if viewer.membership_id is None:
            return rows.none()
        stepped_back = Recusal.objects.in_force().filter(item=OuterRef("item"), membership_id=viewer.membership_id)
        own = Q(~Exists(stepped_back), owner_id=viewer.membership_id)
        roughly = near(viewer, MeetingAction.objects.all(), "item__meeting", owner_id=viewer.membership_id)
        return rows.filter(roughly, Q(item_opened_to(viewer)) | own)

    def to_do(self) -> MeetingActionQuerySet:
        return self.filter(status=MeetingAction.Status.TO_DO)


class MeetingAction(Record):
    """Something somebody will do by a day because a meeting asked for it; done only with a word on what was done."""

    class Status(models.TextChoices):
        TO_DO = "to do", _("To do")
        DONE = "done", _("Done")
        GIVEN_UP = "not done", _("Will not be done")

    code_prefix = "MAC"
    lifecycle = Lifecycle(
        {
            "complete": (Status.TO_DO, Status.DONE),
            "give_up": (Status.TO_DO, Status.GIVEN_UP),
            "put_off": (Status.TO_DO, Status.TO_DO),
        }
    )
    privacy = Privacy(
        keep=KEEP,
        forget=WITH_MEETING,
        fields={"text": Class.WORK, "owner": Class.PERSONAL, "evidence": Class.WORK, "reason": Class.WORK},
    )

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="actions")
    text = models.TextField()
    owner = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="meeting_actions")
    due_on = models.DateField()
    # The day that the meeting asked for, as the minutes say it, wherever it is moved later.
    first_due_on = models.DateField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.TO_DO)
    turn = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(null=True, blank=True)
    evidence = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    reminded_for = models.DateField(null=True, blank=True)

    objects = MeetingActionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="meeting_action_ends_with_evidence_or_reason",
                condition=Q(status="to do", ended_at__isnull=True)
                | (Q(status="done", ended_at__isnull=False) & ~Q(evidence=""))
                | (Q(status="not done", ended_at__isnull=False) & ~Q(reason="")),
            )
        ]
        indexes = [
            models.Index(fields=["item", "id"], name="meeting_action_in_order"),
            models.Index(fields=["owner", "due_on"], name="meeting_action_to_do", condition=Q(status="to do")),
            models.Index(fields=["organisation", "status", "due_on", "id"], name="meeting_action_by_day"),
        ]

    @property
    def history_root(self) -> Record:
        return self.item.meeting.committee

    @property
    def is_late(self) -> bool:
        return self.status == self.Status.TO_DO and self.due_on < today()

    def get_absolute_url(self) -> str:
        return f"{reverse('committees:item', args=[self.item.code])}#{self.code}"


class ItemMinute(Sealed, Record):
    """What the minutes say about one item; written over until the minutes are agreed, sealed when they are approved."""

    code_prefix = "MIN"
    privacy = Privacy(keep=KEEP, forget=WITH_MEETING, fields={"words": Class.WORK, "checksum": Class.WORK, "saved_by": Class.PERSONAL})

    item = models.OneToOneField(Item, on_delete=models.CASCADE, related_name="minute")
    # Counts what was saved, so that two who write at once lose nothing.
    turn = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")

    objects = OfItem.as_manager()

    @property
    def history_root(self) -> Record:
        return self.item.meeting.committee


class MinutesQuerySet(ForViewers):
    def visible_to(self, viewer: Viewer) -> MinutesQuerySet:
        """Agreed minutes for whoever may see the meeting; a draft for those who run the committee and the lead."""
        rows = self.filter(meeting__in=Meeting.objects.visible_to(viewer))
        if Role.LEAD in viewer.roles:
            return rows
        return rows.filter(Q(status__in=Minutes.READABLE) | runs_committee(viewer, "meeting__committee"))


class Minutes(Record):
    """The minutes of one meeting: drafted item by item, agreed by the chair, approved at a later meeting."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Being written")
        OFFERED = "offered", _("With the chair")
        AGREED = "agreed", _("Agreed by the chair, to be approved")
        APPROVED = "approved", _("Approved")

    # Written until the chair agrees; read by all who may see the meeting from then on.
    OPEN = (Status.DRAFT, Status.OFFERED)
    READABLE = (Status.AGREED, Status.APPROVED)

    code_prefix = "MNS"
    lifecycle = Lifecycle(
        {
            "offer": (Status.DRAFT, Status.OFFERED),
            "agree": (OPEN, Status.AGREED),
            "reopen": ((Status.OFFERED, Status.AGREED), Status.DRAFT),
            "approve": (Status.AGREED, Status.APPROVED),
        }
    )
    privacy = Privacy(
        keep=KEEP,
        forget=WITH_MEETING,
        fields={"corrections": Class.WORK, "checksum": Class.WORK, "agreed_by": Class.PERSONAL, "approved_by": Class.PERSONAL},
    )

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="minutes")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    turn = models.PositiveIntegerField(default=0)
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    approved_at_meeting = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # What the approving meeting put right; the text as it was agreed stays above it.
    corrections = models.TextField(blank=True)
    # SHA-256 of the words as they were approved.
    checksum = models.CharField(max_length=64, blank=True)

    objects = MinutesQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "minutes"
        constraints = [
            models.CheckConstraint(
                name="minutes_agreed_by_and_at",
                condition=Q(status__in=["draft", "offered"], agreed_at__isnull=True, agreed_by__isnull=True)
                | (~Q(status__in=["draft", "offered"]) & Q(agreed_at__isnull=False, agreed_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="minutes_approved_by_and_at",
                condition=Q(status="approved", approved_at__isnull=False, approved_by__isnull=False, approved_at_meeting__isnull=False)
                | (~Q(status="approved") & Q(approved_at__isnull=True, approved_by__isnull=True, approved_at_meeting__isnull=True)),
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("committees:minutes", args=[self.code])

    @property
    def is_readable(self) -> bool:
        """Agreed: everybody who may see the meeting can read them."""
        return self.status in self.READABLE

    @property
    def organisation_id(self) -> int:
        return self.meeting.organisation_id

    @property
    def history_root(self) -> Record:
        return self.meeting.committee
