"""Roles, task profiles, the plan and the organisation's own words, with the commands of the programme."""

from __future__ import annotations

import datetime as dt

from safety_partners.partners import commands
from safety_partners.partners.models import TaskProfile
from tests.factories import partners as make
from tests.world.people import OUTSIDE
from tests.world.place import Place
from tests.world.words import typed

ROLE_WORDS = {name: typed(words) for name, words in make.ROLE_WORDS.items()}
TASK_WORDS = {**make.TASK_WORDS, **{name: typed(str(make.TASK_WORDS[name])) for name in ("what", "time", "frequency", "preparation")}}
ITEM = {
    "why": typed("So that you find the way out."),
    "kind": "induction",
    "owner_kind": "contact",
    "is_required": True,
    "due_in_days": 14,
    "valid_months": 12,
    "minutes": 20,
    "link": OUTSIDE,
}


def tell(place: Place) -> None:
    """A role and a task profile in every state, a plan, and a set-up that is begun and not finished."""
    _roles(place)
    _tasks(place)
    _plan(place)
    people = {"executive": typed("May Lin"), "responsible_officer": "", "lead": typed("Grace Bell"), "safety_specialist": ""}
    place.do("lead", commands.name_people, place.organisation, **people)
    policy = {"title": typed("Working with partners"), "link": OUTSIDE, "review_on": dt.date(2027, 4, 1)}
    place.do("lead", commands.set_policy, place.organisation, **policy)
    words = {"subject": typed("Welcome"), "text": typed("Dear [name],\n\nWelcome to [organisation].")}
    place.do("lead", commands.change_words, place.organisation, purpose="welcome", **words)


def _roles(place: Place) -> None:
    lead = place.people["lead"]
    first = make.make_role(lead, title=typed("Patient Safety Partner"), **ROLE_WORDS)
    role = first.role
    place.do(
        "lead", commands.bring_role_into_use, place.do("lead", commands.write_role, role, words=ROLE_WORDS | {"time": typed("A day.")})
    )
    draft = place.do("lead", commands.write_role, role, words=ROLE_WORDS)
    place.keep(role=role, role_version=role.versions.get(status="in use"), role_draft=draft)
    place.keep(
        unused_role=make.make_role_draft(lead, title=typed("Not yet"), **ROLE_WORDS),
        stopped_role=make.make_role(lead, title=typed("No longer"), **ROLE_WORDS).role,
    )
    place.do("lead", commands.stop_using_role, place["stopped role"])


def _tasks(place: Place) -> None:
    lead = place.people["lead"]
    first = make.make_task(lead, title=typed("Safety committee"), **TASK_WORDS)
    place.do("lead", commands.write_task, first.task, words=TASK_WORDS | {"level": 3})
    panel = make.make_task(lead, title=typed("Panel"), kind=TaskProfile.Kind.PANEL, **TASK_WORDS | {"scoring": "equal"})
    place.keep(
        task=first.task,
        panel_task=panel.task,
        unused_task=make.make_task_draft(lead, title=typed("Not yet"), **TASK_WORDS),
    )


def _plan(place: Place) -> None:
    place.do("lead", commands.start_plan, place.organisation)
    item = place.do("lead", commands.add_plan_item, title=typed("Fire safety"), **ITEM)
    closed = place.do("lead", commands.add_plan_item, title=typed("Not any more"), **ITEM)
    place.keep(plan_item=item, closed_plan_item=place.do("lead", commands.close_plan_item, closed))
