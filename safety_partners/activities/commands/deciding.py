"""What the partner lead decides on a request: take it on, send it back, pass it to a participation group, or not take it on."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from safety_partners.activities import policies
from safety_partners.activities.commands.telling import promiser_of, runners_of, tell
from safety_partners.activities.models import Activity
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today
from safety_partners.partners.commands.rules import demand_words
from safety_partners.partners.models import TaskVersion


@command(allow=policies.is_lead_of, details=("task",))
def take_on(
    viewer: Viewer, activity: Activity, /, *, task: TaskVersion | None = None, words: str = "", turn: int | None = None
) -> Activity:
    """Take a request on: places can be offered now. Whoever asked is told, and whoever promised to say what changed."""
    if task is not None and (task.task.organisation_id != activity.organisation_id or task.status != TaskVersion.Status.IN_USE):
        raise NotPossible(_("Choose a task profile that is in use."), field="task")
    _decide(viewer, activity, "take_on", turn, task=task, reason="", decision_words=words)
    tell(viewer, [*runners_of(activity), *promiser_of(activity)], "activities/taken_on", activity)
    return activity


@command(allow=policies.is_lead_of, details=("reason",))
def send_back(viewer: Viewer, activity: Activity, /, *, reason: str, words: str, turn: int | None = None) -> Activity:
    """Send a request back, with what would have to be different; it can be asked again."""
    _demand_reason(reason, words)
    _decide(viewer, activity, "send_back", turn, reason=reason, decision_words=words)
    tell(viewer, runners_of(activity), "activities/sent_back", activity)
    return activity


@command(allow=policies.is_lead_of, details=("reason",))
def decline_request(viewer: Viewer, activity: Activity, /, *, reason: str, words: str, turn: int | None = None) -> Activity:
    """Not take a request on, and say why."""
    _demand_reason(reason, words)
    _decide(viewer, activity, "decline", turn, reason=reason, decision_words=words)
    tell(viewer, runners_of(activity), "activities/declined", activity)
    return activity


@command(allow=policies.is_lead_of)
def pass_on(viewer: Viewer, activity: Activity, /, *, words: str, turn: int | None = None) -> Activity:
    """Pass a request to a patient participation group: it is about a service more than about safety, and a group can say more."""
    demand_words(words, _("Say which group, and what happens next."), field="words")
    _decide(viewer, activity, "pass_on", turn, reason="", decision_words=words)
    tell(viewer, runners_of(activity), "activities/passed_on", activity)
    return activity


def _demand_reason(reason: str, words: str) -> None:
    if reason not in Activity.Reason.values:
        raise NotPossible(_("Choose a reason."), field="reason")
    demand_words(words, _("Say it in your own words. Whoever asked reads this."), field="words")


def _decide(viewer: Viewer, activity: Activity, move: str, turn: int | None, **decision: Any) -> None:
    Activity.lifecycle.move(activity, move, turn=turn, decided_on=today(), decided_on_by_id=viewer.membership_id, **decision)
