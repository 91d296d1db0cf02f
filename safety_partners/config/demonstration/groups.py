"""Three patient groups of Meadowbank's practices: one that meets, one that works online, and one practice that has none."""

from __future__ import annotations

import datetime as dt
from typing import Any

from safety_partners.activities import commands as activities
from safety_partners.config.demonstration.activities import request
from safety_partners.config.demonstration.insights import answer, judge, own
from safety_partners.config.demonstration.people import Cast
from safety_partners.config.demonstration.telling import as_, days_ago, working_day_ago
from safety_partners.core import clock
from safety_partners.core.working_days import add_working_days, today
from safety_partners.insights import commands as loop
from safety_partners.insights.models import Change
from safety_partners.partners.models import Partner
from safety_partners.people import commands as people
from safety_partners.people.models import Membership, Role
from safety_partners.people.queries import members_with_role
from safety_partners.ppg import commands
from safety_partners.ppg.models import CollectiveView, Group
from safety_partners.ppg.queries.years import year_of

PLACE = "Village hall, Lower Meadow"
VIEW = """We think the way home from the urgent treatment centre is not safe enough after dark.

People leave without knowing which of their tablets to go on with. Eleven of us have seen this, or looked after somebody who did."""
MINORITY = "Two of us think the sheet is fine as it is, and that people should ask."
PASSED_ON = "People leave the urgent treatment centre in the evening without knowing which of their tablets to go on with."
SAID = "I have been through this with my mother. The sheet says “continue as before”, and nobody knew what before was."
OUTCOME = "Since then the sheet names each tablet: go on, stop, or new. A nurse reads it out before people leave."
COUNTS = [
    ("Age", "Under 25", 0, 1_240),
    ("Age", "25 to 44", 3, 3_110),
    ("Age", "45 to 64", 9, 3_480),
    ("Age", "65 to 84", 14, 2_260),
    ("Age", "85 and over", 1, 390),
    ("Carers", "Carers", 8, 860),
    ("Carers", "Not carers", 19, 9_620),
]


def tell(cast: Cast, partners: dict[str, Partner]) -> Group:
    """Lower Meadow's group says something, a partner takes it up, something changes, and word goes back."""
    joan = members_with_role(cast.organisation.pk, Role.GROUP_CHAIR)[0]
    with days_ago(140):
        group = commands.add_group(
            as_(cast.grace),
            practice="Lower Meadow Surgery",
            ods_code="Z99001",
            name="Lower Meadow patient group",
            kind=Group.Kind.BOTH,
            chair=joan,
            contact=cast.priya,
            members_count=14,
            online_count=60,
            interval_months=2,
            interval_agreed_on=today(),
            about="We meet every second month, and more of us write to each other in between.",
            how_to_join="Come to a meeting, or leave your name at the desk. You only have to be a patient of the surgery.",
        )
        commands.set_priorities(
            as_(joan),
            group,
            year=year_of(today()),
            words=["Getting through on the phone", "Coming home safely", "A door that opens by itself"],
        )
    meeting = _meetings(cast, joan, group)
    view = _view(joan, group, meeting)
    _refer(cast, joan, group, view, partners["Anjali"])
    _questions(cast, joan, group)
    _request_passed_on(cast, joan, group)
    _agreed(cast, joan, group, view)
    _to_the_group(cast, joan, group, partners["Tom"])
    _others(cast)
    return group


def _meetings(cast: Cast, joan: Membership, group: Group) -> Any:
    """Three that are over, and one to come."""
    held = []
    for day, came in ((120, 11), (78, 13), (36, 9)):
        with days_ago(day, 9):
            evening = dt.datetime.combine(today(), dt.time(18, 30), tzinfo=clock.LONDON)
            meeting = commands.plan_meeting(as_(joan), group, starts_at=evening, place=PLACE, topics="What we hear from other patients.")
        with days_ago(day - 1):
            minutes = "We spoke about the phones and about coming home in the evening. Priya told us what the surgery has tried."
            held.append(commands.hold_meeting(as_(joan), meeting, people_count=came, minutes=minutes))
    coming = dt.datetime.combine(add_working_days(today(), 8), dt.time(18, 30), tzinfo=clock.LONDON)
    with days_ago(20):
        commands.plan_meeting(as_(joan), group, starts_at=coming, ends_at=coming + dt.timedelta(minutes=90), place=PLACE)
    with days_ago(30):
        found = "Hardly anybody under 45 comes. Nobody under 25 does."
        commands.record_review(
            as_(cast.priya),
            group,
            year=year_of(today()) - 1,
            done_on=today(),
            counts=COUNTS,
            found=found,
            method="A sheet without names at two meetings, and one with the emails.",
            plan="We ask at the school gate and at the clinic for babies.",
        )
    return held[1]


def _view(joan: Membership, group: Group, meeting: Any) -> CollectiveView:
    """What eleven of them say together, with two who see it differently."""
    with days_ago(76):
        draft = commands.begin_view(
            as_(joan),
            group,
            words=VIEW,
            minority=MINORITY,
            kind="concern",
            naming="name",
            gathered="meeting",
            people_count=13,
            meeting=meeting,
        )
        return commands.share_view(as_(joan), draft, turn=draft.insight.turn)


