"""Pages of what somebody will do by a day because a meeting asked for it: the list, agreeing, done, put off, given up."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from safety_partners.committees import commands, policies, queries
from safety_partners.committees.forms import acting as forms
from safety_partners.committees.models import MeetingAction
from safety_partners.committees.views.deciding import back_to_table
from safety_partners.committees.views.loading import load_item
from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.page import PageRequest, attempt, done, page, posted, show
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today
from safety_partners.design.lists import BooleanFilter, ChoiceFilter, Column, ListPage, Sort
from safety_partners.people.choosing import member_called, staff_to_choose

Status = MeetingAction.Status
TONES = {Status.TO_DO: "doing", Status.DONE: "done", Status.GIVEN_UP: "stopped"}


def _list_for(viewer: Viewer) -> ListPage:
    """The list as this viewer may narrow it; without a choice it shows what is still to do."""
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
            ChoiceFilter(
                "committee",
                gettext_lazy("Committee"),
                choices=partial(queries.committees_to_choose, viewer),
                apply=lambda rows, chosen: rows.filter(item__meeting__committee=chosen),
            ),
            BooleanFilter("mine", gettext_lazy("Only mine"), apply=lambda rows, _on: queries.given_to(rows, viewer)),
            BooleanFilter("late", gettext_lazy("Only what is late"), apply=lambda rows, _on: queries.late(rows)),
        ],
        search=partial(queries.search_meeting_actions, viewer=viewer),
        search_label=gettext_lazy("Search the words, a name or a code"),
        counted=ngettext_lazy("%(n)s action", "%(n)s actions", "n"),
        caption=gettext_lazy("Actions of meetings"),
        empty=gettext_lazy("There is nothing to do here that you may see."),
    )


@page(allow=policies.may_see_committees, methods=("GET",))
def meeting_actions(request: PageRequest) -> HttpResponse:
    """What meetings asked for, the oldest day first: mine and all I may see."""
    viewer = request.viewer
    rows = queries.meeting_actions(viewer)
    if request.GET.get("status") not in {"ended", "all"}:
        rows = rows.to_do()
    listing = _list_for(viewer).show(rows, request.GET, path=request.path)
    may_work = {row.code for row in listing.rows if row.status == Status.TO_DO and _may_work(viewer, row)}
    return show(request, "committees/meeting_actions.jinja", listing=listing, may_work=may_work, today=today())


def _may_work(viewer: Viewer, row: Any) -> bool:
    """The same as the policy, which would ask for each row what the list has asked for all."""
    return policies.is_given_action(viewer, row) or (row.sees_item and policies.may_run(viewer, row))


@page(allow=policies.may_see_committees)
def agree(request: PageRequest, code: str) -> HttpResponse:
    """Give somebody something to do by a day, because of an item."""
    viewer = request.viewer
    item = load_item(request, code, policies.may_work_on_item)
    typed = request.GET.get("who", "")[:100]
    people = staff_to_choose(viewer, typed, [request.POST.get("owner", "")])
    form = forms.AgreeForm(posted(request), people=people)
    if form.is_valid():
        owner = member_called(viewer, form.cleaned_data.pop("owner"))
        if attempt(form, commands.agree_meeting_action, viewer, item, owner=owner, **form.cleaned_data):
            return done(request, _("The action is agreed, and the person is told."), to=back_to_table(item.meeting.code, item.code))
    return show(request, "committees/meeting_action_new.jinja", form=form, item=item, people=people, typed=typed)


def _work(request: PageRequest, code: str, *, asks: Any, command: Any, template: str, sentence: str) -> HttpResponse:
    """One form about one action, and the command it leads to."""
    action: MeetingAction = get_object_or_404(queries.meeting_actions(request.viewer), code=code)
    policies.may_work_on_meeting_action.demand(request.viewer, action)
    if request.method == "GET" and action.status != Status.TO_DO:
        raise NotPossible(_("This action has already ended."))
    form = asks(posted(request), initial={"turn": action.turn})
    if form.is_valid() and attempt(form, command, request.viewer, action, **form.cleaned_data):
        return done(request, sentence, to="committees:meeting-actions")
    if form.is_bound:
        form.renew(turn=action.turn)
    return show(request, template, form=form, action=action, today=today())


@page(allow=policies.may_see_committees)
def complete(request: PageRequest, code: str) -> HttpResponse:
    """Say that it is done, and what shows it."""
    return _work(
        request,
        code,
        asks=forms.DoneForm,
        command=commands.complete_meeting_action,
        template="committees/meeting_action_done.jinja",
        sentence=_("It is written down as done."),
    )


@page(allow=policies.may_see_committees)
def put_off(request: PageRequest, code: str) -> HttpResponse:
    """Move its day, with a reason."""
    return _work(
        request,
        code,
        asks=forms.PutOffForm,
        command=commands.put_off_meeting_action,
        template="committees/meeting_action_put_off.jinja",
        sentence=_("The new day is written down."),
    )


@page(allow=policies.may_see_committees)
def give_up(request: PageRequest, code: str) -> HttpResponse:
    """Say that it will not be done, and why."""
    return _work(
        request,
        code,
        asks=forms.GiveUpForm,
        command=commands.give_up_meeting_action,
        template="committees/meeting_action_give_up.jinja",
        sentence=_("It is written down that this will not be done, and why."),
    )
