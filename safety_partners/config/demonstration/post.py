"""The post of a year: what was to be told has been told, but for the last days."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from safety_partners.config.demonstration.people import Cast
from safety_partners.config.demonstration.telling import as_
from safety_partners.core import clock, outbox
from safety_partners.core.models import Message
from safety_partners.insights import commands

MINUTE, DAY = dt.timedelta(minutes=1), dt.timedelta(days=1)
STILL_THERE = 7 * DAY


def go_out(cast: Cast) -> None:
    """Grace sees to each letter and call on the day after it was written; each email went in the minute after."""
    grace = as_(cast.grace)
    for message in Message.objects.visible_to(grace).by_hand().filter(made_at__lt=clock.now() - STILL_THERE).order_by("pk"):
        with clock.telling(message.made_at + DAY):
            commands.done_by_hand(grace, message)
    for message in Message.objects.to_deliver().filter(made_at__lt=clock.now() - DAY):
        # Without a mail server: nobody here has a mailbox, and the page of emails is for what visitors make happen.
        Message.lifecycle.move(message, "claim", lease_until=timezone.now() + outbox.LEASE)
        Message.lifecycle.move(message, "begin")
        Message.lifecycle.move(message, "finish", lease_until=None, finished_at=message.made_at + MINUTE)
