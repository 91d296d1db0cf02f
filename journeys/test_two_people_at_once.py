"""Two people answer the same insight in two browsers: nothing that either wrote is lost, and one answer goes out."""

from __future__ import annotations

from playwright.sync_api import expect

from journeys.visitor import CODE, Visitor

BEGINNING = "Could partners see the waiting times"
FIRST = "From next week the figures stand on your page every Friday."
SECOND = "We have found somebody to check the figures, from May."


def test_who_answers_second_sees_what_the_first_said_and_keeps_their_own_words(visit) -> None:
    owner, lead = visit("Ben Carver"), visit("Grace Adeyemi")
    insight = the_insight_that_both_may_answer(lead)
    for person, words in ((owner, SECOND), (lead, FIRST)):
        person.go(f"/insights/{insight}/respond/")
        person.choose("We will")
        person.fill("Your answer, in plain words", words)
    lead.press("Send the answer")
    owner.press("Send the answer")
    owner.sees("Someone has answered already")
    owner.sees(FIRST)
    expect(owner.page.locator("#typed + blockquote, #typed ~ *").filter(has_text=SECOND).first).to_be_visible()
    add_what_was_written_as_an_action(owner)
    partner = visit("Anjali Mistry")
    partner.go(f"/insights/{insight}/")
    partner.sees(FIRST)
    partner.press("Say if this answers you")
    partner.sees_no(SECOND)


def the_insight_that_both_may_answer(lead: Visitor) -> str:
    """It was taken to the lead, while it is still its owner's."""
    lead.go("/home/")
    link = lead.page.get_by_role("listitem").filter(has_text=BEGINNING).get_by_role("link").first
    found = CODE.search(link.get_attribute("href") or "")
    assert found
    return found.group()


def add_what_was_written_as_an_action(owner: Visitor) -> None:
    """The words that were not sent need not be typed again."""
    owner.press("Add it as an action")
    expect(owner.page.get_by_label("What will be done?")).to_have_value(SECOND)
