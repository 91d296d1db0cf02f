"""Emails that come together, once a day or once a week: nothing lost, nothing twice, nothing empty, and what is urgent at once."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core import mail

from safety_partners.core import outbox
from safety_partners.core.lifecycle import Overtaken
from safety_partners.core.models import Message
from safety_partners.core.policy import Refused
from safety_partners.people import commands
from safety_partners.people.models import Rhythm
from safety_partners.people.tasks import send_summaries
from tests.factories.people import make_member, make_user, viewer_of

pytestmark = pytest.mark.django_db
MONDAY, TUESDAY = dt.date(2026, 11, 23), dt.date(2026, 11, 24)
Status = Message.Status


@pytest.fixture
def ann():
    return make_member(None, "partner", user=make_user("Ann", email="ann@example.org"), rhythm=Rhythm.DAILY)


def write(member, *subjects: str, **more) -> list[Message]:
    """Messages of two apps, each with words of its own."""
    return [outbox.put("partners/plain", to=member, subject=subject, text=f"The words of {subject}.", **more) for subject in subjects]


def morning(day: dt.date) -> int:
    """Run the task at seven in the morning; returns how many summaries it wrote."""
    with time_machine.travel(dt.datetime.combine(day, dt.time(7, 0), dt.UTC), tick=False):
        return send_summaries()


def test_a_summary_holds_every_message_newest_first_and_greets_once(ann):
    first, second = write(ann, "First", "Second")
    assert morning(TUESDAY) == 1
    summary = Message.objects.get(template="people/summary")
    assert (summary.status, summary.channel, summary.to_address) == (Status.QUEUED, "email", "ann@example.org")
    assert summary.text.index("The words of Second.") < summary.text.index("The words of First.")
    assert summary.text.count("Dear Ann") == 1
    assert "2 messages" in summary.subject
    for message in (first, second):
        message.refresh_from_db()
        assert (message.status, message.gathered_in, message.part) == (Status.GATHERED, summary, "")


def test_a_message_in_a_summary_leaves_its_greeting_and_signature_to_the_summary():
    ann = make_member(None, "partner", user=make_user("Ann"), rhythm=Rhythm.DAILY)
    message = outbox.put("partners/started", to=ann)
    assert "Dear Ann," in message.text
    assert "Dear" not in message.part
    assert "Would you rather talk?" in message.text
    assert "Would you rather talk?" not in message.part
    assert message.part.strip().splitlines()[0] in message.text


def test_an_email_that_waits_for_a_summary_does_not_go_by_itself(ann):
    write(ann, "First")
    assert outbox.deliver() == 0
    assert mail.outbox == []


def test_nothing_to_tell_is_nothing_sent_and_the_next_summary_does_not_repeat(ann):
    assert morning(MONDAY) == 0
    write(ann, "First")
    assert morning(TUESDAY) == 1
    assert morning(TUESDAY) == 0
    assert Message.objects.filter(template="people/summary").count() == 1


def test_a_weekly_summary_waits_for_monday(ann):
    ann.rhythm = Rhythm.WEEKLY
    ann.save()
    write(ann, "First")
    assert morning(TUESDAY) == 0
    assert morning(MONDAY + dt.timedelta(days=7)) == 1


@pytest.mark.parametrize("more", [{"is_urgent": True}, {"calendar": "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"}])
def test_what_is_urgent_or_moves_a_calendar_goes_at_once(ann, more):
    (message,) = write(ann, "Now", **more)
    assert message.status == Status.QUEUED
    assert outbox.deliver() == 1


def test_letters_and_calls_never_wait_for_a_summary():
    member = make_member(None, "partner", told_by="letter", postal_address="1 Lane", rhythm=Rhythm.DAILY)
    (message,) = write(member, "By post")
    assert message.status == Status.QUEUED


def test_whoever_wants_each_message_again_gets_each_that_waited(ann):
    first, second = write(ann, "First", "Second")
    commands.choose_rhythm(viewer_of(ann), ann, rhythm="now")
    assert {message.status for message in Message.objects.filter(pk__in=[first.pk, second.pk])} == {Status.QUEUED}
    assert outbox.deliver() == 2
    assert sorted(email.body.strip() for email in mail.outbox) == ["The words of First.", "The words of Second."]


def test_whoever_now_wants_letters_gets_each_that_waited_as_a_letter(ann):
    (message,) = write(ann, "First")
    ann.told_by, ann.postal_address = "letter", "2 Lane"
    ann.save()
    assert morning(TUESDAY) == 0
    message.refresh_from_db()
    assert (message.status, message.channel, message.to_address) == (Status.QUEUED, "letter", "2 Lane")


def test_a_summary_that_is_interrupted_leaves_everything_waiting(ann, monkeypatch):
    first, second = write(ann, "First", "Second")
    Message.objects.filter(pk=first.pk).update(status=Status.CANCELLED)
    found = Message.objects.held().filter(pk=second.pk)

    def stops(*_given, **_more):
        raise Overtaken

    with monkeypatch.context() as patched:
        patched.setattr(Message.lifecycle, "move", stops)
        with pytest.raises(Overtaken):
            morning(TUESDAY)
    assert not Message.objects.filter(template="people/summary").exists()
    assert found.exists()


def test_only_the_person_and_who_looks_after_them_chooses_how_often(ann):
    lead = make_member(ann.organisation, "lead")
    staff = make_member(ann.organisation, "staff")
    commands.choose_rhythm(viewer_of(lead), ann, rhythm="weekly")
    with pytest.raises(Refused):
        commands.choose_rhythm(viewer_of(staff), ann, rhythm="daily")
    ann.refresh_from_db()
    assert ann.rhythm == "weekly"


def test_summaries_ask_the_database_no_more_for_many_messages_than_they_must(ann, django_assert_max_num_queries):
    write(ann, *[f"Number {number}" for number in range(20)])
    with django_assert_max_num_queries(20 * 2 + 12):
        assert morning(TUESDAY) == 1
