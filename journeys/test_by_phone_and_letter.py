"""Somebody who does not use the website takes part: by phone, and by letters."""

from __future__ import annotations

from playwright.sync_api import expect

from journeys.visitor import CODE, Visitor

WORDS = "Nobody rang me back. I sat by the phone from Monday to Thursday."
ANSWER = "We will ring everybody back by the end of the next day, and say so when you call."


def test_the_loop_by_phone_and_letter(visit) -> None:
    secretary, lead, owner = visit("Owen Hughes"), visit("Grace Adeyemi"), visit("Priya Nair")
    insight = write_down_what_tom_says(secretary)
    find_someone_to_answer(lead, insight)
    answer_it(owner, insight)
    post_the_letters(lead)
    write_down_what_he_says_to_it(lead, insight)


def write_down_what_tom_says(secretary: Visitor) -> str:
    """Tom rings. His words are kept as a draft, read back to him, and only then shared."""
    secretary.go("/insights/record/")
    secretary.page.get_by_label("Who said it?").select_option(label="Tom Fairweather")
    secretary.choose("Recorded from a phone call")
    secretary.fill("What did they say?", WORDS)
    secretary.choose("A concern")
    secretary.choose("Not yet")
    secretary.press("Continue")
    insight = secretary.code_here()
    secretary.press("Share")
    secretary.sees("read")  # it is not shared before it was read back
    assert secretary.page.url.endswith("/check/")
    secretary.go(f"/insights/{insight}/edit/")
    secretary.choose("Yes, and they agree")
    secretary.press("Continue")
    secretary.sees("The words were read back to the person.")
    secretary.press("Share")
    secretary.go(f"/insights/{insight}/")
    secretary.sees(WORDS)
    secretary.sees("Written down by Owen Hughes.")
    return insight


def find_someone_to_answer(lead: Visitor, insight: str) -> None:
    lead.go(f"/insights/{insight}/")
    lead.press("Say that we have it")
    lead.page.get_by_role("button", name="Say that we have it").click()
    lead.look()
    lead.press("Ask someone to answer it")
    lead.page.get_by_label("Who should answer?").select_option(label="Priya Nair, Head of practice operations")
    lead.press("Ask this person")
    lead.sees("Priya Nair")


def answer_it(owner: Visitor, insight: str) -> None:
    owner.go("/home/")
    owner.go(f"/insights/{insight}/respond/")
    owner.choose("We will")
    owner.fill("Your answer, in plain words", ANSWER)
    owner.press("Send the answer")
    owner.sees(ANSWER)


def post_the_letters(lead: Visitor) -> None:
    """Each letter is printed with his address and our answer, and is ticked off when it is posted."""
    lead.go("/messages/by-hand/")
    lead.press("Print the letters")
    letter = lead.page.get_by_role("article", name="Letter to Tom Fairweather").filter(has_text=ANSWER)
    expect(letter).to_contain_text("4 Mill Cottages")
    expect(letter).to_contain_text("What we answered")
    lead.go("/messages/by-hand/")
    oldest = lead.page.get_by_role("row").filter(has_text="4 Mill Cottages").first
    code = CODE.search(oldest.inner_text())
    assert code
    lead.press("I have posted it", exact=False, within=oldest)
    expect(lead.page.get_by_role("row").filter(has_text=code.group())).to_have_count(0)


def write_down_what_he_says_to_it(lead: Visitor, insight: str) -> None:
    """The lead rings Tom, and reads back what he says."""
    lead.go(f"/insights/{insight}/")
    lead.press("Record what the person says about our answer")
    lead.choose("Recorded from a phone call")
    lead.choose("This answers me")
    lead.fill("What else did they say?", "Good. I will believe it when it rings.")
    lead.choose("I have read this back")
    lead.press("Send")
    lead.sees("Tom Fairweather said: This answers me")
    lead.sees("Good. I will believe it when it rings.")
    lead.sees("Written down by Grace Adeyemi.")
