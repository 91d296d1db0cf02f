"""The private address at which a calendar program reads somebody's calendar: worked out, never kept, and reset by counting on."""

from __future__ import annotations

from django.utils.crypto import constant_time_compare, salted_hmac

from safety_partners.core import wall
from safety_partners.people.models import Membership

_SALT = "safety_partners.people.calendar_addresses"


def secret_of(member: Membership) -> str:
    """What stands in the address: whose calendar, and a proof that only we can make."""
    proof = salted_hmac(_SALT, f"{member.code}:{member.calendar_turn}", algorithm="sha256").hexdigest()[:40]
    return f"{member.code}-{proof}"


def member_with(secret: str) -> Membership | None:
    """Whose calendar an address opens; None for an address that was reset, was never ours, or is of somebody who has left."""
    code = secret.rpartition("-")[0]
    member = wall.find(Membership.objects.current().select_related("user", "organisation").filter(code=code)) if code else None
    return member if member and constant_time_compare(secret_of(member), secret) else None
