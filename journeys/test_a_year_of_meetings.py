"""The secretary sets up a monthly committee for a year; a partner reads, steps back from an item, comes, speaks, is answered.

The days go by while the product stands: it is told to live some days ahead.
"""

from __future__ import annotations

import datetime as dt
import re

from journeys.conftest import LONDON, Site
from journeys.visitor import Visitor

A_DAY = dt.timedelta(days=1)  # whatever time of day this runs, the meeting has begun by then
NAME = "Quality and Governance Committee, north"
PAPER = "Two people fell on the stairs to the clinic in spring. We would like to close the stairs."
SECRET = "The clinic on Mill Lane would move to another house."
WORDS = "My neighbour fell there too. Nobody asked her what would have helped."
ANSWER = "We ask everybody who fell, from this month on, and tell this committee what they say."
MINUTE = "The committee heard from the partners and decided to close the stairs until the rail is there."
DECISION = "The stairs are closed until the rail is there."


def test_a_year_of_meetings_from_the_rule_to_the_approved_minutes(site: Site, visit) -> None:
    secretary = visit("Owen Hughes")
    committee = set_up(secretary)
    partner = visit("Anjali Mistry")
    take_the_seat(secretary, partner, committee)
    plan_a_year(secretary, committee)
    moved = move_what_falls_on_a_bank_holiday(secretary, committee)
    begin_later(secretary, committee, moved)
    first, second = coming_meetings(secretary, committee)[:2]
    send_papers(secretary, first)
    read_and_step_back(partner, first)
    site.go_on_to(day_of(secretary, first) + A_DAY)
    speak(secretary, partner, first)
    answer(visit("Ben Carver"), partner)
    write_minutes(secretary, first)
    chair = visit("Samuel Osei")
    agree(chair, first)
    site.go_on_to(day_of(secretary, second) + A_DAY)
    approve(secretary, first)
    what_the_partner_sees(partner, first)


def set_up(secretary: Visitor) -> str:
    """Add the committee; returns its code."""
    secretary.go("/committees/add/")
    secretary.fill("Name", NAME)
    secretary.choose("Committee", question="What is it?")
    secretary.fill("What is it for? (optional)", "It looks at what went wrong and what we learn from it.")
    secretary.choose("Yes", question="Is it about patient safety?")
    secretary.pick("Chair", "Samuel Osei")
    secretary.pick("Secretary", "Owen Hughes")
    secretary.press("Add the committee")
    secretary.sees("The committee is set up.")
    return code_in(secretary.page.url, "CTE")


def take_the_seat(secretary: Visitor, partner: Visitor, committee: str) -> None:
    """Offer a seat; nothing is settled until the partner says yes."""
    secretary.go(f"/committees/{committee}/seats/1/offer/")
    secretary.pick("Which partner?", "Anjali Mistry")
    secretary.press("Offer the seat")
    secretary.sees("Nothing is settled until the partner says yes.")
    partner.go("/home/")
    partner.press("You are offered a seat. Say yes or no; nobody asks why")
    partner.press("Answer")
    partner.choose("Yes")
    partner.press("Send my answer")
    partner.sees("Thank you. The seat is yours.")


def plan_a_year(secretary: Visitor, committee: str) -> None:
    """The first Monday of each month at ten, for a year; every day is shown before anything is saved."""
    secretary.go(f"/committees/{committee}/series/")
    secretary.choose("A day of the week in the month, such as the first Monday")
    secretary.page.get_by_label("Which one in the month?").select_option(label="first")
    secretary.page.get_by_label("Which day?").filter(visible=True).select_option(label="Monday")
    secretary.fill("When does it begin?", "10am")
    secretary.fill("When does it end?", "midday")
    secretary.fill("Where is it? (optional)", "Room 2, Station House, Lower Meadow")
    secretary.press("Show me the days")
    secretary.sees("Some days are bank holidays")
    secretary.sees("Anjali Mistry")
    secretary.press("Save and tell them")
    assert len(coming_meetings(secretary, committee)) in {12, 13}


