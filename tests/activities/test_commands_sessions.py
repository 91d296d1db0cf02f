"""Days of an activity: planned, moved, held and cancelled; who is told, and what their calendars follow."""

from __future__ import annotations

import datetime as dt

import pytest
import vobject
from django.conf import settings

from safety_partners.activities import commands
from safety_partners.activities.commands import inviting
from safety_partners.activities.commands.sessions import cancel_planned
from safety_partners.activities.models import Activity, Offer, Session, Shape
from safety_partners.core import clock
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.models import Event, Message
from safety_partners.core.policy import Refused
from safety_partners.core.working_days import today
from tests.factories.activities import make_activity, make_offer, make_session
from tests.factories.committees import DAY, at
from tests.factories.people import viewer_of

LINK = "https://meet.example.org/round"


@pytest.fixture
def activity(requester, partner, second):
    made = make_activity(requester)
    for one in (partner, second):
        make_offer(made, one, status=Offer.Status.ACCEPTED)
    return made


@pytest.fixture
def me(requester):
    return viewer_of(requester)


def sent(partner, template):
    rows = Message.objects.filter(to_membership_id=partner.membership_id, template=f"activities/{template}")
    return list(rows.order_by("id"))


def plan(me, activity, day=None, **more):
    day = day or today() + 5 * DAY
    how = {"starts_at": at(day), "ends_at": at(day, 12), "title": "First round", "place": "Room 2"} | more
    return commands.plan_session(me, activity, **how)


def changed(session, **fields):
    names = ("starts_at", "ends_at", "title", "place", "join_link", "turn")
    return {name: getattr(session, name) for name in names} | fields


def test_whoever_takes_part_is_told_and_their_calendar_has_it(me, activity, partner, second):
    session = plan(me, activity, join_link=LINK)

    email, letter = sent(partner, "session_planned")[0], sent(second, "session_planned")[0]
    whole = vobject.readOne(email.calendar)
    assert (whole.method.value, whole.vevent.sequence.value) == ("REQUEST", "0")
    assert whole.vevent.uid.value == f"{session.code}@{settings.MAIL_DOMAIN}"
    assert whole.vevent.dtstart.value == session.starts_at
    assert whole.vevent.summary.value == "Safer ward rounds: First round"
    assert whole.vevent.location.value == f"Room 2, {LINK}"
    assert [one.value for one in whole.vevent.attendee_list] == [f"mailto:{partner.membership.user.email}"]
    assert letter.calendar == ""
    assert "Room 2" in letter.text
    assert "Nobody will ask you why" in letter.text


@pytest.mark.parametrize("status", [Offer.Status.OFFERED, Offer.Status.DECLINED, Offer.Status.STEPPED_OUT, Offer.Status.RESERVE])
def test_who_does_not_take_part_is_not_told(requester, me, partner, status):
    activity = make_activity(requester)
    make_offer(activity, partner, status=status)

    plan(me, activity)

    assert sent(partner, "session_planned") == []


def test_a_day_is_planned_only_for_what_goes_on_and_for_a_time_to_come(requester, me, activity):
    with pytest.raises(NotPossible, match="still to come"):
        plan(me, activity, today() - DAY)
    with pytest.raises(NotPossible, match="end after it begins"):
        plan(me, activity, ends_at=at(today() + 5 * DAY, 9))
    for status in (Activity.Status.ASKED, Activity.Status.CANCELLED, Activity.Status.CLOSED):
        with pytest.raises(Overtaken):
            plan(me, make_activity(requester, status=status))


def test_only_the_requester_and_the_lead_plan_days(activity, lead, staff, partner):
    for member in (staff, partner.membership):
        with pytest.raises(Refused):
            plan(viewer_of(member), activity)
    assert plan(viewer_of(lead), activity).status == "planned"


def test_a_moved_day_moves_in_calendars_and_says_how_it_was(me, activity, partner):
    session = plan(me, activity)
    to = at(today() + 9 * DAY, 14)

    commands.change_session(me, session, **changed(session, starts_at=to, ends_at=to + dt.timedelta(hours=1)))

    message = sent(partner, "session_changed")[0]
    event = vobject.readOne(message.calendar).vevent
    assert (event.sequence.value, event.dtstart.value) == ("1", to)
    assert message.subject.startswith("Moved: ")
    assert "It was to be:" in message.text


def test_another_place_is_told_and_another_name_is_not(me, activity, partner):
    session = plan(me, activity)

    commands.change_session(me, session, **changed(session, title="Second round"))
    assert (session.sequence, sent(partner, "session_changed")) == (0, [])

    commands.change_session(me, session, **changed(session, place="Room 3"))
    assert session.sequence == 1
    assert sent(partner, "session_changed")[0].subject.startswith("Changed: ")


def test_two_who_change_at_once_lose_nothing(me, activity):
    session = plan(me, activity)
    old = changed(session, place="Room 4")
    commands.change_session(me, session, **changed(session, place="Room 3"))

    with pytest.raises(Overtaken):
        commands.change_session(me, session, **old)


