"""Organisations, people and what they may be."""

from __future__ import annotations

import itertools

from safety_partners.core.viewer import Viewer
from safety_partners.people.models import Grant, Membership, Organisation, Role, Service, User
from safety_partners.people.queries import viewer_for

_numbers = itertools.count(1)


def make_organisation(name: str = "", **fields) -> Organisation:
    number = next(_numbers)
    return Organisation.objects.create(name=name or f"Organisation {number}", slug=f"organisation-{number}", **fields)


def make_user(name: str = "", **fields) -> User:
    number = next(_numbers)
    fields.setdefault("email", f"person{number}@example.org")
    return User.objects.create_user(f"person{number}", name=name or f"Person {number}", **fields)


def make_member(organisation: Organisation | None = None, *roles: str, name: str = "", user: User | None = None, **fields) -> Membership:
    member = Membership.objects.create(organisation=organisation or make_organisation(), user=user or make_user(name), **fields)
    Grant.objects.bulk_create([Grant(membership=member, role=role) for role in roles or (Role.STAFF,)])
    return member


def make_service(organisation: Organisation, name: str = "Urgent care") -> Service:
    return Service.objects.create(organisation=organisation, name=name)


def viewer_of(member: Membership) -> Viewer:
    """The viewer that a request of this member would have."""
    return viewer_for(member.user_id, member.organisation_id)
