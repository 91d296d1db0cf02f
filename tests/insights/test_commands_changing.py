"""What is different because of what we were told: recorded, joined, moved forwards and backwards, never silently."""

from __future__ import annotations

import datetime as dt

import pytest

from safety_partners.core import text_search
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.models import Message
from safety_partners.core.policy import Refused
from safety_partners.core.working_days import today
from safety_partners.insights import commands
from safety_partners.insights.models import Change, ChangedBy, Insight, Movement, PublishedChange, PublishedMovement
from safety_partners.people.models import Role
from tests.factories import insights as make
from tests.factories.people import make_member, viewer_of
from tests.insights.cast import make_cast, told

pytestmark = pytest.mark.django_db
Status = Change.Status


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def insight(cast):
    return make.make_answered(cast.partner, cast.lead, cast.owner).insight


def record(cast, insight, by=None, **given):
    given = {"title": "A number on every letter", "text": "Each letter says whom to ring.", "status": "planned", "on": today(), **given}
    return commands.record_change(viewer_of(by or cast.lead), insight, **given)


def move(cast, change, status, **given):
    return commands.move_change(viewer_of(cast.lead), change, status=status, **{"on": today(), "reason": f"Now {status}.", **given})


def test_a_change_has_its_causes_a_first_movement_and_is_told_to_everyone_who_spoke(cast, insight):
    other = make_member(cast.organisation, Role.PARTNER)
    second = make.make_insight(other)
    third = make.make_insight(cast.partner)
    change = record(cast, insight, others=[second, third, insight])
    assert set(change.insights.all()) == {insight, second, third}
    movement = Movement.objects.get()
    assert (movement.status, movement.reason, movement.on) == ("planned", change.text, today())
    assert told(cast.partner).count("change_recorded") == told(other).count("change_recorded") == 1
    assert list(text_search.matching(Change.objects.all(), "letter whom", organisation_id=cast.organisation.pk)) == [change]


def test_a_change_begins_as_planned_or_made_with_words_and_a_day(cast, insight):
    tomorrow = today() + dt.timedelta(days=1)
    wrongs = [
        ({"status": "not kept"}, "status"),
        ({"status": "will not do"}, "status"),
        ({"title": " "}, "title"),
        ({"text": ""}, "text"),
        ({"status": "made", "on": tomorrow}, "on"),
    ]
    for wrong, field in wrongs:
        with pytest.raises(NotPossible) as trouble:
            record(cast, insight, **wrong)
        assert trouble.value.field == field
    assert not Change.objects.exists()
    assert record(cast, insight, status="planned", on=tomorrow)


def test_a_change_cannot_come_from_words_of_elsewhere_nor_from_none_nor_from_hidden_ones(cast, insight):
    stranger = make.make_insight(make_member(None, Role.PARTNER))
    hidden = make.make_insight(make_member(cast.organisation, Role.PARTNER))
    draft = make.make_draft(cast.partner)
    gone = make.make_insight(cast.partner)
    commands.withdraw(viewer_of(cast.partner), gone)
    for other in (stranger, draft, gone):
        with pytest.raises(NotPossible):
            record(cast, insight, others=[other])
    with pytest.raises(NotPossible):
        record(cast, insight, by=cast.owner, others=[hidden])
    with pytest.raises(NotPossible):
        record(cast, gone)
    assert not ChangedBy.objects.exists()
    assert record(cast, insight, others=[hidden]).insights.count() == 2


def test_only_lead_and_owner_record_and_join(cast, insight):
    change = record(cast, insight)
    for other in (cast.colleague, cast.partner, make_member(None, Role.LEAD)):
        with pytest.raises(Refused):
            record(cast, insight, by=other)
        with pytest.raises(Refused):
            commands.join_change(viewer_of(other), insight, change=change)
    assert record(cast, insight, by=cast.owner).recorded_by == cast.owner


def test_join_tells_the_person_once(cast, insight):
    change = record(cast, insight)
    other = make_member(cast.organisation, Role.PARTNER)
    second = make.make_insight(other)
    commands.join_change(viewer_of(cast.lead), second, change=change)
    with pytest.raises(NotPossible):
        commands.join_change(viewer_of(cast.lead), second, change=change)
    assert told(other) == ["change_recorded"]


def test_join_refuses_a_change_of_another_organisation_and_words_that_are_gone(cast, insight):
    there = make_cast()
    elsewhere = make.make_change(there.partner, there.lead, there.owner)
    with pytest.raises(NotPossible) as trouble:
        commands.join_change(viewer_of(cast.lead), insight, change=elsewhere)
    assert trouble.value.field == "change"
    change = record(cast, insight)
    gone = make.make_insight(cast.partner)
    commands.withdraw(viewer_of(cast.partner), gone)
    with pytest.raises(NotPossible):
        commands.join_change(viewer_of(cast.lead), gone, change=change)


def test_a_change_goes_forwards_and_backwards_and_everyone_is_told_each_time(cast, insight):
    change = record(cast, insight)
    steps = ["made", "not kept", "planned", "will not do", "planned", "made", "not kept", "made"]
    for step in steps:
        move(cast, change, step)
        assert change.status == step
    assert list(change.movements.order_by("id").values_list("status", flat=True)) == ["planned", *steps]
    assert told(cast.partner).count("change_moved") == len(steps)


