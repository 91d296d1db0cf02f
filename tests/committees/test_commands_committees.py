"""Committees: set up, changed, their seats, members and terms, and their end."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from safety_partners.committees import commands
from safety_partners.committees.models import Committee, Invitee, Meeting, Sitting
from safety_partners.committees.queries import people_of
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.models import Message
from safety_partners.core.policy import Refused
from safety_partners.core.working_days import today, working_days_before
from safety_partners.people.models import Role
from tests.factories.committees import make_committee, make_invitee, make_meeting, make_offer, make_sitting
from tests.factories.people import make_member, viewer_of
from tests.factories.records import make_active

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def lead():
    return make_member(None, Role.LEAD)


@pytest.fixture
def secretary(lead):
    return make_member(lead.organisation, Role.SECRETARY)


@pytest.fixture
def board(lead):
    return make_member(lead.organisation, Role.BOARD)


@pytest.fixture
def committee(lead, secretary, board):
    return make_committee(lead, chair=board, secretary=secretary)


def about(committee, **changed):
    kept = ("name", "kind", "purpose", "is_safety_related", "level", "chair", "secretary", "papers_days")
    return {name: getattr(committee, name) for name in kept} | changed


def told(member):
    return list(Message.objects.filter(to_membership_id=member.pk).order_by("id").values_list("subject", flat=True))


def test_add_committee_has_two_seats_unless_it_says_otherwise_and_tells_who_runs_it(lead, secretary, board):
    committee = make_committee(lead, chair=board, secretary=secretary)
    assert [seat.number for seat in committee.seats.order_by("number")] == [1, 2]
    assert told(board) == told(secretary) == ["A committee that you run: Quality and Governance Committee"]
    assert make_committee(lead, name="Board", seats=0).seats.count() == 0


@pytest.mark.parametrize(
    ("field", "wrong"),
    [("name", "  "), ("name", "quality and governance COMMITTEE"), ("seats", 21), ("papers_days", 31)],
)
def test_add_committee_says_what_is_wrong(lead, committee, field, wrong):
    with pytest.raises(NotPossible) as trouble:
        make_committee(lead, **({"name": "Falls"} | {field: wrong}))
    assert trouble.value.field == field


def test_add_committee_wants_a_chair_and_a_secretary_who_are_here(lead, board):
    elsewhere, partner = make_member(None, Role.LEAD), make_member(lead.organisation, Role.PARTNER)
    gone = make_member(lead.organisation, Role.STAFF, ended_on=today())
    for person in (elsewhere, partner, gone):
        with pytest.raises(NotPossible) as trouble:
            make_committee(lead, chair=person)
        assert trouble.value.field == "chair"
    for person in (elsewhere, partner, gone, board):
        with pytest.raises(NotPossible) as trouble:
            make_committee(lead, secretary=person)
        assert trouble.value.field == "secretary"


def test_add_committee_is_for_leads_and_secretaries(lead):
    for role in (Role.STAFF, Role.BOARD, Role.PARTNER):
        with pytest.raises(Refused):
            make_committee(make_member(lead.organisation, role))
    assert make_committee(make_member(lead.organisation, Role.SECRETARY)).pk


def test_change_committee_is_for_who_runs_it_and_never_writes_over_somebody(lead, secretary, committee):
    commands.change_committee(viewer_of(secretary), committee, **about(committee, name="Quality", turn=0))
    committee.refresh_from_db()
    assert committee.name == "Quality"
    with pytest.raises(Overtaken):
        commands.change_committee(viewer_of(lead), committee, **about(committee, name="Other", turn=0))
    for other in (make_member(lead.organisation, Role.SECRETARY), make_member(None, Role.LEAD)):
        with pytest.raises(Refused):
            commands.change_committee(viewer_of(other), committee, **about(committee))


def test_change_committee_invites_a_new_chair_and_takes_the_old_one_off(lead, board, committee):
    meeting = make_meeting(committee)
    make_invitee(meeting, board, Invitee.Kind.MEMBER)
    new = make_member(lead.organisation, Role.BOARD)
    commands.change_committee(viewer_of(lead), committee, **about(committee, chair=new))
    assert {one.membership for one in meeting.invitees.all()} == {new}
    assert "A committee that you run: Quality and Governance Committee" in told(new)


def test_change_committee_keeps_an_old_chair_who_is_a_member(lead, board, secretary, committee):
    meeting = make_meeting(committee)
    make_invitee(meeting, secretary, Invitee.Kind.MEMBER)
    commands.change_committee(viewer_of(lead), committee, **about(committee, chair=secretary, secretary=lead))
    assert {one.membership for one in meeting.invitees.all()} == {secretary, lead}


def test_change_committee_moves_the_day_of_papers_unless_it_was_set_by_hand(lead, committee):
    usual = make_meeting(committee, on=today() + 30 * DAY)
    by_hand = make_meeting(committee, on=today() + 60 * DAY, papers_due_on=today() + 41 * DAY)
    commands.change_committee(viewer_of(lead), committee, **about(committee, papers_days=8))
    assert Meeting.objects.get(pk=usual.pk).papers_due_on == working_days_before(usual.day, 8)
    assert Meeting.objects.get(pk=by_hand.pk).papers_due_on == today() + 41 * DAY


def test_set_seats_adds_closes_and_opens_again_but_never_a_seat_that_is_taken(lead, committee):
    viewer = viewer_of(lead)
    make_sitting(lead, committee, make_active(lead), number=1)
    commands.set_seats(viewer, committee, seats=4)
    assert [seat.number for seat in committee.seats.open().order_by("number")] == [1, 2, 3, 4]
    commands.set_seats(viewer, committee, seats=1)
    assert [seat.number for seat in committee.seats.open()] == [1]
    with pytest.raises(NotPossible) as trouble:
        commands.set_seats(viewer, committee, seats=0)
    assert trouble.value.field == "seats"
    commands.set_seats(viewer, committee, seats=5)
    assert [seat.number for seat in committee.seats.open().order_by("number")] == [1, 2, 3, 4, 5]


def test_seat_member_invites_and_tells_once_a_person(lead, committee):
    meeting, nurse = make_meeting(committee), make_member(lead.organisation, Role.STAFF)
    member = commands.seat_member(viewer_of(lead), committee, member=nurse, position="Lead nurse")
    assert meeting.invitees.get().membership == nurse
    assert "You are a member of this committee: Quality and Governance Committee" in told(nurse)
    for wrong in (nurse, committee.chair, make_member(lead.organisation, Role.PARTNER)):
        with pytest.raises(NotPossible) as trouble:
            commands.seat_member(viewer_of(lead), committee, member=wrong)
        assert trouble.value.field == "member"
    commands.end_member(viewer_of(lead), member)
    assert not meeting.invitees.exists()
    assert "You are a member no more of this committee: Quality and Governance Committee" in told(nurse)
    with pytest.raises(Overtaken):
        commands.end_member(viewer_of(lead), member)
    assert commands.seat_member(viewer_of(lead), committee, member=nurse).pk != member.pk


def test_people_of_are_each_there_once_and_as_what_they_are(lead, secretary, board, committee):
    partner, nurse = make_active(lead), make_member(lead.organisation, Role.STAFF)
    make_sitting(lead, committee, partner, from_on=today() + 10 * DAY, until_on=today() + 20 * DAY)
    commands.seat_member(viewer_of(lead), committee, member=nurse)
    core = {(board, "member"), (secretary, "member"), (nurse, "member")}
    assert {(one.membership, one.kind) for one in people_of(committee, today())} == core
    assert {(one.membership, one.kind) for one in people_of(committee, today() + 10 * DAY)} == core | {(partner.membership, "partner")}
    assert {(one.membership, one.kind) for one in people_of(committee, today() + 21 * DAY)} == core


def test_agree_terms_adds_a_version_and_changes_none(lead, committee):
    viewer, given = viewer_of(lead), {"agreed_on": today()}
    first = commands.agree_terms(viewer, committee, words="Every month.", **given)
    file = SimpleUploadedFile("terms.pdf", b"%PDF-1.7\n%%EOF\n")
    second = commands.agree_terms(viewer, committee, file=file, review_on=today() + DAY, **given)
    assert [(one.number, one.words) for one in committee.terms.order_by("number")] == [(1, "Every month."), (2, "")]
    assert (second.file.content_type, first.file) == ("application/pdf", None)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"words": " "}, "words"),
        ({"words": "x", "agreed_on": today() + DAY}, "agreed_on"),
        ({"words": "x", "review_on": today()}, "review_on"),
        ({"file": SimpleUploadedFile("terms.pdf", b"MZ program")}, "file"),
        ({"file": SimpleUploadedFile("terms.png", b"\x89PNG\r\n\x1a\n")}, "file"),
    ],
)
def test_agree_terms_says_what_is_wrong(lead, committee, given, field):
    with pytest.raises(NotPossible) as trouble:
        commands.agree_terms(viewer_of(lead), committee, **({"agreed_on": today()} | given))
    assert trouble.value.field == field
    assert not committee.terms.exists()


def test_end_committee_cancels_ends_takes_back_and_tells_everybody_why(lead, secretary, board, committee):
    meeting = make_meeting(committee)
    sits = make_sitting(lead, committee, make_active(lead))
    offered = make_offer(lead, committee, make_active(lead), number=2)
    with pytest.raises(NotPossible) as trouble:
        commands.end_committee(viewer_of(lead), committee, why=" ")
    assert trouble.value.field == "why"
    commands.end_committee(viewer_of(lead), committee, why="The work is done.")
    for one in (meeting, sits, offered):
        one.refresh_from_db()
    assert (committee.status, committee.ended_on) == (Committee.Status.ENDED, today())
    assert (meeting.status, sits.status, offered.status) == ("cancelled", Sitting.Status.ENDED, Sitting.Status.WITHDRAWN)
    for person in (secretary, board, sits.partner.membership, offered.partner.membership):
        message = Message.objects.filter(to_membership_id=person.pk, subject__startswith="This committee has ended").get()
        assert "The work is done." in message.text
    with pytest.raises(Overtaken):
        commands.agree_terms(viewer_of(lead), committee, words="x", agreed_on=today())
    with pytest.raises(Overtaken):
        make_offer(lead, committee, make_active(lead))


def test_begin_committee_again_has_vacant_seats_and_a_name_of_its_own(lead, committee):
    commands.end_committee(viewer_of(lead), committee, why="A pause.")
    other = make_committee(lead)
    with pytest.raises(NotPossible):
        commands.begin_committee_again(viewer_of(lead), committee)
    commands.end_committee(viewer_of(lead), other, why="Twice the same.")
    commands.begin_committee_again(viewer_of(lead), committee)
    assert (committee.status, committee.ended_on, committee.seats.open().count()) == (Committee.Status.MEETS, None, 2)


def test_a_committee_is_seen_by_staff_the_board_and_partners_who_sit_there(lead, committee):
    partner, other = make_active(lead), make_active(lead)
    make_offer(lead, committee, partner)
    roles = (Role.STAFF, Role.BOARD, Role.GOVERNANCE)
    for person in (*(make_member(lead.organisation, role) for role in roles), partner.membership):
        assert Committee.objects.visible_to(viewer_of(person)).get() == committee
    for person in (other.membership, make_member(lead.organisation, Role.GROUP_CHAIR), make_member(None, Role.LEAD)):
        assert not Committee.objects.visible_to(viewer_of(person)).exists()
