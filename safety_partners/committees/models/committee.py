"""Committees, boards and oversight groups: their terms, the people at the table, and the seats that partners hold."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from safety_partners.core.lifecycle import Lifecycle
from safety_partners.core.models import ForViewers, Record, StoredFile
from safety_partners.core.privacy import Kind as Class
from safety_partners.core.privacy import Privacy
from safety_partners.core.working_days import today
from safety_partners.partners.models import Partner, Recorded
from safety_partners.people.models import Level, Membership, Organisation, Role
from safety_partners.people.policies import STAFF_ROLES

if TYPE_CHECKING:
    from safety_partners.core.viewer import Viewer

KEEP = _("as long as the organisation has set for the records of its committees")
WITH_COMMITTEE = _("with the committee")
# Everybody who works here may know which committees there are and when they meet; what is said there is for those invited.
READERS = STAFF_ROLES | {Role.BOARD}
# Ambition of the NHS Patient Safety Strategy for each safety-related clinical governance committee (DOMAIN.md 2 A 2).
PARTNERS_WANTED = 2
# Who has left does not sit anywhere, whatever the seat says.
GONE = [Partner.Status.LEFT, Partner.Status.FORGOTTEN]


class CommitteeQuerySet(ForViewers):
    def visible_to(self, viewer: Viewer) -> CommitteeQuerySet:
        """Staff and the board see all; a partner those where they have sat, were offered a seat or are invited."""
        rows = self.filter(organisation_id=viewer.organisation_id)
        if viewer.membership_id is None:
            return rows.none()
        if viewer.has_any_role(READERS):
            return rows
        me = viewer.membership_id
        sits = Sitting.objects.filter(seat__committee=OuterRef("pk"), partner__membership_id=me).exclude(status=Sitting.Status.WITHDRAWN)
        is_member = Member.objects.filter(committee=OuterRef("pk"), membership_id=me)
        return rows.filter(Exists(sits) | Exists(is_member))

    def meeting_still(self) -> CommitteeQuerySet:
        return self.filter(status=Committee.Status.MEETS)


class Committee(Record):
    """A group that meets and decides or oversees: who leads it, how many seats partners have, when its papers go out."""

    class Kind(models.TextChoices):
        COMMITTEE = "committee", _("Committee")
        OVERSIGHT = "oversight group", _("Oversight group")
        GOVERNANCE = "governance group", _("Governance group")
        BOARD = "board", _("Board")
        WORKING = "working group", _("Working group")

    class Status(models.TextChoices):
        MEETS = "meets", _("Meets")
        ENDED = "ended", _("Ended")

    code_prefix = "CTE"
    lifecycle = Lifecycle(
        {
            # So that nobody writes over what somebody else wrote meanwhile.
            "rewrite": (Status.MEETS, Status.MEETS),
            "end": (Status.MEETS, Status.ENDED),
            "begin_again": (Status.ENDED, Status.MEETS),
        }
    )
    privacy = Privacy(
        keep=KEEP,
        forget=_("kept: it is the organisation's own work"),
        fields={"name": Class.WORK, "purpose": Class.WORK, "chair": Class.PERSONAL, "secretary": Class.PERSONAL},
    )

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.COMMITTEE)
    purpose = models.TextField(blank=True)
    is_safety_related = models.BooleanField(default=True)
    level = models.CharField(max_length=12, choices=Level.choices, default=Level.ORGANISATION)
    chair = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    secretary = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    quorum = models.PositiveSmallIntegerField(null=True, blank=True)
    is_quorate_without_partner = models.BooleanField(default=True)
    partners_vote = models.BooleanField(default=False)
    papers_days = models.PositiveSmallIntegerField(default=5)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.MEETS)
    turn = models.PositiveIntegerField(default=0)
    ended_on = models.DateField(null=True, blank=True)

    objects = CommitteeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], condition=Q(status="meets"), name="committee_name_once"),
            models.CheckConstraint(
                name="committee_ended_on",
                condition=Q(status="meets", ended_on__isnull=True) | Q(status="ended", ended_on__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "status", "name", "id"], name="committee_by_name"),
            models.Index(fields=["secretary"], name="committee_secretary"),
            models.Index(fields=["chair"], name="committee_chair"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("committees:committee", args=[self.code])

    @property
    def is_over(self) -> bool:
        return self.status == self.Status.ENDED


class OfCommittee(ForViewers):
    """Rows of a committee, seen by whoever may see it."""

    def visible_to(self, viewer: Viewer) -> OfCommittee:
        return self.filter(committee__in=Committee.objects.visible_to(viewer))


class Terms(Record):
    """A committee's terms of reference in one version; a new version follows, and none is ever changed once in use."""

    code_prefix = "TOR"
    privacy = Privacy(keep=KEEP, forget=WITH_COMMITTEE, fields={"words": Class.WORK, "file": Class.WORK, "agreed_by": Class.PERSONAL})

    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="terms")
    number = models.PositiveSmallIntegerField()
    words = models.TextField(blank=True)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    agreed_on = models.DateField()
    review_on = models.DateField(null=True, blank=True)
    agreed_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    objects = OfCommittee.as_manager()

    class Meta:
        verbose_name_plural = "terms"
        constraints = [
            models.UniqueConstraint(fields=["committee", "number"], name="terms_number_once"),
            models.CheckConstraint(name="terms_say_something", condition=~Q(words="") | Q(file__isnull=False)),
            models.CheckConstraint(name="terms_reviewed_later", condition=Q(review_on__isnull=True) | Q(review_on__gt=F("agreed_on"))),
        ]

    @property
    def history_root(self) -> Record:
        return self.committee


