"""Roles that are open: the list, a page for each, what can be printed, and the short address of a poster."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from safety_partners.core.page import is_anyone, page, show
from safety_partners.design.lists import Column, ListPage, Sort
from safety_partners.joining import public as joining
from safety_partners.website.views import LOOKS, organisation_or_404

TONES = {
    joining.Status.OPEN: "doing",
    joining.Status.CLOSED: "quiet",
    joining.Status.FILLED: "done",
    joining.Status.WITHDRAWN: "stopped",
}

ADVERTS = ListPage(
    columns=[Column("title", _("Role"))],
    sorts=[Sort("newest", _("Newest first"), ["-opens_on", "-id"])],
    counted=ngettext_lazy("%(n)s role is open", "%(n)s roles are open", "n"),
    empty=_("No role is open at the moment. You can still talk to us."),
)


@page(allow=is_anyone, methods=LOOKS)
def adverts(request: HttpRequest, slug: str) -> HttpResponse:
    """What is open, newest first."""
    found = organisation_or_404(request, slug)
    listing = ADVERTS.show(joining.adverts(found.pk), request.GET, path=reverse("website:adverts", args=[slug]))
    return show(request, "website/adverts.jinja", organisation=found, listing=listing)


@page(allow=is_anyone, methods=LOOKS)
def advert(request: HttpRequest, slug: str, address: str) -> HttpResponse:
    """One role: its words, its days, what is not asked, a person to talk to. The page stays after it closed, and says so."""
    found = organisation_or_404(request, slug)
    one = _advert_or_404(found.pk, address)
    if one.address != address:
        return redirect("website:advert", slug, one.address)
    if one.status == joining.Status.WITHDRAWN:
        return show(request, "website/advert_withdrawn.jinja", organisation=found, advert=one)
    return show(
        request,
        "website/advert.jinja",
        organisation=found,
        advert=one,
        words=joining.words(one),
        facts=joining.facts(one),
        criteria=list(one.criteria.all()),
        is_open=joining.is_open(one),
        opens_later=joining.opens_later(one),
        talk_words=joining.talk_words(one),
        tone=TONES[joining.Status(one.status)],
        short_address=joining.short_address(one),
        squares=joining.squares(one),
    )


def _advert_or_404(organisation_id: int, address: str) -> joining.Advert:
    one = joining.advert(organisation_id, address)
    if one is None:
        raise Http404
    return one


@page(allow=is_anyone, methods=LOOKS)
def pack(request: HttpRequest, slug: str, address: str) -> HttpResponse:
    """Everything on paper, with lines to answer on."""
    return _pack(request, slug, address, is_large=False)


@page(allow=is_anyone, methods=LOOKS)
def large_pack(request: HttpRequest, slug: str, address: str) -> HttpResponse:
    """The same in large print."""
    return _pack(request, slug, address, is_large=True)


def _pack(request: HttpRequest, slug: str, address: str, *, is_large: bool) -> HttpResponse:
    one = _advert_or_404(organisation_or_404(request, slug).pk, address)
    if one.status == joining.Status.WITHDRAWN:
        raise Http404
    name = f"{one.address}-large-print.pdf" if is_large else f"{one.address}.pdf"
    answer = HttpResponse(joining.pack(one, is_large=is_large), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


@page(allow=is_anyone, methods=LOOKS)
def typing(request: HttpRequest) -> HttpResponse:
    """Type the address of a poster; it may be misread in the usual ways."""
    asked = request.GET.get("code", "").strip()[:60]
    one = joining.advert_typed(asked) if asked else None
    if one is not None:
        return redirect("website:advert", one.organisation.slug, one.address)
    return show(request, "website/typed.jinja", status=404 if asked else 200, asked=asked)


@page(allow=is_anyone, methods=LOOKS)
def typed(request: HttpRequest, typed: str) -> HttpResponse:
    """From a poster to the page it means."""
    one = joining.advert_typed(typed)
    if one is None:
        return show(request, "website/typed.jinja", status=404, asked=typed)
    return redirect("website:advert", one.organisation.slug, one.address)
