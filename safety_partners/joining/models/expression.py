"""An expression of interest: somebody's own words, where they stand with us, and for how long we may keep it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from safety_partners.core import clock, names
from safety_partners.core.lifecycle import Lifecycle
from safety_partners.core.models import AT_ONCE, ForViewers, Message, Record
from safety_partners.core.privacy import Kind as Class
from safety_partners.core.privacy import Privacy
from safety_partners.joining.models.advert import Advert, ForLeads
from safety_partners.partners.models import Connection, Partner
from safety_partners.people.models import Membership, Organisation, Role

if TYPE_CHECKING:
    from safety_partners.core.viewer import Viewer

KEEP = _("as long as the person agreed to, then the words and how to reach them go and the count stays")
FORGET = _("words, name and addresses are taken away by the nightly task, or when the person asks")


class Draft(Record):
    """What somebody has typed so far; they come back by a link with a secret, and pressing a button opens it."""

    code_prefix = "DRF"
    privacy = Privacy(
        keep=_("30 days after the last change"),
        forget=_("deleted by the nightly task, and when it is sent"),
        fields={"answers": Class.WORDS, "secret_hash": Class.SECRET, "email": Class.CONTACT},
    )

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    advert = models.ForeignKey(Advert, on_delete=models.CASCADE, related_name="+")
    answers = models.JSONField(default=dict)
    secret_hash = models.CharField(max_length=64, unique=True)
    email = models.EmailField(blank=True)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["changed_at"], name="draft_by_age")]


class ExpressionQuerySet(ForViewers):
    def visible_to(self, viewer: Viewer) -> ExpressionQuerySet:
        """The lead sees all; whoever is asked to sift or to meet somebody sees that person's."""
        rows = self.filter(organisation_id=viewer.organisation_id)
        if viewer.membership_id is None:
            return rows.none()
        if Role.LEAD in viewer.roles:
            return rows
        return rows.filter(sifts__by_id=viewer.membership_id)

    def waiting(self) -> ExpressionQuerySet:
        return self.filter(status__in=Expression.OPEN)


class Applicant:
    """Somebody who is interested, as the outbox writes to them: they have no membership."""

    pk = None

    def __init__(self, expression: Expression) -> None:
        self.organisation_id = expression.organisation_id
        self.organisation = expression.organisation
        self.name = expression.name
        self.known_as = expression.known_as or expression.name
        self.told_by = expression.told_by
        self.rhythm = AT_ONCE
        self.language = expression.language
        self.address_for = expression.address_for


