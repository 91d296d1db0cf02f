"""The doorway: roles in use, as everybody may read them. Drafts, earlier versions and people cannot reach a public page."""

from __future__ import annotations

from safety_partners.partners.models import RoleVersion, VersionStatus
from safety_partners.partners.queries.describing import Said, lines

__all__ = ["RoleVersion", "Said", "role", "roles", "words"]


def roles(organisation_id: int) -> list[RoleVersion]:
    """The roles that an organisation has, each in the version in use, by name."""
    rows = RoleVersion.objects.filter(role__organisation_id=organisation_id, status=VersionStatus.IN_USE)
    return list(rows.select_related("role").order_by("role__title", "id"))


def role(organisation_id: int, code: str) -> RoleVersion | None:
    """The version in use of one role, or None."""
    rows = RoleVersion.objects.filter(role__organisation_id=organisation_id, role__code=code, status=VersionStatus.IN_USE)
    return rows.select_related("role").first()


def words(version: RoleVersion) -> dict[str, Said]:
    """What a role says, by the names of its parts."""
    return {said.name: said for said in lines(version)}
