"""Pages of the kinds of activity that staff can ask for."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from safety_partners.activities import commands, policies
from safety_partners.activities.commands.kinds import SEEN
from safety_partners.activities.forms.deciding import KindForm
from safety_partners.activities.models import ActivityKind
from safety_partners.activities.queries import kinds as queries
from safety_partners.core.page import PageRequest, attempt, done, page, posted, show
from safety_partners.partners.queries.seen import state_of
from safety_partners.partners.views.loading import tell_if_changed

TO = "activities:kinds"


@page(allow=policies.may_decide_requests, methods=("GET",))
def kinds(request: PageRequest) -> HttpResponse:
    """Every kind in its order; until something was asked for, those that we begin with."""
    rows = list(queries.kinds(request.viewer))
    return show(request, "activities/kinds.jinja", kinds=rows, starting=[] if rows else queries.starting_kinds())


@page(allow=policies.may_decide_requests)
def kind_new(request: PageRequest) -> HttpResponse:
    """A kind of one's own."""
    form = KindForm(posted(request), is_new=True)
    if form.is_valid() and attempt(form, commands.add_kind, request.viewer, **form.cleaned_data):
        return done(request, _("Staff can ask for it from now on."), to=TO)
    return show(request, "activities/kind.jinja", form=form, kind=None)


@page(allow=policies.may_decide_requests)
def kind(request: PageRequest, code: str) -> HttpResponse:
    """Change a kind; offer it no longer, or again."""
    found = get_object_or_404(ActivityKind.objects.visible_to(request.viewer), code=code)
    if "reopen" in request.POST:
        commands.reopen_kind(request.viewer, found)
        return done(request, _("Staff can ask for it again."), to=TO)
    if "close" in request.POST:
        commands.close_kind(request.viewer, found)
        return done(request, _("Staff cannot ask for it any more. What is of this kind stays."), to=TO)
    initial = {name: getattr(found, name) for name in ("name", "hint", "shape")} | {"seen": state_of(found, SEEN)}
    form = KindForm(posted(request), initial=initial)
    if form.is_valid() and attempt(form, commands.change_kind, request.viewer, found, **form.cleaned_data):
        return done(request, _("It is changed."), to=TO)
    tell_if_changed(form, found, SEEN)
    return show(request, "activities/kind.jinja", form=form, kind=found)
