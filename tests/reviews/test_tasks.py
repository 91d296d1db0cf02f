"""What reviews do by the clock: once each, to those it concerns, whatever day the machine was asleep."""

from __future__ import annotations

import datetime as dt

import pytest

from safety_partners.core import clock
from safety_partners.core.models import Message
from safety_partners.core.schedule import ROUTINES
from safety_partners.core.working_days import today
from safety_partners.reviews import tasks
from safety_partners.reviews.models import Review
from tests.factories.people import make_member, make_organisation
from tests.factories.reviews import close, desk_of, finish, in_days, make_document, make_review, make_sent_comment

pytestmark = pytest.mark.django_db


def told(template):
    return sorted(Message.objects.filter(template=f"reviews/{template}").values_list("to_name", flat=True))


def on(day: dt.date):
    return clock.telling(dt.datetime.combine(day, dt.time(8), tzinfo=clock.LONDON))


def test_the_routines_are_in_the_timetable():
    assert {"safety_partners.reviews.tasks.remind_before_closing", "safety_partners.reviews.tasks.close_what_is_past"} <= set(ROUTINES)


def test_days_before_counts_working_days():
    assert tasks.days_before(dt.date(2026, 3, 9), 3) == dt.date(2026, 3, 4)
    assert tasks.days_before(dt.date(2026, 12, 29), 1) == dt.date(2026, 12, 24)


def test_reminders_come_three_working_days_before_and_on_the_day_once_each(document, partner, other_partner):
    review = make_review(document, partner, other_partner)
    finish(review, other_partner)
    day = today()
    while day <= review.closes_on:
        with on(day):
            tasks.remind_before_closing()
            tasks.remind_before_closing()
        day += dt.timedelta(days=1)
    assert told("reminder") == ["Pat Partner", "Pat Partner"]
    review.refresh_from_db()
    assert desk_of(review, partner).reminded_for == review.closes_on


def test_a_reminder_that_was_missed_comes_the_next_day(document, partner):
    review = make_review(document, partner)
    with on(tasks.days_before(review.closes_on, 2)):
        tasks.remind_before_closing()
        tasks.remind_before_closing()
    assert told("reminder") == ["Pat Partner"]


def test_no_reminder_for_a_closed_review_or_before_its_time(document, partner, owner):
    make_review(document, partner)
    tasks.remind_before_closing()
    other = close(make_review(make_document(owner), partner, closes_on=in_days(2)))
    Message.objects.all().delete()
    tasks.remind_before_closing()
    assert other.status == Review.Status.CLOSED
    assert told("reminder") == []


def test_a_review_closes_the_day_after_and_its_owner_hears_what_waits(document, partner, other_partner):
    review = make_review(document, partner, other_partner)
    make_sent_comment(review, partner)
    with on(review.closes_on):
        assert tasks.close_what_is_past() == 0
    with on(review.closes_on + dt.timedelta(days=1)):
        assert tasks.close_what_is_past() == 1
        assert tasks.close_what_is_past() == 0
    review.refresh_from_db()
    assert review.status == Review.Status.CLOSED
    assert told("closed") == ["Olu Owner"]
    assert told("closed_early") == []
    text = Message.objects.get(template="reviews/closed").text
    assert "1 comment waits" in text
    assert "1 partner has not finished" in text


def test_the_clock_works_for_every_organisation(document, partner):
    make_review(document, partner)
    other = make_organisation()
    make_review(make_document(make_member(other)), make_member(other, "partner"))
    with on(in_days(30)):
        assert tasks.close_what_is_past() == 2
