"""Messages that people look after: letters posted, calls made, and emails that did not simply go."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from safety_partners.core import clock
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.models import Message
from safety_partners.core.viewer import Viewer
from safety_partners.insights import policies
from safety_partners.people.models import Membership

ABOUT_ACCOUNTS = "people/"


@command(allow=policies.may_look_after_message, details=("channel",))
def done_by_hand(viewer: Viewer, message: Message, /) -> Message:
    """Say that a letter was posted or handed over, or that a call was made and the words read out."""
    if message.channel == Message.Channel.EMAIL:
        raise NotPossible(_("Emails go by themselves."))
    Message.lifecycle.move(message, "done_by_hand", finished_at=clock.now(), trouble="")
    return message


@command(allow=policies.may_look_after_message, details=("channel",))
def resend_message(viewer: Viewer, message: Message, /) -> Message:
    """Send again what failed or is in doubt, as the person wants to be told now; it may arrive twice.

    Raises ``NotPossible`` while nobody knows where to send it.
    """
    channel, address = message.channel, message.to_address
    person = Membership.objects.filter(pk=message.to_membership_id).select_related("user").first()
    # What concerns somebody's own account keeps its address: a warning goes to the old one when that has changed.
    if person is not None and not message.template.startswith(ABOUT_ACCOUNTS):
        channel, address = person.told_by, person.address_for(person.told_by)
    if not address.strip():
        raise NotPossible(_("There is still no address to send this to. Add one on the person’s own page first."))
    Message.lifecycle.move(
        message,
        "resend",
        channel=channel,
        to_address=address,
        attempts=0,
        not_before=clock.now() - dt.timedelta(seconds=1),
        finished_at=None,
        trouble="",
    )
    return message


@command(allow=policies.may_look_after_message, details=("channel",))
def note_bounce(viewer: Viewer, message: Message, /) -> Message:
    """Say that an email or a letter came back: it did not reach the person, and can be sent again."""
    Message.lifecycle.move(message, "bounce", finished_at=clock.now(), trouble="Bounced")
    return message


@command(allow=policies.may_look_after_message)
def settle_message(viewer: Viewer, message: Message, /) -> Message:
    """Say that a message in doubt did arrive: the person was asked."""
    Message.lifecycle.move(message, "settle", finished_at=clock.now(), trouble="")
    return message
