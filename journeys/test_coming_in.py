"""How people come in: by a code, where two share one address; and by an invitation."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from journeys.conftest import Site
from journeys.mail import code_from_email, newest_email
from journeys.visitor import Visitor

THEIR_ADDRESS = "the.pells@harbourlane.example"


def ask_for_a_code(person: Visitor) -> str:
    """Ask for a code at the address they share, read it in the newest email, and come to the page where it is typed."""
    person.go("/sign-in/")
    person.fill("Your email address or sign-in name", THEIR_ADDRESS)
    person.press("Send me a code")
    code = code_from_email(person)
    person.go("/sign-in/code/")
    return code


@pytest.mark.parametrize(("name", "other"), [("Mary Pell", "George Pell"), ("George Pell", "Mary Pell")])
def test_a_couple_with_one_address_each_come_in_as_themselves(visit, name: str, other: str) -> None:
    person = visit()
    code = ask_for_a_code(person)
    person.fill("The code", code)
    person.press("Sign in")
    person.sees("Nobody is signed in until you choose.")
    person.sees(other)
    person.choose(name)
    person.press("Sign in")
    expect(person.page.get_by_role("heading", level=1)).to_have_text(f"Hello, {name}")


def test_a_code_that_is_wrong_lets_nobody_in(visit) -> None:
    person = visit()
    right = ask_for_a_code(person)
    person.fill("The code", right.translate(str.maketrans("0123456789", "1234567890")))
    person.press("Sign in")
    expect(person.page).to_have_title(re.compile("^Error: "))
    person.fill("The code", right)
    person.press("Sign in")
    person.sees("Who is signing in?")


def test_an_invitation_is_accepted_once(site: Site, visit) -> None:
    lead = visit("Grace Adeyemi")
    lead.go("/invitations/new/")
    lead.fill("Their name", "Ruth Asare")
    lead.fill("Their email address", "ruth.asare@example.org")
    lead.choose("Patient Safety Partner")
    lead.press("Send the invitation")
    site.deliver()
    invited = visit()
    link = re.search(r"/join/[\w-]+/", newest_email(invited))
    assert link
    invited.go(link.group())
    invited.sees("Grace Adeyemi invites you")
    invited.fill("Your name", "Ruth")
    invited.press("Accept and go in")
    expect(invited.page.get_by_role("heading", level=1)).to_have_text("Hello, Ruth")
    lead.go("/invitations/")
    expect(lead.page.get_by_role("row").filter(has_text="ruth.asare@example.org")).to_contain_text("Accepted")
    nobody = visit()
    assert nobody.page.goto(link.group()).status == 410
    nobody.look()
    nobody.sees("This invitation cannot be used")