class MemberQuerySet(OfCommittee):
    def current(self) -> MemberQuerySet:
        return self.filter(ended_on__isnull=True)


class Member(Record):
    """Somebody who works here and sits on a committee; partners have seats instead."""

    code_prefix = "CMB"
    privacy = Privacy(keep=KEEP, forget=WITH_COMMITTEE, fields={"membership": Class.PERSONAL, "position": Class.WORK})

    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="members")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    position = models.CharField(max_length=200, blank=True)
    from_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["committee", "membership"], condition=Q(ended_on__isnull=True), name="member_once"),
            models.CheckConstraint(name="member_ends_after_start", condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("from_on"))),
        ]
        indexes = [models.Index(fields=["membership"], name="member_of_committees")]

    @property
    def history_root(self) -> Record:
        return self.committee


class SeatQuerySet(OfCommittee):
    def open(self) -> SeatQuerySet:
        """Seats that are there to be filled."""
        return self.filter(ended_on__isnull=True)


class Seat(Record):
    """A place that a committee keeps for a Patient Safety Partner: two for each committee unless it says otherwise."""

    code_prefix = "SEA"
    privacy = Privacy(keep=KEEP, forget=WITH_COMMITTEE)

    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="seats")
    number = models.PositiveSmallIntegerField()
    from_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["committee", "number"], name="seat_number_once")]

    @property
    def history_root(self) -> Record:
        return self.committee


