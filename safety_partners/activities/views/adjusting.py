"""Pages of those who run an activity: changing what was asked for, handing it on, and calling it off."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _

from safety_partners.activities import commands, policies
from safety_partners.activities.forms import requests as forms
from safety_partners.activities.forms.deciding import CallOffForm, HandOnForm
from safety_partners.activities.models import Activity
from safety_partners.activities.queries import activities as queries
from safety_partners.activities.queries.sessions import names_of_takers
from safety_partners.activities.views.loading import ask, demand, load_activity, people_for
from safety_partners.activities.views.requests import choices_for
from safety_partners.core.page import PageRequest, attempt, done, page, posted
from safety_partners.people.choosing import member_called


def _load(request: PageRequest, code: str) -> Activity:
    found = load_activity(request, code, policies.may_run)
    if request.method == "GET":
        demand(found.status == Activity.Status.TAKEN_ON, _("This is not going on. Look at how it stands."))
    return found


@page(allow=policies.may_ask)
def adjust(request: PageRequest, code: str) -> HttpResponse:
    """Change what was asked for; the page says which partners will be told."""
    found = _load(request, code)
    choices = choices_for(request, "", found)
    form = forms.AdjustForm(posted(request), choices=choices, with_turn=True, initial=forms.said(found) | {"turn": found.turn})
    if form.is_valid():
        given = forms.answers(form, request.viewer, choices)
        if attempt(form, commands.adjust, request.viewer, found, turn=form.cleaned_data["turn"], **given):
            return done(request, _("It is changed. Partners for whom it is something else now are asked again."), to=found)
    words = [_("Partners whose offer says something else after this are told what is new, and asked again. They keep their place.")]
    return ask(
        request,
        form,
        title=_("Change what was asked for"),
        caption=found.title,
        button=_("Change it"),
        back=found,
        words=words,
        told=queries.offered_names(found),
        people=choices.people,
        record=found,
    )


@page(allow=policies.may_ask)
def hand_on(request: PageRequest, code: str) -> HttpResponse:
    """Somebody else looks after it from now on: whoever asked is away, or leaves."""
    viewer = request.viewer
    found = load_activity(request, code, policies.may_run)
    people = people_for(request, "to", without=found.requester_id)
    form = HandOnForm(posted(request), people=people, initial={"turn": found.turn})
    if form.is_valid():
        given = form.cleaned_data | {"to": member_called(viewer, form.cleaned_data["to"])}
        if attempt(form, commands.hand_on, viewer, found, **given):
            said = _("%(name)s looks after it from now on, and is told.") % {"name": given["to"].name}
            # Who handed it on may not see it any more.
            still_seen = Activity.objects.visible_to(viewer).filter(pk=found.pk).exists()
            return done(request, said, to=found if still_seen else "activities:activities")
    if request.method == "GET":
        demand(found.status in Activity.IN_HAND, _("Nothing is left to do here, so there is nothing to hand on."))
    words = [_("%(name)s looks after it now.") % {"name": found.requester.name}]
    if found.feedback_by_id == found.requester_id:
        words.append(_("The promise to tell partners what changed goes with it."))
    return ask(
        request,
        form,
        title=_("Hand it on to somebody else"),
        caption=found.title,
        button=_("Hand it on"),
        back=found,
        words=words,
        told=names_of_takers(viewer, found),
        people=people,
        record=found,
    )


@page(allow=policies.may_ask)
def call_off(request: PageRequest, code: str) -> HttpResponse:
    """Call an activity off; the page says which partners will be told."""
    found = _load(request, code)
    form = CallOffForm(posted(request), initial={"turn": found.turn})
    if form.is_valid() and attempt(form, commands.call_off, request.viewer, found, **form.cleaned_data):
        return done(request, _("It is called off. Everybody who had a part in it is told."), to=found)
    return ask(
        request,
        form,
        title=_("Call this off"),
        caption=found.title,
        button=_("Call it off"),
        back=found,
        words=[_("Its days are cancelled, and offers that wait are taken back. What was said and given stays.")],
        told=queries.offered_names(found),
        record=found,
        is_warning=True,
    )
