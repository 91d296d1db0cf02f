"""How long we keep what somebody told us: longer as they agreed, held where the law may ask for it, and then taken away.

Taking away empties the words, the name and the addresses. That there was somebody, and what came of it, stays as a count.
"""

from __future__ import annotations

import datetime as dt

from django.db.models import F, Q
from django.utils.translation import gettext as _

from safety_partners.core import clock
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.models import Message
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today
from safety_partners.joining import policies
from safety_partners.joining.commands.submitting import demand_said
from safety_partners.joining.models import Expression, SiftPoint
from safety_partners.partners.models import Partner
from safety_partners.people.commands.persons import check_can_be_told
from safety_partners.people.policies import is_system

# What is taken away, and what each becomes.
EMPTY = dict.fromkeys(
    (
        "name",
        "name_key",
        "known_as",
        "email",
        "phone",
        "postal_address",
        "connection",
        "why",
        "would_help",
        "access_words",
        "availability",
        "conflict_words",
        "heard_from",
        "secret_hash",
        "outcome_words",
        "passed_to",
        "held_because",
    ),
    "",
)


def take_words_away(expression: Expression) -> None:
    """Empty what is about the person, with what readers and talks noted about them, and the messages they were sent.

    Raises ``NotPossible`` where it is held, and ``Overtaken`` when it was taken away already.
    """
    if not Expression.objects.filter(pk=expression.pk, forgotten_at=None, held_because="").update(**EMPTY, forgotten_at=clock.now()):
        expression.refresh_from_db()
        if expression.held_because:
            raise NotPossible(_("We have to keep this for now. Ring us, and we tell you why."))
        raise Overtaken(_("This was deleted already."))
    SiftPoint.objects.filter(sift__expression=expression).update(support="")
    expression.sifts.update(words="")
    expression.talks.update(place="", people="", questions="", note="")
    Message.objects.filter(organisation_id=expression.organisation_id, about_code=expression.code).delete()
    expression.refresh_from_db()


def may_be_forgotten() -> Q:
    """What the nightly task takes away: the time agreed to is over, nobody holds it, and it is not a partner's who is here."""
    is_partner = Q(status=Expression.Status.APPOINTED) & ~Q(partner__status=Partner.Status.FORGOTTEN)
    return Q(keep_until__lt=today(), forgotten_at__isnull=True, held_because="") & ~is_partner


@command(allow=is_system)
def forget_when_due(viewer: Viewer, expression: Expression, /) -> Expression:
    """Take away what we may not keep any longer; what still waited for an answer ends with it."""
    # Held first, and then looked at: nobody writes down a later day in between.
    Expression.objects.select_for_update().get(pk=expression.pk)
    if not Expression.objects.filter(may_be_forgotten(), pk=expression.pk).exists():
        raise Overtaken
    if Expression.lifecycle.may(expression, "lapse"):
        Expression.lifecycle.move(expression, "lapse", since=clock.now(), ended_at=clock.now(), next_due_on=None, reserve_until=None)
    take_words_away(expression)
    return expression


@command(allow=policies.may_lead, details=("keep_until", "capture", "is_read_back"))
def keep_longer(viewer: Viewer, expression: Expression, /, *, keep_until: dt.date, capture: str, is_read_back: bool) -> Expression:
    """Note that somebody agreed to our keeping what they told us until a later day."""
    demand_said(capture, is_read_back)
    if keep_until <= max(today(), expression.keep_until):
        raise NotPossible(_("Enter a day after the one that was agreed before"), "keep_until")
    if not Expression.objects.filter(pk=expression.pk, forgotten_at=None).update(keep_until=keep_until):
        raise Overtaken(_("This was deleted already."))
    expression.refresh_from_db()
    return expression


@command(allow=policies.may_lead)
def hold_words(viewer: Viewer, expression: Expression, /, *, because: str) -> Expression:
    """Let nothing be deleted for now, such as while a complaint or a question of law is open; the organisation confirms when it ends."""
    if not because.strip():
        raise NotPossible(_("Say why it has to be kept"), "because")
    if not Expression.objects.filter(pk=expression.pk, forgotten_at=None).update(held_because=because.strip()):
        raise Overtaken(_("This was deleted already."))
    expression.refresh_from_db()
    return expression


@command(allow=policies.may_lead)
def let_words_go(viewer: Viewer, expression: Expression, /) -> Expression:
    """Confirm that nothing stands against deleting any more: the time that was agreed holds again."""
    if not Expression.objects.filter(pk=expression.pk).exclude(held_because="").update(held_because=""):
        raise Overtaken(_("Nobody holds this any more."))
    expression.refresh_from_db()
    return expression


# What the person can do with their private word, written down by staff when they ring or write


@command(allow=policies.may_lead, details=("capture", "is_read_back"))
def correct_reach(
    viewer: Viewer,
    expression: Expression,
    /,
    *,
    turn: int,
    capture: str,
    is_read_back: bool,
    told_by: str,
    email: str = "",
    phone: str = "",
    postal_address: str = "",
) -> Expression:
    """Write down that somebody wants to be reached in another way.

    ``turn`` is the one that the lead saw: what the person changed themselves in the meantime is not overwritten.
    """
    demand_said(capture, is_read_back)
    return reach_by(expression, turn=turn, told_by=told_by, email=email, phone=phone, postal_address=postal_address)


def reach_by(expression: Expression, *, told_by: str, email: str, phone: str, postal_address: str, turn: int | None = None) -> Expression:
    """Keep how somebody is reached from now on; with ``turn``, only while nothing has changed since."""
    check_can_be_told(told_by, email=email, postal_address=postal_address, phone=phone)
    given = {"told_by": told_by, "email": email.lower(), "phone": phone, "postal_address": postal_address}
    rows = Expression.objects.filter(pk=expression.pk, forgotten_at=None)
    if turn is not None:
        rows = rows.filter(turn=turn)
    if not rows.update(**given, turn=F("turn") + 1):
        raise Overtaken
    expression.refresh_from_db()
    return expression


@command(allow=policies.may_lead, details=("capture", "is_read_back"))
def delete_as_asked(viewer: Viewer, expression: Expression, /, *, capture: str, is_read_back: bool) -> Expression:
    """Delete what somebody told us, because they asked for it by phone, letter or in person."""
    demand_said(capture, is_read_back)
    return delete_all(expression)


def delete_all(expression: Expression) -> Expression:
    """Stop, if it has not ended yet, and take everything away at once."""
    if expression.status == Expression.Status.APPOINTED:
        raise NotPossible(_("Somebody who is a partner now has a record of their own, and it is kept there."))
    if Expression.lifecycle.may(expression, "withdraw"):
        Expression.lifecycle.move(expression, "withdraw", ended_at=clock.now(), since=clock.now(), next_due_on=None)
    take_words_away(expression)
    return expression
