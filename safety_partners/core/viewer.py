"""The person looking, worked out once per request."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who is looking: one person, in one organisation, with what they may be there.

    ``organisation`` is kept for its name and look, ``memberships`` for changing to another one; rules compare ids.
    A visitor who has not signed in has no ids at all.
    """

    user_id: int | None = None
    membership_id: int | None = None
    organisation_id: int | None = None
    name: str = ""
    roles: frozenset[str] = field(default_factory=frozenset)
    organisation: Any = None
    memberships: tuple[Any, ...] = ()

    @property
    def is_signed_in(self) -> bool:
        return self.membership_id is not None

    def has_any_role(self, roles: Iterable[str]) -> bool:
        return not self.roles.isdisjoint(roles)


NOBODY = Viewer()

SYSTEM_ROLE = "system"


def system_viewer(organisation_id: int | None) -> Viewer:
    """The product itself at work on a schedule, inside one organisation."""
    return Viewer(organisation_id=organisation_id, roles=frozenset({SYSTEM_ROLE}))
