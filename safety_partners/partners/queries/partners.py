"""What a partner's record says, read complete for its pages."""

from __future__ import annotations

from django.utils.translation import gettext as _

from safety_partners.partners.models import Partner


def role_title(partner: Partner) -> str:
    """What the partner's role is called here."""
    return partner.role.role.title if partner.role is not None else _("Patient Safety Partner")
