"""Rules that several commands of activities share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from safety_partners.activities.models import Activity, Shape
from safety_partners.activities.queries.terms import Arranged
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.working_days import today
from safety_partners.partners.commands.rules import demand_staff, demand_words

MOST_PARTNERS = 30
# What a request says; the one who asks writes it, and after it was taken on it is changed with everybody's knowledge.
ANSWERS = (
    "kind",
    "title",
    "team",
    "level",
    "service",
    "purpose",
    "can_change",
    "stage",
    "why_late",
    "decided_by",
    "starts_on",
    "ends_on",
    "place",
    "needed_by",
    "role_level",
    "budget_code",
    "data_seen",
    "may_upset",
    "distress",
    "partners_wanted",
    "why_alone",
    "hours",
    "preparation_hours",
    "preparation",
    "access",
    "payment",
    "support",
    "feedback_by",
    "feedback_on",
)


def lock(activity: Activity) -> Activity:
    """Let what decides about one activity's places happen one after another, until the transaction ends."""
    activity.refresh_from_db(from_queryset=Activity.objects.select_for_update())
    return activity


def demand_under_way(activity: Activity) -> None:
    """Raise ``Overtaken`` unless the activity is going on."""
    if not Activity.objects.under_way().filter(pk=activity.pk).exists():
        raise Overtaken(_("This is not going on now. Look at how it stands."))


def demand_shape(activity: Activity, shape: str) -> None:
    """Raise ``Overtaken`` where an activity of another kind has no such pages."""
    if activity.shape != shape:
        raise Overtaken(_("This is another kind of activity now. Look at how it stands."))


def demand_ready_to_offer(activity: Activity, arranged: Arranged) -> None:
    """Raise ``NotPossible`` for an interview panel whose ten areas and right to score are not settled (DOMAIN.md 2 E 57)."""
    if activity.shape != Shape.PANEL:
        return
    if arranged.panel is None or not arranged.panel.scoring:
        raise NotPossible(_("First say on the page of the panel whether the partner scores. Nobody can be asked before that is settled."))
    if arranged.open_areas:
        raise NotPossible(_("First settle all ten areas on the page of the panel. Still open: %(n)s.") % {"n": arranged.open_areas})


def demand_answers(answers: Mapping[str, Any]) -> None:
    """Raise ``NotPossible`` for an answer that contradicts itself; what is not said yet may come later."""
    demand_words(answers.get("title", ""), _("Enter a short name for it."), field="title")
    if not 1 <= answers["partners_wanted"] <= MOST_PARTNERS:
        raise NotPossible(_("Enter a number of partners between 1 and %(most)s.") % {"most": MOST_PARTNERS}, field="partners_wanted")
    starts_on, ends_on = answers["starts_on"], answers["ends_on"]
    if ends_on and not starts_on:
        raise NotPossible(_("Enter the first day."), field="starts_on")
    if ends_on and ends_on < starts_on:
        raise NotPossible(_("The last day must be on or after the first day."), field="ends_on")
    if answers["may_upset"]:
        demand_words(answers["distress"], _("Say what may upset somebody."), field="distress")
    elif answers["distress"]:
        raise NotPossible(_("Say that something in it may upset somebody."), field="may_upset")


def demand_complete(answers: Mapping[str, Any], organisation_id: int) -> None:
    """Raise ``NotPossible`` for the first thing that partners, or the lead, need to know and that is not said."""
    demand_answers(answers)
    demand_words(answers["purpose"], _("Say what it is for, and what difference partners can make."), field="purpose")
    demand_words(answers["stage"], _("Say how far things are."), field="stage")
    if answers["stage"] in Activity.LATE_STAGES:
        demand_words(answers["why_late"], _("Say why partners come in so late."), field="why_late")
    demand_words(answers["can_change"], _("Say what can still change."), field="can_change")
    demand_words(answers["decided_by"], _("Say who decides."), field="decided_by")
    _demand_day(answers["needed_by"], field="needed_by")
    if answers["hours"] is None:
        raise NotPossible(_("Say how many hours it takes."), field="hours")
    if answers["partners_wanted"] == 1:
        demand_words(answers["why_alone"], _("Say why one partner would be alone."), field="why_alone")
    demand_words(answers["data_seen"], _("Say what partners will see about people."), field="data_seen")
    if answers["may_upset"] is None:
        raise NotPossible(_("Say whether something in it may upset somebody."), field="may_upset")
    if answers["feedback_by"] is None:
        raise NotPossible(_("Say who tells partners what changed."), field="feedback_by")
    demand_staff(answers["feedback_by"], organisation_id, field="feedback_by")
    _demand_day(answers["feedback_on"], field="feedback_on")


def demand_to_come(day: dt.date, *, field: str) -> None:
    """Raise ``NotPossible`` for a day that has gone by. It says which, because the page may show no question beside it."""
    said = {
        "needed_by": _("The day by which you need to know who takes part has gone by. Enter a day that is to come."),
        "feedback_on": _("The day by which partners hear what changed has gone by. Enter a day that is to come."),
    }
    if day < today():
        raise NotPossible(said[field], field=field)


def _demand_day(day: dt.date | None, *, field: str) -> None:
    if day is None:
        raise NotPossible(_("Enter a day."), field=field)
