"""Who is what: the sentences that other apps build on."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Protocol

from django.utils.translation import gettext_lazy as _

from safety_partners.core.policy import policy
from safety_partners.core.viewer import SYSTEM_ROLE, Viewer
from safety_partners.people.models import Invitation, Membership, Role


class InAnOrganisation(Protocol):
    """A record that belongs to one organisation."""

    organisation_id: Any


STAFF_ROLES = frozenset({Role.LEAD, Role.STAFF, Role.SECRETARY, Role.FINANCE, Role.GOVERNANCE, Role.ADMINISTRATOR})

# What they can open or change is worth more than a password alone protects.
SECOND_FACTOR_ROLES = frozenset({Role.LEAD, Role.ADMINISTRATOR, Role.GOVERNANCE, Role.FINANCE})


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


is_lead_or_administrator = is_lead | is_administrator


def roles_to_give(viewer: Viewer) -> tuple[Role, ...]:
    """The roles that a viewer may give: all for administrators, that of a partner for the lead."""
    if is_administrator(viewer):
        return tuple(Role)
    return (Role.PARTNER,) if is_lead(viewer) else ()


def _may_give_all(viewer: Viewer, roles: Collection[str]) -> bool:
    return bool(roles) and set(roles) <= {role.value for role in roles_to_give(viewer)}


@policy(_("The partner lead and the administrators of the same organisation"))
def may_look_after(viewer: Viewer, record: InAnOrganisation) -> bool:
    """The organisation itself, its services and where to go when something cannot wait."""
    return is_lead_or_administrator(viewer) and record.organisation_id == viewer.organisation_id


@policy(_("The administrators of the same organisation"))
def may_administer(viewer: Viewer, record: InAnOrganisation) -> bool:
    """What could lock people out or let them in: roles, second factors, the parent organisation."""
    return is_administrator(viewer) and record.organisation_id == viewer.organisation_id


@policy(_("The administrators of the same organisation, and the partner lead where the person is a partner and nothing else"))
def may_look_after_member(viewer: Viewer, member: Membership) -> bool:
    """Contact details, and the end of a membership."""
    if not may_look_after(viewer, member):
        return False
    return is_administrator(viewer) or _may_give_all(viewer, {grant.role for grant in member.grants.all()})


@policy(_("The administrators of the same organisation, and the partner lead where it invites a partner"))
def may_look_after_invitation(viewer: Viewer, invitation: Invitation) -> bool:
    """Sending it again and taking it back."""
    return may_look_after(viewer, invitation) and _may_give_all(viewer, invitation.roles)


@policy(_("Whoever holds the link in the invitation"))
def holds_the_link(viewer: Viewer, invitation: Invitation) -> bool:
    """The command compares the secret in the link: there is nobody to ask yet."""
    return True


@policy(_("Each person for themselves"))
def is_self(viewer: Viewer, member: Membership) -> bool:
    """A person's own details, password, second factor and sessions."""
    return viewer.membership_id is not None and viewer.membership_id == member.pk
