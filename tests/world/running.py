"""Activities of every shape as they go on: days in every state, steps, the terms of training and of panels, a review and a seat."""

from __future__ import annotations

from typing import Any

from safety_partners.activities import commands
from safety_partners.activities.models import Activity, Offer, PanelArea, Shape
from safety_partners.core.working_days import today
from tests.factories import activities as make
from tests.factories.committees import DAY, VIDEO, at
from tests.world.place import Place
from tests.world.words import typed

ACCEPTED = Offer.Status.ACCEPTED


def tell(place: Place) -> None:
    """The staff member asked for all of them; the partner takes part, the second one was asked."""
    _days(place)
    _project(place)
    _training(place)
    _panels(place)
    _elsewhere(place)


def _activity(place: Place, title: str, shape: str = Shape.PLAIN, **fields: Any) -> Activity:
    made = make.make_activity(place.people["staff"], lead=place.people["lead"], shape=shape, title=typed(title), **fields)
    make.make_offer(made, place["joining partner"], by=place.people["lead"])
    return made


def _taken(place: Place, title: str, shape: str = Shape.PLAIN, **fields: Any) -> Activity:
    made = _activity(place, title, shape, **fields)
    make.make_offer(made, place["active partner"], status=ACCEPTED, by=place.people["lead"])
    return made


def _days(place: Place) -> None:
    visit = _taken(place, "A quality visit")
    when = {"starts_at": at(today() + 6 * DAY), "ends_at": at(today() + 6 * DAY, 12)}
    how = {"title": typed("Ward 4"), "place": typed("At the door"), "join_link": VIDEO}
    past = {"on": today() - DAY, "title": typed("Ward 2")}
    held, cancelled = make.make_session(visit, **past), make.make_session(visit, **past)
    place.do("staff", commands.hold_session, held, notes=typed("We spoke with nine people."))
    place.do("staff", commands.cancel_session, cancelled, why=typed("The ward was closed."))
    over = make.make_activity(place.people["staff"], status="closed", title=typed("A visit that is over"))
    place.keep(
        visit=visit,
        closed_activity=over,
        day=place.do("staff", commands.plan_session, visit, **when, **how),
        past_day=make.make_session(visit, **past),
        held_day=held,
        cancelled_day=cancelled,
        closed_day=make.make_session(over, **past),
    )


def _project(place: Place) -> None:
    project = _taken(place, "Safer ward rounds", Shape.PROJECT)
    step = {"due_on": today() + 9 * DAY}
    ahead, reached, dropped = (
        place.do("staff", commands.add_milestone, project, title=typed(title), **step)
        for title in ("Ask patients", "Try it out", "Print it")
    )
    place.do("staff", commands.reach_milestone, reached, reached_on=today(), partners_changed=typed("The time of the round."))
    place.do("staff", commands.drop_milestone, dropped, why=typed("Nobody reads it."))
    place.keep(project=project, milestone=ahead, reached_milestone=reached, dropped_milestone=dropped)


def _training(place: Place) -> None:
    described, not_yet = _activity(place, "Speaking up", Shape.TRAINING), _activity(place, "Listening", Shape.TRAINING)
    terms = {"audience": typed("New nurses"), "part": "both", "uses_story": True, "story_consent": typed("Form 14")}
    place.do("staff", commands.describe_training, described, **terms, debrief=typed("Ann, next day"))
    place.keep(training_activity=described, training_without_terms=not_yet)


def _panels(place: Place) -> None:
    """One that is settled, whose partner has a question; one not begun; one that ended."""
    settled = make.make_activity(place.people["staff"], shape=Shape.PANEL, title=typed("Head of quality"))
    ended = make.make_activity(place.people["staff"], shape=Shape.PANEL, title=typed("Ward manager"))
    terms = {"post": typed("A post"), "chair": place.people["second staff"], "scoring": "equal", "band": typed("8a")}
    terms |= {"vacancy_reference": typed("V-1"), "scores_kept": typed("With the people team"), "trained_on": today()}
    for one in (settled, ended):
        panel = place.do("staff", commands.describe_panel, one, **terms)
        place.do("staff", commands.settle_areas, panel, words={area.value: typed(str(area.label)) for area in PanelArea})
    place.do("staff", commands.tell_how_panel_ended, panel, ended="filled")
    offer = make.make_offer(settled, place["active partner"], status=ACCEPTED, by=place.people["lead"])
    place.do("partner", commands.set_own_question, offer, words=typed("When did you last listen?"))
    place.keep(
        panel_activity=settled,
        ended_panel_activity=ended,
        panel_not_begun=_activity(place, "Matron", Shape.PANEL),
        panel_offer=offer,
        waiting_panel_offer=make.make_offer(settled, place["joining partner"], by=place.people["lead"]),
    )


def _elsewhere(place: Place) -> None:
    review, seat = _taken(place, "Read our leaflet", Shape.REVIEW), _taken(place, "A seat", Shape.SEAT)
    # The partner was asked for this review; the one who takes part in the other was not.
    new = make.make_activity(place.people["staff"], lead=place.people["lead"], shape=Shape.REVIEW, title=typed("Read it with us"))
    make.make_offer(new, place["ready partner"], status=ACCEPTED, by=place.people["lead"])
    for one in (review, new):
        place.do("staff", commands.join_review, one, review=place["review"])
    place.do("staff", commands.join_committee, seat, committee=place["committee"])
    place.keep(
        review_activity=review,
        review_not_asked=new,
        review_without_document=_activity(place, "Read our policy", Shape.REVIEW),
        seat_activity=seat,
    )
