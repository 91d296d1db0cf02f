"""Walking through the public pages as a visitor without an account."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from safety_partners.joining.models import Advert, Expression
from safety_partners.people.models import Membership

ANSWERS: dict[str, dict[str, Any]] = {
    "who": {"completed_by": "self"},
    "name": {"name": "Mo Farrow", "known_as": "Mo"},
    "reach": {"told_by": "letter", "postal_address": "1 Mill Lane\nYork"},
    "connection": {"connection": "carer"},
    "why": {"why": "I want it to be easier\n\nfor the next family."},
    "help": {"would_help": "A seat near the door."},
    "access": {"access_words": ""},
    "when": {"availability": "Mornings"},
    "work": {"works_here": "no"},
    "conflict": {"conflict_words": ""},
    "heard": {"heard_from": "A poster"},
    "keep": {"keep_months": "6", "agrees_to_keep": "on"},
}


def at(name: str, advert: Advert, *more: str) -> str:
    return reverse(f"joining:{name}", args=[advert.organisation.slug, advert.address, *more])


def begin(client: Client, advert: Advert) -> None:
    assert client.post(at("interest", advert)).status_code == 302


def answer(client: Client, advert: Advert, *names: str, **instead: dict[str, Any]) -> None:
    """Answer these questions (all of them, without names), each on its own page."""
    for name in names or ANSWERS:
        sent = client.post(at("interest-step", advert, name), instead.get(name, ANSWERS[name]))
        assert sent.status_code == 302, (name, sent.context["form"].errors if sent.context else sent)


def send(client: Client, advert: Advert):
    return client.post(at("interest-check", advert))


def text_of(response) -> str:
    """The words of a page, with single spaces."""
    import html
    import re

    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def browser(member: Membership) -> Client:
    """A browser in which somebody is signed in."""
    client = Client()
    client.force_login(member.user)
    return client


def read_as(member: Membership, expression: Expression) -> None:
    """Let a reader give their view on their page."""
    given = {"view": "meet", "words": "Warm and clear"}
    for criterion in expression.advert.criteria.all():
        given |= {f"found_{criterion.position}": "with support", f"support_{criterion.position}": "A map"}
    answer = browser(member).post(expression.sifts.get(by=member).get_absolute_url(), given)
    assert answer.status_code == 302, text_of(answer)
