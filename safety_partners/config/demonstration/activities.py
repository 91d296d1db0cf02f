"""What Meadowbank asked partners to take part in beside its committees: a project, a training series, two panels, a visit, a review."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from safety_partners.activities import commands
from safety_partners.activities.models import Activity, Offer, Outcome, PanelArea, Seen, Session, TimeGiven
from safety_partners.config.demonstration.people import Cast
from safety_partners.config.demonstration.telling import as_, days_ago, working_day_ago
from safety_partners.core import clock
from safety_partners.core.clock import today
from safety_partners.core.working_days import add_working_days
from safety_partners.partners.models import Partner
from safety_partners.people.models import Membership
from safety_partners.reviews.models import Review

DAY = dt.timedelta(days=1)
BY_PHONE: dict[str, Any] = {"capture": "phone", "is_read_back": True}
STATION = "Meeting room 2, Station House, Lower Meadow"
PROJECT, TRAINING, PANEL = "An improvement project", "Staff training", "A staff interview panel"
REVIEW, VISIT, EVENT = "A policy or process to review", "A quality or safety visit", "A network event"
# What Meadowbank offers everybody, unless a request says something else.
USUAL: dict[str, Any] = {
    "stage": Activity.Stage.DESIGN,
    "why_late": "",
    "level": "organisation",
    "service": None,
    "role_level": Activity.RoleLevel.WORKING_GROUP,
    "budget_code": "PSP-100",
    "data_seen": Activity.Data.ANONYMOUS,
    "may_upset": False,
    "distress": "",
    "partners_wanted": 2,
    "why_alone": "",
    "hours": 3,
    "preparation_hours": 1,
    "preparation": "Two or three pages in plain English, a week before.",
    "access": "A room without steps, a hearing loop, breaks every hour. By video or phone if you like.",
    "payment": "The involvement payment of our programme, travel, and care for somebody you look after.",
    "support": "Grace talks with you before and after.",
    "place": STATION,
    "ends_on": None,
}
SETTLED: dict[str, str] = {
    PanelArea.RESOURCES: "One day with the panel and an hour before. The involvement payment for a day, travel and lunch.",
    PanelArea.ROLE: "You are a full member of the panel. You look at how somebody would listen to patients and families.",
    PanelArea.INTERVIEW: "You ask one question of your own. The chair helps if an answer is hard to follow.",
    PanelArea.SCORING: "Everybody scores alone, then the panel talks. The chair decides if it is a tie.",
    PanelArea.TRAINING: "An hour on fair interviews with the people team.",
    PanelArea.ORIENTATION: "You meet the panel the week before.",
    PanelArea.INFORMATION: "What the post is about and the questions. What people wrote to apply you read in the room, and it stays there.",
    PanelArea.TERMS: "A page of words that we use, explained.",
    PanelArea.SUPPORT: "Grace is there at lunch and rings you the day after.",
    PanelArea.ACCESS: "Start at ten, a break after each interview, papers in large print.",
}


def tell(cast: Cast, partners: dict[str, Partner]) -> None:
    """The oldest first; the last ones wait for somebody today."""
    both = [partners["Anjali"], partners["Tom"]]
    _project(cast, both)
    _first_panel(cast, both)
    _training(cast, both)
    _nothing_left(cast)
    _visit(cast, both)
    _alone(cast, both)
    _second_panel(cast, both)
    _too_late(cast)
    _review(cast, both)
    _queue(cast, both)


def request(cast: Cast, day: int, who: Membership, kind: str, title: str, *, starts_in: int, told_in: int, **said: Any) -> Activity:
    """Somebody asks for partners, in a day's work, and promises to say what changed."""
    with days_ago(day, 11):
        starts_on = add_working_days(today(), starts_in)
        promised = {"feedback_by": who, "feedback_on": add_working_days(today(), told_in)}
        when = {"starts_on": starts_on, "needed_by": add_working_days(today(), max(starts_in - 5, 1))}
        activity = commands.begin_request(as_(who), kind=kind, title=title, **USUAL | when | promised | said)
        return commands.ask_for_partners(as_(who), activity)


