"""Who may run the way in: adverts, chats, and what people told us when they were interested."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from safety_partners.core.policy import policy
from safety_partners.core.viewer import Viewer
from safety_partners.people.models import Role


@policy(_("The partner lead"))
def may_run_joining(viewer: Viewer) -> bool:
    """Adverts, chats and the whole way from interest to appointment."""
    return Role.LEAD in viewer.roles


@policy(_("The partner lead of the same organisation"))
def may_lead(viewer: Viewer, record: Any) -> bool:
    """One advert, chat or expression of interest."""
    return Role.LEAD in viewer.roles and record.organisation_id == viewer.organisation_id