def move_what_falls_on_a_bank_holiday(secretary: Visitor, committee: str) -> str:
    """Move one meeting to the Tuesday after; returns its code."""
    for code in coming_meetings(secretary, committee):
        secretary.go(f"/meetings/{code}/")
        if "This is a bank holiday" in secretary.read():
            break
    day = day_of(secretary, code)
    secretary.press("Move the meeting")
    secretary.fill_day(day + dt.timedelta(days=1))
    secretary.press("Continue")
    secretary.sees("Anjali Mistry")
    secretary.press("Save and tell them")
    assert day_of(secretary, code) == day + dt.timedelta(days=1)
    return code


def begin_later(secretary: Visitor, committee: str, moved: str) -> None:
    """The rule changes to half past ten; what was moved by hand stays where it is."""
    day = day_of(secretary, moved)
    secretary.go(f"/committees/{committee}/series/")
    secretary.fill("When does it begin?", "10:30am")
    secretary.fill("When does it end?", "12:30pm")
    secretary.press("Show me the days")
    secretary.sees("Was set by hand, so it stays")
    secretary.press("Save and tell them")
    assert day_of(secretary, moved) == day
    secretary.go(f"/meetings/{moved}/")
    secretary.sees("10am to midday")


def send_papers(secretary: Visitor, meeting: str) -> None:
    """An agenda with two items, a paper for each, sent to everybody who may read them."""
    secretary.go(f"/meetings/{meeting}/agenda/")
    secretary.press("Start the agenda")
    secretary.press("Start the agenda")
    for title, words in (("Falls on the stairs", PAPER), ("The house on Mill Lane", SECRET)):
        secretary.go(f"/meetings/{meeting}/items/new/")
        secretary.fill("Title", title)
        secretary.choose("To decide")
        secretary.pick("Who leads it? (optional)", "Ben Carver")
        secretary.fill("What can still change? (optional)", "Everything.")
        secretary.press("Add the item")
        secretary.press("Add a paper")
        secretary.fill("Title", f"Paper: {title}")
        secretary.fill("In short, in plain English (optional)", f"About {title.lower()}.")
        secretary.fill("What would we like to know from partners? (optional)", "What would you do first?")
        secretary.fill("How many minutes does it take to read? (optional)", "10")
        secretary.press("Save, then add the paper itself")
        secretary.press("Send it in")
        secretary.choose("I type or paste it here")
        secretary.fill("The words of the paper", words)
        secretary.press("Send it in")
        secretary.sees("The paper is here.")
    secretary.go(f"/meetings/{meeting}/papers/send/")
    secretary.press("Send the papers")
    secretary.sees("The papers are sent.")


def read_and_step_back(partner: Visitor, meeting: str) -> None:
    """Say that one comes, read one paper, step back from the other item: from then on it is nowhere."""
    partner.go(f"/meetings/{meeting}/")
    partner.sees("What would you do first?")
    partner.press("Say whether you are coming")
    partner.choose("Yes")
    partner.choose("In person")
    partner.press("Save")
    partner.go(f"/meetings/{meeting}/")
    partner.press("Paper: Falls on the stairs")
    partner.press("Open this paper")
    partner.sees(PAPER)
    partner.go(f"/meetings/{meeting}/")
    partner.press("Look through the agenda, and say if you have an interest in anything")
    partner.press("Step back from this item The house on Mill Lane", exact=False)
    partner.press("Step back from this item")
    partner.go(f"/meetings/{meeting}/")
    partner.sees("You have stepped back from this item.")
    partner.sees_no("Paper: The house on Mill Lane")
    partner.go("/papers/")
    partner.sees_no("Paper: The house on Mill Lane")


