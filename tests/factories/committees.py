"""Committees, seats, meetings, agendas and papers."""

from __future__ import annotations

import datetime as dt
from typing import Any

from safety_partners.committees import commands
from safety_partners.committees.models import Committee, Invitee, Item, Meeting, Paper, PaperVersion, Recusal, Sitting
from safety_partners.core import clock
from safety_partners.core.working_days import today, working_days_before
from safety_partners.partners.models import Partner
from safety_partners.people.models import Membership
from tests.factories.people import viewer_of

DAY = dt.timedelta(days=1)
PLACE = "Room 2, Elm House, York"
VIDEO = "https://meet.example.org/quality"


def make_committee(
    lead: Membership,
    *,
    name: str = "Quality and Governance Committee",
    chair: Membership | None = None,
    secretary: Membership | None = None,
    seats: int = 2,
    **fields: Any,
) -> Committee:
    """One that meets; the lead is its chair and secretary where nobody else is given."""
    given = {"kind": Committee.Kind.COMMITTEE, "is_safety_related": True} | fields
    people = {"chair": chair or lead, "secretary": secretary or lead}
    return commands.add_committee(viewer_of(lead), name=name, seats=seats, **people, **given)


def make_offer(lead: Membership, committee: Committee, partner: Partner, *, number: int = 1, **times: Any) -> Sitting:
    """A seat offered to a partner, to hold from today where no other day is given."""
    given = {"from_on": today(), "holds_from_on": times.get("from_on", today())} | times
    return commands.offer_seat(viewer_of(lead), committee.seats.get(number=number), partner=partner, **given)


def make_sitting(lead: Membership, committee: Committee, partner: Partner, *, number: int = 0, **times: Any) -> Sitting:
    """A partner who took a seat: the first that nobody was offered, where no number is given."""
    free = committee.seats.open().exclude(sittings__in=Sitting.objects.in_force()).order_by("number")
    offer = make_offer(lead, committee, partner, number=number or free[0].number, **times)
    return commands.accept_seat(viewer_of(partner.membership), offer)


def at(day: dt.date, hour: int = 10, minute: int = 0) -> dt.datetime:
    """A moment as the clock on the wall says in London."""
    return dt.datetime.combine(day, dt.time(hour, minute), tzinfo=clock.LONDON)


def make_meeting(committee: Committee, *, on: dt.date | None = None, hours: int = 2, **fields: Any) -> Meeting:
    """Planned, at ten o'clock, ten days from now where no day is given; nobody is invited yet."""
    day = on or today() + 10 * DAY
    given: dict[str, Any] = {"starts_at": at(day), "place": PLACE, "video_link": VIDEO} | fields
    given.setdefault("ends_at", given["starts_at"] + dt.timedelta(hours=hours))
    given.setdefault("papers_due_on", working_days_before(day, committee.papers_days))
    return Meeting.objects.create(organisation=committee.organisation, committee=committee, **given)


def make_invitee(meeting: Meeting, membership: Membership, kind: str = Invitee.Kind.PARTNER, **fields: Any) -> Invitee:
    """Somebody invited to a meeting who has not answered."""
    return Invitee.objects.create(meeting=meeting, membership=membership, kind=kind, **fields)


def make_item(meeting: Meeting, title: str = "Falls on the wards", **fields: Any) -> Item:
    """The next item of the agenda, open to everybody who may see the meeting."""
    given = {"position": meeting.items.count() + 1, "minutes_long": 20, "purpose": "To see what changed since spring."}
    return Item.objects.create(meeting=meeting, title=title, **(given | fields))


def make_paper(item: Item, title: str = "Report on falls", *, words: str = "Falls went down by a third.", **fields: Any) -> Paper:
    """One that has arrived, its words typed; with ``words=""`` it is only promised."""
    given = {"position": item.papers.count() + 1, "summary": "Fewer people fell.", "classification": item.classification}
    paper = Paper.objects.create(item=item, title=title, arrived_at=clock.now() if words else None, **(given | fields))
    if words:
        PaperVersion.objects.create(paper=paper, number=1, words=words, by=item.meeting.committee.secretary)
    return paper


def make_recusal(item: Item, membership: Membership, **fields: Any) -> Recusal:
    """Somebody has stepped back from an item."""
    return Recusal.objects.create(item=item, membership=membership, **fields)