def take_on(cast: Cast, activity: Activity, day: int, words: str = "") -> Activity:
    """Grace takes it on."""
    with days_ago(day, 12):
        return commands.take_on(as_(cast.grace), activity, words=words)


def offer(cast: Cast, activity: Activity, day: int, partners: Iterable[Partner]) -> dict[int, Offer]:
    """Places for both, so that nobody is alone."""
    with days_ago(day, 14):
        commands.offer_places(as_(cast.grace), activity, partners=list(partners), reply_by=add_working_days(today(), 7))
    return {one.partner.membership_id: one for one in Offer.objects.filter(activity=activity).select_related("partner__membership")}


def say_yes(cast: Cast, offers: dict[int, Offer], day: int) -> None:
    """Anjali says it here; Tom rings Grace."""
    with days_ago(day, 16):
        commands.accept_place(as_(cast.anjali), offers[cast.anjali.pk])
        commands.accept_place(as_(cast.grace), offers[cast.tom.pk], **BY_PHONE)


def on(day: dt.date, hour: int) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour), clock.LONDON)


def held(cast: Cast, who: Membership, activity: Activity, planned: int, day: int, *, title: str, **became: Any) -> None:
    """A day of two hours that was planned, took place, and for which both wrote down their time."""
    start = on(working_day_ago(day), 10)
    with days_ago(planned, 15):
        how = {"starts_at": start, "ends_at": start + dt.timedelta(hours=2), "title": title, "place": activity.place}
        session = commands.plan_session(as_(who), activity, **how)
    with days_ago(day, 17):
        commands.hold_session(as_(who), session, **became)
        for member, by, how_said in ((cast.anjali, cast.anjali, {}), (cast.tom, cast.grace, BY_PHONE)):
            partner = Partner.objects.get(membership=member)
            time = {"kind": TimeGiven.Kind.ATTENDANCE, "on": today(), "minutes": 120, "activity": activity}
            commands.give_time(as_(by), partner, **time, **how_said)


def to_come(who: Membership, activity: Activity, days: int, *, title: str) -> Session:
    """A day that is planned today."""
    start = on(add_working_days(today(), days), 10)
    how = {"starts_at": start, "ends_at": start + dt.timedelta(hours=2), "title": title, "place": activity.place}
    return commands.plan_session(as_(who), activity, **how)


def reported(cast: Cast, who: Membership, activity: Activity, day: int, kind: str, words: str) -> Outcome:
    """What changed because they took part."""
    with days_ago(day, 9):
        activity.refresh_from_db()
        return commands.say_what_changed(as_(who), activity, kind=kind, words=words)


def seen(cast: Cast, offers: dict[int, Offer], outcome: Outcome, day: int, *, by_tom: bool = True) -> None:
    """Anjali reads it here; Tom answers on the phone, after Grace read it to him."""
    with days_ago(day, 13):
        for one in offers.values():
            one.refresh_from_db()
        commands.answer_outcome(as_(cast.anjali), offers[cast.anjali.pk], outcome=outcome, says=Seen.Says.ANSWERS)
        if by_tom:
            commands.answer_outcome(as_(cast.grace), offers[cast.tom.pk], outcome=outcome, says=Seen.Says.ANSWERS, **BY_PHONE)


def closed(who: Membership, activity: Activity, day: int) -> None:
    with days_ago(day, 15):
        activity.refresh_from_db()
        commands.close_activity(as_(who), activity)


