"""At the table: meetings whose minutes are being written, with the chair, agreed and approved; what was said, decided and asked for."""

from __future__ import annotations

import datetime as dt

from safety_partners.committees import commands
from safety_partners.committees.models import Invitee, Item, ItemInsight, Minutes
from safety_partners.core.working_days import today
from tests.factories import committees as make
from tests.world.place import Place
from tests.world.words import typed

DAY = dt.timedelta(days=1)


def tell(place: Place) -> None:
    """The held meeting's minutes are a draft; three earlier meetings have theirs further on."""
    _said(place)
    _agreed_on(place)
    minutes = {name: _minutes(place, weeks=weeks, to=name) for name, weeks in (("approved", 30), ("agreed", 20), ("offered", 10))}
    draft = place.do("secretary", commands.save_minute, place["held item"], words=typed("We talked about discharge."), turn=0)
    place.keep(draft_minutes=draft.item.meeting.minutes, **{f"{name}_minutes": one for name, one in minutes.items()})


def _said(place: Place) -> None:
    """A draft of the partner, one that the secretary writes down, and words that are shared."""
    item = place["held item"]
    given = {"kind": "question", "visibility": "answerers"}
    draft = place.do("partner", commands.speak, item, words=typed("Who rings at night?"), **given)
    recorded = {"speaker": place.people["second partner"], "capture": "meeting", "is_read_back": False}
    place.keep(
        spoken_draft=draft,
        recorded_words=place.do("secretary", commands.record_spoken, item, words=typed("Ring earlier."), **recorded, **given),
        spoken=_shared(place, item),
    )


def _shared(place: Place, item: Item) -> ItemInsight:
    placed = place.do(
        "partner", commands.speak, item, words=typed("Too far away."), kind="challenge", visibility="answerers", quoted="role"
    )
    return place.do("partner", commands.share_spoken, placed, turn=0)


def _agreed_on(place: Place) -> None:
    """A decision, an action to do and one that ended."""
    item, asked = place["held item"], {"owner": place.people["staff"], "due_on": today() + 5 * DAY}
    ended = place.do("secretary", commands.agree_meeting_action, item, text=typed("Print the list"), **asked)
    place.keep(
        decision=place.do("secretary", commands.add_decision, item, words=typed("We ring within two days.")),
        meeting_action=place.do("secretary", commands.agree_meeting_action, item, text=typed("Count the calls"), **asked),
        ended_meeting_action=place.do("staff", commands.complete_meeting_action, ended, evidence=typed("On every ward.")),
    )


def _minutes(place: Place, *, weeks: int, to: str) -> Minutes:
    """The minutes of a meeting so many weeks ago, as far on as their name says."""
    meeting = make.make_meeting(place["committee"], on=today() - weeks * 7 * DAY)
    marks = {}
    for person, kind in (("partner", Invitee.Kind.PARTNER), ("second partner", Invitee.Kind.PARTNER), ("staff", Invitee.Kind.MEMBER)):
        marks[make.make_invitee(meeting, place.people[person], kind).code] = ("present", "")
    item = make.make_item(meeting, typed("Falls"))
    left = make.make_recusal(item, place.people["staff"], reason=typed("I wrote it."))
    place.do("secretary", commands.record_attendance, meeting, marks=marks, left={left.code: (True, True)})
    place.do("secretary", commands.save_minute, item, words=typed("Falls went down."), turn=0)
    minutes = place.do("secretary", commands.offer_minutes, meeting.minutes)
    if to != "offered":
        minutes = place.do("board", commands.agree_minutes, minutes)
    if to == "approved":
        later = place["held meeting"]
        minutes = place.do("secretary", commands.approve_minutes, minutes, meeting=later, corrections=typed("Ben came at ten."))
    return minutes
