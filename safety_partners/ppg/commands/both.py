"""A partner who is also in a group says so: they count as each, and speak as one at a time."""

from __future__ import annotations

from django.utils.translation import gettext as _

from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.viewer import Viewer
from safety_partners.partners.models import Partner
from safety_partners.people.policies import is_partner
from safety_partners.ppg import policies
from safety_partners.ppg.models import Group, InBoth


@command(allow=is_partner)
def say_in_both(viewer: Viewer, /, *, partner: Partner, group: Group) -> InBoth:
    """A partner says that they are in a group too. The partner lead can see it; the group cannot."""
    if partner.membership_id != viewer.membership_id or group.organisation_id != viewer.organisation_id:
        raise NotPossible(_("Choose a group of this organisation."), field="group")
    said, _is_new = InBoth.objects.get_or_create(partner=partner, group=group)
    return said


@command(allow=policies.is_their_own)
def take_back_in_both(viewer: Viewer, in_both: InBoth, /) -> InBoth:
    """They are not in the group any more, or would rather not say."""
    number = in_both.pk
    in_both.delete()
    in_both.pk = number
    return in_both


def forget_in_both(partner: Partner) -> None:
    """In which groups somebody was goes with who they were. Part of ``partners.forget_partner``."""
    InBoth.objects.filter(partner=partner).delete()
