"""Which seats are filled, since when, who comes next; the warning in time; what waits for whom."""

from __future__ import annotations

import datetime as dt

import pytest

from safety_partners.committees import commands, queries
from safety_partners.committees.models import Committee, Invitee
from safety_partners.committees.queries.coverage import NOTICE
from safety_partners.committees.queries.duties import ARMS
from safety_partners.core.duty import Waiting
from safety_partners.core.working_days import today
from safety_partners.people.models import Role
from tests.factories.committees import make_committee, make_invitee, make_meeting, make_offer, make_sitting
from tests.factories.people import make_member, viewer_of
from tests.factories.records import make_active, make_partner

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def lead():
    return make_member(None, Role.LEAD)


@pytest.fixture
def secretary(lead):
    return make_member(lead.organisation, Role.SECRETARY)


@pytest.fixture
def committee(lead, secretary):
    return make_committee(lead, secretary=secretary, chair=secretary)


def covered(lead, committee):
    return queries.coverage(viewer_of(lead), [committee])[committee.pk]


def test_a_seat_is_vacant_in_induction_or_filled(lead, committee):
    first, second = covered(lead, committee).seats
    assert (first.state, first.since) == ("vacant", today())
    offer = make_offer(lead, committee, make_active(lead), holds_from_on=today() + 30 * DAY)
    assert covered(lead, committee).seats[0].state == "vacant"
    commands.accept_seat(viewer_of(offer.partner.membership), offer)
    make_sitting(lead, committee, make_active(lead), number=2, from_on=today() - 9 * DAY)
    first, second = covered(lead, committee).seats
    assert (first.state, first.holder, first.shadowing) == ("in induction", None, [offer])
    assert (second.state, second.since) == ("filled", today() - 9 * DAY)


def test_a_seat_held_by_somebody_who_is_joining_is_in_induction(lead, committee):
    make_sitting(lead, committee, make_partner(lead))
    assert covered(lead, committee).seats[0].state == "in induction"


def test_a_seat_is_vacant_since_the_day_after_the_last_holder(lead, committee):
    past = make_sitting(lead, committee, make_active(lead), from_on=today() - 90 * DAY, until_on=today() - 20 * DAY)
    seat = covered(lead, committee).seats[0]
    assert (seat.state, seat.since) == ("vacant", past.until_on + DAY)


def test_who_comes_next_is_shown_beside_who_holds_it(lead, committee):
    until = today() + 60 * DAY
    now = make_sitting(lead, committee, make_active(lead), until_on=until)
    follows = make_sitting(lead, committee, make_active(lead), number=1, from_on=until + DAY)
    offered = make_offer(lead, committee, make_active(lead), number=1, holds_from_on=None)
    seat = covered(lead, committee).seats[0]
    assert (seat.holder, seat.coming, seat.offered, seat.has_next) == (now, [follows], [offered], True)
    assert seat.in_force == [offered, now, follows]


def test_attendance_counts_held_meetings_of_whoever_held_the_seat_then(lead, committee):
    old, new = make_active(lead), make_active(lead)
    make_sitting(lead, committee, old, number=1, from_on=today() - 200 * DAY, until_on=today() - 101 * DAY)
    make_sitting(lead, committee, new, number=1, from_on=today() - 100 * DAY)
    marks = [(old, 150, "present"), (old, 120, "absent"), (old, 50, "present"), (new, 50, "part"), (new, 20, "absent")]
    for partner, days, attendance in marks:
        meeting = make_meeting(committee, on=today() - days * DAY, status="held")
        make_invitee(meeting, partner.membership, attendance=attendance)
    make_invitee(make_meeting(committee, on=today() - 10 * DAY, status="cancelled"), new.membership)
    make_invitee(make_meeting(committee, on=today() - 40 * DAY, status="held"), lead, Invitee.Kind.MEMBER, attendance="present")
    first, second = covered(lead, committee).seats
    assert (first.came, first.held, second.held) == (2, 4, 0)


@pytest.mark.parametrize(
    ("until", "follows", "free_from"),
    [
        (None, None, None),
        (NOTICE + DAY, None, None),
        (NOTICE - DAY, None, NOTICE),
        (30 * DAY, 31 * DAY, None),
        (30 * DAY, 40 * DAY, 31 * DAY),
    ],
)
def test_a_committee_is_warned_before_it_is_without_a_partner(lead, committee, until, follows, free_from):
    last = today() + until if until else None
    make_sitting(lead, committee, make_active(lead), until_on=last)
    if follows:
        make_sitting(lead, committee, make_active(lead), number=1, from_on=today() + follows)
    found = covered(lead, committee)
    assert found.without_partner_from == (today() + free_from if free_from else None)
    assert found.needs_partner == bool(free_from)
    assert found.filled == 1


def test_who_only_shadows_or_was_offered_does_not_count(lead, committee):
    make_sitting(lead, committee, make_active(lead), holds_from_on=None)
    make_offer(lead, committee, make_active(lead), number=2)
    found = covered(lead, committee)
    assert (found.without_partner_from, found.filled) == (today(), 0)


