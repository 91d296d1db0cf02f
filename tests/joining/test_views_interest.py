"""An expression of interest on the public pages, without an account."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from safety_partners.core import clock
from safety_partners.core.models import Event, Message
from safety_partners.joining import commands, private_words
from safety_partners.joining.models import Draft, EqualityCount, Expression
from tests.factories.joining import make_advert, make_expression
from tests.factories.people import viewer_of
from tests.joining.pages import answer, at, begin, send, text_of


@pytest.fixture(autouse=True)
def _no_tries_yet(db):
    cache.clear()


def code_of(client: Client, advert) -> str:
    return client.session["joining_writing"][advert.address]


def test_looking_begins_nothing(client, advert):
    page = client.get(at("interest", advert))
    assert page.status_code == 200
    assert "if you or somebody close to you was harmed" in text_of(page)
    assert client.get(at("interest-step", advert, "name")).status_code == 302
    assert not Draft.objects.exists()


def test_from_the_first_question_to_the_receipt(client, advert):
    begin(client, advert)
    answer(client, advert)
    page = text_of(client.get(at("interest-check", advert)))
    assert "for the next family." in page
    assert "Not given" in page

    assert send(client, advert).url == at("interest-sent", advert)
    expression = Expression.objects.get()
    assert expression.why == "I want it to be easier\n\nfor the next family."
    assert (expression.told_by, expression.keep_months, expression.capture) == ("letter", 6, "typed")
    receipt = text_of(client.get(at("interest-sent", advert)))
    word = private_words.word_of(code_of(client, advert))
    assert expression.code in receipt
    assert word in receipt
    assert word in Message.objects.get(about_code=expression.code).text
    assert not Draft.objects.exists()


def test_sending_twice_makes_one_and_shows_the_same_receipt(client, advert):
    begin(client, advert)
    answer(client, advert)
    again = Client()
    again.cookies = client.cookies.copy()
    first, second = send(client, advert), send(again, advert)
    assert first.url == second.url == at("interest-sent", advert)
    assert text_of(client.get(first.url)) == text_of(again.get(second.url))
    assert Expression.objects.count() == 1
    assert Message.objects.filter(template="joining/received").count() == 1


def test_the_back_button_after_sending_leads_to_the_receipt(client, advert):
    begin(client, advert)
    answer(client, advert)
    send(client, advert)
    assert client.get(at("interest-check", advert)).url == at("interest-sent", advert)
    assert client.get(at("interest-step", advert, "why")).url == at("interest", advert)


def test_nothing_can_be_sent_before_every_question_was_seen(client, advert):
    begin(client, advert)
    answer(client, advert, "who", "name")
    assert send(client, advert).url == at("interest-step", advert, "reach")
    assert not Expression.objects.exists()


def test_errors_stand_beside_the_question_and_keep_what_was_typed(client, lead):
    advert = make_advert(lead, max_words=100)
    begin(client, advert)
    page = client.post(at("interest-step", advert, "why"), {"why": "word " * 101})
    assert page.status_code == 422
    assert "100 words or fewer" in text_of(page)
    assert "word word word" in text_of(page)


def test_the_question_why_says_that_harm_need_not_be_told(client, advert):
    begin(client, advert)
    assert "You do not have to tell us about anything painful." in text_of(client.get(at("interest-step", advert, "why")))


def test_no_question_asks_about_harm(client, advert):
    begin(client, advert)
    from tests.joining.pages import ANSWERS

    for name in ANSWERS:
        page = text_of(client.get(at("interest-step", advert, name)))
        assert "what happened to you" not in page.lower()
        answer(client, advert, name)


def test_people_who_work_here_are_told_kindly_and_keep_their_words(client, advert):
    begin(client, advert)
    answer(client, advert, work={"works_here": "yes"})
    kindly = client.get(at("interest-works-here", advert))
    assert "This says nothing against you. What you typed is kept" in text_of(kindly)
    assert send(client, advert).url == at("interest-works-here", advert)
    assert not Expression.objects.exists()
    answer(client, advert, "work")
    send(client, advert)
    assert Expression.objects.get().name == "Mo Farrow"


def test_save_and_come_back_on_another_device_with_the_code(client, advert):
    begin(client, advert)
    answer(client, advert, "who")
    saved = client.post(at("interest-step", advert, "name"), {"name": "Mo Farrow", "known_as": "", "save": "1"})
    assert saved.url == at("interest-save", advert)
    code = code_of(client, advert)
    assert code in text_of(client.get(saved.url))

    other = Client()
    typed = code.lower().replace("-", " ")
    assert other.post(reverse("joining:come-back"), {"secret": typed}).url == at("interest-step", advert, "reach")
    assert "Mo Farrow" in other.get(at("interest-step", advert, "name")).content.decode()


def test_saving_an_empty_page_is_no_mistake(client, advert):
    begin(client, advert)
    assert client.post(at("interest-step", advert, "name"), {"name": "", "known_as": "", "save": "1"}).url == at("interest-save", advert)


def test_a_mail_scanner_cannot_use_the_link_up(client, advert):
    begin(client, advert)
    answer(client, advert, "who")
    code = code_of(client, advert)
    client.post(at("interest-save", advert), {"email": "Mo@Example.org"})
    message = Message.objects.get(template="joining/come_back")
    link = reverse("joining:come-back-with", args=[code])
    assert link in message.text
    assert message.to_address == "mo@example.org"
    for _time in range(5):
        scanner = Client()
        looked = scanner.get(link)
        assert looked.status_code == 200
        assert "joining_writing" not in scanner.session
        scanner.head(link)
    other = Client()
    assert other.post(link, {"secret": code}).status_code == 302
    assert other.get(at("interest-step", advert, "name")).status_code == 200


def test_a_wrong_code_opens_nothing_and_guessing_is_limited(client, advert):
    for _time in range(10):
        assert client.post(reverse("joining:come-back"), {"secret": "2222-2222-2222"}).status_code == 422
    page = client.post(reverse("joining:come-back"), {"secret": "2222-2222-2222"})
    assert "There were too many tries" in text_of(page)


def test_the_code_opens_the_receipt_after_sending(client, advert):
    begin(client, advert)
    answer(client, advert)
    code = code_of(client, advert)
    send(client, advert)
    other = Client()
    assert other.post(reverse("joining:come-back"), {"secret": code}).url == at("interest-sent", advert)
    assert Expression.objects.get().code in text_of(other.get(at("interest-sent", advert)))


def test_a_device_forgets_when_it_is_asked_to(client, advert):
    begin(client, advert)
    answer(client, advert)
    send(client, advert)
    client.post(at("interest-clear", advert))
    assert client.get(at("interest-sent", advert)).url == at("interest", advert)


def test_a_closed_advert_takes_nothing_more(client, advert, lead):
    begin(client, advert)
    answer(client, advert)
    commands.close_advert(viewer_of(lead), advert)
    page = send(client, advert)
    assert page.status_code == 422
    assert "This role is closed now" in text_of(page)
    assert Draft.objects.exists()
    assert "does not take expressions of interest" in text_of(Client().get(at("interest", advert)))


def test_more_than_anybody_writes_is_refused_kindly(client, advert):
    begin(client, advert)
    page = client.post(at("interest-step", advert, "help"), {"would_help": "x" * 5001})
    assert page.status_code == 422


def test_sending_is_limited(client, advert, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "joining_send": "2/h/ip"}
    begin(client, advert)
    begin(client, advert)
    assert "There were too many tries" in text_of(client.post(at("interest", advert)))


def test_nobody_opens_the_draft_or_receipt_of_somebody_else(client, advert):
    begin(client, advert)
    answer(client, advert)
    send(client, advert)
    other = Client()
    assert other.get(at("interest-check", advert)).url == at("interest", advert)
    assert other.get(at("interest-sent", advert)).url == at("interest", advert)
    assert other.post(at("interest-look", advert)).url == reverse("joining:progress")


def test_from_the_receipt_to_how_far_things_are(client, advert):
    begin(client, advert)
    answer(client, advert)
    send(client, advert)
    looked = client.post(at("interest-look", advert))
    assert "We have what you told us." in text_of(client.get(looked.url))


def test_equality_answers_become_counts_once_and_nothing_else(client, advert):
    begin(client, advert)
    answer(client, advert)
    send(client, advert)
    before = Message.objects.count()
    assert client.post(at("equality", advert), {"age": "65 to 74", "sex": "female"}).status_code == 302
    assert dict(EqualityCount.objects.filter(count__gt=0).values_list("question", "count")) == {"age": 1, "sex": 1}
    assert client.get(at("equality", advert)).status_code == 409
    assert "Answer the equality questions" not in text_of(client.get(at("interest-sent", advert)))
    assert Message.objects.count() == before
    assert "65 to 74" not in str(dict(client.session))


def test_equality_is_asked_only_after_sending(client, advert):
    assert client.get(at("equality", advert)).url == at("interest", advert)


def test_old_drafts_are_forgotten_with_their_links(client, lead):
    advert = make_advert(lead, opens_on=clock.today() - dt.timedelta(days=60))
    with clock.telling(clock.now() - dt.timedelta(days=31)):
        begin(client, advert)
        client.post(at("interest-save", advert), {"email": "mo@example.org"})
    begin(Client(), advert)
    from safety_partners.joining.tasks import forget_what_was_begun

    assert forget_what_was_begun() == 1
    assert Draft.objects.count() == 1
    assert not Message.objects.filter(template="joining/come_back").exists()
    assert forget_what_was_begun() == 0


def test_what_was_sent_by_staff_is_not_opened_by_a_code(advert):
    make_expression(advert)
    assert Client().post(reverse("joining:come-back"), {"secret": "7KQ3-M2XB-9TRF"}).status_code == 422


def test_somebody_who_is_signed_in_sends_as_nobodys_member(client, advert, staff):
    client.force_login(staff.user)
    begin(client, advert)
    answer(client, advert)
    assert send(client, advert).url == at("interest-sent", advert)
    assert Expression.objects.get().code in text_of(client.get(at("interest-sent", advert)))
    assert not Event.objects.filter(verb__startswith="joining.submit", by_membership_id=staff.pk).exists()
