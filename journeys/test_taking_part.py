"""A project, a training, an interview panel and a policy review: from the request of staff to what changed, seen by a partner."""

from __future__ import annotations

from journeys import taking_part as steps
from journeys.conftest import Site
from journeys.visitor import Visitor

QUESTION = "When did you last change something because a patient told you to?"
ASKED_OF_ALL = "Everybody was asked the partner's question, and we ask it on every panel from now on."
TAUGHT = "Every course now ends with ten minutes in which nurses sit down and only listen."
POLICY = "Complaints and concerns policy"
REWRITTEN = "The letter that says we have a complaint now says who will ring, and when."
CHANGED = "The stairs have a second rail, and the lift says its floor aloud."


def test_a_project_from_the_request_to_what_changed(visit) -> None:
    staff, lead, partner = visit("Ben Carver"), visit("Grace Adeyemi"), visit("Anjali Mistry")
    code = steps.ask_for_partners(staff, "An improvement project", "Safer stairs", promised_by="Ben Carver")
    steps.take_on(lead, "Safer stairs")
    steps.offer_places(lead, code, "Anjali Mistry", "Tom Fairweather")
    steps.say_yes(partner, "Safer stairs")
    by_phone = say_yes_by_phone(lead, code, "Tom Fairweather")
    milestone(staff, partner, code)
    speak(partner, code)
    give_time(partner)
    steps.tell_what_changed(staff, code, CHANGED)
    nothing_closes_before_all_have_seen_it(staff, code)
    steps.see_what_changed(partner, "Safer stairs", CHANGED)
    see_it_by_phone(lead, by_phone)
    steps.close(staff, code)
    keep_the_ledger(partner)


def nothing_closes_before_all_have_seen_it(staff: Visitor, code: str) -> None:
    staff.go(f"/activities/{code}/")
    staff.sees_no("Close this")


def see_it_by_phone(lead: Visitor, offer: str) -> None:
    """The lead rings, reads out what changed, and writes down whether it answers them."""
    lead.go(f"/offers/{offer}/")
    lead.press("Write down if what changed answers them")
    lead.sees(CHANGED)
    lead.choose("In part")
    lead.choose("Said on the phone")
    lead.choose("I have read it back to them")
    lead.press("Write it down")


def keep_the_ledger(partner: Visitor) -> None:
    """What they gave and said, and what came of it, to print and keep."""
    partner.go("/taking-part/")
    partner.press("Everything you gave and said, and what came of it, to print and keep")
    partner.sees("Safer stairs")
    partner.sees("In the lift nobody hears which floor it is.")
    partner.sees(CHANGED)


def test_an_interview_panel_with_a_question_of_the_partners_own(visit) -> None:
    staff, lead, partner = visit("Ben Carver"), visit("Grace Adeyemi"), visit("Anjali Mistry")
    code = steps.ask_for_partners(staff, "A staff interview panel", "Panel for a matron", promised_by="Ben Carver")
    steps.take_on(lead, "Panel for a matron")
    not_before_it_is_settled(lead, code)
    settle(staff, code)
    steps.offer_places(lead, code, "Anjali Mistry")
    offer = steps.say_yes(partner, "Panel for a matron")
    own_question(partner, offer)
    steps.plan_a_day(staff, code)
    it_is_in_the_calendar(partner)
    how_it_felt(partner, staff, offer)
    tell_how_it_ended(staff, code)
    steps.tell_what_changed(staff, code, ASKED_OF_ALL)
    steps.see_what_changed(partner, "Panel for a matron", ASKED_OF_ALL)
    steps.close(staff, code)


def not_before_it_is_settled(lead: Visitor, code: str) -> None:
    """Nobody is asked onto a panel whose terms nobody knows."""
    lead.page.goto(f"/activities/{code}/offer/")
    lead.sees("First say on the page of the panel whether the partner scores.")


def settle(staff: Visitor, code: str) -> None:
    """The ten areas, and who scores."""
    staff.go(f"/activities/{code}/panel/")
    staff.press("Begin")
    staff.fill("Which post is it for?", "Matron, urgent care")
    staff.pick("Who chairs the panel?", "Priya Nair")
    staff.choose("The partner scores as every member of the panel does")
    staff.press("Save it")
    staff.press("Settle the ten areas")
    for box in staff.page.locator("main textarea").all():
        box.fill("We talk it through by phone the week before.")
    staff.press("Save them")


