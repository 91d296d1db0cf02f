"""An activity: what staff ask partners for, from the first line of the request to what changed because they took part."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from safety_partners.activities.models.kind import ActivityKind, Shape
from safety_partners.committees.models import Committee
from safety_partners.core.lifecycle import Lifecycle
from safety_partners.core.models import ForViewers, Record
from safety_partners.core.privacy import Kind as Class
from safety_partners.core.privacy import Privacy
from safety_partners.core.working_days import today
from safety_partners.partners.models import TaskVersion
from safety_partners.people.models import Level, Membership, Organisation, Role, Service
from safety_partners.reviews.models import Review

if TYPE_CHECKING:
    from safety_partners.core.viewer import Viewer

KEEP = _("as long as the organisation has set for the records of its partner programme")
WITH_ACTIVITY = _("with the activity")
# So that nobody is the only partner in a room (seed: two partners; DOMAIN.md 3.3).
PARTNERS_WANTED = 2
# Who oversees the programme sees what was asked for, and what became of it; not who said no.
OVERSEERS = frozenset({Role.LEAD, Role.GOVERNANCE})


class ActivityQuerySet(ForViewers):
    def visible_to(self, viewer: Viewer) -> ActivityQuerySet:
        """Drafts are the requester's. The lead and governance see the rest; partners what they were offered."""
        rows = self.filter(organisation_id=viewer.organisation_id)
        if viewer.membership_id is None:
            return rows.none()
        me = viewer.membership_id
        own = Q(requester_id=me) | (~Q(status=Activity.Status.DRAFT) & Q(feedback_by_id=me))
        if viewer.has_any_role(OVERSEERS):
            return rows.filter(own | ~Q(status=Activity.Status.DRAFT))
        # Offers name their activity, so they stand above it.
        from safety_partners.activities.models.offer import Offer

        offered = Offer.objects.filter(activity=OuterRef("pk"), partner__membership_id=me).exclude(status=Offer.Status.TAKEN_BACK)
        return rows.filter(own | Exists(offered))

    def under_way(self) -> ActivityQuerySet:
        """Taken on, and not closed yet."""
        return self.filter(status__in=Activity.UNDER_WAY)

    def in_hand(self) -> ActivityQuerySet:
        """Somebody has something to do with it still, so it can be handed on."""
        return self.filter(status__in=Activity.IN_HAND)


