"""Pages of what somebody will do by a day: the list, agreeing, done with evidence, given up, put off."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from safety_partners.core import files
from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.page import PageRequest, attempt, done, is_signed_in, page, show
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today
from safety_partners.design.lists import BooleanFilter, ChoiceFilter, Column, ListPage, Sort
from safety_partners.insights import commands, policies
from safety_partners.insights.forms import actions as forms
from safety_partners.insights.models import Action
from safety_partners.insights.queries import asking, working
from safety_partners.insights.views.answering import WHO, load
from safety_partners.people.choosing import member_called
from safety_partners.people.policies import is_staff

Status = Action.Status
TONES = {Status.TO_DO: "doing", Status.DONE: "done", Status.GIVEN_UP: "stopped"}
CARRIED = "carried"


def _list_for(viewer: Viewer) -> ListPage:
    """The list of actions, as this viewer may narrow it; without a choice it shows what is still to do."""
    return ListPage(
        columns=[
            Column("text", gettext_lazy("What")),
            Column("owner__user__name", gettext_lazy("Who does it")),
            Column("due_on", gettext_lazy("By"), kind="date"),
            Column("status", gettext_lazy("Where it stands"), kind="status", says=dict(Status.choices), tones=TONES),
        ],
        sorts=[Sort("due", gettext_lazy("What is due first"), ["due_on", "id"], reverse_label=gettext_lazy("What is due last"))],
        filters=[
            ChoiceFilter(
                "status",
                gettext_lazy("Show"),
                choices=[("ended", gettext_lazy("Done, or will not be done")), ("all", gettext_lazy("All"))],
                all_text=gettext_lazy("Still to do"),
                apply=lambda rows, shown: rows.exclude(status=Status.TO_DO) if shown == "ended" else rows,
            ),
            BooleanFilter("mine", gettext_lazy("Only mine"), apply=lambda rows, _on: working.given_to(rows, viewer)),
            BooleanFilter("late", gettext_lazy("Only what is late"), apply=lambda rows, _on: working.late(rows)),
        ],
        search=partial(working.search_actions, viewer=viewer),
        search_label=gettext_lazy("Search the words, a name or a code"),
        counted=ngettext_lazy("%(n)s action", "%(n)s actions", "n"),
        caption=gettext_lazy("Actions"),
        empty=gettext_lazy("There is nothing to do here that you may see."),
    )


@page(allow=is_staff, methods=("GET",))
def actions(request: PageRequest) -> HttpResponse:
    """What was agreed, the oldest day first: mine and all I may see."""
    viewer = request.viewer
    rows = working.actions(viewer).select_related("owner__user", "insight")
    if request.GET.get("status") not in {"ended", "all"}:
        rows = rows.to_do()
    listing = _list_for(viewer).show(rows, request.GET, path=request.path)
    may_work = {row.code for row in listing.rows if row.status == Status.TO_DO and policies.may_work_on_action(viewer, row)}
    return show(request, "insights/actions.jinja", listing=listing, may_work=may_work, today=today())


@page(allow=is_staff)
def agree(request: PageRequest, code: str) -> HttpResponse:
    """Give somebody something to do by a day. Words carried over from an answer that came too late stand in the box."""
    viewer = request.viewer
    insight = load(request, code, policies.may_agree_action)
    typed = request.GET.get(WHO, "")[:100]
    people = asking.who_can_act(viewer, typed, request.POST.get("owner", ""))
    is_sent = request.method == "POST" and CARRIED not in request.POST
    form = forms.AgreeForm(request.POST if is_sent else None, people=people, initial={"text": request.POST.get(CARRIED, "")})
    if form.is_valid():
        owner = member_called(viewer, form.cleaned_data.pop("owner"))
        if attempt(form, commands.agree_action, viewer, insight, owner=owner, **form.cleaned_data):
            return done(request, _("The action is agreed."), to=insight)
    return show(request, "insights/action_new.jinja", form=form, insight=insight, people=people, typed=typed)


def _load_action(request: PageRequest, code: str) -> Action:
    """Load what the viewer may see, and refuse what they may not work on or what has ended."""
    rows = working.actions(request.viewer).select_related("owner__user", "insight__speaker__user")
    action: Action = get_object_or_404(rows, code=code)
    policies.may_work_on_action.demand(request.viewer, action)
    if request.method == "GET" and action.status != Status.TO_DO:
        raise NotPossible(_("This action has already ended."))
    return action


def _work(request: PageRequest, code: str, *, asks: Any, command: Any, template: str, sentence: str) -> HttpResponse:
    """One form about one action, and the command it leads to."""
    action = _load_action(request, code)
    form = asks(request.POST or None, request.FILES or None, initial={"turn": action.turn})
    if form.is_valid() and attempt(form, command, request.viewer, action, **form.cleaned_data):
        return done(request, sentence, to="insights:actions")
    if form.is_bound:
        form.renew(turn=action.turn)
    return show(request, template, form=form, action=action, today=today())


@page(allow=is_staff)
def complete(request: PageRequest, code: str) -> HttpResponse:
    """Say that it is done, and what shows it."""
    return _work(
        request,
        code,
        asks=forms.DoneForm,
        command=commands.complete_action,
        template="insights/action_done.jinja",
        sentence=_("It is written down as done, and the person who spoke is told."),
    )


@page(allow=is_staff)
def give_up(request: PageRequest, code: str) -> HttpResponse:
    """Say that it will not be done, and why."""
    return _work(
        request,
        code,
        asks=forms.GiveUpForm,
        command=commands.give_up_action,
        template="insights/action_give_up.jinja",
        sentence=_("It is written down that this will not be done, and the person who spoke is told why."),
    )


@page(allow=is_staff)
def put_off(request: PageRequest, code: str) -> HttpResponse:
    """Move its day, with a reason."""
    return _work(
        request,
        code,
        asks=forms.PutOffForm,
        command=commands.put_off_action,
        template="insights/action_put_off.jinja",
        sentence=_("The new day is written down, and the person who spoke is told why."),
    )


@page(allow=is_signed_in, methods=("GET",))
def evidence(request: PageRequest, code: str) -> HttpResponseBase:
    """The file that shows that something was done, for everybody who may see the action."""
    action = get_object_or_404(Action.objects.visible_to(request.viewer).select_related("evidence_file"), code=code)
    if action.evidence_file is None:
        raise Http404
    return files.answer(request, action.evidence_file)
