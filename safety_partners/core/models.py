"""What the machinery keeps: records, their history, messages to send, private files, search entries."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from safety_partners.core import clock, codes
from safety_partners.core.lifecycle import Lifecycle
from safety_partners.core.privacy import Kind, Privacy
from safety_partners.core.viewer import Viewer


class Record(models.Model):
    """A row with a number for machines, a short code for people, and the time it was made."""

    code_prefix: ClassVar[str] = ""
    privacy: ClassVar[Privacy]

    code = models.CharField(max_length=16, unique=True, editable=False)
    made_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.code

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.code:
            self.code = codes.new_code(self.code_prefix)
        super().save(*args, **kwargs)

    @property
    def history_root(self) -> Record:
        """The record under which this one's events are told; itself unless it is part of something larger."""
        return self


class ForViewers(models.QuerySet[Any]):
    """Rows of one organisation; each model says in ``visible_to`` which of them a viewer may see."""

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        """Many rows at once; records among them get their codes, which ``save`` would have given them."""
        rows = list(objs)
        for row in rows:
            if isinstance(row, Record) and not row.code:
                row.code = codes.new_code(row.code_prefix)
        return super().bulk_create(rows, *args, **kwargs)

    def of(self, viewer: Viewer) -> ForViewers:
        return self.filter(organisation_id=viewer.organisation_id)

    def visible_to(self, viewer: Viewer) -> ForViewers:
        raise NotImplementedError(f"{self.model.__name__} does not say who may see it")


class EventQuerySet(models.QuerySet["Event"]):
    def visible_to(self, viewer: Viewer) -> EventQuerySet:
        return self.filter(organisation_id=viewer.organisation_id)


class Event(models.Model):
    """One thing that was done: who, what, to which record. Written once, chained by hash, never changed.

    It has no foreign keys, so that history never stands in the way of forgetting, and never a person's words.
    """

    privacy = Privacy(
        keep=_("as long as the organisation uses the product"),
        forget=_("never: it holds numbers and codes, no words and no names"),
        fields={
            "verb": Kind.WORK,
            "by_membership_id": Kind.PERSONAL,
            "by_roles": Kind.WORK,
            "about_kind": Kind.WORK,
            "about_code": Kind.WORK,
            "root_kind": Kind.WORK,
            "details": Kind.WORK,
            "previous_hash": Kind.WORK,
            "hash": Kind.WORK,
        },
    )

    organisation_id = models.BigIntegerField()
    number = models.BigIntegerField()
    made_at = models.DateTimeField()
    verb = models.CharField(max_length=80)
    by_membership_id = models.BigIntegerField(null=True)
    by_roles = models.CharField(max_length=200, blank=True)
    about_kind = models.CharField(max_length=60)
    about_id = models.BigIntegerField()
    about_code = models.CharField(max_length=16)
    root_kind = models.CharField(max_length=60)
    root_id = models.BigIntegerField()
    details = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects = EventQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation_id", "number"], name="event_number_in_chain")]
        indexes = [models.Index(fields=["root_kind", "root_id", "number"], name="event_by_root")]

    def __str__(self) -> str:
        return f"{self.number} {self.verb} {self.about_code}"


class Chain(models.Model):
    """The end of one organisation's chain of events; its row is the lock that keeps the chain in one line."""

    privacy = Privacy(
        keep=_("as long as the organisation uses the product"),
        forget=_("never: it holds no personal data"),
        fields={"last_hash": Kind.WORK},
    )

    organisation_id = models.BigIntegerField(primary_key=True)
    length = models.BigIntegerField(default=0)
    last_hash = models.CharField(max_length=64, default="0" * 64)

    def __str__(self) -> str:
        return f"chain of organisation {self.organisation_id}"


class Submission(models.Model):
    """A form that was sent: its key makes a double click, a retry or the back button find the first result."""

    privacy = Privacy(
        keep=_("30 days"),
        forget=_("deleted by the nightly task"),
        fields={"key": Kind.WORK, "membership_id": Kind.PERSONAL, "about_kind": Kind.WORK},
    )

    key = models.UUIDField(primary_key=True)
    membership_id = models.BigIntegerField(null=True)
    about_kind = models.CharField(max_length=60)
    about_id = models.BigIntegerField()
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["made_at"], name="submission_by_age")]

    def __str__(self) -> str:
        return str(self.key)


AT_ONCE = "now"  # how often somebody wants our emails: each as it is written; apps above say which other ways there are


class MessageQuerySet(ForViewers):
    def visible_to(self, viewer: Viewer) -> MessageQuerySet:
        return self.filter(organisation_id=viewer.organisation_id)

    def to_deliver(self) -> MessageQuerySet:
        """Emails that wait and are due, oldest first."""
        return self.filter(status=Message.Status.QUEUED, channel=Message.Channel.EMAIL, not_before__lte=clock.now()).order_by("id")

    def held(self) -> MessageQuerySet:
        """What waits to go out together with the rest of the day or week."""
        return self.filter(status=Message.Status.HELD)

    def by_hand(self) -> MessageQuerySet:
        """Letters to post and calls to make."""
        return self.filter(status=Message.Status.QUEUED).exclude(channel=Message.Channel.EMAIL)


