"""What can be asked about people."""

from __future__ import annotations

from safety_partners.core.viewer import NOBODY, Viewer
from safety_partners.people.models import Grant, Membership


def viewer_for(user_id: int | None, organisation_id: int | None = None) -> Viewer:
    """Work out who is looking, in one query: the membership in the organisation asked for, else the oldest one."""
    if user_id is None:
        return NOBODY
    grants = (
        Grant.objects.filter(membership__user_id=user_id, membership__ended_on__isnull=True)
        .select_related("membership__organisation", "membership__user")
        .order_by("membership_id")
    )
    memberships = {grant.membership_id: grant.membership for grant in grants}
    chosen = next((one for one in memberships.values() if one.organisation_id == organisation_id), None) or next(
        iter(memberships.values()), None
    )
    if chosen is None:
        return Viewer(user_id=user_id)
    return Viewer(
        user_id=user_id,
        membership_id=chosen.pk,
        organisation_id=chosen.organisation_id,
        name=chosen.user.name,
        roles=frozenset(grant.role for grant in grants if grant.membership_id == chosen.pk),
        organisation=chosen.organisation,
        memberships=tuple(memberships.values()),
    )


def members_with_role(organisation_id: int, *roles: str) -> list[Membership]:
    """The current members of an organisation who hold any of the roles, by name, ready to be written to."""
    return list(Membership.objects.filter(organisation_id=organisation_id).current().with_role(*roles).named())
