"""Letters posted, calls made, and emails that did not simply go."""

from __future__ import annotations

import pytest

from safety_partners.core import outbox
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.models import Event, Message
from safety_partners.core.policy import Refused
from safety_partners.insights import commands
from safety_partners.people.models import Role
from tests.factories import insights as make
from tests.factories.people import make_member, make_user, viewer_of
from tests.insights.cast import make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_cast()


def message_to(cast, **fields) -> Message:
    """An acknowledgement to a partner who is told as ``fields`` say."""
    person = make_member(cast.organisation, Role.PARTNER, **fields)
    commands.acknowledge(viewer_of(cast.lead), make.make_insight(person))
    return Message.objects.get(to_membership_id=person.pk)


LETTER = {"told_by": "letter", "postal_address": "1 Mill Lane\nYork"}


@pytest.mark.parametrize("how", [LETTER, {"told_by": "phone", "phone": "01904 555 0199"}])
def test_done_by_hand(cast, how):
    message = message_to(cast, **how)
    commands.done_by_hand(viewer_of(cast.lead), message)
    message.refresh_from_db()
    assert (message.status, message.finished_at is not None) == ("sent", True)
    with pytest.raises(Overtaken):
        commands.done_by_hand(viewer_of(cast.lead), message)
    assert Event.objects.filter(verb="insights.done_by_hand").count() == 1


def test_an_email_is_not_done_by_hand(cast):
    with pytest.raises(NotPossible):
        commands.done_by_hand(viewer_of(cast.lead), message_to(cast))


def test_an_email_without_an_address_is_there_as_failed_with_a_plain_reason(cast):
    message = message_to(cast, user=make_user("No Address", email=""))
    assert (message.status, message.trouble) == ("failed", "We have no email address for this person.")
    assert message.finished_at is not None
    assert outbox.deliver() >= 0
    message.refresh_from_db()
    assert message.status == "failed"


def test_resend_goes_where_the_person_wants_to_be_told_now(cast):
    user = make_user("No Address", email="")
    message = message_to(cast, user=user)
    with pytest.raises(NotPossible):
        commands.resend_message(viewer_of(cast.lead), message)
    member = user.memberships.get()
    member.told_by, member.postal_address = "letter", "1 Mill Lane"
    member.save()
    commands.resend_message(viewer_of(cast.lead), message)
    message.refresh_from_db()
    assert (message.channel, message.to_address, message.status, message.trouble) == ("letter", "1 Mill Lane", "waiting", "")
    assert message in Message.objects.by_hand()


def test_an_email_in_doubt_is_resent_or_settled(cast):
    for command, status in ((commands.resend_message, "waiting"), (commands.settle_message, "sent")):
        message = message_to(cast)
        Message.objects.filter(pk=message.pk).update(status="in doubt", attempts=3, trouble="TimeoutError")
        command(viewer_of(cast.lead), Message.objects.get(pk=message.pk))
        message.refresh_from_db()
        assert (message.status, message.trouble) == (status, "")


def test_what_went_is_not_sent_again(cast):
    message = message_to(cast)
    Message.objects.filter(pk=message.pk).update(status="sent")
    for command in (commands.resend_message, commands.settle_message):
        with pytest.raises(Overtaken):
            command(viewer_of(cast.lead), message)


def test_messages_are_looked_after_by_lead_and_administrators_of_here(cast):
    message = message_to(cast, **LETTER)
    for role in set(Role) - {Role.LEAD, Role.ADMINISTRATOR}:
        with pytest.raises(Refused):
            commands.done_by_hand(viewer_of(make_member(cast.organisation, role)), message)
    for role in (Role.LEAD, Role.ADMINISTRATOR):
        with pytest.raises(Refused):
            commands.done_by_hand(viewer_of(make_member(None, role)), message)
    commands.done_by_hand(viewer_of(make_member(cast.organisation, Role.ADMINISTRATOR)), message)


def test_what_concerns_an_account_keeps_its_address(cast):
    message = message_to(cast)
    Message.objects.filter(pk=message.pk).update(status="failed", template="people/address_changed", to_address="old@example.org")
    commands.resend_message(viewer_of(cast.lead), Message.objects.get(pk=message.pk))
    message.refresh_from_db()
    assert (message.to_address, message.status) == ("old@example.org", "waiting")
