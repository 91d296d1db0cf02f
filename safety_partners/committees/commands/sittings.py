"""Seats for partners: offered, taken or declined by them, held for a time, handed on."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from safety_partners.committees import policies
from safety_partners.committees.commands.inviting import invite_to_coming, uninvite_from_coming
from safety_partners.committees.commands.rules import demand_meets, lock
from safety_partners.committees.commands.telling import tell_runners, tell_sitter
from safety_partners.committees.models import Invitee, Seat, Sitting
from safety_partners.committees.models.committee import GONE
from safety_partners.committees.queries.sittings import MAY_SIT, overlapping
from safety_partners.core import clock
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today
from safety_partners.design import dates
from safety_partners.partners.commands.rules import said
from safety_partners.partners.models import Partner, Recorded

Status = Sitting.Status
TIMES = ("from_on", "holds_from_on", "until_on")


@command(allow=policies.may_run, details=TIMES)
def offer_seat(
    viewer: Viewer,
    seat: Seat,
    /,
    *,
    partner: Partner,
    from_on: dt.date,
    holds_from_on: dt.date | None = None,
    until_on: dt.date | None = None,
) -> Sitting:
    """Offer a seat to a partner, from a day on: they hold it from ``holds_from_on`` and shadow before that, or only shadow."""
    committee = lock(seat.committee)
    demand_meets(committee)
    if seat.ended_on is not None:
        raise Overtaken(_("This seat is closed."))
    if partner.organisation_id != committee.organisation_id or partner.status not in MAY_SIT:
        raise NotPossible(_("Choose a partner who is here."), field="partner")
    if Sitting.objects.in_force().filter(seat__committee=committee, partner=partner).exists():
        raise NotPossible(_("They have a seat here already, or were offered one."), field="partner")
    offer = Sitting(
        seat=seat, partner=partner, from_on=from_on, holds_from_on=holds_from_on, until_on=until_on, offered_by_id=viewer.membership_id
    )
    _demand_times(offer)
    offer.save()
    tell_sitter(viewer, offer, "committees/seat_offered")
    return offer


@command(allow=policies.may_answer_offer, details=("capture", "is_read_back"))
def accept_seat(
    viewer: Viewer,
    sitting: Sitting,
    /,
    *,
    capture: str = Recorded.Capture.TYPED,
    is_read_back: bool = False,
    turn: int | None = None,
) -> Sitting:
    """Take the seat; the partner is invited to the meetings of their time."""
    how = said(viewer, sitting.partner, capture=capture, is_read_back=is_read_back)
    lock(sitting.committee)
    demand_meets(sitting.committee)
    _demand_times(sitting)
    Sitting.lifecycle.move(sitting, "accept", turn=turn, answered_at=clock.now(), **how)
    _follow(sitting)
    tell_runners(viewer, sitting, "committees/seat_taken")
    if how["recorded_by_id"]:
        tell_sitter(viewer, sitting, "committees/seat_yours")
    return sitting


@command(allow=policies.may_answer_offer, details=("capture", "is_read_back"))
def decline_seat(
    viewer: Viewer,
    sitting: Sitting,
    /,
    *,
    capture: str = Recorded.Capture.TYPED,
    is_read_back: bool = False,
    turn: int | None = None,
) -> Sitting:
    """Do not take the seat. No reason is asked, and nothing else changes."""
    how = said(viewer, sitting.partner, capture=capture, is_read_back=is_read_back)
    Sitting.lifecycle.move(sitting, "decline", turn=turn, answered_at=clock.now(), **how)
    tell_runners(viewer, sitting, "committees/seat_declined")
    return sitting


@command(allow=policies.may_run)
def take_back_offer(viewer: Viewer, sitting: Sitting, /, *, turn: int | None = None) -> Sitting:
    """Take an offer back before it is answered."""
    Sitting.lifecycle.move(sitting, "take_back", turn=turn)
    tell_sitter(viewer, sitting, "committees/seat_taken_back")
    return sitting


@command(allow=policies.may_run, details=("holds_from_on", "until_on", "capture", "is_read_back"))
def adjust_sitting(
    viewer: Viewer,
    sitting: Sitting,
    /,
    *,
    holds_from_on: dt.date | None,
    until_on: dt.date | None,
    capture: str = Recorded.Capture.TYPED,
    is_read_back: bool = False,
    turn: int | None = None,
) -> Sitting:
    """Agree another day from which they hold the seat, or another last day; the partner has said yes, and is told what stands now."""
    how = said(viewer, sitting.partner, capture=capture, is_read_back=is_read_back)
    lock(sitting.committee)
    sitting.holds_from_on, sitting.until_on = holds_from_on, until_on
    _demand_times(sitting)
    if until_on is not None and until_on < today():
        raise NotPossible(_("Enter a day to come, or end their time at the table."), field="until_on")
    Sitting.lifecycle.move(sitting, "adjust", turn=turn, holds_from_on=holds_from_on, until_on=until_on, **how)
    _follow(sitting)
    tell_sitter(viewer, sitting, "committees/seat_changed")
    return sitting


@command(allow=policies.may_answer_offer, details=("last_on",))
def leave_seat(viewer: Viewer, sitting: Sitting, /, *, last_on: dt.date, turn: int | None = None) -> Sitting:
    """End somebody's time at the table, today or on a day to come. No reason is asked; the partner is thanked."""
    lock(sitting.committee)
    if last_on < today():
        raise NotPossible(_("The last day cannot be in the past."), field="last_on")
    if last_on > today():
        if last_on < sitting.from_on or (sitting.until_on is not None and last_on > sitting.until_on):
            raise NotPossible(_("Enter a day within their time at the table."), field="last_on")
        holds = sitting.holds_from_on if sitting.holds_from_on and sitting.holds_from_on <= last_on else None
        Sitting.lifecycle.move(sitting, "adjust", turn=turn, until_on=last_on, holds_from_on=holds)
        _follow(sitting)
    else:
        _end(sitting, today(), turn)
    tell_sitter(viewer, sitting, "committees/seat_ended", last_on=last_on)
    tell_runners(viewer, sitting, "committees/seat_left", last_on=last_on)
    return sitting


