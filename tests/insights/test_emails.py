"""Every message: plain, complete on every channel, and without anybody's words."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from django.core import mail

from safety_partners import insights
from safety_partners.core import clock, outbox
from safety_partners.core.models import Message
from safety_partners.core.working_days import today
from safety_partners.insights import commands, tasks
from safety_partners.insights.commands.answering import hand_on
from safety_partners.insights.models import Insight, PassingOn
from safety_partners.people.models import Role
from tests.factories import insights as make
from tests.factories.people import make_member, make_user, viewer_of
from tests.insights.cast import Cast, make_cast

ROOT = Path(insights.__file__).parent
TEMPLATES = sorted(path.stem for path in (ROOT / "jinja2/insights/emails").glob("*.txt") if not path.stem.startswith("_"))
SECRET = "XYZZY these are my own words"
HOW = {
    "email": {},
    "letter": {"told_by": "letter", "postal_address": "1 Mill Lane\nYork"},
    "phone": {"told_by": "phone", "phone": "01904 555 0199"},
}


def tell_the_whole_story(cast: Cast) -> None:
    """Every message of the loop, each at least once."""
    lead, owner, partner, colleague = map(viewer_of, (cast.lead, cast.owner, cast.partner, cast.colleague))
    insight = make.make_insight(cast.partner, words=SECRET)
    unanswered = make.make_insight(cast.partner, words=SECRET)
    with clock.telling(clock.now() + dt.timedelta(days=20)):
        tasks.tell_of_what_is_late()
        commands.tell_lead_of_silence(partner, unanswered)
    given_up = make.make_owned(cast.partner, cast.lead, cast.owner, words=SECRET)
    hand_on(owner, given_up, owner=None, reason="Ben has another part in it.")
    commands.ask_to_pass_on(partner, insight, channel="safeguarding")
    commands.done_passing_on(lead, PassingOn.objects.get(insight=insight), note="Rang them.")
    insight.refresh_from_db()
    commands.acknowledge(lead, insight)
    commands.hand_to(lead, insight, owner=cast.owner)
    commands.hand_to(lead, insight, owner=cast.colleague, reason="Priya wrote the form.")
    due = today() + dt.timedelta(days=9)
    commands.respond(colleague, insight, outcome="could not", reason="law", text="We could not.", action="Print", action_owner=cast.owner)
    commands.give_verdict(partner, insight, answer="part", words=SECRET)
    commands.give_verdict(partner, insight, answer="no", words=SECRET, goes_to_lead=True)
    commands.respond(lead, insight, outcome="will", text="We will.")
    commands.record_verdict(lead, insight, answer="no", capture="letter", is_read_back=False, words=SECRET)
    commands.respond(colleague, insight, outcome="will", text="We will.")
    commands.give_verdict(partner, insight, answer="yes", words=SECRET)
    actions = [commands.agree_action(lead, insight, text="Print", owner=cast.owner, due_on=today()) for _number in range(3)]
    commands.put_off_action(owner, actions[0], due_on=due, reason="Late paper.")
    commands.give_up_action(owner, actions[1], reason="No printer.")
    commands.complete_action(owner, actions[2], evidence="Printed.")
    change = commands.record_change(lead, insight, title="A number", text="On every letter.", status="planned", on=today())
    for status in ("made", "not kept", "planned", "will not do"):
        commands.move_change(lead, change, status=status, on=today(), reason=f"Because {status}.")
    commands.record_change(lead, insight, title="Another", text="X", status="made", on=today())
    other = make_member(cast.organisation, Role.PARTNER, name="Tom Webb")
    commands.join_change(lead, make.make_answered(other, cast.lead, cast.owner).insight, change=change)
    wording = make.make_wording(change, cast.lead)
    commands.ask_for_other_words(partner, wording, comment=SECRET)
    wording = make.make_wording(change, cast.lead)
    commands.record_wording_answer(lead, wording, person=cast.partner, answer="no", comment=SECRET)
    wording = make.make_wording(change, cast.lead)
    commands.record_wording_answer(lead, wording, person=other, answer="yes")
    commands.record_wording_answer(lead, wording, person=cast.partner, answer="yes")
    commands.publish(lead, wording)
    for capture in ("phone", "letter", "meeting"):
        heard = commands.record_words(lead, speaker=cast.partner, capture=capture, is_read_back=True, words=SECRET, kind="concern")
        commands.share_insight(lead, heard)
    commands.withdraw(viewer_of(other), change.insights.get(speaker=other))
    commands.withdraw(lead, Insight.objects.get(pk=insight.pk))


@pytest.fixture(params=HOW)
def cast(request, db):
    cast = make_cast(contact_email="partners@vale.example")
    cast.partner = make_member(cast.organisation, Role.PARTNER, name="Anjali Rao", **HOW[request.param])
    return cast


def test_every_message_is_plain_complete_and_without_anybody_s_words(cast):
    tell_the_whole_story(cast)
    messages = list(Message.objects.all())
    assert messages
    for message in messages:
        whole = f"{message.subject}\n{message.text}"
        assert "XYZZY" not in whole, message.template
        assert message.subject
        assert message.text.startswith("Dear ")
        assert "What happens next" in whole or "You do not need to do anything" in whole or "tell us" in whole, message.template
        assert "01904 555 0100" in whole, message.template
        assert "Grace Bell" in whole
        assert not re.search(r"&(#\d+|amp|quot|lt|gt);|[{}<>]|\n\n\n|[ \t]\n", whole), (message.template, whole)
        assert "None" not in whole
        assert message.organisation_id == cast.organisation.pk
        if message.channel == "email":
            assert re.search(r"^(Anyone can read it here: )?http://127\.0\.0\.1:8000/\S+$", message.text, re.MULTILINE), message.template


def test_every_template_is_used(cast):
    tell_the_whole_story(cast)
    sent = {name.removeprefix("insights/") for name in Message.objects.values_list("template", flat=True)}
    if cast.partner.told_by == "phone":
        sent |= {"verdict_recorded", "wording_recorded"}
    assert len(TEMPLATES) > 20
    assert sent == set(TEMPLATES)


def test_every_message_that_commands_put_has_a_template():
    named = set()
    for path in (ROOT / "commands").glob("*.py"):
        named |= set(re.findall(r'"insights/([a-z_]+)"', path.read_text()))
    assert named == set(TEMPLATES)


@pytest.mark.parametrize("cast", ["letter", "phone"], indirect=True)
def test_a_letter_and_a_call_say_what_to_do_without_a_link(cast):
    make.make_answered(cast.partner, cast.lead, cast.owner)
    text = Message.objects.get(template="insights/answered").text
    assert "01904 555 0100" in text
    if cast.partner.told_by == "phone":
        assert "http" not in text
        assert "I will read it out to you now." in text
    else:
        assert "the sheet with this letter" in text


@pytest.mark.parametrize(
    ("contact", "said"),
    [
        ({"contact_phone": "", "contact_email": "a@b.example"}, "Write to Grace Bell at a@b.example"),
        ({"contact_phone": "", "contact_email": ""}, "Ask Grace Bell"),
        ({"contact_phone": "", "contact_email": "", "contact_name": "", "name": "Vale Federation"}, "Ask Vale Federation"),
    ],
)
@pytest.mark.django_db
def test_there_is_always_a_person_to_reach(contact, said):
    cast = make_cast(**contact)
    make.make_answered(cast.partner, cast.lead, cast.owner)
    assert said in Message.objects.get(template="insights/answered").text


EVIL = "Ben\r\nBcc: everyone@example.org\n\nPay at http://evil.example or www.evil.example"


@pytest.mark.django_db
def test_a_name_forges_neither_a_header_nor_a_paragraph_nor_a_link(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    cast = make_cast(name=EVIL, contact_name=EVIL, contact_phone="", contact_email="")
    evil = make_member(cast.organisation, Role.STAFF, user=make_user(EVIL))
    victim = make_member(cast.organisation, Role.PARTNER, user=make_user(EVIL, email="victim@example.org"))
    make.make_owned(victim, cast.lead, evil)
    message = Message.objects.get(template="insights/owned")
    assert "\n" not in message.subject
    assert "http://evil" not in message.subject + message.text
    assert "www.evil" not in message.subject + message.text
    assert not re.search(r"^(Bcc|Pay)", message.text, re.MULTILINE)
    while outbox.deliver():
        pass
    sent = next(one for one in mail.outbox if one.to == ["victim@example.org"])
    raw = sent.message().as_string()
    assert not re.search(r"^Bcc:", raw, re.MULTILINE)
    assert sent.recipients() == ["victim@example.org"]


@pytest.mark.django_db
def test_a_very_long_name_does_not_make_a_very_long_subject():
    cast = make_cast()
    long = make_member(cast.organisation, Role.STAFF, user=make_user("B" * 200))
    make.make_owned(cast.partner, cast.lead, long)
    assert len(Message.objects.get(template="insights/owned").subject) == 200


@pytest.mark.django_db
def test_dates_are_in_words():
    cast = make_cast()
    with clock.telling(dt.datetime(2026, 6, 1, 9, 0, tzinfo=clock.LONDON)):
        commands.acknowledge(viewer_of(cast.lead), make.make_insight(cast.partner))
    text = Message.objects.get(template="insights/acknowledged").text
    assert "Monday 8 June 2026" in text
    assert "Monday 29 June 2026" in text


@pytest.mark.django_db
def test_no_message_promises_a_day_that_has_gone_by():
    cast = make_cast()
    with clock.telling(dt.datetime(2026, 3, 2, 9, 0, tzinfo=clock.LONDON)):
        insight = make.make_insight(cast.partner)
    with clock.telling(dt.datetime(2026, 6, 1, 9, 0, tzinfo=clock.LONDON)):
        commands.acknowledge(viewer_of(cast.lead), insight)
        commands.hand_to(viewer_of(cast.lead), insight, owner=cast.owner)
        commands.hand_to(viewer_of(cast.lead), insight, owner=cast.colleague, reason="Ben is away.")
    for template in ("acknowledged", "owned", "owner_changed", "handed"):
        message = Message.objects.filter(template=f"insights/{template}").first()
        assert "late" in message.text
        assert "you will have an answer by" not in message.text
        assert "2026" not in message.subject
