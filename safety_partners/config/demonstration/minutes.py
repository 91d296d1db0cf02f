"""What was said, decided and asked for at the meetings of the Quality and Governance Committee, and their minutes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from safety_partners.committees import commands
from safety_partners.committees.models import Committee, Invitee, Item, Meeting
from safety_partners.config.demonstration.people import Cast
from safety_partners.config.demonstration.telling import as_
from safety_partners.core import clock

DAY = dt.timedelta(days=1)
MINUTE = dt.timedelta(minutes=1)


@dataclass(frozen=True)
class Told:
    """One item of one meeting: what it was for, what the minutes say, and what came of it."""

    title: str
    purpose: str
    minutes: str
    decision: str = ""
    action: str = ""
    evidence: str = ""
    # What a partner said: who, the words, what kind of words, and if the minutes may quote them.
    said: tuple[str, str, str, str] | None = None


MEETINGS: list[list[Told]] = [
    [
        Told(
            "Falls at home after urgent treatment",
            "To see how many people fell within a week of going home, and why.",
            "Ben Carver reported 14 falls within seven days of going home, 5 of them on the first night.\n\n"
            "The committee asked whether people know before they leave whom they can ring at night.",
            decision="Everybody who goes home after six in the evening is given the night number in writing.",
            action="Print the night number on the going-home sheet",
            evidence="All sheets reprinted; the old ones are thrown away.",
        ),
    ],
    [
        Told(
            "Calls that nobody answered",
            "To decide if the booking line needs a second person in the first hour.",
            "Priya Nair showed the calls of four weeks. One in nine is not answered between eight and nine.",
            decision="A second person takes calls from eight to nine on Mondays and after bank holidays.",
            action="Count the calls for four weeks more and report",
            evidence="Counted: one in thirty is not answered now. Reported to the committee.",
            said=("Tom", "I rang eleven times. In the end I gave up and went there, and that is a bus and a hill.", "reflection", "name"),
        ),
    ],
    [
        Told(
            "Medicines that changed in hospital",
            "To discuss how a changed medicine reaches the person, the practice and the pharmacy.",
            "Three people took both the old and the new medicine. In each case the letter came after the weekend.",
            action="Ask the hospital pharmacy for the list on the day somebody goes home",
        ),
    ],
    [
        Told(
            "Large print and easy read",
            "To hear what partners need so that papers can be used.",
            "Papers are now sent with a summary in plain English. Large print is sent to whoever asked for it.",
            decision="No paper is taken at the table if it came without its summary.",
            said=("Anjali", "A summary helps only if it says what you want from us. Put the question first.", "suggestion", "role"),
        ),
    ],
    [
        Told(
            "Night visits of the community nurses",
            "To see if visits after ten in the evening are safe for nurses and for patients.",
            "Night visits are done by two since October. There was no event since then.",
            action="Ask the nurses and ten patients how the visits are for them",
            evidence="Asked. Two patients would like a call before the bell rings; the nurses ring now.",
        ),
    ],
    [
        Told(
            "What people are told when they wait",
            "To discuss how somebody who waits for hours knows that they are not forgotten.",
            "People in the urgent treatment centre are told the waiting time when they come in, and not again after that.",
            decision="Somebody goes round every hour, says how long it will be, and asks how people are.",
            said=("Anjali", "Has anybody asked those who went home without being seen?", "question", "role"),
        ),
    ],
    [
        Told(
            "Vaccination days in winter",
            "To see that nobody waits outside in the cold, and that people with a carer can come together.",
            "Three clinics have no room inside for those who wait. The practices offer theirs.",
            action="Write to everybody invited that they may bring somebody with them",
            said=("Tom", "Put a chair by the door. Half of us cannot stand that long.", "suggestion", "name"),
        ),
    ],
]


def tell(cast: Cast, committee: Committee) -> None:
    """Each meeting with its item; its minutes are agreed a week later and approved at the next one. The last ones are still open."""
    meetings = list(Meeting.objects.filter(committee=committee, ends_at__lt=clock.now()).order_by("starts_at"))
    told = list(zip(meetings, MEETINGS, strict=False))
    for place, (meeting, items) in enumerate(told):
        if place:
            _approve(cast, told[place - 1][0], meeting)
        for one in items:
            _item(cast, meeting, one)
        _standing_items(cast, meeting, {one.title for one in items})
        _minutes(cast, meeting, is_last=place == len(told) - 1)


def _item(cast: Cast, meeting: Meeting, one: Told) -> None:
    """Put on the agenda a week before; taken at the table; done some weeks later if it was done."""
    owen = as_(cast.owen)
    with clock.telling(meeting.starts_at - 8 * DAY):
        item = commands.add_item(owen, meeting, title=one.title, kind="discuss", minutes_long=30, lead=cast.ben, purpose=one.purpose)
    with clock.telling(meeting.starts_at + 40 * MINUTE):
        if one.said is not None:
            _say(cast, item, *one.said)
        if one.decision:
            commands.add_decision(owen, item, words=one.decision)
        if one.action:
            due_on = clock.day_of(meeting.starts_at + 24 * DAY)
            action = commands.agree_meeting_action(owen, item, text=one.action, owner=cast.priya, due_on=due_on)
    if one.evidence:
        with clock.telling(min(meeting.starts_at + 20 * DAY, clock.now())):
            commands.complete_meeting_action(as_(cast.priya), action, evidence=one.evidence)
    with clock.telling(meeting.ends_at + DAY):
        commands.save_minute(owen, item, words=one.minutes, turn=0)


def _standing_items(cast: Cast, meeting: Meeting, told: set[str]) -> None:
    """What stands on every agenda was gone through quickly."""
    words = {
        Item.Kind.DECIDE: "They were approved as they are.",
        Item.Kind.NOTE: "The list was gone through.",
    }
    with clock.telling(meeting.ends_at + DAY):
        for item in meeting.items.exclude(title__in=told):
            said = "Nothing else was raised." if item.is_for_partners else words[Item.Kind(item.kind)]
            commands.save_minute(as_(cast.owen), item, words=said, turn=0)


def _say(cast: Cast, item: Item, who: str, words: str, kind: str, quoted: str) -> None:
    """Tom speaks and Owen writes it down; Anjali types."""
    given: dict[str, Any] = {"words": words, "kind": kind, "visibility": "answerers", "quoted": quoted}
    owen = as_(cast.owen)
    if who == "Tom":
        placed = commands.record_spoken(owen, item, speaker=cast.tom, capture="meeting", is_read_back=True, **given)
        commands.share_spoken(owen, placed, turn=placed.insight.turn)
    elif Invitee.objects.filter(meeting=item.meeting_id, membership=cast.anjali).exists():
        anjali = as_(cast.anjali)
        placed = commands.speak(anjali, item, **given)
        commands.share_spoken(anjali, placed, turn=placed.insight.turn)


def _minutes(cast: Cast, meeting: Meeting, *, is_last: bool) -> None:
    """Given to the chair after two days, agreed after a week; the minutes of the last meeting are with the chair."""
    with clock.telling(min(meeting.ends_at + 2 * DAY, clock.now())):
        minutes = commands.offer_minutes(as_(cast.owen), meeting.minutes)
    if not is_last:
        with clock.telling(meeting.ends_at + 7 * DAY):
            commands.agree_minutes(as_(cast.samuel), minutes)


def _approve(cast: Cast, earlier: Meeting, meeting: Meeting) -> None:
    with clock.telling(meeting.starts_at + 5 * MINUTE):
        commands.approve_minutes(as_(cast.owen), earlier.minutes, meeting=meeting)
