"""People at every stage of the way in, brought there by the commands."""

from __future__ import annotations

import datetime as dt
from typing import Any

from safety_partners.core import clock
from safety_partners.joining import commands
from safety_partners.joining.commands.sifting import Finding
from safety_partners.joining.models import Advert, Expression, Sift, Talk
from safety_partners.people.models import Membership
from tests.factories.joining import make_expression
from tests.factories.people import viewer_of

KIND = "We valued how you spoke of the wards. Just now we look for somebody who can come in the evenings."
SAID = {"capture": "phone", "is_read_back": True}


def later(days: int = 7) -> dt.datetime:
    return clock.now() + dt.timedelta(days=days)


def fresh(record: Any) -> Any:
    """The record as it is now, with nothing remembered of its relations."""
    return type(record).objects.get(pk=record.pk)


def findings_for(sift: Sift, found: str = "yes", support: str = "") -> list[Finding]:
    return [Finding(criterion, found, support) for criterion in sift.expression.advert.criteria.all()]


def give(sift: Sift, *, view: str = "meet", words: str = "", **more: Any) -> Sift:
    return commands.give_view(viewer_of(sift.by), sift, view=view, words=words, findings=findings_for(sift, **more))


def being_read(advert: Advert, lead: Membership, *readers: Membership, **answers: Any) -> Expression:
    expression = make_expression(advert, **answers)
    return commands.begin_sift(viewer_of(lead), expression, readers=readers)


def read(advert: Advert, lead: Membership, *readers: Membership, **answers: Any) -> Expression:
    expression = being_read(advert, lead, *readers, **answers)
    for sift in expression.sifts.all():
        give(sift)
    return fresh(expression)


def invited(advert: Advert, lead: Membership, *readers: Membership, **answers: Any) -> Expression:
    expression = read(advert, lead, *readers, **answers)
    given = {"how": "person", "planned_at": later(), "place": "Elm House", "people": "Grace and Sam", "questions": "What draws you?"}
    return commands.invite_to_meet(viewer_of(lead), expression, **given)


def met(advert: Advert, lead: Membership, *readers: Membership, **answers: Any) -> Expression:
    expression = invited(advert, lead, *readers, **answers)
    commands.hold_talk(viewer_of(lead), Talk.objects.get(expression=expression), held_on=clock.today())
    return fresh(expression)


def offered(advert: Advert, lead: Membership, *readers: Membership, **answers: Any) -> Expression:
    return commands.offer_place(viewer_of(lead), met(advert, lead, *readers, **answers))


def checking(advert: Advert, lead: Membership, *readers: Membership, **answers: Any) -> Expression:
    return commands.take_yes(viewer_of(lead), offered(advert, lead, *readers, **answers), **SAID)


def appointed(advert: Advert, lead: Membership, *readers: Membership, **answers: Any) -> Expression:
    return commands.appoint(viewer_of(lead), checking(advert, lead, *readers, **answers))


def in_reserve(advert: Advert, lead: Membership, *readers: Membership, days: int = 60, **answers: Any) -> Expression:
    expression = met(advert, lead, *readers, **answers)
    until = clock.today() + dt.timedelta(days=days)
    return commands.keep_in_reserve(viewer_of(lead), expression, turn=expression.turn, reserve_until=until, has_agreed=True)
