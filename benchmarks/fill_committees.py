"""Many meetings, each with whom it invites, its agenda, papers, decisions and actions; and what was sent about them."""

from __future__ import annotations

import datetime as dt
import random
from itertools import cycle, islice

from django.db import IntegrityError, connection, models, transaction

from benchmarks import fill_lists
from benchmarks.fill import WORDS, index, some_words
from safety_partners.committees import commands
from safety_partners.committees.models import (
    Committee,
    Decision,
    Invitee,
    Item,
    Meeting,
    MeetingAction,
    Member,
    NeedAtMeeting,
    Paper,
    PaperVersion,
    Recusal,
    Sitting,
)
from safety_partners.core import clock
from safety_partners.core.models import Message
from safety_partners.core.months import add_months
from safety_partners.core.working_days import today
from safety_partners.partners.models import AccessNeed, Partner
from safety_partners.people.models import Membership, Organisation, Role
from safety_partners.people.queries import members_with_role

# A committee's: four years of months, of which ten are to come.
MEETINGS, TO_COME = 50, 10
MEMBERS, SEATS = 4, 2
CLASSES = ["open", "open", "invited", "open", "restricted", "open"]
# The last line of an agenda has no paper.
PAPERS = len(CLASSES) - 1
PARTNER = "Anjali Mistry"
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


