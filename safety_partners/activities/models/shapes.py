"""What only some activities have: milestones of a project, the part partners have in training, the terms of a panel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from safety_partners.activities.models.activity import KEEP, WITH_ACTIVITY, Activity, OfActivity
from safety_partners.activities.models.offer import Offer
from safety_partners.core.lifecycle import Lifecycle
from safety_partners.core.models import ForViewers, Record
from safety_partners.core.privacy import Kind as Class
from safety_partners.core.privacy import Privacy
from safety_partners.partners.models import Recorded
from safety_partners.people.models import Membership

if TYPE_CHECKING:
    from safety_partners.core.viewer import Viewer


class Milestone(Record):
    """A step of a project: by when, and when it is reached what partners changed in it."""

    class Status(models.TextChoices):
        AHEAD = "ahead", _("Ahead")
        REACHED = "reached", _("Reached")
        DROPPED = "dropped", _("Dropped")

    code_prefix = "MST"
    lifecycle = Lifecycle(
        {
            "change": (Status.AHEAD, Status.AHEAD),
            "reach": (Status.AHEAD, Status.REACHED),
            "drop": (Status.AHEAD, Status.DROPPED),
        }
    )
    privacy = Privacy(
        keep=KEEP, forget=WITH_ACTIVITY, fields={"title": Class.WORK, "partners_changed": Class.WORK, "dropped_because": Class.WORK}
    )

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="milestones")
    title = models.CharField(max_length=200)
    due_on = models.DateField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.AHEAD)
    turn = models.PositiveIntegerField(default=0)
    reached_on = models.DateField(null=True, blank=True)
    # What is different because partners took part, in the words of the project; “nothing, because …” is an answer too.
    partners_changed = models.TextField(blank=True)
    dropped_because = models.CharField(max_length=300, blank=True)

    objects = OfActivity.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="milestone_reached_says_what_changed",
                condition=Q(status="reached", reached_on__isnull=False) & ~Q(partners_changed="") | ~Q(status="reached"),
            ),
            models.CheckConstraint(name="milestone_dropped_because", condition=~Q(status="dropped") | ~Q(dropped_because="")),
        ]
        indexes = [models.Index(fields=["activity", "due_on", "id"], name="milestone_in_order")]

    @property
    def history_root(self) -> Record:
        return self.activity


class Training(Record):
    """What partners do in a training: design it, give it, or tell a story to whose use they have agreed elsewhere."""

    class Part(models.TextChoices):
        DESIGN = "design", _("Design it with us")
        DELIVER = "deliver", _("Give it with us")
        BOTH = "both", _("Design it and give it with us")

    code_prefix = "TRN"
    privacy = Privacy(
        keep=KEEP,
        forget=WITH_ACTIVITY,
        fields={"audience": Class.WORK, "debrief": Class.WORK, "story_consent": Class.PERSONAL},
    )

    activity = models.OneToOneField(Activity, on_delete=models.CASCADE, related_name="training")
    audience = models.CharField(max_length=200)
    part = models.CharField(max_length=10, choices=Part.choices)
    # A story is told only with a consent that the partner gave for this use; here stands where that consent is kept, never the story.
    uses_story = models.BooleanField(default=False)
    story_consent = models.CharField(max_length=200, blank=True)
    # Who talks with the partner afterwards, and when.
    debrief = models.CharField(max_length=300, blank=True)
    turn = models.PositiveIntegerField(default=0)

    objects = OfActivity.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="training_story_with_consent",
                condition=Q(uses_story=False, story_consent="") | (Q(uses_story=True) & ~Q(story_consent="")),
            )
        ]

    @property
    def history_root(self) -> Record:
        return self.activity


class Panel(Record):
    """The terms of an interview panel. No candidate, no score and no judgement of a person is kept here (DOMAIN.md 7, trap 22)."""

    class Scoring(models.TextChoices):
        EQUAL = "equal", _("The partner scores as every member of the panel does")
        ADVISORY = "advisory", _("The panel hears the partner's view; the others score")
        NONE = "none", _("The partner does not score")

    class Ended(models.TextChoices):
        """How it ended, in as many words as say nothing of single people."""

        FILLED = "filled", _("Somebody was chosen for the post")
        NOT_FILLED = "not filled", _("Nobody was chosen")
        STOPPED = "stopped", _("It was stopped before anybody was chosen")

    code_prefix = "PNL"
    privacy = Privacy(
        keep=KEEP,
        forget=WITH_ACTIVITY,
        fields={
            "vacancy_reference": Class.WORK,
            "post": Class.WORK,
            "band": Class.WORK,
            "scores_kept": Class.WORK,
            "chair": Class.PERSONAL,
        },
    )

    activity = models.OneToOneField(Activity, on_delete=models.CASCADE, related_name="panel")
    vacancy_reference = models.CharField(max_length=60, blank=True)
    post = models.CharField(max_length=200)
    band = models.CharField(max_length=30, blank=True)
    chair = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    scoring = models.CharField(max_length=10, choices=Scoring.choices, blank=True)
    # Where scoring sheets are kept instead, in words.
    scores_kept = models.CharField(max_length=200, blank=True)
    trained_on = models.DateField(null=True, blank=True)
    shadowing_on = models.DateField(null=True, blank=True)
    # The partners were told how it ended, without a word on single people.
    ended = models.CharField(max_length=12, choices=Ended.choices, blank=True)
    told_outcome_on = models.DateField(null=True, blank=True)
    turn = models.PositiveIntegerField(default=0)

    objects = OfActivity.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="panel_told_how_it_ended",
                condition=Q(ended="", told_outcome_on__isnull=True) | (~Q(ended="") & Q(told_outcome_on__isnull=False)),
            )
        ]

    @property
    def history_root(self) -> Record:
        return self.activity


class PanelArea(models.TextChoices):
    """The ten areas to be settled before a partner joins an interview panel (DOMAIN.md 2 E 57, after Baxter and others 2016)."""

    RESOURCES = "resources", _("Time and money")
    ROLE = "role", _("The role")
    INTERVIEW = "interview", _("Part in the interview")
    SCORING = "scoring", _("Part in scoring and deciding")
    TRAINING = "training", _("Training")
    ORIENTATION = "orientation", _("Meeting the panel beforehand")
    INFORMATION = "information", _("What there is to read")
    TERMS = "terminology", _("Words that need explaining")
    SUPPORT = "support", _("Support before and after")
    ACCESS = "accessibility", _("Access on the day")


class SettledQuerySet(ForViewers):
    def visible_to(self, viewer: Viewer) -> SettledQuerySet:
        """Whoever sees the activity."""
        return self.filter(panel__in=Panel.objects.visible_to(viewer))


class Settled(Record):
    """What was settled for one of the ten areas of a panel, in words."""

    code_prefix = "STD"
    privacy = Privacy(keep=KEEP, forget=WITH_ACTIVITY, fields={"words": Class.WORK})

    panel = models.ForeignKey(Panel, on_delete=models.CASCADE, related_name="settled")
    area = models.CharField(max_length=14, choices=PanelArea.choices)
    words = models.TextField()

    objects = SettledQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "settled"
        constraints = [
            models.UniqueConstraint(fields=["panel", "area"], name="settled_once_an_area"),
            models.CheckConstraint(name="settled_in_words", condition=~Q(words="")),
        ]

    @property
    def history_root(self) -> Record:
        return self.panel.activity


class PanelQuestionQuerySet(ForViewers):
    def visible_to(self, viewer: Viewer) -> PanelQuestionQuerySet:
        """Whoever sees that the partner takes part."""
        return self.filter(offer__in=Offer.objects.visible_to(viewer))


class PanelQuestion(Recorded, Record):
    """The question that is a partner's to ask at an interview, in their own words."""

    code_prefix = "PQN"
    privacy = Privacy(
        keep=KEEP,
        forget=_("with the partner’s record"),
        fields={"words": Class.WORDS, "capture": Class.WORK, "recorded_by": Class.PERSONAL},
    )

    offer = models.OneToOneField(Offer, on_delete=models.CASCADE, related_name="own_question")
    words = models.TextField()
    turn = models.PositiveIntegerField(default=0)

    objects = PanelQuestionQuerySet.as_manager()

    class Meta:
        constraints = [
            *Recorded.Meta.constraints,
            models.CheckConstraint(name="panel_question_in_words", condition=~Q(words="")),
        ]

    @property
    def history_root(self) -> Record:
        return self.offer.activity
