"""Setting up a committee, keeping right what is written about it, and its end."""

from __future__ import annotations

from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from safety_partners.committees import policies
from safety_partners.committees.commands.inviting import invite_to_coming, uninvite_from_coming
from safety_partners.committees.commands.rules import demand_at_work, lock
from safety_partners.committees.commands.scheduling import stop_meeting
from safety_partners.committees.commands.telling import tell
from safety_partners.committees.models import Committee, Invitee, Meeting, Seat, Sitting
from safety_partners.committees.models.committee import PARTNERS_WANTED
from safety_partners.committees.queries.sittings import people_of
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today, working_days_before
from safety_partners.partners.commands.rules import demand_staff
from safety_partners.people.models import Membership

MOST_DAYS = 30
MOST_SEATS = 20


@command(allow=policies.may_set_up_committees, details=("kind", "is_safety_related", "level", "papers_days"))
def add_committee(
    viewer: Viewer, /, *, name: str, chair: Membership, secretary: Membership, seats: int = PARTNERS_WANTED, **about: Any
) -> Committee:
    """Set up a committee with its seats for partners. Chair and secretary are told.

    ``about`` are the fields of :class:`Committee` that say how it works.
    """
    organisation_id = viewer.organisation_id or 0
    _demand(organisation_id, name=name, chair=chair, secretary=secretary, papers_days=about.get("papers_days", 0))
    if not 0 <= seats <= MOST_SEATS:
        raise NotPossible(_("A committee can have up to %(most)s seats.") % {"most": MOST_SEATS}, field="seats")
    committee = Committee.objects.create(organisation_id=organisation_id, name=name.strip(), chair=chair, secretary=secretary, **about)
    Seat.objects.bulk_create([Seat(committee=committee, number=number, from_on=today()) for number in range(1, seats + 1)])
    tell(viewer, [chair, secretary], "committees/you_run", committee)
    return committee


@command(allow=policies.may_run, details=("kind", "is_safety_related", "level", "papers_days"))
def change_committee(
    viewer: Viewer, committee: Committee, /, *, name: str, chair: Membership, secretary: Membership, turn: int | None = None, **about: Any
) -> Committee:
    """Keep right what is written about a committee. A new chair or secretary is told, and invited to what is to come."""
    papers_days = about.get("papers_days", committee.papers_days)
    _demand(committee.organisation_id, name=name, chair=chair, secretary=secretary, papers_days=papers_days, committee=committee)
    were = {committee.chair_id: committee.chair, committee.secretary_id: committee.secretary}
    had_days = committee.papers_days
    Committee.lifecycle.move(committee, "rewrite", turn=turn, name=name.strip(), chair=chair, secretary=secretary, **about)
    come = [one for one in (chair, secretary) if one.pk not in were]
    _follow(committee, come, [one for one in were.values() if one.pk not in {chair.pk, secretary.pk}])
    if papers_days != had_days:
        _ask_for_papers(committee, had_days)
    tell(viewer, come, "committees/you_run", committee)
    return committee


def _follow(committee: Committee, come: list[Membership], gone: list[Membership]) -> None:
    """Invite those who are new to the meetings to come, and those no more who have no other place at the table."""
    for one in come:
        invite_to_coming(committee, one, Invitee.Kind.MEMBER, today(), None)
    there = {one.membership.pk for one in people_of(committee, today())} if gone else set()
    for one in gone:
        if one.pk not in there:
            uninvite_from_coming(committee, one)


def _ask_for_papers(committee: Committee, had_days: int) -> None:
    """Let papers be due by the new rule for meetings to come whose day was not set by hand."""
    for meeting in Meeting.objects.to_come().filter(committee=committee, papers_sent_at__isnull=True):
        if meeting.papers_due_on == working_days_before(meeting.day, had_days):
            meeting.papers_due_on = working_days_before(meeting.day, committee.papers_days)
            meeting.save(update_fields=["papers_due_on"])


