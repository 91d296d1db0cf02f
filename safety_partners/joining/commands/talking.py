"""Chats and meetings with somebody who is interested: offered, with the questions beforehand, and held."""

from __future__ import annotations

import datetime as dt

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import override

from safety_partners.core import clock
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today
from safety_partners.design import dates
from safety_partners.joining import policies
from safety_partners.joining.commands.sifting import demand_readers_done, next_step_by
from safety_partners.joining.commands.submitting import tell
from safety_partners.joining.models import Expression, Talk
from safety_partners.partners import queries as partners
from safety_partners.partners.models import Template


@command(allow=policies.may_lead, details=("how",))
def offer_chat(
    viewer: Viewer,
    expression: Expression,
    /,
    *,
    how: str,
    planned_at: dt.datetime | None = None,
    place: str = "",
    people: str = "",
) -> Expression:
    """Offer an informal chat; without a time, the person is asked when it suits them."""
    _demand_to_come(planned_at)
    Expression.lifecycle.move(expression, "offer_chat", since=clock.now(), next_due_on=_after(planned_at))
    _arrange(expression, Talk.Kind.CHAT, how=how, planned_at=planned_at, place=place, people=people)
    return expression


@command(allow=policies.may_lead, details=("how",))
def invite_to_meet(
    viewer: Viewer,
    expression: Expression,
    /,
    *,
    how: str,
    planned_at: dt.datetime,
    place: str,
    people: str,
    questions: str,
) -> Expression:
    """Invite somebody to a meeting, with every question that will be asked: nobody is caught by surprise.

    Raises ``NotPossible`` without questions, in the past, or before two people have read what they wrote.
    """
    _demand_to_come(planned_at)
    if not questions.strip():
        raise NotPossible(_("Write the questions you will ask, so that the person can think about them beforehand."), "questions")
    demand_readers_done(expression)
    Expression.lifecycle.move(expression, "invite", since=clock.now(), next_due_on=_after(planned_at), reserve_until=None)
    _arrange(expression, Talk.Kind.MEETING, how=how, planned_at=planned_at, place=place, people=people, questions=questions)
    return expression


@command(allow=policies.may_lead, details=("how",))
def move_talk(viewer: Viewer, talk: Talk, /, *, turn: int, how: str, planned_at: dt.datetime, place: str = "", people: str = "") -> Talk:
    """Change when, where or how; the person is told again, with the questions.

    ``turn`` is how often it had been moved when the lead looked: two leads do not send two different days.
    """
    _demand_to_come(planned_at)
    _demand_open(talk)
    changed = {"how": how, "planned_at": planned_at, "place": place, "people": people}
    if not Talk.objects.filter(pk=talk.pk, held_on__isnull=True, turn=turn).update(**changed, turn=F("turn") + 1):
        raise Overtaken(_("It was held already, or somebody else has moved it. Look at it as it is now, then decide if you still move it."))
    talk.refresh_from_db()
    Expression.objects.filter(pk=talk.expression_id, status__in=[Expression.Status.CHAT, Expression.Status.INVITED]).update(
        next_due_on=_after(planned_at)
    )
    _send(talk)
    return talk


@command(allow=policies.may_lead)
def hold_talk(viewer: Viewer, talk: Talk, /, *, held_on: dt.date, note: str = "") -> Talk:
    """Say that a chat or a meeting was held, and what to remember: about the role and support, never about health or harm."""
    if held_on > today():
        raise NotPossible(_("Enter a day that is not after today."), "held_on")
    _demand_open(talk)
    if not Talk.objects.filter(pk=talk.pk, held_on__isnull=True).update(held_on=held_on, note=note.strip()):
        raise Overtaken(_("Somebody has noted already that it was held."))
    talk.refresh_from_db()
    expression = talk.expression
    if talk.kind == Talk.Kind.MEETING and Expression.lifecycle.may(expression, "meet"):
        Expression.lifecycle.move(expression, "meet", since=clock.now(), next_due_on=next_step_by())
    elif expression.status == Expression.Status.CHAT:
        Expression.objects.filter(pk=expression.pk, status=Expression.Status.CHAT).update(next_due_on=next_step_by())
    return talk


def _demand_open(talk: Talk) -> None:
    if not Expression.objects.select_for_update().filter(pk=talk.expression_id, status__in=Expression.OPEN).exists():
        raise Overtaken(_("This expression of interest has ended."))


def _demand_to_come(planned_at: dt.datetime | None) -> None:
    if planned_at is not None and planned_at <= clock.now():
        raise NotPossible(_("Enter a time that is still to come."), "planned_at")


def _after(planned_at: dt.datetime | None) -> dt.date:
    """By when the person hears from us again: some days after the talk, or soon where there is no time yet."""
    return next_step_by(clock.day_of(planned_at) if planned_at else None)


def _arrange(expression: Expression, kind: str, **given: object) -> None:
    """One talk of a kind at a time: what was planned before and not held makes room."""
    expression.talks.filter(kind=kind, held_on__isnull=True).delete()
    _send(Talk.objects.create(expression=expression, kind=kind, **given))


def _send(talk: Talk) -> None:
    """The organisation's own letter, and the questions below it as they will be asked."""
    expression = talk.expression
    purpose = Template.Purpose.MEETING if talk.kind == Talk.Kind.MEETING else Template.Purpose.CHAT
    with override(expression.language):
        when = f"{dates.weekday(talk.planned_at)}, {dates.clock(talk.planned_at)}" if talk.planned_at else _("a time that suits you")
        where = talk.place or talk.get_how_display()
        words = partners.filled(
            expression.organisation, purpose, name=str(expression), role=expression.advert.role.role.title, when=when, where=where
        )
    tell(expression, "joining/talk", talk=talk, subject=words.subject, words=words.text)
    if talk.questions:
        talk.questions_sent_at = clock.now()
        talk.save(update_fields=["questions_sent_at"])
