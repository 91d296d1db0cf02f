"""Organisations, services, users, memberships and invitations."""

from safety_partners.people.models.organisation import (
    InOrganisation,
    Level,
    Organisation,
    Parentage,
    Service,
    UrgentContact,
)
from safety_partners.people.models.person import Grant, Invitation, Membership, Rhythm, Role, User

__all__ = [
    "Grant",
    "InOrganisation",
    "Invitation",
    "Level",
    "Membership",
    "Organisation",
    "Parentage",
    "Rhythm",
    "Role",
    "Service",
    "UrgentContact",
    "User",
]
