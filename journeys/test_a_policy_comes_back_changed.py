"""The main job: partners' words on a policy become a change that everyone can see."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

from playwright.sync_api import expect

from journeys.conftest import Site
from journeys.policies import Policy, policy
from journeys.visitor import CODE, Visitor

CLOSES = dt.date.today() + dt.timedelta(days=21)  # noqa: DTZ011


def test_a_policy_comes_back_changed(site: Site, visit, tmp_path: Path) -> None:
    paper = policy(tmp_path)
    owner, lead, anjali, tom = visit("Priya Nair"), visit("Grace Adeyemi"), visit("Anjali Mistry"), visit("Tom Fairweather")
    document = add_the_document(owner, paper)
    ask_both_partners(owner)
    comment_on_six_paragraphs(anjali, paper)
    read_and_finish(tom, paper)
    dispose_of_every_comment(owner, document, paper)
    issue_the_next_version(owner, document, paper)
    insight = judge_what_was_done(anjali, paper)
    change = record_the_change(lead, insight)
    agree_the_words(lead, anjali, change)
    see_it_published(visit(), change)
    follow_the_trace(anjali, insight)
    assert "nothing was changed" in site.manage("verify_history")


def add_the_document(owner: Visitor, paper: Policy) -> str:
    """The owner chooses the file, and looks through what was read."""
    owner.go("/documents/new/")
    owner.choose_file(paper.old)
    owner.fill("Title (optional)", paper.title)
    owner.fill("Which version is it?", "2")
    owner.choose("Yes, people work by it")
    owner.page.get_by_label("Who looks after it?").select_option(label="Priya Nair, Head of practice operations")
    owner.choose("Yes", question="Does it affect patients and their families?")
    owner.press("Read the document")
    for beginning, _fate, _words in paper.remarks:
        owner.sees(beginning)
    owner.press("It was read well: go on")
    owner.sees(paper.title)
    return owner.code_here()


def ask_both_partners(owner: Visitor) -> None:
    owner.press("Ask partners to review it")
    owner.choose("Anjali Mistry")
    owner.choose("Tom Fairweather")
    owner.fill("What can still change?", "Everything but the legal parts.")
    owner.choose("A draft")
    for part, value in (("Day", CLOSES.day), ("Month", CLOSES.month), ("Year", CLOSES.year)):
        owner.fill(part, str(value))
    owner.fill("What would you like to know?", "Would you know what to do?\nWhat is missing?")
    owner.press("Continue")
    owner.sees("Tom Fairweather")
    owner.press("Ask them now")


def open_the_review(partner: Visitor, paper: Policy) -> None:
    partner.go("/home/")
    partner.page.get_by_role("listitem").filter(has_text=paper.title).get_by_role("link").first.click()
    partner.look()


def comment_on_six_paragraphs(partner: Visitor, paper: Policy) -> None:
    """Comment on a part by its own link, save and come back, then finish: the words are sealed and sent."""
    open_the_review(partner, paper)
    partner.press("Read it on one page")
    for beginning, _fate, words in paper.remarks:
        part = partner.page.locator("main [id^=p]").filter(has_text=beginning).last
        part.get_by_role("link", name=re.compile("Comment on this part")).click()
        partner.look()
        partner.sees(beginning)
        partner.fill("What do you want to say?", words)
        partner.press("Keep this comment")
    partner.go("/home/")
    open_the_review(partner, paper)
    partner.sees("6 comments")
    partner.press("I have finished")
    partner.sees("not watched")
    partner.press("I have finished: send my comments")


def read_and_finish(partner: Visitor, paper: Policy) -> None:
    """The other partner reads section by section, and says something about the whole."""
    open_the_review(partner, paper)
    partner.press("Read it section by section")
    partner.press("Comment on the whole document")
    partner.fill("What do you want to say?", "It is long. A page in plain words would help.")
    partner.press("Keep this comment")
    partner.press("I have finished")
    partner.press("I have finished: send my comments")


def dispose_of_every_comment(owner: Visitor, document: str, paper: Policy) -> None:
    owner.go(f"/documents/{document}/")
    owner.press("See who has finished")
    owner.press("Close the review")
    owner.press("Close the review")
    owner.go(f"/documents/{document}/")
    owner.press("Answer the comments", exact=False)
    for number in range(len(paper.remarks) + 1):
        if number == 3:
            owner.choose("Not this time")
            owner.choose("Law or safety does not allow it")
        else:
            owner.choose("Accepted")
        owner.fill("What do you tell the partner?", f"We read this together. This is what we do. ({number})")
        owner.press("Save", exact=False)


def issue_the_next_version(owner: Visitor, document: str, paper: Policy) -> None:
    owner.go(f"/documents/{document}/")
    owner.press("Add a newer version")
    owner.choose_file(paper.new)
    owner.fill("Which version is it?", "3")
    owner.press("Read", exact=False)
    owner.press("It was read well: go on")
    owner.press("Put it in force")
    owner.page.get_by_role("button", name=re.compile("in force")).first.click()
    owner.look()
    owner.sees("In force")


BECAME = {
    "unchanged": "The words before and after",
    "changed": "The words after",
    "moved": "another place",
    "split": "split",
    "merged": "joined",
    "deleted": "no longer",
}


def judge_what_was_done(partner: Visitor, paper: Policy) -> str:
    """Beside each comment stand the words before and after, or that they are gone; the partner says what answers them."""
    partner.go("/documents/")
    partner.press(paper.title)
    partner.press("See your comments and what became of them")
    partner.press("See what we did with your comments")
    for _beginning, fate, words in paper.remarks:
        outcome = partner.page.locator(".app-doc-outcome").filter(has_text=words)
        expect(outcome).to_contain_text("We read this together")
        expect(outcome.locator(".app-doc-became")).to_contain_text(re.compile(BECAME[fate], re.IGNORECASE))
    outcomes = partner.page.url
    first = say_if_it_answers(partner, paper.remarks[0][2], "This answers me")
    partner.go(outcomes)
    say_if_it_answers(partner, paper.remarks[1][2], "No, this does not answer me", "You changed other words than the ones I meant.")
    partner.sees("Sent back")
    return first


def say_if_it_answers(partner: Visitor, comment: str, verdict: str, words: str = "") -> str:
    """Judge the answer to one comment, from the page of what became of them all; returns the code of the insight."""
    outcome = partner.page.locator(".app-doc-outcome").filter(has_text=comment)
    partner.press("Say if this answers you", exact=False, within=outcome)
    partner.sees(comment)
    insight = partner.code_here()
    partner.choose(verdict)
    if words:
        partner.fill("Do you want to say more?", words)
    partner.press("Send")
    return insight


def record_the_change(lead: Visitor, insight: str) -> str:
    lead.go(f"/insights/{insight}/changes/new/")
    lead.fill("What is the change, in a few words?", "Partners are told what changed because of them")
    lead.fill("What is different, or will be?", "The policy promises partners an answer in writing within twenty working days.")
    lead.choose("Made")
    today = dt.date.today()  # noqa: DTZ011
    for part, value in (("Day", today.day), ("Month", today.month), ("Year", today.year)):
        lead.fill(part, str(value))
    lead.press("Write it down")
    found = CODE.search(lead.page.url)
    assert found
    return found.group()


def agree_the_words(lead: Visitor, partner: Visitor, change: str) -> None:
    lead.go(f"/changes/{change}/wording/")
    lead.fill("Title of the public page", "Partners are told what changed")
    lead.fill("What we were told", "A partner asked who would tell them what became of their words.")
    lead.fill("What is different", "The policy promises an answer in writing within twenty working days.")
    lead.press("Ask everyone to agree")
    partner.go("/home/")
    partner.page.get_by_role("listitem").filter(has_text="Partners are told what changed").get_by_role("link").first.click()
    partner.look()
    partner.choose("Yes, publish them")
    partner.press("Send my answer")
    lead.go(f"/changes/{change}/")
    lead.press("Publish the agreed words")
    lead.press("Publish")


def see_it_published(anybody: Visitor, change: str) -> None:
    """Somebody who has never signed in finds it, with its steps."""
    anybody.go("/at/meadowbank/what-changed/")
    anybody.press("Partners are told what changed")
    assert change in anybody.page.url
    anybody.sees("A partner asked who would tell them")
    anybody.sees("Made")


def follow_the_trace(partner: Visitor, insight: str) -> None:
    """One page, from the exact words to the verdict and the published page."""
    partner.go(f"/insights/{insight}/")
    partner.press("trace", exact=False)
    for words in (
        "First, as a patient I would ask: who tells us?",
        "We read this together",
        "This answers me",
        "Partners are told what changed",
    ):
        partner.sees(words)
    expect(partner.page.get_by_role("heading", level=1)).to_be_visible()
