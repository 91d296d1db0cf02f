"""What was agreed with a group, what was tried, and how it ended (regulation 20: reasonable efforts)."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today
from safety_partners.partners.commands.rules import demand_staff, demand_words
from safety_partners.people.models import Membership
from safety_partners.ppg import policies
from safety_partners.ppg.commands.rules import demand_said, demand_to_come
from safety_partners.ppg.commands.telling import tell, voice_of
from safety_partners.ppg.models import CollectiveView, Group, Improvement


@command(allow=policies.looks_after, details=("due_on",))
def agree_improvement(
    viewer: Viewer, group: Group, /, *, text: str, owner: Membership, due_on: dt.date, view: CollectiveView | None = None
) -> Improvement:
    """Write down what was agreed with the group, who sees to it and by when. They and the chair are told."""
    demand_words(text, _("Say what was agreed."), field="text")
    demand_staff(owner, group.organisation_id, field="owner")
    demand_to_come(due_on, "due_on")
    demand_said(view, group)
    improvement = Improvement.objects.create(group=group, view=view, text=text, owner=owner, agreed_on=today(), due_on=due_on)
    tell(viewer, [owner], "ppg/improvement_given", improvement)
    tell(viewer, voice_of(group), "ppg/improvement_agreed", improvement)
    return improvement


@command(allow=policies.may_work_on_improvement, details=("due_on",))
def put_off_improvement(
    viewer: Viewer, improvement: Improvement, /, *, due_on: dt.date, efforts: str, turn: int | None = None
) -> Improvement:
    """Move its day, and say what was tried until now and why it waits; the chair is told."""
    demand_words(efforts, _("Say what was done until now, and why it has to wait."), field="efforts")
    demand_to_come(due_on, "due_on")
    if due_on == improvement.due_on:
        raise NotPossible(_("This is the day it already has. Choose another."), field="due_on")
    Improvement.lifecycle.move(improvement, "put_off", turn=turn, due_on=due_on, efforts=efforts)
    tell(viewer, voice_of(improvement.group), "ppg/improvement_put_off", improvement)
    return improvement


@command(allow=policies.may_work_on_improvement)
def complete_improvement(viewer: Viewer, improvement: Improvement, /, *, efforts: str, turn: int | None = None) -> Improvement:
    """Say that it is done, and what was done; the chair is told."""
    demand_words(efforts, _("Say what was done."), field="efforts")
    Improvement.lifecycle.move(improvement, "complete", turn=turn, efforts=efforts, ended_on=today())
    tell(viewer, voice_of(improvement.group), "ppg/improvement_ended", improvement)
    return improvement


@command(allow=policies.may_work_on_improvement)
def give_up_improvement(viewer: Viewer, improvement: Improvement, /, *, efforts: str, turn: int | None = None) -> Improvement:
    """Say that it could not be done: what was tried, and why it did not work; the chair is told."""
    demand_words(efforts, _("Say what was tried, and why it could not be done."), field="efforts")
    Improvement.lifecycle.move(improvement, "give_up", turn=turn, efforts=efforts, ended_on=today())
    tell(viewer, voice_of(improvement.group), "ppg/improvement_ended", improvement)
    return improvement
