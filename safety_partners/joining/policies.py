"""Who may run the way in: adverts, chats, and what people told us when they were interested."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from safety_partners.core.policy import policy
from safety_partners.core.viewer import Viewer
from safety_partners.joining.models import Sift
from safety_partners.people.models import Role
from safety_partners.people.policies import STAFF_ROLES

# So many people read what somebody told us, each alone.
READERS = 2
# A partner or another lay person among the readers sees what staff do not.
MAY_READ = STAFF_ROLES | {Role.PARTNER}


@policy(_("The partner lead"))
def may_run_joining(viewer: Viewer) -> bool:
    """Adverts, chats and the whole way from interest to appointment."""
    return Role.LEAD in viewer.roles


@policy(_("The partner lead of the same organisation"))
def may_lead(viewer: Viewer, record: Any) -> bool:
    """One advert, chat or expression of interest, and what belongs to it."""
    about = getattr(record, "expression", record)
    return Role.LEAD in viewer.roles and about.organisation_id == viewer.organisation_id


@policy(_("Whoever was asked to read it"))
def may_sift(viewer: Viewer, sift: Sift) -> bool:
    """One reader's view of one expression of interest."""
    return viewer.membership_id is not None and sift.by_id == viewer.membership_id


@policy(_("Whoever holds the code and the private word of the receipt"))
def holds_the_word(viewer: Viewer, expression: Any) -> bool:
    """The command compares the private word: there is nobody to ask yet."""
    return True
