""" "Talk to us first": asked for, arranged, held or not, forgotten."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest

from safety_partners.core import clock
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.models import Event
from safety_partners.core.policy import Refused
from safety_partners.core.viewer import NOBODY
from safety_partners.core.working_days import today
from safety_partners.joining import commands, tasks
from safety_partners.joining.models import ChatRequest
from safety_partners.people.models import Role
from tests.factories.joining import make_advert
from tests.factories.people import make_member, make_organisation, viewer_of

ASKED = {"name": "Mo", "how": "phone", "reach": "01632 960 001", "times": "Mornings", "access_words": "An interpreter"}
DAY = dt.timedelta(days=1)


@pytest.fixture
def chat(organisation):
    return commands.ask_for_chat(NOBODY, organisation, **ASKED)


def test_ask_for_chat_without_an_account(organisation, advert):
    chat = commands.ask_for_chat(NOBODY, organisation, advert=advert, **ASKED)
    assert (chat.status, chat.advert, chat.recorded_by) == ("asked", advert, None)
    assert Event.objects.get(about_code=chat.code).details == {"how": "phone"}


def test_ask_for_chat_twice_makes_one(organisation):
    key = uuid.uuid4()
    assert len({commands.ask_for_chat(NOBODY, organisation, submission_key=key, **ASKED).pk for _time in range(2)}) == 1


@pytest.mark.parametrize(("wrong", "field"), [({"name": " "}, "name"), ({"reach": " "}, "reach")])
def test_ask_for_chat_needs_a_name_and_a_way(organisation, wrong, field):
    with pytest.raises(NotPossible) as trouble:
        commands.ask_for_chat(NOBODY, organisation, **(ASKED | wrong))
    assert trouble.value.field == field


def test_ask_for_chat_about_an_advert_of_somebody_else_is_refused(organisation):
    other = make_advert(make_member(make_organisation(), Role.LEAD))
    with pytest.raises(NotPossible):
        commands.ask_for_chat(NOBODY, organisation, advert=other, **ASKED)


def test_record_chat_request_says_who_wrote_it_down(lead, staff):
    assert commands.record_chat_request(viewer_of(lead), **ASKED).recorded_by == lead
    with pytest.raises(Refused):
        commands.record_chat_request(viewer_of(staff), **ASKED)


def test_arrange_again_and_hold(chat, lead):
    viewer, soon = viewer_of(lead), clock.now() + DAY
    commands.arrange_chat(viewer, chat, turn=0, planned_at=soon)
    commands.arrange_chat(viewer, chat, turn=1, planned_at=soon + DAY)
    with pytest.raises(NotPossible):
        commands.arrange_chat(viewer, chat, turn=2, planned_at=clock.now() - DAY)
    with pytest.raises(NotPossible):
        commands.hold_chat(viewer, chat, done_on=today() + DAY)
    commands.hold_chat(viewer, chat, done_on=today(), note="Send the pack.")
    assert (chat.status, chat.done_by_id) == ("held", lead.pk)
    with pytest.raises(Overtaken):
        commands.give_up_chat(viewer, chat)


def test_give_up_chat(chat, lead):
    assert commands.give_up_chat(viewer_of(lead), chat, note="").status == "not held"


@pytest.mark.parametrize(
    ("command", "given"),
    [(commands.arrange_chat, {"turn": 0, "planned_at": None}), (commands.hold_chat, {"done_on": None}), (commands.give_up_chat, {})],
)
def test_chats_are_for_the_lead_of_the_same_organisation(chat, staff, command, given):
    for member in (staff, make_member(make_organisation(), Role.LEAD)):
        with pytest.raises(Refused):
            command(viewer_of(member), chat, **given)
        assert not ChatRequest.objects.visible_to(viewer_of(member)).exists()


def test_chats_are_forgotten_after_six_months(organisation, lead):
    with clock.telling(clock.now() - dt.timedelta(days=200)):
        old = commands.ask_for_chat(NOBODY, organisation, **ASKED)
        held = commands.hold_chat(viewer_of(lead), commands.ask_for_chat(NOBODY, organisation, **ASKED), done_on=today())
        late = commands.ask_for_chat(NOBODY, organisation, **ASKED)
    commands.hold_chat(viewer_of(lead), late, done_on=today())
    new = commands.ask_for_chat(NOBODY, organisation, **ASKED)
    tasks.forget_what_was_begun()
    assert set(ChatRequest.objects.values_list("pk", flat=True)) == {late.pk, new.pk}
    assert {old.pk, held.pk}.isdisjoint({late.pk, new.pk})
