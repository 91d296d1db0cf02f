"""Somebody at every step of the way in: read, invited, met, offered, in reserve, and with each outcome."""

from __future__ import annotations

import datetime as dt

from safety_partners.core import clock
from safety_partners.core.working_days import today
from safety_partners.joining import commands
from safety_partners.joining.commands.sifting import Finding
from safety_partners.joining.models import Expression, Sift
from tests.factories import joining as make
from tests.world.place import Place
from tests.world.words import typed

# The private word of everybody's receipt.
WORD = "maple-otter-linen"
SAID = {"capture": "phone", "is_read_back": True}
KIND = typed("We valued what you said of the wards. Just now we look for somebody who can come in the evenings.")


def tell(place: Place) -> None:
    """Everybody after they were interested."""
    place.keep(acknowledged_expression=place.do("lead", commands.acknowledge_expression, _sent(place), words=typed("Thank you.")))
    chat = place.do("lead", commands.offer_chat, _sent(place), how="phone", place=typed("01904"), people=typed("Grace"))
    place.keep(chat_expression=chat, chat_talk=chat.talks.get())
    begun = _begun(place)
    place.keep(read_expression=begun, reading=begun.sifts.get(by=place.people["staff"]))
    _give(place, "partner", begun)
    place.keep(given_reading=begun.sifts.get(by=place.people["partner"]))
    invited = _invited(place)
    place.keep(ready_expression=_read(place), invited_expression=invited, meeting_talk=invited.talks.get())
    met = _met(place)
    place.keep(met_expression=met, held_meeting_talk=met.talks.get(), read_reading=met.sifts.get(by=place.people["staff"]))
    offered = place.do("lead", commands.offer_place, _met(place), words=typed("Do come."))
    checked = place.do("lead", commands.take_yes, place.do("lead", commands.offer_place, _met(place)), **SAID)
    place.keep(offered_expression=offered, checked_expression=checked)
    _outcomes(place)


def _outcomes(place: Place) -> None:
    until = today() + dt.timedelta(days=60)
    met = _met(place)
    reserve = place.do("lead", commands.keep_in_reserve, met, turn=met.turn, reserve_until=until, has_agreed=True, words=typed("Soon."))
    passed = place.do("lead", commands.pass_on, _sent(place), passed_to=typed("The patient group"), has_agreed=True)
    place.keep(
        reserve_expression=reserve,
        refused_expression=place.do("lead", commands.say_not_now, _met(place), words=KIND),
        passed_expression=passed,
        held_expression=place.do("lead", commands.hold_words, _sent(place), because=typed("A complaint")),
        deleted_expression=place.do("lead", commands.delete_as_asked, _sent(place), **SAID),
    )


def _sent(place: Place) -> Expression:
    words = {name: typed(str(make.ANSWERS[name])) for name in ("name", "known_as", "why", "would_help", "availability")}
    return make.make_expression(place["advert"], word=WORD, **words)


def _begun(place: Place) -> Expression:
    return place.do("lead", commands.begin_sift, _sent(place), readers=[place.people["staff"], place.people["partner"]])


def _give(place: Place, person: str, expression: Expression) -> Sift:
    sift = expression.sifts.get(by=place.people[person])
    findings = [Finding(criterion, "with support", typed("A map.")) for criterion in expression.advert.criteria.all()]
    return place.do(person, commands.give_view, sift, view="meet with support", words=typed("Warm and clear."), findings=findings)


def _read(place: Place) -> Expression:
    expression = _begun(place)
    for person in ("staff", "partner"):
        _give(place, person, expression)
    return expression


def _invited(place: Place) -> Expression:
    given = {name: typed(name) for name in ("place", "people", "questions")}
    when = clock.now() + dt.timedelta(days=7)
    return place.do("lead", commands.invite_to_meet, _read(place), how="person", planned_at=when, **given)


def _met(place: Place) -> Expression:
    expression = _invited(place)
    place.do("lead", commands.hold_talk, expression.talks.get(), held_on=today(), note=typed("Would like a map."))
    expression.refresh_from_db()
    return expression
