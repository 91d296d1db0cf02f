"""Organisations, services, users, memberships and invitations."""

from safety_partners.people.models.organisation import (
    InOrganisation,
    Organisation,
    Parentage,
    Service,
    UrgentContact,
)
from safety_partners.people.models.person import Grant, Invitation, Membership, Role, User

__all__ = [
    "Grant",
    "InOrganisation",
    "Invitation",
    "Membership",
    "Organisation",
    "Parentage",
    "Role",
    "Service",
    "UrgentContact",
    "User",
]
