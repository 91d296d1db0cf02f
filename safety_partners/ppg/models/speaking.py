"""What is asked of a group, what it puts first, what it says together, what was agreed with it, and what it tells everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from safety_partners.core.lifecycle import Lifecycle
from safety_partners.core.models import Record
from safety_partners.core.privacy import Kind as Class
from safety_partners.core.privacy import Privacy
from safety_partners.core.seals import Sealed
from safety_partners.insights.models import Insight
from safety_partners.insights.models.insight import not_withheld
from safety_partners.partners.models import Recorded
from safety_partners.people.models import Membership
from safety_partners.ppg.models.group import KEEP, WITH_GROUP, Group, GroupMeeting, OfGroup

if TYPE_CHECKING:
    from safety_partners.core.viewer import Viewer


class Question(Recorded, Record):
    """Something the organisation asks a group, what for, and what the group answered."""

    class Status(models.TextChoices):
        ASKED = "asked", _("Waits for the group")
        ANSWERED = "answered", _("Answered: we say what we do with it")
        CLOSED = "closed", _("Closed: the group was told")
        TAKEN_BACK = "taken back", _("Taken back")

    code_prefix = "GQN"
    lifecycle = Lifecycle(
        {
            "answer": (Status.ASKED, Status.ANSWERED),
            "tell": (Status.ANSWERED, Status.CLOSED),
            "take_back": (Status.ASKED, Status.TAKEN_BACK),
        }
    )
    privacy = Privacy(
        keep=KEEP,
        forget=WITH_GROUP,
        fields={
            "text": Class.WORK,
            "purpose": Class.WORK,
            "can_change": Class.WORK,
            "answer": Class.WORDS,
            "told": Class.WORK,
            "asked_by": Class.PERSONAL,
            "for_whom": Class.PERSONAL,
            "about_code": Class.WORK,
            "recorded_by": Class.PERSONAL,
        },
    )

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="questions")
    text = models.TextField()
    purpose = models.TextField(blank=True)
    can_change = models.TextField(blank=True)
    asked_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    # A request of staff that the lead passed on to groups instead: its code, and whose it is. They hear the answer too.
    about_code = models.CharField(max_length=16, blank=True)
    for_whom = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answer_by = models.DateField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    # What we did with the answer, or why not.
    told = models.TextField(blank=True)
    # The day for which the chair was reminded.
    reminded_for = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.ASKED)
    turn = models.PositiveIntegerField(default=0)

    objects = OfGroup.as_manager()

    class Meta:
        constraints = [
            *Recorded.Meta.constraints,
            models.CheckConstraint(
                name="question_answered_at",
                condition=Q(answer="", answered_at__isnull=True) | (~Q(answer="") & Q(answered_at__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(fields=["group", "-id"], name="question_newest"),
            models.Index(fields=["answer_by"], name="question_waiting", condition=Q(status="asked")),
            models.Index(fields=["about_code"], name="question_about", condition=~Q(about_code="")),
        ]

    def get_absolute_url(self) -> str:
        return reverse("ppg:question", args=[self.code])

    @property
    def history_root(self) -> Record:
        return self.group


class Priority(Record):
    """What matters most to the group in a year, in its own order."""

    code_prefix = "GPR"
    privacy = Privacy(keep=KEEP, forget=WITH_GROUP, fields={"words": Class.WORDS})

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="priorities")
    year = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=300)

    objects = OfGroup.as_manager()

    class Meta:
        verbose_name_plural = "priorities"
        indexes = [models.Index(fields=["group", "-year", "position"], name="priority_in_order")]

    @property
    def history_root(self) -> Record:
        return self.group


class CollectiveViewQuerySet(OfGroup):
    def visible_to(self, viewer: Viewer) -> CollectiveViewQuerySet:
        """A draft is with whoever writes it. Shared: the chair, whoever looks after the group, and those who may see the words."""
        rows = self.filter(group__in=Group.objects.visible_to(viewer))
        me = viewer.membership_id
        own = Q(insight__speaker_id=me, insight__recorded_by__isnull=True) | Q(insight__recorded_by_id=me)
        shared = ~Q(insight__status=Insight.Status.DRAFT) & not_withheld(viewer, "insight_id")
        # Judged row by row: with "in", SQLite gathers every insight that somebody may see first.
        read = Exists(Insight.objects.visible_to(viewer).filter(pk=OuterRef("insight_id")))
        works = Q(group__chair_id=me) | Q(group__contact_id=me) | Q(read)
        return rows.filter(own | (shared & works))

    def shared(self) -> CollectiveViewQuerySet:
        return self.exclude(insight__status=Insight.Status.DRAFT)


class CollectiveView(Sealed, Record):
    """What a group says together; the words are an insight with the group's voice. Beside it, sealed too, what a minority thinks."""

    class Gathered(models.TextChoices):
        MEETING = "meeting", _("At a meeting")
        ONLINE = "online", _("By email or online")
        BOTH = "both", _("Both")

    code_prefix = "CVW"
    privacy = Privacy(
        keep=KEEP,
        forget=_("with the words it places"),
        fields={"words": Class.WORDS, "checksum": Class.WORK},
    )

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="views")
    insight = models.OneToOneField(Insight, on_delete=models.CASCADE, related_name="collective_view")
    meeting = models.ForeignKey(GroupMeeting, null=True, blank=True, on_delete=models.PROTECT, related_name="views")
    gathered = models.CharField(max_length=10, choices=Gathered.choices)
    people_count = models.PositiveIntegerField()

    objects = CollectiveViewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="collective_view_of_somebody", condition=Q(people_count__gte=1)),
        ]
        indexes = [models.Index(fields=["group", "-id"], name="collective_view_newest")]

    def get_absolute_url(self) -> str:
        return reverse("ppg:view", args=[self.code])

    @property
    def organisation_id(self) -> int:
        return self.group.organisation_id

    @property
    def history_root(self) -> Record:
        return self.group


