"""Agreements as their pages show them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from safety_partners.core.viewer import Viewer
from safety_partners.partners.models import Agreement, Partner, Signature

Status = Agreement.Status


def together(agreement: Agreement) -> str:
    """Both parts as one text, the partner's words exactly as they are; the confidentiality agreement has one part."""
    if agreement.kind == Agreement.Kind.CONFIDENTIALITY or not agreement.partner_words.strip():
        return agreement.organisation_words
    heading = _("What %(name)s says, in their own words") % {"name": agreement.partner.name}
    return f"{agreement.organisation_words}\n\n{heading}\n\n{agreement.partner_words}"


@dataclass(frozen=True, slots=True)
class Agreed:
    """One sort of agreement: what is in force, what is in the making, and what was before."""

    kind: str
    label: str
    in_force: Agreement | None
    in_the_making: Agreement | None
    earlier: list[Agreement]


def agreements(viewer: Viewer, partner: Partner) -> list[Agreed]:
    """Every agreement with a partner, by sort. One query."""
    rows = list(Agreement.objects.visible_to(viewer).filter(partner=partner).order_by("-number"))
    found = []
    for kind in Agreement.Kind:
        of_kind = [row for row in rows if row.kind == kind]
        in_force = next((row for row in of_kind if row.status == Status.SIGNED), None)
        making = next((row for row in of_kind if row.status in {Status.DRAFT, Status.TO_SIGN}), None)
        earlier = [row for row in of_kind if row.status == Status.REPLACED]
        found.append(Agreed(kind.value, str(kind.label), in_force, making, earlier))
    return found


def agreements_with_signatures(viewer: Viewer) -> QuerySet[Agreement]:
    """Agreements that the viewer may see, with who signed them and who wrote that down."""
    signatures = Signature.objects.select_related("signed_by__user", "recorded_by__user").order_by("signed_on", "pk")
    people = ("partner__membership__user", "partner__organisation", "recorded_by__user")
    return Agreement.objects.visible_to(viewer).select_related(*people).prefetch_related(Prefetch("signatures", signatures))