def test_no_warning_for_what_is_not_about_safety_or_has_ended(lead):
    calm = make_committee(lead, name="Estates", is_safety_related=False)
    over = make_committee(lead, name="Falls")
    commands.end_committee(viewer_of(lead), over, why="Done.")
    assert not covered(lead, calm).needs_partner
    assert not covered(lead, over).needs_partner
    assert not queries.without_partner(Committee.objects.visible_to(viewer_of(lead))).exists()


def test_seats_that_end_together_are_pointed_out(lead, committee):
    one = make_sitting(lead, committee, make_active(lead), until_on=today() + 200 * DAY)
    assert not covered(lead, committee).ends_together
    make_sitting(lead, committee, make_active(lead), until_on=today() + 240 * DAY)
    assert covered(lead, committee).ends_together
    given = {"holds_from_on": today(), "capture": "letter"}
    commands.adjust_sitting(viewer_of(lead), one, until_on=today() + 500 * DAY, **given)
    assert not covered(lead, committee).ends_together


def test_the_list_tells_seats_and_the_next_meeting(lead, committee):
    make_sitting(lead, committee, make_active(lead))
    make_sitting(lead, committee, make_active(lead), holds_from_on=None)
    make_meeting(committee, on=today() + 30 * DAY)
    near = make_meeting(committee, on=today() + 3 * DAY)
    row = queries.committees(viewer_of(lead)).get()
    assert (row.open_seats, row.held_seats, row.next_at) == (2, 1, near.starts_at)


def test_with_vacant_seat_and_search_narrow_the_list(lead, committee):
    full = make_committee(lead, name="Full house", seats=1)
    make_sitting(lead, full, make_active(lead))
    rows = Committee.objects.visible_to(viewer_of(lead))
    assert set(queries.with_vacant_seat(rows)) == {committee}
    assert set(queries.search_committees(rows, "house full")) == {full}
    assert set(queries.search_committees(rows, full.code.lower())) == {full}


def test_partners_to_sit_are_those_who_are_here_and_have_no_seat_there(lead, committee):
    active, joining, sits = make_active(lead), make_partner(lead), make_active(lead)
    make_sitting(lead, committee, sits)
    make_active(make_member(None, Role.LEAD))
    assert set(queries.partners_to_sit(viewer_of(lead), committee)) == {active, joining}


def sentences(member):
    return {(str(duty.sentence), duty.title) for duty in Waiting(ARMS)(viewer_of(member))}


def test_an_offer_waits_for_the_partner_alone(lead, committee):
    offer = make_offer(lead, committee, make_active(lead))
    partner = offer.partner.membership
    [duty] = Waiting(ARMS)(viewer_of(partner))
    assert (duty.title, duty.path) == (committee.name, offer.get_absolute_url())
    assert "offered" not in str(sentences(make_active(lead).membership))
    commands.accept_seat(viewer_of(partner), offer)
    assert Waiting(ARMS)(viewer_of(partner)) == []


def test_a_committee_without_a_partner_waits_for_the_lead(lead, secretary, committee):
    warning = ("A safety-related committee has no partner, or will soon have none", committee.name)
    assert warning in sentences(lead)
    assert warning not in sentences(secretary)
    sitting = make_sitting(lead, committee, make_active(lead))
    assert warning not in sentences(lead)
    commands.leave_seat(viewer_of(sitting.partner.membership), sitting, last_on=today() + 20 * DAY)
    assert warning in sentences(lead)
    assert warning not in sentences(make_member(None, Role.LEAD))


def test_a_seat_to_hand_on_waits_for_who_runs_the_committee_until_somebody_is_asked(lead, secretary, committee):
    until = today() + 40 * DAY
    make_sitting(lead, committee, make_active(lead), until_on=until)
    other = make_member(lead.organisation, Role.SECRETARY)
    asks = ("A partner’s time in this seat ends. Ask who comes next", committee.name)
    assert asks in sentences(secretary)
    assert asks not in sentences(other)
    make_offer(lead, committee, make_active(lead), from_on=until + DAY)
    assert asks not in sentences(secretary)


def test_terms_to_look_at_wait_for_the_secretary_until_there_are_newer_ones(lead, secretary, committee):
    given = {"words": "Every month.", "agreed_on": today() - 300 * DAY}
    commands.agree_terms(viewer_of(lead), committee, review_on=today() - DAY, **given)
    [duty] = [one for one in Waiting(ARMS)(viewer_of(secretary)) if "terms" in one.path]
    assert (duty.due_on, duty.is_late) == (today() - DAY, True)
    commands.agree_terms(viewer_of(lead), committee, review_on=today() + 300 * DAY, **given)
    assert not [one for one in Waiting(ARMS)(viewer_of(secretary)) if "terms" in one.path]


def test_duties_say_when_there_are_more(lead):
    for number in range(21):
        make_committee(lead, name=f"Committee {number}")
    found = Waiting(ARMS)(viewer_of(lead))
    assert (len(found), found.has_more) == (20, True)


def test_my_sittings_show_offers_first_and_nothing_that_was_declined(lead, committee):
    partner = make_active(lead)
    names = ["Declined", "Sits", "Offered"]
    declined, sits, offered = (make_offer(lead, make_committee(lead, name=name), partner) for name in names)
    commands.decline_seat(viewer_of(partner.membership), declined)
    commands.accept_seat(viewer_of(partner.membership), sits)
    assert queries.my_sittings(viewer_of(partner.membership)) == [offered, sits]
