"""Not now, the reserve list, another way to take part: each is told to the person in words for them, and they can see it."""

from __future__ import annotations

import datetime as dt

from journeys import joining
from journeys.conftest import Site
from journeys.mail import newest_email
from journeys.visitor import Visitor

NAME = "Dilys Prothero"
# What a reader wrote of her; it is for those who decide, and the person may ask for it.
READERS_WORDS = "Thirty years in a school kitchen"
NOT_NOW = (
    "We enjoyed how you spoke of the booking line, and wrote it down for those who run it. "
    "Just now we look for somebody who can come in the evenings. Please look here again in spring."
)
GROUP = "The patient participation group of Harbour Lane Surgery"
DAYS = 30


def test_not_now_is_said_in_words_for_the_person(site: Site, visit) -> None:
    lead, stranger = visit("Grace Adeyemi"), visit(width=320)
    code = joining.open_from_board(lead, NAME)
    say_not_now(lead)
    joining.give_new_word(site, lead, stranger, code)
    stranger.sees("We are not going on together now.")
    stranger.sees(NOT_NOW)
    stranger.sees_no(READERS_WORDS)
    stranger.sees_no("You hear from us by")
    stranger.go("/demonstration/mail/")
    stranger.sees(NOT_NOW)
    delete_what_she_told(stranger, code)
    lead.go(f"/expressions/{code}/")
    lead.sees("What they told us was deleted")
    lead.sees_no("I was a school cook")


def say_not_now(lead: Visitor) -> None:
    """A letter that could go to anybody is not sent; what was typed stays."""
    lead.press("Tell them that it is not now")
    lead.fill("What would you like to say to them?", "Sorry, not this time.")
    lead.press("Send it to them")
    lead.sees("There is a problem")
    lead.sees("Sorry, not this time.")
    lead.fill("What would you like to say to them?", NOT_NOW)
    lead.press("Send it to them")
    lead.sees("Not now")
    lead.sees("Your words are on their way to them.")


def delete_what_she_told(stranger: Visitor, code: str) -> None:
    """It is hers: one question, and it is gone."""
    stranger.go(f"/interest/{code}/")
    stranger.press("Delete what I told you")
    stranger.press("Yes, delete it")
    stranger.sees("We have deleted what you told us.")


def test_the_reserve_list_ends_and_a_patient_group_follows(site: Site, visit) -> None:
    lead, stranger = visit("Grace Adeyemi"), visit(width=320)
    code = joining.open_from_board(lead, NAME)
    until = joining.TODAY + dt.timedelta(days=DAYS)
    with_consent(lead, "Put them on the reserve list", "Put them on the list", day=until)
    joining.give_new_word(site, lead, stranger, code)
    stranger.sees("You are on our reserve list, as you agreed.")
    stranger.sees(f"You hear from us by {until:%A} {until.day} {until:%B %Y}.")
    assert "told of 1" in joining.let_nights_pass(site, DAYS + 1)
    assert "Somebody agreed to wait on the reserve list" in newest_email(lead)
    lead.go(f"/expressions/{code}/")
    with_consent(lead, "Pass them on to another way to take part", "Write it down, and tell them", to_whom=GROUP)
    stranger.go(f"/interest/{code}/")
    stranger.sees("We have passed your details on, as you agreed.")
    stranger.sees(GROUP)
    site.deliver()
    assert GROUP in newest_email(stranger)


def with_consent(lead: Visitor, link: str, button: str, *, day: dt.date | None = None, to_whom: str = "") -> None:
    """Nothing of it is done before the person was asked; what was filled in stays."""
    lead.press(link)
    if day:
        lead.fill_day(day)
    if to_whom:
        lead.fill("To whom?", to_whom)
    lead.press(button)
    lead.sees("Ask the person first")
    lead.choose("I have asked them, and they agree")
    lead.press(button)
    lead.sees_no("There is a problem")
    lead.sees("will be told.")
