"""Somebody is sent the way back. A program that tries links first uses nothing up, and what they say of themselves is only counted."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from journeys import joining
from journeys.conftest import Site
from journeys.mail import newest_email
from journeys.visitor import Visitor

NAME, EMAIL = "Corin Blackwood", "corin.blackwood@example.org"
WHY = "I look after my brother. I would like the next carer to be told what I had to find out."
LINK = re.compile(r"http://\S+/come-back/\S+")
ANSWERS = {"How old are you?": "25 to 44", "What is your sex?": "Male", "Do you look after somebody": "Yes"}


def test_coming_back_by_a_link_and_being_counted(site: Site, visit) -> None:
    begun = joining.begin_interest(stranger := visit(), name=NAME, email=EMAIL, why=WHY)
    link = sent_by_email(site, stranger, begun)
    something_tries_the_link_first(visit, link)
    person = visit(width=320)
    open_it(person, link)
    code, _word = joining.finish_interest(person, why=WHY)
    answer_the_equality_questions(person)
    lead = visit("Grace Adeyemi")
    see_nothing_of_one_person(lead, code)


def sent_by_email(site: Site, stranger: Visitor, begun: str) -> str:
    stranger.fill("Send me the link by email", EMAIL)
    stranger.press("Send me the link")
    stranger.sees(EMAIL)
    stranger.press("Forget it on this device")
    site.deliver()
    letter = newest_email(stranger)
    assert begun in letter
    found = LINK.search(letter)
    assert found, letter
    return found.group()


def something_tries_the_link_first(visit, link: str) -> None:
    """A mail scanner opens every link, and follows what it finds, before the person sees the email."""
    scanner = visit().page.request
    for _time in range(3):
        answer = scanner.get(link)
        assert answer.status == 200
        assert "Open it" in answer.text()
        assert WHY not in answer.text()
        assert NAME not in answer.text()


def open_it(person: Visitor, link: str) -> None:
    """The link fills the code in; the person's own press opens what was typed, where they left off."""
    person.go(link)
    expect(person.page.get_by_label("Your come-back code")).not_to_have_value("")
    person.press("Open it")
    person.sees("What would help you take part?")


def answer_the_equality_questions(person: Visitor) -> None:
    person.press("Answer the equality questions")
    for question, answer in ANSWERS.items():
        person.choose(answer, question=question)
    person.press("Send these answers")
    person.sees("Thank you. Your answers were counted.")
    expect(person.page.get_by_role("link", name="Answer the equality questions")).to_have_count(0)


def see_nothing_of_one_person(lead: Visitor, code: str) -> None:
    """Before the advert ends nothing of it is shown; afterwards one answer among few stays hidden."""
    lead.go(f"/expressions/{code}/")
    lead.sees(WHY)
    for answer in ANSWERS.values():
        expect(lead.page.get_by_text(answer, exact=True)).to_have_count(0)
    lead.go("/equality/")
    expect(lead.page.get_by_role("columnheader", name=joining.ADVERT)).to_have_count(0)
    lead.go("/adverts/")
    lead.press(joining.ADVERT)
    lead.press("All places are filled")
    lead.press("Yes, all are filled")
    lead.go("/equality/")
    expect(lead.page.get_by_role("columnheader", name=joining.ADVERT).first).to_be_visible()
    # Its column stands before the last one, which is of all adverts.
    figures = lead.page.eval_on_selector_all("main tbody tr", "rows => rows.map(row => row.cells[row.cells.length - 2].textContent)")
    assert len(figures) > 20
    assert [figure for figure in figures if "hidden" not in figure] == []