@command(allow=policies.may_move_by_clock)
def end_sitting_that_is_over(viewer: Viewer, sitting: Sitting, /) -> Sitting:
    """Note that a time at the table has come to its agreed end, or that the partner has left."""
    sitting.refresh_from_db(from_queryset=Sitting.objects.select_for_update())
    partner = sitting.partner
    if sitting.status == Status.OFFERED and partner.status in GONE:
        Sitting.lifecycle.move(sitting, "take_back")
        return sitting
    left_on = partner.ended_on if partner.status in GONE else None
    last_on = min((day for day in (left_on, sitting.until_on) if day is not None), default=None)
    if last_on is None or (left_on is None and last_on >= today()):
        raise Overtaken
    _end(sitting, last_on)
    return sitting


def _end(sitting: Sitting, ended_on: dt.date, turn: int | None = None) -> None:
    Sitting.lifecycle.move(sitting, "end", turn=turn, ended_on=ended_on)
    uninvite_from_coming(sitting.committee, sitting.partner.membership)


def _follow(sitting: Sitting) -> None:
    """Let the invitations to what is to come be those of their time at the table."""
    member = sitting.partner.membership
    if sitting.until_on is not None:
        uninvite_from_coming(sitting.committee, member, sitting.until_on)
    invite_to_coming(sitting.committee, member, Invitee.Kind.PARTNER, sitting.from_on, sitting.until_on)


def _demand_times(sitting: Sitting) -> None:
    """Raise ``NotPossible`` when the days do not follow each other, or somebody else holds the seat then."""
    holds, until = sitting.holds_from_on, sitting.until_on
    if holds is not None and holds < sitting.from_on:
        raise NotPossible(_("They cannot hold the seat before their first day."), field="holds_from_on")
    if until is not None and until < (holds or sitting.from_on):
        raise NotPossible(_("The last day cannot come before the first."), field="until_on")
    other = overlapping(sitting)
    if other is None:
        return
    if other.until_on is None:
        sentence = _("%(name)s holds or was offered this seat, without an end. Agree an end first, or let this partner shadow.")
        raise NotPossible(sentence % {"name": other.partner.name}, field="holds_from_on")
    raise NotPossible(
        _("%(name)s holds or was offered this seat until %(day)s. Enter a day after that.")
        % {"name": other.partner.name, "day": dates.day(other.until_on)},
        field="holds_from_on",
    )