def _project(cast: Cast, both: list[Partner]) -> None:
    """Half a year of work on the way home from urgent care; two steps are reached, one is ahead."""
    words = {
        "team": "Urgent treatment centre",
        "service": cast.services["Urgent treatment centre"],
        "purpose": "Too many people come back within a week, because nobody told them what to look out for at home.",
        "can_change": "What people are told, by whom, when, and how it looks on paper. We have written nothing yet.",
        "stage": Activity.Stage.IDEA,
        "decided_by": "Ben Carver, with the Quality and Governance Committee",
    }
    activity = request(cast, 184, cast.ben, PROJECT, "Safe at home after urgent care", starts_in=14, told_in=220, **words)
    take_on(cast, activity, 182, "This comes early enough for everything to change. Thank you.")
    with days_ago(181):
        steps = [("Listen to twenty people who came back", 40), ("Try a new sheet in two practices", 110), ("Use it in all eleven", 215)]
        first, second, _last = (
            commands.add_milestone(as_(cast.ben), activity, title=title, due_on=add_working_days(today(), after)) for title, after in steps
        )
    say_yes(cast, offer(cast, activity, 181, both), 178)
    held(
        cast,
        cast.ben,
        activity,
        176,
        168,
        title="What we know, and whom we ask",
        notes="We agreed to ask at home and not in the waiting room.",
    )
    held(cast, cast.ben, activity, 160, 142, title="What people told us")
    with days_ago(140):
        changed = "Anjali asked that carers are asked too. Nine of the twenty were carers, and they saw other things."
        commands.reach_milestone(as_(cast.ben), first, reached_on=today(), partners_changed=changed)
    held(cast, cast.ben, activity, 120, 101, title="A first sheet", notes="The sheet is now one page. The phone number stands on top.")
    with days_ago(66):
        changed = "Tom’s “when to ring, and whom” is now the first line of the sheet. We had put it on the back."
        commands.reach_milestone(as_(cast.ben), second, reached_on=today(), partners_changed=changed)
    with days_ago(3):
        to_come(cast.ben, activity, 12, title="What the two practices say")


def _panel(cast: Cast, activity: Activity, day: int, *, post: str, band: str) -> None:
    with days_ago(day, 13):
        terms = {"post": post, "band": band, "chair": cast.ben, "scoring": "equal", "scores_kept": "In the recruitment system"}
        panel = commands.describe_panel(as_(cast.priya), activity, **terms)
        commands.settle_areas(as_(cast.priya), panel, words=SETTLED)


def _first_panel(cast: Cast, both: list[Partner]) -> None:
    """Held in spring: everybody was told how it ended, what changed, and it is closed."""
    words = {
        "team": "Community nursing",
        "purpose": "We choose who leads community nursing. Partners hear how somebody would listen to patients and families.",
        "can_change": "Who gets the post, and what the job description says about listening.",
        "decided_by": "The panel, all members alike",
        "hours": 6,
        "role_level": Activity.RoleLevel.STRATEGIC,
    }
    activity = request(cast, 152, cast.priya, PANEL, "Choosing the lead of community nursing", starts_in=18, told_in=40, **words)
    take_on(cast, activity, 151)
    _panel(cast, activity, 150, post="Lead of community nursing", band="8a")
    offers = offer(cast, activity, 149, both)
    say_yes(cast, offers, 147)
    with days_ago(145):
        commands.set_own_question(as_(cast.anjali), offers[cast.anjali.pk], words="When did a family last change your mind?")
        commands.set_own_question(as_(cast.grace), offers[cast.tom.pk], words="How will I know that you listened?", **BY_PHONE)
    held(cast, cast.priya, activity, 146, 133, title="Interviews")
    with days_ago(131):
        commands.tell_how_panel_ended(as_(cast.priya), activity.panel, ended="filled")
    told = (
        "Anjali’s question about families is now asked in every interview for a senior post. "
        "The job description says that the lead meets a patient or carer every month."
    )
    outcome = reported(cast, cast.priya, activity, 118, Outcome.Kind.CHANGED, told)
    seen(cast, offers, outcome, 114)
    closed(cast.priya, activity, 112)


