"""Pages of what was agreed with a group: agreeing, done, put off, given up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from safety_partners.core.page import PageRequest, attempt, done, page, posted, show
from safety_partners.people.choosing import member_called
from safety_partners.ppg import commands, policies, queries
from safety_partners.ppg.forms import speaking as forms
from safety_partners.ppg.models import CollectiveView, Improvement
from safety_partners.ppg.views.groups import IMPROVEMENT_TONES
from safety_partners.ppg.views.loading import ask, demand, load_group, load_improvement, staff_for

LOOKS = ("GET",)
Status = Improvement.Status


@page(allow=policies.may_see_register)
def add(request: PageRequest, code: str) -> HttpResponse:
    """Write down what was agreed with the group."""
    found = load_group(request, code, policies.looks_after)
    people = staff_for(request, "owner")
    form = forms.ImprovementForm(posted(request), people=people, views=queries.views_to_choose(request.viewer, found))
    if form.is_valid():
        given = form.cleaned_data | {"view": form.views.get(form.cleaned_data.get("view") or "")}
        given["owner"] = member_called(request.viewer, given["owner"])
        if made := attempt(form, commands.agree_improvement, request.viewer, found, **given):
            return done(request, _("It is written down. Whoever sees to it is told, and so is the chair."), to=made)
    return ask(
        request,
        form,
        title=_("What was agreed with the group?"),
        caption=found.name,
        button=_("Write it down"),
        back=found,
        people=people,
    )


@page(allow=policies.may_see_groups, methods=LOOKS)
def improvement(request: PageRequest, code: str) -> HttpResponse:
    """What was agreed, who sees to it, and what was done."""
    found = load_improvement(request, code)
    may_work = found.status == Status.AGREED and policies.may_work_on_improvement(request.viewer, found)
    sees_view = found.view is not None and CollectiveView.objects.visible_to(request.viewer).filter(pk=found.view.pk).exists()
    tone = IMPROVEMENT_TONES[found.status]
    return show(request, "ppg/improvement.jinja", improvement=found, tone=tone, may_work=may_work, sees_view=sees_view)


def _work(
    request: PageRequest,
    code: str,
    command: Callable[..., Any],
    words: tuple[str, str],
    ask_for: type[forms.EffortsForm] = forms.EffortsForm,
) -> HttpResponse:
    """One way in which it goes on or ends."""
    found = load_improvement(request, code, policies.may_work_on_improvement)
    form = ask_for(posted(request), initial={"turn": found.turn})
    if form.is_valid() and attempt(form, command, request.viewer, found, **form.cleaned_data):
        return done(request, _("It is written down. The group is told."), to=found)
    if request.method == "GET":
        demand(found.status == Status.AGREED, _("This has ended already."))
    return ask(request, form, caption=found.group.name, back=found, record=found, quoted=found.text, title=words[0], button=words[1])


@page(allow=policies.may_see_register)
def complete(request: PageRequest, code: str) -> HttpResponse:
    """It is done."""
    return _work(request, code, commands.complete_improvement, (_("Say that it is done"), _("It is done")))


@page(allow=policies.may_see_register)
def put_off(request: PageRequest, code: str) -> HttpResponse:
    """It has to wait."""
    words = (_("Put it off"), _("Put it off"))
    return _work(request, code, commands.put_off_improvement, words, forms.PutOffForm)


@page(allow=policies.may_see_register)
def give_up(request: PageRequest, code: str) -> HttpResponse:
    """It could not be done."""
    words = (_("Say that it could not be done, and why"), _("It could not be done"))
    return _work(request, code, commands.give_up_improvement, words, forms.GiveUpForm)
