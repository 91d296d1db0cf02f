"""A group says something together; it goes to a partner with consent, is answered and changes something, and the group hears of it."""

from __future__ import annotations

from journeys import taking_part as steps
from journeys.visitor import Visitor

GROUP = "Mill Lane patient group"
VIEW = "Nobody at the desk knows which tablets changed when somebody comes home from hospital."
MINORITY = "Two of us think the pharmacy should ring, not the desk."
WORDS = "My father took both lists. He was back in the ward on the Friday."
CHANGED = "The pharmacist rings everybody who comes home"
PASSED_ON = "Several of us came home with two lists of tablets. We think it is not safe."


def test_a_groups_view_goes_to_a_partner_and_word_comes_back(visit) -> None:
    lead, chair, partner, owner = visit("Grace Adeyemi"), visit("Joan Whitfield"), visit("Anjali Mistry"), visit("Ben Carver")
    group = register(lead)
    view = speak_together(chair, group)
    referral = pass_on(chair, group)
    send_on(lead, referral)
    take_up(partner, referral)
    insight = find_someone_to_answer(lead, view)
    answer(owner, insight)
    record_the_change(owner, insight)
    tell_what_came_of_it(lead, referral)
    word_comes_back(chair, view, referral)
    nothing_else_is_theirs(chair)


def register(lead: Visitor) -> str:
    """The practice's group, with its chair and how often we come together as agreed with it."""
    lead.go("/groups/add/")
    lead.fill("Name of the practice", "Mill Lane Surgery")
    lead.fill("Practice code (optional)", "B82077")
    lead.fill("Name of the group", GROUP)
    lead.pick("Who chairs it? (optional)", "Joan Whitfield")
    lead.pick("Who looks after it on our side? (optional)", "Ben Carver")
    lead.fill("How many people come to meetings? (optional)", "9")
    lead.fill("How often do we come together? (optional)", "3")
    lead.fill_day(steps.in_days(-30), question="When did the group agree to that? (optional)")
    lead.press("Add the group")
    lead.sees(GROUP)
    return lead.code_here()


def speak_together(chair: Visitor, group: str) -> str:
    """What the group says, and beside it what two of them see differently; both are sealed."""
    chair.go(f"/groups/{group}/views/new/")
    chair.fill("What does the group say together?", VIEW)
    chair.fill("Does somebody see it differently? (optional)", MINORITY)
    chair.choose("A concern")
    chair.choose("At a meeting")
    chair.fill("How many people had a part in it?", "9")
    chair.choose("By the name of the group")
    chair.press("Keep it and look at it once more")
    chair.press("Share")
    return chair.code_here()


def pass_on(chair: Visitor, group: str) -> str:
    """The group agrees that the partners read it, in these words and no others."""
    chair.go(f"/groups/{group}/pass-on/")
    chair.fill("What should the Patient Safety Partner read?", PASSED_ON)
    chair.choose("Yes, the other side may read these words")
    chair.press("Pass it on")
    return chair.code_here()


def send_on(lead: Visitor, referral: str) -> None:
    """The lead asks one partner."""
    lead.go(f"/referrals/{referral}/")
    lead.press("Send it on")
    lead.pick("Which partner do you ask?", "Anjali Mistry")
    lead.press("Send it on")
    lead.sees("Anjali Mistry")


def take_up(partner: Visitor, referral: str) -> None:
    """The partner takes it up by saying what they think; they read what the group agreed to, and no more."""
    partner.go("/home/")
    partner.press("Somebody passed this on to you", exact=False)
    partner.sees(PASSED_ON)
    partner.sees_no(VIEW)
    partner.press("Say what you think about it")
    partner.fill("What do you think about it?", WORDS)
    partner.choose("A concern")
    partner.press("Keep it and look at it once more")
    partner.press("Share")
    partner.go(f"/referrals/{referral}/")
    partner.press("Read the words, the answer and what came of them")
    partner.sees(WORDS)


def find_someone_to_answer(lead: Visitor, view: str) -> str:
    """What the group said goes the way of every insight, in the group's voice."""
    lead.go(f"/group-views/{view}/")
    lead.press("See the answer and what came of it")
    lead.sees(GROUP)
    insight = lead.code_here()
    lead.press("Say that we have it")
    lead.page.get_by_role("button", name="Say that we have it").click()
    lead.look()
    lead.press("Ask someone to answer it")
    lead.pick("Who should answer?", "Ben Carver")
    lead.press("Ask this person")
    return insight


def answer(owner: Visitor, insight: str) -> None:
    owner.go(f"/insights/{insight}/respond/")
    owner.choose("We will")
    owner.fill("Your answer, in plain words", "From Monday the pharmacist rings everybody within two days of coming home.")
    owner.press("Send the answer")


def record_the_change(owner: Visitor, insight: str) -> None:
    owner.go(f"/insights/{insight}/changes/new/")
    owner.fill("What is the change, in a few words?", CHANGED)
    owner.fill("What is different, or will be?", "Within two days, and with the new list in front of them.")
    owner.choose("Made")
    owner.fill_day(steps.in_days(0))
    owner.press("Write it down")


def tell_what_came_of_it(lead: Visitor, referral: str) -> None:
    lead.go(f"/referrals/{referral}/tell/")
    lead.fill("What came of it?", "A partner looked at it, and said the same. The pharmacist now rings everybody who comes home.")
    lead.press("Tell them")


def word_comes_back(chair: Visitor, view: str, referral: str) -> None:
    """The group reads the answer and what came of it, never the partner's words, and says whether it answers them."""
    chair.go(f"/referrals/{referral}/")
    chair.sees("The pharmacist now rings everybody who comes home.")
    chair.sees_no(WORDS)
    chair.go(f"/group-views/{view}/")
    chair.press("See the answer and what came of it")
    chair.sees(CHANGED)
    chair.press("Say if this answers you")
    chair.choose("This answers me")
    chair.press("Send")
    chair.sees("Settled")


def nothing_else_is_theirs(chair: Visitor) -> None:
    """A chair finds their group, what is public, and nothing about a partner."""
    for path in ("/my-group/", "/insights/", "/home/"):
        chair.go(path)
        chair.sees_no("Anjali Mistry")
    for path in ("/partners/", "/activities/", "/committees/", "/documents/"):
        assert chair.page.request.get(path).status == 403, path