def own_question(partner: Visitor, offer: str) -> None:
    """The question is the partner's, in their words."""
    partner.go(f"/offers/{offer}/")
    partner.press("The question that is yours to ask")
    partner.fill("What will you ask?", QUESTION)
    partner.press("Save it")


def it_is_in_the_calendar(partner: Visitor) -> None:
    partner.go("/calendar/?show=list")
    partner.sees("Panel for a matron")


def how_it_felt(partner: Visitor, staff: Visitor, offer: str) -> None:
    """What is for nobody but the partner, nobody else finds."""
    partner.go(f"/offers/{offer}/")
    partner.press("How it felt")
    partner.fill("How did it feel?", "My hands shook, and then they did not.")
    partner.choose("Nobody: this is for me")
    partner.press("Keep it")
    partner.sees("My hands shook")
    staff.go(f"/offers/{offer}/")
    staff.sees_no("My hands shook")


def tell_how_it_ended(staff: Visitor, code: str) -> None:
    """In one sentence, with nothing on single people."""
    staff.go(f"/activities/{code}/panel/")
    staff.sees(QUESTION)
    staff.press("Tell the partners how it ended")
    staff.choose("Somebody was chosen for the post")
    staff.press("Tell them")


def test_a_training_in_which_a_partner_takes_part_by_letter_alone(site: Site, visit) -> None:
    staff, lead = visit("Ben Carver"), visit("Grace Adeyemi")
    code = steps.ask_for_partners(staff, "Staff training", "Listening at the door", promised_by="Ben Carver")
    steps.take_on(lead, "Listening at the door")
    training_terms(staff, code)
    steps.offer_places(lead, code, "Tom Fairweather")
    offer = post_the_offer(lead, code, "Tom Fairweather")
    steps.plan_a_day(staff, code)
    site.go_on_to(steps.in_days(26))
    hold_the_day(staff, code)
    words_from_a_letter(lead, code)
    time_from_a_letter(lead, offer)
    steps.tell_what_changed(staff, code, TAUGHT)
    seen_by_letter(lead, offer)
    steps.close(staff, code)


def training_terms(staff: Visitor, code: str) -> None:
    staff.go(f"/activities/{code}/training/")
    staff.fill("Who learns?", "Nurses in their first month")
    staff.choose("Design it and give it with us")
    staff.choose("No", question="Is a partner’s own story told there?")
    staff.press("Save it")


def post_the_offer(lead: Visitor, code: str, name: str) -> str:
    """The sheet is printed and posted; the slip that comes back is written down."""
    lead.go(f"/activities/{code}/")
    lead.press(name)
    offer = lead.code_here()
    lead.press("Print it, with an answer to tear off")
    lead.go(f"/offers/{offer}/")
    lead.press("Write down their answer")
    lead.choose("Yes, they take part")
    lead.choose("Written in a letter")
    lead.press("Write it down")
    lead.sees("Written in a letter.")
    return offer


def hold_the_day(staff: Visitor, code: str) -> None:
    staff.go(f"/activities/{code}/")
    staff.press("It took place", exact=False)
    staff.fill("How many people learned there? (optional)", "14")
    staff.fill("What did they say about it? (optional)", "Most had never heard it from a patient before.")
    staff.press("Save it")
    staff.sees("14")


def words_from_a_letter(lead: Visitor, code: str) -> None:
    """What the partner wrote goes the way of every insight, word for word."""
    lead.go(f"/activities/{code}/words/record/")
    lead.pick("Who said it?", "Tom Fairweather")
    lead.fill("What did they say?", "The young nurse at the back had never been asked to sit down.")
    lead.choose("A reflection")
    lead.choose("Copied from a letter")
    lead.press("Keep it and read it back")
    lead.press("Share")


def time_from_a_letter(lead: Visitor, offer: str) -> None:
    lead.go(f"/offers/{offer}/")
    lead.press("Write down time they gave")
    lead.fill("Hours", "3")
    lead.choose("Training")
    lead.choose("Written in a letter")
    lead.press("Write it down")