def fill(organisation: Organisation, count: int) -> None:
    """Bring the organisation's meetings up to ``count``, by committees of fifty meetings with two partners each."""
    fill_lists.take_in(organisation, max(30, SEATS * count // MEETINGS))
    while (there := Meeting.objects.filter(organisation=organisation).count()) < count:
        try:
            with transaction.atomic():
                _Filler(organisation, there).fill(min(MEETINGS, count - there))
        except IntegrityError as error:  # among so many, a random code was taken already: the same rows again, with other codes
            if "code" not in str(error):
                raise
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


class _Filler:
    """One committee, with everything that is under it."""

    def __init__(self, organisation: Organisation, there: int) -> None:
        self.organisation, self.dice, self.number = organisation, random.Random(there), there // MEETINGS
        here = organisation.pk
        self.secretary, self.chair = members_with_role(here, Role.SECRETARY)[0], members_with_role(here, Role.BOARD)[0]
        staff = cycle(members_with_role(here, Role.STAFF))
        self.members = list(islice(staff, self.number, self.number + MEMBERS))
        self.members = list({member.pk: member for member in self.members}.values())
        self.partners = self._seated()

    def _seated(self) -> list[Partner]:
        """Two partners of its own; the first committee has the partner who looks at the pages."""
        rows = Partner.objects.filter(organisation=self.organisation, status="active").select_related("membership__user").order_by("pk")
        own = rows.get(membership__user__name=PARTNER)
        others = [one for one in rows if one.pk != own.pk]
        start = self.number * SEATS
        two = list(islice(cycle(others), start, start + SEATS))
        return [own, two[1]] if self.number == 0 else two

    def fill(self, count: int) -> None:
        committee = self._committee()
        meetings = Meeting.objects.bulk_create(self._meeting(committee, number) for number in range(count))
        self._invite(meetings)
        items = Item.objects.bulk_create(self._item(meeting, place) for meeting in meetings for place in range(len(CLASSES)))
        self._step_back(items)
        self._papers([item for item in items if item.position <= PAPERS])
        self._decide([item for item in items if item.position <= 2 and item.meeting.status == "held"])

    def _committee(self) -> Committee:
        people = {"chair": self.chair, "secretary": self.secretary}
        kind, name = Committee.Kind.COMMITTEE, f"{self.dice.choice(WORDS).capitalize()} Committee {self.number + 1}"
        made = commands.add_committee(
            fill_lists.lead_of(self.organisation), name=name, kind=kind, is_safety_related=True, seats=SEATS, **people
        )
        Member.objects.bulk_create(Member(committee=made, membership=one, from_on=today() - 900 * DAY) for one in self.members)
        begins = today() - 900 * DAY
        sits = {
            "from_on": begins,
            "holds_from_on": begins,
            "status": "sits",
            "answered_at": clock.now() - 900 * DAY,
            "offered_by": self.secretary,
        }
        seats = zip(made.seats.order_by("number"), self.partners, strict=True)
        Sitting.objects.bulk_create(Sitting(seat=seat, partner=partner, until_on=today() + 300 * DAY, **sits) for seat, partner in seats)
        return made

    def _meeting(self, committee: Committee, number: int) -> Meeting:
        on = add_months(today(), number - (MEETINGS - TO_COME)) + (self.number % 27 + 1) * DAY
        starts = dt.datetime.combine(on, dt.time(9 + self.number % 8), tzinfo=clock.LONDON)
        is_past = on < today()
        return Meeting(
            organisation=self.organisation,
            committee=committee,
            starts_at=starts,
            ends_at=starts + 2 * HOUR,
            place="Room 2, Elm House, York",
            video_link="https://meet.example.org/quality",
            papers_due_on=on - 7 * DAY,
            papers_sent_at=starts - 7 * DAY if is_past else None,
            status="held" if is_past else "planned",
        )

    def _invite(self, meetings: list[Meeting]) -> None:
        staff = list({one.pk: one for one in [self.chair, self.secretary, *self.members]}.values())
        everyone = [(one, "member") for one in staff] + [(one.membership, "partner") for one in self.partners]
        made = Invitee.objects.bulk_create(self._invitee(meeting, who, kind) for meeting in meetings for who, kind in everyone)
        asked = [one for one in made if one.kind == "partner"]
        self._needs(asked)
        Message.objects.bulk_create(self._message(one, about) for one in asked for about in ("invitation", "papers"))

    def _invitee(self, meeting: Meeting, member: Membership, kind: str) -> Invitee:
        is_past = meeting.status == "held"
        reply = self.dice.choice(["coming", "coming", "coming", "apologies"]) if is_past else self.dice.choice(["coming", "", ""])
        came = ("absent" if reply == "apologies" else "present") if is_past else ""
        replied = meeting.starts_at - 20 * DAY if reply else None
        return Invitee(meeting=meeting, membership=member, kind=kind, reply=reply, replied_at=replied, attendance=came, told_sequence=0)

    def _needs(self, asked: list[Invitee]) -> None:
        """Each partner here needs one thing; it is arranged at most meetings."""
        needs = {}
        for partner in self.partners:
            found = AccessNeed.objects.filter(partner=partner, ended_on__isnull=True).first()
            needs[partner.membership_id] = found or AccessNeed.objects.create(partner=partner, kind="format", what="Large print.")
        met = {"status": "met", "decided_by": self.secretary}
        rows = [one for one in asked if self.dice.random() < 0.9]
        NeedAtMeeting.objects.bulk_create(
            NeedAtMeeting(invitee=one, need=needs[one.membership_id], decided_at=one.meeting.starts_at - 9 * DAY, **met) for one in rows
        )

    def _message(self, invitee: Invitee, about: str) -> Message:
        user, sent = invitee.membership.user, clock.now() - self.dice.randrange(1, 300) * DAY
        return Message(
            organisation_id=self.organisation.pk,
            template=f"committees/{about}",
            about_code=invitee.meeting.code,
            to_membership_id=invitee.membership_id,
            to_name=user.name,
            to_address=user.email or "",
            channel="email",
            subject=f"{invitee.meeting.committee.name}: {about}",
            text=some_words(self.dice, 40, 120),
            status="sent",
            finished_at=sent,
        )

    def _item(self, meeting: Meeting, place: int) -> Item:
        given = {"title": some_words(self.dice, 3, 7).capitalize(), "purpose": some_words(self.dice, 8, 20), "minutes_long": 20}
        return Item(meeting=meeting, position=place + 1, kind="discuss", lead=self.members[0], classification=CLASSES[place], **given)

    def _step_back(self, items: list[Item]) -> None:
        """One line in fifty is withheld from a partner."""
        rows = [(item, self.dice.choice(self.partners)) for item in items if self.dice.random() < 0.02]
        Recusal.objects.bulk_create(Recusal(item=item, membership=partner.membership) for item, partner in rows)

    def _papers(self, items: list[Item]) -> None:
        """One paper for each, typed; one in twelve came late, and one in six for a meeting to come is still awaited."""
        awaited = {item.pk for item in items if item.meeting.status == "planned" and self.dice.random() < 1 / 6}
        papers = Paper.objects.bulk_create(
            Paper(
                item=item,
                position=1,
                title=item.title,
                summary=item.purpose,
                author=self.members[0],
                classification=item.classification,
                arrived_at=None if item.pk in awaited else min(item.meeting.starts_at - 8 * DAY, clock.now()),
            )
            for item in items
        )
        there = [paper for paper in papers if paper.arrived_at]
        versions = PaperVersion.objects.bulk_create(
            PaperVersion(
                paper=paper, number=1, words=some_words(self.dice, 60, 200), is_late=self.dice.random() < 1 / 12, by=self.secretary
            )
            for paper in there
        )
        self._found_by([(one.paper, f"{one.paper.title} {one.words}") for one in versions])

    def _decide(self, items: list[Item]) -> None:
        """What the meetings that were held decided, and who does what by when."""
        here = self.organisation
        decisions = Decision.objects.bulk_create(
            Decision(organisation=here, item=item, words=some_words(self.dice, 8, 25), by=self.secretary) for item in items
        )
        actions = MeetingAction.objects.bulk_create(self._action(item) for item in items)
        self._found_by([(one, one.words) for one in decisions])
        self._found_by([(one, one.text) for one in actions])

    def _action(self, item: Item) -> MeetingAction:
        due = clock.day_of(item.meeting.starts_at) + 28 * DAY
        is_done = due < today() - 60 * DAY or self.dice.random() < 0.5
        ends = (
            {"status": "done", "ended_at": item.meeting.starts_at + 20 * DAY, "evidence": "A picture of the new notice"} if is_done else {}
        )
        given = {"organisation": self.organisation, "owner": self.dice.choice(self.members), "text": some_words(self.dice, 5, 15)}
        return MeetingAction(item=item, due_on=due, first_due_on=due, **given, **ends)

    def _found_by(self, texts: list[tuple[models.Model, str]]) -> None:
        if texts:
            index(self.organisation, texts[0][0]._meta.label_lower, [(one.pk, words.lower()) for one, words in texts])
