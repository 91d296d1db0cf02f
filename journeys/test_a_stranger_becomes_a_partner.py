"""Somebody reads an advert, says that they are interested, is read by two and met, says yes, and starts as a partner."""

from __future__ import annotations

from playwright.sync_api import expect

from journeys import joining
from journeys.conftest import Site
from journeys.mail import code_from_email
from journeys.visitor import Visitor

NAME, EMAIL = "Beatrix Holloway", "beatrix.holloway@example.org"
WHY = "My mother has seen nine different nurses. I would like to help them to know what the one before them saw."
HELP = "Meetings after half past nine, when I am back from school."
HER_PART = "Tell me what came of it, also when nothing did."


def test_a_stranger_becomes_a_partner(site: Site, visit) -> None:
    begun = joining.begin_interest(visit(), name=NAME, email=EMAIL, why=WHY)
    code, word = go_on(visit(width=320), begun)
    lead, stranger = visit("Grace Adeyemi"), visit()
    see_how_far_things_are(stranger, code, word)
    readers = {name: visit(name) for name in ("Anjali Mistry", "Ben Carver")}
    joining.let_people_read(lead, code, readers, why=WHY, reach=EMAIL)
    joining.invite(lead, code)
    looks_again(stranger, code, "We would like to meet you.")
    joining.offer(lead)
    looks_again(stranger, code, "We have offered you a place.")
    stranger.press("Say yes to the offer")
    stranger.press("Yes, I would like to be a partner")
    stranger.sees("You have said yes")
    record = joining.appoint(lead, code)
    site.deliver()
    partner = come_in(visit())
    agree(lead, partner, record)
    do_what_is_needed(lead, partner, record)
    joining.start(lead, record, NAME)


def go_on(later: Visitor, begun: str) -> tuple[str, str]:
    """Another day, on a phone, the code opens what she began. What she sends has a receipt: a code and a private word."""
    later.go("/come-back/")
    later.fill("Your come-back code", begun.lower())
    later.press("Open it")
    return joining.finish_interest(later, why=WHY, would_help=HELP)


def see_how_far_things_are(stranger: Visitor, code: str, word: str) -> None:
    """A wrong word shows nothing; the right one does."""
    joining.look_how_far(stranger, code, "maple-otter-linen")
    stranger.sees_no("We have what you told us.")
    joining.look_how_far(stranger, code, word)
    stranger.sees("We have what you told us.")


def looks_again(stranger: Visitor, code: str, words: str) -> None:
    stranger.go(f"/interest/{code}/")
    stranger.sees(words)


def come_in(partner: Visitor) -> Visitor:
    """She has read what we sent. From now on she has a place of her own, and comes in by the address that she gave."""
    partner.go("/demonstration/mail/")
    for words in (joining.QUESTION, joining.OFFER, "Welcome to Meadowbank"):
        partner.sees(words)
    partner.go("/sign-in/")
    partner.fill("Your email address or sign-in name", EMAIL)
    partner.press("Send me a code")
    code = code_from_email(partner)
    partner.go("/sign-in/code/")
    partner.fill("The code", code)
    partner.press("Sign in")
    expect(partner.page.get_by_role("heading", level=1)).to_have_text(f"Hello, {NAME}")
    return partner


def agree(lead: Visitor, partner: Visitor, record: str) -> None:
    """How we work together is written by both; what stays private is the same for everybody. Both sides sign both."""
    together = joining.begin_agreement(lead, record)
    partner.go(f"/agreements/{together}/")
    partner.press("Write your part")
    partner.fill("In your own words", HER_PART)
    partner.press("Save")
    partner.press("Make it ready to sign")
    partner.press("It is ready to sign")
    for agreement in (together, joining.begin_agreement(lead, record)):
        partner.go(f"/agreements/{agreement}/")
        partner.press("Sign")
        partner.fill("Type your full name to sign", NAME)
        partner.press("Sign")
        joining.sign_for_us(lead, agreement)
    lead.go(f"/agreements/{together}/")
    lead.sees(HER_PART)


def do_what_is_needed(lead: Visitor, partner: Visitor, record: str) -> None:
    joining.decide_the_check(lead, record)
    lead.go(f"/partners/{record}/access/")
    lead.sees(HELP)
    lead.press("Say whether it is met", exact=False)
    lead.choose("Met")
    lead.press("Save")
    partner.go("/my-place/")
    partner.press("What is needed", exact=True)
    partner.press("My interests")
    partner.press("Declare my interests")
    partner.choose("No, I have no interests to declare")
    partner.press("Declare")
    joining.tick_off(lead, record)
