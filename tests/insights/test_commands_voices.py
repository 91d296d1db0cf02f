"""The voice of a group: its chair types it or staff write it down, it is named as the group, and a new chair speaks for it."""

from __future__ import annotations

import pytest

from safety_partners.core.lifecycle import NotPossible
from safety_partners.insights import commands
from safety_partners.insights.models import Insight, Wording, WordingAnswer
from safety_partners.people.models import Role
from tests.factories import insights as make
from tests.factories.people import make_member, viewer_of
from tests.insights.cast import make_cast

pytestmark = pytest.mark.django_db

GIVEN = {"group": "Hill group", "words": "The door sticks.", "kind": "suggestion", "naming": "name"}


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def chair(cast):
    return make_member(cast.organisation, Role.GROUP_CHAIR, name="Joan Chair")


def begin(by, speaker, **given) -> Insight:
    return commands.begin_group_draft(viewer_of(by), speaker=speaker, **{**GIVEN, **given})


def test_what_a_chair_types_is_the_groups_and_what_staff_write_down_says_so(cast, chair):
    typed = begin(chair, chair)
    assert (typed.voice, typed.said_by, typed.recorded_by, typed.capture) == ("group", "Hill group", None, "typed")
    written = begin(cast.colleague, chair, capture="phone", is_read_back=True)
    assert (written.speaker, written.recorded_by, written.is_read_back) == (chair, cast.colleague, True)
    assert not Insight.objects.of_partners().exists()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"words": " "}, "words"),
        ({"naming": "role"}, "naming"),
        ({"capture": "phone"}, "capture"),
        ({"capture": "pigeon"}, "capture"),
    ],
)
def test_what_is_missing_or_contradicts_itself_is_said_beside_its_field(chair, given, field):
    with pytest.raises(NotPossible) as refused:
        begin(chair, chair, **given)
    assert refused.value.field == field
    assert not Insight.objects.exists()


def test_a_group_speaks_through_a_chair_of_the_same_organisation_who_is_here(cast, chair):
    for nobody in (cast.partner, make_member(make_cast().organisation, Role.GROUP_CHAIR)):
        with pytest.raises(NotPossible):
            begin(cast.colleague, nobody, capture="phone")
    assert not Insight.objects.exists()


def test_a_new_chair_is_asked_for_the_yes_that_the_old_one_has_not_given(cast, chair):
    insight = begin(chair, chair)
    commands.share_insight(viewer_of(chair), insight, turn=insight.turn)
    commands.hand_to(viewer_of(cast.lead), insight, owner=cast.owner)
    commands.respond(viewer_of(cast.owner), insight, outcome="will", text="We mend it.")
    change = commands.record_change(
        viewer_of(cast.lead), insight, title="A new door", text="It opens by itself.", status="planned", on=insight.shared_at.date()
    )
    make.make_wording(change, cast.lead)
    following = make_member(cast.organisation, Role.GROUP_CHAIR, name="New Chair")
    commands.hand_on_voice(viewer_of(cast.lead), insight, to=following)
    assert Insight.objects.get().speaker == following
    waiting = WordingAnswer.objects.filter(wording__change=change, wording__status=Wording.Status.PROPOSED, answer="waiting")
    assert [answer.by for answer in waiting] == [following]