def _refer(cast: Cast, joan: Membership, group: Group, view: CollectiveView, anjali: Partner) -> None:
    """Anjali takes it up; Ben answers her and the group; the sheet changes; word goes back."""
    with days_ago(74):
        referral = commands.refer_to_partners(as_(joan), group, words=PASSED_ON, view=view)
    with days_ago(73):
        commands.send_referral(as_(cast.grace), referral, partner=anjali)
    with days_ago(70):
        said = {"words": SAID, "kind": "reflection", "visibility": "answerers"}
        commands.begin_answer(as_(cast.anjali), referral, **said)
        commands.share_answer(as_(cast.anjali), referral, turn=referral.answer.turn)
    theirs, hers = view.insight, referral.answer
    for insight in (theirs, hers):
        own(cast, insight, cast.ben, 69)
        answer(insight, cast.ben, 64, "will", "You are right. We write a new sheet with the pharmacist and try it for a month.")
        judge(cast, insight, 60, "yes")
    with days_ago(45):
        change = loop.record_change(
            as_(cast.ben), hers, title="A sheet that names each tablet", text=OUTCOME, status=Change.Status.MADE, on=working_day_ago(46)
        )
        loop.join_change(as_(cast.grace), theirs, change=change)
    with days_ago(44):
        commands.tell_referral(as_(cast.grace), referral, outcome=OUTCOME, change=change)


def _questions(cast: Cast, joan: Membership, group: Group) -> None:
    """One that came full circle, and one that waits."""
    with days_ago(50):
        asked = commands.ask_question(
            as_(cast.priya),
            group,
            text="Which evenings suit people best for blood tests?",
            purpose="We can open the desk on two evenings.",
            can_change="Which evenings, and until when.",
            answer_by=add_working_days(today(), 15),
        )
    with days_ago(35):
        commands.answer_question(as_(joan), asked, answer="Tuesday and Thursday, until half past seven. Most of us work.")
    with days_ago(28):
        commands.tell_question(as_(cast.priya), asked, told="The desk is open on Tuesday and Thursday until half past seven.")
    with days_ago(5):
        commands.ask_question(
            as_(cast.priya),
            group,
            text="Does our new phone message say clearly enough what to press?",
            purpose="We record it again in spring.",
            can_change="Every word of it.",
            answer_by=add_working_days(today(), 12),
        )


def _request_passed_on(cast: Cast, joan: Membership, group: Group) -> None:
    """Owen asked for partners; it is about hours and not about safety, so the group answers, and he has not said yet what he did."""
    words = {"purpose": "We want the desk to be open when people need it.", "can_change": "Which days, and from when until when."}
    asked = request(
        cast, 18, cast.owen, "A single meeting", "Hours of the desk between the years", starts_in=20, told_in=30, decided_by="Owen", **words
    )
    with days_ago(17, 9):
        why = "This is about hours more than about safety. I ask the Lower Meadow patient group."
        activities.pass_on(as_(cast.grace), asked, words=why)
    with days_ago(17, 10):
        question = commands.ask_question(
            as_(cast.grace),
            group,
            text="On which days between Christmas and New Year do people need the desk, and at what time?",
            answer_by=add_working_days(today(), 15),
            about_code=asked.code,
            for_whom=cast.owen,
            **words,
        )
    with days_ago(6):
        commands.answer_question(as_(joan), question, answer="The mornings of the 29th and 30th. Most of us need tablets, not a talk.")


def _agreed(cast: Cast, joan: Membership, group: Group, view: CollectiveView) -> None:
    """One thing is done, one is on its way; the group tells everybody."""
    with days_ago(60):
        one = commands.agree_improvement(
            as_(cast.priya),
            group,
            text="Ring back within an hour, so that nobody waits in the queue.",
            owner=cast.priya,
            due_on=add_working_days(today(), 20),
        )
        commands.agree_improvement(
            as_(cast.priya),
            group,
            text="A bell at the side door until it opens by itself.",
            owner=cast.owen,
            view=view,
            due_on=add_working_days(today(), 90),
        )
    with days_ago(42):
        commands.complete_improvement(
            as_(cast.priya), one, efforts="Ringing back is on since Monday. In the first week, 212 people used it."
        )
    with days_ago(27):
        commands.publish_note(
            as_(joan),
            group,
            title="Blood tests in the evening",
            words="We asked for it, and here it is: Tuesday and Thursday until half past seven.",
        )


def _to_the_group(cast: Cast, joan: Membership, group: Group, tom: Partner) -> None:
    """Tom rings: something about the waiting room. Grace writes it down, and the group takes it up."""
    with days_ago(12):
        words = "The waiting room at Lower Meadow has nowhere to put a wheelchair. That is more for the patient group than for me."
        referral = commands.refer_to_group(as_(cast.grace), partner=tom, group=group, words=words, capture="phone", is_read_back=True)
    with days_ago(11):
        commands.send_referral(as_(cast.grace), referral)
    with days_ago(9):
        commands.take_up_referral(as_(joan), referral)


def _others(cast: Cast) -> None:
    """A group that works online and whose chair is told by letter, and a practice that says it has none."""
    grace = as_(cast.grace)
    with days_ago(132):
        arthur = people.add_member(
            as_(cast.nadia),
            name="Arthur Lyle",
            roles=[Role.GROUP_CHAIR],
            told_by="letter",
            postal_address="9 Canal Row\nHigh Meadow\nXX1 6AB",
        )
        online = commands.add_group(
            grace,
            practice="High Meadow Medical Centre",
            ods_code="Z99002",
            name="High Meadow patients online",
            kind=Group.Kind.VIRTUAL,
            chair=arthur,
            contact=cast.owen,
            online_count=210,
        )
        commands.add_group(
            grace,
            practice="Station Road Practice",
            ods_code="Z99003",
            name="Station Road patient group",
            status=Group.Status.NONE,
            contact=cast.priya,
        )
    with days_ago(15):
        draft = commands.begin_view(
            as_(cast.owen),
            online,
            words="Nobody answers the emails that we send to the surgery about repeat prescriptions.",
            kind="concern",
            naming="name",
            gathered="online",
            people_count=34,
            capture="letter",
        )
        commands.share_view(as_(cast.owen), draft, turn=draft.insight.turn)
