"""How far things are, without an account: the code and the private word."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from safety_partners.core import clock
from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.models import Event, Message
from safety_partners.core.policy import Refused
from safety_partners.core.viewer import NOBODY
from safety_partners.joining import commands, private_words
from safety_partners.joining.models import Expression
from safety_partners.joining.queries.following import WORDS
from tests.factories.joining import make_expression
from tests.factories.people import make_member, viewer_of
from tests.joining.pages import text_of

WORD = "maple-otter-linen"
DOOR = "joining:progress"


@pytest.fixture
def expression(advert):
    cache.clear()
    return make_expression(advert, word=WORD)


@pytest.fixture
def proved(client, expression):
    assert client.post(reverse(DOOR), {"code": expression.code, "word": WORD}).status_code == 302
    return client


def of(name: str, expression) -> str:
    return reverse(f"joining:{name}", args=[expression.code])


def test_every_status_has_plain_words():
    assert set(WORDS) == set(Expression.Status)


def test_the_code_and_the_word_however_they_are_typed(client, expression):
    typed = {"code": f" {expression.code.lower().replace('-', ' ')} ", "word": " Maple  OTTER, linen. "}
    found = client.post(reverse(DOOR), typed)
    assert found.url == of("progress-of", expression)
    page = text_of(client.get(found.url))
    assert "We have what you told us." in page
    assert "A person reads it and writes or rings you." in page
    assert "You hear from us by" in page


@pytest.mark.parametrize("wrong", [{"word": "maple-otter-lemon"}, {"code": "EOI-22222222"}, {"word": "???"}])
def test_a_wrong_word_or_code_says_the_same(client, expression, wrong):
    page = client.post(reverse(DOOR), {"code": expression.code, "word": WORD, **wrong})
    assert page.status_code == 422
    assert "We could not find this code and private word together." in text_of(page)


def test_guessing_is_limited_for_each_code(client, expression):
    for _time in range(10):
        client.post(reverse(DOOR), {"code": expression.code, "word": "wrong-wrong-wrong"})
    page = client.post(reverse(DOOR), {"code": expression.code, "word": WORD})
    assert page.status_code == 422
    assert "There were too many tries" in text_of(page)


def test_looking_uses_nothing_up_and_counts_no_try(client, expression):
    for _time in range(30):
        assert client.get(reverse(DOOR)).status_code == 200
    assert client.post(reverse(DOOR), {"code": expression.code, "word": WORD}).status_code == 302
    assert client.post(reverse(DOOR), {"code": expression.code, "word": WORD}).status_code == 302


@pytest.mark.parametrize("name", ["progress-of", "progress-reach", "progress-stop", "progress-delete", "progress-yes"])
def test_nobody_without_the_word_sees_or_does_anything(client, expression, name):
    assert client.get(of(name, expression)).url == reverse(DOOR)
    assert client.post(of(name, expression), {"submission_key": "x"}).status_code in (302, 405)
    expression.refresh_from_db()
    assert expression.status == "received"


def test_after_an_hour_the_word_is_asked_again(proved, expression):
    with clock.telling(clock.now() + dt.timedelta(minutes=61)):
        assert proved.get(of("progress-of", expression)).url == reverse(DOOR)


def test_leaving_forgets_the_code_on_this_device(proved, expression):
    proved.post(reverse("joining:progress-leave"))
    assert proved.get(of("progress-of", expression)).url == reverse(DOOR)


def test_changing_how_we_reach_them(proved, expression):
    wrong = proved.post(of("progress-reach", expression), {"told_by": "letter", "postal_address": ""})
    assert wrong.status_code == 422
    proved.post(of("progress-reach", expression), {"told_by": "phone", "phone": "01632 960 001"})
    expression.refresh_from_db()
    assert (expression.told_by, expression.phone, expression.email) == ("phone", "01632 960 001", "")
    event = Event.objects.get(verb="joining.change_reach")
    assert event.details == {}


def test_stopping_needs_no_reason_and_is_confirmed(proved, expression):
    proved.post(of("progress-stop", expression), {"submission_key": ""})
    expression.refresh_from_db()
    assert (expression.status, expression.next_due_on) == ("withdrawn", None)
    assert Message.objects.filter(template="joining/withdrawn", to_address="mo@example.org").exists()
    assert "You have stopped." in text_of(proved.get(of("progress-of", expression)))
    assert proved.post(of("progress-stop", expression), {"submission_key": ""}).status_code == 422


def test_deleting_takes_the_words_the_name_and_the_messages_away(proved, expression):
    assert proved.post(of("progress-delete", expression), {"submission_key": ""}).url == reverse(DOOR)
    expression.refresh_from_db()
    assert expression.forgotten_at
    assert (expression.name, expression.why, expression.email, expression.secret_hash, expression.status) == ("", "", "", "", "withdrawn")
    assert not Message.objects.filter(about_code=expression.code).exists()
    assert proved.get(of("progress-of", expression)).url == reverse(DOOR)
    assert Client().post(reverse(DOOR), {"code": expression.code, "word": WORD}).status_code == 422


def test_somebody_appointed_is_sent_to_their_own_record(expression):
    Expression.objects.filter(pk=expression.pk).update(status="appointed")
    expression.refresh_from_db()
    with pytest.raises(NotPossible):
        commands.delete_my_words(NOBODY, expression, proof=expression.secret_hash)


def test_saying_yes_to_an_offer(proved, expression):
    Expression.objects.filter(pk=expression.pk).update(status="offered")
    assert "Say yes to the offer" in text_of(proved.get(of("progress-of", expression)))
    assert proved.get(of("progress-yes", expression)).status_code == 200
    proved.post(of("progress-yes", expression), {"submission_key": ""})
    expression.refresh_from_db()
    assert expression.status == "checks"


def test_a_question_that_makes_no_sense_now_is_not_asked(proved, expression):
    answer = proved.get(of("progress-yes", expression))
    assert (answer.status_code, "There is no offer to say yes to now." in text_of(answer)) == (409, True)
    assert proved.get(of("progress-stop", expression)).status_code == 200
    proved.post(of("progress-stop", expression), {"submission_key": ""})
    assert proved.get(of("progress-stop", expression)).status_code == 409


def test_whoever_is_passed_on_reads_to_whom(proved, expression, lead):
    given = {"passed_to": "The patient group of Elm House", "has_agreed": True}
    commands.pass_on(viewer_of(lead), expression, **given)
    page = text_of(proved.get(of("progress-of", expression)))
    assert "We told this group or person how to reach you: The patient group of Elm House." in page


def test_we_say_so_when_we_are_late(proved, expression):
    with clock.telling(clock.now() + dt.timedelta(days=20)):
        proved.post(reverse(DOOR), {"code": expression.code, "word": WORD})
        assert "We are late, and we are sorry." in text_of(proved.get(of("progress-of", expression)))


@pytest.mark.parametrize("name", ["withdraw_interest", "change_reach", "delete_my_words"])
def test_the_commands_themselves_refuse_a_wrong_proof(expression, name):
    more = {"told_by": "email", "email": "other@example.org"} if name == "change_reach" else {}
    for proof in ("", private_words.hash_of("another-private-word")):
        with pytest.raises(Refused):
            getattr(commands, name)(NOBODY, expression, proof=proof, **more)


def test_a_new_word_replaces_the_old_one(proved, expression, lead):
    commands.send_new_word(viewer_of(lead), expression)
    message = Message.objects.get(template="joining/new_word")
    word = re.search(r"private word is ([a-z]+-[a-z]+-[a-z]+)", message.text).group(1)
    assert proved.get(of("progress-of", expression)).url == reverse(DOOR)
    assert proved.post(reverse(DOOR), {"code": expression.code, "word": WORD}).status_code == 422
    assert proved.post(reverse(DOOR), {"code": expression.code, "word": word}).status_code == 302


def test_send_new_word_is_for_the_lead_and_for_somebody_who_is_there(expression, staff, lead):
    for member in (staff, make_member()):
        with pytest.raises(Refused):
            commands.send_new_word(viewer_of(member), expression)
    commands.delete_my_words(NOBODY, expression, proof=expression.secret_hash)
    with pytest.raises(NotPossible):
        commands.send_new_word(viewer_of(lead), expression)


def test_no_word_of_the_person_reaches_a_log(client, expression, caplog):
    with caplog.at_level(0):
        client.post(reverse(DOOR), {"code": expression.code, "word": "wrong"})
        client.post(reverse(DOOR), {"code": expression.code, "word": WORD})
        client.get(of("progress-of", expression))
    for private in ("maple", "Farrow", "mo@example.org", "my mother"):
        assert private not in caplog.text
