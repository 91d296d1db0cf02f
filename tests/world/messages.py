"""Messages in every state, taken from those that the world's commands wrote."""

from __future__ import annotations

import datetime as dt

from safety_partners.core import clock
from safety_partners.core.models import Message
from tests.world.place import Place

Channel = Message.Channel


def tell(place: Place) -> None:
    """One message of each kind; emails move as the worker moves them."""
    e_mails = iter(_waiting(place, Channel.EMAIL))
    place.keep(
        message=next(e_mails),
        sent_message=_move(next(e_mails), "claim", "begin", "finish"),
        failed_message=_move(next(e_mails), "claim", "fail"),
        doubtful_message=_move(next(e_mails), "claim", "begin", "doubt"),
        letter=_waiting(place, Channel.LETTER)[0],
        call=_waiting(place, Channel.PHONE)[0],
        posted_letter=_move(_waiting(place, Channel.LETTER)[1], "done_by_hand"),
        message_to_partner=Message.objects.filter(to_membership_id=place.people["partner"].pk).latest("id"),
    )


def _waiting(place: Place, channel: str) -> list[Message]:
    return list(
        Message.objects.filter(organisation_id=place.organisation.pk, channel=channel, status=Message.Status.QUEUED).order_by("id")[:8]
    )


def _move(message: Message, *moves: str) -> Message:
    lease = {"claim": clock.now() + dt.timedelta(minutes=5), "begin": clock.now() + dt.timedelta(minutes=5)}
    for move in moves:
        ends = {} if move in lease else {"finished_at": clock.now(), "trouble": "" if move == "finish" else "The address is wrong."}
        Message.lifecycle.move(message, move, lease_until=lease.get(move), **ends)
    return message
