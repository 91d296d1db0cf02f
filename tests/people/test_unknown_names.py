"""Who is known here cannot be told apart: the same words and the same work, whatever name or address a stranger types."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from safety_partners.people import emails
from safety_partners.people.models import Role, User
from tests.factories.people import make_member
from tests.people.conftest import ask_for_code, type_code

pytestmark = pytest.mark.django_db
TYPED = ("known address", "couple's address", "known name", "known by code only", "unknown address", "unknown name", "former member")


@pytest.fixture
def typed():
    """What a stranger may type, by what it is. All are of one length, so that pages are too."""
    return {what: re.sub(r"\W", "-", what).ljust(20, "a") + ("@example.org" if "address" in what else "") for what in TYPED}


@pytest.fixture(autouse=True)
def _people(typed, django_user_model):
    def make(username, **fields):
        fields = {"email": "somebody@example.org", "password": "correct horse battery", **fields}
        return django_user_model.objects.create_user(username, name="Somebody", **fields)

    make_member(None, Role.PARTNER, user=make("person", email=typed["known address"]))
    for name in ("one", "other"):
        make_member(None, Role.PARTNER, user=make(name, email=typed["couple's address"]))
    make_member(None, Role.PARTNER, user=make(typed["known name"]))
    make_member(None, Role.PARTNER, user=make(typed["known by code only"], password=None))
    former = make_member(None, Role.PARTNER, user=make(typed["former member"]))
    former.ended_on = "2026-01-01"
    former.save()


def asked(work) -> tuple[list[str], str]:
    """The shapes of the questions put to the database, and what the page then says, without what was typed or is secret."""
    with CaptureQueriesContext(connection) as queries:
        answer = work()
    shapes = [re.sub(r"'(?:[^']|'')*'|\bs\d+_x\d+\b|\b\d+\b", "?", query["sql"])[:60] for query in queries]
    return shapes, f"{answer.status_code} {answer.get('Location', '')} {answer.content.decode()}"


def same_for_all(typed, walk):
    """Walk once for each; every step asks the same of the database and says the same."""
    walks = {}
    for what, words in typed.items():
        cache.clear()  # each comes as the first
        walks[what] = list(walk(words))
    expected = walks["unknown name"]
    assert expected
    for what, steps in walks.items():
        for number, ((shapes, page), (expected_shapes, expected_page)) in enumerate(zip(steps, expected, strict=True)):
            assert shapes == expected_shapes, (what, number)
            assert tidy(page, typed[what]) == tidy(expected_page, typed["unknown name"]), (what, number)


def tidy(page, words):
    return re.sub(r'value="[^"]{30,}"', "", page.replace(words, "…"))


def test_asking_for_a_code_and_typing_wrong_ones_is_the_same_for_all(typed):
    def walk(words):
        browser = Client()
        here = reverse("account_confirm_login_code")
        yield asked(lambda: ask_for_code(browser, words))
        yield asked(lambda: browser.get(here))
        yield asked(lambda: type_code(browser, "0000-0000"))
        yield asked(lambda: browser.post(here, {"another": "1"}))
        yield asked(lambda: browser.get(here))
        for _number in range(4):
            yield asked(lambda: type_code(browser, "0000-0000"))

    same_for_all(typed, walk)


def test_a_wrong_password_is_the_same_for_all(typed, monkeypatch):
    work = []
    monkeypatch.setattr("django.contrib.auth.hashers.MD5PasswordHasher.encode", spy(work))

    def walk(words):
        work.clear()
        result = asked(lambda: Client().post(reverse("people:sign-in-with-password"), {"typed": words, "password": "wrong horse"}))
        yield result[0] + [f"{len(work)} hashes"], result[1]

    same_for_all(typed, walk)


def spy(work):
    from django.contrib.auth.hashers import MD5PasswordHasher

    encode = MD5PasswordHasher.encode

    def count(self, password, salt):
        work.append(password)
        return encode(self, password, salt)

    return count


def test_no_answer_waits_for_the_mail_server(typed, monkeypatch):
    """Known or not: the letter is written, and posted by somebody else."""
    bags = {}

    class Postman:
        def submit(self, work, letter):
            bags.setdefault(letter.to[0], (work, letter))

    monkeypatch.setattr(emails, "_postman", Postman())
    for words in typed.values():
        assert ask_for_code(Client(), words).status_code == 302
    assert mail.outbox == []
    assert set(bags) == {typed["known address"], "somebody@example.org", typed["couple's address"], typed["unknown address"]}
    for work, letter in bags.values():
        work(letter)
    assert len(mail.outbox) == len(bags)


def test_post_that_does_not_go_is_told_to_all_alike(typed, monkeypatch):
    def broken(self, *args, **kwargs):
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.EmailMessage.send", broken)
    assert ask_for_code(Client(), typed["unknown name"]).status_code == 302
    assert ask_for_code(Client(), typed["known name"]).status_code == 302, "nobody knows yet"
    answers = [ask_for_code(Client(), words) for words in typed.values()]
    assert {answer.status_code for answer in answers} == {422}
    assert all("We could not send the email just now" in answer.content.decode() for answer in answers)


def test_codes_are_asked_for_again_when_the_trouble_has_passed(typed, monkeypatch):
    monkeypatch.setattr(emails, "_trouble_until", emails.time.monotonic() - 1)
    assert ask_for_code(Client(), typed["known name"]).status_code == 302
    assert len(mail.outbox) == 1
    assert User.objects.filter(username=typed["known name"]).exists()
