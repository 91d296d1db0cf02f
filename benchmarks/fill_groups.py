"""Many groups, each with its chair, meetings, questions, views, what was agreed, what it tells, and what is passed on."""

from __future__ import annotations

import datetime as dt
import random
from itertools import cycle, islice
from typing import Any

from django.db import IntegrityError, transaction

from benchmarks.fill import index, some_words
from benchmarks.fill_lists import name_of
from safety_partners.core import clock
from safety_partners.core.names import fold
from safety_partners.core.seals import seal
from safety_partners.core.working_days import today
from safety_partners.insights.models import Insight, Response
from safety_partners.partners.models import Partner
from safety_partners.people.models import Grant, Membership, Organisation, Role, User
from safety_partners.people.queries import members_with_role
from safety_partners.ppg.models import (
    CollectiveView,
    Group,
    GroupMeeting,
    Improvement,
    Priority,
    PublicNote,
    Question,
    Referral,
    YearlyReview,
)
from safety_partners.ppg.queries.years import year_of

# Groups that go in at once.
TOGETHER = 25
MEETINGS, TO_COME = 12, 2
QUESTIONS = ["closed", "closed", "closed", "closed", "answered", "asked"]
VIEWS = ["settled", "settled", "settled", "settled", "with an owner", "shared"]
AGREED = ["done", "done", "done", "done", "not done", "agreed"]
# To partners and to groups by turns, the newest last.
REFERRALS = ["told", "told", "taken up", "asked"]
COUNTS = [["Age", "25 to 44", 6, 3_110], ["Age", "45 to 64", 9, 3_480], ["Age", "65 to 84", 14, 2_260]]
DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)
CHAIR = "Joan Whitfield"


def fill(organisation: Organisation, count: int) -> None:
    """Bring the organisation's groups up to ``count``, one to a practice."""
    while (there := Group.objects.filter(organisation=organisation).count()) < count:
        try:
            with transaction.atomic():
                _Filler(organisation, there).fill(min(TOGETHER, count - there))
        except IntegrityError as error:  # among so many, a random code was taken already: the same rows again, with other codes
            if "code" not in str(error):
                raise


