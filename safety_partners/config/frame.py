"""What stands around every page: the organisation's name and look, the menu, the footer."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from safety_partners.config.menus import menu_for
from safety_partners.design.pages import Frame, NavItem


def frame(request: HttpRequest) -> dict[str, Any]:
    """Give every template its ``page`` and ``viewer``; worked out only if the template asks."""
    return {"page": SimpleLazyObject(lambda: _frame(request)), "viewer": getattr(request, "viewer", None)}


def _frame(request: HttpRequest) -> Frame:
    viewer = request.viewer  # type: ignore[attr-defined]
    # A public page belongs to the organisation it is about, whoever looks.
    organisation = getattr(request, "public_organisation", None) or viewer.organisation
    return Frame(
        organisation_name=organisation.name if organisation else "",
        organisation_logo_url=reverse("people:logo", args=[organisation.slug]) if organisation and organisation.logo_id else None,
        colour=organisation.colour if organisation else "blue",
        service_name=_("Safety Partners"),
        home_url=reverse("home:home") if viewer.is_signed_in else reverse("website:front"),
        navigation=[NavItem(label=words, href=address, is_current=request.path == address) for words, address in menu_for(viewer)],
        account_links=_account_links(viewer.is_signed_in),
        footer_links=[
            *_whom_to_ask(organisation),
            *([(_("What changed"), reverse("website:changes", args=[organisation.slug]))] if organisation else []),
            (_("Accessibility"), reverse("website:accessibility")),
            (_("Privacy"), reverse("website:privacy")),
        ],
        person_name=viewer.name or None,
        demonstration=settings.MODE == "demonstration",
    )


def _whom_to_ask(organisation: Any) -> list[tuple[str, str]]:
    """Whom to ring, or else to write to, at the foot of every page of an organisation: nobody has to use a website."""
    if organisation is None or not (organisation.contact_phone or organisation.contact_email):
        return []
    name, phone, email = organisation.contact_name or organisation.name, organisation.contact_phone, organisation.contact_email
    if phone:
        return [(_("Talk to us: %(name)s, %(reach)s") % {"name": name, "reach": phone}, "tel:" + phone.replace(" ", ""))]
    return [(_("Write to us: %(name)s, %(reach)s") % {"name": name, "reach": email}, f"mailto:{email}")]


def _account_links(is_signed_in: bool) -> list[NavItem | tuple[str, str]]:
    if is_signed_in:
        return [(_("Your account"), reverse("people:account")), NavItem(_("Sign out"), reverse("account_logout"), is_post=True)]
    return [(_("Sign in"), reverse("account_login"))]
