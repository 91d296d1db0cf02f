"""The lead's pages: adverts, chats, writing down what came by phone or letter."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from safety_partners.core.models import Message
from safety_partners.core.working_days import today
from safety_partners.joining import commands
from safety_partners.joining.models import Advert, ChatRequest, Expression
from tests.factories.joining import make_advert, make_advert_draft, make_expression
from tests.factories.partners import make_role
from tests.factories.people import viewer_of
from tests.joining.pages import text_of


@pytest.fixture
def desk(client, lead):
    client.force_login(lead.user)
    return client


def page(name: str, record) -> str:
    return reverse(f"joining:{name}", args=[record.code])


def dated(name: str, day: dt.date) -> dict[str, int]:
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


FILLED = {
    "title": "Partners wanted",
    "summary": "Help us.",
    "places": "2",
    "hours": "4 hours a month",
    "place": "York",
    "may_be_remote": "yes",
    "contact_name": "Grace",
    "contact_phone": "01632 960 001",
    "max_words": "400",
    **dated("opens_on", today()),
}


def test_write_look_for_publish_and_close(desk, lead):
    role = make_role(lead)
    begun = desk.post(reverse("joining:advert-new"), {**FILLED, "role": role.code})
    advert = Advert.objects.get()
    assert begun.url == page("advert-criteria", advert)
    given = {"version": advert.turn, "words_1": "You listen", "support_1": "We go slowly.", "words_2": "", "support_2": ""}
    assert desk.post(page("advert-criteria", advert), given).status_code == 302
    assert desk.post(reverse("joining:advert-move", args=[advert.code, "publish"]), {"submission_key": ""}).status_code == 302
    advert.refresh_from_db()
    assert advert.takes_interest(today())
    assert f"/j/{advert.address}" in text_of(desk.get(page("advert", advert)))
    desk.post(reverse("joining:advert-move", args=[advert.code, "close"]), {"submission_key": ""})
    advert.refresh_from_db()
    assert advert.status == "closed"
    assert "Partners wanted" in text_of(desk.get(reverse("joining:adverts")))


def test_an_advert_needs_somebody_to_talk_to(desk, lead):
    role = make_role(lead)
    wrong = desk.post(reverse("joining:advert-new"), {**FILLED, "contact_phone": "", "role": role.code})
    assert wrong.status_code == 422
    assert "somebody to talk to" in text_of(wrong)


def test_without_a_role_in_use_the_page_says_what_to_do_first(desk):
    assert "First describe the role" in text_of(desk.get(reverse("joining:advert-new")))


def test_support_needs_something_that_it_supports(desk, lead):
    advert = make_advert_draft(lead)
    wrong = desk.post(page("advert-criteria", advert), {"version": advert.turn, "words_1": "", "support_1": "We help."})
    assert wrong.status_code == 422


def test_two_people_who_edit_do_not_overwrite_each_other(desk, lead):
    advert = make_advert(lead)
    first = {**FILLED, "version": advert.turn}
    assert desk.post(page("advert-edit", advert), first).status_code == 302
    second = desk.post(page("advert-edit", advert), {**first, "title": "Another"})
    assert second.status_code == 422
    advert.refresh_from_db()
    assert advert.title == "Partners wanted"
    # Who was told may send it again: the page has kept what was typed, and has seen what stands there now.
    for kept in (f'name="version" value="{advert.turn}"', 'value="Another"'):
        assert kept in second.content.decode()


def test_two_people_who_agree_a_time_do_not_overwrite_each_other(desk, advert, lead):
    chat = commands.record_chat_request(viewer_of(lead), name="Mo", how="person", reach="01632 960 001")
    sent = {**dated("planned_on", today() + dt.timedelta(days=3)), "turn": chat.turn}
    assert desk.post(page("chat-arrange", chat), {**sent, "planned_time": "2:30pm"}).status_code == 302
    second = desk.post(page("chat-arrange", chat), {**sent, "planned_time": "9:15am"})
    assert (second.status_code, "Someone else changed this" in text_of(second), "9:15am" in second.content.decode()) == (422, True, True)


RECORDED = {
    "capture": "phone",
    "name": "Idris Vale",
    "told_by": "letter",
    "postal_address": "4 Mill Lane",
    "connection": "patient",
    "why": "He wants to help.",
    "works_here": "no",
    "keep_months": "12",
    "agrees_to_keep": "on",
    "is_read_back": "on",
}


def test_writing_down_what_somebody_said_on_the_phone(desk, lead, advert):
    assert "You do not have to tell us about anything painful" in text_of(desk.get(page("record", advert)))
    not_read_back = desk.post(page("record", advert), {**RECORDED, "is_read_back": ""})
    assert not_read_back.status_code == 422
    assert "Read it back" in text_of(not_read_back)
    form = desk.get(page("record", advert)).content.decode()
    key = form.split('name="submission_key" value="')[1].split('"')[0]
    for _time in range(2):
        desk.post(page("record", advert), {**RECORDED, "submission_key": key})
    expression = Expression.objects.get()
    assert (expression.recorded_by, expression.is_read_back, expression.keep_months) == (lead, True, 12)
    assert Message.objects.get(about_code=expression.code).channel == "letter"


def test_somebody_who_works_here_is_not_written_down(desk, advert):
    wrong = desk.post(page("record", advert), {**RECORDED, "works_here": "yes"})
    assert wrong.status_code == 422
    assert not Expression.objects.exists()


def test_a_new_private_word_is_sent(desk, advert):
    expression = make_expression(advert)
    before = expression.secret_hash
    desk.post(page("new-word", expression))
    expression.refresh_from_db()
    assert expression.secret_hash != before


def test_a_chat_from_the_first_call_to_the_end(desk, advert):
    given = {"name": "Mo", "how": "person", "reach": "01632 960 001", "advert": advert.code}
    desk.post(reverse("joining:chat-new"), given)
    chat = ChatRequest.objects.get()
    assert chat.advert == advert
    soon = today() + dt.timedelta(days=3)
    desk.post(page("chat-arrange", chat), {**dated("planned_on", soon), "planned_time": "2:30pm", "turn": chat.turn})
    assert "2:30pm" in text_of(desk.get(page("chat", chat)))
    desk.post(page("chat-held", chat), {**dated("done_on", today()), "note": "Send the pack."})
    chat.refresh_from_db()
    assert chat.status == "held"
    assert desk.get(page("chat-not-held", chat)).status_code == 409
    assert "Mo" in text_of(desk.get(reverse("joining:chats")))


def test_a_chat_that_did_not_happen(desk, lead):
    chat = commands.record_chat_request(viewer_of(lead), name="Mo", how="phone", reach="01632 960 001")
    desk.post(page("chat-not-held", chat), {"note": "Nobody was there."})
    chat.refresh_from_db()
    assert chat.status == "not held"


def test_counts_are_hidden_until_an_advert_has_ended(desk, lead, advert):
    assert "until an advert has ended" in text_of(desk.get(reverse("joining:equality-counts")))
    commands.close_advert(viewer_of(lead), advert)
    shown = text_of(desk.get(reverse("joining:equality-counts")))
    assert "How old are you?" in shown
    assert "hidden" in shown
