"""What the lead and the readers do with somebody who is interested, however that person wrote to us."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from playwright.sync_api import expect

from journeys.visitor import Visitor

ADVERT = "Two Patient Safety Partners for community nursing"
QUESTION = "What would we have to do so that you can take part well?"
OFFER = "We would learn from you from the first day."
LOOKED_FOR = ("You want care to be safer", "You can say what you see", "You can listen to people", "You can take in papers")
ONE_BY_ONE = ("Patient safety syllabus, level 1", "Meet the people", "Where to go when", "How involvement payments")
TODAY = dt.date.today()  # noqa: DTZ011


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
