"""What is done about people by the clock."""

from __future__ import annotations

from django.db.models import Q

from safety_partners.core import clock
from safety_partners.core.schedule import nightly
from safety_partners.core.viewer import system_viewer
from safety_partners.people import commands
from safety_partners.people.models import Organisation


@nightly("0 7 * * *")
def send_summaries() -> int:
    """In the morning: what waited since yesterday, or since last Monday."""
    return commands.send_summaries()


@nightly("10 3 * * *")
def forget_old_invitations() -> int:
    """Forget invitations 90 days after they were answered or ran out; returns in how many organisations."""
    before = clock.now() - commands.INVITATION_KEPT
    old = Q(invitations__accepted_at__lt=before) | Q(invitations__expires_at__lt=before)
    organisations = Organisation.objects.filter(old).distinct()
    for organisation in organisations:
        commands.forget_old_invitations(system_viewer(organisation.pk), organisation)
    return len(organisations)
