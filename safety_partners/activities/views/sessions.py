"""Pages of the days of an activity: planning, moving, saying what became of one, cancelling."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safety_partners.activities import commands, policies
from safety_partners.activities.forms import sessions as forms
from safety_partners.activities.models import Activity, Session, Shape
from safety_partners.activities.queries.sessions import is_news, names_of_takers
from safety_partners.activities.views.loading import ask, demand, load_activity
from safety_partners.core import clock
from safety_partners.core.page import PageRequest, attempt, done, page, posted
from safety_partners.design import dates

Status = Session.Status


def _load(request: PageRequest, code: str) -> Session:
    rows = Session.objects.visible_to(request.viewer).select_related(
        "activity__kind", "activity__requester__user", "activity__organisation"
    )
    session: Session = get_object_or_404(rows, code=code)
    policies.may_run.demand(request.viewer, session)
    if request.method == "GET":
        demand(session.status == Status.PLANNED, _("This day is not planned any more."))
        demand_under_way(session.activity)
    return session


def demand_under_way(activity: Activity) -> None:
    """Refuse a form about something that is over."""
    demand(activity.status in Activity.UNDER_WAY, _("This is not going on now. Look at how it stands."))


def _said(told: list[str]) -> str:
    if not told:
        return _("It is saved. Nobody takes part yet, so nobody was told.")
    return ngettext("It is saved. We are telling %(n)s partner.", "It is saved. We are telling %(n)s partners.", len(told)) % {
        "n": len(told)
    }


@page(allow=policies.may_ask)
def plan(request: PageRequest, code: str) -> HttpResponse:
    """Plan one day; whoever takes part is told."""
    activity = load_activity(request, code, policies.may_run)
    if request.method == "GET":
        demand_under_way(activity)
    form = forms.SessionForm(posted(request), initial={"place": activity.place})
    told = names_of_takers(request.viewer, activity)
    if form.is_valid():
        key = form.cleaned_data["submission_key"]
        if attempt(form, commands.plan_session, request.viewer, activity, **form.answers(), submission_key=key):
            return done(request, _said(told), to=activity)
    return ask(request, form, title=_("Plan a day"), caption=activity.title, button=_("Plan it"), back=activity, told=told)


@page(allow=policies.may_ask)
def change(request: PageRequest, code: str) -> HttpResponse:
    """Move a day, or change where it is."""
    session = _load(request, code)
    form = forms.ChangeSessionForm(posted(request), initial=forms.initial_of(session))
    told = names_of_takers(request.viewer, session.activity)
    if form.is_valid():
        answers = form.answers()
        is_told = is_news(session, answers)
        if attempt(form, commands.change_session, request.viewer, session, **answers, turn=form.cleaned_data["turn"]):
            return done(request, _said(told) if is_told else _("It is saved."), to=session.activity)
    words = [_("Partners are told of a new day, time, place or link; of nothing else.")]
    return ask(
        request,
        form,
        title=_("Move or change this day"),
        caption=_caption(session),
        button=_("Save it"),
        back=session.activity,
        words=words,
        told=told,
        record=session,
    )


@page(allow=policies.may_ask)
def hold(request: PageRequest, code: str) -> HttpResponse:
    """Say that it took place, and what became of it."""
    session = _load(request, code)
    if request.method == "GET":
        demand(session.starts_at <= clock.now(), _("It has not begun yet."))
    is_training = session.activity.shape == Shape.TRAINING
    form = forms.HoldForm(posted(request), initial={"turn": session.turn}, is_training=is_training)
    told = names_of_takers(request.viewer, session.activity) if is_training else []
    if form.is_valid() and attempt(form, commands.hold_session, request.viewer, session, **form.cleaned_data):
        return done(request, _("It is written down that it took place."), to=session.activity)
    words = [_("How many learned and what they said goes to the partners who gave the training.")] if is_training else []
    return ask(
        request,
        form,
        title=_("It took place"),
        caption=_caption(session),
        button=_("Save it"),
        back=session.activity,
        words=words,
        told=told,
        record=session,
    )


@page(allow=policies.may_ask)
def cancel(request: PageRequest, code: str) -> HttpResponse:
    """Cancel one day."""
    session = _load(request, code)
    form = forms.CancelSessionForm(posted(request), initial={"turn": session.turn})
    told = names_of_takers(request.viewer, session.activity) if session.ends_at > clock.now() else []
    if form.is_valid() and attempt(form, commands.cancel_session, request.viewer, session, **form.cleaned_data):
        return done(request, _said(told), to=session.activity)
    return ask(
        request,
        form,
        title=_("Cancel this day"),
        caption=_caption(session),
        button=_("Cancel the day"),
        back=session.activity,
        told=told,
        record=session,
        is_warning=True,
    )


def _caption(session: Session) -> str:
    return _("%(title)s, %(day)s at %(time)s") % {
        "title": session.name,
        "day": dates.weekday(session.starts_at),
        "time": dates.clock(session.starts_at),
    }