def test_a_cancelled_day_leaves_calendars_and_says_why(me, activity, partner, second):
    session = plan(me, activity)

    with pytest.raises(NotPossible):
        commands.cancel_session(me, session, why=" ")
    commands.cancel_session(me, session, why="The room is closed.", turn=session.turn)

    whole = vobject.readOne(sent(partner, "session_cancelled")[0].calendar)
    assert (whole.method.value, whole.vevent.status.value, whole.vevent.sequence.value) == ("CANCEL", "CANCELLED", "1")
    assert "The room is closed." in sent(second, "session_cancelled")[0].text
    with pytest.raises(Overtaken):
        commands.cancel_session(me, session, why="Again.")


def test_a_day_that_did_not_take_place_is_noted_later_without_a_letter(me, activity, partner):
    session = make_session(activity, on=today() - DAY)

    commands.cancel_session(me, session, why="Nobody came.")

    assert Session.objects.get().status == "cancelled"
    assert sent(partner, "session_cancelled") == []


def test_it_took_place_only_after_it_began(me, activity, partner):
    with pytest.raises(NotPossible, match="not begun"):
        commands.hold_session(me, plan(me, activity))
    session = make_session(activity, on=today() - DAY)

    commands.hold_session(me, session, notes="We walked the ward.")

    kept = Session.objects.get(pk=session.pk)
    assert (kept.status, kept.notes) == ("held", "We walked the ward.")
    assert sent(partner, "session_held") == []
    with pytest.raises(NotPossible, match="Only training"):
        commands.hold_session(me, make_session(activity, on=today() - DAY), learners=3)


def test_partners_hear_how_many_learned_and_what_they_said(requester, me, partner, second):
    activity = make_activity(requester, shape=Shape.TRAINING, title="Speaking up")
    make_offer(activity, partner, status=Offer.Status.ACCEPTED)
    make_offer(activity, second, status=Offer.Status.ACCEPTED)

    commands.hold_session(me, make_session(activity, on=today() - DAY), learners=14, feedback="They will ask more.")

    for one in (partner, second):
        (message,) = sent(one, "session_held")
        assert "14 people learned there." in message.text
        assert "They will ask more." in message.text


def test_calling_off_cancels_every_day_and_writes_no_second_letter(me, activity, partner, second):
    plan(me, activity)
    held = make_session(activity, on=today() - DAY, status="held")
    Message.objects.all().delete()

    cancel_planned(me, activity, "The project has ended.")

    assert set(activity.sessions.values_list("status", "cancelled_because")) == {("cancelled", "The project has ended."), ("held", "")}
    assert held.status == "held"
    assert vobject.readOne(sent(partner, "session_cancelled")[0].calendar).method.value == "CANCEL"
    assert Message.objects.filter(to_membership_id=second.membership_id).count() == 0


def test_a_yes_brings_every_day_to_come_by_email_or_in_one_letter(requester, me, partner, second):
    activity = make_activity(requester)
    days = [make_session(activity, on=today() + n * DAY) for n in (3, 6)]
    make_session(activity, on=today() - DAY)
    make_session(activity, on=today() + 8 * DAY, status="cancelled", cancelled_because="No room.")
    offers = [make_offer(activity, one, status=Offer.Status.ACCEPTED) for one in (partner, second)]
    Message.objects.all().delete()

    for offer in offers:
        inviting.invite(me, offer)

    starts = [vobject.readOne(one.calendar).vevent.dtstart.value for one in sent(partner, "session_planned")]
    assert starts == [one.starts_at for one in days]
    (letter,) = sent(second, "sessions")
    assert letter.text.count("10am to midday") == 2
    assert Message.objects.filter(to_membership_id=second.membership_id).count() == 1


def test_who_steps_out_loses_the_days_to_come_from_their_calendar(requester, me, partner, second):
    activity = make_activity(requester)
    make_session(activity)
    offers = [make_offer(activity, one, status=Offer.Status.STEPPED_OUT) for one in (partner, second)]
    Message.objects.all().delete()

    for offer in offers:
        inviting.uninvite(me, offer)

    assert vobject.readOne(sent(partner, "session_left")[0].calendar).method.value == "CANCEL"
    assert Message.objects.filter(to_membership_id=second.membership_id).count() == 0


def test_nobody_who_has_left_is_told(me, activity, partner):
    type(partner).objects.filter(pk=partner.pk).update(status="left", ended_on=today())

    plan(me, activity)

    assert sent(partner, "session_planned") == []


def test_the_history_keeps_the_day_and_no_words(me, activity):
    plan(me, activity)

    event = Event.objects.filter(verb="activities.plan_session").get()
    assert set(event.details) == {"starts_at"}
    assert clock.now() < dt.datetime.fromisoformat(event.details["starts_at"])
