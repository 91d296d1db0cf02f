"""Places in every state, what partners gave back, and what changed because they took part."""

from __future__ import annotations

from typing import Any

from safety_partners.activities import commands
from safety_partners.activities.models import Activity, Offer
from safety_partners.core.working_days import today
from tests.factories import activities as make
from tests.factories.committees import DAY
from tests.world.place import Place
from tests.world.words import typed

PHONE = {"capture": "phone", "is_read_back": True}


def tell(place: Place) -> None:
    """The staff member asks; the partner and the one who is joining are offered places."""
    _places(place)
    _given(place)
    _said(place)
    _told(place)


def _activity(place: Place, title: str, **fields: Any) -> Activity:
    given = {"purpose": typed("To see falls coming."), "can_change": typed("When the round is.")} | fields
    return make.make_activity(place.people["staff"], lead=place.people["lead"], title=typed(title), **given)


def _offer(place: Place, activity: Activity, *partners: str, **fields: Any) -> list[Offer]:
    people = [place[one] for one in partners]
    given = {"reply_by": today() + 7 * DAY, "note": typed("I thought of you.")} | fields
    place.do("lead", commands.offer_places, activity, partners=people, **given)
    return [Offer.objects.get(activity=activity, partner=one) for one in people]


def _places(place: Place) -> None:
    both = ("active partner", "joining partner")
    going = _activity(place, "A safety walk", partners_wanted=1, why_alone=typed("One chair."))
    taken, waiting = _offer(place, going, *both)
    open_, declined = _offer(place, _activity(place, "A new leaflet"), *both)
    left, back = _offer(place, _activity(place, "A call"), *both)
    place.do("partner", commands.accept_place, taken)
    place.do("lead", commands.wait_for_place, waiting, **PHONE)
    place.do("lead", commands.decline_place, declined, **PHONE)
    place.do("partner", commands.accept_place, left)
    place.do("partner", commands.step_out, left)
    place.do("lead", commands.take_back_place, back)
    place.keep(
        going_activity=going,
        taken_place=taken,
        waiting_place=waiting,
        open_activity=open_.activity,
        offered_place=open_,
        declined_place=declined,
        left_place=left,
        taken_back_place=back,
    )


def _given(place: Place) -> None:
    partner, line = place["active partner"], {"kind": "attendance", "on": today(), "minutes": 90}
    recorded = {"kind": "travel", "on": today(), "minutes": 30, "about": typed("A visit"), "capture": "letter"}
    felt, shared = {"words": typed("I was nervous.")}, {"words": typed("It was good."), "shared_with": "requester"}
    place.keep(
        own_time=place.do("partner", commands.give_time, partner, **line, activity=place["going activity"]),
        recorded_time=place.do("lead", commands.give_time, partner, **recorded),
        own_felt=place.do("partner", commands.say_how_it_felt, place["taken place"], **felt),
        shared_felt=place.do("partner", commands.say_how_it_felt, place["left place"], **shared),
    )


def _said(place: Place) -> None:
    """A draft of the partner, one that staff write down, and words that are shared."""
    activity, given = place["going activity"], {"kind": "question", "visibility": "answerers"}
    recorded = {"speaker": place.people["partner"], "capture": "phone", "is_read_back": False}
    shared = place.do("partner", commands.speak, activity, words=typed("Too far away."), **given)
    place.keep(
        activity_words_draft=place.do("partner", commands.speak, activity, words=typed("Who rings?"), **given),
        activity_words_recorded=place.do("staff", commands.record_spoken, activity, words=typed("Ring earlier."), **recorded, **given),
        activity_words_shared=place.do("partner", commands.share_spoken, shared, turn=0),
    )


def _told(place: Place) -> None:
    """One whose partners were told twice, one that everybody has seen, one that is closed, one that hears more later."""
    twice = _outcome(place, "Letters at discharge", kind="in part")
    newest = place.do("staff", commands.say_what_changed, twice.activity, kind="changed", words=typed("Now at ten."))
    seen, closed = (_outcome(place, title) for title in ("Signs in the hall", "A ramp"))
    answers = (
        _answer(place, newest, says="in part", words=typed("And at night?")),
        _answer(place, seen, says="answers me"),
        _answer(place, closed, says="answers me"),
    )
    place.do("staff", commands.close_activity, closed.activity)
    later = _outcome(place, "Night rounds", kind="not yet", feedback_on=today() + 30 * DAY)
    place.keep(
        told_activity=newest.activity,
        told_place=answers[0].offer,
        old_outcome=twice,
        outcome=newest,
        seen_activity=seen.activity,
        seen_outcome=seen,
        closed_activity=closed.activity,
        closed_place=answers[2].offer,
        closed_outcome=closed,
        later_outcome=later,
    )


def _outcome(place: Place, title: str, *, kind: str = "changed", **more: Any) -> Any:
    activity = _activity(place, title)
    (offer,) = _offer(place, activity, "active partner")
    place.do("partner", commands.accept_place, offer)
    return place.do("staff", commands.say_what_changed, activity, kind=kind, words=typed("The round is at ten."), **more)


def _answer(place: Place, outcome: Any, **said: Any) -> Any:
    offer = Offer.objects.get(activity=outcome.activity_id, partner=place["active partner"])
    return place.do("partner", commands.answer_outcome, offer, outcome=outcome, **said)
