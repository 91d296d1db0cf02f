"""The plan: what is asked of every new partner."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from safety_partners.core.page import PageRequest, attempt, done, page, show
from safety_partners.partners import commands, policies
from safety_partners.partners.forms.programmes import ChangedPlanItemForm, PlanItemForm
from safety_partners.partners.models import PlanItem
from safety_partners.partners.queries import programmes
from safety_partners.partners.queries.seen import PLAN_ITEM, state_of
from safety_partners.partners.views.loading import tell_if_changed
from safety_partners.people.models import Organisation

ASKED = ("title", "why", "kind", "owner_kind", "due_in_days", "valid_months", "minutes", "link")


@page(allow=policies.may_run_programme)
def plan(request: PageRequest) -> HttpResponse:
    """What is asked, in order, why, of whom and by when; where there is nothing, begin with our list."""
    if request.method == "POST":
        ours = get_object_or_404(Organisation.objects.visible_to(request.viewer))
        commands.start_plan(request.viewer, ours)
        return done(request, _("Our list is in your plan now. Change what does not fit."), to="partners:plan")
    asked, closed = programmes.plan(request.viewer)
    return show(request, "partners/programme/plan.jinja", asked=asked, closed=closed)


@page(allow=policies.may_run_programme)
def plan_item_new(request: PageRequest) -> HttpResponse:
    """Ask something more."""
    form = PlanItemForm(request.POST or None)
    if form.is_valid() and attempt(form, commands.add_plan_item, request.viewer, **form.cleaned_data):
        return done(request, _("It is in the plan, for everybody who joins from now on."), to="partners:plan")
    return show(request, "partners/programme/plan_item.jinja", form=form, item=None)


@page(allow=policies.may_run_programme)
def plan_item(request: PageRequest, code: str) -> HttpResponse:
    """Change one item; ask it no longer, or again."""
    item = get_object_or_404(PlanItem.objects.visible_to(request.viewer), code=code)
    if "close" in request.POST:
        commands.close_plan_item(request.viewer, item)
        return done(request, _("It is not asked of those who join any more."), to="partners:plan")
    if "reopen" in request.POST:
        commands.reopen_plan_item(request.viewer, item)
        return done(request, _("It is asked again of those who join."), to="partners:plan")
    initial = {name: getattr(item, name) for name in ASKED} | {"is_required": "yes" if item.is_required else "no"}
    form = ChangedPlanItemForm(request.POST or None, initial=initial | {"seen": state_of(item, PLAN_ITEM)})
    if form.is_valid() and attempt(form, commands.change_plan_item, request.viewer, item, **form.cleaned_data):
        return done(request, _("It is changed, for everybody who joins from now on."), to="partners:plan")
    tell_if_changed(form, item, PLAN_ITEM)
    return show(request, "partners/programme/plan_item.jinja", form=form, item=item)


@page(allow=policies.may_run_programme, methods=("POST",))
def plan_item_move(request: PageRequest, code: str) -> HttpResponse:
    """Move one item up or down in the plan."""
    item = get_object_or_404(PlanItem.objects.visible_to(request.viewer), code=code)
    commands.move_plan_item(request.viewer, item, up="up" in request.POST)
    return redirect("partners:plan")