@pytest.mark.parametrize(
    ("path", "step"),
    [
        ([], "planned"),
        ([], "not kept"),
        (["made"], "made"),
        (["made"], "planned"),
        (["made"], "will not do"),
        (["will not do"], "made"),
        (["will not do"], "not kept"),
    ],
)
def test_a_step_that_makes_no_sense_is_refused(cast, insight, path, step):
    change = record(cast, insight)
    for earlier in path:
        move(cast, change, earlier)
    with pytest.raises(Overtaken):
        move(cast, change, step)


def test_a_movement_needs_a_reason_a_known_step_and_a_day_that_has_come(cast, insight):
    change = record(cast, insight)
    tomorrow = today() + dt.timedelta(days=1)
    for wrong, field in (({"reason": " "}, "reason"), ({"on": tomorrow}, "on"), ({"status": "forgotten"}, "status")):
        with pytest.raises(NotPossible) as trouble:
            move(cast, change, **{"status": "made", **wrong})
        assert trouble.value.field == field
    move(cast, change, "will not do")
    move(cast, change, "planned", on=tomorrow)


def test_a_step_is_not_before_the_one_that_was_done_before_it(cast, insight):
    """What was planned for a later day may be made sooner; what was made cannot be not kept before that."""
    soon, now, before = today() + dt.timedelta(days=30), today(), today() - dt.timedelta(days=1)
    change = record(cast, insight, status="planned", on=soon)
    commands.move_change(viewer_of(cast.lead), change, status="made", on=now, reason="Sooner.")
    with pytest.raises(NotPossible) as trouble:
        commands.move_change(viewer_of(cast.lead), change, status="not kept", on=before, reason="It was gone.")
    assert trouble.value.field == "on"
    commands.move_change(viewer_of(cast.lead), change, status="not kept", on=now, reason="It was gone.")
    with pytest.raises(NotPossible):
        commands.move_change(viewer_of(cast.lead), change, status="planned", on=before, reason="Again.")
    commands.move_change(viewer_of(cast.lead), change, status="planned", on=soon, reason="Again.")
    assert change.movements.count() == 4


def test_two_leads_who_move_at_once_are_told(cast, insight):
    change = record(cast, insight)
    turn = change.turn
    move(cast, Change.objects.get(), "made", turn=turn)
    with pytest.raises(Overtaken):
        move(cast, change, "will not do", turn=turn)
    assert Movement.objects.count() == 2


def test_movements_are_the_lead_s(cast, insight):
    change = record(cast, insight)
    for other in (cast.owner, cast.partner, make_member(None, Role.LEAD)):
        with pytest.raises(Refused):
            commands.move_change(viewer_of(other), change, status="made", on=today(), reason="x")


def test_those_who_left_and_those_without_email_are_told_as_they_chose(cast, insight):
    writer = make_member(cast.organisation, Role.PARTNER, told_by="letter", postal_address="1 Mill Lane\nYork")
    ringer = make_member(cast.organisation, Role.PARTNER, told_by="phone", phone="01904 555 0199")
    change = record(cast, insight, others=[make.make_insight(writer), make.make_insight(ringer)])
    cast.partner.ended_on = today()
    cast.partner.save()
    cast.partner.grants.all().delete()
    move(cast, change, "made")
    rows = Message.objects.filter(template="insights/change_moved")
    assert {(row.to_name, row.channel, row.to_address) for row in rows} == {
        (cast.partner.name, "email", cast.partner.user.email),
        (writer.name, "letter", "1 Mill Lane\nYork"),
        (ringer.name, "phone", "01904 555 0199"),
    }
    assert set(Message.objects.by_hand().values_list("to_name", flat=True)) == {writer.name, ringer.name}


def test_what_is_published_moves_with_the_change_as_a_new_edition(cast, insight):
    change = record(cast, insight)
    make.make_published(change, cast.lead, cast.partner)
    move(cast, change, "made", reason="It is printed.")
    move(cast, change, "not kept", reason="The old stock came back.")
    editions = list(PublishedChange.objects.filter(address=change.code).order_by("edition").values_list("status", "is_newest"))
    assert editions == [("planned", False), ("made", False), ("not kept", True)]
    steps = list(PublishedMovement.objects.filter(address=change.code).order_by("id").values_list("status", "reason"))
    assert steps == [("planned", change.text), ("made", "It is printed."), ("not kept", "The old stock came back.")]
    assert len(set(PublishedChange.objects.values_list("first_published_at", flat=True))) == 1


def test_what_is_not_published_moves_without_a_public_trace(cast, insight):
    move(cast, record(cast, insight), "made")
    assert not PublishedMovement.objects.exists()


def test_two_organisations_never_mix(cast, insight):
    change = record(cast, insight)
    there = viewer_of(make_member(None, Role.LEAD))
    assert not Change.objects.visible_to(there).exists()
    assert not Insight.objects.visible_to(there).exists()
    with pytest.raises(Refused):
        make.make_wording(change, make_member(None, Role.LEAD))