@command(allow=policies.may_run)
def end_committee(viewer: Viewer, committee: Committee, /, *, why: str, turn: int | None = None) -> Committee:
    """End a committee: its meetings to come are cancelled, its seats end, offers are taken back, and everybody at its table is told."""
    if not why.strip():
        raise NotPossible(_("Say why. Everybody who sits on it reads it."), field="why")
    at_table = [one.membership for one in people_of(committee, today())]
    Committee.lifecycle.move(committee, "end", turn=turn, ended_on=today())
    # Invited people hear of the end of the committee; the cancelled meetings only leave their calendars.
    stop_meeting(committee, why)
    offers = Sitting.objects.filter(seat__committee=committee, status=Sitting.Status.OFFERED)
    waiting = list(offers.select_related("partner__membership__user", "partner__membership__organisation"))
    for sitting in waiting:
        Sitting.lifecycle.move(sitting, "take_back")
    for sitting in Sitting.objects.filter(seat__committee=committee, status=Sitting.Status.SITS):
        Sitting.lifecycle.move(sitting, "end", ended_on=today())
    tell(viewer, [*at_table, *(one.partner.membership for one in waiting)], "committees/committee_ended", committee, why=why)
    return committee


@command(allow=policies.may_run)
def begin_committee_again(viewer: Viewer, committee: Committee, /, *, turn: int | None = None) -> Committee:
    """Let a committee that ended meet again, with its seats vacant."""
    _demand_name(committee.organisation_id, committee.name, committee)
    Committee.lifecycle.move(committee, "begin_again", turn=turn, ended_on=None)
    return committee


@command(allow=policies.may_run, details=("seats",))
def set_seats(viewer: Viewer, committee: Committee, /, *, seats: int) -> Committee:
    """Say how many seats partners have: more are added, and seats that nobody holds or was offered are closed, the last first."""
    lock(committee)
    if not 0 <= seats <= MOST_SEATS:
        raise NotPossible(_("A committee can have up to %(most)s seats.") % {"most": MOST_SEATS}, field="seats")
    rows = list(Seat.objects.open().filter(committee=committee).order_by("number"))
    taken = set(Sitting.objects.in_force().filter(seat__committee=committee).values_list("seat_id", flat=True))
    free = [seat for seat in reversed(rows) if seat.pk not in taken]
    if len(rows) - len(free) > seats:
        raise NotPossible(_("Somebody sits there, or was offered the seat. End that first."), field="seats")
    for seat in free[: max(len(rows) - seats, 0)]:
        seat.ended_on = today()
        seat.save(update_fields=["ended_on"])
    _add_seats(committee, seats - len(rows))
    return committee


def _add_seats(committee: Committee, count: int) -> None:
    """Open closed seats again before new ones are made, so that numbers stay small."""
    closed = Seat.objects.filter(committee=committee, ended_on__isnull=False).order_by("number")
    again = list(closed[: max(count, 0)])
    for seat in again:
        seat.from_on, seat.ended_on = today(), None
        seat.save(update_fields=["from_on", "ended_on"])
    last = Seat.objects.filter(committee=committee).aggregate(last=Max("number"))["last"] or 0
    rest = range(last + 1, last + 1 + count - len(again))
    Seat.objects.bulk_create([Seat(committee=committee, number=number, from_on=today()) for number in rest])


def _demand(
    organisation_id: int, *, name: str, chair: Membership, secretary: Membership, papers_days: int, committee: Committee | None = None
) -> None:
    _demand_name(organisation_id, name, committee)
    if committee is None or chair.pk != committee.chair_id:
        demand_at_work(chair, organisation_id, field="chair")
    if committee is None or secretary.pk != committee.secretary_id:
        demand_staff(secretary, organisation_id, field="secretary")
    if not 0 <= papers_days <= MOST_DAYS:
        raise NotPossible(_("Enter a number of days between 0 and %(most)s.") % {"most": MOST_DAYS}, field="papers_days")


def _demand_name(organisation_id: int, name: str, committee: Committee | None) -> None:
    if not name.strip():
        raise NotPossible(_("Enter the name of the committee."), field="name")
    others = Committee.objects.meeting_still().filter(organisation_id=organisation_id, name__iexact=name.strip())
    if others.exclude(pk=committee.pk if committee else None).exists():
        raise NotPossible(_("There is a committee with this name already."), field="name")
