"""A partner's page: in which groups they are too."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.page import PageRequest, attempt, done, page, posted, show
from safety_partners.partners.forms.said import PressForm
from safety_partners.people.policies import is_partner
from safety_partners.ppg import commands, policies, queries
from safety_partners.ppg.forms import speaking as forms
from safety_partners.ppg.models import InBoth
from safety_partners.ppg.views.loading import ask


@page(allow=is_partner)
def in_both(request: PageRequest) -> HttpResponse:
    """The groups somebody is in besides, and a way to say another."""
    form = forms.InBothForm(posted(request), groups=queries.groups_to_tell(request.viewer))
    if form.is_valid():
        own = queries.partner_of(request.viewer)
        if own is None:
            raise NotPossible(_("Your record as a partner has not begun yet."))
        group = form.groups[form.cleaned_data["group"]]
        if attempt(form, commands.say_in_both, request.viewer, partner=own, group=group):
            return done(request, _("It is written down. The partner lead can see it; the group cannot."), to="ppg:in-both")
    return show(request, "ppg/in_both.jinja", form=form, said=queries.in_both(request.viewer))


@page(allow=is_partner)
def take_back(request: PageRequest, code: str) -> HttpResponse:
    """Somebody is not in a group any more, or would rather not say."""
    rows = InBoth.objects.visible_to(request.viewer).select_related("group", "partner")
    found = get_object_or_404(rows, code=code)
    policies.is_their_own.demand(request.viewer, found)
    form = PressForm(posted(request))
    if form.is_valid() and attempt(form, commands.take_back_in_both, request.viewer, found, **form.cleaned_data):
        return done(request, _("It is taken back."), to="ppg:in-both")
    return ask(request, form, title=_("Take this back?"), caption=found.group.name, button=_("Take it back"), back=reverse("ppg:in-both"))
