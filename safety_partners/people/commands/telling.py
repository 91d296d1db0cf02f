"""How often people want our emails, and putting together what waited for them."""

from __future__ import annotations

from safety_partners.core import outbox
from safety_partners.core.clock import today
from safety_partners.core.command import command
from safety_partners.core.models import Message
from safety_partners.core.viewer import Viewer
from safety_partners.people import policies
from safety_partners.people.models import Membership, Rhythm

MONDAY = 0


@command(allow=policies.is_self | policies.may_look_after_member)
def choose_rhythm(viewer: Viewer, member: Membership, /, *, rhythm: str) -> Membership:
    """Have our emails one by one, or together by day or week; what is urgent, and what moves a calendar, comes at once always."""
    member.rhythm = Rhythm(rhythm)
    member.save(update_fields=["rhythm"])
    if rhythm == Rhythm.NOW:
        outbox.gather("people/summary", to=member, is_due=False)
    return member


def send_summaries() -> int:
    """Write the summaries that are due today, those by the week on Mondays; returns how many. Safe to run again at any time."""
    waiting = Message.objects.held().values("to_membership_id")
    count = 0
    for member in Membership.objects.filter(pk__in=waiting).select_related("user", "organisation").order_by("pk"):
        is_due = member.rhythm == Rhythm.DAILY or today().weekday() == MONDAY
        count += outbox.gather("people/summary", to=member, is_due=is_due) is not None
    return count
