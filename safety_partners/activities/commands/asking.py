"""Writing a request for partners, sending it to the partner lead, and taking it back."""

from __future__ import annotations

from typing import Any

from safety_partners.activities import policies
from safety_partners.activities.commands.kinds import kind_called
from safety_partners.activities.commands.rules import ANSWERS, demand_answers, demand_complete, demand_to_come
from safety_partners.activities.commands.telling import leads_of, tell
from safety_partners.activities.models import Activity
from safety_partners.core import clock
from safety_partners.core.command import command
from safety_partners.core.viewer import Viewer
from safety_partners.people.models import Level

WORK = ("stage", "level", "data_seen", "partners_wanted")


@command(allow=policies.may_ask, details=WORK)
def begin_request(viewer: Viewer, /, *, kind: str, title: str, **answers: Any) -> Activity:
    """Begin to write a request; nobody else sees it until it is sent. ``kind`` is the name of one."""
    organisation_id = viewer.organisation_id or 0
    activity = Activity(organisation_id=organisation_id, requester_id=viewer.membership_id, kind=kind_called(organisation_id, kind))
    write(activity, answers | {"title": title})
    activity.save()
    return activity


@command(allow=policies.is_requester, details=WORK)
def rewrite_request(viewer: Viewer, activity: Activity, /, *, turn: int | None = None, **answers: Any) -> Activity:
    """Keep what was written so far; a request that came back becomes a draft again."""
    if "kind" in answers:
        answers["kind"] = kind_called(activity.organisation_id, answers["kind"], kept=activity.kind)
    written = write(activity, answers)
    Activity.lifecycle.move(activity, "rewrite", turn=turn, **written)
    return activity


@command(allow=policies.is_requester, details=WORK)
def ask_for_partners(viewer: Viewer, activity: Activity, /, *, turn: int | None = None) -> Activity:
    """Send the request to the partner lead, once everything is said that partners need to know."""
    answers = answers_of(activity)
    demand_complete(answers, activity.organisation_id)
    demand_to_come(answers["needed_by"], field="needed_by")
    demand_to_come(answers["feedback_on"], field="feedback_on")
    Activity.lifecycle.move(activity, "ask", turn=turn, asked_at=clock.now())
    tell(viewer, leads_of(activity), "activities/asked", activity)
    return activity


@command(allow=policies.is_requester)
def withdraw_request(viewer: Viewer, activity: Activity, /, *, turn: int | None = None) -> Activity:
    """Take a request back before it was taken on; where the lead had it, they are told."""
    was_asked = activity.status == Activity.Status.ASKED
    Activity.lifecycle.move(activity, "withdraw", turn=turn)
    if was_asked:
        tell(viewer, leads_of(activity), "activities/withdrawn", activity)
    return activity


def answers_of(activity: Activity) -> dict[str, Any]:
    """What the request says now."""
    return {name: getattr(activity, name) for name in ANSWERS}


def write(activity: Activity, answers: dict[str, Any]) -> dict[str, Any]:
    """Put answers into the request, and return those that belong there. Raises ``NotPossible`` where they contradict each other."""
    written = {name: value for name, value in answers.items() if name in ANSWERS}
    for name, value in written.items():
        setattr(activity, name, value)
    # Whoever names a service says where it makes a difference.
    if activity.service_id is not None:
        activity.level = written["level"] = Level.SERVICE
    demand_answers(answers_of(activity))
    return written
