"""Seats of partners: offered, answered by the partner alone, held in turn, handed on, ended."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from safety_partners.committees import commands, tasks
from safety_partners.committees.models import Invitee, Sitting
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.models import Message
from safety_partners.core.policy import Refused
from safety_partners.core.working_days import today
from safety_partners.partners import open_matters
from safety_partners.people.models import Role
from tests.factories.committees import make_committee, make_meeting, make_offer, make_sitting
from tests.factories.people import make_member, viewer_of
from tests.factories.records import make_active, make_left, make_partner

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
LETTER = {"capture": "letter"}


@pytest.fixture
def lead():
    return make_member(None, Role.LEAD, name="Grace")


@pytest.fixture
def secretary(lead):
    return make_member(lead.organisation, Role.SECRETARY, name="Owen")


@pytest.fixture
def committee(lead, secretary):
    return make_committee(lead, secretary=secretary)


@pytest.fixture
def partner(lead):
    return make_active(lead, make_member(lead.organisation, Role.PARTNER, name="Anjali"))


def told(member):
    return list(Message.objects.filter(to_membership_id=member.pk).order_by("id").values_list("subject", flat=True))


def test_offer_seat_tells_the_partner_and_settles_nothing(lead, committee, partner):
    sitting = make_offer(lead, committee, partner, until_on=today() + 700 * DAY)
    assert sitting.status == Sitting.Status.OFFERED
    assert not Sitting.objects.sitting().exists()
    assert "Would you like a seat on this committee: Quality and Governance Committee?" in told(partner.membership)
    assert "nobody asks why" in Message.objects.filter(to_membership_id=partner.membership_id).latest("id").text


def test_accept_seat_invites_to_the_meetings_of_that_time_and_tells_who_runs_it(lead, secretary, committee, partner):
    early = make_meeting(committee, on=today() + 5 * DAY)
    inside = make_meeting(committee, on=today() + 40 * DAY)
    late = make_meeting(committee, on=today() + 80 * DAY)
    offer = make_offer(lead, committee, partner, from_on=today() + 20 * DAY, until_on=today() + 60 * DAY)
    commands.accept_seat(viewer_of(partner.membership), offer)
    invited = Invitee.objects.filter(membership=partner.membership)
    assert [(one.meeting, one.kind) for one in invited] == [(inside, Invitee.Kind.PARTNER)]
    assert {early, late} & {one.meeting for one in invited} == set()
    assert "Anjali takes the seat" in told(secretary)
    assert "Anjali takes the seat" in told(lead)


def test_accept_seat_is_recorded_with_how_it_was_said_and_the_partner_is_told(lead, committee, partner):
    offer = make_offer(lead, committee, partner)
    with pytest.raises(NotPossible):
        commands.accept_seat(viewer_of(lead), offer)
    with pytest.raises(NotPossible):
        commands.accept_seat(viewer_of(lead), offer, capture="phone")
    offer = commands.accept_seat(viewer_of(lead), offer, capture="phone", is_read_back=True)
    assert (offer.capture, offer.recorded_by_id, offer.is_read_back) == ("phone", lead.pk, True)
    assert "Your seat on this committee: Quality and Governance Committee" in told(partner.membership)


def test_accept_seat_is_for_the_partner_and_for_who_runs_the_committee(lead, committee, partner):
    offer = make_offer(lead, committee, partner)
    for other in (make_member(lead.organisation, Role.SECRETARY), make_active(lead).membership, make_member(None, Role.LEAD)):
        with pytest.raises(Refused):
            commands.accept_seat(viewer_of(other), offer, **LETTER)


def test_decline_seat_asks_for_no_reason_and_leaves_the_seat_vacant(lead, secretary, committee, partner):
    offer = make_offer(lead, committee, partner)
    commands.decline_seat(viewer_of(partner.membership), offer)
    assert "Anjali does not take the seat" in told(secretary)
    with pytest.raises(Overtaken):
        commands.accept_seat(viewer_of(partner.membership), offer)
    assert make_offer(lead, committee, partner).status == Sitting.Status.OFFERED


def test_take_back_offer_tells_the_partner_and_cannot_follow_an_answer(lead, committee, partner):
    offer = make_offer(lead, committee, partner)
    commands.take_back_offer(viewer_of(lead), offer)
    assert "The offer of a seat is taken back" in told(partner.membership)
    with pytest.raises(Overtaken):
        commands.accept_seat(viewer_of(partner.membership), offer)
    again = make_sitting(lead, committee, partner)
    with pytest.raises(Overtaken):
        commands.take_back_offer(viewer_of(lead), again)


def test_offer_seat_is_held_by_one_partner_at_a_time(lead, committee, partner):
    until = today() + 100 * DAY
    make_sitting(lead, committee, partner, number=1, until_on=until)
    other = make_active(lead)
    with pytest.raises(NotPossible, match="holds or was offered this seat until"):
        make_offer(lead, committee, other, from_on=until)
    follows = make_offer(lead, committee, other, from_on=until + DAY)
    assert follows.holds_from_on == until + DAY
    shadow = make_offer(lead, committee, make_active(lead), holds_from_on=None)
    assert shadow.is_shadowing


def test_offer_seat_without_an_end_of_the_holder_needs_one_first(lead, committee, partner):
    make_sitting(lead, committee, partner, number=1)
    with pytest.raises(NotPossible, match="without an end"):
        make_offer(lead, committee, make_active(lead), from_on=today() + 900 * DAY)


def test_accept_seat_looks_again_whether_somebody_holds_it(lead, committee, partner):
    until = today() + 100 * DAY
    holder = make_sitting(lead, committee, partner, number=1, until_on=until)
    offer = make_offer(lead, committee, make_active(lead), from_on=until + DAY)
    Sitting.objects.filter(pk=holder.pk).update(until_on=None)
    with pytest.raises(NotPossible):
        commands.accept_seat(viewer_of(offer.partner.membership), offer)


@pytest.mark.parametrize(
    ("times", "field"),
    [
        ({"from_on": today() + DAY, "holds_from_on": today()}, "holds_from_on"),
        ({"until_on": today() - DAY}, "until_on"),
        ({"holds_from_on": today() + 9 * DAY, "until_on": today() + 8 * DAY}, "until_on"),
    ],
)
def test_offer_seat_wants_days_that_follow_each_other(lead, committee, partner, times, field):
    with pytest.raises(NotPossible) as trouble:
        make_offer(lead, committee, partner, **times)
    assert trouble.value.field == field


def test_offer_seat_is_for_partners_who_are_here_and_once_a_committee(lead, committee, partner):
    make_sitting(lead, committee, partner, number=1)
    for wrong in (partner, make_left(lead), make_active(make_member(None, Role.LEAD))):
        with pytest.raises(NotPossible) as trouble:
            make_offer(lead, committee, wrong, number=2)
        assert trouble.value.field == "partner"
    assert make_offer(lead, committee, make_partner(lead), number=2).partner.status == "joining"


def test_shadowing_becomes_holding_on_its_day(lead, committee, partner):
    sitting = make_sitting(lead, committee, partner, holds_from_on=today() + 30 * DAY)
    assert sitting.is_shadowing
    assert not Sitting.objects.holding().exists()
    assert Sitting.objects.holding(today() + 30 * DAY).get() == sitting
    with time_machine.travel(dt.datetime.combine(today() + 30 * DAY, dt.time(12), tzinfo=dt.UTC)):
        assert not sitting.is_shadowing


def test_adjust_sitting_needs_the_partners_word_and_moves_the_invitations(lead, committee, partner):
    sitting = make_sitting(lead, committee, partner, from_on=today() - 60 * DAY)
    near, far = make_meeting(committee, on=today() + 10 * DAY), make_meeting(committee, on=today() + 90 * DAY)
    viewer = viewer_of(lead)
    with pytest.raises(NotPossible):
        commands.adjust_sitting(viewer, sitting, holds_from_on=today(), until_on=today() + 30 * DAY)
    commands.adjust_sitting(viewer, sitting, holds_from_on=today(), until_on=today() + 200 * DAY, **LETTER)
    assert {one.meeting for one in Invitee.objects.filter(membership=partner.membership)} == {near, far}
    commands.adjust_sitting(viewer, sitting, holds_from_on=today(), until_on=today() + 30 * DAY, **LETTER)
    assert {one.meeting for one in Invitee.objects.filter(membership=partner.membership)} == {near}
    with pytest.raises(NotPossible, match="a day to come"):
        commands.adjust_sitting(viewer, sitting, holds_from_on=None, until_on=today() - DAY, **LETTER)


def test_adjust_sitting_overtaken_by_somebody_who_was_quicker(lead, committee, partner):
    sitting = make_sitting(lead, committee, partner)
    seen = sitting.turn
    commands.adjust_sitting(viewer_of(lead), sitting, holds_from_on=today(), until_on=None, turn=seen, **LETTER)
    with pytest.raises(Overtaken):
        commands.adjust_sitting(viewer_of(lead), sitting, holds_from_on=None, until_on=None, turn=seen, **LETTER)


def test_leave_seat_today_ends_it_takes_invitations_back_and_thanks(lead, secretary, committee, partner):
    sitting = make_sitting(lead, committee, partner)
    meeting = make_meeting(committee)
    Invitee.objects.create(meeting=meeting, membership=partner.membership, kind="partner")
    commands.leave_seat(viewer_of(lead), sitting, last_on=today())
    sitting.refresh_from_db()
    assert (sitting.status, sitting.ended_on) == (Sitting.Status.ENDED, today())
    assert not Invitee.objects.filter(meeting=meeting, membership=partner.membership).exists()
    assert "Thank you for sitting on this committee: Quality and Governance Committee" in told(partner.membership)
    assert "A seat becomes vacant on this committee: Quality and Governance Committee" in told(secretary)


def test_leave_seat_later_keeps_it_until_then(lead, committee, partner):
    sitting = make_sitting(lead, committee, partner)
    commands.leave_seat(viewer_of(partner.membership), sitting, last_on=today() + 9 * DAY)
    sitting.refresh_from_db()
    assert (sitting.status, sitting.until_on) == (Sitting.Status.SITS, today() + 9 * DAY)
    with pytest.raises(NotPossible, match="within their time"):
        commands.leave_seat(viewer_of(partner.membership), sitting, last_on=today() + 10 * DAY)
    with pytest.raises(NotPossible, match="in the past"):
        commands.leave_seat(viewer_of(partner.membership), sitting, last_on=today() - DAY)


def test_the_night_ends_what_is_over_and_leaves_the_rest(lead, committee, partner):
    over = make_sitting(lead, committee, partner, until_on=today() + 2 * DAY)
    gone = make_sitting(lead, committee, make_active(lead), number=2)
    offered = make_offer(lead, make_committee(lead, name="Falls"), gone.partner)
    assert tasks.end_sittings_that_are_over() == 0
    type(gone.partner).objects.filter(pk=gone.partner_id).update(status="left", ended_on=today())
    assert list(Sitting.objects.sitting()) == [over]
    with time_machine.travel(dt.datetime.combine(today() + 3 * DAY, dt.time(6), tzinfo=dt.UTC)):
        assert tasks.end_sittings_that_are_over() == 3
        assert tasks.end_sittings_that_are_over() == 0
    for one in (over, gone, offered):
        one.refresh_from_db()
    assert (over.status, over.ended_on) == (Sitting.Status.ENDED, over.until_on)
    assert (gone.status, gone.ended_on) == (Sitting.Status.ENDED, gone.partner.ended_on)
    assert offered.status == Sitting.Status.WITHDRAWN


def test_end_sitting_that_is_over_refuses_one_that_is_not(lead, committee, partner):
    sitting = make_sitting(lead, committee, partner, until_on=today())
    with pytest.raises(Overtaken):
        commands.end_sitting_that_is_over(viewer_of(lead), sitting)


def test_a_seat_is_an_open_matter_when_the_partner_leaves(lead, committee, partner):
    sitting = make_sitting(lead, committee, partner)
    assert [(one.code, one.label) for one in open_matters.of(partner)] == [
        (sitting.code, "A seat on a committee: Quality and Governance Committee")
    ]
    commands.leave_seat(viewer_of(lead), sitting, last_on=today())
    assert open_matters.of(partner) == []


def test_an_offer_is_seen_by_whom_it_concerns_only(lead, secretary, committee, partner):
    offer = make_offer(lead, committee, partner)
    staff, other = make_member(lead.organisation, Role.STAFF), make_active(lead).membership
    seen = {one: Sitting.objects.visible_to(viewer_of(one)).exists() for one in (lead, secretary, partner.membership, staff, other)}
    assert seen == {lead: True, secretary: True, partner.membership: True, staff: False, other: False}
    commands.accept_seat(viewer_of(partner.membership), offer)
    assert Sitting.objects.visible_to(viewer_of(staff)).get() == offer
    assert not Sitting.objects.visible_to(viewer_of(make_member(None, Role.LEAD))).exists()
