"""What became of everybody who was interested: read by two, met, offered a place, or told in words of their own. All are invented."""

from __future__ import annotations

import datetime as dt

from safety_partners.config.demonstration.people import Cast
from safety_partners.config.demonstration.telling import as_, days_ago
from safety_partners.core import clock
from safety_partners.core.working_days import today
from safety_partners.joining import commands
from safety_partners.joining.commands.sifting import Finding
from safety_partners.joining.models import Expression, Sift, SiftPoint, Talk
from safety_partners.people.models import Membership

View, Found = Sift.View, SiftPoint.Found
QUESTIONS = (
    "What made you write to us?\n\n"
    "Tell us of a time when you said something that others did not want to hear. How did it go?\n\n"
    "What would we have to do so that you can take part well?\n\n"
    "What would you like to ask us?"
)


def tell(cast: Cast, found: dict[str, Expression]) -> None:
    """Rowan is nearly there, Dilys has met us, Kwabena is invited, Zofia is being read, Bert has had his letter, Amina has just written."""
    _rowan(cast, found["Rowan"])
    _dilys(cast, found["Dilys"])
    _kwabena(cast, found["Kwabena"])
    _zofia(cast, found["Zofia"])
    with days_ago(3):
        commands.acknowledge_expression(
            as_(cast.grace), found["Albert"], words="I have read your letter twice, once to a colleague. We will see to the lift."
        )


def _rowan(cast: Cast, rowan: Expression) -> None:
    grace = as_(cast.grace)
    with days_ago(14):
        commands.acknowledge_expression(grace, rowan, words="It was good to talk with you on the phone.")
        commands.begin_sift(grace, rowan, readers=[cast.anjali, cast.ben])
    with days_ago(12):
        _view(cast.anjali, rowan, View.MEET, "Knows what happens between the visits. I would want Rowan beside me in a meeting.")
    with days_ago(11):
        support = "Keep mornings free, and send papers in large print."
        _view(cast.ben, rowan, View.MEET_WITH_SUPPORT, "Clear, fair, and practical.", found=Found.WITH_SUPPORT, support=support)
    with days_ago(10):
        _invite(cast, rowan, days=3, how=Talk.How.PERSON, place="Elm House, the small meeting room on the ground floor")
    with days_ago(7):
        note = "Would like to begin with the nursing team. Needs papers in large print, and afternoons."
        commands.hold_talk(grace, rowan.talks.get(), held_on=today(), note=note)
    with days_ago(6):
        commands.offer_place(
            grace, rowan, words="All three of us said the same thing when you had left: we would learn from you from the first day."
        )
    with days_ago(4):
        commands.take_yes(grace, rowan, capture=Expression.Capture.PHONE, is_read_back=True)


def _dilys(cast: Cast, dilys: Expression) -> None:
    grace = as_(cast.grace)
    with days_ago(10):
        commands.acknowledge_expression(grace, dilys)
        commands.begin_sift(grace, dilys, readers=[cast.anjali, cast.priya])
    with days_ago(8):
        _view(cast.priya, dilys, View.MEET, "Thirty years in a school kitchen: she knows how rules work out in real life.")
        support = "Somebody goes through the papers with her the first few times."
        _view(cast.anjali, dilys, View.MEET_WITH_SUPPORT, "Yes, please.", found=Found.WITH_SUPPORT, support=support)
    with days_ago(7):
        _invite(cast, dilys, days=4, how=Talk.How.PERSON, place="The library in Lower Meadow")
    with days_ago(2):
        commands.hold_talk(grace, dilys.talks.get(), held_on=today(), note="Asked good questions about the booking line.")


def _kwabena(cast: Cast, kwabena: Expression) -> None:
    with days_ago(8):
        commands.acknowledge_expression(as_(cast.grace), kwabena)
        commands.begin_sift(as_(cast.grace), kwabena, readers=[cast.anjali, cast.ben])
    with days_ago(5):
        _view(cast.anjali, kwabena, View.MEET, "Wants to put things right, and says how.")
        _view(cast.ben, kwabena, View.MEET, "He works in another county, so there is no conflict.")
    with days_ago(1):
        _invite(cast, kwabena, days=8, how=Talk.How.VIDEO, place="By video, at lunchtime; we send the link the day before")


def _zofia(cast: Cast, zofia: Expression) -> None:
    grace = as_(cast.grace)
    with days_ago(5):
        tomorrow = clock.now() + dt.timedelta(days=1)
        commands.offer_chat(grace, zofia, how=Talk.How.PHONE, planned_at=tomorrow, place="We ring you", people="Grace Adeyemi")
    with days_ago(4):
        commands.hold_talk(
            grace, zofia.talks.get(), held_on=today(), note="A phone call is easier than a letter. Speaks for a whole village."
        )
    with days_ago(3):
        commands.begin_sift(grace, zofia, readers=[cast.anjali, cast.priya])
    with days_ago(1):
        _view(cast.priya, zofia, View.MEET, "People trust her already.")


def _view(reader: Membership, expression: Expression, view: str, words: str, *, found: str = Found.YES, support: str = "") -> None:
    """One reader's view; the last thing that is looked for is where support is needed, if it is."""
    criteria = list(expression.advert.criteria.order_by("position"))
    findings = [Finding(one, Found.YES) for one in criteria[:-1]] + [Finding(criteria[-1], found, support)]
    commands.give_view(as_(reader), expression.sifts.get(by=reader), view=view, words=words, findings=findings)


def _invite(cast: Cast, expression: Expression, *, days: int, how: str, place: str) -> None:
    commands.invite_to_meet(
        as_(cast.grace),
        expression,
        how=how,
        planned_at=clock.now() + dt.timedelta(days=days),
        place=place,
        people="Grace Adeyemi, who looks after partners, and Anjali Mistry, who is one",
        questions=QUESTIONS,
    )
