"""The agenda: what stands in it by default, its order, its numbers and times, and who has stepped back."""

from __future__ import annotations

import datetime as dt

import pytest

from safety_partners.committees import commands, queries
from safety_partners.committees.models import Classification, Invitee, Item, Meeting, Recusal
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.models import Message
from safety_partners.core.policy import Refused
from safety_partners.core.working_days import today
from tests.factories.committees import make_invitee, make_item, make_meeting, make_paper, make_recusal
from tests.factories.people import viewer_of

pytestmark = pytest.mark.django_db
KIND = {"kind": Item.Kind.DISCUSS}


@pytest.fixture
def meeting(committee, partner, member):
    found = make_meeting(committee)
    make_invitee(found, partner.membership)
    make_invitee(found, member, Invitee.Kind.MEMBER)
    return found


@pytest.fixture
def post(meeting):
    """What goes out from now on."""
    Message.objects.all().delete()
    return lambda: list(Message.objects.order_by("id"))


def titles(meeting):
    return [item.title for item in meeting.items.order_by("position")]


def test_begin_agenda_puts_in_what_partners_wish_to_raise(secretary, meeting):
    commands.begin_agenda(viewer_of(secretary), meeting)
    assert [item.is_for_partners for item in meeting.items.all()] == [True]


def test_begin_agenda_adds_minutes_and_actions_when_the_committee_has_met_before(secretary, committee, meeting):
    make_meeting(committee, on=today() - dt.timedelta(days=20), status=Meeting.Status.HELD)
    commands.begin_agenda(viewer_of(secretary), meeting)
    assert len(titles(meeting)) == 3
    assert titles(meeting)[0] == "Minutes of the last meeting"


def test_begin_agenda_once(secretary, meeting):
    commands.begin_agenda(viewer_of(secretary), meeting)
    with pytest.raises(Overtaken):
        commands.begin_agenda(viewer_of(secretary), meeting)


def test_add_item_brings_the_standing_items_and_comes_before_the_partners_own(secretary, meeting):
    commands.add_item(viewer_of(secretary), meeting, title="Falls", **KIND)
    commands.add_item(viewer_of(secretary), meeting, title="Medicines", **KIND)
    assert titles(meeting) == ["Falls", "Medicines", "What Patient Safety Partners wish to raise"]


def test_add_item_needs_a_title_and_somebody_who_runs_the_committee(secretary, partner, meeting):
    with pytest.raises(NotPossible):
        commands.add_item(viewer_of(secretary), meeting, title="  ", **KIND)
    with pytest.raises(Refused):
        commands.add_item(viewer_of(partner.membership), meeting, title="Falls", **KIND)


def test_add_item_is_refused_for_a_cancelled_meeting(secretary, committee):
    cancelled = make_meeting(committee, status=Meeting.Status.CANCELLED, why_cancelled="Snow.")
    with pytest.raises(NotPossible):
        commands.add_item(viewer_of(secretary), cancelled, title="Falls", **KIND)


def test_change_item_of_two_the_second_is_told(secretary, meeting, post):
    item = make_item(meeting)
    commands.change_item(viewer_of(secretary), item, turn=0, title="Falls at night", minutes_long=30, **KIND)
    assert (Item.objects.get().title, Item.objects.get().minutes_long) == ("Falls at night", 30)
    with pytest.raises(Overtaken):
        commands.change_item(viewer_of(secretary), item, turn=0, title="Something else", **KIND)
    assert not post()


def test_move_item_changes_places_and_stops_at_the_end_of_its_class(secretary, meeting):
    one, two = make_item(meeting, "One"), make_item(meeting, "Two")
    private = make_item(meeting, "Private", classification=Classification.INVITED)
    commands.move_item(viewer_of(secretary), two, is_up=True)
    assert [line.item.title for line in queries.lines(viewer_of(secretary), meeting)] == ["Two", "One", "Private"]
    for item, is_up in ((two, True), (one, False), (private, True)):
        with pytest.raises(NotPossible):
            commands.move_item(viewer_of(secretary), item, is_up=is_up)


def test_remove_item_closes_the_gap_and_keeps_what_has_papers(secretary, meeting):
    one, two = make_item(meeting, "One"), make_item(meeting, "Two")
    make_paper(two)
    commands.remove_item(viewer_of(secretary), one)
    two.refresh_from_db()
    assert two.position == 1
    with pytest.raises(NotPossible):
        commands.remove_item(viewer_of(secretary), two)


