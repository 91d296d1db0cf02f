"""What comes of an expression of interest: an offer, the reserve list, another way to take part, or not now with words for the person."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import override

from safety_partners.core import clock
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import add_working_days, today
from safety_partners.joining import policies
from safety_partners.joining.commands.following import demand_proof
from safety_partners.joining.commands.sifting import demand_readers_done, next_step_by
from safety_partners.joining.commands.submitting import demand_said, tell, tell_leads
from safety_partners.joining.models import Expression
from safety_partners.partners import queries as partners
from safety_partners.partners.models import Template
from safety_partners.people.policies import is_system

DAYS_TO_ANSWER = 10
# A letter that could have gone to anybody is not an answer to somebody.
FEWEST_WORDS = 10


@command(allow=policies.may_lead)
def offer_place(viewer: Viewer, expression: Expression, /, *, words: str = "") -> Expression:
    """Offer somebody a place; they say yes or no, without a reason, as they like."""
    due_on = add_working_days(today(), DAYS_TO_ANSWER)
    Expression.lifecycle.move(expression, "offer", since=clock.now(), next_due_on=due_on, reserve_until=None)
    _write(expression, Template.Purpose.OFFER, words)
    return expression


@command(allow=policies.may_lead, details=("capture", "is_read_back"))
def take_yes(viewer: Viewer, expression: Expression, /, *, capture: str, is_read_back: bool) -> Expression:
    """Note that somebody said yes to the offer, by phone, letter or in person; what is needed first can begin."""
    demand_said(capture, is_read_back)
    return _begin_checks(expression)


@command(allow=policies.holds_the_word)
def say_yes(viewer: Viewer, expression: Expression, /, *, proof: str) -> Expression:
    """Say yes to the offer, with the private word of the receipt."""
    demand_proof(expression, proof)
    return _begin_checks(expression)


def _begin_checks(expression: Expression) -> Expression:
    Expression.lifecycle.move(expression, "begin_checks", since=clock.now(), next_due_on=next_step_by())
    return expression


@command(allow=policies.may_lead)
def say_not_now(viewer: Viewer, expression: Expression, /, *, words: str) -> Expression:
    """Tell somebody that it is not now, in words written for them.

    Raises ``NotPossible`` without personal words, or before two people have read what they wrote.
    """
    if len(words.split()) < FEWEST_WORDS:
        raise NotPossible(_("Write a few sentences for this person: what you valued, and why it is not now."), "words")
    demand_readers_done(expression)
    Expression.lifecycle.move(
        expression, "not_now", since=clock.now(), ended_at=clock.now(), next_due_on=None, outcome_words=words.strip(), reserve_until=None
    )
    _write(expression, Template.Purpose.NOT_NOW, words)
    return expression


@command(allow=policies.may_lead, details=("reserve_until",))
def keep_in_reserve(
    viewer: Viewer, expression: Expression, /, *, turn: int, reserve_until: dt.date, has_agreed: bool, words: str = ""
) -> Expression:
    """Keep somebody on the reserve list until a day they agreed to; we may keep what they told us until then.

    ``turn`` is the one that the lead saw: two leads do not write two days to the same person.
    """
    if not has_agreed:
        raise NotPossible(_("Ask the person first, and tick the box when they agree"), "has_agreed")
    if reserve_until <= today():
        raise NotPossible(_("Enter a day that is still to come."), "reserve_until")
    demand_readers_done(expression)
    Expression.lifecycle.move(
        expression,
        "reserve",
        turn=turn,
        since=clock.now(),
        next_due_on=reserve_until,
        reserve_until=reserve_until,
        keep_until=max(expression.keep_until, reserve_until),
    )
    tell(expression, "joining/reserve", words=words.strip())
    return expression


@command(allow=policies.may_lead)
def pass_on(viewer: Viewer, expression: Expression, /, *, passed_to: str, has_agreed: bool, words: str = "") -> Expression:
    """Pass somebody on to a patient group or another way to take part, only if they agreed to it."""
    if not has_agreed:
        raise NotPossible(_("Ask the person first, and tick the box when they agree"), "has_agreed")
    if not passed_to.strip():
        raise NotPossible(_("Say to whom"), "passed_to")
    Expression.lifecycle.move(
        expression,
        "pass_on",
        since=clock.now(),
        ended_at=clock.now(),
        next_due_on=None,
        passed_to=passed_to.strip(),
        has_agreed_to_pass=True,
        reserve_until=None,
    )
    tell(expression, "joining/passed_on", words=words.strip())
    return expression


@command(allow=policies.may_lead, details=("capture", "is_read_back"))
def note_withdrawal(viewer: Viewer, expression: Expression, /, *, capture: str, is_read_back: bool) -> Expression:
    """Note that somebody told us by phone, letter or in person that they stop; no reason is asked."""
    demand_said(capture, is_read_back)
    Expression.lifecycle.move(expression, "withdraw", since=clock.now(), ended_at=clock.now(), next_due_on=None, reserve_until=None)
    tell(expression, "joining/withdrawn")
    return expression


@command(allow=is_system)
def end_reserve(viewer: Viewer, expression: Expression, /) -> Expression:
    """Tell the leads, once, that the day has passed until which somebody agreed to wait."""
    still = {"status": Expression.Status.RESERVE, "reserve_until__lt": today(), "next_due_on__isnull": False}
    if not Expression.objects.filter(pk=expression.pk, **still).update(next_due_on=None):
        raise Overtaken
    tell_leads(expression, "joining/reserve_over")
    return expression


def _write(expression: Expression, purpose: str, words: str) -> None:
    """The organisation's own letter, with the words for this person in it."""
    with override(expression.language):
        letter = partners.filled(expression.organisation, purpose, name=str(expression), role=expression.advert.role.role.title)
    tell(expression, "joining/outcome", subject=letter.subject, letter=letter.text, words=words.strip())
