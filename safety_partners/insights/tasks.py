"""What the loop does by the clock."""

from __future__ import annotations

from contextlib import suppress

from django.db.models import F, Q

from safety_partners.core.lifecycle import Overtaken
from safety_partners.core.schedule import nightly
from safety_partners.core.viewer import system_viewer
from safety_partners.insights import commands
from safety_partners.insights.models import Insight


@nightly("15 7 * * *")
def tell_of_what_is_late() -> int:
    """On the first morning something is late, tell those it concerns; returns how many insights."""
    late = Insight.objects.late().filter(Q(late_told_for__isnull=True) | ~Q(late_told_for=F("next_due_on"))).with_people()
    count = 0
    for insight in late.iterator(chunk_size=200):
        # Somebody who acted a moment ago, or another worker, was quicker: then there is nothing to tell.
        with suppress(Overtaken):
            commands.tell_of_lateness(system_viewer(insight.organisation_id), insight)
            count += 1
    return count
