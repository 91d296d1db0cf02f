"""A meeting that was held three weeks ago, with everybody who has a part in it, as the tests of the table need them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse

from safety_partners.committees import commands
from safety_partners.committees.models import Committee, Invitee, Item, ItemInsight, Meeting, Minutes
from safety_partners.core.models import Message
from safety_partners.core.working_days import today
from safety_partners.people.models import Membership, Organisation, Role
from tests.factories import committees as make
from tests.factories.people import make_member, make_organisation, viewer_of

DAY = dt.timedelta(days=1)


@dataclass
class Table:
    """The people, the committee, its meeting and one item that everybody may open."""

    organisation: Organisation
    lead: Membership
    secretary: Membership
    chair: Membership
    staff: Membership
    partner: Membership
    second: Membership
    committee: Committee
    meeting: Meeting
    item: Item

    def invitee(self, member: Membership) -> Invitee:
        return Invitee.objects.get(meeting=self.meeting, membership=member)

    def mark(self, **marks: str) -> Meeting:
        """Say who was there: ``mark(partner="present")``."""
        given = {self.invitee(getattr(self, name)).code: (mark, "") for name, mark in marks.items()}
        return commands.record_attendance(viewer_of(self.secretary), self.meeting, marks=given, left={})

    def write(self, words: str = "We talked about falls.", item: Item | None = None) -> Minutes:
        commands.save_minute(viewer_of(self.secretary), item or self.item, words=words, turn=0)
        return Minutes.objects.get(meeting=self.meeting)

    def agree(self) -> Minutes:
        """Written, with who was there, and agreed by the chair."""
        self.mark(partner="present", staff="present")
        return commands.agree_minutes(viewer_of(self.chair), self.write())

    def approve(self, **given: str) -> Minutes:
        """Agreed, and approved by a meeting today."""
        minutes = self.agree()
        later = make.make_meeting(self.committee, starts_at=self.meeting.starts_at + DAY)
        return commands.approve_minutes(viewer_of(self.secretary), minutes, meeting=later, **given)

    def say(self, words: str = "The call bells are too far away.", **given: str) -> ItemInsight:
        """The partner writes about the item and shares it."""
        placed = commands.speak(
            viewer_of(self.partner), given.pop("item", self.item), words=words, **({"kind": "challenge", "visibility": "answerers"} | given)
        )
        return commands.share_spoken(viewer_of(self.partner), placed, turn=placed.insight.turn)


def make_table() -> Table:
    organisation = make_organisation(contact_name="Grace Bell", contact_phone="01904 555 0100")
    lead = make_member(organisation, Role.LEAD, name="Grace Bell")
    secretary = make_member(organisation, Role.SECRETARY, name="Sam Secretary")
    chair = make_member(organisation, Role.STAFF, name="Chris Chair")
    staff = make_member(organisation, Role.STAFF, name="Ben Okafor", job_title="Matron")
    partner = make_member(organisation, Role.PARTNER, name="Anjali Rao")
    second = make_member(organisation, Role.PARTNER, name="Tom Second")
    committee = make.make_committee(lead, chair=chair, secretary=secretary)
    meeting = make.make_meeting(committee, on=today() - 20 * DAY)
    for member in (partner, second):
        make.make_invitee(meeting, member)
    for member in (chair, secretary, staff):
        make.make_invitee(meeting, member, Invitee.Kind.MEMBER)
    item = make.make_item(meeting, lead=staff)
    Message.objects.all().delete()
    return Table(organisation, lead, secretary, chair, staff, partner, second, committee, meeting, item)


def told(member: Membership) -> list[str]:
    """The templates of the messages to somebody, the oldest first."""
    return list(Message.objects.filter(to_membership_id=member.pk).order_by("id").values_list("template", flat=True))


def address(name: str, *codes: object) -> str:
    return reverse(f"committees:{name}", args=[getattr(one, "code", one) for one in codes])
