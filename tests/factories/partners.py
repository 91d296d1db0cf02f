"""Roles, partners and what belongs to them, made through the commands."""

from __future__ import annotations

from typing import Any

from safety_partners.partners import commands
from safety_partners.partners.models import RoleDescription, RoleVersion, TaskProfile, TaskVersion
from safety_partners.people.models import Membership
from tests.factories.people import viewer_of

ROLE_WORDS = {
    "summary": "Work beside us to make care safer.",
    "does": "Take part in meetings.\nRead policies before they are finished.",
    "does_not": "Look after patients.\nInvestigate complaints.",
    "time": "About four hours a month.",
    "term": "Two years, and we look at it together after one.",
    "payment": "We offer an involvement payment for each piece of work, and tell you how much before you say yes.",
    "expenses": "Travel, care for somebody you look after, and a person who supports you.",
    "support": "A named person to talk to, and time to learn.",
    "not_asked": "We do not ask what happened to you.",
    "responsible_to": "The partner lead",
    "accountable_to": "The medical director",
}
TASK_WORDS = {
    "what": "Sit on the safety committee with another partner.",
    "time": "Two hours",
    "frequency": "Every second month",
    "preparation": "About an hour of reading, sent a week before",
    "stage": "design",
    "level": 4,
    "scoring": "",
}


def make_role_draft(lead: Membership, *, title: str = "Patient Safety Partner", **words: Any) -> RoleDescription:
    """A role whose first version is still being written."""
    return commands.describe_role(viewer_of(lead), title=title, words=ROLE_WORDS | words)


def make_role(lead: Membership, *, title: str = "Patient Safety Partner", **words: Any) -> RoleVersion:
    """A role in use: the version, its role is ``.role``."""
    return commands.bring_role_into_use(viewer_of(lead), make_role_draft(lead, title=title, **words).versions.get())


def make_task_draft(lead: Membership, *, title: str = "Safety committee", kind: str = "committee seat", **words: Any) -> TaskProfile:
    return commands.describe_task(viewer_of(lead), title=title, kind=kind, words=TASK_WORDS | words)


def make_task(lead: Membership, *, title: str = "Safety committee", kind: str = "committee seat", **words: Any) -> TaskVersion:
    """A task profile in use."""
    return commands.bring_task_into_use(viewer_of(lead), make_task_draft(lead, title=title, kind=kind, **words).versions.get())
