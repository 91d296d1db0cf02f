"""Pages of messages: the log, letters and calls, and one message."""

from __future__ import annotations

import pytest

from safety_partners.core.models import Message
from safety_partners.insights import commands
from safety_partners.insights.models import Insight
from safety_partners.people.models import Role
from tests.factories import insights as make
from tests.factories.people import make_member, make_user, viewer_of
from tests.insights.cast import make_cast
from tests.insights.pages import address, browser_of, look, send, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def writer(cast):
    return make_member(cast.organisation, Role.PARTNER, name="Tom Webb", told_by="letter", postal_address="1 Mill Lane\nYork YO1 1AA")


@pytest.fixture
def ringer(cast):
    return make_member(cast.organisation, Role.PARTNER, name="Rose Lee", told_by="phone", phone="01904 555 0199")


def message_to(member, template="answered") -> Message:
    return Message.objects.filter(to_membership_id=member.pk, template=f"insights/{template}").latest("id")


def test_the_log(cast, writer, ringer):
    for person in (writer, ringer):
        make.make_answered(person, cast.lead, cast.owner)
    said = look(cast.lead, address("messages"))
    assert "Tom Webb" in said
    assert said.index("Rose Lee") < said.index("Tom Webb")
    letters = look(cast.lead, f"{address('messages')}?channel=letter")
    assert "Tom Webb" in letters
    assert "Rose Lee" not in letters
    Message.objects.filter(to_membership_id=writer.pk).update(status="in doubt")
    assert "In doubt" in look(cast.lead, f"{address('messages')}?status=in+doubt")
    assert "Tom Webb" not in look(make_cast().lead, address("messages"))


def test_the_log_costs_the_same_for_many(cast, writer):
    for _number in range(12):
        make.make_answered(writer, cast.lead, cast.owner)
    assert "messages" in look(cast.lead, address("messages"))
    assert "messages" in look(cast.lead, address("messages-by-hand"))


def test_messages_are_for_lead_and_administrators_and_letters_for_the_lead(cast, writer):
    make.make_answered(writer, cast.lead, cast.owner)
    message = message_to(writer)
    administrator = make_member(cast.organisation, Role.ADMINISTRATOR)
    for role in set(Role) - {Role.LEAD, Role.ADMINISTRATOR}:
        member = make_member(cast.organisation, role)
        for path in (address("messages"), address("messages-by-hand"), address("message", message)):
            assert browser_of(member).get(path).status_code == 403
    look(administrator, address("messages"))
    assert browser_of(administrator).get(address("messages-by-hand")).status_code == 403
    assert browser_of(make_member(None, Role.LEAD)).get(address("message", message)).status_code == 404


def test_an_administrator_sees_that_somebody_was_told_and_not_what(cast, writer):
    make.make_answered(writer, cast.lead, cast.owner)
    administrator = make_member(cast.organisation, Role.ADMINISTRATOR)
    said = look(administrator, address("message", message_to(writer)))
    assert "Dear Tom" not in said
    assert "We will put the number" not in said
    assert "Tom Webb" in said
    lead = look(cast.lead, address("message", message_to(writer)))
    assert "Dear Tom Webb" in lead
    assert "We will put the number on every letter." in lead


def test_nobody_reads_a_message_with_somebody_s_key(cast, writer):
    make.make_answered(writer, cast.lead, cast.owner)
    Message.objects.filter(to_membership_id=writer.pk).update(template="people/invitation", text="https://x/join/SECRETKEY/")
    message = Message.objects.filter(to_membership_id=writer.pk).latest("id")
    assert "SECRETKEY" not in look(cast.lead, address("message", message))


def test_letters_are_printed_with_address_and_answer(cast, writer):
    response = make.make_answered(writer, cast.lead, cast.owner)
    said = look(cast.lead, f"{address('messages-by-hand')}?print=letter")
    for words in ("1 Mill Lane", "Grace Bell", "01904 555 0100", "Dear Tom Webb", response.text, "Our reference: MSG-"):
        assert words in said
    assert said.index("Ben Okafor will answer you") < said.index("We have answered you")


def test_a_letter_carries_the_answer_it_was_written_about(cast, writer):
    insight = make.make_answered(writer, cast.lead, cast.owner, outcome="could not", reason="law").insight
    commands.give_verdict(viewer_of(writer), insight, answer="no")
    commands.respond(viewer_of(cast.owner), insight, outcome="will", text="The second answer.")
    first, second = Message.objects.filter(to_membership_id=writer.pk, template="insights/answered").order_by("id")
    assert "The second answer." not in look(cast.lead, address("message", first))
    assert "Law or safety" in look(cast.lead, address("message", first))
    assert "The second answer." in look(cast.lead, address("message", second))