class _Filler:
    """Some groups, with everything that is under them."""

    def __init__(self, organisation: Organisation, there: int) -> None:
        self.organisation, self.dice, self.there = organisation, random.Random(there), there
        self.lead = members_with_role(organisation.pk, Role.LEAD)[0]
        self.staff = members_with_role(organisation.pk, Role.STAFF)
        rows = Partner.objects.filter(organisation=organisation, status="active").select_related("membership").order_by("pk")
        self.partners = list(islice(cycle(rows), there, there + 2 * TOGETHER))

    def fill(self, count: int) -> None:
        """The chair who looks at the pages has one of them; eleven in twelve are active."""
        chairs = self._chairs(count)
        joan = Membership.objects.get(organisation=self.organisation, user__name=CHAIR)
        if not Group.objects.filter(chair=joan, practice__startswith="Practice ").exists():
            chairs[0] = joan
        groups = Group.objects.bulk_create(self._group(self.there + place, chairs[place]) for place in range(count))
        self._meet(groups)
        Question.objects.bulk_create(self._question(one, place) for one in groups for place in range(len(QUESTIONS)))
        views = self._say(groups)
        Improvement.objects.bulk_create(self._improvement(one, place) for one in groups for place in range(len(AGREED)))
        self._tell(groups)
        self._pass_on(groups, views)

    def _chairs(self, count: int) -> list[Membership]:
        people = [User(name=name_of(10_000 + self.there + n), password="!", username=f"chair{self.there + n}") for n in range(count)]
        for one in people:
            one.name_key = fold(one.name)
        users = User.objects.bulk_create(people)
        members = Membership.objects.bulk_create(Membership(organisation=self.organisation, user=user) for user in users)
        Grant.objects.bulk_create(Grant(membership=member, role=Role.GROUP_CHAIR) for member in members)
        return members

    def _group(self, number: int, chair: Membership) -> Group:
        status = "resting" if number % 12 == 11 else "active"
        given = {"about": some_words(self.dice, 15, 40), "how_to_join": some_words(self.dice, 10, 20)}
        return Group(
            organisation=self.organisation,
            practice=f"Practice {number * 7919 % 20_800}",
            ods_code=f"Y{number:05}",
            name=f"Group of practice {number * 7919 % 20_800}",
            chair=chair,
            contact=self.dice.choice(self.staff),
            members_count=14,
            online_count=60,
            interval_months=2,
            interval_agreed_on=today() - 900 * DAY,
            status=status,
            status_since=today() - 900 * DAY,
            **given,
        )

    def _meet(self, groups: list[Group]) -> None:
        """Every second month, two of them to come."""
        GroupMeeting.objects.bulk_create(self._meeting(one, place) for one in groups for place in range(MEETINGS))
        year = year_of(today())
        YearlyReview.objects.bulk_create(
            YearlyReview(group=one, year=past, done_on=today(), method="A sheet.", counts=COUNTS, found="Few are young.", by=self.lead)
            for one in groups
            for past in range(year - 2, year)
        )

    def _meeting(self, group: Group, place: int) -> GroupMeeting:
        on = today() + (place - MEETINGS + TO_COME) * 60 * DAY + (self.dice.randrange(28) + 1) * DAY
        starts = dt.datetime.combine(on, dt.time(18), tzinfo=clock.LONDON)
        was_held = on < today()
        more = {"status": "held", "people_count": 9, "minutes": some_words(self.dice, 60, 200)} if was_held else {"status": "planned"}
        return GroupMeeting(group=group, starts_at=starts, ends_at=starts + 2 * HOUR, place="Village hall", **more)

    def _question(self, group: Group, place: int) -> Question:
        status, on = QUESTIONS[place], today() - (len(QUESTIONS) - place) * 60 * DAY
        answered = status != "asked"
        assert group.contact
        return Question(
            group=group,
            text=some_words(self.dice, 10, 25).capitalize(),
            purpose=some_words(self.dice, 8, 20),
            can_change=some_words(self.dice, 8, 20),
            asked_by=group.contact,
            answer_by=on + 70 * DAY,
            answer=some_words(self.dice, 15, 60) if answered else "",
            answered_at=clock.now() - (len(QUESTIONS) - place) * 50 * DAY if answered else None,
            told=some_words(self.dice, 10, 30) if status == "closed" else "",
            status=status,
        )

    def _say(self, groups: list[Group]) -> list[CollectiveView]:
        placed = [(group, place) for group in groups for place in range(len(VIEWS))]
        insights = Insight.objects.bulk_create(self._insight(group, place) for group, place in placed)
        Response.objects.bulk_create(
            Response(organisation=self.organisation, insight=one, outcome="will", text="This is what we do about it.", by=self.lead)
            for one in insights
            if one.status == "settled"
        )
        index(self.organisation, "insights.insight", [(one.pk, one.words.lower()) for one in insights])
        return CollectiveView.objects.bulk_create(
            CollectiveView(group=group, insight=insight, gathered="meeting", people_count=9)
            for (group, _place), insight in zip(placed, insights, strict=True)
        )

    def _insight(self, group: Group, place: int) -> Insight:
        status, words = VIEWS[place], some_words(self.dice, 30, 120)
        at = clock.now() - (len(VIEWS) - place) * 60 * DAY + self.dice.randrange(50) * DAY
        more: dict[str, Any] = {}
        if status != "shared":
            more = {"acknowledged_at": at, "acknowledged_by": self.lead, "owner": group.contact, "owned_at": at}
        return Insight(
            organisation=self.organisation,
            voice="group",
            voice_name=group.name,
            speaker=group.chair,
            kind="concern",
            visibility="programme",
            words=words,
            checksum=seal(words),
            status=status,
            shared_at=at,
            answered_at=at if status == "settled" else None,
            next_due_on=None if status == "settled" else at.date() + 28 * DAY,
            **more,
        )

    def _improvement(self, group: Group, place: int) -> Improvement:
        status, agreed = AGREED[place], today() - (len(AGREED) - place) * 70 * DAY
        ended = {} if status == "agreed" else {"ended_on": agreed + 60 * DAY, "efforts": some_words(self.dice, 10, 30)}
        given = {"text": some_words(self.dice, 8, 20).capitalize(), "owner": group.contact, "status": status}
        return Improvement(group=group, agreed_on=agreed, due_on=agreed + 90 * DAY, **given, **ended)

    def _tell(self, groups: list[Group]) -> None:
        """What comes first this year and in the last two, and four notes for everybody."""
        year = year_of(today())
        Priority.objects.bulk_create(
            Priority(group=one, year=of, position=place, words=some_words(self.dice, 3, 8))
            for one in groups
            for of in range(year - 2, year + 1)
            for place in range(1, 4)
        )
        PublicNote.objects.bulk_create(
            PublicNote(
                group=one, title="From our last meeting", words=some_words(self.dice, 30, 90), on=today() - n * 60 * DAY, by=one.contact
            )
            for one in groups
            for n in range(1, 5)
        )

    def _pass_on(self, groups: list[Group], views: list[CollectiveView]) -> None:
        first = dict(zip((view.group_id for view in reversed(views)), reversed(views), strict=True))
        Referral.objects.bulk_create(
            self._referral(one, first[one.pk], number, place) for number, one in enumerate(groups) for place in range(len(REFERRALS))
        )

    def _referral(self, group: Group, view: CollectiveView, number: int, place: int) -> Referral:
        to_group, partner = place % 2 == 1, self.partners[number * 2 + place // 2]
        return Referral(
            organisation=self.organisation,
            direction="to group" if to_group else "to partners",
            group=group,
            partner=partner,
            view=None if to_group else view,
            words=some_words(self.dice, 20, 60),
            consent_by=partner.membership if to_group else group.chair,
            consent_at=clock.now() - (len(REFERRALS) - place) * 60 * DAY,
            sent_by=self.lead,
            outcome=some_words(self.dice, 10, 30) if REFERRALS[place] == "told" else "",
            status=REFERRALS[place],
        )
