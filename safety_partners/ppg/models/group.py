"""The register of groups: which practice has one, how it meets, who speaks for it; its meetings and who is in it, as numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from safety_partners.core.lifecycle import Lifecycle
from safety_partners.core.models import ForViewers, Record, StoredFile
from safety_partners.core.privacy import Kind as Class
from safety_partners.core.privacy import Privacy
from safety_partners.people.models import Membership, Organisation, Role
from safety_partners.people.policies import STAFF_ROLES

if TYPE_CHECKING:
    from safety_partners.core.viewer import Viewer

KEEP = _("as long as the organisation has set for the records of its groups")
WITH_GROUP = _("with the group")
# Whoever works here, the board and governance read the register. Partners see what is public of it.
READERS = STAFF_ROLES | {Role.BOARD, Role.GOVERNANCE}


class GroupQuerySet(ForViewers):
    def visible_to(self, viewer: Viewer) -> GroupQuerySet:
        """Staff and the board see all; a chair and a contact their own."""
        rows = self.filter(organisation_id=viewer.organisation_id)
        if viewer.membership_id is None:
            return rows.none()
        if viewer.has_any_role(READERS):
            return rows
        return rows.filter(chair_id=viewer.membership_id)

    def with_people(self) -> GroupQuerySet:
        return self.select_related("organisation", "chair__user", "chair__organisation", "contact__user", "contact__organisation")

    def by_practice(self) -> GroupQuerySet:
        return self.order_by("practice", "id")


class Group(Record):
    """A patient participation group of one practice; or, said honestly, that a practice has no active one."""

    class Kind(models.TextChoices):
        MEETS = "meets", _("It meets")
        VIRTUAL = "virtual", _("It works by email or online")
        BOTH = "both", _("It meets, and more people take part online")

    class Status(models.TextChoices):
        ACTIVE = "active", _("Active")
        RESTING = "resting", _("Resting: it has not met for a while")
        NONE = "none", _("No active group")

    code_prefix = "GRP"
    lifecycle = Lifecycle(
        {
            "rest": (Status.ACTIVE, Status.RESTING),
            "end": ((Status.ACTIVE, Status.RESTING), Status.NONE),
            "begin": ((Status.RESTING, Status.NONE), Status.ACTIVE),
        }
    )
    privacy = Privacy(
        keep=KEEP,
        forget=WITH_GROUP,
        fields={
            "practice": Class.PUBLIC,
            "ods_code": Class.PUBLIC,
            "name": Class.PUBLIC,
            "about": Class.PUBLIC,
            "how_to_join": Class.PUBLIC,
            "chair": Class.PERSONAL,
            "contact": Class.PERSONAL,
            "status_words": Class.WORK,
        },
    )

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    practice = models.CharField(max_length=200)
    # The practice's code in the Organisation Data Service: a letter and five digits.
    ods_code = models.CharField(max_length=10, blank=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.MEETS)
    about = models.TextField(blank=True)
    how_to_join = models.TextField(blank=True)
    # Who speaks for the group here. They need not sign in: staff then write down what the group says, and letters tell them.
    chair = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # Who looks after the group on our side.
    contact = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    members_count = models.PositiveIntegerField(null=True, blank=True)
    online_count = models.PositiveIntegerField(null=True, blank=True)
    # How often we come together, as agreed with the group (Personal Medical Services Regulations 2015, regulation 20).
    interval_months = models.PositiveSmallIntegerField(null=True, blank=True)
    interval_agreed_on = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.ACTIVE)
    status_since = models.DateField()
    status_words = models.TextField(blank=True)
    # The year for whose review somebody was reminded.
    review_told_for = models.PositiveSmallIntegerField(null=True, blank=True)
    turn = models.PositiveIntegerField(default=0)

    objects = GroupQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="group_name_once"),
            models.CheckConstraint(
                name="group_interval_agreed_on",
                condition=Q(interval_months__isnull=True, interval_agreed_on__isnull=True)
                | Q(interval_months__gte=1, interval_agreed_on__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "practice", "id"], name="group_by_practice"),
            models.Index(fields=["organisation", "status", "practice", "id"], name="group_by_status"),
            models.Index(fields=["chair"], name="group_of_chair", condition=Q(chair__isnull=False)),
            models.Index(fields=["contact"], name="group_of_contact", condition=Q(contact__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("ppg:group", args=[self.code])

    @property
    def voice(self) -> Membership | None:
        """The chair, as long as they are here: nothing of the group goes to somebody who has left."""
        return self.chair if self.chair is not None and self.chair.ended_on is None else None


class OfGroup(ForViewers):
    """Rows of a group, seen by whoever may see it."""

    def visible_to(self, viewer: Viewer) -> OfGroup:
        seen = Group.objects.visible_to(viewer)
        if viewer.has_any_role(READERS):
            # Judged row by row, so that a page is found along the list's own order: with "in", SQLite gathers the rows of every group.
            return self.filter(Exists(seen.filter(pk=OuterRef("group_id"))))
        return self.filter(group__in=seen)


class GroupMeeting(Record):
    """A time the group came together, or will: where, how many, its minutes."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("Planned")
        HELD = "held", _("Held")
        CANCELLED = "cancelled", _("Cancelled")

    code_prefix = "GMT"
    lifecycle = Lifecycle(
        {
            "change": (Status.PLANNED, Status.PLANNED),
            "hold": ((Status.PLANNED, Status.HELD), Status.HELD),
            "cancel": (Status.PLANNED, Status.CANCELLED),
        }
    )
    privacy = Privacy(
        keep=KEEP,
        forget=WITH_GROUP,
        fields={
            "place": Class.WORK,
            "join_link": Class.WORK,
            "topics": Class.WORK,
            "minutes": Class.WORK,
            "minutes_file": Class.WORK,
            "why_cancelled": Class.WORK,
        },
    )

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="meetings")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    place = models.CharField(max_length=200, blank=True)
    join_link = models.URLField(max_length=500, blank=True)
    topics = models.TextField(blank=True)
    people_count = models.PositiveIntegerField(null=True, blank=True)
    minutes = models.TextField(blank=True)
    minutes_file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    why_cancelled = models.TextField(blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PLANNED)
    sequence = models.PositiveIntegerField(default=0)
    turn = models.PositiveIntegerField(default=0)

    objects = OfGroup.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="group_meeting_ends_after_start", condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")))
        ]
        indexes = [
            models.Index(fields=["group", "-starts_at", "-id"], name="group_meeting_newest"),
            models.Index(fields=["starts_at"], name="group_meeting_by_day"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("ppg:meeting", args=[self.code])

    @property
    def organisation_id(self) -> int:
        return self.group.organisation_id

    @property
    def history_root(self) -> Record:
        return self.group


class YearlyReview(Record):
    """Who is in the group beside who is registered with the practice, once each financial year; numbers only, none of a single person."""

    code_prefix = "GYR"
    privacy = Privacy(
        keep=KEEP,
        forget=WITH_GROUP,
        fields={"method": Class.WORK, "found": Class.WORK, "plan": Class.WORK, "counts": Class.WORK, "by": Class.PERSONAL},
    )

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="reviews")
    # The financial year by the year in which it begins: 2026 is April 2026 to March 2027.
    year = models.PositiveSmallIntegerField()
    done_on = models.DateField()
    method = models.TextField()
    # Bands of age and so on: [["Age", "16 to 24", group, practice], …]; a number below five stands as null.
    counts: Any = models.JSONField(default=list)
    found = models.TextField()
    # What will be done so that more sorts of people take part.
    plan = models.TextField(blank=True)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    objects = OfGroup.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "year"], name="yearly_review_once")]

    @property
    def history_root(self) -> Record:
        return self.group
