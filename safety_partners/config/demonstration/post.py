"""The post of a year: what lay in the queue for letters and calls was posted and made, but for the last days."""

from __future__ import annotations

import datetime as dt

from safety_partners.config.demonstration.people import Cast
from safety_partners.config.demonstration.telling import as_
from safety_partners.core import clock
from safety_partners.core.models import Message
from safety_partners.insights import commands

STILL_THERE = dt.timedelta(days=7)


def go_out(cast: Cast) -> None:
    """Grace sees to each letter and call on the day after it was written."""
    grace = as_(cast.grace)
    for message in Message.objects.visible_to(grace).by_hand().filter(made_at__lt=clock.now() - STILL_THERE).order_by("pk"):
        with clock.telling(message.made_at + dt.timedelta(days=1)):
            commands.done_by_hand(grace, message)
