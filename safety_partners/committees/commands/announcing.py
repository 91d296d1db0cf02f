"""Telling people about meetings: one message for each meeting where a calendar follows it, one for all of them on paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from safety_partners.committees.calendars import invitation, withdrawal
from safety_partners.committees.models import Invitee, Meeting
from safety_partners.core import outbox
from safety_partners.core.models import Message
from safety_partners.people.models import Membership


class Kind(StrEnum):
    """What can be new about a meeting."""

    PLANNED = "planned"
    CHANGED = "changed"
    CANCELLED = "cancelled"
    UNINVITED = "uninvited"


@dataclass(frozen=True, slots=True)
class News:
    """What is new about one meeting, and how it stood before."""

    kind: Kind
    meeting: Meeting
    was_starts_at: dt.datetime | None = None
    was_ends_at: dt.datetime | None = None
    was_place: str = ""

    @property
    def is_moved(self) -> bool:
        """Say whether its day or time is another one: then who had answered answers again."""
        return self.kind == Kind.CHANGED and (self.was_starts_at, self.was_ends_at) != (self.meeting.starts_at, self.meeting.ends_at)

    @property
    def has_ended(self) -> bool:
        return self.kind in {Kind.CANCELLED, Kind.UNINVITED}


def tell(news: Iterable[News]) -> None:
    """Tell everybody who is invited to these meetings what is new about them; nobody of the same thing twice."""
    known = {one.meeting.pk: one for one in news}
    rows = Invitee.objects.filter(meeting__in=known).select_related("membership__user", "membership__organisation")
    of_member: dict[int, tuple[Membership, list[News]]] = {}
    for invitee in rows.order_by("meeting__starts_at", "pk"):
        if invitee.told_sequence == known[invitee.meeting_id].meeting.sequence:
            continue
        of_member.setdefault(invitee.membership_id, (invitee.membership, []))[1].append(known[invitee.meeting_id])
    for member, about_them in of_member.values():
        tell_one(member, about_them)


def tell_one(member: Membership, news: Sequence[News]) -> None:
    """Tell one person: by email each meeting with its place in their calendar, by letter or phone all in one.

    Nobody is told who has left; where nothing is new, nothing is sent.
    """
    if member.ended_on is not None or not news:
        return
    if member.told_by != Message.Channel.EMAIL and len(news) > 1:
        outbox.put("committees/meetings", to=member, about=news[0].meeting.committee, news=news, committee=news[0].meeting.committee)
    else:
        for one in news:
            _put(member, one)
    for one in news:
        Invitee.objects.filter(meeting=one.meeting, membership=member).update(told_sequence=one.meeting.sequence)


def _put(member: Membership, news: News) -> None:
    follows = member.told_by == Message.Channel.EMAIL
    calendar = (withdrawal if news.has_ended else invitation)(news.meeting, member) if follows else ""
    outbox.put(f"committees/meeting_{news.kind.value}", to=member, about=news.meeting, calendar=calendar, news=news)
