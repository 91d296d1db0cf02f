"""Giving back: what partners gave, how it felt, what they said, and what the organisation writes to them of what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from safety_partners.activities.models.activity import KEEP, OVERSEERS, WITH_ACTIVITY, Activity, OfActivity
from safety_partners.activities.models.offer import Offer
from safety_partners.committees.models import Meeting
from safety_partners.core.models import ForViewers, Record
from safety_partners.core.privacy import Kind as Class
from safety_partners.core.privacy import Privacy
from safety_partners.insights.models import Change, Insight
from safety_partners.partners.models import Partner, Recorded
from safety_partners.people.models import Membership, Role

if TYPE_CHECKING:
    from safety_partners.core.viewer import Viewer


class TimeQuerySet(ForViewers):
    def visible_to(self, viewer: Viewer) -> TimeQuerySet:
        """The partner, their named contact, who may write it down for them, the lead, and finance, who will pay for it."""
        rows = self.filter(partner__organisation_id=viewer.organisation_id)
        me = viewer.membership_id
        if me is None:
            return rows.none()
        if viewer.has_any_role(OVERSEERS | {Role.FINANCE}):
            return rows
        return rows.filter(Q(partner__membership_id=me) | Q(partner__contact_id=me) | Q(partner__deputy_id=me))


class TimeGiven(Recorded, Record):
    """Time that a partner gave on one day, of one kind: for an activity, for a meeting of a committee, or for something else."""

    class Kind(models.TextChoices):
        ATTENDANCE = "attendance", _("Being there")
        PREPARATION = "preparation", _("Getting ready")
        FOLLOW_UP = "follow-up", _("Afterwards")
        TRAINING = "training", _("Training")
        TRAVEL = "travel", _("Travel")

    code_prefix = "TIM"
    privacy = Privacy(
        keep=KEEP,
        forget=_("what it was for, in words, goes with the partner’s record; how long stays as a count"),
        fields={"partner": Class.PERSONAL, "about": Class.PERSONAL, "capture": Class.WORK, "recorded_by": Class.PERSONAL},
    )

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="time_given")
    activity = models.ForeignKey(Activity, null=True, blank=True, on_delete=models.PROTECT, related_name="time_given")
    meeting = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="time_given")
    # What it was for, where it is neither.
    about = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    on = models.DateField()
    minutes = models.PositiveIntegerField()
    turn = models.PositiveIntegerField(default=0)

    objects = TimeQuerySet.as_manager()

    class Meta:
        constraints = [
            *Recorded.Meta.constraints,
            models.CheckConstraint(name="time_given_for_one_thing", condition=Q(activity__isnull=True) | Q(meeting__isnull=True)),
            models.CheckConstraint(name="time_given_within_a_day", condition=Q(minutes__gte=1, minutes__lte=1440)),
        ]
        indexes = [
            models.Index(fields=["partner", "-on", "-id"], name="time_given_newest"),
            models.Index(fields=["activity"], name="time_given_for_activity", condition=Q(activity__isnull=False)),
        ]

    @property
    def organisation_id(self) -> int:
        return self.partner.organisation_id

    @property
    def history_root(self) -> Record:
        return self.partner


class FeltQuerySet(ForViewers):
    def visible_to(self, viewer: Viewer) -> FeltQuerySet:
        """The partner alone; those with whom they share it, and who wrote it down for them."""
        rows = self.filter(offer__activity__organisation_id=viewer.organisation_id)
        me = viewer.membership_id
        if me is None:
            return rows.none()
        with_contact = Q(shared_with=Felt.SharedWith.CONTACT) & (Q(offer__partner__contact_id=me) | Q(offer__partner__deputy_id=me))
        beyond = Q(shared_with=Felt.SharedWith.REQUESTER) & (Q(offer__activity__requester_id=me) | Q(offer__partner__contact_id=me))
        return rows.filter(Q(offer__partner__membership_id=me) | Q(recorded_by_id=me) | with_contact | beyond)


class Felt(Recorded, Record):
    """How it felt to take part, in the partner's words: theirs alone, unless they share it (DOMAIN.md 7, trap 20).

    Its history is told nowhere else: that somebody wrote something for themselves is their own matter too.
    """

    class SharedWith(models.TextChoices):
        NOBODY = "nobody", _("Nobody: this is for me")
        CONTACT = "contact", _("My named contact")
        REQUESTER = "requester", _("My named contact, and who asked for this")

    code_prefix = "FLT"
    privacy = Privacy(
        keep=KEEP,
        forget=_("the person may take it away at any time; it goes with the partner’s record"),
        fields={"words": Class.WORDS, "capture": Class.WORK, "recorded_by": Class.PERSONAL},
    )

    offer = models.OneToOneField(Offer, on_delete=models.CASCADE, related_name="felt")
    words = models.TextField()
    shared_with = models.CharField(max_length=10, choices=SharedWith.choices, default=SharedWith.NOBODY)
    turn = models.PositiveIntegerField(default=0)

    objects = FeltQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "felt"
        constraints = [
            *Recorded.Meta.constraints,
            # What nobody else may read, nobody else can have written down.
            models.CheckConstraint(name="felt_for_nobody_is_typed", condition=~Q(shared_with="nobody") | Q(capture="typed")),
        ]

    @property
    def organisation_id(self) -> int:
        return self.offer.activity.organisation_id


class ActivityInsightQuerySet(ForViewers):
    def visible_to(self, viewer: Viewer) -> ActivityInsightQuerySet:
        """Exactly as their words."""
        return self.filter(insight__in=Insight.objects.visible_to(viewer))


class ActivityInsight(Record):
    """Where a partner's words belong: an activity, and one of its sessions if they say so. The words themselves are an insight."""

    code_prefix = "AIN"
    privacy = Privacy(keep=_("as long as the words it places"), forget=_("with the words it places"))

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="insights")
    insight = models.OneToOneField(Insight, on_delete=models.CASCADE, related_name="activity_insight")

    objects = ActivityInsightQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["activity", "id"], name="insight_at_activity")]

    @property
    def organisation_id(self) -> int:
        return self.insight.organisation_id

    @property
    def history_root(self) -> Record:
        return self.activity