def speak(secretary: Visitor, partner: Visitor, meeting: str) -> None:
    """Who is there is written down; the partner's words are theirs."""
    secretary.go(f"/meetings/{meeting}/attendance/")
    secretary.choose("There", question="Anjali Mistry")
    secretary.press("Save")
    partner.go(f"/meetings/{meeting}/")
    partner.press("Falls on the stairs")
    partner.press("Say something about this item")
    partner.fill("What do you want to say about this?", WORDS)
    partner.choose("A challenge")
    partner.press("Keep it and look at it once more")
    partner.press("Share")
    partner.sees("The words are sealed and shared.")


def answer(lead_of_item: Visitor, partner: Visitor) -> None:
    """Whoever leads the item answers, and only the partner says whether that answers them."""
    insight = partner.code_here()
    lead_of_item.go("/home/")
    lead_of_item.page.get_by_role("listitem").filter(has_text=WORDS[:20]).get_by_role("link").first.click()
    lead_of_item.go(f"/insights/{insight}/respond/")
    lead_of_item.choose("We will")
    lead_of_item.fill("Your answer, in plain words", ANSWER)
    lead_of_item.press("Send the answer")
    partner.go(f"/insights/{insight}/")
    partner.sees(ANSWER)
    partner.press("Say if this answers you")
    partner.choose("This answers me")
    partner.press("Send")


def write_minutes(secretary: Visitor, meeting: str) -> None:
    """Item by item, saved as typed; then they go to the chair."""
    secretary.go(f"/meetings/{meeting}/table/")
    secretary.press("Write the minutes 1. Falls on the stairs")
    secretary.fill("What do the minutes say about this item?", MINUTE)
    secretary.press("Save")
    secretary.sees(MINUTE)
    secretary.press("Write down a decision")
    secretary.fill("What was decided?", DECISION)
    secretary.press("Save")
    secretary.go(f"/meetings/{meeting}/table/")
    secretary.press("Write the minutes 2. The house on Mill Lane")
    secretary.fill("What do the minutes say about this item?", SECRET)
    secretary.press("Save")
    secretary.go(f"/meetings/{meeting}/table/")
    secretary.press("Give the minutes to the chair")
    secretary.press("Give them to the chair")
    secretary.sees("The chair has the minutes now.")


def agree(chair: Visitor, meeting: str) -> None:
    chair.go(f"/meetings/{meeting}/")
    chair.press("Read the minutes")
    chair.sees(MINUTE)
    chair.sees(SECRET)
    chair.press("Agree these minutes")
    chair.press("Yes, they tell what happened")
    chair.sees("The minutes are agreed.")


def approve(secretary: Visitor, meeting: str) -> None:
    secretary.go(f"/meetings/{meeting}/")
    secretary.press("Read the minutes")
    secretary.press("A later meeting approved them")
    secretary.press("Write down that they are approved")
    secretary.sees("The minutes are approved and sealed.")


def what_the_partner_sees(partner: Visitor, meeting: str) -> None:
    """The minutes with what was decided, and nothing of the item from which they stepped back but that they left."""
    partner.go(f"/meetings/{meeting}/")
    partner.press("Read the minutes")
    partner.sees(DECISION)
    partner.sees_no(SECRET)


def coming_meetings(secretary: Visitor, committee: str) -> list[str]:
    """The codes of a committee's meetings to come, the next one first."""
    secretary.go("/meetings/?q=north")
    links = secretary.page.locator('main a[href^="/meetings/MTG-"]').all()
    return list(dict.fromkeys(code_in(link.get_attribute("href") or "", "MTG") for link in links))


def day_of(secretary: Visitor, meeting: str) -> dt.date:
    secretary.go(f"/meetings/{meeting}/")
    moment = secretary.page.locator("main time").first.get_attribute("datetime") or ""
    return dt.datetime.fromisoformat(moment).astimezone(LONDON).date() if "T" in moment else dt.date.fromisoformat(moment)


def code_in(address: str, prefix: str) -> str:
    found = re.search(rf"{prefix}-\w+", address)
    assert found, address
    return found.group()
