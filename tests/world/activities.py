"""Requests for partners at every stage that the one who asks and the lead decide on, and the kinds there are."""

from __future__ import annotations

import datetime as dt
from typing import Any

from safety_partners.activities import commands
from safety_partners.activities.models import Activity
from safety_partners.core.working_days import today
from safety_partners.partners.models import TaskVersion
from tests.factories.partners import make_task
from tests.world.place import Place
from tests.world.words import typed

DAY = dt.timedelta(days=1)
PROJECT = "An improvement project"


def tell(place: Place) -> None:
    """A member of staff asks, and the lead decides; the second member of staff promises to say what changed."""
    task = make_task(place.people["lead"], title=typed("Taking part in a project"), kind="improvement project")
    place.keep(
        draft_activity=_begun(place, "A leaflet"),
        asked_activity=_asked(place, "Safer ward rounds"),
        second_asked_activity=_asked(place, "Letters people understand", by="secretary"),
        activity=_taken_on(place, "Falls on the wards", task),
    )
    _decided(place)
    _called_off(place)
    kind = {"name": typed("A safety walk"), "hint": typed("Round a ward.")}
    place.keep(
        activity_kind=place["activity"].kind,
        own_activity_kind=place.do("lead", commands.add_kind, **kind, shape="plain"),
        closed_activity_kind=place.do("lead", commands.add_kind, name="A talk", hint="", shape="plain"),
    )
    place.do("lead", commands.close_kind, place["closed activity kind"])


def _words(place: Place) -> dict[str, Any]:
    return {
        "team": typed("Falls team"),
        "purpose": typed("To see falls coming."),
        "can_change": typed("When the round is."),
        "stage": Activity.Stage.FINAL,
        "why_late": typed("We were late ourselves."),
        "decided_by": typed("The falls group"),
        "starts_on": today() + 40 * DAY,
        "ends_on": today() + 60 * DAY,
        "place": typed("Room 2"),
        "needed_by": today() + 30 * DAY,
        "data_seen": Activity.Data.ANONYMOUS,
        "may_upset": True,
        "distress": typed("Falls that ended badly."),
        "budget_code": typed("X1"),
        "hours": 3,
        "preparation_hours": 1,
        "preparation": typed("Four pages."),
        "access": typed("A step-free room."),
        "payment": typed("Half a day."),
        "support": typed("The lead."),
        "feedback_by": place.people["second staff"],
        "feedback_on": today() + 90 * DAY,
    }


def _begun(place: Place, title: str, *, by: str = "staff") -> Activity:
    return place.do(by, commands.begin_request, kind=PROJECT, title=typed(title), **_words(place))


def _asked(place: Place, title: str, *, by: str = "staff") -> Activity:
    return place.do(by, commands.ask_for_partners, _begun(place, title, by=by))


def _taken_on(place: Place, title: str, task: TaskVersion | None = None) -> Activity:
    return place.do("lead", commands.take_on, _asked(place, title), task=task, words=typed("A good idea."))


def _decided(place: Place) -> None:
    reason = {"reason": Activity.Reason.TOO_LATE, "words": typed("Please ask us earlier.")}
    place.keep(
        returned_activity=place.do("lead", commands.send_back, _asked(place, "A poster"), **reason),
        declined_activity=place.do("lead", commands.decline_request, _asked(place, "A logo"), **reason),
        passed_activity=place.do("lead", commands.pass_on, _asked(place, "Opening hours"), words=typed("Lower Meadow meets on Monday.")),
        withdrawn_activity=place.do("staff", commands.withdraw_request, _asked(place, "A form")),
    )


def _called_off(place: Place) -> None:
    cancelled = _taken_on(place, "A visit to ward 3")
    place.do("staff", commands.call_off, cancelled, why=typed("The ward has closed."))
    changed = _taken_on(place, "A visit to ward 4")
    place.do("staff", commands.adjust, changed, place=typed("By video"), partners_wanted=1, why_alone=typed("One chair."))
    handed = _taken_on(place, "A visit to ward 5")
    place.do("staff", commands.hand_on, handed, to=place.people["secretary"], words=typed("I am away until May."))
    place.keep(cancelled_activity=cancelled, changed_activity=changed, handed_activity=handed)
