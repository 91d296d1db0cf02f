"""Patient participation groups, their meetings and what they say, made through the commands."""

from __future__ import annotations

import datetime as dt
from typing import Any

from safety_partners.core import clock
from safety_partners.core.working_days import today
from safety_partners.partners.models import Partner
from safety_partners.people.models import Membership, Role
from safety_partners.ppg import commands
from safety_partners.ppg.models import CollectiveView, Group, GroupMeeting, Improvement, PublicNote, Question, Referral, YearlyReview
from tests.factories.people import make_member, viewer_of

DAY = dt.timedelta(days=1)
WORDS = "We find the phone queue too long.\nMost of us waited half an hour."
MINORITY = "Two of us would rather keep the queue than ring back."
COUNTS = [("Age", "Under 25", 0, 900), ("Age", "25 to 64", 12, 5000), ("Age", "65 and over", 20, 2100)]


def make_chair(lead: Membership, name: str = "", **fields: Any) -> Membership:
    """Somebody who may speak for a group."""
    return make_member(lead.organisation, Role.GROUP_CHAIR, name=name, **fields)


def make_group(lead: Membership, chair: Membership | None = None, *, name: str = "Lower Meadow patient group", **fields: Any) -> Group:
    """An active group; the lead looks after it where nobody else is given."""
    given = {"practice": "Lower Meadow Surgery", "ods_code": "B82001", "contact": lead, "kind": Group.Kind.MEETS} | fields
    return commands.add_group(viewer_of(lead), name=name, chair=chair, **given)


def at(day: dt.date, hour: int = 18) -> dt.datetime:
    """A moment as the clock on the wall says in London."""
    return dt.datetime.combine(day, dt.time(hour), tzinfo=clock.LONDON)


def make_meeting(lead: Membership, group: Group, *, on: dt.date | None = None, **fields: Any) -> GroupMeeting:
    """Planned, at six o'clock, ten days from now where no day is given."""
    given = {"starts_at": at(on or today() + 10 * DAY), "place": "The library"} | fields
    return commands.plan_meeting(viewer_of(lead), group, **given)


def make_held(lead: Membership, group: Group, *, on: dt.date | None = None, **fields: Any) -> GroupMeeting:
    """A meeting that is over, with its minutes."""
    meeting = make_meeting(lead, group, on=on or today() - 10 * DAY)
    return commands.hold_meeting(viewer_of(lead), meeting, **({"people_count": 9, "minutes": "We spoke about the phones."} | fields))


def make_question(lead: Membership, group: Group, **fields: Any) -> Question:
    """Asked; the group has two weeks."""
    given = {"text": "Which hours suit people best?", "purpose": "We plan the evenings.", "answer_by": today() + 14 * DAY} | fields
    return commands.ask_question(viewer_of(lead), group, **given)


def make_answered(lead: Membership, group: Group, **fields: Any) -> Question:
    """Answered on the phone, where the group's chair does not type it."""
    given = {"answer": "Evenings until eight.", "capture": "phone", "is_read_back": True} | fields
    return commands.answer_question(viewer_of(lead), make_question(lead, group), **given)


def make_view_draft(by: Membership, group: Group, **fields: Any) -> CollectiveView:
    """What a group begins to say: typed by its chair, or written down by somebody else from a meeting."""
    how = {} if by.pk == group.chair_id else {"capture": "meeting"}
    given = {"words": WORDS, "minority": MINORITY, "kind": "concern", "naming": "name", "gathered": "meeting", "people_count": 9}
    return commands.begin_view(viewer_of(by), group, **(given | how | fields))


def make_view(by: Membership, group: Group, **fields: Any) -> CollectiveView:
    """Shared and sealed."""
    view = make_view_draft(by, group, **fields)
    return commands.share_view(viewer_of(by), view, turn=view.insight.turn, is_read_back=by.pk != group.chair_id)


def make_improvement(lead: Membership, group: Group, **fields: Any) -> Improvement:
    """Agreed; the lead sees to it."""
    given = {"text": "Ring back within an hour.", "owner": lead, "due_on": today() + 30 * DAY} | fields
    return commands.agree_improvement(viewer_of(lead), group, **given)


def make_review(lead: Membership, group: Group, *, year: int, **fields: Any) -> YearlyReview:
    """Who is in the group, as numbers."""
    given = {"done_on": today(), "method": "A sheet at two meetings.", "counts": COUNTS, "found": "Few young people."} | fields
    return commands.record_review(viewer_of(lead), group, year=year, **given)


def make_note(lead: Membership, group: Group, **fields: Any) -> PublicNote:
    """On the public website."""
    given = {"title": "Evening opening", "words": "The group asked for it, and it is here."} | fields
    return commands.publish_note(viewer_of(lead), group, **given)


def make_referral(chair: Membership, group: Group, **fields: Any) -> Referral:
    """A safety theme that a group passes on; it waits for the lead."""
    given = {"words": "People are sent home without their new tablets."} | fields
    return commands.refer_to_partners(viewer_of(chair), group, **given)


def make_referral_to_group(partner: Partner, group: Group, **fields: Any) -> Referral:
    """A service matter that a partner passes on; it waits for the lead."""
    given = {"words": "The waiting room is too small for wheelchairs."} | fields
    return commands.refer_to_group(viewer_of(partner.membership), partner=partner, group=group, **given)
