"""Pages of the partner lead about one request: taking it on, sending it back, passing it to a group, not taking it on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from safety_partners.activities import commands, policies
from safety_partners.activities.forms import deciding as forms
from safety_partners.activities.models import Activity
from safety_partners.activities.queries import activities as queries
from safety_partners.activities.views.loading import ask, demand, load_activity
from safety_partners.core.page import PageRequest, attempt, done, page, posted
from safety_partners.core.policy import Sentence
from safety_partners.partners.models import TaskVersion


def _load(request: PageRequest, code: str) -> Activity:
    found = load_activity(request, code, policies.is_lead_of)
    if request.method == "GET":
        demand(found.status == Activity.Status.ASKED, _("Nobody waits for a decision here. Look at how it stands."))
    return found


def _decide(
    request: PageRequest,
    found: Activity,
    form: Any,
    command: Callable[..., Activity],
    *,
    title: Sentence,
    button: Sentence,
    said: Sentence,
    words: Iterable[Sentence] = (),
    **given: Any,
) -> HttpResponse:
    """Ask, do it, and go back to the activity."""
    if form.is_valid() and attempt(form, command, request.viewer, found, **(form.cleaned_data | given)):
        return done(request, said, to=found)
    return ask(request, form, title=title, caption=found.title, button=button, back=found, words=words, record=found)


@page(allow=policies.may_decide_requests)
def take_on(request: PageRequest, code: str) -> HttpResponse:
    """Take a request on, with the task profile that describes it if there is one."""
    found = _load(request, code)
    tasks = queries.tasks_to_choose(request.viewer)
    form = forms.TakeOnForm(posted(request), tasks=[(one.code, one.task.title) for one in tasks], initial={"turn": found.turn})
    chosen = form.is_valid() and form.cleaned_data["task"]
    return _decide(
        request,
        found,
        form,
        commands.take_on,
        title=_("Take this request on"),
        button=_("Take it on"),
        said=_("It is taken on, and whoever asked is told. Offer places next."),
        words=queries.second_looks(found),
        task=get_object_or_404(TaskVersion.objects.visible_to(request.viewer), code=chosen) if chosen else None,
    )


@page(allow=policies.may_decide_requests)
def send_back(request: PageRequest, code: str) -> HttpResponse:
    """Send a request back with a reason."""
    return _decide(
        request,
        found := _load(request, code),
        forms.ReasonForm(posted(request), initial={"turn": found.turn}),
        commands.send_back,
        title=_("Send this request back"),
        button=_("Send it back"),
        said=_("It is sent back. Whoever asked can change it and ask again."),
        words=[_("Whoever asked can change it and ask again.")],
    )


@page(allow=policies.may_decide_requests)
def decline(request: PageRequest, code: str) -> HttpResponse:
    """Not take a request on, with a reason."""
    return _decide(
        request,
        found := _load(request, code),
        forms.ReasonForm(posted(request), initial={"turn": found.turn}),
        commands.decline_request,
        title=_("Do not take this request on"),
        button=_("Do not take it on"),
        said=_("It is not taken on. Whoever asked is told why."),
        words=[_("If something could be different, send it back instead.")],
    )


@page(allow=policies.may_decide_requests)
def pass_on(request: PageRequest, code: str) -> HttpResponse:
    """Pass a request to a patient participation group."""
    return _decide(
        request,
        found := _load(request, code),
        forms.PassOnForm(posted(request), initial={"turn": found.turn}),
        commands.pass_on,
        title=_("Pass this to a patient participation group"),
        button=_("Pass it on"),
        said=_("It is passed on, and whoever asked is told. Ask the group a question next."),
        words=[
            _("Do this when it is about how one practice or service runs, and the shared view of its patients helps more."),
            _("The group sees nothing of this request. You ask it a question next."),
        ],
    )
