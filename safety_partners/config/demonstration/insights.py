"""A year of insights at every stage of the loop, each told by the people it happened to."""

from __future__ import annotations

from typing import Any

from safety_partners.config.demonstration.people import Cast
from safety_partners.config.demonstration.telling import as_, days_ago, working_day_ago
from safety_partners.core.working_days import add_working_days, today
from safety_partners.insights import commands
from safety_partners.insights.models import Change, Insight, Response, Verdict
from safety_partners.people.models import Membership, Service

Kind, Naming, Outcome, Reason = Insight.Kind, Insight.Naming, Response.Outcome, Response.Reason


def share(cast: Cast, partner: Membership, day: int, words: str, kind: str, service: str = "", **about: Any) -> Insight:
    """A partner writes and shares."""
    with days_ago(day):
        draft = commands.begin_draft(as_(partner), words=words, kind=kind, service=_service(cast, service), **about)
        return commands.share_insight(as_(partner), draft)


def hear(cast: Cast, partner: Membership, day: int, words: str, kind: str, capture: str, service: str = "", **about: Any) -> Insight:
    """The committee secretary writes down what a partner says, and reads it back."""
    with days_ago(day):
        draft = commands.record_words(
            as_(cast.owen),
            speaker=partner,
            capture=capture,
            is_read_back=True,
            words=words,
            kind=kind,
            service=_service(cast, service),
            **about,
        )
        return commands.share_insight(as_(cast.owen), draft)


def _service(cast: Cast, name: str) -> Service | None:
    return cast.services[name] if name else None


def own(cast: Cast, insight: Insight, owner: Membership, day: int) -> Insight:
    """The lead acknowledges, and a working day later finds an owner."""
    with days_ago(day):
        commands.acknowledge(as_(cast.grace), insight)
    with days_ago(max(day - 1, 0), 14):
        return commands.hand_to(as_(cast.grace), insight, owner=owner)


def answer(insight: Insight, owner: Membership, day: int, outcome: str, text: str, reason: str = "", **action: Any) -> Response:
    with days_ago(day, 11):
        insight.refresh_from_db()
        return commands.respond(as_(owner), insight, outcome=outcome, text=text, reason=reason, **action)


def judge(cast: Cast, insight: Insight, day: int, answer: str, words: str = "", *, goes_to_lead: bool = False) -> Verdict:
    """The person says whether the answer answers them; Tom says it on the phone, and Grace reads it back."""
    with days_ago(day, 16):
        insight.refresh_from_db()
        if insight.speaker == cast.tom:
            return commands.record_verdict(
                as_(cast.grace), insight, answer=answer, words=words, capture=Verdict.Capture.PHONE, is_read_back=True
            )
        return commands.give_verdict(as_(insight.speaker), insight, answer=answer, words=words, goes_to_lead=goes_to_lead)


def committee(day: int) -> str:
    """What was said at the monthly committee names the meeting it was said at."""
    return f"Quality and Governance Committee, {working_day_ago(day):%-d %B %Y}"


def tell(cast: Cast) -> None:
    """The whole year, the oldest story first."""
    _whom_to_ring(cast)
    _large_print(cast)
    _the_bench(cast)
    _kind_receptionist(cast)
    _weekend_results(cast)
    _the_form(cast)
    _in_hand(cast)
    _new_this_week(cast)


