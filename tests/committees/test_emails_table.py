"""Messages about minutes and actions: a subject that says it, plain words, a link that works, and nothing that was said."""

from __future__ import annotations

import pytest
from django.urls import resolve

from safety_partners.committees import commands, tasks
from safety_partners.core.models import Message
from safety_partners.core.working_days import today
from tests.committees.table import make_table
from tests.factories.people import viewer_of

pytestmark = pytest.mark.django_db
SECRET = "The bells are broken"
TEMPLATES = {"action_given", "action_reminder", "minutes_to_agree", "minutes_agreed", "minutes_reopened"}


@pytest.fixture
def everything(settings):
    """Every message there is, made the way it is made in life."""
    settings.SITE_ADDRESS = "https://partners.example"
    table = make_table()
    secretary, chair = viewer_of(table.secretary), viewer_of(table.chair)
    for owner in (table.staff, table.chair):
        commands.agree_meeting_action(secretary, table.item, text=SECRET, owner=owner, due_on=today())
    table.chair.ended_on = today()
    table.chair.save()
    tasks.remind_of_actions()
    table.chair.ended_on = None
    table.chair.save()
    table.mark(partner="present")
    minutes = commands.agree_minutes(chair, commands.offer_minutes(secretary, table.write(SECRET)))
    commands.reopen_minutes(chair, minutes)
    return Message.objects.filter(template__in=[f"committees/{name}" for name in TEMPLATES])


def test_every_message_is_sent_by_something(everything):
    assert set(everything.values_list("template", flat=True)) == {f"committees/{name}" for name in TEMPLATES}


def test_every_message_has_a_subject_a_greeting_and_a_link_that_works(everything):
    for message in everything:
        assert 10 < len(message.subject) < 120, message.template
        assert message.text.startswith(f"Dear {message.to_name},\n\n"), message.text
        links = [line for line in message.text.splitlines() if line.startswith("https://partners.example/")]
        assert links, message.template
        for link in links:
            resolve(link.removeprefix("https://partners.example").partition("?")[0])


def test_no_message_says_what_was_said_or_asked_for(everything):
    for message in everything:
        assert SECRET not in message.text + message.subject
        assert "Falls on the wards" not in message.text + message.subject
        assert "&" not in message.text


def test_whoever_takes_over_an_action_is_told_that_somebody_left(everything):
    taken_over = everything.get(template="committees/action_reminder", to_name="Sam Secretary")
    assert "please find somebody else" in taken_over.text
    own = everything.get(template="committees/action_reminder", to_name="Ben Okafor")
    assert "asked you to do something" in own.text