def test_words_taken_back_are_gone_from_letters_that_still_wait(cast, writer):
    heard = commands.record_words(
        viewer_of(cast.lead), speaker=writer, capture="letter", is_read_back=False, words="XYZZY said by letter", kind="concern"
    )
    commands.share_insight(viewer_of(cast.lead), heard)
    path = f"{address('messages-by-hand')}?print=letter"
    assert "XYZZY said by letter" in look(cast.lead, path)
    commands.withdraw(viewer_of(writer), Insight.objects.get())
    assert "XYZZY" not in look(cast.lead, path)


def test_words_to_agree_go_with_the_letter(cast, writer):
    change = make.make_change(writer, cast.lead, cast.owner)
    make.make_wording(change, cast.lead)
    assert "Nobody knew whom to ring." in look(cast.lead, f"{address('messages-by-hand')}?print=letter")


def test_a_sheet_for_the_calls(cast, ringer):
    make.make_answered(ringer, cast.lead, cast.owner)
    said = look(cast.lead, f"{address('messages-by-hand')}?print=phone")
    for words in ("Rose Lee, 01904 555 0199", "Am I speaking to Rose Lee?", "I will read it out to you now.", "We will put the number"):
        assert words in said


def test_posted_and_called(cast, writer, ringer):
    for person, sentence in ((writer, "The letter to Tom Webb is posted."), (ringer, "Rose Lee is told.")):
        make.make_answered(person, cast.lead, cast.owner)
        message = message_to(person)
        client = browser_of(cast.lead)
        path = address("messages-by-hand")
        response = client.post(path, {"code": message.code, "next": path}, follow=True)
        assert sentence in words_of(response)
        message.refresh_from_db()
        assert message.status == "sent"
        assert client.post(path, {"code": message.code}).status_code == 409
    stranger = make_member(None, Role.LEAD)
    assert browser_of(stranger).post(address("messages-by-hand"), {"code": message.code}).status_code == 404


def test_the_oldest_comes_first_and_nothing_waits_says_so(cast, writer):
    assert "There is no letter to post" in look(cast.lead, address("messages-by-hand"))
    assert "There is no letter to post." in look(cast.lead, f"{address('messages-by-hand')}?print=letter")
    assert "There is no call to make." in look(cast.lead, f"{address('messages-by-hand')}?print=phone")
    make.make_answered(writer, cast.lead, cast.owner)
    said = look(cast.lead, address("messages-by-hand"))
    assert said.index("Ben Okafor will answer you") < said.index("We have answered you")


def test_a_message_that_failed_for_want_of_an_address(cast):
    lost = make_member(cast.organisation, Role.PARTNER, user=make_user("No Address", email=""))
    commands.acknowledge(viewer_of(cast.lead), make.make_insight(lost))
    message = message_to(lost, "acknowledged")
    path = address("message", message)
    said = look(cast.lead, path)
    assert "We have no email address for this person." in said
    assert "Could not be sent" in said
    response = send(cast.lead, path, step="resend")
    assert response.status_code == 409
    assert "still no address" in words_of(response)
    lost.told_by, lost.phone = "phone", "01904 555 0199"
    lost.save()
    assert send(cast.lead, path, step="resend").status_code == 302
    assert "No Address" in look(cast.lead, address("messages-by-hand"))
    assert "To be sent again" in look(cast.lead, path)


def test_a_message_in_doubt_is_sent_again_or_settled(cast):
    make.make_answered(cast.partner, cast.lead, cast.owner)
    for step, status in (("resend", "waiting"), ("settle", "sent")):
        message = message_to(cast.partner)
        Message.objects.filter(pk=message.pk).update(status="in doubt", trouble="TimeoutError")
        said = look(cast.lead, address("message", message))
        assert "they may get it twice" in said
        assert "The mail server stopped answering" in said
        assert send(cast.lead, address("message", message), step=step).status_code == 302
        message.refresh_from_db()
        assert message.status == status


def test_a_message_that_went_offers_nothing(cast):
    make.make_answered(cast.partner, cast.lead, cast.owner)
    message = message_to(cast.partner)
    assert "What you can do next" not in look(cast.lead, address("message", message))
    Message.objects.filter(pk=message.pk).update(status="sent")
    assert browser_of(cast.lead).post(address("message", message), {"step": "resend"}).status_code == 409
