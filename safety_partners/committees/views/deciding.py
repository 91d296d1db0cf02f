"""Pages of what meetings decided: the list, and one decision while its minutes are written."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from safety_partners.committees import commands, policies, queries
from safety_partners.committees.forms.minuting import DecisionForm, PressForm
from safety_partners.committees.models import Decision
from safety_partners.committees.views.loading import load_item
from safety_partners.core.page import PageRequest, attempt, done, page, posted, show
from safety_partners.core.viewer import Viewer
from safety_partners.design.lists import ChoiceFilter, Column, ListPage, Sort


def _list_for(viewer: Viewer) -> ListPage:
    return ListPage(
        columns=[
            Column("words", gettext_lazy("What was decided")),
            Column("committee", gettext_lazy("Committee"), value=lambda row: row.item.meeting.committee.name),
            Column("on", gettext_lazy("On"), kind="date"),
        ],
        sorts=[Sort("newest", gettext_lazy("Newest first"), ["-id"], reverse_label=gettext_lazy("Oldest first"))],
        filters=[
            ChoiceFilter(
                "committee",
                gettext_lazy("Committee"),
                choices=partial(queries.committees_to_choose, viewer),
                apply=lambda rows, chosen: rows.filter(item__meeting__committee=chosen),
            )
        ],
        search=partial(queries.search_decisions, viewer=viewer),
        search_label=gettext_lazy("Search the words or a code"),
        counted=ngettext_lazy("%(n)s decision", "%(n)s decisions", "n"),
        caption=gettext_lazy("Decisions"),
        empty=gettext_lazy("There are no decisions here that you may see."),
    )


@page(allow=policies.may_see_committees, methods=("GET",))
def decisions(request: PageRequest) -> HttpResponse:
    """What was decided, by all committees, the newest first."""
    listing = _list_for(request.viewer).show(queries.decisions(request.viewer), request.GET, path=request.path)
    return show(request, "committees/decisions.jinja", listing=listing)


@page(allow=policies.may_see_committees)
def add(request: PageRequest, code: str) -> HttpResponse:
    """Write down what was decided on an item."""
    item = load_item(request, code, policies.may_work_on_item)
    form = DecisionForm(posted(request), initial={"turn": 0})
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("words", "submission_key")}
        if attempt(form, commands.add_decision, request.viewer, item, **given):
            return done(request, _("The decision is written down."), to=back_to_table(item.meeting.code, item.code))
    return show(request, "committees/decision.jinja", form=form, item=item, decision=None)


def back_to_table(meeting: str, item: str) -> str:
    """The page at the table, at the item."""
    return f"{reverse('committees:table', args=[meeting])}#{item}"


def _load(request: PageRequest, code: str) -> Decision:
    rows = Decision.objects.visible_to(request.viewer).select_related("item__meeting__committee")
    decision: Decision = get_object_or_404(rows, code=code)
    policies.may_work_on_item.demand(request.viewer, decision)
    return decision


@page(allow=policies.may_see_committees)
def correct(request: PageRequest, code: str) -> HttpResponse:
    """Put its words right."""
    decision = _load(request, code)
    form = DecisionForm(posted(request), initial={"words": decision.words, "turn": decision.turn})
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("words", "turn")}
        if attempt(form, commands.correct_decision, request.viewer, decision, **given):
            return done(request, _("The decision is put right."), to=back_to_table(decision.item.meeting.code, decision.item.code))
        form.renew(turn=decision.turn)
    return show(request, "committees/decision.jinja", form=form, item=decision.item, decision=decision)


@page(allow=policies.may_see_committees)
def take_out(request: PageRequest, code: str) -> HttpResponse:
    """Take out what was not decided after all."""
    decision = _load(request, code)
    form = PressForm(posted(request))
    if form.is_valid() and attempt(form, commands.take_out_decision, request.viewer, decision, **form.cleaned_data):
        return done(request, _("The decision is taken out."), to=back_to_table(decision.item.meeting.code, decision.item.code))
    return show(request, "committees/decision_take_out.jinja", form=form, decision=decision)
