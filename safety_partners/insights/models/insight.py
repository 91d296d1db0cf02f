"""One thing we were told, in the person's own words, and where it stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce, NullIf
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from safety_partners.core import clock
from safety_partners.core.lifecycle import Lifecycle
from safety_partners.core.models import ForViewers, Record
from safety_partners.core.privacy import Kind as Class
from safety_partners.core.privacy import Privacy
from safety_partners.core.seals import Sealed
from safety_partners.core.working_days import today
from safety_partners.people.models import Membership, Organisation, Role, Service

if TYPE_CHECKING:
    from safety_partners.core.viewer import Viewer

KEEP = _("as long as the organisation has set, at most six years after the person's last membership ended")
FORGET = _("the words are taken away and their seal stays; the person may do so at any time")


class Captured(models.Model):
    """Words that a person typed, or that somebody recorded for them: who, how, and that it was read back."""

    class Capture(models.TextChoices):
        TYPED = "typed", _("Typed by the person")
        PHONE = "phone", _("Recorded from a phone call")
        LETTER = "letter", _("Copied from a letter")
        MEETING = "meeting", _("Recorded at a meeting")

    capture = models.CharField(max_length=10, choices=Capture.choices, default=Capture.TYPED)
    recorded_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    is_read_back = models.BooleanField(default=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_recorded_by_somebody",
                condition=Q(capture="typed", recorded_by__isnull=True) | (~Q(capture="typed") & Q(recorded_by__isnull=False)),
            )
        ]


class InsightQuerySet(ForViewers):
    """The vocabulary of the screens."""

    def visible_to(self, viewer: Viewer) -> InsightQuerySet:
        """What this person may see.

        Their own words and what they recorded, at any time; as the lead, all that was shared; as the owner, what is
        theirs to answer; as anybody who works in the programme, what was shared with everybody in it.
        """
        rows = self.filter(organisation_id=viewer.organisation_id)
        if viewer.membership_id is None:
            return rows.none()
        own = Q(speaker_id=viewer.membership_id) | Q(recorded_by_id=viewer.membership_id)
        shared = ~Q(status=Insight.Status.DRAFT)
        shared &= not_withheld(viewer)
        if Role.LEAD in viewer.roles:
            return rows.filter(own | shared)
        others = Q(owner_id=viewer.membership_id)
        if viewer.has_any_role(IN_THE_PROGRAMME):
            others |= Q(visibility=Insight.Visibility.PROGRAMME)
        return rows.filter(own | (shared & others))

    def shared(self) -> InsightQuerySet:
        return self.exclude(status=Insight.Status.DRAFT)

    def shared_with(self, viewer: Viewer) -> InsightQuerySet:
        """What of the shared this person may see. For the lead, who sees all of it, an index alone can then count it."""
        if viewer.membership_id is not None and Role.LEAD in viewer.roles:
            return self.filter(not_withheld(viewer), organisation_id=viewer.organisation_id).shared()
        return self.visible_to(viewer).shared()

    def drafts_of(self, viewer: Viewer) -> InsightQuerySet:
        """Not yet shared: the person's own, and those this viewer is recording for somebody."""
        return self.filter(
            Q(speaker_id=viewer.membership_id) | Q(recorded_by_id=viewer.membership_id),
            organisation_id=viewer.organisation_id,
            status=Insight.Status.DRAFT,
        )

    def of_partners(self) -> InsightQuerySet:
        """What partners said for themselves, without what a group said through its chair."""
        return self.filter(voice=Insight.Voice.PARTNER)

    def late(self) -> InsightQuerySet:
        return self.filter(next_due_on__lt=today())

    def open(self) -> InsightQuerySet:
        return self.filter(status__in=Insight.OPEN)

    def with_people(self) -> InsightQuerySet:
        return self.select_related("speaker__user", "owner__user", "recorded_by__user", "service", "organisation")


# Group chairs are not here: they see their group's matters and what is published, never a partner's words.
IN_THE_PROGRAMME = frozenset({Role.PARTNER, Role.LEAD, Role.STAFF, Role.SECRETARY, Role.BOARD, Role.GOVERNANCE})


def not_withheld(viewer: Viewer, insight: str = "pk") -> Q:
    """The rows that are not kept from this viewer because they have stepped back; ``insight`` is the way from the row to it.

    One list of the few that are, asked for once and not for each row.
    """
    withheld = Withheld.objects.filter(Q(membership_id=viewer.membership_id)).values("insight_id")
    return ~Q((f"{insight}__in", withheld))


def shown_beside(viewer: Viewer) -> models.Subquery:
    """The number of the insight that a row names, if this viewer may see it.

    Asked for each row by its number, so that a page is found along its own index: with "in" or "exists", above all beside an
    OR, the databases may gather every insight first.
    """
    return models.Subquery(Insight.objects.visible_to(viewer).filter(pk=models.OuterRef("insight_id")).values("pk")[:1])


def who_said(way: str = "") -> Coalesce:
    """Who said it, in a list: the group that speaks, or else the partner; ``way`` leads from the row to the insight."""
    return Coalesce(NullIf(f"{way}voice_name", Value("")), f"{way}speaker__user__name")


