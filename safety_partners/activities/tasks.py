"""What activities do by the clock."""

from __future__ import annotations

from contextlib import suppress

from django.db.models import F, Q

from safety_partners.activities import commands
from safety_partners.activities.models import Activity, Offer
from safety_partners.committees.models.committee import GONE
from safety_partners.core.lifecycle import Overtaken
from safety_partners.core.schedule import nightly
from safety_partners.core.viewer import system_viewer
from safety_partners.core.working_days import today


@nightly("35 7 * * *")
def note_late_feedback() -> int:
    """Say, once for each day that was promised, where the day came without a word on what changed; returns how often."""
    not_yet = Q(late_told_for__isnull=True) | ~Q(late_told_for=F("feedback_on"))
    rows = Activity.objects.filter(not_yet, status=Activity.Status.TAKEN_ON, feedback_on__lt=today())
    count = 0
    for activity in rows.select_related("requester__organisation", "feedback_by__organisation", "organisation").iterator(chunk_size=200):
        # The word came a moment ago, or another worker was quicker.
        with suppress(Overtaken):
            commands.note_late_feedback(system_viewer(activity.organisation_id), activity)
            count += 1
    return count


@nightly("40 5 * * *")
def take_back_from_who_left() -> int:
    """Take back what still waits for an answer of partners who have left; returns how many."""
    waiting = [Offer.Status.OFFERED, Offer.Status.RESERVE]
    rows = Offer.objects.filter(status__in=waiting, partner__status__in=GONE).select_related("activity__organisation", "partner")
    count = 0
    for offer in rows.iterator(chunk_size=200):
        with suppress(Overtaken):
            commands.take_back_from_who_left(system_viewer(offer.organisation_id), offer)
            count += 1
    return count
