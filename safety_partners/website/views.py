"""Public pages; nobody needs to sign in, and nothing here can be changed."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from safety_partners.core import wall
from safety_partners.core.page import is_anyone, page, show
from safety_partners.design.lists import ChoiceFilter, Column, ListPage, Sort
from safety_partners.insights import public as loop
from safety_partners.partners import public as programme
from safety_partners.people import public as people

TONES = {
    loop.Status.PLANNED: "doing",
    loop.Status.MADE: "done",
    loop.Status.NOT_KEPT: "warning",
    loop.Status.WILL_NOT_DO: "stopped",
}

CHANGES = ListPage(
    columns=[Column("title", _("What changed"))],
    sorts=[Sort("newest", _("Newest first"), ["-made_at", "-id"])],
    filters=[ChoiceFilter("status", _("Where it stands"), choices=loop.Status.choices)],
    empty=_("Nothing has been published yet."),
)

LOOKS = ("GET",)


def organisation_or_404(request: HttpRequest, slug: str) -> people.Organisation:
    """Load the organisation whose page this is; its name and colour frame the page, whoever looks."""
    found = people.organisation(slug)
    if found is None:
        raise Http404
    request.public_organisation = found  # type: ignore[attr-defined]
    wall.stand(found.pk)
    return found


@page(allow=is_anyone, methods=LOOKS)
def front(request: HttpRequest) -> HttpResponse:
    """The way in: the organisation itself where there is one, else all of them."""
    organisations = people.organisations()
    if len(organisations) == 1:
        return redirect("website:organisation", organisations[0].slug)
    return show(request, "website/front.jinja", organisations=organisations)


@page(allow=is_anyone, methods=LOOKS)
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """An organisation introduces its partners and shows what changed last."""
    found = organisation_or_404(request, slug)
    newest = loop.changes(found.pk).order_by("-made_at", "-id")[:3]
    return show(request, "website/organisation.jinja", organisation=found, changes=list(newest), tones=TONES)


@page(allow=is_anyone, methods=LOOKS)
def partners(request: HttpRequest, slug: str) -> HttpResponse:
    """What Patient Safety Partners are, and what happens to what they say."""
    found = organisation_or_404(request, slug)
    return show(request, "website/partners.jinja", organisation=found, roles=programme.roles(found.pk))


@page(allow=is_anyone, methods=LOOKS)
def partners_and_groups(request: HttpRequest, slug: str) -> HttpResponse:
    """How partners and patient participation groups differ, and how they help each other."""
    return show(request, "website/partners_and_groups.jinja", organisation=organisation_or_404(request, slug))


@page(allow=is_anyone, methods=LOOKS)
def role(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """A role as it is in use: what partners do and do not do, what is offered, what is never asked, whom to talk to."""
    found = organisation_or_404(request, slug)
    version = programme.role(found.pk, code)
    if version is None:
        raise Http404
    return show(request, "website/role.jinja", organisation=found, version=version, words=programme.words(version))


@page(allow=is_anyone, methods=LOOKS)
def changes(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything that was published, newest first, with where it stands now."""
    found = organisation_or_404(request, slug)
    listing = CHANGES.show(loop.changes(found.pk), request.GET, path=reverse("website:changes", args=[slug]))
    return show(request, "website/changes.jinja", organisation=found, listing=listing, tones=TONES)


@page(allow=is_anyone, methods=LOOKS)
def change(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """One published change: what we were told, what changed, and every step since."""
    found = organisation_or_404(request, slug)
    published = loop.change(found.pk, code)
    if published is None:
        raise Http404
    return show(request, "website/change.jinja", organisation=found, change=published, movements=loop.movements(code), tones=TONES)


@page(allow=is_anyone, methods=LOOKS)
def accessibility(request: HttpRequest) -> HttpResponse:
    """How usable the product is for everybody, what is known to be wrong, and whom to tell."""
    return show(request, "website/accessibility.jinja")


@page(allow=is_anyone, methods=LOOKS)
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about people, why, how long, and what they can ask for."""
    return show(request, "website/privacy.jinja")
