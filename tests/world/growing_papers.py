"""How the pages of agendas, papers, copies and packs grow by so many rows, and how a calendar and somebody's messages do."""

from __future__ import annotations

from django.urls import reverse

from safety_partners.committees import commands
from safety_partners.committees.models import FormatCopy, Item, Meeting
from safety_partners.core import clock
from safety_partners.core.working_days import today
from safety_partners.partners.models import AccessNeed
from tests.factories import committees as make
from tests.factories import records
from tests.factories.people import viewer_of
from tests.world import growing
from tests.world.growing import Small


def _meeting(small: Small, **fields: object) -> Meeting:
    committee = make.make_committee(small.lead, chair=small.staff, secretary=small.secretary)
    return make.make_meeting(committee, **fields)


def _item(meeting: Meeting, rows: int) -> Item:
    """An item with so many papers that came and as many that were promised."""
    item = make.make_item(meeting)
    for _row in range(rows):
        make.make_paper(item)
        make.make_paper(item, words="")
    return item


def papers(small: Small, rows: int) -> str:
    _item(_meeting(small), rows)
    return reverse("committees:papers")


def agenda(small: Small, rows: int) -> str:
    meeting = _meeting(small)
    for _row in range(rows):
        _item(meeting, rows)
    return reverse("committees:agenda", args=[meeting.code])


def item(small: Small, rows: int) -> str:
    """Looked at by who runs the committee: with papers, who stepped back, and what was said, decided and agreed."""
    meeting = _meeting(small, on=today() - make.DAY, status="held")
    found = _item(meeting, rows)
    for row in range(rows):
        partner = records.make_active(small.lead)
        make.make_invitee(meeting, partner.membership)
        make.make_recusal(found, partner.membership)
        commands.add_decision(viewer_of(small.lead), found, words=f"We count, {row}.")
        commands.agree_meeting_action(viewer_of(small.lead), found, text="Count", owner=small.staff, due_on=today() + make.DAY)
    return found.get_absolute_url()


def _copy(small: Small, item: Item) -> FormatCopy:
    """A copy that one partner needs of one paper of their own."""
    need = AccessNeed.objects.create(partner=records.make_active(small.lead), kind=AccessNeed.Kind.FORMAT, what="Large print.")
    return FormatCopy.objects.create(paper=make.make_paper(item), need=need)


def paper(small: Small, rows: int) -> str:
    """One paper with so many versions after the first."""
    found = make.make_paper(make.make_item(_meeting(small)))
    for row in range(rows):
        commands.add_version(viewer_of(small.lead), found, words=f"Falls went down again, {row}.", note="Table 2.")
    return found.get_absolute_url()


def copies(small: Small, rows: int) -> str:
    item = make.make_item(_meeting(small))
    for _row in range(rows):
        _copy(small, item)
    return reverse("committees:copies")


def packs(small: Small, rows: int) -> str:
    meeting = _meeting(small, papers_sent_at=clock.now())
    for _row in range(rows):
        make.make_invitee(meeting, records.make_active(small.lead).membership, wants_paper=True)
    return reverse("committees:packs")


def pack(small: Small, rows: int) -> str:
    meeting = _meeting(small)
    for _row in range(rows):
        _item(meeting, rows)
    return reverse("committees:pack", args=[meeting.code])


def calendar(small: Small, rows: int) -> str:
    """So many meetings of one month, listed."""
    committee = make.make_committee(small.lead)
    for row in range(rows):
        meeting = make.make_meeting(committee, on=today() + (row + 1) * make.DAY)
        make.make_invitee(meeting, small.lead, "member")
    return reverse("home:calendar") + "?show=list"


def my_messages(small: Small, rows: int) -> str:
    growing.messages(small, rows)
    return reverse("people:my-messages")