class SittingQuerySet(ForViewers):
    def visible_to(self, viewer: Viewer) -> SittingQuerySet:
        """Who sits where is known to whoever sees the committee; an offer only to those who run it and to whom it was made."""
        rows = self.filter(seat__committee__in=Committee.objects.visible_to(viewer))
        if Role.LEAD in viewer.roles:
            return rows
        me = viewer.membership_id
        runs = Q(seat__committee__secretary_id=me) | Q(seat__committee__chair_id=me)
        return rows.filter(Q(status__in=[Sitting.Status.SITS, Sitting.Status.ENDED]) | Q(partner__membership_id=me) | runs)

    def sitting(self, on: dt.date | None = None) -> SittingQuerySet:
        """Who holds or shadows a seat on a day."""
        day = on or today()
        rows = self.filter(status=Sitting.Status.SITS, from_on__lte=day).filter(Q(until_on__isnull=True) | Q(until_on__gte=day))
        return rows.exclude(partner__status__in=GONE)

    def holding(self, on: dt.date | None = None) -> SittingQuerySet:
        """Who holds a seat on a day: not those who only shadow."""
        return self.sitting(on).filter(holds_from_on__lte=on or today())

    def in_force(self) -> SittingQuerySet:
        """Offers that wait, and seats that were taken, now or from a day to come."""
        return self.filter(status__in=[Sitting.Status.OFFERED, Sitting.Status.SITS]).exclude(partner__status__in=GONE)


class Sitting(Recorded, Record):
    """A partner in a seat for a time: offered, taken or declined by them, shadowing first if they wish, handed on at its end."""

    class Status(models.TextChoices):
        OFFERED = "offered", _("Offered")
        SITS = "sits", _("Sits")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Offer taken back")
        ENDED = "ended", _("Ended")

    code_prefix = "SIT"
    lifecycle = Lifecycle(
        {
            "accept": (Status.OFFERED, Status.SITS),
            "decline": (Status.OFFERED, Status.DECLINED),
            "take_back": (Status.OFFERED, Status.WITHDRAWN),
            # Another day from which they hold the seat, or another last day: the partner has agreed.
            "adjust": (Status.SITS, Status.SITS),
            "end": (Status.SITS, Status.ENDED),
        }
    )
    privacy = Privacy(
        keep=KEEP,
        forget=WITH_COMMITTEE,
        fields={"partner": Class.PERSONAL, "offered_by": Class.PERSONAL, "capture": Class.WORK, "recorded_by": Class.PERSONAL},
    )

    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="sittings")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="sittings")
    # Their time at the table; they hold the seat from ``holds_from_on``, shadow before it, and only shadow without it.
    from_on = models.DateField()
    holds_from_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OFFERED)
    turn = models.PositiveIntegerField(default=0)
    offered_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    objects = SittingQuerySet.as_manager()

    class Meta:
        constraints = [
            *Recorded.Meta.constraints,
            # Several may shadow or wait for the end of somebody else's time; the command sees that times do not overlap.
            models.UniqueConstraint(
                fields=["seat", "partner"], condition=Q(status__in=["offered", "sits"]), name="sitting_once_a_seat_and_partner"
            ),
            models.CheckConstraint(name="sitting_ends_after_start", condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on"))),
            models.CheckConstraint(
                name="sitting_holds_within_its_time",
                condition=Q(holds_from_on__isnull=True)
                | (Q(holds_from_on__gte=F("from_on")) & (Q(until_on__isnull=True) | Q(until_on__gte=F("holds_from_on")))),
            ),
            models.CheckConstraint(
                name="sitting_answered_at",
                condition=Q(status__in=["offered", "withdrawn"], answered_at__isnull=True)
                | (~Q(status__in=["offered", "withdrawn"]) & Q(answered_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="sitting_ended_on",
                condition=Q(status="ended", ended_on__isnull=False) | (~Q(status="ended") & Q(ended_on__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(fields=["seat", "status", "from_on"], name="sitting_of_seat"),
            models.Index(fields=["partner", "status", "-id"], name="sitting_of_partner"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("committees:sitting", args=[self.code])

    @property
    def committee(self) -> Committee:
        return self.seat.committee

    @property
    def is_shadowing(self) -> bool:
        """Today they only watch and learn."""
        return self.holds_from_on is None or self.holds_from_on > today()

    @property
    def last_on(self) -> dt.date | None:
        """The last day at the table, as it was or as it is agreed."""
        return self.ended_on or self.until_on

    @property
    def history_root(self) -> Record:
        return self.seat.committee
