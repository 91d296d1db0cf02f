"""Pages of whoever asks for partners: writing the request in parts, looking at it once more and sending it, taking it back."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from safety_partners.activities import commands, policies
from safety_partners.activities.forms import requests as forms
from safety_partners.activities.forms.deciding import PressForm
from safety_partners.activities.models import Activity
from safety_partners.activities.queries import activities as queries
from safety_partners.activities.queries.kinds import kinds_to_choose
from safety_partners.activities.views.loading import WHO, ask, demand, load_activity, people_for
from safety_partners.core.page import PageRequest, attempt, done, page, posted, show

LATER = "later"
PARTS = {name: (form, title) for name, form, title in forms.PARTS}
WRITTEN = (Activity.Status.DRAFT, Activity.Status.RETURNED)


def choices_for(request: PageRequest, part: str, found: Activity | None = None) -> forms.Choices:
    """What can be chosen in one part; nothing is looked up that is not asked."""
    kept = [found.feedback_by.code] if found and found.feedback_by else []
    asks = PARTS[part][0].base_fields if part else forms.AdjustForm.base_fields
    return forms.Choices(
        kinds=kinds_to_choose(request.viewer, found.kind if found else None) if "kind" in asks else (),
        services=queries.open_services(request.viewer, found) if "service" in asks else (),
        people=people_for(request, "feedback_by", chosen=kept) if "feedback_by" in asks else forms.NOBODY,
    )


@page(allow=policies.may_ask)
def new(request: PageRequest) -> HttpResponse:
    """The first part of a request; what is typed is kept as a draft, and the next part comes."""
    choices = choices_for(request, "what")
    form = forms.WhatForm(posted(request), choices=choices, is_for_later=LATER in request.POST, is_new=True)
    if form.is_valid():
        key = form.cleaned_data["submission_key"]
        made = attempt(form, commands.begin_request, request.viewer, **forms.answers(form, request.viewer, choices), submission_key=key)
        if made is not None:
            return _kept(request, made) if LATER in request.POST else _to_part(made, "change")
    return _part(request, form, "what", None, choices)


@page(allow=policies.may_ask)
def edit(request: PageRequest, code: str, part: str) -> HttpResponse:
    """One part of a request; what is typed is kept before the next part."""
    if part not in PARTS:
        raise Http404
    found = load_activity(request, code, policies.is_requester)
    if request.method == "GET":
        demand(found.status in WRITTEN, _("This was sent already. Look at how it stands."))
    choices, is_for_later = choices_for(request, part, found), LATER in request.POST
    form = PARTS[part][0](
        posted(request), choices=choices, is_for_later=is_for_later, with_turn=True, initial=forms.said(found) | {"turn": found.turn}
    )
    if form.is_valid():
        given = forms.answers(form, request.viewer, choices)
        if attempt(form, commands.rewrite_request, request.viewer, found, turn=form.cleaned_data["turn"], **given):
            return _kept(request, found) if is_for_later else _next(found, part)
    return _part(request, form, part, found, choices)


def _part(request: PageRequest, form: Any, part: str, found: Activity | None, choices: forms.Choices) -> HttpResponse:
    names = list(PARTS)
    place = names.index(part)
    if found is None:
        back = reverse("activities:activities")
    else:
        back = reverse("activities:edit", args=[found.code, names[place - 1]]) if place else found.get_absolute_url()
    return show(
        request,
        "activities/request_part.jinja",
        form=form,
        activity=found,
        title=PARTS[part][1],
        number=place + 1,
        count=len(names),
        back_url=back,
        people=choices.people if part == "promise" else None,
        typed=request.GET.get(WHO, "")[:100],
    )


def _kept(request: PageRequest, activity: Activity) -> HttpResponse:
    return done(request, _("It is kept. Go on with it when you like."), to=activity)


def _to_part(activity: Activity, part: str) -> HttpResponse:
    return redirect("activities:edit", activity.code, part)


def _next(activity: Activity, part: str) -> HttpResponse:
    """To the next part; at the end, or when everything is said, to the page where it is sent."""
    steps, answers = forms.steps_for(forms.every_choice(activity)), forms.kept_answers(activity)
    following = steps.after(part, answers)
    if following is None or steps.is_complete(answers):
        return redirect("activities:ask", activity.code)
    return _to_part(activity, following.name)


@page(allow=policies.may_ask)
def send(request: PageRequest, code: str) -> HttpResponse:
    """The whole request once more, what is worth a second look, and what is not said yet; then it goes to the partner lead."""
    found = load_activity(request, code, policies.is_requester)
    form = PressForm(posted(request), initial={"turn": found.turn})
    if form.is_valid() and attempt(form, commands.ask_for_partners, request.viewer, found, **form.cleaned_data):
        return done(request, _("Your request is with the partner lead. You are told what they decide."), to=found)
    if request.method == "GET":
        demand(found.status in WRITTEN, _("This was sent already. Look at how it stands."))
    steps, answers = forms.steps_for(forms.every_choice(found)), forms.kept_answers(found)
    if form.is_bound:
        form.renew(turn=found.turn)
    return show(
        request,
        "activities/request_check.jinja",
        form=form,
        activity=found,
        rows=steps.check_rows(answers, lambda step: reverse("activities:edit", args=[found.code, step.name])),
        still_open=[step for step in steps.asked(answers) if not steps.is_answered(step, answers)],
        second_looks=queries.second_looks(found),
    )


@page(allow=policies.may_ask)
def withdraw(request: PageRequest, code: str) -> HttpResponse:
    """Take a request back."""
    found = load_activity(request, code, policies.is_requester)
    form = PressForm(posted(request), initial={"turn": found.turn})
    if form.is_valid() and attempt(form, commands.withdraw_request, request.viewer, found, **form.cleaned_data):
        return done(request, _("Your request is taken back."), to=found)
    if request.method == "GET":
        demand(Activity.lifecycle.may(found, "withdraw"), _("This can not be taken back any more. Look at how it stands."))
    words = [_("It stays in your list as taken back. If the partner lead has it, they are told.")]
    return ask(
        request,
        form,
        title=_("Take this request back"),
        caption=found.title,
        button=_("Take it back"),
        back=found,
        words=words,
        record=found,
        is_warning=True,
    )
