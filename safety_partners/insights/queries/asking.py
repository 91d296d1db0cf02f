"""Whom one can ask for an answer or an action, and by when an answer is owed."""

from __future__ import annotations

import datetime as dt

from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import add_working_days, today
from safety_partners.insights.models import Insight
from safety_partners.people.choosing import People, staff_to_choose
from safety_partners.people.models import Role
from safety_partners.people.policies import STAFF_ROLES


def who_can_answer(viewer: Viewer, insight: Insight, typed: str = "", chosen: str = "") -> People:
    """Staff who can be asked for the answer: not the person who spoke, and only the lead where the words are for the lead."""
    only_lead = insight.visibility == Insight.Visibility.LEAD
    return staff_to_choose(viewer, typed, [chosen], roles={Role.LEAD} if only_lead else STAFF_ROLES, without=insight.speaker_id)


def who_can_act(viewer: Viewer, typed: str = "", chosen: str = "") -> People:
    """Staff who can be given something to do."""
    return staff_to_choose(viewer, typed, [chosen])


def answer_due(insight: Insight) -> dt.date:
    """The day by which somebody asked now owes the answer.

    A partly answered insight owes nothing until somebody is asked again; then a new clock runs.
    """
    if insight.status == Insight.Status.IN_PART or insight.answer_by is None:
        return add_working_days(today(), insight.organisation.answer_days)
    return insight.answer_by
