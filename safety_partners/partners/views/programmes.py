"""The set-up of a programme, step by step: it can be left and taken up again at any time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from safety_partners.core.page import PageRequest, attempt, done, page, show
from safety_partners.partners import commands, policies
from safety_partners.partners.forms import programmes as forms
from safety_partners.partners.models import Programme, Template
from safety_partners.partners.queries import programmes, setting_up, wordings
from safety_partners.partners.queries.seen import LENGTHS, PEOPLE, POLICY, WORDS, state_of
from safety_partners.partners.views.loading import tell_if_changed
from safety_partners.people.models import Organisation


def _ours(request: PageRequest) -> Organisation:
    return get_object_or_404(Organisation.objects.visible_to(request.viewer))


@page(allow=policies.may_run_programme)
def set_up(request: PageRequest) -> HttpResponse:
    """Everything there is to set up, and where it stands; ready when nothing is missing."""
    if request.method == "POST":
        commands.finish_set_up(request.viewer, _ours(request))
        return done(request, _("The partner programme is set up."), to="partners:set-up")
    return show(request, "partners/programme/set_up.jinja", whole=setting_up.set_up(request.viewer.organisation.pk))


def _step(request: PageRequest, form: Any, command: Any, template: str, fields: Iterable[str]) -> HttpResponse:
    """One page of the set-up: keep the answers and go back to the list of steps; what somebody else changed meanwhile is said."""
    if form.is_valid() and attempt(form, command, request.viewer, _ours(request), **form.cleaned_data):
        return done(request, _("It is kept."), to="partners:set-up")
    tell_if_changed(form, _now(request), fields)
    return show(request, f"partners/programme/{template}.jinja", form=form)


def _now(request: PageRequest) -> Programme:
    return programmes.programme(request.viewer.organisation.pk)


@page(allow=policies.may_run_programme)
def people_responsible(request: PageRequest) -> HttpResponse:
    """Who answers for the programme."""
    now = _now(request)
    initial: dict[str, Any] = {name: getattr(now, name) for name in PEOPLE} | {"seen": state_of(now, PEOPLE)}
    initial["lead"] = initial["lead"] or request.viewer.name
    form = forms.PeopleForm(request.POST or None, initial=initial)
    return _step(request, form, commands.name_people, "people_responsible", PEOPLE)


@page(allow=policies.may_run_programme)
def policy(request: PageRequest) -> HttpResponse:
    """Which policy the programme follows."""
    now = _now(request)
    initial = {"title": now.policy_title, "link": now.policy_link, "review_on": now.policy_review_on, "seen": state_of(now, POLICY)}
    return _step(request, forms.PolicyForm(request.POST or None, initial=initial), commands.set_policy, "policy", POLICY)


@page(allow=policies.may_run_programme)
def lengths(request: PageRequest) -> HttpResponse:
    """How long a term is, and how long we keep what people sent who did not join."""
    now = _now(request)
    initial = {name: getattr(now, name) for name in LENGTHS} | {"seen": state_of(now, LENGTHS)}
    return _step(request, forms.LengthsForm(request.POST or None, initial=initial), commands.set_lengths, "lengths", LENGTHS)


# Letters and agreements


def _purpose(address: str) -> Template.Purpose:
    """Which letter an address means."""
    found = next((one for one in Template.Purpose if one.value.replace(" ", "-") == address), None)
    if found is None:
        raise Http404
    return found


@page(allow=policies.may_run_programme, methods=("GET",))
def all_wordings(request: PageRequest) -> HttpResponse:
    """Every letter and agreement, and whose words it has."""
    return show(request, "partners/programme/wordings.jinja", rows=wordings.overview(request.viewer))


@page(allow=policies.may_run_programme)
def wording(request: PageRequest, purpose: str) -> HttpResponse:
    """How one letter or agreement reads, filled in for an invented person; go back to the product's words."""
    about = _purpose(purpose)
    if request.method == "POST":
        commands.use_product_words(request.viewer, _ours(request), purpose=about.value)
        return done(request, _("The product’s words are used again."), to="partners:wording", purpose=purpose)
    return show(
        request,
        "partners/programme/wording.jinja",
        purpose=about,
        address=purpose,
        preview=wordings.preview(_ours(request), about),
        is_own=wordings.is_own(request.viewer, about),
    )


@page(allow=policies.may_run_programme)
def wording_change(request: PageRequest, purpose: str) -> HttpResponse:
    """Write one letter or agreement in the organisation's own words."""
    about = _purpose(purpose)
    now = wordings.texts(request.viewer.organisation.pk, about)
    form = forms.WordsForm(request.POST or None, initial={"subject": now.subject, "text": now.text, "seen": state_of(now, WORDS)})
    given = {"purpose": about.value}
    if form.is_valid() and attempt(form, commands.change_words, request.viewer, _ours(request), **given, **form.cleaned_data):
        return done(request, _("Your words are used from now on."), to="partners:wording", purpose=purpose)
    tell_if_changed(form, wordings.texts(request.viewer.organisation.pk, about), WORDS)
    return show(
        request,
        "partners/programme/wording_change.jinja",
        form=form,
        purpose=about,
        address=purpose,
        brackets=wordings.explained(about),
    )
