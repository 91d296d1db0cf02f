""" "Talk to us first" on the public pages."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.urls import reverse

from safety_partners.core.clock import LONDON
from safety_partners.core.working_days import add_working_days
from safety_partners.joining import queries
from safety_partners.joining.models import ChatRequest
from tests.factories.people import viewer_of
from tests.joining.pages import at, text_of

ASKED = {"name": "Mo", "how": "video", "reach": "mo@example.org", "times": "", "access_words": ""}


@pytest.fixture(autouse=True)
def _no_tries_yet(db):
    cache.clear()


def test_asking_about_an_advert(client, advert):
    assert "It is not a test, and you promise nothing." in text_of(client.get(at("talk-about", advert)))
    answer = client.post(at("talk-about", advert), ASKED)
    assert "We reach you by" in text_of(answer)
    chat = ChatRequest.objects.get()
    assert (chat.advert, chat.how, chat.reach) == (advert, "video", "mo@example.org")


def test_asking_before_there_is_an_advert(client, organisation):
    assert client.post(reverse("joining:talk", args=[organisation.slug]), ASKED).status_code == 200
    assert ChatRequest.objects.get().advert is None


def test_sending_twice_makes_one(client, advert):
    key = client.get(at("talk-about", advert)).content.decode().split('name="submission_key" value="')[1].split('"')[0]
    for _time in range(2):
        client.post(at("talk-about", advert), {**ASKED, "submission_key": key})
    assert ChatRequest.objects.count() == 1


def test_what_is_missing_is_said_beside_the_question(client, advert):
    wrong = client.post(at("talk-about", advert), {**ASKED, "reach": ""})
    assert wrong.status_code == 422
    assert "Say how we can reach you" in text_of(wrong)


def test_asking_is_limited(client, advert, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "joining_send": "1/h/ip"}
    client.post(at("talk-about", advert), ASKED)
    wrong = client.post(at("talk-about", advert), ASKED)
    assert wrong.status_code == 422
    assert "There were too many tries" in text_of(wrong)
    assert 'value="Mo"' in wrong.content.decode()


def test_an_address_that_nothing_has(client, organisation):
    assert client.get(reverse("joining:talk", args=["nowhere"])).status_code == 404
    assert client.get(reverse("joining:talk-about", args=[organisation.slug, "ZZZZZZ"])).status_code == 404


def test_the_lead_is_told_at_home_and_nobody_else(client, advert, lead, staff):
    client.post(at("talk-about", advert), ASKED)
    chat = ChatRequest.objects.get()
    (duty,) = queries.duties(viewer_of(lead))
    assert (duty.title, duty.path) == ("Mo", chat.get_absolute_url())
    assert duty.due_on == add_working_days(chat.made_at.astimezone(LONDON).date(), 2)
    assert queries.duties(viewer_of(staff)) == []
