"""Meetings: added, moved, changed, cancelled; who is invited, what they answer, who is reminded, what partners need."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from safety_partners.committees import commands, queries
from safety_partners.committees.commands.inviting import invite, invite_to_coming, uninvite_from_coming
from safety_partners.committees.models import Invitee, NeedAtMeeting
from safety_partners.committees.queries.meetings import open_needs
from safety_partners.core import clock
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.models import Message
from safety_partners.core.policy import Refused
from safety_partners.core.working_days import today, working_days_before
from safety_partners.partners import commands as partners
from safety_partners.people.models import Role
from tests.factories.committees import DAY, at, make_meeting
from tests.factories.people import make_member, make_organisation, viewer_of

pytestmark = pytest.mark.django_db
FIELDS = ("starts_at", "ends_at", "place", "getting_there", "video_link", "phone_in", "breaks", "turn")
SAID = {"capture": "phone", "is_read_back": True}


@pytest.fixture
def me(secretary):
    return viewer_of(secretary)


@pytest.fixture
def meeting(committee, me):
    """Added by the secretary, so that everybody is invited."""
    start = at(today() + 10 * DAY)
    return commands.add_meeting(me, committee, starts_at=start, ends_at=start + dt.timedelta(hours=2), place="Room 2")


@pytest.fixture
def mine(meeting, partner):
    return meeting.invitees.get(membership=partner.membership)


def now_as(meeting, **fields) -> dict:
    """What the form would send back, with something changed."""
    return {name: getattr(meeting, name) for name in FIELDS} | fields


def change(me, meeting, **fields):
    return commands.change_meeting(me, meeting, **now_as(meeting, **fields))


def told(template: str) -> list[str]:
    return sorted(Message.objects.filter(template=f"committees/{template}").values_list("to_name", flat=True))


EVERYBODY = ["Char Chair", "Mem Member", "Pat Partner", "Sam Second", "Sec Secretary"]


def test_adding_invites_and_tells_everybody_at_the_table(meeting, committee):
    assert told("meeting_planned") == EVERYBODY
    kinds = dict(meeting.invitees.values_list("membership__user__name", "kind"))
    assert kinds == dict.fromkeys(EVERYBODY, "member") | {"Pat Partner": "partner", "Sam Second": "partner"}
    assert meeting.papers_due_on == working_days_before(meeting.day, committee.papers_days)


def test_adding_twice_with_one_key_makes_one(committee, me):
    import uuid

    given = {"starts_at": at(today() + DAY), "ends_at": at(today() + DAY, 12), "submission_key": uuid.uuid4()}
    assert commands.add_meeting(me, committee, **given) == commands.add_meeting(me, committee, **given)
    assert committee.meetings.count() == 1


@pytest.mark.parametrize(("start", "end"), [(-1, 1), (24, 24), (24, 23), (24, 48)])
def test_a_meeting_is_to_come_and_ends_after_it_begins(committee, me, start, end):
    now, hour = clock.now(), dt.timedelta(hours=1)
    with pytest.raises(NotPossible):
        commands.add_meeting(me, committee, starts_at=now + start * hour, ends_at=now + end * hour)


def test_only_who_runs_the_committee_adds_moves_and_cancels(committee, meeting, staff, partner, member):
    for person in (staff, partner.membership, member, make_member(make_organisation(), Role.LEAD)):
        viewer = viewer_of(person)
        with pytest.raises(Refused):
            commands.add_meeting(viewer, committee, starts_at=meeting.starts_at, ends_at=meeting.ends_at)
        with pytest.raises(Refused):
            change(viewer, meeting, place="Elsewhere")
        with pytest.raises(Refused):
            commands.cancel_meeting(viewer, meeting, why="No.", turn=0)


def test_a_moved_meeting_counts_its_sequence_tells_everybody_and_asks_them_again(meeting, me, mine, partner):
    commands.answer_invitation(viewer_of(partner.membership), mine, reply="coming", how="in person")
    start = meeting.starts_at + DAY
    change(me, meeting, starts_at=start, ends_at=start + dt.timedelta(hours=3))
    mine.refresh_from_db()
    assert (meeting.sequence, meeting.is_moved, meeting.starts_at) == (1, True, start)
    assert told("meeting_changed") == EVERYBODY
    assert (mine.reply, mine.replied_at, mine.told_sequence) == ("", None, 1)
    assert meeting.papers_due_on == working_days_before(meeting.day, 5)


@pytest.mark.parametrize("fields", [{"place": "Room 3"}, {"video_link": "https://meet.example.org/b"}, {"phone_in": "01632 960 222"}])
def test_another_place_or_link_is_told_and_answers_stay(meeting, me, mine, partner, fields):
    commands.answer_invitation(viewer_of(partner.membership), mine, reply="coming", how="in person")
    change(me, meeting, **fields)
    mine.refresh_from_db()
    assert (meeting.sequence, meeting.is_moved, mine.reply) == (1, False, "coming")
    assert told("meeting_changed") == EVERYBODY


@pytest.mark.parametrize("fields", [{"getting_there": "Mind the step."}, {"breaks": "At eleven."}, {}])
def test_a_word_in_the_notes_tells_nobody(meeting, me, fields):
    before = Message.objects.count()
    change(me, meeting, **fields)
    assert (meeting.sequence, Message.objects.count()) == (0, before)


def test_two_who_change_at_once_lose_nothing(meeting, me):
    late = now_as(meeting, place="Room 4")
    change(me, meeting, place="Room 3")
    with pytest.raises(Overtaken):
        commands.change_meeting(me, meeting, **late)
    meeting.refresh_from_db()
    assert meeting.place == "Room 3"


def test_cancelling_says_why_and_ends_it(meeting, me):
    with pytest.raises(NotPossible):
        commands.cancel_meeting(me, meeting, why=" ", turn=meeting.turn)
    commands.cancel_meeting(me, meeting, why="Too many are away.", turn=meeting.turn)
    assert (meeting.status, meeting.sequence, meeting.why_cancelled) == ("cancelled", 1, "Too many are away.")
    assert told("meeting_cancelled") == EVERYBODY
    for again in (lambda: change(me, meeting, place="X"), lambda: commands.cancel_meeting(me, meeting, why="No.", turn=meeting.turn)):
        with pytest.raises(NotPossible):
            again()


def test_nobody_who_has_left_is_told(meeting, me, member):
    member.ended_on = today()
    member.save()
    change(me, meeting, place="Room 3")
    assert "Mem Member" not in told("meeting_changed")


# Who is invited


def test_invited_once_and_told_once(meeting, member):
    before = Message.objects.count()
    assert invite(meeting, member, Invitee.Kind.MEMBER).kind == "member"
    assert (meeting.invitees.count(), Message.objects.count()) == (5, before)


def test_whoever_takes_a_seat_is_invited_to_the_meetings_of_their_time(committee, staff):
    near, far, later = (make_meeting(committee, on=today() + days * DAY) for days in (10, 40, 70))
    make_meeting(committee, on=today() + 30 * DAY, status="cancelled")
    invite_to_coming(committee, staff, Invitee.Kind.MEMBER, first_on=today() + 20 * DAY, last_on=today() + 50 * DAY)
    assert [one.meeting for one in Invitee.objects.filter(membership=staff)] == [far]
    invite_to_coming(committee, staff, Invitee.Kind.MEMBER)
    assert told("meeting_planned") == ["Stan Staff"] * 3
    uninvite_from_coming(committee, staff, after=today() + 20 * DAY)
    assert [one.meeting for one in Invitee.objects.filter(membership=staff)] == [near]
    assert told("meeting_uninvited") == ["Stan Staff"] * 2
    assert later.pk


def test_a_guest_is_invited_alone_and_taken_off_again(meeting, me, staff):
    before = Message.objects.count()
    guest = commands.add_guest(me, meeting, membership=staff)
    assert (guest.kind, Message.objects.count(), told("meeting_planned")[-1]) == ("guest", before + 1, "Stan Staff")
    with pytest.raises(NotPossible):
        commands.add_guest(me, meeting, membership=staff)
    commands.take_off(me, guest)
    assert told("meeting_uninvited") == ["Stan Staff"]
    assert "METHOD:CANCEL" in Message.objects.get(template="committees/meeting_uninvited").calendar
    assert not meeting.invitees.filter(membership=staff).exists()


def test_whoever_has_a_place_at_the_table_cannot_be_taken_off(meeting, me, mine):
    with pytest.raises(NotPossible):
        commands.take_off(me, mine)


def test_nobody_of_another_organisation_is_invited(meeting, me):
    with pytest.raises(NotPossible):
        commands.add_guest(me, meeting, membership=make_member())


# Answers and reminders


def test_a_partner_answers_for_themselves_and_may_change_it(mine, partner):
    viewer = viewer_of(partner.membership)
    commands.answer_invitation(viewer, mine, reply="coming", how="video")
    assert (mine.reply, mine.how, mine.capture, mine.recorded_by_id) == ("coming", "video", "typed", None)
    commands.answer_invitation(viewer, mine, reply="apologies", how="video")
    assert (mine.reply, mine.how) == ("apologies", "")


@pytest.mark.parametrize(
    "given", [{"reply": ""}, {"reply": "maybe"}, {"reply": "coming", "how": ""}, {"reply": "coming", "how": "by boat"}]
)
def test_an_answer_says_yes_or_no_and_how(mine, partner, given):
    with pytest.raises(NotPossible):
        commands.answer_invitation(viewer_of(partner.membership), mine, **given)


def test_an_answer_by_phone_is_written_down_and_read_back(mine, me, secretary, staff):
    with pytest.raises(NotPossible):
        commands.answer_invitation(me, mine, reply="apologies", capture="phone")
    with pytest.raises(NotPossible):
        commands.answer_invitation(me, mine, reply="apologies")
    commands.answer_invitation(me, mine, reply="apologies", **SAID)
    assert (mine.capture, mine.recorded_by_id, mine.is_read_back) == ("phone", secretary.pk, True)
    with pytest.raises(Refused):
        commands.answer_invitation(viewer_of(staff), mine, reply="apologies", **SAID)


def test_nobody_answers_once_it_is_over(mine, partner):
    with time_machine.travel(clock.now() + 20 * DAY, tick=False), pytest.raises(NotPossible):
        commands.answer_invitation(viewer_of(partner.membership), mine, reply="apologies")


def test_a_reminder_goes_to_those_who_have_not_answered_once_a_day(meeting, me, mine, partner):
    commands.answer_invitation(viewer_of(partner.membership), mine, reply="apologies")
    names = [one.name for one in queries.to_remind(meeting, DAY)]
    commands.remind_invitees(me, meeting)
    assert told("meeting_reminder") == sorted(names) == [name for name in EVERYBODY if name != "Pat Partner"]
    assert queries.to_remind(meeting, DAY) == []
    with pytest.raises(NotPossible):
        commands.remind_invitees(me, meeting)
    with time_machine.travel(clock.now() + DAY, tick=False):
        commands.remind_invitees(me, meeting)
    assert len(told("meeting_reminder")) == 8


# What partners need


@pytest.fixture
def need(partner):
    return partners.ask_for_access(viewer_of(partner.membership), partner, kind="place", what="A ramp.")


def test_a_meeting_is_ready_only_when_nothing_is_open(need, committee, me, partner):
    start = at(today() + 10 * DAY)
    meeting = commands.add_meeting(me, committee, starts_at=start, ends_at=start + dt.timedelta(hours=1))
    mine = meeting.invitees.get(membership=partner.membership)
    assert NeedAtMeeting.objects.get(invitee=mine).status == "asked"
    assert not queries.readiness(meeting).is_ready
    commands.decide_need(me, mine, need=need, status="met")
    assert queries.readiness(meeting).is_ready
    assert told("need_not_met") == []


def test_what_is_not_met_says_why_and_is_told(meeting, need, me, mine, second):
    """Told after the invitation, so no row was there yet."""
    assert NeedAtMeeting.objects.count() == 0
    assert [line.need for line in queries.readiness(meeting).open] == [need]
    with pytest.raises(NotPossible):
        commands.decide_need(me, mine, need=need, status="not met")
    commands.decide_need(me, mine, need=need, status="not met", reason="No ramp until May. We come to you.")
    found = queries.readiness(meeting)
    assert (found.is_ready, found.lines[0].reason, found.lines[0].decided_by) == (
        True,
        "No ramp until May. We come to you.",
        "Sec Secretary",
    )
    assert told("need_not_met") == ["Pat Partner"]


def test_another_place_opens_it_again(need, meeting, me, mine):
    commands.decide_need(me, mine, need=need, status="met")
    change(me, meeting, getting_there="Round the back.")
    assert queries.readiness(meeting).is_ready
    change(me, meeting, place="The attic")
    assert not queries.readiness(meeting).is_ready


def test_a_need_that_is_over_or_belongs_to_somebody_else_counts_no_more(need, meeting, me, mine, partner, second):
    other = meeting.invitees.get(membership=second.membership)
    with pytest.raises(NotPossible):
        commands.decide_need(me, other, need=need, status="met")
    partners.end_access(viewer_of(partner.membership), need)
    assert queries.readiness(meeting).lines == []
    with pytest.raises(NotPossible):
        commands.decide_need(me, mine, need=need, status="met")


def test_meetings_with_something_open_are_found(need, meeting, me, mine, committee):
    quiet = make_meeting(committee)
    found = type(meeting).objects.filter(open_needs("pk"))
    assert list(found) == [meeting]
    commands.decide_need(me, mine, need=need, status="met")
    assert list(found.all()) == []
    assert quiet.pk


def test_others_needs_are_for_those_who_arrange_the_meeting(need, meeting, me, partner, second, member):
    seen = {
        person: queries.meeting_page(viewer_of(person), meeting).readiness.lines
        for person in (partner.membership, second.membership, member)
    }
    assert [len(lines) for lines in seen.values()] == [1, 0, 0]
    assert len(queries.meeting_page(me, meeting).readiness.lines) == 1


# What stands in calendars


def test_engagements_show_mine_and_give_the_way_in_only_to_who_is_invited(meeting, committee, me, partner, staff, lead):
    meeting.video_link = "https://meet.example.org/x"
    meeting.save()
    first, last = today(), today() + 10 * DAY
    mine = queries.engagements(viewer_of(partner.membership), first, last)
    assert [(one.uid.partition("@")[0], one.is_mine, one.join_link, one.place) for one in mine] == [
        (meeting.code, True, "https://meet.example.org/x", "Room 2")
    ]
    theirs = queries.engagements(viewer_of(staff), first, last)
    assert [(one.is_mine, one.join_link) for one in theirs] == [(False, "")]
    assert queries.engagements(viewer_of(partner.membership), first, last - DAY) == []
    assert queries.engagements(viewer_of(make_member(make_organisation(), Role.LEAD)), first, last) == []
    commands.cancel_meeting(me, meeting, why="No.", turn=meeting.turn)
    assert queries.engagements(viewer_of(partner.membership), first, last)[0].is_cancelled


def test_engagements_are_one_query(meeting, committee, partner, django_assert_num_queries):
    for _more in range(3):
        make_meeting(committee)
    with django_assert_num_queries(1):
        queries.engagements(viewer_of_read(partner), today(), today() + 400 * DAY)


def viewer_of_read(partner):
    from safety_partners.core.viewer import Viewer

    member = partner.membership
    return Viewer(membership_id=member.pk, organisation_id=member.organisation_id, roles=frozenset({Role.PARTNER}))