def _training(cast: Cast, both: list[Partner]) -> None:
    """Three afternoons with new staff, one still to come."""
    words = {
        "team": "Practice operations",
        "purpose": "New staff learn to hear a worry before it becomes a complaint.",
        "can_change": "What we teach, the examples, and who speaks first.",
        "decided_by": "Priya Nair",
    }
    activity = request(cast, 110, cast.priya, TRAINING, "Hearing a worry early", starts_in=15, told_in=130, **words)
    take_on(cast, activity, 109)
    with days_ago(108, 13):
        part = {"audience": "New reception and nursing staff", "part": "both", "uses_story": False, "debrief": "Grace, on the day after"}
        commands.describe_training(as_(cast.priya), activity, **part)
    say_yes(cast, offer(cast, activity, 107, both), 104)
    said = "They liked that two partners spoke and did not read from slides. Four asked for an example from a home visit."
    held(cast, cast.priya, activity, 100, 84, title="First afternoon", learners=11, feedback=said)
    said = "The home visit was new, and most talked about. Two would like more time to try it out."
    held(cast, cast.priya, activity, 80, 41, title="Second afternoon", learners=14, feedback=said)
    with days_ago(4):
        to_come(cast.priya, activity, 16, title="Third afternoon")


def _nothing_left(cast: Cast) -> None:
    """Everything is on order: not taken on, and a sign to talk with the team about."""
    words = {
        "team": "Practice operations",
        "purpose": "To hear if patients can find their way with the new signs in the car park.",
        "can_change": "Nothing: the signs are on order.",
        "stage": Activity.Stage.FINAL,
        "why_late": "We thought of partners when the order had gone out.",
        "decided_by": "Decided already",
    }
    activity = request(
        cast, 75, cast.priya, "Information for patients to review", "New signs in the car park", starts_in=15, told_in=40, **words
    )
    with days_ago(74, 10):
        why = "If a partner said no, nothing would be different. Ask us before the next order: then they can choose the words with you."
        commands.decline_request(as_(cast.grace), activity, reason=Activity.Reason.NOTHING_LEFT, words=why)


def _alone(cast: Cast, both: list[Partner]) -> None:
    """Tom said no, so Anjali is the only partner until Grace finds a second one."""
    words = {
        "team": "Booking and reception",
        "purpose": "People ring off while they wait. We listen together to what they hear on the telephone.",
        "can_change": "Every word that is spoken, the music, and when somebody picks up.",
        "stage": Activity.Stage.DRAFT,
        "decided_by": "Ben Carver",
    }
    activity = request(cast, 34, cast.ben, "A single meeting", "What callers hear while they wait", starts_in=38, told_in=70, **words)
    take_on(cast, activity, 33)
    offers = offer(cast, activity, 32, both)
    with days_ago(29, 16):
        commands.accept_place(as_(cast.anjali), offers[cast.anjali.pk])
        commands.decline_place(as_(cast.grace), offers[cast.tom.pk], **BY_PHONE)
    with days_ago(20):
        to_come(cast.ben, activity, 24, title="Listening together")


def _visit(cast: Cast, both: list[Partner]) -> None:
    """A visit of which the word came: Anjali has seen it, and Tom will hear it on the phone."""
    words = {
        "team": "Practice operations",
        "service": cast.services["Vaccination clinic"],
        "purpose": "We go round the vaccination clinic with the eyes of somebody who comes for the first time.",
        "can_change": "Signs, seats, the way through, and what is said at the desk.",
        "decided_by": "The manager of the clinic",
        "place": "Vaccination clinic, Lower Meadow",
    }
    activity = request(cast, 58, cast.priya, VISIT, "A walk round the vaccination clinic", starts_in=14, told_in=50, **words)
    take_on(cast, activity, 57)
    offers = offer(cast, activity, 56, both)
    say_yes(cast, offers, 53)
    held(cast, cast.priya, activity, 52, 44, title="The walk", notes="We came in by bus, by car, and in a wheelchair.")
    told = "The door opens by itself now, and there are chairs on the way. The desk stays where it is: the wall behind it carries the roof."
    outcome = reported(cast, cast.priya, activity, 12, Outcome.Kind.IN_PART, told)
    seen(cast, offers, outcome, 9, by_tom=False)


