"""Reading what people told us: at least two readers, each alone, who look for what somebody brings and what would help them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from safety_partners.core import clock, outbox
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import add_working_days, today
from safety_partners.joining import policies
from safety_partners.joining.commands.submitting import tell, tell_leads
from safety_partners.joining.models import Advert, Criterion, Expression, Sift, SiftPoint
from safety_partners.joining.policies import MAY_READ, READERS
from safety_partners.people.models import Membership

DAYS_TO_READ = 5
# Within so many working days somebody who waits hears from us again, unless something else was said.
DAYS_TO_NEXT_STEP = 10
# So long after the readers, or after a talk, the next step is promised.
DAYS_AFTER = 5
# Where nobody, or not everybody, has read it yet.
UNREAD = {Expression.Status.RECEIVED, Expression.Status.ACKNOWLEDGED, Expression.Status.CHAT, Expression.Status.SIFTING}


@dataclass(frozen=True, slots=True)
class Finding:
    """What a reader found for one criterion."""

    criterion: Criterion
    found: str
    support: str = ""


@command(allow=policies.may_lead)
def acknowledge_expression(viewer: Viewer, expression: Expression, /, *, words: str = "") -> Expression:
    """Tell somebody that a person has read it, and by when they hear from us again."""
    Expression.lifecycle.move(expression, "acknowledge", since=clock.now(), next_due_on=next_step_by())
    tell(expression, "joining/acknowledged", words=words.strip())
    return expression


def next_step_by(after: dt.date | None = None) -> dt.date:
    """The day by which somebody hears from us again: after a day that is known, or from today on."""
    return add_working_days(after, DAYS_AFTER) if after else add_working_days(today(), DAYS_TO_NEXT_STEP)


@command(allow=policies.may_lead)
def begin_sift(viewer: Viewer, expression: Expression, /, *, readers: Sequence[Membership], due_on: dt.date | None = None) -> Expression:
    """Ask people to read it, each alone; at least two, and best one of them a partner.

    Raises ``NotPossible`` for fewer than two, or for somebody who may not read.
    """
    chosen = {one.pk: one for one in readers}
    if len(chosen) < READERS:
        raise NotPossible(_("Choose at least two people, so that nobody decides alone."), "readers")
    _demand_readers(chosen.values(), expression.organisation_id)
    due_on = due_on or add_working_days(today(), DAYS_TO_READ)
    if due_on < today():
        raise NotPossible(_("Enter a day that is still to come."), "due_on")
    Expression.lifecycle.move(expression, "begin_sift", since=clock.now(), next_due_on=next_step_by(due_on))
    _ask(expression, chosen.values(), due_on)
    return expression


@command(allow=policies.may_lead)
def ask_another_reader(viewer: Viewer, expression: Expression, /, *, reader: Membership) -> Expression:
    """Ask one more person to read it, as when two see it very differently or one is ill."""
    demand_being_read(expression)
    if expression.sifts.filter(by=reader).exists():
        raise Overtaken(_("%(name)s was asked already.") % {"name": reader.name})
    _demand_readers([reader], expression.organisation_id)
    _ask(expression, [reader], add_working_days(today(), DAYS_TO_READ))
    return expression


def demand_being_read(expression: Expression) -> None:
    """Hold the expression of interest as it stands until this is done; raise ``Overtaken`` when it has moved on."""
    if not Expression.objects.select_for_update().filter(pk=expression.pk, status=Expression.Status.SIFTING).exists():
        raise Overtaken(_("It is not being read any more."))


def _demand_readers(readers: Iterable[Membership], organisation_id: int) -> None:
    for reader in readers:
        may_read = reader.grants.filter(role__in=MAY_READ).exists()
        if reader.organisation_id != organisation_id or reader.ended_on is not None or not may_read:
            raise NotPossible(_("Choose people who work here or are partners here."), "readers")


def _ask(expression: Expression, readers: Iterable[Membership], due_on: dt.date) -> None:
    for reader in readers:
        sift = Sift.objects.create(expression=expression, by=reader, due_on=due_on)
        outbox.put("joining/asked_to_read", to=reader, about=sift, due_on=due_on)


@command(allow=policies.may_sift)
def give_view(viewer: Viewer, sift: Sift, /, *, view: str, words: str = "", findings: Sequence[Finding] = ()) -> Sift:
    """Say what one reader sees: for each criterion, and what to do; it is final, so that nobody bends to the others.

    Raises ``Overtaken`` when it was given already, or the expression of interest has moved on: the row of the expression is
    held, so that a lead who moves on at the same moment comes before or after.
    """
    if view not in Sift.View.values or not view:
        raise NotPossible(_("Say what you would do"), "view")
    if view == Sift.View.MEET_WITH_SUPPORT and not (words.strip() or any(one.support.strip() for one in findings)):
        raise NotPossible(_("Say which support you have in mind"), "words")
    _demand_findings(sift, findings)
    demand_being_read(sift.expression)
    is_first = Sift.objects.filter(pk=sift.pk, done_at__isnull=True).update(view=view, words=words.strip(), done_at=clock.now())
    if not is_first:
        raise Overtaken(_("You have answered this already."))
    SiftPoint.objects.bulk_create(
        SiftPoint(sift=sift, criterion=one.criterion, found=one.found, support=one.support.strip()) for one in findings
    )
    sift.refresh_from_db()
    return sift


def _demand_findings(sift: Sift, findings: Sequence[Finding]) -> None:
    """Raise ``NotPossible`` unless each criterion of the advert has one finding: everybody is read in the same way."""
    asked = set(sift.expression.advert.criteria.values_list("pk", flat=True))
    if {one.criterion.pk for one in findings} != asked or len(findings) != len(asked):
        raise NotPossible(_("Say for each thing that we look for what you found."))
    if any(one.found not in SiftPoint.Found.values for one in findings):
        raise NotPossible(_("Choose an answer from the list"))


@command(allow=policies.may_sift)
def stand_aside(viewer: Viewer, sift: Sift, /) -> Expression:
    """Leave the reading to somebody else, such as when one knows the person; no reason is asked, and the leads are told."""
    expression = sift.expression
    demand_being_read(expression)
    deleted, _kinds = Sift.objects.filter(pk=sift.pk, done_at__isnull=True).delete()
    if not deleted:
        raise Overtaken(_("You have answered this already."))
    tell_leads(expression, "joining/stood_aside", reader=sift.by)
    return expression


def demand_readers_done(expression: Expression) -> None:
    """Raise ``NotPossible`` until two people have read it: nobody is turned away, or chosen, by one alone.

    Where the advert was filled or taken back there is nothing to choose any more.
    """
    if expression.status not in UNREAD or (
        expression.status != Expression.Status.SIFTING and expression.advert.status in {Advert.Status.FILLED, Advert.Status.WITHDRAWN}
    ):
        return
    if expression.sifts.filter(done_at__isnull=False).count() < READERS:
        raise NotPossible(_("At least two people must have read it first."))
