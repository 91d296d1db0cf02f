"""Who is what: the sentences that other apps build on."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from safety_partners.core.policy import policy
from safety_partners.core.viewer import SYSTEM_ROLE, Viewer
from safety_partners.people.models import Role

STAFF_ROLES = frozenset({Role.LEAD, Role.STAFF, Role.SECRETARY, Role.FINANCE, Role.GOVERNANCE, Role.ADMINISTRATOR})


@policy(_("Patient Safety Partners"))
def is_partner(viewer: Viewer) -> bool:
    """The partners themselves."""
    return Role.PARTNER in viewer.roles


@policy(_("The partner lead"))
def is_lead(viewer: Viewer) -> bool:
    """Those who run the programme."""
    return Role.LEAD in viewer.roles


@policy(_("Members of staff"))
def is_staff(viewer: Viewer) -> bool:
    """Everybody who works for the organisation; not partners, group chairs or board readers."""
    return viewer.has_any_role(STAFF_ROLES)


@policy(_("The organisation's administrators"))
def is_administrator(viewer: Viewer) -> bool:
    """Those who look after the organisation's people and settings."""
    return Role.ADMINISTRATOR in viewer.roles


@policy(_("The product's own scheduled work"))
def is_system(viewer: Viewer) -> bool:
    """Tasks by the clock."""
    return SYSTEM_ROLE in viewer.roles