def _second_panel(cast: Cast, both: list[Partner]) -> None:
    """Its day is near; both have said yes, and Anjali has a question."""
    words = {
        "team": "Frailty team",
        "purpose": "We choose a nurse for the frailty team. Partners hear how somebody would talk with people and their carers.",
        "can_change": "Who gets the post.",
        "stage": Activity.Stage.DRAFT,
        "decided_by": "The panel, all members alike",
        "hours": 6,
    }
    activity = request(cast, 24, cast.priya, PANEL, "Choosing a nurse for the frailty team", starts_in=33, told_in=60, **words)
    take_on(cast, activity, 23)
    _panel(cast, activity, 22, post="Nurse, frailty team", band="6")
    offers = offer(cast, activity, 21, both)
    say_yes(cast, offers, 18)
    with days_ago(15):
        commands.set_own_question(as_(cast.anjali), offers[cast.anjali.pk], words="What would you ask my mother first?")
        to_come(cast.priya, activity, 24, title="Interviews")


def _too_late(cast: Cast) -> None:
    """Printed already: it goes back with a reason."""
    words = {
        "team": "Booking and reception",
        "purpose": "To see if patients like the new poster about visiting hours.",
        "can_change": "The next edition, perhaps.",
        "stage": Activity.Stage.FINAL,
        "why_late": "We did not know that we can ask you.",
        "decided_by": "Printed already",
        "partners_wanted": 1,
        "why_alone": "It is only a poster.",
    }
    activity = request(
        cast, 14, cast.ben, "Information for patients to review", "Poster on visiting hours", starts_in=3, told_in=20, **words
    )
    with days_ago(13, 10):
        why = "It is printed, so partners could only nod. Please come with the next one while it is an idea: we would love to help."
        commands.send_back(as_(cast.grace), activity, reason=Activity.Reason.TOO_LATE, words=why)


def _review(cast: Cast, both: list[Partner]) -> None:
    """The complaints policy: the work itself is done beside its paragraphs."""
    words = {
        "team": "Practice operations",
        "purpose": "Our policy on complaints must not frighten anybody away.",
        "can_change": "Every sentence. Nothing is settled but the legal time limits.",
        "stage": Activity.Stage.DRAFT,
        "decided_by": "The Quality and Governance Committee",
    }
    activity = request(cast, 12, cast.priya, REVIEW, "The complaints and concerns policy", starts_in=8, told_in=45, **words)
    take_on(cast, activity, 11)
    say_yes(cast, offer(cast, activity, 10, both), 8)
    review = Review.objects.get(version__document__owner=cast.priya, version__document__reference="MCF-G-001")
    with days_ago(5):
        commands.join_review(as_(cast.priya), activity, review=review)


def _queue(cast: Cast, both: list[Partner]) -> None:
    """One offer waits for both partners; two requests wait for Grace."""
    words = {
        "team": "Governance",
        "purpose": "Partners of five federations meet and tell each other what works.",
        "can_change": "Two of the six topics are ours to choose.",
        "decided_by": "Owen Hughes, with the other federations",
        "place": "Town Hall, Upper Meadow",
    }
    activity = request(cast, 6, cast.owen, EVENT, "Partners meet partners", starts_in=30, told_in=60, **words)
    take_on(cast, activity, 4)
    offer(cast, activity, 2, both)
    words = {
        "team": "Community nursing",
        "service": cast.services["Community nursing"],
        "purpose": "People do not know what happens after a blood test. We want to tell them.",
        "can_change": "Everything: there is a blank page.",
        "stage": Activity.Stage.IDEA,
        "decided_by": "Ben Carver",
    }
    request(cast, 3, cast.ben, "Information for patients to review", "What happens after a blood test", starts_in=25, told_in=70, **words)
    words = {
        "team": "Governance",
        "purpose": "We look at how we learn from falls at home. It can be hard to hear.",
        "can_change": "What we look at first, and whom we ask.",
        "decided_by": "The Falls and Frailty Oversight Group",
        "data_seen": Activity.Data.RESTRICTED,
        "may_upset": True,
        "distress": "We talk about people who were badly hurt.",
    }
    request(cast, 1, cast.owen, "Oversight of how we learn from events", "Learning from falls at home", starts_in=20, told_in=80, **words)
