"""Steps of a project: by when, and what is different because partners took part."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from safety_partners.activities import policies
from safety_partners.activities.commands.rules import demand_shape, demand_under_way
from safety_partners.activities.commands.takers import tell_takers
from safety_partners.activities.models import Activity, Milestone, Shape
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today
from safety_partners.partners.commands.rules import demand_words


@command(allow=policies.may_run, details=("due_on",))
def add_milestone(viewer: Viewer, activity: Activity, /, *, title: str, due_on: dt.date) -> Milestone:
    """Set one step of a project."""
    demand_shape(activity, Shape.PROJECT)
    demand_under_way(activity)
    demand_words(title, _("Say what is to be reached."), field="title")
    return Milestone.objects.create(activity=activity, title=title, due_on=due_on)


@command(allow=policies.may_run, details=("due_on",))
def change_milestone(viewer: Viewer, milestone: Milestone, /, *, title: str, due_on: dt.date, turn: int | None = None) -> Milestone:
    """Say it in other words, or for another day."""
    demand_under_way(milestone.activity)
    demand_words(title, _("Say what is to be reached."), field="title")
    Milestone.lifecycle.move(milestone, "change", turn=turn, title=title, due_on=due_on)
    return milestone


@command(allow=policies.may_run, details=("reached_on",))
def reach_milestone(
    viewer: Viewer, milestone: Milestone, /, *, reached_on: dt.date, partners_changed: str, turn: int | None = None
) -> Milestone:
    """Say that it is reached and what partners changed in it, if only “nothing, because …”; they are told."""
    demand_under_way(milestone.activity)
    demand_words(partners_changed, _("Say what is different because partners took part, or why nothing is."), field="partners_changed")
    if reached_on > today():
        raise NotPossible(_("The day cannot be later than today."), field="reached_on")
    Milestone.lifecycle.move(milestone, "reach", turn=turn, reached_on=reached_on, partners_changed=partners_changed)
    tell_takers(viewer, milestone.activity, "activities/milestone_reached", milestone=milestone)
    return milestone


@command(allow=policies.may_run)
def drop_milestone(viewer: Viewer, milestone: Milestone, /, *, why: str, turn: int | None = None) -> Milestone:
    """Give up a step, with a word on why; those who take part are told."""
    demand_under_way(milestone.activity)
    demand_words(why, _("Say why, in a few words. Everybody who takes part reads it."), field="why")
    Milestone.lifecycle.move(milestone, "drop", turn=turn, dropped_because=why.strip()[:300])
    tell_takers(viewer, milestone.activity, "activities/milestone_dropped", milestone=milestone)
    return milestone
