"""Every address of the installation, and pages that exist only to test pages."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.urls import path
from django.views.generic import TemplateView

from safety_partners.config.urls import urlpatterns as real_addresses
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.page import attempt, done, is_anyone, is_signed_in, page, show
from safety_partners.core.policy import Refused
from safety_partners.people.policies import is_lead

CALLS: list[str] = []


class WordsForm(forms.Form):
    """One question, as simple as can be."""

    words = forms.CharField()


@page(allow=is_anyone, methods=("GET",))
def anyone(request):
    return HttpResponse("open")


@page(allow=is_signed_in)
def members(request):
    CALLS.append(request.method)
    if request.method == "POST":
        return done(request, "Sent", to="test-anyone")
    return HttpResponse("members only")


@page(allow=is_lead)
def leads(request):
    return HttpResponse("leads only")


@page(allow=is_signed_in, methods=("POST",))
def change(request):
    CALLS.append("changed")
    return HttpResponse("changed")


@page(allow=is_signed_in)
def race(request):
    raise Overtaken


@page(allow=is_signed_in)
def rule(request):
    raise NotPossible("First <b>acknowledge</b> it.")


@page(allow=is_signed_in)
def inner_rule(request):
    raise Refused("Only the owner")


def a_command(viewer, /, *, words):
    if words == "no":
        raise NotPossible("Write something else.", field="words")
    if words == "never":
        raise NotPossible("Not today.", field="other")
    return words


@page(allow=is_signed_in)
def form(request):
    form = WordsForm(request.POST or None)
    if form.is_valid() and attempt(form, a_command, request.viewer, **form.cleaned_data):
        return done(request, "Sent", to="test-anyone")
    # Any template of ours will do to see the status.
    return show(request, "config/not_found.jinja", form=form)


def open_to_nobody_knows_whom(request):
    return HttpResponse("oops")


addresses = [
    path("test/anyone/", anyone, name="test-anyone"),
    path("test/members/", members),
    path("test/leads/", leads),
    path("test/change/", change),
    path("test/race/", race),
    path("test/rule/", rule),
    path("test/inner-rule/", inner_rule),
    path("test/form/", form),
]
urlpatterns = [
    *addresses,
    path("test/unsaid/", open_to_nobody_knows_whom),
    path("test/generic/", TemplateView.as_view(template_name="x.html")),
    *real_addresses,
]
handler404 = "safety_partners.config.errors.not_found"
handler500 = "safety_partners.config.errors.went_wrong"
