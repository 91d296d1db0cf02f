"""The way in: adverts in every state, chats, something begun and not sent, and an expression of interest."""

from __future__ import annotations

import datetime as dt

from safety_partners.core import clock
from safety_partners.core.viewer import NOBODY
from safety_partners.core.working_days import today
from safety_partners.joining import commands, private_words
from tests.factories import joining as make
from tests.world.place import Place
from tests.world.words import typed

CRITERIA = [(typed("You want care to be safer"), typed("We help you to say so."))]
ASKED = {
    "name": typed("Nia"),
    "how": "phone",
    "reach": typed("01904 555 0130"),
    "times": typed("Mornings"),
    "access_words": typed("Slowly."),
}
# What stands in a draft that is ready to be sent, as the pages keep it.
READY = {
    "who": {"completed_by": "self"},
    "name": {"name": typed("Noor Hart"), "known_as": ""},
    "reach": {"told_by": "letter", "email": "", "phone": "", "postal_address": typed("2 Mill Lane")},
    "connection": {"connection": "patient"},
    "why": {"why": typed("I want to help.")},
    "help": {"would_help": ""},
    "access": {"access_words": typed("Large print.")},
    "when": {"availability": ""},
    "work": {"works_here": False},
    "conflict": {"conflict_words": ""},
    "heard": {"heard_from": typed("A poster")},
    "keep": {"keep_months": 6, "agrees_to_keep": True},
}


def tell(place: Place) -> None:
    """Adverts, chats, drafts, and somebody who is interested."""
    _adverts(place)
    _chats(place)
    _begun(place)
    words = {name: typed(str(make.ANSWERS[name])) for name in ("name", "known_as", "why", "would_help", "availability", "heard_from")}
    place.keep(
        expression=make.make_expression(place["advert"], **words, access_words=typed("Large print.")),
        recorded_expression=make.make_recorded_expression(place["advert"], place.people["lead"], name=typed("Idris")),
    )


def _adverts(place: Place) -> None:
    lead, fields = place.people["lead"], {"criteria": CRITERIA, "role": place["role version"]}
    for name in ("title", "summary", "hours", "place", "contact_name"):
        fields[name] = typed("Partners wanted")
    place.keep(
        advert=make.make_advert(lead, **fields),
        advert_draft=make.make_advert_draft(lead, **fields),
        advert_to_come=make.make_advert(lead, **fields | {"opens_on": today() + dt.timedelta(days=9), "closes_on": None}),
    )
    for state, command in (
        ("closed", commands.close_advert),
        ("filled", commands.fill_advert),
        ("withdrawn", commands.withdraw_advert),
    ):
        place.keep(**{f"{state}_advert": place.do("lead", command, make.make_advert(lead, **fields))})


def _chats(place: Place) -> None:
    asked = commands.ask_for_chat(NOBODY, place.organisation, advert=place["advert"], **ASKED)
    arranged = place.do("lead", commands.record_chat_request, **ASKED)
    held = place.do("lead", commands.record_chat_request, **ASKED)
    missed = place.do("lead", commands.record_chat_request, **ASKED)
    place.keep(
        chat=asked,
        arranged_chat=place.do("lead", commands.arrange_chat, arranged, turn=arranged.turn, planned_at=clock.now() + dt.timedelta(days=2)),
        held_chat=place.do("lead", commands.hold_chat, held, done_on=today(), note=typed("Send the pack.")),
        missed_chat=place.do("lead", commands.give_up_chat, missed, note=typed("Nobody was there.")),
    )


def _begun(place: Place) -> None:
    secret = private_words.new_come_back_code()
    draft = commands.begin_interest(NOBODY, place["advert"], secret=secret)
    place.secrets["begun"] = secret
    place.keep(interest_draft=commands.keep_answers(NOBODY, draft, answers=READY))
    sent = private_words.new_come_back_code()
    place.secrets["sent"] = sent
    given = {**make.ANSWERS, "name": typed("Sol"), "agrees_to_keep": True, "word": private_words.word_of(sent)}
    place.keep(sent_expression=commands.submit_expression(NOBODY, place["advert"], submission_key=private_words.key_of(sent), **given))
