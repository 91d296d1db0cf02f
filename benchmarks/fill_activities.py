"""Many activities, each with its offers, days, time given, words and what changed; and a tenth as many groups."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable

from django.db import IntegrityError, connection, transaction

from benchmarks import fill_groups, fill_lists
from benchmarks.fill import index, some_words
from safety_partners.activities.models import (
    Activity,
    ActivityInsight,
    ActivityKind,
    Felt,
    Milestone,
    Offer,
    Outcome,
    Panel,
    PanelArea,
    Seen,
    Session,
    Settled,
    Shape,
    TimeGiven,
    Training,
)
from safety_partners.activities.queries.terms import Arranged, terms_for
from safety_partners.core import clock
from safety_partners.core.seals import seal
from safety_partners.core.working_days import today
from safety_partners.insights.models import Insight, Response
from safety_partners.partners.models import Partner
from safety_partners.people.models import Level, Organisation, Role, Service
from safety_partners.people.queries import members_with_role

# What one team asks for in four years, the oldest first; the newest are going on, wait for the lead or are being written.
ASKED_FOR = 50
APART = dt.timedelta(days=29)
ENDED = ["closed"] * 34 + ["declined"] * 2 + ["cancelled", "withdrawn", "passed on"]
GOING_ON, WAITING, WRITTEN = 8, 2, 1
OFFERS, DAYS, WANTED = 4, 4, 3
# A partner stands for so many activities.
ACTIVITIES_A_PARTNER, GROUPS_OF = 25, 10
WITH_OFFERS = {"taken on", "reported", "closed", "cancelled"}
LEVELS = [Level.SERVICE, Level.SERVICE, Level.ORGANISATION, Level.SYSTEM]
DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)


def fill(organisation: Organisation, count: int) -> None:
    """Bring the organisation's activities up to ``count``, and its groups up to a tenth of that."""
    fill_lists.take_in(organisation, max(30, count // ACTIVITIES_A_PARTNER))
    while (there := Activity.objects.filter(organisation=organisation).count()) < count:
        try:
            with transaction.atomic():
                _Filler(organisation, there).fill(min(ASKED_FOR, count - there))
        except IntegrityError as error:  # among so many, a random code was taken already: the same rows again, with other codes
            if "code" not in str(error):
                raise
    fill_groups.fill(organisation, count // GROUPS_OF)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


class _Filler:
    """What one team asks for, with everything that is under it."""

    def __init__(self, organisation: Organisation, there: int) -> None:
        self.organisation, self.dice, self.number = organisation, random.Random(there), there
        here = organisation.pk
        self.lead = members_with_role(here, Role.LEAD)[0]
        self.staff = members_with_role(here, Role.STAFF)
        self.kinds = list(ActivityKind.objects.filter(organisation=organisation).order_by("pk"))
        self.services = list(Service.objects.filter(organisation=organisation).order_by("pk"))
        rows = Partner.objects.filter(organisation=organisation, status="active").select_related("membership__user")
        self.partners = list(rows.order_by("pk"))
        self.team = some_words(self.dice, 2, 2).capitalize()

    def fill(self, count: int) -> None:
        made = Activity.objects.bulk_create(self._activity(ASKED_FOR - count + place) for place in range(count))
        days = Session.objects.bulk_create(self._day(one, place) for one in made if one.status in WITH_OFFERS for place in range(DAYS))
        offers = Offer.objects.bulk_create(offer for one in made if one.status in WITH_OFFERS for offer in self._offers(one))
        taken = [one for one in offers if one.status == "accepted"]
        self._shapes(made)
        self._give_time(days, taken)
        self._say([one for one in taken[::2] if one.activity.starts_on < today()])
        self._what_changed([one for one in made if one.status in {"reported", "closed"}], taken)
        felt = some_words(self.dice, 15, 60)
        Felt.objects.bulk_create(Felt(offer=one, words=felt) for one in taken[::4])

    def _activity(self, place: int) -> Activity:
        asked = clock.now() - (ASKED_FOR - place) * APART
        begins = asked.date() + 60 * DAY
        status = self._status(place, begins + 440 * DAY)
        level = self.dice.choice(LEVELS)
        kind = self.dice.choice(self.kinds)
        requester, promised = self.dice.choice(self.staff), self.dice.choice(self.staff)
        made = Activity(
            organisation=self.organisation,
            kind=kind,
            title=some_words(self.dice, 3, 7).capitalize(),
            requester=requester,
            team=self.team,
            level=level,
            service=self.dice.choice(self.services) if level == Level.SERVICE else None,
            purpose=some_words(self.dice, 15, 40),
            can_change=some_words(self.dice, 10, 25),
            stage=self.dice.choice(["idea", "design", "draft"]),
            decided_by="The quality board",
            starts_on=begins,
            ends_on=begins + 200 * DAY,
            place="Room 2, Elm House, York",
            needed_by=begins - 14 * DAY,
            data_seen="none",
            may_upset=False,
            partners_wanted=WANTED,
            hours=2,
            preparation_hours=1,
            preparation=some_words(self.dice, 5, 12),
            access="A room without steps; papers in large print.",
            payment="The usual rate, and travel.",
            support=requester.name,
            feedback_by=promised,
            feedback_on=begins + 240 * DAY,
            status=status,
            asked_at=None if status == "draft" else asked,
        )
        self._decide(made)
        return made

    def _status(self, place: int, ended_on: dt.date) -> str:
        """Where it stands by how long ago it was asked for."""
        left = ASKED_FOR - place
        if left <= WRITTEN:
            return "draft"
        if left <= WRITTEN + WAITING:
            return "asked"
        if left <= WRITTEN + WAITING + GOING_ON:
            return "taken on"
        return self.dice.choice(ENDED) if ended_on < today() else "reported"

    def _decide(self, made: Activity) -> None:
        if made.status in {"draft", "asked", "withdrawn"}:
            return
        assert made.asked_at
        made.decided_on, made.decided_on_by = made.asked_at.date() + 5 * DAY, self.lead
        if made.status == "declined":
            made.reason, made.decision_words = "too late", "Please come to us sooner next time."
        if made.status == "cancelled":
            made.called_off_because = "The project was stopped."
        if made.status == "closed":
            made.closed_at = made.asked_at + 340 * DAY

    def _day(self, activity: Activity, place: int) -> Session:
        assert activity.starts_on
        on = activity.starts_on + place * 50 * DAY
        starts = dt.datetime.combine(on, dt.time(9 + self.number % 8), tzinfo=clock.LONDON)
        status = "cancelled" if activity.status == "cancelled" else "held" if on < today() else "planned"
        why = "The project was stopped." if status == "cancelled" else ""
        more = {"status": status, "cancelled_because": why, "place": activity.place}
        return Session(activity=activity, title=f"Day {place + 1}", starts_at=starts, ends_at=starts + 2 * HOUR, **more)

    def _offers(self, activity: Activity) -> Iterable[Offer]:
        """Of four who are asked two or three take part; where things go on, some have not answered."""
        assert activity.asked_at
        goes_on = activity.status == "taken on"
        last = ["offered", "offered", "declined"] if goes_on else ["accepted", "declined", "stepped out", "taken back"]
        statuses = ["accepted", "accepted", self.dice.choice(["accepted", "declined"]), self.dice.choice(last)]
        terms, offered = terms_for(activity, arranged=Arranged([])), activity.asked_at + 6 * DAY
        for partner, status in zip(self.dice.sample(self.partners, OFFERS), statuses, strict=True):
            yield Offer(
                activity=activity,
                partner=partner,
                snapshot=terms,
                reply_by=offered.date() + 14 * DAY,
                status=status,
                offered_by=self.lead,
                offered_at=offered,
                answered_at=None if status in {"offered", "taken back"} else offered + 4 * DAY,
            )

    def _shapes(self, made: list[Activity]) -> None:
        of_shape = {shape: [one for one in made if one.kind.shape == shape and one.status in WITH_OFFERS] for shape in Shape}
        Milestone.objects.bulk_create(self._milestone(one, place) for one in of_shape[Shape.PROJECT] for place in range(DAYS))
        Training.objects.bulk_create(Training(activity=one, audience="New nurses", part="both") for one in of_shape[Shape.TRAINING])
        panels = Panel.objects.bulk_create(
            Panel(activity=one, post="Ward manager", band="7", chair=one.requester, scoring="equal") for one in of_shape[Shape.PANEL]
        )
        words = some_words(self.dice, 10, 20)
        Settled.objects.bulk_create(Settled(panel=panel, area=area, words=words) for panel in panels for area in PanelArea)

    def _milestone(self, activity: Activity, place: int) -> Milestone:
        assert activity.starts_on
        due = activity.starts_on + place * 50 * DAY
        reached = {"status": "reached", "reached_on": due, "partners_changed": some_words(self.dice, 8, 20)} if due < today() else {}
        return Milestone(activity=activity, title=some_words(self.dice, 3, 6).capitalize(), due_on=due, **reached)

    def _give_time(self, days: list[Session], taken: list[Offer]) -> None:
        """Being there on each day that was held, and getting ready for the first."""
        held: dict[int, list[Session]] = {}
        for day in days:
            if day.status == "held":
                held.setdefault(day.activity_id, []).append(day)
        TimeGiven.objects.bulk_create(
            TimeGiven(partner=one.partner, activity=one.activity, kind=kind, on=clock.day_of(day.starts_at), minutes=minutes)
            for one in taken
            for place, day in enumerate(held.get(one.activity_id, []))
            for kind, minutes in [("attendance", 120), *([("preparation", 60)] if place == 0 else [])]
        )

    def _say(self, taken: list[Offer]) -> None:
        """Every second of those who take part says something, which is answered."""
        insights = Insight.objects.bulk_create(self._insight(one) for one in taken)
        pairs = list(zip(taken, insights, strict=True))
        ActivityInsight.objects.bulk_create(ActivityInsight(activity=one.activity, insight=insight) for one, insight in pairs)
        answer = "We read this together and this is what we will do about it."
        Response.objects.bulk_create(
            Response(organisation=self.organisation, insight=insight, outcome="will", text=answer, by=one.activity.requester)
            for one, insight in pairs
        )
        index(self.organisation, "insights.insight", [(insight.pk, insight.words.lower()) for insight in insights])

    def _insight(self, offer: Offer) -> Insight:
        assert offer.answered_at
        words, at, owner = some_words(self.dice, 15, 90), offer.answered_at + 60 * DAY, offer.activity.requester
        at = min(at, clock.now())
        return Insight(
            organisation=self.organisation,
            speaker=offer.partner.membership,
            kind=self.dice.choice(["reflection", "suggestion", "concern"]),
            about_label=offer.activity.title,
            visibility="answerers",
            words=words,
            checksum=seal(words),
            status="settled",
            shared_at=at,
            acknowledged_at=at,
            acknowledged_by=self.lead,
            owner=owner,
            owned_at=at,
            answered_at=at,
        )

    def _what_changed(self, reported: list[Activity], taken: list[Offer]) -> None:
        """One in ten was told of a next step first; four of five have seen what changed."""
        outcomes = Outcome.objects.bulk_create(
            Outcome(activity=one, number=number, kind=kind, words=some_words(self.dice, 20, 60), by=one.requester)
            for one in reported
            for number, kind in enumerate(["not yet", "changed"] if self.dice.random() < 0.1 else ["changed"], start=1)
        )
        newest = {one.activity_id: one for one in outcomes}
        rows = [(newest[one.activity_id], one) for one in taken if one.activity_id in newest and self.dice.random() < 0.8]
        Seen.objects.bulk_create(Seen(outcome=outcome, offer=offer, says="answers me") for outcome, offer in rows)