def test_an_item_with_a_paper_that_is_only_promised_can_go(secretary, meeting):
    item = make_item(meeting)
    make_paper(item, words="")
    commands.remove_item(viewer_of(secretary), item)
    assert not meeting.items.exists()


# Numbers and times


def test_numbers_and_times_have_no_gap_for_anybody(staff, partner, member, secretary, meeting):
    """The partner has signed nothing about confidentiality, so restricted items are not for them."""
    for title, classification in (("A", "restricted"), ("B", "open"), ("C", "invited"), ("D", "open")):
        make_item(meeting, title, classification=classification, minutes_long=30)
    seen = {
        who: [(line.number, line.item.title, line.starts_at - meeting.starts_at) for line in queries.lines(viewer_of(person), meeting)]
        for who, person in (("staff", staff), ("partner", partner.membership), ("member", member), ("secretary", secretary))
    }
    half = dt.timedelta(minutes=30)
    every = [("1", "B", 0 * half), ("2", "D", half), ("P1", "C", 2 * half), ("R1", "A", 3 * half)]
    assert seen == {"staff": every[:2], "partner": every[:3], "member": every, "secretary": every}


def test_after_an_item_without_a_length_nobody_pretends_to_know_the_time(secretary, meeting):
    make_item(meeting, minutes_long=None)
    make_item(meeting, "Next")
    assert [line.starts_at is not None for line in queries.lines(viewer_of(secretary), meeting)] == [True, False]


# Stepping back


def test_declare_interest_withholds_at_once_and_tells_who_runs_it_without_the_reason(partner, secretary, chair, meeting, post):
    item = make_item(meeting)
    paper = make_paper(item, "The offers")
    viewer = viewer_of(partner.membership)
    recusal = commands.declare_interest(viewer, item, reason="My brother works there.")
    assert recusal.recorded_by_id is None
    assert Invitee.objects.get(membership=partner.membership).declared_at is not None
    assert {message.to_membership_id for message in post()} == {secretary.pk, chair.pk}
    told = " ".join(message.subject + message.text for message in post())
    assert "brother" not in told
    assert partner.membership.name not in told
    assert not queries.papers(viewer).filter(pk=paper.pk).exists()
    with pytest.raises(Refused):
        commands.declare_interest(viewer, item)


def test_a_reason_is_seen_by_those_who_run_it_and_by_nobody_else(partner, second, secretary, member, lead, meeting):
    item = make_item(meeting)
    make_invitee(meeting, second.membership)
    make_recusal(item, partner.membership, reason="Mine alone.")
    seen = {
        person.name: queries.recusals_at(viewer_of(person), item)
        for person in (partner.membership, second.membership, secretary, member, lead)
    }
    assert {name: bool(found) for name, found in seen.items()} == {
        partner.membership.name: True,
        second.membership.name: False,
        secretary.name: True,
        member.name: False,
        lead.name: True,
    }


def test_record_interest_says_how_it_was_said_and_tells_the_person(partner, secretary, staff, meeting, post):
    item = make_item(meeting)
    given = {"membership": partner.membership, "capture": "phone"}
    with pytest.raises(NotPossible) as caught:
        commands.record_interest(viewer_of(secretary), item, **given)
    assert caught.value.field == "is_read_back"
    with pytest.raises(NotPossible):
        commands.record_interest(viewer_of(secretary), item, membership=staff, capture="letter")
    recusal = commands.record_interest(viewer_of(secretary), item, is_read_back=True, **given)
    assert (recusal.capture, recusal.recorded_by_id) == ("phone", secretary.pk)
    assert [message.to_membership_id for message in post()] == [partner.membership_id]
    with pytest.raises(Overtaken):
        commands.record_interest(viewer_of(secretary), item, is_read_back=True, **given)


def test_take_back_interest_opens_everything_again(partner, secretary, member, meeting):
    item = make_item(meeting)
    recusal = make_recusal(item, partner.membership)
    with pytest.raises(Refused):
        commands.take_back_interest(viewer_of(member), recusal)
    commands.take_back_interest(viewer_of(partner.membership), recusal)
    assert Item.objects.opened_to(viewer_of(partner.membership)).filter(pk=item.pk).exists()
    with pytest.raises(Overtaken):
        commands.take_back_interest(viewer_of(secretary), Recusal.objects.get())


def test_declare_nothing_is_for_oneself(partner, second, meeting):
    invitee = meeting.invitees.get(membership=partner.membership)
    with pytest.raises(Refused):
        commands.declare_nothing(viewer_of(second.membership), invitee)
    assert commands.declare_nothing(viewer_of(partner.membership), invitee).declared_at is not None
