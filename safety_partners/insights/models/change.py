"""What changed because of what we were told, the words agreed for it, and what the public sees."""

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
from safety_partners.insights.models.insight import KEEP, Insight, Withheld
from safety_partners.people.models import Membership, Organisation, Role
from safety_partners.people.policies import STAFF_ROLES

if TYPE_CHECKING:
    from safety_partners.core.viewer import Viewer


class ChangeStatus(models.TextChoices):
    """Where a change stands; it can go backwards, in public."""

    PLANNED = "planned", _("Planned")
    MADE = "made", _("Made")
    NOT_KEPT = "not kept", _("Not kept")
    WILL_NOT_DO = "will not do", _("Will not do")


class ChangeQuerySet(ForViewers):
    def visible_to(self, viewer: Viewer) -> ChangeQuerySet:
        """Those who spoke see theirs; staff, the board and other partners see them all: they are the organisation's own work.

        Nobody sees one that came from words that are withheld from them, unless their own words led to it too.
        """
        rows = self.filter(not_kept_from(viewer), organisation_id=viewer.organisation_id)
        if viewer.has_any_role(STAFF_ROLES | {Role.BOARD, Role.PARTNER}):
            return rows
        return rows.filter(pk__in=ChangedBy.objects.filter(insight__speaker_id=viewer.membership_id).values("change_id"))


def not_kept_from(viewer: Viewer, change: str = "pk") -> Q:
    """The rows whose change did not come from words withheld from this viewer; ``change`` is the way from the row to it."""
    from_them = Withheld.objects.filter(Q(membership_id=viewer.membership_id)).values("insight_id")
    withheld = ChangedBy.objects.filter(insight_id__in=from_them)
    theirs = ChangedBy.objects.filter(Q(insight__speaker_id=viewer.membership_id)).values("change_id")
    return ~Q((f"{change}__in", withheld.exclude(change_id__in=theirs).values("change_id")))


class Change(Record):
    """Something that is, or will be, different because of one or more insights."""

    Status = ChangeStatus

    code_prefix = "CHG"
    lifecycle = Lifecycle(
        {
            "make": ((Status.PLANNED, Status.NOT_KEPT), Status.MADE),
            "break": (Status.MADE, Status.NOT_KEPT),
            "drop": ((Status.PLANNED, Status.NOT_KEPT), Status.WILL_NOT_DO),
            "plan_again": ((Status.NOT_KEPT, Status.WILL_NOT_DO), Status.PLANNED),
        }
    )
    privacy = Privacy(
        keep=_("as long as the organisation uses the product"),
        forget=_("with the organisation"),
        fields={"title": Class.WORK, "text": Class.WORK, "recorded_by": Class.PERSONAL},
    )

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    text = models.TextField()
    insights = models.ManyToManyField(Insight, through="ChangedBy", related_name="changes")
    status = models.CharField(max_length=12, choices=Status.choices)
    turn = models.PositiveIntegerField(default=0)
    recorded_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    objects = ChangeQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "-made_at", "-id"], name="change_newest"),
            models.Index(fields=["organisation", "status", "-made_at", "-id"], name="change_status_newest"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("insights:change", args=[self.code])


class ChangedBy(models.Model):
    """One insight that a change came from."""

    privacy = Privacy(keep=KEEP, forget=_("with the insight"), fields={})

    change = models.ForeignKey(Change, on_delete=models.CASCADE, related_name="causes")
    insight = models.ForeignKey(Insight, on_delete=models.CASCADE, related_name="causes")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["change", "insight"], name="changed_by_once")]

    def __str__(self) -> str:
        return f"{self.change_id} because of {self.insight_id}"


class Movement(Record):
    """One step of a change, with its day and its reason: never silent."""

    code_prefix = "MOV"
    privacy = Privacy(keep=_("as long as the change"), forget=_("with the change"), fields={"reason": Class.WORK, "by": Class.PERSONAL})

    change = models.ForeignKey(Change, on_delete=models.CASCADE, related_name="movements")
    status = models.CharField(max_length=12, choices=ChangeStatus.choices)
    on = models.DateField()
    reason = models.TextField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["change", "id"], name="movement_in_order")]


class WordingQuerySet(ForViewers):
    def visible_to(self, viewer: Viewer) -> WordingQuerySet:
        return self.filter(change__in=Change.objects.visible_to(viewer))


