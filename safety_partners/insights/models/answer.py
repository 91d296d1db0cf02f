"""What the organisation answered, what it will do, and whether that answers the person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from safety_partners.core.lifecycle import Lifecycle
from safety_partners.core.models import ForViewers, Record, StoredFile
from safety_partners.core.privacy import Kind as Class
from safety_partners.core.privacy import Privacy
from safety_partners.core.seals import Sealed
from safety_partners.core.working_days import today
from safety_partners.insights.models.insight import FORGET, KEEP, Captured, Insight, not_withheld, shown_beside
from safety_partners.people.models import Membership, Organisation, Role

if TYPE_CHECKING:
    from safety_partners.core.viewer import Viewer

# Why organisations do not act on what patients say: Sheard and others 2017 (normative legitimacy, structural
# legitimacy, readiness), as DOMAIN.md 2 E 61 orders them.


class ResponseQuerySet(ForViewers):
    def visible_to(self, viewer: Viewer) -> ResponseQuerySet:
        if Role.LEAD in viewer.roles:
            # The lead sees all that was shared, and nothing else has answers.
            return self.filter(not_withheld(viewer, "insight_id"), organisation_id=viewer.organisation_id)
        return self.filter(insight_id=shown_beside(viewer), organisation_id=viewer.organisation_id)

    def could_not(self) -> ResponseQuerySet:
        return self.filter(outcome=Response.Outcome.COULD_NOT)


class Response(Record):
    """The organisation's answer to one insight. Answers are added, never changed."""

    class Outcome(models.TextChoices):
        WILL = "will", _("We will")
        ALREADY = "already", _("We already do")
        PART = "in part", _("In part")
        COULD_NOT = "could not", _("We could not")

    class Reason(models.TextChoices):
        BELIEF = "belief", _("We see it differently")
        RESOURCE = "resource", _("We do not have the authority or the means")
        DEPARTMENT = "department", _("It needs another department")
        LAW = "law", _("Law or safety does not allow it")

    code_prefix = "RSP"
    privacy = Privacy(keep=KEEP, forget=_("with the insight"), fields={"text": Class.WORK, "by": Class.PERSONAL})

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    insight = models.ForeignKey(Insight, on_delete=models.CASCADE, related_name="responses")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    reason = models.CharField(max_length=12, choices=Reason.choices, blank=True)
    text = models.TextField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    objects = ResponseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="response_says_why_not",
                condition=(Q(outcome__in=["will", "already"]) & Q(reason="")) | (Q(outcome__in=["could not", "in part"]) & ~Q(reason="")),
            )
        ]
        indexes = [
            models.Index(fields=["insight", "id"], name="response_in_order"),
            models.Index(fields=["organisation", "-made_at", "-id"], name="response_could_not", condition=Q(outcome="could not")),
            models.Index(fields=["organisation", "reason", "-made_at", "-id"], name="response_by_reason", condition=Q(outcome="could not")),
        ]

    @property
    def history_root(self) -> Record:
        return self.insight


class Verdict(Captured, Sealed, Record):
    """The person's own judgement of an answer, in their words if they wish."""

    class Answer(models.TextChoices):
        YES = "yes", _("This answers me")
        PART = "part", _("In part")
        NO = "no", _("No, this does not answer me")

    code_prefix = "VER"
    privacy = Privacy(keep=KEEP, forget=FORGET, fields={"words": Class.WORDS, "checksum": Class.WORK, "recorded_by": Class.PERSONAL})

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="verdicts")
    answer = models.CharField(max_length=4, choices=Answer.choices)
    goes_to_lead = models.BooleanField(default=False)

    class Meta:
        constraints = [*Captured.Meta.constraints]
        indexes = [models.Index(fields=["response", "id"], name="verdict_in_order")]

    @property
    def history_root(self) -> Record:
        return self.response.insight

    @property
    def organisation_id(self) -> int:
        return self.response.organisation_id


class ActionQuerySet(ForViewers):
    def visible_to(self, viewer: Viewer) -> ActionQuerySet:
        if Role.LEAD in viewer.roles:
            # The lead sees all that was shared, and nothing else has actions.
            return self.filter(not_withheld(viewer, "insight_id"), organisation_id=viewer.organisation_id)
        mine = Q(owner_id=viewer.membership_id) | Q(insight_id=shown_beside(viewer))
        return self.filter(mine, organisation_id=viewer.organisation_id)

    def to_do(self) -> ActionQuerySet:
        return self.filter(status=Action.Status.TO_DO)


class Action(Record):
    """Something somebody will do by a day because of an insight; done only with evidence."""

    class Status(models.TextChoices):
        TO_DO = "to do", _("To do")
        DONE = "done", _("Done")
        GIVEN_UP = "not done", _("Will not be done")

    code_prefix = "ACT"
    lifecycle = Lifecycle({"complete": (Status.TO_DO, Status.DONE), "give_up": (Status.TO_DO, Status.GIVEN_UP)})
    privacy = Privacy(
        keep=KEEP,
        forget=_("with the insight"),
        fields={"text": Class.WORK, "owner": Class.PERSONAL, "evidence": Class.WORK, "reason": Class.WORK, "evidence_file": Class.WORK},
    )

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    insight = models.ForeignKey(Insight, on_delete=models.CASCADE, related_name="actions")
    text = models.TextField()
    owner = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="actions")
    due_on = models.DateField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.TO_DO)
    turn = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(null=True, blank=True)
    evidence = models.TextField(blank=True)
    evidence_file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)

    objects = ActionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="action_ends_with_evidence_or_reason",
                condition=Q(status="to do", ended_at__isnull=True)
                | (Q(status="done", ended_at__isnull=False) & ~Q(evidence=""))
                | (Q(status="not done", ended_at__isnull=False) & ~Q(reason="")),
            )
        ]
        indexes = [
            models.Index(fields=["insight", "id"], name="action_in_order"),
            models.Index(fields=["owner", "due_on"], name="action_to_do", condition=Q(status="to do")),
            models.Index(fields=["organisation", "due_on", "id"], name="action_by_day"),
        ]

    @property
    def history_root(self) -> Record:
        return self.insight

    @property
    def is_late(self) -> bool:
        return self.status == self.Status.TO_DO and self.due_on < today()

    def get_absolute_url(self) -> str:
        return f"{reverse('insights:insight', args=[self.insight.code])}#{self.code}"