def _whom_to_ring(cast: Cast) -> None:
    """The full loop, with a promise that was not kept for a while and then was."""
    insight = share(
        cast,
        cast.anjali,
        230,
        "My mother was sent home from the treatment centre at seven in the evening. The sheet said “contact your GP if "
        "it gets worse”. It got worse at nine.\n\nNobody had told us whom to ring at night. Who is it?",
        Kind.CHALLENGE,
        "Urgent treatment centre",
        about_label=committee(230),
        source=Insight.Source.OWN,
        naming=Naming.NAME,
        visibility=Insight.Visibility.PROGRAMME,
    )
    own(cast, insight, cast.ben, 229)
    with days_ago(217):
        by = add_working_days(today(), 30)
    answer(
        insight,
        cast.ben,
        217,
        Outcome.WILL,
        "You are right: the sheet only helps people in the daytime. We will put one number for evenings and nights at the "
        "top of every sheet, and we will say it out loud before anybody goes home.",
        action="Print the night number at the top of every going-home sheet",
        action_owner=cast.ben,
        action_due_on=by,
    )
    judge(cast, insight, 214, Verdict.Answer.YES, "Yes. Please also put it in big letters.")
    with days_ago(190):
        action = insight.actions.get()
        commands.complete_action(as_(cast.ben), action, evidence="All five going-home sheets reprinted; old stock thrown away.")
    with days_ago(188) as day:
        insight.refresh_from_db()
        change = commands.record_change(
            as_(cast.grace),
            insight,
            title="A night number on every going-home sheet",
            text="Every sheet that people take home now says whom to ring at night, at the top and in large letters.",
            status=Change.Status.MADE,
            on=day,
        )
    with days_ago(186):
        wording = commands.propose_wording(
            as_(cast.grace),
            change,
            title="A night number on every going-home sheet",
            told_us="A family went home in the evening and did not know whom to ring when things got worse at night.",
            changed="Every sheet now says whom to ring at night, at the top and in large letters. Staff say it out loud too.",
        )
    with days_ago(184):
        commands.agree_wording(as_(cast.anjali), wording)
    with days_ago(183):
        wording.refresh_from_db()
        commands.publish(as_(cast.grace), wording)
    with days_ago(96) as day:
        change.refresh_from_db()
        commands.move_change(
            as_(cast.grace),
            change,
            status=Change.Status.NOT_KEPT,
            on=day,
            reason="A new printer brought back old sheets at two sites. We found out from a patient. We are sorry.",
        )
    with days_ago(80) as day:
        change.refresh_from_db()
        commands.move_change(
            as_(cast.grace),
            change,
            status=Change.Status.MADE,
            on=day,
            reason="The old sheets are deleted from every computer. We check all sites on the first Monday of each month.",
        )


def _large_print(cast: Cast) -> None:
    """We already do, told to somebody who could not know it."""
    insight = hear(
        cast,
        cast.tom,
        180,
        "I can't read the appointment letters. The print is too small and my daughter has to do it for me.",
        Kind.CONCERN,
        Insight.Capture.PHONE,
        "Booking and reception",
        source=Insight.Source.OWN,
    )
    own(cast, insight, cast.priya, 179)
    answer(
        insight,
        cast.priya,
        170,
        Outcome.ALREADY,
        "We already send letters in large print to anyone who asks, but we never told you. Yours will be large from today, "
        "and the letter now says how to ask.",
    )
    judge(cast, insight, 165, Verdict.Answer.YES, "That's fine now. The last one I could read myself.")


def _the_bench(cast: Cast) -> None:
    """We could not, because of law or safety; and a second refusal for want of means."""
    bench = hear(
        cast,
        cast.tom,
        150,
        "There should be a bench between the bus stop and the door. It is a long way for some of us.",
        Kind.SUGGESTION,
        Insight.Capture.MEETING,
        "Vaccination clinic",
        about_label=committee(150),
        visibility=Insight.Visibility.PROGRAMME,
    )
    own(cast, bench, cast.priya, 149)
    answer(
        bench,
        cast.priya,
        141,
        Outcome.COULD_NOT,
        "The path belongs to the council and is too narrow for a bench under its rules. We asked twice. We have put a chair "
        "just inside the door, and the driver will stop nearer if you ask.",
        Reason.LAW,
    )
    judge(cast, bench, 139, Verdict.Answer.PART, "The chair helps. The path is still too long.")
    text = share(
        cast,
        cast.anjali,
        120,
        "Could partners see the waiting times each week, not each quarter? By the time we see them it is too late to ask.",
        Kind.QUESTION,
        about_label=committee(120),
    )
    own(cast, text, cast.ben, 119)
    answer(
        text,
        cast.ben,
        105,
        Outcome.COULD_NOT,
        "Nobody has the hours to check the figures each week, and unchecked ones would mislead you. We can do it each month "
        "from the spring.",
        Reason.RESOURCE,
    )
    judge(cast, text, 103, Verdict.Answer.NO, "Monthly from the spring is not an answer to people waiting now.", goes_to_lead=True)


def _kind_receptionist(cast: Cast) -> None:
    """Something that went well is an insight too."""
    insight = share(
        cast,
        cast.anjali,
        88,
        "The receptionist at Lower Meadow saw that I was shaking and brought me to a quiet room. Please tell her it mattered. 💚",
        Kind.PRAISE,
        "Booking and reception",
        naming=Naming.NAME,
        visibility=Insight.Visibility.PROGRAMME,
    )
    own(cast, insight, cast.priya, 87)
    answer(insight, cast.priya, 82, Outcome.ALREADY, "We told her today and she cried a little. The quiet room is now shown on the map.")
    judge(cast, insight, 81, Verdict.Answer.YES)


