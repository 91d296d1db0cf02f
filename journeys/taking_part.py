"""What the journeys of activities share: staff ask, the lead takes it on and offers, partners answer, and all hear what changed."""

from __future__ import annotations

import datetime as dt

from journeys.conftest import LONDON
from journeys.visitor import Visitor

A_DAY = dt.timedelta(days=1)
CAN_CHANGE = "Which questions are asked, the order of the day, and what people get to read before."
PURPOSE = "We would like to see it as patients do, so that nothing unsafe is left in."


def in_days(count: int) -> dt.date:
    return dt.datetime.now(LONDON).date() + count * A_DAY


def ask_for_partners(staff: Visitor, kind: str, title: str, *, promised_by: str) -> str:
    """Write a request in its six parts, look at it once more, and send it to the lead; returns its code."""
    staff.go("/activities/new/")
    staff.choose(kind, question="What are you asking partners to take part in?")
    staff.fill("A short name for it", title)
    staff.fill("What is it for?", PURPOSE)
    staff.choose("The whole organisation")
    staff.press("Keep it and go on")
    staff.choose("Design: the aim is clear, the way is open")
    staff.fill("What can still change?", CAN_CHANGE)
    staff.fill("Who decides in the end?", "The Quality and Governance Committee")
    staff.press("Keep it and go on")
    staff.fill_day(in_days(20), question="By when do you need to know who takes part?")
    staff.fill("How many hours does it take, all together?", "6")
    staff.press("Keep it and go on")
    staff.choose("Two", question="How many partners?")
    staff.choose("A working group (role level 3)")
    staff.choose("Nothing about single people")
    staff.choose("No", question="Could something in it upset somebody?")
    staff.press("Keep it and go on")
    staff.fill("Who is there for them on the day? (optional)", "Ben Carver meets them before and talks with them after.")
    staff.press("Keep it and go on")
    staff.pick("Who will tell partners what changed?", promised_by)
    staff.fill_day(in_days(60), question="By when?")
    staff.press("Keep it and go on")
    staff.sees("Check your request")
    staff.press("Send it to the partner lead")
    staff.sees("Your request is with the partner lead.")
    return staff.code_here()


def take_on(lead: Visitor, title: str) -> None:
    """The lead finds it in the queue, and takes it on."""
    lead.go("/activities/requests/")
    lead.press(title)
    lead.press("Take it on")
    lead.press("Take it on")
    lead.sees("It is taken on, and whoever asked is told.")


def offer_places(lead: Visitor, code: str, *names: str) -> None:
    """Offer places to partners by name; what they will be offered stands on the page, word for word."""
    lead.go(f"/activities/{code}/offer/")
    lead.sees(CAN_CHANGE)
    for name in names:
        lead.choose(name, question="Whom do you ask?")
    lead.fill_day(in_days(10), question="Until when would you like an answer?")
    lead.press("Offer the places")
    lead.sees("Nothing is settled until a partner says yes.")


def say_yes(partner: Visitor, title: str) -> str:
    """The partner finds the offer among what needs their answer, reads it and takes part; returns the offer's code."""
    partner.go("/taking-part/")
    partner.press(f"Read about it and answer {title}", exact=False)
    partner.sees(CAN_CHANGE)
    code = partner.code_here()
    partner.press("Say yes or no")
    partner.choose("Yes, I take part")
    partner.press("Send my answer")
    partner.sees("You take part")
    return code


def plan_a_day(staff: Visitor, code: str) -> None:
    """A day with its times and place; who takes part is told, and their calendars follow."""
    staff.go(f"/activities/{code}/days/add/")
    staff.fill_day(in_days(25), question="What day?")
    staff.fill("When does it begin?", "10am")
    staff.fill("When does it end?", "midday")
    staff.fill("Where is it? (optional)", "Room 2, Station House, Lower Meadow")
    staff.press("Plan it")
    staff.sees("Room 2, Station House, Lower Meadow")


def tell_what_changed(staff: Visitor, code: str, words: str) -> None:
    """Whoever promised it writes what changed; nothing can be closed before partners have seen it."""
    staff.go(f"/activities/{code}/")
    staff.press("Tell partners what changed")
    staff.choose("Something changed")
    staff.fill("What do you tell them?", words)
    staff.press("Tell them")
    staff.sees(words)


def see_what_changed(partner: Visitor, title: str, words: str) -> None:
    """The partner reads it, and says that it answers them."""
    partner.go("/taking-part/")
    partner.press(f"Read what changed {title}", exact=False)
    partner.sees(words)
    partner.press("Say if this answers you")
    partner.choose("This answers me")
    partner.press("Send my answer")


def close(staff: Visitor, code: str) -> None:
    """Every partner has seen it, so it can be closed."""
    staff.go(f"/activities/{code}/")
    staff.press("Close this")
    staff.press("Close it")
    staff.sees("Closed")