def seen_by_letter(lead: Visitor, offer: str) -> None:
    lead.go(f"/offers/{offer}/giving-back/paper/")
    lead.go(f"/offers/{offer}/")
    lead.press("Write down if what changed answers them")
    lead.choose("This answers me")
    lead.choose("Written in a letter")
    lead.press("Write it down")


def test_a_policy_review_asked_for_by_staff(visit) -> None:
    owner, lead, partner = visit("Priya Nair"), visit("Grace Adeyemi"), visit("Anjali Mistry")
    code = steps.ask_for_partners(owner, "A policy or process to review", "Complaints policy", promised_by="Priya Nair")
    steps.take_on(lead, "Complaints policy")
    steps.offer_places(lead, code, "Anjali Mistry")
    steps.say_yes(partner, "Complaints policy")
    join_the_review(owner, code)
    comment(partner, code)
    answer_the_comment(owner, code)
    steps.tell_what_changed(owner, code, REWRITTEN)
    steps.see_what_changed(partner, "Complaints policy", REWRITTEN)
    steps.close(owner, code)


def join_the_review(owner: Visitor, code: str) -> None:
    """The work itself is done where documents are reviewed."""
    owner.go(f"/activities/{code}/review/")
    owner.pick("Which review is it?", POLICY)
    owner.press("Save it")
    owner.sees(f"Document: {POLICY}")


def comment(partner: Visitor, code: str) -> None:
    partner.go(f"/activities/{code}/")
    partner.sees(f"Document: {POLICY}")
    partner.go("/home/")
    partner.page.get_by_role("listitem").filter(has_text=f"{POLICY}, version").get_by_role("link").first.click()
    partner.page.wait_for_load_state("load")
    partner.look()
    partner.press("Read it section by section")
    partner.press("Comment on the whole document")
    partner.fill("What do you want to say?", "Say who will ring, and when. Waiting for a letter is the worst part.")
    partner.press("Keep this comment")
    partner.press("I have finished")
    partner.press("I have finished: send my comments")


def answer_the_comment(owner: Visitor, code: str) -> None:
    owner.go(f"/activities/{code}/")
    owner.press("Open the review")
    owner.press("Answer the next comment")
    for _comment in range(2):
        owner.choose("Accepted")
        owner.fill("What do you tell the partner?", "We do this, and we are sorry that it was not there before.")
        owner.press("Save", exact=False)


def say_yes_by_phone(lead: Visitor, code: str, name: str) -> str:
    """The lead rings with the words to say in front of them, writes down the answer and reads it back; returns the offer's code."""
    lead.go(f"/activities/{code}/")
    lead.press(name)
    lead.press("What to say on the phone")
    lead.press("Write down their answer")
    lead.choose("Yes, they take part")
    lead.choose("Said on the phone")
    lead.choose("I have read it back to them")
    lead.press("Write it down")
    lead.sees("It was read back.")
    return lead.code_here()


def milestone(staff: Visitor, partner: Visitor, code: str) -> None:
    """A step is set and reached, with what is different because partners took part."""
    staff.go(f"/activities/{code}/")
    staff.press("Add a step")
    staff.fill("What is to be reached?", "A second rail")
    staff.fill_day(steps.in_days(20))
    staff.press("Add it")
    staff.press("It is reached", exact=False)
    staff.fill_day(steps.in_days(0))
    staff.fill("What is different because partners took part?", "The rail goes on past the last step: partners showed why.")
    staff.press("Save it, and tell them")
    partner.go(f"/activities/{code}/")
    partner.sees("The rail goes on past the last step: partners showed why.")


def speak(partner: Visitor, code: str) -> None:
    """What they say goes the way of every insight."""
    partner.go(f"/activities/{code}/")
    partner.press("Say something about it")
    partner.fill("What do you want to say about this?", "In the lift nobody hears which floor it is.")
    partner.choose("A concern")
    partner.press("Keep it and look at it once more")
    partner.press("Share")


def give_time(partner: Visitor) -> None:
    """Their time, by kind."""
    partner.go("/taking-part/")
    partner.press("Time you gave")
    partner.press("Write down time")
    partner.fill_day(steps.in_days(0))
    partner.fill("Hours", "1")
    partner.fill("Minutes", "30")
    partner.choose("Being there")
    partner.pick("What was it for?", "Safer stairs")
    partner.press("Write it down")