class Wording(Record):
    """Public words for a change, proposed by the lead, agreed by everyone who spoke and by the lead."""

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("Waiting to be agreed")
        AGREED = "agreed", _("Agreed by everyone")
        SENT_BACK = "sent back", _("Other words asked for")
        REPLACED = "replaced", _("Replaced by newer words")
        PUBLISHED = "published", _("Published")
        TAKEN_DOWN = "taken down", _("Taken down: words were withdrawn")

    code_prefix = "WRD"
    lifecycle = Lifecycle(
        {
            "agree": (Status.PROPOSED, Status.AGREED),
            "send_back": ((Status.PROPOSED, Status.AGREED), Status.SENT_BACK),
            "replace": ((Status.PROPOSED, Status.AGREED, Status.SENT_BACK, Status.PUBLISHED), Status.REPLACED),
            "publish": (Status.AGREED, Status.PUBLISHED),
            "take_down": ((Status.PROPOSED, Status.AGREED, Status.SENT_BACK, Status.PUBLISHED), Status.TAKEN_DOWN),
        }
    )
    privacy = Privacy(
        keep=_("as long as the change"),
        forget=_("what we were told is taken away when the person withdraws"),
        fields={"told_us": Class.PERSONAL, "changed": Class.WORK, "title": Class.WORK, "proposed_by": Class.PERSONAL},
    )

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    change = models.ForeignKey(Change, on_delete=models.CASCADE, related_name="wordings")
    title = models.CharField(max_length=200)
    told_us = models.TextField(blank=True)
    changed = models.TextField()
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.PROPOSED)
    turn = models.PositiveIntegerField(default=0)
    proposed_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    objects = WordingQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["organisation", "status", "made_at"], name="wording_waiting")]
        constraints = [
            models.UniqueConstraint(
                fields=["change"], condition=Q(status__in=["proposed", "agreed", "sent back"]), name="wording_one_in_hand"
            )
        ]

    @property
    def history_root(self) -> Record:
        return self.change

    def get_absolute_url(self) -> str:
        return reverse("insights:wording", args=[self.code])


class WordingAnswer(Record):
    """What one person says to the proposed words: yes, or what they would rather have; a blank answer still waits."""

    class Answer(models.TextChoices):
        WAITING = "waiting", _("Has not answered yet")
        YES = "yes", _("Agrees")
        NO = "no", _("Asks for other words")

    code_prefix = "WAN"
    lifecycle = Lifecycle(
        {"say_yes": ((Answer.WAITING, Answer.NO), Answer.YES), "say_no": ((Answer.WAITING, Answer.YES), Answer.NO)}, field="answer"
    )
    privacy = Privacy(
        keep=_("as long as the change"),
        forget=_("with the wording"),
        fields={"by": Class.PERSONAL, "comment": Class.WORDS, "recorded_by": Class.PERSONAL},
    )

    wording = models.ForeignKey(Wording, on_delete=models.CASCADE, related_name="answers")
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="wording_answers")
    is_for_lead = models.BooleanField(default=False)
    answer = models.CharField(max_length=8, choices=Answer.choices, default=Answer.WAITING)
    turn = models.PositiveIntegerField(default=0)
    answered_at = models.DateTimeField(null=True, blank=True)
    comment = models.TextField(blank=True)
    recorded_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["wording", "by"], name="wording_answer_one_each")]
        indexes = [models.Index(fields=["by", "made_at"], name="wording_answer_waiting", condition=Q(answer="waiting"))]

    @property
    def history_root(self) -> Record:
        return self.wording.change

    @property
    def organisation_id(self) -> int:
        return self.wording.organisation_id


class PublishedChange(Record):
    """A copy of agreed words, under an address that stays; written once, never changed. Newer words are a new edition."""

    code_prefix = "PUB"
    privacy = Privacy(
        keep=_("as long as the organisation publishes it"),
        forget=_("editions with withdrawn words are deleted"),
        fields={
            "address": Class.PUBLIC,
            "title": Class.PUBLIC,
            "told_us": Class.PUBLIC,
            "changed": Class.PUBLIC,
            "credit": Class.PUBLIC,
        },
    )

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    address = models.CharField(max_length=16)
    edition = models.PositiveSmallIntegerField()
    is_newest = models.BooleanField(default=True)
    title = models.CharField(max_length=200)
    told_us = models.TextField(blank=True)
    changed = models.TextField()
    credit = models.CharField(max_length=300, blank=True)
    status = models.CharField(max_length=12, choices=ChangeStatus.choices)
    has_withdrawn_words = models.BooleanField(default=False)
    first_published_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["address", "edition"], name="published_edition_once"),
            models.UniqueConstraint(fields=["address"], condition=Q(is_newest=True), name="published_one_newest"),
        ]
        indexes = [
            models.Index(fields=["organisation", "-made_at", "-id"], name="published_newest", condition=Q(is_newest=True)),
            models.Index(fields=["organisation", "status", "-made_at", "-id"], name="published_by_status", condition=Q(is_newest=True)),
        ]

    def __str__(self) -> str:
        return self.title


class PublishedMovement(Record):
    """A copy of one step of a published change: what, when and why."""

    code_prefix = "PMV"
    privacy = Privacy(
        keep=_("as long as the published change"),
        forget=_("with the published change"),
        fields={"address": Class.PUBLIC, "reason": Class.PUBLIC},
    )

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    address = models.CharField(max_length=16)
    status = models.CharField(max_length=12, choices=ChangeStatus.choices)
    on = models.DateField()
    reason = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["address", "id"], name="published_movements")]
