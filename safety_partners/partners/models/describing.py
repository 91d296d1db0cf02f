"""What the role is, and what single tasks ask of somebody: described once, in versions that do not change when in use."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from safety_partners.core.lifecycle import Lifecycle
from safety_partners.core.models import ForViewers, Record
from safety_partners.core.privacy import Kind as Class
from safety_partners.core.privacy import Privacy
from safety_partners.people.models import Organisation, Role

if TYPE_CHECKING:
    from safety_partners.core.viewer import Viewer

KEEP = _("as long as the organisation uses the product")
WITH_ORGANISATION = _("with the organisation")


class VersionStatus(models.TextChoices):
    """A version is written, then used, then replaced by the next one."""

    DRAFT = "draft", _("Being written")
    IN_USE = "in use", _("In use")
    REPLACED = "replaced", _("Replaced")


class DescribedQuerySet(ForViewers):
    def visible_to(self, viewer: Viewer) -> DescribedQuerySet:
        """The lead sees all; everybody else in the organisation what is or was in use."""
        rows = self.filter(organisation_id=viewer.organisation_id)
        if Role.LEAD in viewer.roles:
            return rows
        return rows.filter(pk__in=self.model._base_manager.filter(versions__status__in=READABLE).values("pk"))


class OfRole(ForViewers):
    """Versions of a role."""

    def visible_to(self, viewer: Viewer) -> OfRole:
        """Drafts are the lead's; what is or was in use everybody in the organisation may read."""
        rows = self.filter(role__organisation_id=viewer.organisation_id)
        return rows if Role.LEAD in viewer.roles else rows.filter(status__in=READABLE)


class OfTask(ForViewers):
    """Versions of a task profile."""

    def visible_to(self, viewer: Viewer) -> OfTask:
        """Drafts are the lead's; what is or was in use everybody in the organisation may read."""
        rows = self.filter(task__organisation_id=viewer.organisation_id)
        return rows if Role.LEAD in viewer.roles else rows.filter(status__in=READABLE)


READABLE = (VersionStatus.IN_USE, VersionStatus.REPLACED)

VERSION_MOVES = {
    "rewrite": (VersionStatus.DRAFT, VersionStatus.DRAFT),
    "bring_into_use": (VersionStatus.DRAFT, VersionStatus.IN_USE),
    "replace": (VersionStatus.IN_USE, VersionStatus.REPLACED),
}


class RoleDescription(Record):
    """A role that partners have here, such as “Patient Safety Partner”; its words stand in versions."""

    code_prefix = "ROL"
    privacy = Privacy(keep=KEEP, forget=WITH_ORGANISATION, fields={"title": Class.PUBLIC})

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)

    objects = DescribedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "title"], name="role_title_once")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("partners:role", args=[self.code])


class RoleVersion(Record):
    """The words of a role at one time: what partners do and do not do, what is offered, what is never asked."""

    Status = VersionStatus
    code_prefix = "RLV"
    lifecycle = Lifecycle(VERSION_MOVES)
    privacy = Privacy(
        keep=KEEP,
        forget=WITH_ORGANISATION,
        fields={
            "summary": Class.PUBLIC,
            "does": Class.PUBLIC,
            "does_not": Class.PUBLIC,
            "time": Class.PUBLIC,
            "term": Class.PUBLIC,
            "payment": Class.PUBLIC,
            "expenses": Class.PUBLIC,
            "support": Class.PUBLIC,
            "not_asked": Class.PUBLIC,
            "responsible_to": Class.PUBLIC,
            "accountable_to": Class.PUBLIC,
        },
    )

    # The words of the role in the order in which they are read, each with its heading.
    WORDS: ClassVar = {
        "summary": _("The role in short"),
        "does": _("What partners do"),
        "does_not": _("What partners do not do"),
        "time": _("Time"),
        "term": _("How long it lasts"),
        "payment": _("Involvement payment"),
        "expenses": _("Expenses"),
        "support": _("Support"),
        "not_asked": _("What we do not ask"),
        "responsible_to": _("Supported by"),
        "accountable_to": _("Answers for the programme"),
    }

    role = models.ForeignKey(RoleDescription, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=10, choices=VersionStatus.choices, default=VersionStatus.DRAFT)
    turn = models.PositiveIntegerField(default=0)
    summary = models.TextField()
    does = models.TextField()
    does_not = models.TextField()
    time = models.TextField()
    term = models.TextField()
    payment = models.TextField()
    expenses = models.TextField()
    support = models.TextField()
    not_asked = models.TextField()
    responsible_to = models.CharField(max_length=200, blank=True)
    accountable_to = models.CharField(max_length=200, blank=True)
    in_use_from = models.DateField(null=True, blank=True)

    objects = OfRole.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["role", "number"], name="role_version_number_once"),
            models.UniqueConstraint(fields=["role"], condition=Q(status="in use"), name="role_one_version_in_use"),
            models.CheckConstraint(
                name="role_version_in_use_from",
                condition=Q(status="draft", in_use_from__isnull=True) | (~Q(status="draft") & Q(in_use_from__isnull=False)),
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("partners:role", args=[self.role.code])

    @property
    def history_root(self) -> Record:
        return self.role


class TaskProfile(Record):
    """Something that partners are asked to do again and again, such as a seat on a committee; its words stand in versions."""

    class Kind(models.TextChoices):
        """NHS England's framework and the seed's own activities; see DOMAIN 3.0."""

        COMMITTEE = "committee seat", _("A seat on a committee")
        MEETING = "one-off meeting", _("A single meeting")
        PROJECT = "improvement project", _("An improvement project")
        TRAINING = "staff training", _("Staff training")
        OVERSIGHT = "oversight group", _("An oversight or governance group")
        PANEL = "interview panel", _("A staff interview panel")
        REVIEW = "policy or process review", _("A review of a policy or process")
        INFORMATION = "patient information review", _("A review of information for patients")
        VISIT = "quality visit", _("A quality or safety visit")
        BOARD = "board item", _("An item at the board")
        NETWORK = "network event", _("A network event")

    code_prefix = "TSK"
    privacy = Privacy(keep=KEEP, forget=WITH_ORGANISATION, fields={"title": Class.PUBLIC})

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=30, choices=Kind.choices)

    objects = DescribedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "title"], name="task_title_once")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("partners:task", args=[self.code])


