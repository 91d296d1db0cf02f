"""What somebody will do by a day because of an insight."""

from __future__ import annotations

import datetime as dt

from django.core.files.uploadedfile import UploadedFile
from django.db.models import F
from django.utils.translation import gettext as _

from safety_partners.core import clock, outbox, text_search
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.models import StoredFile
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today
from safety_partners.insights import policies
from safety_partners.insights.commands import evidence as proof
from safety_partners.insights.commands import rules
from safety_partners.insights.models import Action, Insight
from safety_partners.people.models import Membership


@command(allow=policies.may_agree_action, details=("due_on",))
def agree_action(viewer: Viewer, insight: Insight, /, *, text: str, owner: Membership, due_on: dt.date) -> Action:
    """Give somebody something to do by a day. Raises ``NotPossible`` for a day gone by or an owner from elsewhere."""
    demand_possible(insight, text=text, owner=owner, due_on=due_on)
    action = Action.objects.create(organisation_id=insight.organisation_id, insight=insight, text=text, owner=owner, due_on=due_on)
    text_search.index(action, f"{text} {owner.name}", organisation_id=action.organisation_id)
    if owner.pk != viewer.membership_id:
        outbox.put("insights/action_given", to=owner, about=action)
    return action


def demand_possible(
    insight: Insight, *, text: str, owner: Membership, due_on: dt.date, asked_as: tuple[str, str, str] = ("text", "owner", "due_on")
) -> None:
    """Raise ``NotPossible`` where an action could not be agreed; ``asked_as`` names the three fields of the form."""
    if insight.status in rules.NO_WORDS:
        raise NotPossible(_("There is nothing here to act on."))
    rules.demand_words(text, _("Say what will be done."), field=asked_as[0])
    rules.demand_staff(owner, insight.organisation_id, field=asked_as[1])
    if due_on < today():
        raise NotPossible(_("The day must be today or later."), field=asked_as[2])


@command(allow=policies.may_work_on_action)
def complete_action(
    viewer: Viewer,
    action: Action,
    /,
    *,
    evidence: str,
    evidence_file: UploadedFile | StoredFile | None = None,
    turn: int | None = None,
) -> Action:
    """Say that it is done, and what shows it; the person who spoke is told. The insight stays open for their verdict.

    A file that was sent is kept in the same transaction, under its real type. Raises ``NotPossible`` for another kind
    of file, ``Overtaken`` if the action ended before.
    """
    rules.demand_words(evidence, _("Say what shows that it is done."), field="evidence")
    Action.lifecycle.move(action, "complete", turn=turn, ended_at=clock.now(), evidence=evidence)
    if isinstance(evidence_file, UploadedFile):
        evidence_file = proof.keep(evidence_file, action.organisation_id)
    if evidence_file is not None:
        Action.objects.filter(pk=action.pk).update(evidence_file=evidence_file)
        action.evidence_file = evidence_file
    _tell("insights/action_done", action)
    return action


@command(allow=policies.may_work_on_action)
def give_up_action(viewer: Viewer, action: Action, /, *, reason: str, turn: int | None = None) -> Action:
    """Say that it will not be done, and why; the person who spoke is told."""
    rules.demand_words(reason, _("Say why it will not be done."), field="reason")
    Action.lifecycle.move(action, "give_up", turn=turn, ended_at=clock.now(), reason=reason)
    _tell("insights/action_given_up", action)
    return action


@command(allow=policies.may_work_on_action, details=("due_on",))
def put_off_action(viewer: Viewer, action: Action, /, *, due_on: dt.date, reason: str, turn: int | None = None) -> Action:
    """Move the day of an action, with a reason the person who spoke is told."""
    rules.demand_words(reason, _("Say why the day moves."), field="reason")
    if due_on < today():
        raise NotPossible(_("The day must be today or later."), field="due_on")
    if due_on == action.due_on:
        raise NotPossible(_("This is the day it already has. Choose another."), field="due_on")
    waiting = Action.objects.filter(pk=action.pk, status=Action.Status.TO_DO)
    if turn is not None:
        waiting = waiting.filter(turn=turn)
    if not waiting.update(due_on=due_on, reason=reason, turn=F("turn") + 1):
        raise Overtaken(_("This action has ended, or someone else has moved its day. Look at it as it is now."))
    action.refresh_from_db(fields=["due_on", "reason", "turn"])
    _tell("insights/action_put_off", action)
    return action


def _tell(template: str, action: Action) -> None:
    """Tell the person whose words led to the action, unless they took their words back."""
    if action.insight.status != Insight.Status.WITHDRAWN:
        outbox.put(template, to=action.insight.speaker, about=action)