class Outcome(Record):
    """What changed because partners took part, or why nothing did: written by who asked for them. A new one follows if it changes."""

    class Kind(models.TextChoices):
        CHANGED = "changed", _("Something changed")
        IN_PART = "in part", _("Some things changed, and some could not")
        NOT = "not", _("Nothing changed, and this is why")
        NOT_YET = "not yet", _("Nothing yet: this is what happens next")

    code_prefix = "OUT"
    privacy = Privacy(keep=KEEP, forget=WITH_ACTIVITY, fields={"words": Class.WORK, "by": Class.PERSONAL})

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="outcomes")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    words = models.TextField()
    # The change in the one loop that this is, if it is one of those that everybody can follow.
    change = models.ForeignKey(Change, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    objects = OfActivity.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["activity", "number"], name="outcome_number_once"),
            models.CheckConstraint(name="outcome_in_words", condition=~Q(words="")),
        ]

    def get_absolute_url(self) -> str:
        return reverse("activities:outcome", args=[self.code])

    @property
    def history_root(self) -> Record:
        return self.activity


class SeenQuerySet(ForViewers):
    def visible_to(self, viewer: Viewer) -> SeenQuerySet:
        """Whoever sees that the partner takes part."""
        return self.filter(offer__in=Offer.objects.visible_to(viewer))


class Seen(Recorded, Record):
    """A partner has seen what changed, and says if it answers them; only they can, or who wrote down what they said."""

    class Says(models.TextChoices):
        ANSWERS = "answers me", _("This answers me")
        IN_PART = "in part", _("In part")
        NOT = "not", _("No, this does not answer me")
        NO_WORD = "", _("I would rather not say")

    code_prefix = "SEE"
    privacy = Privacy(
        keep=KEEP,
        forget=_("the words go with the partner’s record; whether it answered them stays with the activity"),
        fields={"capture": Class.WORK, "recorded_by": Class.PERSONAL, "words": Class.WORDS},
    )

    outcome = models.ForeignKey(Outcome, on_delete=models.CASCADE, related_name="seen")
    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="seen")
    says = models.CharField(max_length=10, choices=Says.choices, blank=True)
    # What is still open, if they say so.
    words = models.TextField(blank=True)

    objects = SeenQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "seen"
        constraints = [*Recorded.Meta.constraints, models.UniqueConstraint(fields=["outcome", "offer"], name="seen_once")]

    @property
    def history_root(self) -> Record:
        return self.outcome.activity
