"""What committees do by the clock."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress

from django.db.models import F, Q

from safety_partners.committees import commands
from safety_partners.committees.models import MeetingAction, Sitting
from safety_partners.committees.models.committee import GONE
from safety_partners.core.lifecycle import Overtaken
from safety_partners.core.schedule import nightly
from safety_partners.core.viewer import system_viewer
from safety_partners.core.working_days import today


@nightly("20 5 * * *")
def end_sittings_that_are_over() -> int:
    """Note which times at a table came to their agreed end, or ended because the partner left."""
    is_over = Q(status=Sitting.Status.SITS, until_on__lt=today())
    has_left = Q(status__in=[Sitting.Status.OFFERED, Sitting.Status.SITS], partner__status__in=GONE)
    rows = list(Sitting.objects.filter(is_over | has_left).select_related("seat__committee", "partner__membership__user"))
    for sitting in rows:
        commands.end_sitting_that_is_over(system_viewer(sitting.committee.organisation_id), sitting)
    return len(rows)


# So many days before it is due, somebody is reminded of what they said they would do.
NOTICE = dt.timedelta(days=3)


@nightly("25 7 * * *")
def remind_of_actions() -> int:
    """Remind those who have something to do because of a meeting, once for each day it is given; returns how many."""
    not_yet = Q(reminded_for__isnull=True) | ~Q(reminded_for=F("due_on"))
    rows = MeetingAction.objects.to_do().filter(not_yet, due_on__lte=today() + NOTICE)
    count = 0
    people = ("owner__user", "owner__organisation", "item__meeting__committee__secretary__user")
    for action in rows.select_related(*people).iterator(chunk_size=200):
        # Somebody who said a moment ago that it is done, or another worker, was quicker.
        with suppress(Overtaken):
            commands.remind_of_action(system_viewer(action.organisation_id), action)
            count += 1
    return count
