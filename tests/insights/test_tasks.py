"""What the loop does by the clock: saying sorry once for each thing that is late."""

from __future__ import annotations

import datetime as dt

import pytest

from safety_partners.core import clock
from safety_partners.core.lifecycle import Overtaken
from safety_partners.core.models import Event, Message
from safety_partners.core.policy import Refused
from safety_partners.core.viewer import system_viewer
from safety_partners.insights import commands, tasks
from safety_partners.insights.models import Insight
from tests.factories import insights as make
from tests.factories.people import make_member, viewer_of
from tests.insights.cast import make_cast, told

pytestmark = pytest.mark.django_db
MONDAY = dt.datetime(2026, 6, 1, 9, 0, tzinfo=clock.LONDON)


@pytest.fixture
def cast():
    with clock.telling(MONDAY):
        return make_cast()


@pytest.fixture
def insight(cast):
    with clock.telling(MONDAY):
        return make.make_insight(cast.partner)


def on(day: int, month: int = 6) -> int:
    """Run the morning's task on a day of 2026."""
    with clock.telling(dt.datetime(2026, month, day, 7, 15, tzinfo=clock.LONDON)):
        return tasks.tell_of_what_is_late()


def test_nothing_is_late_on_the_last_day(insight):
    assert insight.acknowledge_by == dt.date(2026, 6, 3)
    assert on(3) == 0


def test_each_duty_that_is_late_is_told_once(cast, insight):
    assert on(4) == 1
    assert told(cast.partner) == ["late_sorry"]
    assert told(cast.lead) == ["shared", "late"]
    assert on(4) == on(5) == on(30) == 0


def test_the_next_duty_has_its_own_apology(cast, insight):
    on(4)
    with clock.telling(dt.datetime(2026, 6, 5, 10, 0, tzinfo=clock.LONDON)):
        commands.acknowledge(viewer_of(cast.lead), Insight.objects.get())
    assert on(8) == 0
    assert on(9) == 1
    with clock.telling(dt.datetime(2026, 6, 9, 10, 0, tzinfo=clock.LONDON)):
        commands.hand_to(viewer_of(cast.lead), Insight.objects.get(), owner=cast.owner)
    assert on(29) == 0
    assert on(30) == 1
    assert told(cast.partner).count("late_sorry") == 3
    assert told(cast.owner) == ["handed", "late"]
    assert told(cast.lead).count("late") == 3
    assert Event.objects.filter(verb="insights.tell_of_lateness").count() == 3


def test_an_answer_ends_the_lateness(cast, insight):
    with clock.telling(dt.datetime(2026, 6, 2, 10, 0, tzinfo=clock.LONDON)):
        commands.hand_to(viewer_of(cast.lead), insight, owner=cast.owner)
        commands.respond(viewer_of(cast.owner), insight, outcome="will", text="We will.")
    assert on(1, month=12) == 0


def test_words_taken_back_are_not_late(cast, insight):
    commands.withdraw(viewer_of(cast.partner), insight)
    assert on(1, month=12) == 0


def test_an_owner_who_left_is_not_told_but_the_lead_is(cast, insight):
    with clock.telling(MONDAY):
        commands.hand_to(viewer_of(cast.lead), insight, owner=cast.owner)
    cast.owner.ended_on = dt.date(2026, 6, 15)
    cast.owner.save()
    assert on(1, month=7) == 1
    assert told(cast.owner) == ["handed"]
    assert told(cast.lead)[-1] == "late"


def test_each_organisation_s_lead_hears_of_its_own(cast, insight):
    with clock.telling(MONDAY):
        there = make_cast()
        make.make_insight(there.partner)
    assert on(4) == 2
    assert told(cast.lead) == told(there.lead) == ["shared", "late"]
    assert set(Message.objects.values_list("organisation_id", flat=True)) == {cast.organisation.pk, there.organisation.pk}


def test_two_mornings_at_once_say_sorry_once(cast, insight):
    twin = Insight.objects.get()
    on(4)
    with clock.telling(dt.datetime(2026, 6, 4, 7, 16, tzinfo=clock.LONDON)), pytest.raises(Overtaken):
        commands.tell_of_lateness(system_viewer(cast.organisation.pk), twin)
    assert told(cast.partner) == ["late_sorry"]


def test_only_the_clock_tells_of_lateness(cast, insight):
    for person in (cast.lead, cast.partner, make_member(cast.organisation, "administrator")):
        with pytest.raises(Refused):
            commands.tell_of_lateness(viewer_of(person), insight)
