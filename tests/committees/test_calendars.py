"""What goes into people's calendars, read back by a library that others wrote: a year, both changes of the clocks, moves, ends."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
import vobject
from django.conf import settings
from icalendar import Calendar

from safety_partners.committees import calendars, commands
from safety_partners.committees.models import Invitee, Meeting
from safety_partners.committees.recurrence import Pattern, Rule, moment
from safety_partners.core import clock, outbox
from safety_partners.core.models import Message
from tests.factories.committees import make_meeting
from tests.factories.people import make_member, viewer_of

pytestmark = pytest.mark.django_db
YEAR = {"first_on": dt.date(2027, 1, 1), "last_on": dt.date(2027, 12, 31), "on_holiday": "stay"}
TIMES = {"starts_at_time": dt.time(10), "minutes_long": 120}
ROOM = {"place": "Room 2; Elm House, York", "video_link": "https://meet.example.org/a?b=c,d", "phone_in": "01632 960 100, code 77"}


@pytest.fixture(autouse=True)
def _autumn():
    with time_machine.travel("2026-11-23 09:00:00+00:00", tick=False):
        yield


@pytest.fixture
def series(committee, secretary):
    rule = Rule(Pattern.WEEKDAY, which=1, weekday=0).text
    return commands.plan_series(viewer_of(secretary), committee, rule=rule, **YEAR, **TIMES, **ROOM)


def event_of(text: str):
    return vobject.readOne(text).vevent


def sent_to(member, template: str = "committees/meeting_planned") -> list[Message]:
    return list(Message.objects.filter(to_membership_id=member.pk, template=template).order_by("id"))


def changed(meeting: Meeting, **fields) -> dict:
    names = ("starts_at", "ends_at", "place", "getting_there", "video_link", "phone_in", "breaks", "turn")
    return {name: getattr(meeting, name) for name in names} | fields


def test_a_year_of_invitations_says_ten_oclock_in_london_in_every_month(series, partner):
    calendars_sent = [message.calendar for message in sent_to(partner.membership)]
    events = [event_of(text) for text in calendars_sent]
    meetings = list(Meeting.objects.filter(series=series).order_by("starts_at"))
    assert len(events) == len(meetings) == 12
    assert len({event.uid.value for event in events}) == 12
    for event, meeting in zip(events, meetings, strict=True):
        start, end = event.dtstart.value, event.dtend.value
        assert (start, end) == (meeting.starts_at, meeting.ends_at)
        assert (start.hour, end.hour, start.weekday()) == (10, 12, 0)
        assert start.day <= 7
        assert start.utcoffset() == dt.timedelta(hours=1 if 4 <= start.month <= 10 else 0)
        assert event.uid.value == f"{meeting.code}@{settings.MAIL_DOMAIN}"


@pytest.mark.parametrize(("day", "offset"), [((2027, 3, 27), 0), ((2027, 3, 28), 1), ((2027, 10, 30), 1), ((2027, 10, 31), 0)])
def test_the_days_around_both_changes_of_the_clocks(committee, partner, day, offset):
    """The zone stands in the file, so that a program without a table of zones of its own is right too."""
    meeting = make_meeting(committee, starts_at=moment(dt.date(*day), dt.time(10)))
    text = calendars.invitation(meeting, partner.membership)
    event = event_of(text)
    assert (event.dtstart.value.date(), event.dtstart.value.time()) == (dt.date(*day), dt.time(10))
    assert event.dtstart.value.astimezone(dt.UTC).hour == 10 - offset
    assert "BEGIN:VTIMEZONE" in text
    assert "TZID:Europe/London" in text
    assert "DTSTART;TZID=Europe/London:" in text
    assert meeting.starts_at == Calendar.from_ical(text).events[0].DTSTART


def test_an_invitation_has_everything_that_a_calendar_needs(series, partner, organisation):
    message = sent_to(partner.membership)[2]
    whole = vobject.readOne(message.calendar)
    event = whole.vevent
    assert (whole.method.value, whole.version.value) == ("REQUEST", "2.0")
    assert (event.status.value, event.sequence.value) == ("CONFIRMED", "0")
    assert event.summary.value == "Quality and Governance Committee"
    assert event.location.value == "Room 2; Elm House, York, https://meet.example.org/a?b=c,d"
    assert "https://meet.example.org/a?b=c,d" in event.description.value
    assert "01632 960 100, code 77" in event.description.value
    assert "CONFERENCE;FEATURE=AUDIO,VIDEO;VALUE=URI:https://meet.example.org/a?b=c,d\r\n" in message.calendar
    assert event.url.value.endswith(f"/meetings/{message.about_code}/")
    assert [alarm.trigger.value for alarm in event.valarm_list] == [-dt.timedelta(days=1), -dt.timedelta(hours=1)]
    assert {alarm.action.value for alarm in event.valarm_list} == {"DISPLAY"}
    assert event.organizer.value == f"mailto:{settings.DEFAULT_FROM_EMAIL}"
    assert event.organizer.params["CN"] == ["Harbour Health"]


def test_nobody_reads_the_address_of_another_and_no_word_of_the_agenda_is_there(series, partner, secretary):
    for person in (partner.membership, secretary):
        event = event_of(sent_to(person)[0].calendar)
        assert [one.value for one in event.attendee_list] == [f"mailto:{person.user.email}"]


def test_who_is_told_by_letter_gets_one_letter_with_all_twelve_days(series, second):
    letters = Message.objects.filter(to_membership_id=second.membership_id, about_code=series.committee.code)
    assert [(one.template, one.calendar) for one in letters] == [("committees/meetings", "")]
    assert letters[0].text.count("New: Monday") == 12
    assert "Monday 4 January 2027, 10am to midday" in letters[0].text
    assert not sent_to(second.membership)


def test_a_moved_meeting_moves_and_says_so_in_words(series, partner, secretary):
    meeting = series.meetings.get(slot_on=dt.date(2027, 5, 3))
    to = moment(dt.date(2027, 5, 10), dt.time(14))
    how = changed(meeting, starts_at=to, ends_at=to + dt.timedelta(hours=2))
    commands.change_meeting(viewer_of(secretary), meeting, **how)
    first = event_of(next(one for one in sent_to(partner.membership) if one.about_code == meeting.code).calendar)
    message = sent_to(partner.membership, "committees/meeting_changed")[0]
    event = event_of(message.calendar)
    assert event.uid.value == first.uid.value
    assert (first.sequence.value, event.sequence.value) == ("0", "1")
    assert event.dtstart.value == to
    assert "REQUEST" in message.calendar
    assert "It was to be: Monday 3 May 2027, 10am to midday" in message.text
    assert "When: Monday 10 May 2027, 2pm to 4pm" in message.text
    assert message.subject == "Moved: Quality and Governance Committee, now Monday 10 May 2027 at 2pm"


def test_a_cancelled_meeting_vanishes(series, partner, secretary):
    meeting = series.meetings.get(slot_on=dt.date(2027, 8, 2))
    commands.cancel_meeting(viewer_of(secretary), meeting, why="Too many are away.", turn=meeting.turn)
    message = sent_to(partner.membership, "committees/meeting_cancelled")[0]
    whole = vobject.readOne(message.calendar)
    assert (whole.method.value, whole.vevent.status.value, whole.vevent.sequence.value) == ("CANCEL", "CANCELLED", "1")
    assert whole.vevent.uid.value == f"{meeting.code}@{settings.MAIL_DOMAIN}"
    assert "valarm" not in whole.vevent.contents
    assert "Too many are away." in message.text


def test_the_email_carries_the_method_in_its_type(series, partner, mailoutbox):
    outbox.deliver(limit=1000)
    mine = [mail for mail in mailoutbox if mail.to == [partner.membership.user.email] and mail.alternatives]
    assert {mail.alternatives[0].mimetype for mail in mine} == {"text/calendar; method=REQUEST"}
    assert len(mine) == 12


def test_it_is_remembered_what_a_calendar_was_last_told(series, partner, secretary):
    meeting = series.meetings.order_by("starts_at").first()
    invitee = Invitee.objects.get(meeting=meeting, membership=partner.membership)
    assert invitee.told_sequence == 0
    commands.change_meeting(viewer_of(secretary), meeting, **changed(meeting, place="Room 9"))
    invitee.refresh_from_db()
    assert invitee.told_sequence == 1


@pytest.mark.parametrize("name", ["A; B, C\nEND:VEVENT", 'Zoë "Q" O’Neil', "x" * 190, "日本語"])
def test_names_are_data_and_long_lines_are_folded(committee, organisation, name):
    committee.name = name
    member = make_member(organisation, name=name)
    text = calendars.invitation(make_meeting(committee, getting_there="Line one\nBEGIN:VALARM"), member)
    event = event_of(text)
    assert event.summary.value == " ".join(name.split())
    assert event.attendee.params["CN"] == [" ".join(name.split()).replace('"', "'")]
    assert event.description.value.startswith("Line one\nBEGIN:VALARM\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert len(vobject.readOne(text).vevent_list) == 1


def test_the_moment_it_was_made_is_said_in_utc(committee, partner):
    text = calendars.invitation(make_meeting(committee), partner.membership)
    assert event_of(text).dtstamp.value == clock.now().replace(microsecond=0)
    assert "DTSTAMP:20261123T090000Z" in text
