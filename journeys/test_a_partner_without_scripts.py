"""A partner with an old phone: 320 pixels wide and no JavaScript. Everything they can do still works."""

from __future__ import annotations

from journeys.test_every_page_for_each_role import walk
from journeys.visitor import Visitor

WORDS = "The lift was out of order, and nobody at the desk knew for how long."


def test_everything_a_partner_does_works_on_a_small_screen_without_scripts(visit) -> None:
    partner = visit("Anjali Mistry", width=320, scripts=False)
    insight = share_an_insight(partner)
    change_who_may_see_it(partner, insight)
    judge_an_answer(partner)
    comment_on_a_document(partner)
    withdraw_it(partner, insight)


def test_every_page_a_partner_can_come_to_opens_without_scripts(visit) -> None:
    assert len(walk(visit("Tom Fairweather", width=320, scripts=False), "/home/")) > 10


def share_an_insight(partner: Visitor) -> str:
    partner.go("/insights/new/")
    partner.press("Continue")
    assert "Error:" in partner.page.title()
    partner.fill("What do you want to tell us?", WORDS)
    partner.choose("A concern")
    partner.press("Continue")
    insight = partner.code_here()
    partner.sees(WORDS)
    partner.press("Share")
    partner.go(f"/insights/{insight}/")
    partner.sees(WORDS)
    return insight


def change_who_may_see_it(partner: Visitor, insight: str) -> None:
    partner.go(f"/insights/{insight}/")
    partner.press("Change who may see it")
    partner.choose("Only the partner lead")
    partner.page.locator("main form").get_by_role("button").first.click()
    partner.look()
    partner.go(f"/insights/{insight}/")
    partner.sees("Only the partner lead")


def judge_an_answer(partner: Visitor) -> None:
    partner.go("/insights/mine/")
    partner.press("Say if this answers you", exact=False)
    partner.choose("No, this does not answer me")
    partner.choose("Take it to the partner lead as well")
    partner.fill("Do you want to say more?", "You answered another question.")
    partner.press("Send")
    partner.sees("You answered another question.")


def comment_on_a_document(partner: Visitor) -> None:
    """A review waits at home: a comment on the whole document is kept, and sent."""
    partner.go("/home/")
    partner.press("Read this, and tell us what you think")
    partner.press("Read it section by section")
    partner.press("Comment on the whole document")
    partner.fill("What do you want to say?", "Large print, please.")
    partner.press("Keep this comment")
    partner.press("I have finished")
    partner.sees("Large print, please.")
    partner.press("I have finished: send my comments")


def withdraw_it(partner: Visitor, insight: str) -> None:
    partner.go(f"/insights/{insight}/")
    partner.press("Withdraw your words")
    partner.page.locator("main form").get_by_role("button").first.click()
    partner.look()
    partner.go(f"/insights/{insight}/")
    partner.sees_no(WORDS)
