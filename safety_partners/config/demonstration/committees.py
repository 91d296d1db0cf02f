"""Meadowbank's committees: one with a year of meetings and two partners, one that needs a partner, one that has no seats."""

from __future__ import annotations

import datetime as dt
from typing import Any

from safety_partners.committees import commands
from safety_partners.committees.models import Committee, Invitee, Meeting
from safety_partners.config.demonstration.people import Cast
from safety_partners.config.demonstration.telling import as_, days_ago, working_day_ago
from safety_partners.core import clock
from safety_partners.core.clock import today
from safety_partners.core.months import add_months
from safety_partners.partners.models import Partner

DAY = dt.timedelta(days=1)
BY_PHONE: dict[str, Any] = {"capture": "phone", "is_read_back": True}
TERMS = """The committee sees to it that care is safe, that people are heard, and that we learn when something goes wrong.

It meets every month. Its members decide together. Patient Safety Partners have two seats, speak to every item and may bring their own.

Papers go out five working days before the meeting, each with a summary in plain English.

The committee looks at these terms once a year."""
APOLOGIES = {3: "Tom", 5: "Anjali"}


def tell(cast: Cast, partners: dict[str, Partner]) -> Committee:
    """The Quality and Governance Committee, and two others beside it."""
    committee = _quality(cast, partners)
    _meet(cast, committee)
    _others(cast)
    return committee


def _quality(cast: Cast, partners: dict[str, Partner]) -> Committee:
    """Tom has a seat from the start; Anjali came later and shadowed first; Maya is asked to follow Tom."""
    owen, grace = as_(cast.owen), as_(cast.grace)
    with days_ago(160):
        committee = commands.add_committee(
            grace,
            name="Quality and Governance Committee",
            kind=Committee.Kind.COMMITTEE,
            purpose="It looks at how safe care is in all eleven practices, and decides what to do when it is not safe enough.",
            is_safety_related=True,
            chair=cast.samuel,
            secretary=cast.owen,
            quorum=4,
        )
        commands.agree_terms(owen, committee, words=TERMS, agreed_on=today(), review_on=add_months(today(), 12))
        for member, position in ((cast.ben, "Clinical lead, urgent care"), (cast.priya, "Practice operations")):
            commands.seat_member(owen, committee, member=member, position=position)
    first, second = committee.seats.order_by("number")
    with days_ago(158):
        until = partners["Tom"].terms.latest("number").ends_on
        offer = commands.offer_seat(owen, first, partner=partners["Tom"], from_on=today(), holds_from_on=today(), until_on=until)
    with days_ago(156):
        commands.accept_seat(owen, offer, **BY_PHONE)
    with days_ago(150):
        _plan(cast, committee)
    with days_ago(69):
        holds = today() + 35 * DAY
        offer = commands.offer_seat(
            owen, second, partner=partners["Anjali"], from_on=today(), holds_from_on=holds, until_on=add_months(today(), 18)
        )
    with days_ago(67):
        commands.accept_seat(as_(cast.anjali), offer)
    with days_ago(2):
        commands.offer_seat(owen, first, partner=partners["Maya"], from_on=today() + 14 * DAY, holds_from_on=until + DAY)
    return committee


def _plan(cast: Cast, committee: Committee) -> None:
    """The first Monday of every month at ten, for a year; a bank holiday moves it to the next working day."""
    commands.plan_series(
        as_(cast.owen),
        committee,
        rule="FREQ=MONTHLY;BYDAY=+1MO",
        on_holiday="later",
        first_on=today(),
        last_on=add_months(today(), 12) - DAY,
        starts_at_time=dt.time(10),
        minutes_long=120,
        place="Meeting room 2, Station House, Lower Meadow",
        getting_there="Five minutes from the bus station. The door on the left has a ramp, and there is a hearing loop.",
        video_link="https://meet.meadowbank.example/quality",
        phone_in="01632 960 240, then 4455#",
    )


def _meet(cast: Cast, committee: Committee) -> None:
    """What became of the meetings that are over: who said that they come, and who was there."""
    rows = Meeting.objects.filter(committee=committee, ends_at__lt=clock.now()).order_by("starts_at")
    for number, meeting in enumerate(rows, 1):
        invitees = list(meeting.invitees.select_related("membership__user"))
        away = APOLOGIES.get(number, "")
        with clock.telling(meeting.starts_at - 4 * DAY):
            for invitee in invitees:
                _answer(cast, invitee, is_away=bool(away) and invitee.membership.name.startswith(away))
        marks = {one.code: ("absent" if away and one.membership.name.startswith(away) else "present", "") for one in invitees}
        with clock.telling(meeting.ends_at):
            commands.record_attendance(as_(cast.owen), meeting, marks=marks, left={})


def _answer(cast: Cast, invitee: Invitee, *, is_away: bool) -> None:
    """Tom rings; everybody else says it here."""
    is_tom = invitee.membership_id == cast.tom.pk
    given = BY_PHONE if is_tom else {}
    reply, how = ("apologies", "") if is_away else ("coming", "phone" if is_tom else "in person")
    commands.answer_invitation(as_(cast.owen if is_tom else invitee.membership), invitee, reply=reply, how=how, **given)


def _others(cast: Cast) -> None:
    """A safety-related group that waits for its first partner, and a committee that is not about safety."""
    grace = as_(cast.grace)
    day = working_day_ago(30)
    with days_ago(30):
        group = commands.add_committee(
            grace,
            name="Falls and Frailty Oversight Group",
            kind=Committee.Kind.OVERSIGHT,
            purpose="It follows what we learn from falls at home and on the way home.",
            is_safety_related=True,
            chair=cast.ben,
            secretary=cast.owen,
            papers_days=3,
        )
        commands.agree_terms(as_(cast.owen), group, words="It meets every second month and reports to the committee.", agreed_on=day)
        commands.add_committee(
            grace, name="Finance and Estates Committee", kind=Committee.Kind.COMMITTEE, is_safety_related=False, seats=0,
            chair=cast.samuel, secretary=cast.owen,
        )  # fmt: skip
