""" "Talk to us first": asked for on a public page or by phone, arranged, held or not."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from safety_partners.core import wall
from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.page import PageRequest, attempt, done, is_anyone, page, show
from safety_partners.core.viewer import NOBODY
from safety_partners.core.working_days import add_working_days, today
from safety_partners.design.lists import ChoiceFilter, Column, ListPage, Sort
from safety_partners.joining import commands, policies, queries
from safety_partners.joining.forms import chatting as forms
from safety_partners.joining.models import Advert, ChatRequest
from safety_partners.joining.queries import interest
from safety_partners.people import limits
from safety_partners.people.public import organisation as organisation_called_at

Status = ChatRequest.Status
TONES = {Status.ASKED: "new", Status.ARRANGED: "waiting", Status.HELD: "done", Status.NOT_HELD: "quiet"}

CHATS = ListPage(
    columns=[
        Column("name", gettext_lazy("Who"), href=lambda row: row.get_absolute_url()),
        Column("how", gettext_lazy("How"), says=dict(ChatRequest.How.choices)),
        Column("status", gettext_lazy("Where it stands"), kind="status", says=dict(Status.choices), tones=TONES),
        Column("made_at", gettext_lazy("Asked on"), kind="date"),
    ],
    sorts=[Sort("newest", gettext_lazy("Newest first"), ["-id"], reverse_label=gettext_lazy("Oldest first"))],
    filters=[ChoiceFilter("status", gettext_lazy("Where it stands"), choices=Status.choices)],
    counted=ngettext_lazy("%(n)s chat", "%(n)s chats", "n"),
    caption=gettext_lazy("Chats"),
    empty=gettext_lazy("Nobody has asked for a chat yet."),
)


@page(allow=is_anyone)
def ask(request: PageRequest, slug: str, address: str = "") -> HttpResponse:
    """Ask for a chat, about one advert or before there is one. No account, and nothing else is asked."""
    advert = interest.advert_at(slug, address) if address else None
    organisation = advert.organisation if advert else organisation_called_at(slug)
    if organisation is None or (address and advert is None):
        raise Http404
    request.public_organisation = organisation  # type: ignore[attr-defined]
    wall.stand(organisation.pk)
    form = forms.AskForm(request.POST or None)
    if form.is_valid() and _asked(request, form, organisation, advert):
        by = add_working_days(today(), organisation.acknowledge_days)
        return show(request, "joining/talk_asked.jinja", organisation=organisation, advert=advert, by=by)
    return show(request, "joining/talk.jinja", form=form, organisation=organisation, advert=advert)


def _asked(request: PageRequest, form: forms.AskForm, organisation: Any, advert: Advert | None) -> ChatRequest | None:
    try:
        limits.count(request, "joining_send")
    except NotPossible as trouble:
        form.add_error(None, str(trouble.sentence))
        return None
    return attempt(form, commands.ask_for_chat, NOBODY, organisation, advert=advert, **form.cleaned_data)


@page(allow=policies.may_run_joining, methods=("GET",))
def chats(request: PageRequest) -> HttpResponse:
    """Who would like to talk, newest first."""
    return show(request, "joining/chats.jinja", listing=CHATS.show(queries.chats(request.viewer), request.GET, path=request.path))


@page(allow=policies.may_run_joining)
def record(request: PageRequest) -> HttpResponse:
    """Write down that somebody rang and would like to talk."""
    open_ones = {advert.code: advert for advert in queries.open_adverts(request.viewer)}
    form = forms.RecordAskForm(request.POST or None, adverts=[(code, advert.title) for code, advert in open_ones.items()])
    if form.is_valid():
        given = {**form.cleaned_data, "advert": open_ones.get(form.cleaned_data["advert"])}
        if made := attempt(form, commands.record_chat_request, request.viewer, **given):
            return done(request, _("It is written down. Agree a time with them next."), to=made)
    return show(request, "joining/chat_new.jinja", form=form)


@page(allow=policies.may_run_joining, methods=("GET",))
def chat(request: PageRequest, code: str) -> HttpResponse:
    """One chat: how to reach the person, and what can be done next."""
    found = _load(request, code)
    return show(
        request, "joining/chat.jinja", chat=found, tone=TONES[Status(found.status)], is_open=ChatRequest.lifecycle.may(found, "hold")
    )


def _load(request: PageRequest, code: str) -> ChatRequest:
    return get_object_or_404(queries.chats(request.viewer).select_related("done_by__user", "recorded_by__user"), code=code)


def _open_or_409(request: PageRequest, code: str) -> ChatRequest:
    found = _load(request, code)
    if request.method == "GET" and not ChatRequest.lifecycle.may(found, "hold"):
        raise NotPossible(_("This chat has ended."))
    return found


@page(allow=policies.may_run_joining)
def arrange(request: PageRequest, code: str) -> HttpResponse:
    """A day and a time are agreed."""
    found = _open_or_409(request, code)
    form = forms.ArrangeForm(request.POST or None, initial={"turn": found.turn})
    if form.is_valid() and attempt(
        form, commands.arrange_chat, request.viewer, found, turn=form.cleaned_data["turn"], planned_at=form.planned_at()
    ):
        return done(request, _("The time is written down."), to=found)
    return show(request, "joining/chat_step.jinja", form=form, chat=found, title=_("Agree a time"), submit=_("Save the time"))


@page(allow=policies.may_run_joining)
def held(request: PageRequest, code: str) -> HttpResponse:
    """The chat took place."""
    found = _open_or_409(request, code)
    form = forms.HeldForm(request.POST or None, initial={"done_on": today()})
    if form.is_valid() and attempt(form, commands.hold_chat, request.viewer, found, **form.cleaned_data):
        return done(request, _("It is written down that you talked."), to=found)
    return show(request, "joining/chat_step.jinja", form=form, chat=found, title=_("You talked"), submit=_("Save"))


@page(allow=policies.may_run_joining)
def not_held(request: PageRequest, code: str) -> HttpResponse:
    """The chat did not happen."""
    found = _open_or_409(request, code)
    form = forms.NotHeldForm(request.POST or None)
    if form.is_valid() and attempt(form, commands.give_up_chat, request.viewer, found, **form.cleaned_data):
        return done(request, _("It is written down that you did not talk."), to=found)
    return show(request, "joining/chat_step.jinja", form=form, chat=found, title=_("It did not happen"), submit=_("Save"))
