"""Meetings: the rule that repeats them, one meeting, who is invited, and what each partner needs there."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from safety_partners.committees.models.committee import KEEP, READERS, WITH_COMMITTEE, Committee, OfCommittee
from safety_partners.core import clock
from safety_partners.core.lifecycle import Lifecycle
from safety_partners.core.models import ForViewers, Record
from safety_partners.core.privacy import Kind as Class
from safety_partners.core.privacy import Privacy
from safety_partners.partners.models import AccessNeed, Recorded
from safety_partners.people.models import Membership, Organisation, Role

if TYPE_CHECKING:
    from safety_partners.core.viewer import Viewer

WITH_MEETING = _("with the meeting")


class Series(Record):
    """The rule by which a committee meets: a recurrence rule of RFC 5545 in London time, and what its meetings share."""

    class OnHoliday(models.TextChoices):
        STAY = "stay", _("Leave it there and warn the secretary")
        EARLIER = "earlier", _("The last working day before it")
        LATER = "later", _("The next working day after it")

    code_prefix = "SRS"
    lifecycle = Lifecycle({"rewrite": ("runs", "runs"), "stop": ("runs", "stopped")})
    privacy = Privacy(
        keep=KEEP,
        forget=WITH_COMMITTEE,
        fields={"rule": Class.WORK, "place": Class.WORK, "getting_there": Class.WORK, "video_link": Class.WORK, "phone_in": Class.WORK},
    )

    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="series")
    # Such as FREQ=MONTHLY;BYDAY=+1MO: kept in the standard's own words, so that any library can work it out.
    rule = models.CharField(max_length=200)
    on_holiday = models.CharField(max_length=10, choices=OnHoliday.choices, default=OnHoliday.STAY)
    first_on = models.DateField()
    last_on = models.DateField()
    # As the clock on the wall says in London, in summer and in winter.
    starts_at_time = models.TimeField()
    minutes_long = models.PositiveSmallIntegerField(default=120)
    place = models.CharField(max_length=300, blank=True)
    getting_there = models.TextField(blank=True)
    video_link = models.URLField(max_length=500, blank=True)
    phone_in = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=10, choices=[("runs", _("Runs")), ("stopped", _("Stopped"))], default="runs")
    turn = models.PositiveIntegerField(default=0)

    objects = OfCommittee.as_manager()

    class Meta:
        verbose_name_plural = "series"
        constraints = [
            models.CheckConstraint(name="series_ends_after_start", condition=Q(last_on__gte=F("first_on"))),
            models.UniqueConstraint(fields=["committee"], condition=Q(status="runs"), name="series_one_at_a_time"),
        ]

    @property
    def history_root(self) -> Record:
        return self.committee


class MeetingQuerySet(ForViewers):
    def visible_to(self, viewer: Viewer) -> MeetingQuerySet:
        """When committees meet is known to staff and the board; to others, the meetings to which they are or were invited."""
        rows = self.filter(organisation_id=viewer.organisation_id)
        if viewer.membership_id is None:
            return rows.none()
        if viewer.has_any_role(READERS):
            return rows
        return rows.filter(Exists(Invitee.objects.filter(meeting=OuterRef("pk"), membership_id=viewer.membership_id)))

    def to_come(self) -> MeetingQuerySet:
        """Planned and not over yet."""
        return self.filter(status=Meeting.Status.PLANNED, ends_at__gt=clock.now())


class Meeting(Record):
    """One meeting of a committee: when, where, how to take part, and whether its papers went out in time."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("Planned")
        HELD = "held", _("Held")
        CANCELLED = "cancelled", _("Cancelled")

    code_prefix = "MTG"
    lifecycle = Lifecycle(
        {
            "change": (Status.PLANNED, Status.PLANNED),
            "hold": (Status.PLANNED, Status.HELD),
            "cancel": (Status.PLANNED, Status.CANCELLED),
        }
    )
    privacy = Privacy(
        keep=KEEP,
        forget=WITH_COMMITTEE,
        fields={
            "place": Class.WORK,
            "getting_there": Class.WORK,
            "video_link": Class.WORK,
            "phone_in": Class.WORK,
            "breaks": Class.WORK,
            "why_cancelled": Class.WORK,
        },
    )

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="meetings")
    series = models.ForeignKey(Series, null=True, blank=True, on_delete=models.PROTECT, related_name="meetings")
    # The day that the rule gave it: it keeps its place in the series wherever it is moved.
    slot_on = models.DateField(null=True, blank=True)
    # Its day or time was set by hand: a change of the series leaves it where it is.
    is_moved = models.BooleanField(default=False)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=300, blank=True)
    getting_there = models.TextField(blank=True)
    video_link = models.URLField(max_length=500, blank=True)
    phone_in = models.CharField(max_length=200, blank=True)
    breaks = models.TextField(blank=True)
    papers_due_on = models.DateField()
    papers_sent_at = models.DateTimeField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PLANNED)
    turn = models.PositiveIntegerField(default=0)
    # Counts what calendars must follow: SEQUENCE of RFC 5545.
    sequence = models.PositiveIntegerField(default=0)
    why_cancelled = models.TextField(blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "slot_on"], condition=Q(series__isnull=False), name="meeting_slot_once"),
            models.CheckConstraint(name="meeting_ends_after_start", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(
                name="meeting_slot_of_series",
                condition=Q(series__isnull=True, slot_on__isnull=True) | Q(series__isnull=False, slot_on__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "starts_at", "id"], name="meeting_by_day"),
            models.Index(fields=["committee", "starts_at", "id"], name="meeting_of_committee"),
            models.Index(fields=["organisation", "status", "starts_at", "id"], name="meeting_by_status"),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("committees:meeting", args=[self.code])

    @property
    def day(self) -> dt.date:
        """The day on which it begins, in London."""
        return clock.day_of(self.starts_at)

    @property
    def is_over(self) -> bool:
        return self.ends_at <= clock.now()

    @property
    def history_root(self) -> Record:
        return self.committee


class InviteeQuerySet(ForViewers):
    def visible_to(self, viewer: Viewer) -> InviteeQuerySet:
        """Whoever is invited knows who else is; so do those who run the committee and the lead. Others see no names."""
        rows = self.filter(meeting__organisation_id=viewer.organisation_id)
        if viewer.membership_id is None:
            return rows.none()
        if viewer.has_any_role({Role.LEAD, Role.GOVERNANCE}):
            return rows
        me = viewer.membership_id
        is_there = Invitee.objects.filter(meeting=OuterRef("meeting"), membership_id=me)
        return rows.filter(Exists(is_there) | Q(meeting__committee__secretary_id=me) | Q(meeting__committee__chair_id=me))

    def partners(self) -> InviteeQuerySet:
        return self.filter(kind=Invitee.Kind.PARTNER)

    def not_answered(self) -> InviteeQuerySet:
        return self.filter(reply=Invitee.Reply.NONE)

    def rested(self, since: dt.datetime) -> InviteeQuerySet:
        """Those who had no reminder after a moment."""
        return self.filter(Q(reminded_at__isnull=True) | Q(reminded_at__lte=since))


class Invitee(Recorded, Record):
    """Somebody invited to a meeting: what they answered, how they take part, whether they came."""

    class Kind(models.TextChoices):
        PARTNER = "partner", _("Patient Safety Partner")
        MEMBER = "member", _("Member")
        GUEST = "guest", _("Guest")

    class Reply(models.TextChoices):
        NONE = "", _("No answer yet")
        COMING = "coming", _("Coming")
        APOLOGIES = "apologies", _("Sends apologies")

    class How(models.TextChoices):
        IN_PERSON = "in person", _("In person")
        VIDEO = "video", _("By video")
        PHONE = "phone", _("By phone")

    class Attendance(models.TextChoices):
        UNKNOWN = "", _("Not recorded")
        PRESENT = "present", _("There")
        PART = "part", _("There for part of it")
        ABSENT = "absent", _("Not there")

    code_prefix = "IVT"
    privacy = Privacy(
        keep=KEEP,
        forget=WITH_MEETING,
        fields={
            "membership": Class.PERSONAL,
            "capture": Class.WORK,
            "recorded_by": Class.PERSONAL,
            "attended_note": Class.WORK,
            "pack_posted_by": Class.PERSONAL,
        },
    )

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="invitees")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="invited_to")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    reply = models.CharField(max_length=10, choices=Reply.choices, blank=True, default=Reply.NONE)
    how = models.CharField(max_length=10, choices=How.choices, blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    # What their calendar was last told: the meeting's sequence then.
    told_sequence = models.PositiveIntegerField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    # They looked at the agenda and said what they must declare, or that there is nothing.
    declared_at = models.DateTimeField(null=True, blank=True)
    attendance = models.CharField(max_length=10, choices=Attendance.choices, blank=True, default=Attendance.UNKNOWN)
    attended_note = models.CharField(max_length=200, blank=True)
    wants_paper = models.BooleanField(default=False)
    pack_posted_at = models.DateTimeField(null=True, blank=True)
    pack_posted_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = InviteeQuerySet.as_manager()

    class Meta:
        constraints = [
            *Recorded.Meta.constraints,
            models.UniqueConstraint(fields=["meeting", "membership"], name="invitee_once"),
            models.CheckConstraint(
                name="invitee_replied_at",
                condition=Q(reply="", replied_at__isnull=True) | (~Q(reply="") & Q(replied_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="invitee_pack_posted_by_and_at",
                condition=Q(pack_posted_at__isnull=True, pack_posted_by__isnull=True)
                | Q(pack_posted_at__isnull=False, pack_posted_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["membership", "meeting"], name="invitee_meetings"),
            models.Index(fields=["meeting"], name="invitee_packs_to_post", condition=Q(wants_paper=True, pack_posted_at__isnull=True)),
        ]

    @property
    def history_root(self) -> Record:
        return self.meeting.committee


class NeedAtMeetingQuerySet(ForViewers):
    def visible_to(self, viewer: Viewer) -> NeedAtMeetingQuerySet:
        """The partner, those who arrange the meeting for them, and the lead."""
        rows = self.filter(invitee__meeting__organisation_id=viewer.organisation_id)
        if viewer.membership_id is None:
            return rows.none()
        if Role.LEAD in viewer.roles:
            return rows
        me = viewer.membership_id
        committee = "invitee__meeting__committee"
        return rows.filter(Q(invitee__membership_id=me) | Q(**{f"{committee}__secretary_id": me}) | Q(**{f"{committee}__chair_id": me}))


class NeedAtMeeting(Record):
    """Whether one access need of one partner is met at one meeting, and if not, why: no meeting is ready while this is open."""

    class Status(models.TextChoices):
        ASKED = "asked", _("Not arranged yet")
        MET = "met", _("Met")
        NOT_MET = "not met", _("Not met")

    code_prefix = "NAM"
    privacy = Privacy(keep=KEEP, forget=WITH_MEETING, fields={"reason": Class.WORK, "decided_by": Class.PERSONAL, "status": Class.PERSONAL})

    invitee = models.ForeignKey(Invitee, on_delete=models.CASCADE, related_name="needs")
    need = models.ForeignKey(AccessNeed, on_delete=models.CASCADE, related_name="+")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.ASKED)
    reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = NeedAtMeetingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["invitee", "need"], name="need_at_meeting_once"),
            models.CheckConstraint(name="need_at_meeting_not_met_has_reason", condition=~Q(status="not met") | ~Q(reason="")),
            models.CheckConstraint(
                name="need_at_meeting_decided_by_and_at",
                condition=Q(status="asked", decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(status="asked") & Q(decided_by__isnull=False, decided_at__isnull=False)),
            ),
        ]
        indexes = [models.Index(fields=["invitee"], name="need_at_meeting_open", condition=Q(status="asked"))]

    @property
    def history_root(self) -> Record:
        return self.invitee.meeting.committee