class Message(Record):
    """A message to one person: made in the same transaction as what it tells, sent afterwards, kept as a log."""

    class Channel(models.TextChoices):
        EMAIL = "email", _("Email")
        LETTER = "letter", _("Letter")
        PHONE = "phone", _("Phone call")

    class Status(models.TextChoices):
        HELD = "held", _("Waits for the next summary")
        GATHERED = "gathered", _("Sent in a summary")
        QUEUED = "waiting", _("Waiting")
        CLAIMED = "claimed", _("About to be sent")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        IN_DOUBT = "in doubt", _("In doubt: it may or may not have gone")
        FAILED = "failed", _("Could not be sent")
        CANCELLED = "cancelled", _("Cancelled")

    code_prefix = "MSG"
    lifecycle = Lifecycle(
        {
            "claim": (Status.QUEUED, Status.CLAIMED),
            "begin": (Status.CLAIMED, Status.SENDING),
            "finish": (Status.SENDING, Status.SENT),
            "release": ((Status.CLAIMED, Status.SENDING), Status.QUEUED),
            "doubt": (Status.SENDING, Status.IN_DOUBT),
            "fail": ((Status.CLAIMED, Status.SENDING), Status.FAILED),
            "done_by_hand": (Status.QUEUED, Status.SENT),
            "resend": ((Status.IN_DOUBT, Status.FAILED), Status.QUEUED),
            "settle": (Status.IN_DOUBT, Status.SENT),
            "gather": (Status.HELD, Status.GATHERED),
            "let_go": (Status.HELD, Status.QUEUED),
            "bounce": (Status.SENT, Status.FAILED),
        }
    )
    privacy = Privacy(
        keep=_("one year after it was sent"),
        forget=_("deleted by the nightly task"),
        fields={
            "to_name": Kind.PERSONAL,
            "to_address": Kind.CONTACT,
            "to_membership_id": Kind.PERSONAL,
            "subject": Kind.PERSONAL,
            "text": Kind.PERSONAL,
            "part": Kind.PERSONAL,
            "calendar": Kind.PERSONAL,
            "trouble": Kind.WORK,
            "template": Kind.WORK,
            "about_code": Kind.WORK,
        },
    )

    organisation_id = models.BigIntegerField()
    template = models.CharField(max_length=80)
    about_code = models.CharField(max_length=16, blank=True)
    to_membership_id = models.BigIntegerField(null=True)
    to_name = models.CharField(max_length=200)
    to_address = models.TextField(blank=True)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    # The same without greeting and signature, as it stands in a summary of the day or week; kept only while it waits for one.
    part = models.TextField(blank=True)
    gathered_in = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="gathered")
    # What goes into a calendar with it: an iCalendar object (RFC 5545) with its METHOD (RFC 5546).
    calendar = models.TextField(blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.QUEUED)
    turn = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(default=clock.now)
    lease_until = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=300, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["status", "channel", "not_before"], name="message_waiting"),
            models.Index(fields=["organisation_id", "-id"], name="message_log"),
            models.Index(fields=["to_membership_id", "-id"], name="message_of_person"),
            models.Index(fields=["to_membership_id"], name="message_held", condition=models.Q(status="held")),
            models.Index(fields=["lease_until"], name="message_leases", condition=models.Q(lease_until__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(
                name="message_lease_while_in_hand",
                condition=models.Q(lease_until__isnull=False, status__in=["claimed", "sending"])
                | (models.Q(lease_until__isnull=True) & ~models.Q(status__in=["claimed", "sending"])),
            )
        ]


class StoredFile(Record):
    """A private file: kept under a name nobody can guess, served only through a page's policy."""

    code_prefix = "FIL"
    privacy = Privacy(
        keep=_("as long as the record it belongs to"),
        forget=_("deleted with the record it belongs to"),
        fields={"name": Kind.WORK, "path": Kind.SECRET, "content_type": Kind.WORK, "sha256": Kind.WORK},
    )

    organisation_id = models.BigIntegerField()
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=100, unique=True)


class SearchEntry(models.Model):
    """Says that a record can be found by its words; the words themselves stand in the database's own text index."""

    privacy = Privacy(keep=_("as long as the record it finds"), forget=_("removed with the words it finds"), fields={"kind": Kind.WORK})

    organisation_id = models.BigIntegerField()
    kind = models.CharField(max_length=60)
    record_id = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "record_id"], name="search_entry_once")]
        indexes = [models.Index(fields=["organisation_id", "kind", "id"], name="search_entry_newest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.record_id}"
