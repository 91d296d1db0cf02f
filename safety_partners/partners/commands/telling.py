"""Whom a message about a partner goes to."""

from __future__ import annotations

from typing import Any

from safety_partners.core import outbox
from safety_partners.core.models import Record
from safety_partners.core.viewer import Viewer
from safety_partners.partners.models import Partner
from safety_partners.people.models import Membership, Role
from safety_partners.people.queries import members_with_role


def support_of(partner: Partner) -> list[Membership]:
    """The named contact, or the partner leads while there is none: no message goes to an empty desk."""
    if partner.contact is not None and partner.contact.ended_on is None:
        return [partner.contact]
    return members_with_role(partner.organisation_id, Role.LEAD)


def tell_support(viewer: Viewer, partner: Partner, template: str, about: Record | None = None, **words: Any) -> None:
    """Tell the named contact, unless they did it themselves."""
    for member in support_of(partner):
        if member.pk != viewer.membership_id:
            outbox.put(template, to=member, about=about or partner, partner=partner, **words)


def tell_partner(viewer: Viewer, partner: Partner, template: str, about: Record | None = None, **words: Any) -> None:
    """Tell the partner as they wish to be told, unless they did it themselves."""
    if partner.membership_id != viewer.membership_id:
        outbox.put(template, to=partner.membership, about=about or partner, partner=partner, **words)
