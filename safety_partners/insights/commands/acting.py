"""What somebody will do by a day because of an insight."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from safety_partners.core import outbox
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.models import StoredFile
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today
from safety_partners.insights import policies
from safety_partners.insights.models import Action, Insight
from safety_partners.people.models import Membership
from safety_partners.people.policies import STAFF_ROLES


@command(allow=policies.may_agree_action)
def agree_action(viewer: Viewer, insight: Insight, /, *, text: str, owner: Membership, due_on: dt.date) -> Action:
    """Give somebody something to do by a day. Raises ``NotPossible`` for a day gone by or an owner from elsewhere."""
    if insight.status in {Insight.Status.DRAFT, Insight.Status.WITHDRAWN}:
        raise NotPossible(_("There is nothing here to act on."))
    if due_on < today():
        raise NotPossible(_("The day must be today or later."), field="due_on")
    if owner.organisation_id != insight.organisation_id or not owner.grants.filter(role__in=STAFF_ROLES).exists():
        raise NotPossible(_("Choose a member of staff of this organisation."), field="owner")
    action = Action.objects.create(organisation_id=insight.organisation_id, insight=insight, text=text, owner=owner, due_on=due_on)
    if owner.pk != viewer.membership_id:
        outbox.put("insights/action_given", to=owner, about=insight, action=action)
    return action


@command(allow=policies.may_work_on_action)
def complete_action(viewer: Viewer, action: Action, /, *, evidence: str, evidence_file: StoredFile | None = None) -> Action:
    """Say that it is done, and what shows it; the person who spoke is told. The insight stays open for their verdict."""
    Action.lifecycle.move(action, "complete", ended_at=timezone.now(), evidence=evidence, evidence_file=evidence_file)
    outbox.put("insights/action_done", to=action.insight.speaker, about=action.insight, action=action)
    return action


@command(allow=policies.may_work_on_action)
def give_up_action(viewer: Viewer, action: Action, /, *, reason: str) -> Action:
    """Say that it will not be done, and why; the person who spoke is told."""
    Action.lifecycle.move(action, "give_up", ended_at=timezone.now(), reason=reason)
    outbox.put("insights/action_given_up", to=action.insight.speaker, about=action.insight, action=action)
    return action


@command(allow=policies.may_work_on_action)
def put_off_action(viewer: Viewer, action: Action, /, *, due_on: dt.date, reason: str) -> Action:
    """Move the day of an action, with a reason the person who spoke is told."""
    if due_on < today():
        raise NotPossible(_("The day must be today or later."), field="due_on")
    if not Action.objects.filter(pk=action.pk, status=Action.Status.TO_DO).update(due_on=due_on, reason=reason):
        raise Overtaken(_("This action has already ended."))
    action.due_on, action.reason = due_on, reason
    outbox.put("insights/action_put_off", to=action.insight.speaker, about=action.insight, action=action)
    return action
