"""What the lead and the readers do with somebody who is interested, however that person wrote to us."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from playwright.sync_api import expect

from journeys.conftest import Site
from journeys.mail import newest_email
from journeys.visitor import CODE, Visitor

ADVERT = "Two Patient Safety Partners for community nursing"
QUESTION = "What would we have to do so that you can take part well?"
OFFER = "We would learn from you from the first day."
LOOKED_FOR = ("You want care to be safer", "You can say what you see", "You can listen to people", "You can take in papers")
ONE_BY_ONE = ("Patient safety syllabus, level 1", "Meet the people", "Where to go when", "How involvement payments")
TODAY = dt.date.today()  # noqa: DTZ011
PRIVATE_WORD = re.compile(r"private word is ([a-z]+-[a-z]+-[a-z]+)")
# What the worker does at night, so many days from now.
NIGHT = """
import datetime as dt
from django.core.management import call_command
from safety_partners.core import clock
from safety_partners.joining import tasks
with clock.telling(clock.now() + dt.timedelta(days={days})):
    print("told of", tasks.tell_of_reserves())
    call_command("deliver")
"""


def begin_interest(stranger: Visitor, *, name: str, email: str, why: str) -> str:
    """One question a page, until why they are interested; then they leave. Returns the come-back code."""
    stranger.go("/at/meadowbank/join/")
    stranger.press(ADVERT)
    stranger.sees("What we look for")
    stranger.press("I am interested")
    stranger.press("Start")
    stranger.sees("Question 1 of 12")
    stranger.choose("I am, for myself")
    stranger.press("Continue")
    stranger.fill("Full name", name)
    stranger.press("Continue")
    stranger.choose("By email")
    stranger.fill("Email address", email)
    stranger.press("Continue")
    stranger.choose("A carer")
    stranger.press("Continue")
    stranger.sees("You do not have to tell us about anything painful.")
    stranger.fill("Why are you interested?", why)
    stranger.press("Save and come back later")
    return stranger.page.locator(".nhsuk-inset-text strong").inner_text()


def finish_interest(stranger: Visitor, *, why: str, would_help: str = "") -> tuple[str, str]:
    """The questions after why they are interested; most need no answer. What is sent has a receipt: a code and a private word."""
    stranger.fill("What would help you take part?", would_help)
    stranger.press("Continue")
    for _not_answered in ("what we should do", "when they could take part"):
        stranger.press("Continue")
    stranger.choose("No", question="Do you work for Meadowbank")
    for _not_answered in ("if they work here, which is answered", "another job", "how they heard of it"):
        stranger.press("Continue")
    stranger.choose("1 year")
    stranger.choose("Yes, you may keep what I tell you")
    stranger.press("Continue")
    stranger.sees(why)
    stranger.press("Send")
    stranger.sees("We have it. Thank you")
    code, word = stranger.page.locator(".nhsuk-panel strong").all_inner_texts()
    return code, word


def open_from_board(lead: Visitor, name: str) -> str:
    """The lead finds somebody on the board; returns the code of their expression of interest."""
    lead.go("/expressions/board/")
    lead.press(name)
    return lead.code_here()


def give_new_word(site: Site, lead: Visitor, stranger: Visitor, code: str) -> None:
    """They lost their private word and rang. The new one comes by email, and with it they see how far things are."""
    lead.go(f"/expressions/{code}/")
    lead.press("Send them a new private word")
    site.deliver()
    letter = newest_email(stranger)
    said, named = PRIVATE_WORD.search(letter), CODE.search(letter)
    assert said, letter
    assert named, letter
    assert named.group() == code
    look_how_far(stranger, code, said.group(1))


def look_how_far(stranger: Visitor, code: str, word: str) -> None:
    """No account: only the code and the private word together."""
    stranger.go("/interest/")
    stranger.fill("Your code", code)
    stranger.fill("Your private word", word)
    stranger.press("Show me")


def let_nights_pass(site: Site, days: int) -> str:
    """So many days from now the worker does what it does at night; returns what it said."""
    return site.manage("shell", "-c", NIGHT.format(days=days))


def let_people_read(lead: Visitor, code: str, readers: dict[str, Visitor], *, why: str, reach: str) -> None:
    """The lead says that we have read it; then others read the words, each alone, and do not see how to reach the person."""
    lead.go(f"/expressions/{code}/")
    lead.press("Tell them that you have read it")
    lead.press("Tell them")
    lead.press("Give it to readers")
    for name in readers:
        lead.choose(name)
    lead.press("Ask them to read it")
    for reader in readers.values():
        reader.go("/home/")
        reader.page.get_by_role("link", name="Read what somebody told us").last.click()
        reader.look()
        reader.sees(why)
        reader.sees_no(reach)
        for looked_for in LOOKED_FOR:
            reader.choose("Yes", question=looked_for)
        reader.choose("Let us meet")
        reader.press("Give my view")
        reader.sees("What the others said")


def invite(lead: Visitor, code: str) -> None:
    """Every question goes out with the invitation."""
    lead.go(f"/expressions/{code}/")
    lead.press("Invite them to meet")
    lead.fill_day(TODAY + dt.timedelta(days=7))
    lead.fill("What time?", "2:30pm")
    lead.fill("Where, or on which number?", "Elm House, on the ground floor")
    lead.fill("Whom do they meet?", "Grace Adeyemi and Anjali Mistry")
    lead.fill("Which questions will you ask?", QUESTION)
    lead.press("Invite them")
    lead.sees(QUESTION)


def offer(lead: Visitor) -> None:
    """They have met."""
    lead.press("You talked: write it down")
    lead.press("Save")
    lead.press("Offer them a place")
    lead.fill("Words of your own for them", OFFER)
    lead.press("Send the offer")


def appoint(lead: Visitor, code: str) -> str:
    """Give them a named contact and a deputy; returns the code of their record."""
    lead.go(f"/expressions/{code}/")
    lead.press("Appoint them")
    lead.page.get_by_label("Named contact").select_option(label="Priya Nair, Head of practice operations")
    lead.page.get_by_label("Deputy").select_option(label="Ben Carver, Clinical lead, urgent care")
    lead.press("Appoint them")
    lead.sees("Still missing")
    return lead.code_here()


def begin_agreement(lead: Visitor, record: str) -> str:
    """Begin the first agreement that is not begun yet; returns its code."""
    lead.go(f"/partners/{record}/agreements/")
    lead.press("Begin it", exact=False)
    return lead.code_here()


def sign_for_us(lead: Visitor, agreement: str) -> None:
    lead.go(f"/agreements/{agreement}/")
    lead.press("Sign for the organisation")
    lead.fill("Your full name", "Grace Adeyemi")
    lead.press("Sign")
    lead.sees("Signed for the organisation.")
    expect(lead.page.locator("main")).not_to_contain_text("Not signed yet")


def decide_the_check(lead: Visitor, record: str) -> None:
    lead.go(f"/partners/{record}/checks/")
    lead.press("Decide whether it is required", exact=False)
    lead.choose("Not eligible")
    lead.fill("Why?", "Reading and meetings. There is no contact with patients.")
    lead.press("Write the decision down")


def tick_off(lead: Visitor, record: str, titles: Iterable[str] = ONE_BY_ONE) -> None:
    """What was learnt and shown in the first weeks."""
    for title in titles:
        lead.go(f"/partners/{record}/")
        lead.press(title, exact=False)
        lead.press("It is done")
        lead.press("It is done")


def start(lead: Visitor, record: str, name: str) -> None:
    """Nothing is missing any more: from today they are a partner."""
    lead.go(f"/partners/{record}/")
    lead.sees("Nothing that is required is missing.")
    lead.press("Start")
    lead.press("They start today")
    lead.go("/partners/")
    expect(lead.page.get_by_role("row").filter(has_text=name)).to_contain_text("Active")
