"""Somebody who does not use the website becomes a partner: all they say is written down for them, and read back."""

from __future__ import annotations

from playwright.sync_api import expect

from journeys import joining
from journeys.visitor import Visitor

NAME, STREET = "Walter Ostrander", "2 Quarry Row"
WHY = "I have had the district nurse for eleven years, so I know what a good morning looks like."
HIS_PART = "Ring me before you post anything thick. My letterbox is narrow."
READ_IT_BACK = "Read it back"


def test_a_partner_joins_by_phone_and_letter(visit) -> None:
    lead = visit("Grace Adeyemi")
    code = write_down_what_he_says(lead)
    post_the_letters(lead, "Your private word is")
    readers = {name: visit(name) for name in ("Anjali Mistry", "Priya Nair")}
    joining.let_people_read(lead, code, readers, why=WHY, reach=STREET)
    joining.invite(lead, code)
    post_the_letters(lead, "One of us has read what you told us.", joining.QUESTION)
    lead.go(f"/expressions/{code}/")
    joining.offer(lead)
    post_the_letters(lead, joining.OFFER)
    he_says_yes_on_the_phone(lead, code)
    record = joining.appoint(lead, code)
    post_the_letters(lead, "Welcome! All of us are glad")
    sign_on_paper(lead, record, written_together(lead, record))
    say_yes_to_what_is_read(lead, record)
    write_down_the_rest(lead, record)
    joining.tick_off(lead, record)
    joining.start(lead, record, NAME)
    post_the_letters(lead, "from today you are active as a partner")


def write_down_what_he_says(lead: Visitor) -> str:
    """He rings. What is not read back to him is not kept."""
    lead.go("/adverts/")
    lead.press(joining.ADVERT)
    lead.press("Write down an expression of interest from a call or a letter")
    lead.choose("Recorded from a phone call")
    lead.fill("Full name", NAME)
    lead.choose("By letter")
    lead.fill("Address", f"{STREET}\nLower Meadow\nXX1 4ZX")
    lead.choose("A patient, now or before")
    lead.fill("Why are they interested?", WHY)
    lead.choose("No", question="Do they work for us?")
    lead.choose("6 months")
    lead.choose("They said yes, we may keep it for this time")
    lead.press("Keep it")
    lead.sees(READ_IT_BACK)
    lead.choose("I have read it back, and they agree with it")
    lead.press("Keep it")
    lead.sees("Recorded from a phone call, read back")
    return lead.code_here()


def post_the_letters(lead: Visitor, *said: str) -> None:
    """Letters lie in the queue with his address, say what they should, and are ticked off when they are posted."""
    lead.go("/messages/by-hand/")
    rows = lead.page.get_by_role("row").filter(has_text=STREET)
    lead.press("Print the letters")
    for words in said:
        letter = lead.page.get_by_role("article", name=f"Letter to {NAME}").filter(has_text=words)
        expect(letter).to_contain_text(STREET)
    lead.go("/messages/by-hand/")
    while rows.count():
        lead.press("I have posted it", exact=False, within=rows.first)
        lead.sees(f"The letter to {NAME} is posted.")


def said_on_the_phone(lead: Visitor, press: str) -> None:
    """Say how it reached us, and that it was read back."""
    lead.choose("Said on the phone")
    lead.choose("I have read it back to them")
    lead.press(press)


def he_says_yes_on_the_phone(lead: Visitor, code: str) -> None:
    lead.go(f"/expressions/{code}/")
    lead.press("Write down that they say yes")
    lead.choose("Recorded from a phone call")
    lead.press("They say yes")
    lead.sees(READ_IT_BACK)
    lead.choose("I have read it back, and they agree with it")
    lead.press("They say yes")


def written_together(lead: Visitor, record: str) -> str:
    """His part of the agreement, in his words."""
    agreement = joining.begin_agreement(lead, record)
    lead.press("Write down what they say")
    lead.fill("In their own words", HIS_PART)
    said_on_the_phone(lead, "Save")
    lead.press("Make it ready to sign")
    lead.press("It is ready to sign")
    return agreement


def sign_on_paper(lead: Visitor, record: str, agreement: str) -> None:
    """The agreement goes out on paper, and comes back signed."""
    lead.go(f"/agreements/{agreement}/print/")
    lead.sees(HIS_PART)
    lead.go(f"/agreements/{agreement}/")
    lead.press("Record the partner’s signature")
    lead.choose("Signed on paper")
    lead.fill_day(joining.TODAY)
    lead.press("Record it")
    joining.sign_for_us(lead, agreement)


def say_yes_to_what_is_read(lead: Visitor, record: str) -> None:
    """The other agreement is read to him, and he says yes."""
    agreement = joining.begin_agreement(lead, record)
    lead.press("Record the partner’s signature")
    lead.choose("Said yes, by phone or in person")
    lead.choose("I read the whole agreement to them first")
    lead.fill_day(joining.TODAY)
    lead.press("Record it")
    joining.sign_for_us(lead, agreement)


def write_down_the_rest(lead: Visitor, record: str) -> None:
    joining.decide_the_check(lead, record)
    lead.go(f"/partners/{record}/access/")
    lead.press("They need nothing special")
    said_on_the_phone(lead, "Save")
    lead.go(f"/partners/{record}/interests/")
    lead.press("Write down their declaration")
    lead.choose("No, they have no interests to declare")
    said_on_the_phone(lead, "Declare")