class Expression(Record):
    """Somebody is interested in becoming a partner: what they told us of themselves, never how they were harmed."""

    class Status(models.TextChoices):
        RECEIVED = "received", _("Received")
        ACKNOWLEDGED = "acknowledged", _("Acknowledged")
        CHAT = "chat", _("Chat offered")
        SIFTING = "being read", _("Being read")
        INVITED = "invited", _("Invited to meet")
        MET = "met", _("Met")
        OFFERED = "offered", _("Offered a place")
        CHECKING = "checks", _("Checks in progress")
        APPOINTED = "appointed", _("Appointed")
        NOT_NOW = "not now", _("Not now")
        RESERVE = "reserve", _("On the reserve list")
        PASSED_ON = "passed on", _("Passed on, as agreed")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        LAPSED = "lapsed", _("Ran out before an answer")

    class CompletedBy(models.TextChoices):
        SELF = "self", _("By the person")
        STAFF = "staff", _("By staff, for the person")
        SUPPORTER = "supporter", _("By somebody who supports the person")

    class Capture(models.TextChoices):
        TYPED = "typed", _("Typed by the person")
        PHONE = "phone", _("Recorded from a phone call")
        LETTER = "letter", _("Copied from a letter")
        MEETING = "meeting", _("Recorded in person")

    OPEN = (
        Status.RECEIVED,
        Status.ACKNOWLEDGED,
        Status.CHAT,
        Status.SIFTING,
        Status.INVITED,
        Status.MET,
        Status.OFFERED,
        Status.CHECKING,
        Status.RESERVE,
    )

    code_prefix = "EOI"
    lifecycle = Lifecycle(
        {
            "acknowledge": (Status.RECEIVED, Status.ACKNOWLEDGED),
            "offer_chat": ((Status.RECEIVED, Status.ACKNOWLEDGED), Status.CHAT),
            "begin_sift": ((Status.RECEIVED, Status.ACKNOWLEDGED, Status.CHAT), Status.SIFTING),
            "invite": ((Status.SIFTING, Status.RESERVE), Status.INVITED),
            "meet": (Status.INVITED, Status.MET),
            "offer": ((Status.MET, Status.RESERVE), Status.OFFERED),
            "begin_checks": (Status.OFFERED, Status.CHECKING),
            "appoint": (Status.CHECKING, Status.APPOINTED),
            "not_now": (OPEN, Status.NOT_NOW),
            "reserve": ((Status.SIFTING, Status.MET, Status.RESERVE), Status.RESERVE),
            "pass_on": ((*OPEN, Status.NOT_NOW), Status.PASSED_ON),
            "withdraw": (OPEN, Status.WITHDRAWN),
            # The time for which we may keep it is over before there was an answer.
            "lapse": (OPEN, Status.LAPSED),
        }
    )
    privacy = Privacy(
        keep=KEEP,
        forget=FORGET,
        fields={
            "name": Class.PERSONAL,
            "name_key": Class.PERSONAL,
            "known_as": Class.PERSONAL,
            "told_by": Class.PERSONAL,
            "email": Class.CONTACT,
            "phone": Class.CONTACT,
            "postal_address": Class.CONTACT,
            "language": Class.PERSONAL,
            "connection": Class.PERSONAL,
            "why": Class.WORDS,
            "would_help": Class.WORDS,
            "access_words": Class.WORDS,
            "availability": Class.WORDS,
            "conflict_words": Class.WORDS,
            "heard_from": Class.PERSONAL,
            "completed_by": Class.PERSONAL,
            "capture": Class.WORK,
            "recorded_by": Class.PERSONAL,
            "secret_hash": Class.SECRET,
            "outcome_words": Class.WORK,
            "passed_to": Class.WORK,
            "held_because": Class.WORK,
            "partner": Class.PERSONAL,
        },
    )

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    advert = models.ForeignKey(Advert, on_delete=models.PROTECT, related_name="expressions")
    status = models.CharField(max_length=14, choices=Status.choices, default=Status.RECEIVED)
    turn = models.PositiveIntegerField(default=0)
    since = models.DateTimeField(default=clock.now)
    next_due_on = models.DateField(null=True, blank=True)

    name = models.CharField(max_length=200, blank=True)
    name_key = models.CharField(max_length=800, blank=True, editable=False)
    known_as = models.CharField(max_length=200, blank=True)
    told_by = models.CharField(max_length=10, choices=Message.Channel.choices, default=Message.Channel.EMAIL)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    postal_address = models.TextField(blank=True)
    language = models.CharField(max_length=10, default="en-gb")
    connection = models.CharField(max_length=20, choices=Connection.choices, blank=True)
    why = models.TextField(blank=True)
    would_help = models.TextField(blank=True)
    access_words = models.TextField(blank=True)
    availability = models.TextField(blank=True)
    conflict_words = models.TextField(blank=True)
    heard_from = models.CharField(max_length=200, blank=True)
    keep_months = models.PositiveSmallIntegerField(default=6)
    keep_until = models.DateField()
    completed_by = models.CharField(max_length=10, choices=CompletedBy.choices, default=CompletedBy.SELF)
    capture = models.CharField(max_length=10, choices=Capture.choices, default=Capture.TYPED)
    recorded_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    is_read_back = models.BooleanField(default=False)
    secret_hash = models.CharField(max_length=64, blank=True)

    outcome_words = models.TextField(blank=True)
    reserve_until = models.DateField(null=True, blank=True)
    passed_to = models.CharField(max_length=200, blank=True)
    has_agreed_to_pass = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True, blank=True)
    forgotten_at = models.DateTimeField(null=True, blank=True)
    # A complaint or a question of law: nothing is deleted until somebody here says that it may go.
    held_because = models.CharField(max_length=300, blank=True)
    partner = models.OneToOneField(Partner, null=True, blank=True, on_delete=models.SET_NULL, related_name="expression")

    objects = ExpressionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="expression_recorded_by_somebody",
                condition=Q(capture="typed", recorded_by__isnull=True) | (~Q(capture="typed") & Q(recorded_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="expression_not_now_with_words", condition=~Q(status="not now") | ~Q(outcome_words="") | Q(forgotten_at__isnull=False)
            ),
            models.CheckConstraint(name="expression_reserve_with_end", condition=~Q(status="reserve") | Q(reserve_until__isnull=False)),
            models.CheckConstraint(name="expression_passed_on_as_agreed", condition=~Q(status="passed on") | Q(has_agreed_to_pass=True)),
            models.CheckConstraint(
                name="expression_gone_when_forgotten",
                condition=Q(forgotten_at__isnull=True)
                | Q(name="", name_key="", email="", phone="", postal_address="", why="", would_help="", access_words="", secret_hash=""),
            ),
            models.CheckConstraint(
                name="expression_can_be_told",
                condition=Q(forgotten_at__isnull=False)
                | (
                    (~Q(told_by="email") | ~Q(email=""))
                    & (~Q(told_by="letter") | ~Q(postal_address=""))
                    & (~Q(told_by="phone") | ~Q(phone=""))
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "-made_at", "-id"], name="expression_newest"),
            models.Index(fields=["organisation", "status", "since", "id"], name="expression_by_status"),
            models.Index(fields=["organisation", "since", "id"], name="expression_waiting"),
            models.Index(fields=["organisation", "name_key", "id"], name="expression_by_name"),
            models.Index(fields=["organisation", "next_due_on", "id"], name="expression_due", condition=Q(next_due_on__isnull=False)),
            models.Index(fields=["advert", "status", "since"], name="expression_of_advert"),
            models.Index(fields=["keep_until"], name="expression_to_forget", condition=Q(forgotten_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return self.known_as or self.name or self.code

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep beside the name how it is found and sorted: without accents and capitals."""
        self.name_key = names.fold(self.name)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("joining:expression", args=[self.code])

    @property
    def addressee(self) -> Applicant:
        """Somebody without a membership, as the outbox writes to them."""
        return Applicant(self)

    def address_for(self, channel: str) -> str:
        """Where a message by this channel goes."""
        places = {Message.Channel.LETTER: self.postal_address, Message.Channel.PHONE: self.phone}
        return places.get(Message.Channel(channel), self.email)


class EqualityCount(Record):
    """How many people gave one answer to one equality question, for one advert: counts are all that is ever kept.

    There is no row for a person, so nothing can be linked back. Counts below five are not shown, nor what would give them
    away by subtraction.
    """

    code_prefix = "EQC"
    privacy = Privacy(
        keep=_("as long as the organisation uses the product"),
        forget=_("never: it holds no personal data"),
        fields={"question": Class.WORK, "answer": Class.WORK},
    )

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    advert = models.ForeignKey(Advert, on_delete=models.PROTECT, related_name="+")
    question = models.CharField(max_length=30)
    answer = models.CharField(max_length=40)
    count = models.PositiveIntegerField(default=0)

    objects = ForLeads.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["advert", "question", "answer"], name="equality_count_once")]
        indexes = [models.Index(fields=["organisation", "question"], name="equality_count_of_organisation")]
