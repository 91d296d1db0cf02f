"""A reader's pages, and what the lead does with a talk."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.page import PageRequest, attempt, done, is_signed_in, page, show
from safety_partners.core.working_days import today
from safety_partners.design.dates import london
from safety_partners.joining import commands, policies, queries
from safety_partners.joining.forms import pipeline as forms
from safety_partners.joining.forms.reading import ReadingForm
from safety_partners.joining.models import Expression, Sift, Talk


def _load(request: PageRequest, code: str) -> Sift:
    """A view that the viewer may give."""
    sift: Sift = get_object_or_404(queries.sifts(request.viewer), code=code)
    policies.may_sift.demand(request.viewer, sift)
    return sift


@page(allow=is_signed_in)
def reading(request: PageRequest, code: str) -> HttpResponse:
    """Read what somebody told us, and say what you see; then see what the others saw."""
    sift = _load(request, code)
    whole = queries.reading(request.viewer, sift)
    can = sift.done_at is None and sift.expression.status == Expression.Status.SIFTING
    form = ReadingForm(request.POST or None, criteria=whole.criteria)
    if form.is_valid() and (can or request.method == "POST"):
        given = {name: form.cleaned_data[name] for name in ("view", "words", "submission_key")}
        if attempt(form, commands.give_view, request.viewer, sift, findings=form.findings(), **given):
            return done(request, _("Thank you. Your view is kept, and you see what the others said when they have said it."), to=sift)
    # Who waits for an outcome is read again; afterwards nobody needs to.
    may_read = sift.expression.status in Expression.OPEN and not sift.expression.forgotten_at
    return show(request, "joining/reading.jinja", form=form, reading=whole, sift=sift, can=can, may_read=may_read)


@page(allow=is_signed_in)
def aside(request: PageRequest, code: str) -> HttpResponse:
    """Leave the reading to somebody else."""
    sift = _load(request, code)
    if request.method == "GET" and (sift.done_at or sift.expression.status != Expression.Status.SIFTING):
        raise NotPossible(_("There is nothing to leave to somebody else: it is read, or it has moved on."))
    form = forms.PlainForm(request.POST or None)
    if form.is_valid() and attempt(form, commands.stand_aside, request.viewer, sift):
        return done(request, _("Somebody else will read it. You need not say why."), to="home:home")
    return show(request, "joining/reading_aside.jinja", form=form, sift=sift)


# Talks


def _talk(request: PageRequest, code: str) -> Talk:
    talk: Talk = get_object_or_404(
        Talk.objects.visible_to(request.viewer).select_related("expression__advert", "expression__organisation"), code=code
    )
    if request.method == "GET" and (talk.held_on or talk.expression.status not in Expression.OPEN):
        raise Overtaken(_("This talk was held, or it is not needed any more."))
    return talk


@page(allow=policies.may_run_joining)
def move_talk(request: PageRequest, code: str) -> HttpResponse:
    """Another day, place or way; the person is told again."""
    talk = _talk(request, code)
    initial: dict[str, Any] = {name: getattr(talk, name) for name in ("how", "place", "people", "turn")}
    if talk.planned_at:
        moment = london(talk.planned_at)
        initial |= {"planned_on": moment.date(), "planned_time": moment.time()}
    form = forms.MoveTalkForm(request.POST or None, initial=initial)
    if form.is_valid() and attempt(form, commands.move_talk, request.viewer, talk, **form.given()):
        return done(request, _("It is moved, and they will be told."), to=talk.expression)
    return show(
        request, "joining/talk_step.jinja", form=form, talk=talk, title=_("When and where do you talk?"), submit=_("Save, and tell them")
    )


@page(allow=policies.may_run_joining)
def talk_held(request: PageRequest, code: str) -> HttpResponse:
    """The talk took place."""
    talk = _talk(request, code)
    form = forms.HeldForm(request.POST or None, initial={"held_on": today()})
    if form.is_valid() and attempt(form, commands.hold_talk, request.viewer, talk, **form.cleaned_data):
        return done(request, _("It is written down that you talked."), to=talk.expression)
    return show(request, "joining/talk_step.jinja", form=form, talk=talk, title=_("You talked"), submit=_("Save"))