class Insight(Captured, Sealed, Record):
    """What a partner, or a group as one, told us in their words, sealed when they shared it, until they say that we answered it."""

    class Kind(models.TextChoices):
        REFLECTION = "reflection", _("A reflection: something I saw or lived through")
        CHALLENGE = "challenge", _("A challenge: something I think should be done differently")
        QUESTION = "question", _("A question")
        SUGGESTION = "suggestion", _("A suggestion")
        CONCERN = "concern", _("A concern")
        PRAISE = "praise", _("Something that went well")
        COMMENT = "comment", _("A comment on a document")

    class Source(models.TextChoices):
        OWN = "own", _("My own experience")
        HEARD = "heard", _("Something I heard from others")
        GROUP = "group", _("I speak on behalf of a group")

    class Visibility(models.TextChoices):
        LEAD = "lead", _("Only the partner lead, until we have talked")
        ANSWERERS = "answerers", _("The partner lead, and whoever is asked to answer")
        PROGRAMME = "programme", _("Everyone who works in the partner programme, staff and partners")

    class Naming(models.TextChoices):
        NAME = "name", _("By my name")
        ROLE = "role", _("As “a Patient Safety Partner”")
        UNNAMED = "unnamed", _("Not at all")

    class Voice(models.TextChoices):
        PARTNER = "partner", _("A Patient Safety Partner")
        GROUP = "group", _("A patient participation group")

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SHARED = "shared", _("Shared")
        ACKNOWLEDGED = "acknowledged", _("Acknowledged")
        OWNED = "with an owner", _("Being answered")
        ANSWERED = "answered", _("Answered")
        SETTLED = "settled", _("Settled: this answers me")
        IN_PART = "in part", _("Answered in part")
        SENT_BACK = "sent back", _("Sent back: not answered yet")
        WITH_LEAD = "with the lead", _("With the lead")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    OPEN = (Status.SHARED, Status.ACKNOWLEDGED, Status.OWNED, Status.ANSWERED, Status.IN_PART, Status.SENT_BACK, Status.WITH_LEAD)
    ASKS_AN_ANSWER = (Status.OWNED, Status.SENT_BACK, Status.WITH_LEAD, Status.IN_PART)

    code_prefix = "INS"
    lifecycle = Lifecycle(
        {
            "share": (Status.DRAFT, Status.SHARED),
            "acknowledge": (Status.SHARED, Status.ACKNOWLEDGED),
            "hand_to": (
                (Status.SHARED, Status.ACKNOWLEDGED, Status.OWNED, Status.SENT_BACK, Status.IN_PART, Status.WITH_LEAD),
                Status.OWNED,
            ),
            "respond": (ASKS_AN_ANSWER, Status.ANSWERED),
            "settle": ((Status.ANSWERED, Status.IN_PART), Status.SETTLED),
            "settle_in_part": (Status.ANSWERED, Status.IN_PART),
            "send_back": ((Status.ANSWERED, Status.IN_PART, Status.SETTLED), Status.SENT_BACK),
            "take_to_lead": (
                (
                    Status.SHARED,
                    Status.ACKNOWLEDGED,
                    Status.OWNED,
                    Status.ANSWERED,
                    Status.IN_PART,
                    Status.SETTLED,
                    Status.SENT_BACK,
                ),
                Status.WITH_LEAD,
            ),
            "withdraw": ((*OPEN, Status.SETTLED), Status.WITHDRAWN),
        }
    )
    privacy = Privacy(
        keep=KEEP,
        forget=FORGET,
        fields={
            "words": Class.WORDS,
            "checksum": Class.WORK,
            "speaker": Class.PERSONAL,
            "recorded_by": Class.PERSONAL,
            "owner": Class.PERSONAL,
            "acknowledged_by": Class.PERSONAL,
            "about_label": Class.WORK,
            "about_path": Class.WORK,
            "voice_name": Class.PUBLIC,
        },
    )

    # What else goes when words are withdrawn: an app above adds a function when it starts, which is given the insight.
    withdrawn: ClassVar[list[Callable[[Insight], None]]] = []

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    # Whose voice it is: a partner's own, or that of a group, which its chair speaks with. They are never counted together.
    voice = models.CharField(max_length=8, choices=Voice.choices, default=Voice.PARTNER)
    voice_name = models.CharField(max_length=200, blank=True)
    speaker = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="insights")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    source = models.CharField(max_length=10, choices=Source.choices, blank=True)
    about_label = models.CharField(max_length=200, blank=True)
    about_path = models.CharField(max_length=200, blank=True)
    service = models.ForeignKey(Service, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    visibility = models.CharField(max_length=10, choices=Visibility.choices, default=Visibility.ANSWERERS)
    naming = models.CharField(max_length=10, choices=Naming.choices, default=Naming.ROLE)
    status = models.CharField(max_length=14, choices=Status.choices, default=Status.DRAFT)
    turn = models.PositiveIntegerField(default=0)

    shared_at = models.DateTimeField(null=True, blank=True)
    acknowledge_by = models.DateField(null=True, blank=True)
    own_by = models.DateField(null=True, blank=True)
    answer_by = models.DateField(null=True, blank=True)
    next_due_on = models.DateField(null=True, blank=True)
    late_told_for = models.DateField(null=True, blank=True)
    silence_told_for = models.DateField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="owned_insights")
    owned_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InsightQuerySet.as_manager()

    class Meta:
        constraints = [
            *Captured.Meta.constraints,
            models.CheckConstraint(
                name="insight_sealed_when_shared",
                condition=Q(status="draft", shared_at__isnull=True, checksum="") | (Q(shared_at__isnull=False) & ~Q(checksum="")),
            ),
            models.CheckConstraint(
                name="insight_words_gone_when_withdrawn",
                condition=Q(status="withdrawn", words="", withdrawn_at__isnull=False)
                | (~Q(status="withdrawn") & ~Q(words="") & Q(withdrawn_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="insight_owned_by_and_at",
                condition=Q(owner__isnull=True, owned_at__isnull=True) | Q(owner__isnull=False, owned_at__isnull=False),
            ),
            models.CheckConstraint(
                name="insight_group_has_a_name",
                condition=Q(voice="partner", voice_name="") | (Q(voice="group") & ~Q(voice_name="")),
            ),
            models.CheckConstraint(
                name="insight_acknowledged_by_and_at",
                condition=Q(acknowledged_by__isnull=True, acknowledged_at__isnull=True)
                | Q(acknowledged_by__isnull=False, acknowledged_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "-shared_at", "-id"], name="insight_newest"),
            models.Index(fields=["organisation", "status", "-shared_at", "-id"], name="insight_status_newest"),
            models.Index(fields=["organisation", "status", "next_due_on"], name="insight_status_due"),
            models.Index(fields=["organisation", "next_due_on", "id"], name="insight_due", condition=Q(next_due_on__isnull=False)),
            models.Index(fields=["owner", "next_due_on"], name="insight_owner_due", condition=Q(next_due_on__isnull=False)),
            models.Index(fields=["owner", "-shared_at", "-id"], name="insight_owner_newest"),
            models.Index(fields=["speaker", "-shared_at", "-id"], name="insight_speaker_newest"),
            models.Index(fields=["speaker", "status"], name="insight_speaker_status"),
            models.Index(fields=["speaker", "answered_at"], name="insight_waits_for_verdict", condition=Q(status="answered")),
            models.Index(fields=["recorded_by", "status"], name="insight_recorder", condition=Q(recorded_by__isnull=False)),
            models.Index(fields=["organisation", "kind", "-shared_at", "-id"], name="insight_kind_newest"),
            models.Index(fields=["service", "-shared_at", "-id"], name="insight_service_newest"),
            models.Index(fields=["organisation", "visibility", "-shared_at", "-id"], name="insight_visibility_newest"),
            models.Index(fields=["organisation", "voice", "-shared_at", "-id"], name="insight_voice_newest"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("insights:insight", args=[self.code])

    @property
    def said_by(self) -> str:
        """Who said it, as pages and messages call them: a partner by name, a group by its own."""
        return self.voice_name or self.speaker.name

    @property
    def is_late(self) -> bool:
        """Something is owed on this and its day has gone by."""
        return self.next_due_on is not None and self.next_due_on < today()

    @property
    def days_late(self) -> int:
        """Calendar days since the day something was due; 0 if nothing is late."""
        return max((today() - self.next_due_on).days, 0) if self.next_due_on else 0

    @property
    def missed_on(self) -> dt.date | None:
        """The newest promised day that has gone by without what was promised for it; None if nothing is late."""
        if not self.is_late:
            return None
        promised = (self.next_due_on, None if self.owner_id else self.own_by, self.answer_by)
        return max(day for day in promised if day is not None and day < today())

    @property
    def may_tell_of_silence(self) -> bool:
        """Something is late, and the lead was not told yet that nobody has answered since that day."""
        return self.missed_on is not None and self.missed_on != self.silence_told_for

    @property
    def was_answered_late(self) -> bool:
        """The last answer came after its day."""
        answered: dt.datetime | None = self.answered_at
        return bool(answered and self.answer_by and clock.day_of(answered) > self.answer_by)


class WithheldQuerySet(ForViewers):
    def visible_to(self, viewer: Viewer) -> WithheldQuerySet:
        """Nobody learns here from whom something is withheld; those who were told of the interest see that."""
        return self.none()


class Withheld(Record):
    """An insight that one person is not shown because they have an interest in what it is about: they have stepped back."""

    code_prefix = "WHD"
    privacy = Privacy(keep=_("as long as the insight"), forget=_("with the insight"), fields={"membership": Class.PERSONAL})

    insight = models.ForeignKey(Insight, on_delete=models.CASCADE, related_name="withheld")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")

    objects = WithheldQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "withheld"
        constraints = [models.UniqueConstraint(fields=["membership", "insight"], name="withheld_once")]

    @property
    def history_root(self) -> Record:
        return self.insight
