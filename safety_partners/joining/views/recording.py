"""Staff write down what somebody told us on the phone, in a letter or in person."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.page import PageRequest, attempt, done, page, show
from safety_partners.joining import commands, policies, queries
from safety_partners.joining.forms.recording import RecordForm
from safety_partners.joining.models import Advert, Expression


@page(allow=policies.may_run_joining)
def record(request: PageRequest, code: str) -> HttpResponse:
    """One page with every question; the person is told that we have it, as they chose."""
    advert = get_object_or_404(queries.advert(request.viewer), code=code)
    if advert.status not in {Advert.Status.OPEN, Advert.Status.CLOSED}:
        raise NotPossible(_("This advert does not take expressions of interest."))
    form = RecordForm(request.POST or None, max_words=advert.max_words)
    if form.is_valid() and (made := attempt(form, commands.record_expression, request.viewer, advert, **form.cleaned_data)):
        return done(request, _("It is kept. They will be told that we have it, as they chose."), to=made)
    return show(request, "joining/record.jinja", form=form, advert=advert)


@page(allow=policies.may_run_joining, methods=("POST",))
def new_word(request: PageRequest, code: str) -> HttpResponse:
    """Somebody lost their private word: send a new one."""
    expression = get_object_or_404(Expression.objects.visible_to(request.viewer).select_related("organisation"), code=code)
    commands.send_new_word(request.viewer, expression)
    return done(request, _("A new private word is on its way to them. The old one does not work any more."), to=expression)
