"""The organisation's settings."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from safety_partners.core.page import PageRequest, attempt, done, is_anyone, page, show
from safety_partners.core.return_to import return_to
from safety_partners.people import commands, policies, queries
from safety_partners.people.forms import ClocksForm, DescriptionForm, LogoForm, ParentForm, ServiceForm, UrgentContactForm
from safety_partners.people.models import Organisation, Service, UrgentContact


def _ours(request: PageRequest) -> Organisation:
    return get_object_or_404(Organisation.objects.visible_to(request.viewer))


def _back(request: PageRequest) -> str:
    """To all settings, or to the page that led to this one, such as the set-up of the partner programme."""
    return return_to(request, reverse("people:organisation"))


@page(allow=policies.is_lead_or_administrator, methods=("GET",))
def organisation(request: PageRequest) -> HttpResponse:
    """All settings, each with a link to change it."""
    settings = queries.organisation_page(request.viewer)
    may_administer = policies.is_administrator(request.viewer)
    return show(
        request,
        "people/organisation/organisation.jinja",
        organisation=request.viewer.organisation,
        settings=settings,
        may_administer=may_administer,
    )


@page(allow=policies.is_lead_or_administrator)
def description(request: PageRequest) -> HttpResponse:
    """Name, colour, about, whom to contact."""
    ours = _ours(request)
    names = ("name", "colour", "about", "contact_name", "contact_email", "contact_phone")
    form = DescriptionForm(request.POST or None, initial={name: getattr(ours, name) for name in names})
    if form.is_valid() and attempt(form, commands.describe_organisation, request.viewer, ours, **form.cleaned_data):
        return done(request, _("The organisation’s details are changed"), to=_back(request))
    return show(request, "people/organisation/description.jinja", form=form, back=_back(request))


@page(allow=policies.is_lead_or_administrator)
def logo_settings(request: PageRequest) -> HttpResponse:
    """Give a logo, or take it away."""
    ours = _ours(request)
    if "remove" in request.POST:
        commands.remove_logo(request.viewer, ours)
        return done(request, _("The logo is removed"), to=ours)
    form = LogoForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        content = form.cleaned_data["logo"].read()
        key = form.cleaned_data["submission_key"]
        if attempt(form, commands.change_logo, request.viewer, ours, content=content, submission_key=key):
            return done(request, _("The logo is changed"), to=ours)
    return show(request, "people/organisation/logo.jinja", form=form, organisation=ours)


@page(allow=is_anyone, methods=("GET",))
def logo(request: PageRequest, slug: str) -> HttpResponse:
    """The picture itself, for anybody, kept by browsers for an hour."""
    found = queries.logo_of(slug)
    if found is None:
        raise Http404
    tag = f'"{found.sha256}"'
    if request.headers.get("If-None-Match") == tag:
        response = HttpResponse(status=304)
    else:
        response = HttpResponse(queries.content_of(found), content_type=found.content_type)
    response["ETag"] = tag
    response["Cache-Control"] = "public, max-age=3600"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@page(allow=policies.is_lead_or_administrator)
def clocks(request: PageRequest) -> HttpResponse:
    """The three clocks."""
    ours = _ours(request)
    form = ClocksForm(request.POST or None, initial={name: getattr(ours, name) for name in ("acknowledge_days", "own_days", "answer_days")})
    if form.is_valid() and attempt(form, commands.set_clocks, request.viewer, ours, **form.cleaned_data):
        return done(request, _("The clocks are changed"), to=_back(request))
    return show(request, "people/organisation/clocks.jinja", form=form, back=_back(request))


@page(allow=policies.is_lead_or_administrator)
def urgent_contact(request: PageRequest, channel: str) -> HttpResponse:
    """Where to go when something cannot wait: one kind of it."""
    kind = next((one for one in UrgentContact.Channel if one.value.replace(" ", "-") == channel), None)
    if kind is None:
        raise Http404
    ours = _ours(request)
    if "remove" in request.POST:
        commands.remove_urgent_contact(request.viewer, ours, channel=kind.value)
        return done(request, _("It is not shown any more"), to=ours)
    now = UrgentContact.objects.visible_to(request.viewer).filter(channel=kind).first()
    names = ("name", "phone", "email", "address", "note")
    form = UrgentContactForm(request.POST or None, initial={name: getattr(now, name) for name in names} if now else None)
    if form.is_valid() and attempt(form, commands.set_urgent_contact, request.viewer, ours, channel=kind.value, **form.cleaned_data):
        return done(request, _("It is shown from now on"), to=_back(request))
    context = {"form": form, "kind": kind, "is_shown": now is not None, "back": _back(request)}
    return show(request, "people/organisation/urgent_contact.jinja", **context)


@page(allow=policies.is_lead_or_administrator)
def add_service(request: PageRequest) -> HttpResponse:
    """A new service."""
    form = ServiceForm(request.POST or None)
    if form.is_valid() and attempt(form, commands.add_service, request.viewer, _ours(request), **form.cleaned_data):
        return done(request, _("The service is added"), to="people:organisation")
    return show(request, "people/organisation/service.jinja", form=form, service=None)


@page(allow=policies.is_lead_or_administrator)
def service(request: PageRequest, code: str) -> HttpResponse:
    """Another name for a service; close it, open it again."""
    one = get_object_or_404(Service.objects.visible_to(request.viewer), code=code)
    if "close" in request.POST:
        commands.close_service(request.viewer, one)
        return done(request, _("The service is closed"), to=one)
    if "reopen" in request.POST:
        commands.reopen_service(request.viewer, one)
        return done(request, _("The service is open again"), to=one)
    form = ServiceForm(request.POST or None, initial={"name": one.name})
    if form.is_valid() and attempt(form, commands.change_service, request.viewer, one, **form.cleaned_data):
        return done(request, _("The service has a new name"), to=one)
    return show(request, "people/organisation/service.jinja", form=form, service=one)


@page(allow=policies.is_administrator)
def parent(request: PageRequest) -> HttpResponse:
    """Which organisation this one belongs to, since when; or that it stands on its own."""
    ours = _ours(request)
    form = ParentForm(request.POST or None, initial={"from_on": None})
    if form.is_valid():
        given = form.cleaned_data
        above = queries.organisation_called(given["parent"])
        if above is None:
            form.add_error("parent", _("We found no organisation of this name or code, or more than one. Enter its code."))
        else:
            kept = {"from_on": given["from_on"], "submission_key": given["submission_key"]}
            if attempt(form, commands.set_parent, request.viewer, ours, parent=above, **kept):
                return done(request, _("The organisation now belongs to %(parent)s") % {"parent": above.name}, to=ours)
    return show(request, "people/organisation/parent.jinja", form=form, settings=queries.organisation_page(request.viewer))


@page(allow=policies.is_administrator, methods=("POST",))
def end_parent(request: PageRequest) -> HttpResponse:
    """From today on the organisation stands on its own."""
    ours = _ours(request)
    commands.end_parent(request.viewer, ours)
    return done(request, _("The organisation now stands on its own"), to=ours)