def _weekend_results(cast: Cast) -> None:
    """A change that two people asked for, planned, with public words that wait for one of them."""
    first = share(
        cast,
        cast.anjali,
        60,
        "Blood results that come on a Friday evening are read on Monday. Who looks at them in between?",
        Kind.CHALLENGE,
        "Urgent treatment centre",
        about_label=committee(60),
    )
    own(cast, first, cast.ben, 59)
    second = hear(
        cast,
        cast.tom,
        57,
        "I waited a whole weekend for a phone call about my blood test. It was bad news and it could have come on Saturday.",
        Kind.REFLECTION,
        Insight.Capture.LETTER,
        "Urgent treatment centre",
    )
    own(cast, second, cast.ben, 56)
    text = "A doctor on duty will read urgent results on Saturday and Sunday morning, and ring the person the same day."
    answer(first, cast.ben, 46, Outcome.WILL, text)
    answer(second, cast.ben, 46, Outcome.WILL, text)
    judge(cast, first, 44, Verdict.Answer.YES)
    with days_ago(20) as day:
        first.refresh_from_db()
        change = commands.record_change(
            as_(cast.grace),
            first,
            title="Urgent results read at weekends",
            text="From next month a doctor on duty reads urgent results on both weekend mornings.",
            status=Change.Status.PLANNED,
            on=day,
            others=[second],
        )
    with days_ago(6):
        wording = commands.propose_wording(
            as_(cast.grace),
            change,
            title="Urgent results read at weekends",
            told_us="Two partners told us that results from Friday evening waited until Monday.",
            changed="A doctor on duty will read urgent results on Saturday and Sunday morning, and ring the person the same day.",
        )
    with days_ago(5):
        commands.agree_wording(as_(cast.anjali), wording)


def _the_form(cast: Cast) -> None:
    """An answer that did not answer: back with its owner, in the partner's words. And one that was taken back."""
    insight = share(
        cast,
        cast.anjali,
        40,
        "The new consent form is four pages. I read policies for you and I still did not know what I was agreeing to.",
        Kind.CHALLENGE,
        "Vaccination clinic",
    )
    own(cast, insight, cast.priya, 39)
    with days_ago(34):
        insight.refresh_from_db()
        commands.hand_to(as_(cast.priya), insight, owner=cast.ben, reason="The form is a clinical one, and Ben’s team wrote it.")
    answer(insight, cast.ben, 24, Outcome.PART, "We will take out the page of definitions. The rest is needed.", Reason.LAW)
    judge(
        cast, insight, 22, Verdict.Answer.NO, "Which parts are needed, and who says so? Please show me the shortest version that is lawful."
    )
    withdrawn = hear(cast, cast.tom, 33, "What I said about the night of the fall.", Kind.REFLECTION, Insight.Capture.PHONE)
    with days_ago(30):
        commands.withdraw(as_(cast.grace), withdrawn)


def _in_hand(cast: Cast) -> None:
    """Answered and waiting for a verdict; with an owner and late; with an action that is late."""
    waiting = share(
        cast,
        cast.anjali,
        26,
        "Community nurses come “between 8 and 6”. That is a whole day at the window.",
        Kind.CONCERN,
        "Community nursing",
        about_label=committee(26),
        visibility=Insight.Visibility.PROGRAMME,
    )
    own(cast, waiting, cast.priya, 25)
    answer(
        waiting,
        cast.priya,
        4,
        Outcome.WILL,
        "From next month we will ring the evening before and say morning or afternoon.",
        action="Write the evening call into the nurses’ rota",
        action_owner=cast.priya,
        action_due_on=working_day_ago(1),
    )
    late = hear(
        cast,
        cast.tom,
        31,
        "When I asked for the complaints leaflet the person looked at me as if I was trouble.",
        Kind.CONCERN,
        Insight.Capture.PHONE,
        "Booking and reception",
    )
    own(cast, late, cast.priya, 30)


def _new_this_week(cast: Cast) -> None:
    """Words that arrived in the last days: waiting for an owner, for a first word, for another channel; and a draft."""
    owned = share(
        cast, cast.anjali, 4, "Why do partners get the papers two days before the meeting?", Kind.QUESTION, about_label=committee(4)
    )
    with days_ago(3):
        commands.acknowledge(as_(cast.grace), owned)
    passed = share(
        cast,
        cast.anjali,
        1,
        "A neighbour was given somebody else’s letter. She does not want to complain herself.",
        Kind.CONCERN,
        source=Insight.Source.HEARD,
    )
    with days_ago(1, 15):
        commands.ask_to_pass_on(as_(cast.anjali), passed, channel="complaints")
    hear(
        cast,
        cast.tom,
        3,
        "They say “DNA” in the papers and I thought it was about genes. It means people who did not come.",
        Kind.REFLECTION,
        Insight.Capture.MEETING,
        about_label=committee(4),
    )
    with days_ago(0, 9):
        commands.begin_draft(as_(cast.anjali), words="I want to ask about the lift at", kind=Kind.QUESTION)
