"""Pages of the way in: what anybody may open, and what the lead works with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from tests.world.example import Example, one_of
from tests.world.pipeline import WORD
from tests.world.place import VISITOR, Place

ONLY_POST = "it only answers a form"
NOTHING_BEGUN = "this browser has begun nothing"


def _at(record: str, **more: str) -> Callable[[Place], dict[str, Any]]:
    return lambda place: {"slug": place.organisation.slug, "address": place[record].address, **more}


def _slug(place: Place) -> dict[str, Any]:
    return {"slug": place.organisation.slug}


def _hold(secret: str) -> Callable[[Client, Place], None]:
    """The browser comes back with its code."""
    return lambda client, place: client.post(reverse("joining:come-back"), {"secret": place.secrets[secret]})


def _prove(client: Client, place: Place) -> None:
    """The browser comes with what it sent, and looks how far things are."""
    _hold("sent")(client, place)
    client.post(reverse("joining:interest-look", kwargs=_at("advert")(place)))


def _begun(page: str, **more: str) -> list[Example]:
    where = _at("advert", **more)
    return [
        Example(page=page, where=where, is_public=True, says=302, because=NOTHING_BEGUN),
        Example(page=page, where=where, is_public=True, prepare=_hold("begun"), only=(VISITOR,)),
    ]


def _sent(page: str) -> list[Example]:
    where = _at("advert")
    return [
        Example(page=page, where=where, is_public=True, says=302, because=NOTHING_BEGUN),
        Example(page=page, where=where, is_public=True, prepare=_hold("sent"), only=(VISITOR,)),
    ]


def _prove_offered(client: Client, place: Place) -> None:
    """The browser of somebody who was offered a place comes with the code and the private word."""
    client.post(reverse("joining:progress"), {"code": place["offered expression"].code, "word": WORD})


def _proved(page: str, record: str = "sent expression", prepare: Callable[[Client, Place], None] = _prove) -> list[Example]:
    def where(place: Place) -> dict[str, Any]:
        return {"code": place[record].code}

    return [
        Example(page=page, where=where, is_public=True, says=302, because="the private word was not given"),
        Example(page=page, where=where, is_public=True, prepare=prepare, only=(VISITOR,)),
    ]


STEPS = ("who", "name", "reach", "connection", "why", "help", "access", "when", "work", "conflict", "heard", "keep")

PUBLIC = [
    Example(page="website:adverts", where=_slug, is_public=True),
    *(
        Example(page="website:advert", where=_at(f"{state} advert".strip()), is_public=True)
        for state in ("", "closed", "filled", "withdrawn")
    ),
    Example(page="website:advert", where=_at("advert to come"), is_public=True),
    Example(page="website:advert", where=_at("advert draft"), is_public=True, says=404, because="it is not published"),
    Example(page="website:advert-pack", where=_at("advert"), is_public=True),
    Example(page="website:advert-large-pack", where=_at("advert"), is_public=True),
    Example(page="website:advert-large-pack", where=_at("withdrawn advert"), is_public=True, says=404, because="it was taken back"),
    Example(page="website:typing"),
    Example(page="website:typed", where=lambda place: {"typed": place["advert"].address}, is_public=True, says=302, because="it leads on"),
    Example(page="website:typed", where=lambda _place: {"typed": "nothing"}, is_public=True, says=404, because="there is no such code"),
    Example(page="joining:interest", where=_at("advert"), is_public=True),
    Example(page="joining:interest", where=_at("closed advert"), is_public=True),
    Example(page="joining:interest", where=_at("withdrawn advert"), is_public=True, says=404, because="it was taken back"),
    Example(page="joining:interest", where=_at("advert"), is_public=True, prepare=_hold("begun"), only=(VISITOR,)),
    Example(page="joining:interest-works-here", where=_at("advert"), is_public=True),
    *(example for name in STEPS for example in _begun("joining:interest-step", name=name)),
    *_begun("joining:interest-check"),
    *_begun("joining:interest-save"),
    *_sent("joining:interest-sent"),
    *_sent("joining:equality"),
    Example(page="joining:interest-look", where=_at("advert"), is_public=True),
    Example(page="joining:interest-clear", where=_at("advert"), is_public=True),
    Example(page="joining:talk", where=_slug, is_public=True),
    Example(page="joining:talk-about", where=_at("advert"), is_public=True),
    Example(page="joining:come-back"),
    Example(page="joining:come-back-with", where=lambda place: {"secret": place.secrets["begun"]}, is_public=True),
    Example(page="joining:progress"),
    Example(page="joining:progress-leave"),
    *_proved("joining:progress-of"),
    *_proved("joining:progress-reach"),
    *_proved("joining:progress-stop"),
    *_proved("joining:progress-delete"),
    *_proved("joining:progress-yes", "offered expression", _prove_offered),
]
STATES = ("advert", "advert draft", "advert to come", "closed advert", "filled advert", "withdrawn advert")
ENDED = "the advert has ended"
LEADS = [
    Example(page="joining:adverts"),
    Example(page="joining:advert-new"),
    *one_of("joining:advert", *STATES),
    *one_of("joining:advert-edit", "advert", "advert draft", "closed advert"),
    *one_of("joining:advert-edit", "filled advert", "withdrawn advert", says=409, because=ENDED),
    *one_of("joining:advert-criteria", "advert draft"),
    *one_of("joining:advert-criteria", "advert", says=409, because="it is published"),
    *one_of("joining:record", "advert", "closed advert"),
    *one_of("joining:record", "advert draft", says=409, because="it is not published"),
    *(
        Example(
            page="joining:advert-move",
            record=record,
            where=lambda place, record=record, name=name: {"code": place[record].code, "name": name},
            says=says,
            because=because,
        )
        for record, name, says, because in (
            ("advert", "close", 200, ""),
            ("advert draft", "publish", 200, ""),
            ("advert", "fill", 200, ""),
            ("advert", "withdraw", 200, ""),
            ("filled advert", "close", 409, ENDED),
            ("advert", "burn", 404, "there is no such thing to do"),
        )
    ),
    Example(page="joining:chats"),
    Example(page="joining:chat-new"),
    *one_of("joining:chat", "chat", "arranged chat", "held chat", "missed chat"),
    *(one for page in ("arrange", "held", "not-held") for one in one_of(f"joining:chat-{page}", "chat", "arranged chat")),
    *one_of("joining:chat-held", "missed chat", says=409, because="the chat has ended"),
    Example(page="joining:equality-counts"),
    *one_of("joining:new-word", "expression"),
]
EXAMPLES = [*PUBLIC, *LEADS]
