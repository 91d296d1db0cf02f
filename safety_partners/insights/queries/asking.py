"""Whom one can ask: staff by name, few enough for a list or found by a search."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import add_working_days, today
from safety_partners.insights.models import Insight
from safety_partners.people.models import Membership, Role
from safety_partners.people.policies import STAFF_ROLES

# A list of names stays usable up to this many; where more people work, a search comes first.
LISTED = 300
FOUND = 20


@dataclass(frozen=True, slots=True)
class People:
    """Staff to choose from: code and words of each; ``is_many`` when a search is needed, ``has_more`` when it found too many."""

    choices: list[tuple[str, str]]
    is_many: bool = False
    has_more: bool = False


def who_can_answer(viewer: Viewer, insight: Insight, typed: str = "", chosen: str = "") -> People:
    """Staff who can be asked for the answer: not the person who spoke, and only the lead where the words are for the lead."""
    only_lead = insight.visibility == Insight.Visibility.LEAD
    rows = _staff(viewer, {Role.LEAD} if only_lead else STAFF_ROLES).exclude(pk=insight.speaker_id)
    return _people(rows, typed, chosen)


def who_can_act(viewer: Viewer, typed: str = "", chosen: str = "") -> People:
    """Staff who can be given something to do."""
    return _people(_staff(viewer, STAFF_ROLES), typed, chosen)


def _staff(viewer: Viewer, roles: set[str] | frozenset[str]) -> QuerySet[Membership]:
    return Membership.objects.visible_to(viewer).current().with_role(*roles)


def _people(rows: QuerySet[Membership], typed: str, chosen: str) -> People:
    names = rows.order_by("user__name", "pk").values_list("code", "user__name", "job_title")
    terms = typed.split()[:6]
    if not terms:
        found = list(names[: LISTED + 1])
        if len(found) <= LISTED:
            return People([_choice(*row) for row in found])
        return People([_choice(*row) for row in names.filter(code=chosen)] if chosen else [], is_many=True)
    fits = Q()
    for term in terms:
        fits &= Q(user__name__icontains=term) | Q(job_title__icontains=term)
    found = list(names.filter(fits | Q(code=chosen) if chosen else fits)[: FOUND + 1])
    return People([_choice(*row) for row in found[:FOUND]], is_many=True, has_more=len(found) > FOUND)


def _choice(code: str, name: str, job_title: str) -> tuple[str, str]:
    return code, f"{name}, {job_title}" if job_title else name


def answer_due(insight: Insight) -> dt.date:
    """The day by which somebody asked now owes the answer.

    A partly answered insight owes nothing until somebody is asked again; then a new clock runs.
    """
    if insight.status == Insight.Status.IN_PART or insight.answer_by is None:
        return add_working_days(today(), insight.organisation.answer_days)
    return insight.answer_by


def member(viewer: Viewer, code: str) -> Membership:
    """One member of the organisation by code, ready to be written to. Raises Http404."""
    found: Membership = get_object_or_404(Membership.objects.visible_to(viewer).select_related("user", "organisation"), code=code)
    return found