class Activity(Record):
    """Something partners are asked to take part in: what for, what can still change, who decides, what is promised back."""

    class Stage(models.TextChoices):
        """How far things are when partners come in (DOMAIN.md 3.0); the earlier, the more can change."""

        IDEA = "idea", _("An idea: everything is open")
        DESIGN = "design", _("Design: the aim is clear, the way is open")
        DRAFT = "draft", _("Draft: there is something to look at and change")
        FINAL = "final", _("Final: details can still change")
        EVALUATION = "evaluation", _("Looking back: how did it go?")

    class Data(models.TextChoices):
        """What partners will see about people."""

        NONE = "none", _("Nothing about single people")
        ANONYMOUS = "anonymous", _("Facts without names")
        RESTRICTED = "restricted", _("Restricted: a confidentiality agreement is needed")

    class RoleLevel(models.IntegerChoices):
        """Role level 1 to 4 of the Patient and Public Voice policy (DOMAIN.md 1)."""

        OPEN = 1, _("Open to everybody (role level 1)")
        ONE_OFF = 2, _("One time (role level 2)")
        WORKING_GROUP = 3, _("A working group (role level 3)")
        STRATEGIC = 4, _("A say in what is decided (role level 4)")

    class Status(models.TextChoices):
        DRAFT = "draft", _("Being written")
        ASKED = "asked", _("With the partner lead")
        RETURNED = "returned", _("Sent back with a reason")
        DECLINED = "declined", _("Not taken on")
        PASSED = "passed on", _("Passed to a patient participation group")
        WITHDRAWN = "withdrawn", _("Taken back")
        TAKEN_ON = "taken on", _("Going on")
        CANCELLED = "cancelled", _("Called off")
        REPORTED = "reported", _("What changed is written down")
        CLOSED = "closed", _("Closed")

    class Reason(models.TextChoices):
        """Why a request goes back or is not taken on: said to whoever asked, and counted."""

        TOO_LATE = "too late", _("There is too little time for partners to take part well")
        NOTHING_LEFT = "nothing left", _("Nothing can change any more, so partners could only nod")
        UNCLEAR = "unclear", _("It is not clear what partners are asked to do")
        NO_ANSWER = "no answer", _("Nobody is named who will tell partners what changed")
        NOT_SAFETY = "not safety", _("This is not about patient safety")
        NO_ROOM = "no room", _("No partner has time for this now")
        OTHER = "other", _("Something else")

    UNDER_WAY = (Status.TAKEN_ON, Status.REPORTED)
    IN_HAND = (Status.DRAFT, Status.ASKED, Status.RETURNED, *UNDER_WAY)
    # A request in one of these stages says why partners come in so late.
    LATE_STAGES = (Stage.FINAL, Stage.EVALUATION)

    code_prefix = "ATV"
    lifecycle = Lifecycle(
        {
            # So that nobody writes over what somebody else wrote meanwhile.
            "rewrite": ((Status.DRAFT, Status.RETURNED), Status.DRAFT),
            "ask": ((Status.DRAFT, Status.RETURNED), Status.ASKED),
            "take_on": (Status.ASKED, Status.TAKEN_ON),
            "send_back": (Status.ASKED, Status.RETURNED),
            "decline": (Status.ASKED, Status.DECLINED),
            "pass_on": (Status.ASKED, Status.PASSED),
            "withdraw": ((Status.DRAFT, Status.ASKED, Status.RETURNED), Status.WITHDRAWN),
            "adjust": (Status.TAKEN_ON, Status.TAKEN_ON),
            "call_off": (Status.TAKEN_ON, Status.CANCELLED),
            "report": ((Status.TAKEN_ON, Status.REPORTED), Status.REPORTED),
            # A partner says that this does not answer them: it goes on.
            "reopen": (Status.REPORTED, Status.TAKEN_ON),
            "close": (Status.REPORTED, Status.CLOSED),
        }
    )
    privacy = Privacy(
        keep=KEEP,
        forget=_("kept: it is the organisation's own work; who took part is forgotten with the partner"),
        fields={
            "title": Class.WORK,
            "team": Class.WORK,
            "purpose": Class.WORK,
            "can_change": Class.WORK,
            "why_late": Class.WORK,
            "decided_by": Class.WORK,
            "budget_code": Class.WORK,
            "distress": Class.WORK,
            "why_alone": Class.WORK,
            "preparation": Class.WORK,
            "access": Class.WORK,
            "place": Class.WORK,
            "payment": Class.WORK,
            "support": Class.WORK,
            "decision_words": Class.WORK,
            "called_off_because": Class.WORK,
            "requester": Class.PERSONAL,
            "feedback_by": Class.PERSONAL,
            "decided_on_by": Class.PERSONAL,
        },
    )

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.ForeignKey(ActivityKind, on_delete=models.PROTECT, related_name="activities")
    title = models.CharField(max_length=200)
    requester = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    team = models.CharField(max_length=200, blank=True)
    level = models.CharField(max_length=12, choices=Level.choices, default=Level.ORGANISATION)
    service = models.ForeignKey(Service, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # What for, and what difference partners can make.
    purpose = models.TextField(blank=True)
    can_change = models.TextField(blank=True)
    stage = models.CharField(max_length=10, choices=Stage.choices, blank=True)
    why_late = models.TextField(blank=True)
    # The person or meeting that decides in the end, in words.
    decided_by = models.CharField(max_length=200, blank=True)
    # When: its days may be set later as sessions; these are the first and the last, as far as they are known.
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    place = models.CharField(max_length=200, blank=True)
    # Until when partners are needed, so that the lead can ask in time.
    needed_by = models.DateField(null=True, blank=True)
    role_level = models.PositiveSmallIntegerField(choices=RoleLevel.choices, default=RoleLevel.ONE_OFF)
    budget_code = models.CharField(max_length=60, blank=True)
    data_seen = models.CharField(max_length=12, choices=Data.choices, blank=True)
    # Whether something in it may upset somebody, and what: nobody asks for partners without having thought about it.
    may_upset = models.BooleanField(null=True, blank=True)
    distress = models.TextField(blank=True)
    partners_wanted = models.PositiveSmallIntegerField(default=PARTNERS_WANTED)
    why_alone = models.TextField(blank=True)
    hours = models.DecimalField(max_digits=5, decimal_places=1, null=True, blank=True)
    preparation_hours = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    preparation = models.TextField(blank=True)
    access = models.TextField(blank=True)
    payment = models.CharField(max_length=300, blank=True)
    support = models.CharField(max_length=300, blank=True)
    # The promise: who tells partners what changed, and by when.
    feedback_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    feedback_on = models.DateField(null=True, blank=True)
    late_told_for = models.DateField(null=True, blank=True)

    task = models.ForeignKey(TaskVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # Where the work itself is done, if it has a place of its own in this product.
    review = models.ForeignKey(Review, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    committee = models.ForeignKey(Committee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    turn = models.PositiveIntegerField(default=0)
    asked_at = models.DateTimeField(null=True, blank=True)
    # What the lead decided on the request.
    decided_on = models.DateField(null=True, blank=True)
    decided_on_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=12, choices=Reason.choices, blank=True)
    decision_words = models.TextField(blank=True)
    called_off_because = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "activities"
        constraints = [
            models.CheckConstraint(
                name="activity_asked_with_what_it_needs",
                condition=Q(status__in=["draft", "returned", "withdrawn"])
                | (
                    ~Q(purpose="")
                    & ~Q(can_change="")
                    & ~Q(stage="")
                    & ~Q(decided_by="")
                    & ~Q(data_seen="")
                    & (~Q(partners_wanted=1) | ~Q(why_alone=""))
                    & (~Q(stage__in=["final", "evaluation"]) | ~Q(why_late=""))
                    & Q(may_upset__isnull=False, needed_by__isnull=False)
                    & Q(asked_at__isnull=False, feedback_by__isnull=False, feedback_on__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="activity_upsetting_in_words",
                condition=(Q(may_upset=True) & ~Q(distress="")) | Q(may_upset=False, distress="") | Q(may_upset__isnull=True, distress=""),
            ),
            models.CheckConstraint(
                name="activity_returned_with_reason",
                condition=~Q(status__in=["returned", "declined"], reason="") & ~Q(status__in=["returned", "declined"], decision_words=""),
            ),
            models.CheckConstraint(name="activity_called_off_because", condition=~Q(status="cancelled") | ~Q(called_off_because="")),
            models.CheckConstraint(name="activity_wants_somebody", condition=Q(partners_wanted__gte=1)),
            models.CheckConstraint(
                name="activity_ends_after_start",
                condition=Q(ends_on__isnull=True) | (Q(starts_on__isnull=False) & Q(ends_on__gte=F("starts_on"))),
            ),
            models.CheckConstraint(
                name="activity_decided_by_and_on",
                condition=Q(decided_on__isnull=True, decided_on_by__isnull=True) | Q(decided_on__isnull=False, decided_on_by__isnull=False),
            ),
            models.CheckConstraint(
                name="activity_closed_at",
                condition=Q(status="closed", closed_at__isnull=False) | (~Q(status="closed") & Q(closed_at__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "status", "-asked_at", "-id"], name="activity_status_newest"),
            models.Index(fields=["organisation", "needed_by", "id"], name="activity_needed", condition=Q(status="asked")),
            models.Index(fields=["organisation", "-id"], name="activity_newest"),
            models.Index(fields=["organisation", "kind", "-id"], name="activity_kind_newest"),
            models.Index(fields=["requester", "-id"], name="activity_of_requester"),
            models.Index(fields=["feedback_by", "feedback_on"], name="activity_feedback_due", condition=Q(status="taken on")),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("activities:activity", args=[self.code])

    @property
    def shape(self) -> Shape:
        return Shape(self.kind.shape)

    @property
    def is_late_stage(self) -> bool:
        """Partners come in when little can change."""
        return self.stage in self.LATE_STAGES

    @property
    def owes_feedback_since(self) -> dt.date | None:
        """The promised day that went by without a word on what changed."""
        is_owed = self.status == self.Status.TAKEN_ON and self.feedback_on is not None and self.feedback_on < today()
        return self.feedback_on if is_owed else None


class OfActivity(ForViewers):
    """Rows of an activity, seen by whoever may see it."""

    def visible_to(self, viewer: Viewer) -> OfActivity:
        # Judged row by row: with "in", SQLite gathers every activity that somebody may see first.
        return self.filter(Exists(Activity.objects.visible_to(viewer).filter(pk=OuterRef("activity_id"))))


class SessionQuerySet(OfActivity):
    def planned(self) -> SessionQuerySet:
        return self.filter(status=Session.Status.PLANNED)


class Session(Record):
    """One time of an activity: a project meeting, a training session, the day of the panel, a visit."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("Planned")
        HELD = "held", _("Held")
        CANCELLED = "cancelled", _("Cancelled")

    code_prefix = "SES"
    lifecycle = Lifecycle(
        {
            # Another time or place raises ``sequence``, so that calendars follow.
            "change": (Status.PLANNED, Status.PLANNED),
            "hold": (Status.PLANNED, Status.HELD),
            "cancel": (Status.PLANNED, Status.CANCELLED),
        }
    )
    privacy = Privacy(
        keep=KEEP,
        forget=WITH_ACTIVITY,
        fields={
            "title": Class.WORK,
            "place": Class.WORK,
            "join_link": Class.WORK,
            "notes": Class.WORK,
            "feedback": Class.WORK,
            "cancelled_because": Class.WORK,
        },
    )

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="sessions")
    title = models.CharField(max_length=200, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    join_link = models.URLField(max_length=500, blank=True)
    notes = models.TextField(blank=True)
    sequence = models.PositiveIntegerField(default=0)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PLANNED)
    turn = models.PositiveIntegerField(default=0)
    cancelled_because = models.CharField(max_length=300, blank=True)
    # Of training: how many learned, and what they said about it, in sum; goes to the partners.
    learners = models.PositiveIntegerField(null=True, blank=True)
    feedback = models.TextField(blank=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(name="session_ends_after_start", condition=Q(ends_at__gt=F("starts_at")))]
        indexes = [
            models.Index(fields=["activity", "starts_at", "id"], name="session_in_order"),
            models.Index(fields=["starts_at"], name="session_planned", condition=Q(status="planned")),
        ]

    @property
    def name(self) -> str:
        """What a calendar calls it: the activity, and what this time of it is called."""
        return f"{self.activity.title}: {self.title}" if self.title else self.activity.title

    @property
    def organisation_id(self) -> int:
        return self.activity.organisation_id

    @property
    def history_root(self) -> Record:
        return self.activity