class Improvement(Record):
    """Something agreed with the group: who sees to it, by when, and what was done (regulation 20: reasonable efforts)."""

    class Status(models.TextChoices):
        AGREED = "agreed", _("Agreed")
        DONE = "done", _("Done")
        NOT = "not done", _("Could not be done, and this is why")

    code_prefix = "GIM"
    lifecycle = Lifecycle(
        {
            "put_off": (Status.AGREED, Status.AGREED),
            "complete": (Status.AGREED, Status.DONE),
            "give_up": (Status.AGREED, Status.NOT),
        }
    )
    privacy = Privacy(
        keep=KEEP,
        forget=WITH_GROUP,
        fields={"text": Class.WORK, "efforts": Class.WORK, "owner": Class.PERSONAL},
    )

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="improvements")
    view = models.ForeignKey(CollectiveView, null=True, blank=True, on_delete=models.PROTECT, related_name="improvements")
    text = models.TextField()
    owner = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    agreed_on = models.DateField()
    due_on = models.DateField()
    # What was tried and done, or why it could not be.
    efforts = models.TextField(blank=True)
    ended_on = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.AGREED)
    turn = models.PositiveIntegerField(default=0)

    objects = OfGroup.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="improvement_ended_with_words",
                condition=Q(status="agreed", ended_on__isnull=True) | (~Q(status="agreed") & Q(ended_on__isnull=False) & ~Q(efforts="")),
            )
        ]
        indexes = [
            models.Index(fields=["group", "status", "due_on"], name="improvement_of_group"),
            models.Index(fields=["owner", "due_on"], name="improvement_of_owner", condition=Q(status="agreed")),
        ]

    def get_absolute_url(self) -> str:
        return reverse("ppg:improvement", args=[self.code])

    @property
    def history_root(self) -> Record:
        return self.group


class PublicNote(Record):
    """What a group tells everybody: words written for the public page, shown from when they are published until taken down."""

    code_prefix = "GNT"
    privacy = Privacy(keep=KEEP, forget=WITH_GROUP, fields={"title": Class.PUBLIC, "words": Class.PUBLIC, "by": Class.PERSONAL})

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="notes")
    title = models.CharField(max_length=200)
    words = models.TextField()
    on = models.DateField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    taken_down_at = models.DateTimeField(null=True, blank=True)

    objects = OfGroup.as_manager()

    class Meta:
        indexes = [models.Index(fields=["group", "-on", "-id"], name="public_note_newest")]

    @property
    def history_root(self) -> Record:
        return self.group
