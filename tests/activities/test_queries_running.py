"""What waits for whoever runs an activity, and for nobody else: days that are over, steps, and what its shape still lacks."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from safety_partners.activities import commands
from safety_partners.activities.models import Activity, PanelArea, Session, Shape
from safety_partners.activities.queries.running import ARMS
from safety_partners.core import clock
from safety_partners.core.duty import Waiting
from safety_partners.core.working_days import today
from tests.factories.activities import make_activity, make_session
from tests.factories.committees import DAY, make_committee
from tests.factories.people import viewer_of
from tests.factories.reviews import make_document, make_review

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


def waiting(member):
    return [(str(duty.sentence), duty.title, duty.path, duty.is_late) for duty in Waiting(ARMS)(viewer_of(member))]


def path_of(page, record):
    return reverse(f"activities:{page}", args=[record.code])


@pytest.fixture
def nobody_else(lead, staff, governance):
    """They see the activity, or work here; the one who asked for it runs it."""

    def holds():
        return waiting(lead) == waiting(staff) == waiting(governance) == []

    return holds


def test_a_day_that_is_over_waits_until_it_is_said_what_became_of_it(requester, nobody_else):
    activity = make_activity(requester, title="Rounds")
    now = clock.now()
    make_session(activity, starts_at=now - HOUR, ends_at=now + HOUR)
    make_session(make_activity(requester, status="cancelled"), starts_at=now - 3 * HOUR, ends_at=now - HOUR)
    assert waiting(requester) == []
    over = make_session(activity, starts_at=now - 3 * HOUR, ends_at=now - HOUR)
    sentence = "Say whether this day took place"
    assert [row[:3] for row in waiting(requester)] == [(sentence, "Rounds", path_of("session-hold", over))]
    assert nobody_else()
    commands.hold_session(viewer_of(requester), over)
    assert waiting(requester) == []
    assert Session.objects.get(pk=over.pk).status == Session.Status.HELD


def test_a_step_waits_from_a_week_before_its_day(requester, nobody_else):
    me, project = viewer_of(requester), make_activity(requester, shape=Shape.PROJECT)
    commands.add_milestone(me, project, title="Far away", due_on=today() + 8 * DAY)
    assert waiting(requester) == []
    near = commands.add_milestone(me, project, title="Near", due_on=today() + 7 * DAY)
    late = commands.add_milestone(me, project, title="Late", due_on=today() + DAY)
    type(late).objects.filter(pk=late.pk).update(due_on=today() - DAY)
    assert sorted(row[1:] for row in waiting(requester)) == [
        ("Late", path_of("milestone-reach", late), True),
        ("Near", path_of("milestone-reach", near), False),
    ]
    assert nobody_else()
    late.refresh_from_db()
    commands.reach_milestone(me, near, reached_on=today(), partners_changed="The time.")
    commands.drop_milestone(me, late, why="Nobody reads it.")
    assert waiting(requester) == []


def test_a_panel_waits_until_scoring_and_all_ten_areas_are_settled(requester, staff, nobody_else):
    me, activity = viewer_of(requester), make_activity(requester, shape=Shape.PANEL, title="Matron")
    make_activity(requester, shape=Shape.PANEL, status="asked")
    wanted = [("Settle the terms of this panel, so that partners can be asked", "Matron", path_of("panel", activity), False)]
    assert waiting(requester) == wanted
    assert nobody_else()
    panel = commands.describe_panel(me, activity, post="Matron", chair=staff)
    words = {area.value: "Yes." for area in PanelArea}
    last = words.popitem()
    commands.settle_areas(me, panel, words=words)
    assert waiting(requester) == wanted
    panel.refresh_from_db()
    commands.settle_areas(me, panel, words=dict([last]))
    assert waiting(requester) == wanted, "the right to score is not settled"
    panel.refresh_from_db()
    commands.describe_panel(me, activity, post="Matron", chair=staff, scoring="equal", turn=panel.turn)
    assert waiting(requester) == []


def test_partners_wait_to_hear_how_a_panel_ended_when_all_its_days_are_over(requester, staff, nobody_else):
    me, activity = viewer_of(requester), make_activity(requester, shape=Shape.PANEL, title="Matron")
    panel = commands.describe_panel(me, activity, post="Matron", chair=staff, scoring="equal")
    commands.settle_areas(me, panel, words={area.value: "Yes." for area in PanelArea})
    assert waiting(requester) == []
    make_session(activity, on=today() - 2 * DAY, status=Session.Status.HELD)
    second = make_session(activity, on=today() + DAY)
    assert waiting(requester) == []
    commands.cancel_session(me, second, why="Nobody else applied.")
    assert [row[:3] for row in waiting(requester)] == [
        ("Tell the partners how the interviews ended", "Matron", path_of("panel-ended", activity))
    ]
    assert nobody_else()
    panel.refresh_from_db()
    commands.tell_how_panel_ended(me, panel, ended="filled")
    assert waiting(requester) == []


def test_a_training_waits_until_it_is_said_what_partners_do(requester, nobody_else):
    activity = make_activity(requester, shape=Shape.TRAINING, title="Speaking up", needed_by=today() - DAY)
    assert waiting(requester) == [("Say what partners do in this training", "Speaking up", path_of("training", activity), True)]
    assert nobody_else()
    commands.describe_training(viewer_of(requester), activity, audience="New nurses", part="both", uses_story=False)
    assert waiting(requester) == []


def test_a_review_and_a_seat_wait_until_it_is_said_which(requester, lead, partner):
    review = make_activity(requester, shape=Shape.REVIEW, title="A leaflet")
    seat = make_activity(requester, shape=Shape.SEAT, title="A seat")
    me = viewer_of(requester)
    assert sorted(row[:3] for row in waiting(requester)) == [
        ("Say which committee this seat is on", "A seat", path_of("committee-join", seat)),
        ("Say which review of a document this is", "A leaflet", path_of("review-join", review)),
    ]
    assert waiting(lead) == []
    commands.join_review(me, review, review=make_review(make_document(requester), partner.membership))
    commands.join_committee(me, seat, committee=make_committee(lead))
    assert waiting(requester) == []


def test_what_was_handed_on_waits_for_the_new_one(requester, staff):
    activity = make_activity(requester, shape=Shape.TRAINING)
    commands.hand_on(viewer_of(requester), activity, to=staff)
    assert waiting(requester) == []
    assert [row[2] for row in waiting(staff)] == [path_of("training", activity)]
    assert Activity.objects.get().requester == staff