class TaskVersion(Record):
    """The words of a task profile at one time."""

    class Stage(models.TextChoices):
        IDEA = "idea", _("An idea: everything can still change")
        DESIGN = "design", _("Design: how it will work is being decided")
        DRAFT = "draft", _("A draft: wording and details can change")
        FINAL = "final", _("Nearly final: little can change")
        EVALUATION = "evaluation", _("Looking back at how it went")

    class Level(models.IntegerChoices):
        """NHS England's four levels of public involvement (its patient and public voice policy)."""

        OPEN = 1, _("1: open to anyone, such as a survey")
        ONE_OFF = 2, _("2: a single workshop or focus group")
        WORKING_GROUP = 3, _("3: a working group")
        STRATEGIC = 4, _("4: helps to decide, such as a committee")

    class Scoring(models.TextChoices):
        NOT_A_PANEL = "", _("Not an interview panel")
        EQUAL = "equal", _("The same say as every other panel member")
        ADVISORY = "advisory", _("Gives advice, does not score")
        NONE = "none", _("Asks a question, takes no part in the decision")

    Status = VersionStatus
    code_prefix = "TKV"
    lifecycle = Lifecycle(VERSION_MOVES)
    privacy = Privacy(
        keep=KEEP,
        forget=WITH_ORGANISATION,
        fields={
            "what": Class.PUBLIC,
            "time": Class.PUBLIC,
            "frequency": Class.PUBLIC,
            "preparation": Class.PUBLIC,
            "stage": Class.PUBLIC,
            "scoring": Class.PUBLIC,
        },
    )

    WORDS: ClassVar = {
        "what": _("What you would do"),
        "time": _("How long it takes"),
        "frequency": _("How often"),
        "preparation": _("Preparation"),
        "stage": _("What can still change"),
        "level": _("Level of involvement"),
        "scoring": _("Say on the panel"),
    }

    task = models.ForeignKey(TaskProfile, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=10, choices=VersionStatus.choices, default=VersionStatus.DRAFT)
    turn = models.PositiveIntegerField(default=0)
    what = models.TextField()
    time = models.CharField(max_length=200)
    frequency = models.CharField(max_length=200)
    preparation = models.CharField(max_length=300)
    stage = models.CharField(max_length=12, choices=Stage.choices)
    level = models.PositiveSmallIntegerField(choices=Level.choices)
    scoring = models.CharField(max_length=10, choices=Scoring.choices, blank=True, default=Scoring.NOT_A_PANEL)
    in_use_from = models.DateField(null=True, blank=True)

    objects = OfTask.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task", "number"], name="task_version_number_once"),
            models.UniqueConstraint(fields=["task"], condition=Q(status="in use"), name="task_one_version_in_use"),
            models.CheckConstraint(
                name="task_version_in_use_from",
                condition=Q(status="draft", in_use_from__isnull=True) | (~Q(status="draft") & Q(in_use_from__isnull=False)),
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("partners:task", args=[self.task.code])

    @property
    def history_root(self) -> Record:
        return self.task
