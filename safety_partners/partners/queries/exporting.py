"""The register as rows for a file: what an import reads, so that a file can go out, be worked on and come in again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from safety_partners.core.viewer import Viewer
from safety_partners.partners.models import Partner, Term
from safety_partners.partners.tables.register import COLUMNS

HEADINGS = [str(column.heading) for column in COLUMNS]


def register_rows(viewer: Viewer) -> Iterator[list[Any]]:
    """Every partner whom the viewer may see, by name, a cell for each column of the register; two queries.

    What is private is not among the columns: checks, notes, experience, payment, emergency contacts.
    """
    rows = Partner.objects.visible_to(viewer).exclude(status=Partner.Status.FORGOTTEN).with_people()
    partners = list(rows.order_by("membership__user__name_key", "pk"))
    terms = {term.partner_id: term for term in Term.objects.filter(partner__in=rows.values("pk")).order_by("number")}
    for partner in partners:
        member, term = partner.membership, terms.get(partner.pk)
        yield [
            partner.code,
            member.user.name,
            partner.known_as,
            partner.pronouns,
            member.user.email,
            member.phone,
            member.postal_address,
            member.told_by,
            partner.connection,
            partner.status,
            partner.appointed_on,
            partner.started_on,
            term.starts_on if term else None,
            term.ends_on if term else None,
            partner.ended_on,
            partner.contact.user.email if partner.contact else "",
            partner.deputy.user.email if partner.deputy else "",
        ]
