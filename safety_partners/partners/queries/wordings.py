"""The words of letters and agreements: the organisation's own, or else the product's; and what is filled in."""

from __future__ import annotations

import re
from typing import NamedTuple

from django.utils.translation import gettext as _

from safety_partners.core import outbox
from safety_partners.core.viewer import Viewer
from safety_partners.partners.models import Template
from safety_partners.people.models import Organisation

Purpose = Template.Purpose

# What stands in square brackets is filled in for each person: everywhere, and where there is a day and a place.
ALWAYS = ("name", "organisation", "role", "contact")
MEETING = (*ALWAYS, "when", "where")
IN_BRACKETS = re.compile(r"\[([a-z]+(?: [a-z]+)*)\]")


class Wording(NamedTuple):
    """A letter or an agreement: its subject or title, and its text."""

    subject: str
    text: str


def texts(organisation_id: int, purpose: str) -> Wording:
    """The organisation's own words for a purpose, or the product's, with the brackets as they are."""
    own = Template.objects.filter(organisation_id=organisation_id, purpose=purpose).first()
    return Wording(own.subject, own.text) if own else product_words(purpose)


def product_words(purpose: str) -> Wording:
    """Our own words, in the language of whoever reads."""
    return Wording(*outbox.words_of(f"partners/wordings/{purpose.replace(' ', '_')}.txt"))


def filled(organisation: Organisation, purpose: str, **values: str) -> Wording:
    """The words for one person: ``name``, ``role``, and ``when`` and ``where`` for a chat or a meeting.

    ``organisation`` and ``contact`` are the organisation's unless they are given. Raises ``KeyError`` for a value that
    the purpose has and nobody gave, so that no letter goes out with a bracket in it.
    """
    given = {"organisation": organisation.name, "contact": _contact(organisation), **values}
    known = {name: given[name] for name in brackets_of(purpose)}
    return Wording(*(_fill(part, known) for part in texts(organisation.pk, purpose)))


def brackets_of(purpose: str) -> tuple[str, ...]:
    """What may stand in brackets in the words for a purpose."""
    return MEETING if purpose in {Purpose.CHAT, Purpose.MEETING} else ALWAYS


def unknown_brackets(purpose: str, text: str) -> list[str]:
    """Brackets in a text that nothing would be filled into, such as a misspelt one; each once."""
    return sorted({name for name in IN_BRACKETS.findall(text) if name not in brackets_of(purpose)})


def _fill(text: str, values: dict[str, str]) -> str:
    """In one go, so that a bracket inside somebody's name is never filled in."""
    return IN_BRACKETS.sub(lambda found: values.get(found[1], found[0]), text)


def _contact(organisation: Organisation) -> str:
    """Whom to reach, and how, on one line."""
    parts = [organisation.contact_name or organisation.name, organisation.contact_phone, organisation.contact_email]
    return ", ".join(part for part in parts if part)


# For those who look after the words


class Row(NamedTuple):
    """One letter or agreement in the list of all."""

    purpose: Purpose
    address: str
    subject: str
    is_own: bool


def overview(viewer: Viewer) -> list[Row]:
    """Every letter and agreement in the order in which they are used, and whose words it has."""
    own = dict(Template.objects.visible_to(viewer).values_list("purpose", "subject"))
    return [
        Row(purpose, purpose.value.replace(" ", "-"), own.get(purpose.value) or product_words(purpose).subject, purpose.value in own)
        for purpose in Purpose
    ]


def is_own(viewer: Viewer, purpose: str) -> bool:
    """Say whether the organisation has words of its own for this."""
    return Template.objects.visible_to(viewer).filter(purpose=purpose).exists()


def preview(organisation: Organisation, purpose: str) -> Wording:
    """How it would read for somebody invented."""
    return filled(
        organisation, purpose, name=_("Sam Example"), role=_("Patient Safety Partner"), when=_("Tuesday at 2pm"), where=_("By phone")
    )


def explained(purpose: str) -> list[tuple[str, str]]:
    """What may stand in brackets, and what is filled in for it."""
    says = {
        "name": _("the person’s name"),
        "organisation": _("the name of your organisation"),
        "role": _("the name of the role"),
        "contact": _("whom to talk to, and how to reach them"),
        "when": _("the day and the time"),
        "where": _("the place, or how you meet"),
    }
    return [(f"[{name}]", says[name]) for name in brackets_of(purpose)]
