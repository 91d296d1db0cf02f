"""The lead's pages of who is interested: the board, the list, one person, every step, the counts; and a reader's page."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from safety_partners.core import clock
from safety_partners.core.models import Message
from safety_partners.core.viewer import NOBODY
from safety_partners.core.working_days import today
from safety_partners.joining import commands, queries
from safety_partners.joining.models import Expression
from safety_partners.joining.views.steps import KEEPING, ONWARD, STEPS
from safety_partners.people.models import Role
from tests.factories.joining import make_advert, make_expression
from tests.factories.people import make_member, make_organisation, viewer_of
from tests.joining.pages import browser, read_as, text_of
from tests.joining.stages import (
    SAID,
    appointed,
    being_read,
    checking,
    fresh,
    give,
    in_reserve,
    invited,
    met,
    offered,
    read,
)

DAY = dt.timedelta(days=1)


@pytest.fixture
def partner(organisation):
    return make_member(organisation, Role.PARTNER)


@pytest.fixture
def as_lead(client, lead):
    client.force_login(lead.user)
    return client


def step(name: str, expression) -> str:
    return reverse("joining:expression-step", args=[expression.code, name])


def day(name: str, when: dt.date) -> dict[str, int]:
    return {f"{name}_day": when.day, f"{name}_month": when.month, f"{name}_year": when.year}


# Where people stand


def test_the_board_shows_who_stands_where_and_for_how_long(as_lead, advert, lead, staff, partner):
    make_expression(advert, known_as="Nia")
    expression = being_read(advert, lead, staff, partner, known_as="Sol")
    give(expression.sifts.get(by=staff))
    Expression.objects.update(since=clock.now() - 3 * DAY)
    page = text_of(as_lead.get(reverse("joining:board")))
    assert "Nia 3 days here" in page
    assert "1 of 2 have read it" in page
    assert page.index("Received (1)") < page.index("Being read (1)") < page.index("On the reserve list (0)")


def test_the_board_shows_the_longest_waiting_and_leads_to_the_rest(as_lead, advert, lead):
    people = [make_expression(advert, known_as=f"Person{number:02}") for number in range(10)]
    Expression.objects.filter(pk=people[9].pk).update(since=clock.now() - 9 * DAY)
    column = queries.board(viewer_of(lead))[0]
    assert (column.count, len(column.rows), column.more) == (10, 8, 2)
    assert [str(row) for row in column.rows][:2] == ["Person09", "Person00"]
    page = as_lead.get(reverse("joining:board"))
    assert "?status=received" in page.content.decode()


def test_the_board_of_one_advert_leaves_the_others_out(as_lead, advert, lead):
    other = make_advert(lead, title="Another one")
    make_expression(advert, known_as="Nia")
    make_expression(other, known_as="Sol")
    page = text_of(as_lead.get(reverse("joining:board-of", args=[other.code])))
    assert "Sol" in page
    assert "Nia" not in page


def test_the_list_begins_with_who_waits_longest_and_leaves_out_who_has_an_outcome(as_lead, advert, lead):
    make_expression(advert, known_as="Second")
    first = make_expression(advert, known_as="First")
    Expression.objects.filter(pk=first.pk).update(since=clock.now() - 9 * DAY)
    commands.note_withdrawal(viewer_of(lead), make_expression(advert, known_as="Gone"), **SAID)
    page = text_of(as_lead.get(reverse("joining:expressions")))
    assert page.index("First") < page.index("Second")
    assert "Gone" not in page
    assert "Gone" in text_of(as_lead.get(reverse("joining:expressions"), {"status": "withdrawn"}))
    assert "Gone" in text_of(as_lead.get(reverse("joining:expressions"), {"status": "all"}))


@pytest.mark.parametrize("typed", ["jose", "JOSÉ", "nunez", "josé nu"])
def test_the_list_finds_names_with_and_without_accents(as_lead, advert, typed):
    make_expression(advert, name="José Núñez", known_as="")
    make_expression(advert, name="Ann Other", known_as="")
    page = text_of(as_lead.get(reverse("joining:expressions"), {"q": typed}))
    assert "José Núñez" in page
    assert "Ann Other" not in page


def test_the_list_of_one_advert_pages_on_by_place_and_names_stay_out_of_addresses(as_lead, advert, lead):
    for number in range(27):
        make_expression(advert, name=f"Secretname{number:02}", known_as="")
    given = {"advert": advert.code, "sort": "name"}
    first = as_lead.get(reverse("joining:expressions"), given)
    assert "27 people" in text_of(first)
    listing = first.context["listing"] if first.context else None
    href = listing.next_url if listing else first.content.decode().split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
    assert "secretname" not in href.lower()
    second = text_of(as_lead.get(href.replace("&amp;", "&")))
    assert "Secretname26" in second
    assert "Secretname01" not in second


@pytest.mark.parametrize("name", ["board", "expressions"])
def test_only_leads_see_the_board_and_the_list(organisation, staff, partner, advert, name):
    make_expression(advert, known_as="Nia")
    for member in (staff, partner):
        assert browser(member).get(reverse(f"joining:{name}")).status_code == 403
    foreign = browser(make_member(make_organisation(), Role.LEAD))
    assert "Nia" not in text_of(foreign.get(reverse(f"joining:{name}")))


# One person


def test_the_page_has_everything_for_the_next_step(as_lead, advert, lead, staff, partner):
    expression = met(advert, lead, staff, partner, access_words="Large print", known_as="Nia")
    page = text_of(as_lead.get(expression.get_absolute_url()))
    for words in ("Nia", "Met", "Let us meet", "What draws you?", "Large print", "mo@example.org", "Offer them a place", "Talk held"):
        assert words in page, words
    assert "Appoint them" not in page


@pytest.mark.parametrize("role", [role for role in Role.values if role != Role.LEAD])
def test_nobody_but_a_lead_opens_it(advert, organisation, role):
    member = make_member(organisation, role)
    expression = make_expression(advert)
    for path in (expression.get_absolute_url(), *(step(name, expression) for name in STEPS)):
        assert browser(member).get(path).status_code == 403


def test_a_foreign_lead_finds_nothing(advert, lead, staff, partner):
    expression = invited(advert, lead, staff, partner)
    foreign = browser(make_member(make_organisation(), Role.LEAD))
    talk, sift = expression.talks.get(), expression.sifts.first()
    paths = [expression.get_absolute_url(), sift.get_absolute_url(), *(step(name, expression) for name in STEPS)]
    paths += [reverse(f"joining:talk-{name}", args=[talk.code]) for name in ("move", "held")]
    paths += [reverse("joining:reading-aside", args=[sift.code])]
    paths += [reverse(f"joining:{name}", args=[advert.code]) for name in ("board-of", "advert-counts")]
    assert {foreign.get(path).status_code for path in paths} == {404}


def test_a_lead_who_reads_is_not_shown_what_the_others_said(as_lead, advert, lead, staff):
    expression = being_read(advert, lead, lead, staff)
    give(expression.sifts.get(by=staff), words="I would say yes at once")
    page = text_of(as_lead.get(expression.get_absolute_url()))
    assert "You see their view when you have given yours" in page
    assert "yes at once" not in page
    give(expression.sifts.get(by=lead))
    assert "yes at once" in text_of(as_lead.get(expression.get_absolute_url()))


def test_what_can_be_done_depends_on_where_they_stand(advert, lead, staff, partner, as_lead):
    expression = make_expression(advert)
    assert as_lead.get(step("acknowledge", expression)).status_code == 200
    for name in ("meet", "offer", "yes", "appoint", "not-now", "reserve", "another-reader", "let-go"):
        assert as_lead.get(step(name, expression)).status_code == 409, name
    assert as_lead.get(step("burn", expression)).status_code == 404
    ready = read(advert, lead, staff, partner)
    for name in ("meet", "not-now", "reserve", "another-reader"):
        assert as_lead.get(step(name, ready)).status_code == 200, name


def test_every_step_has_its_words_and_looking_changes_nothing(as_lead, advert, lead, staff, partner):
    stages = [make_expression(advert), read(advert, lead, staff, partner), met(advert, lead, staff, partner)]
    stages += [offered(advert, lead, staff, partner), checking(advert, lead, staff, partner), in_reserve(advert, lead, staff, partner)]
    stages.append(commands.hold_words(viewer_of(lead), make_expression(advert), because="A complaint"))
    before = list(Expression.objects.values())
    opened = {name for name in ONWARD | KEEPING for one in stages if as_lead.get(step(name, one)).status_code == 200}
    assert opened == set(STEPS)
    assert list(Expression.objects.values()) == before


def test_from_received_to_appointed_by_pages_alone(as_lead, advert, lead, staff, partner):
    expression = make_expression(advert, known_as="Nia")
    as_lead.post(step("acknowledge", expression), {"words": "Thank you!"})
    chat = {"how": "phone", **day("planned_on", today() + 9 * DAY), "planned_time": "2:30pm", "place": "", "people": ""}
    as_lead.post(step("chat", expression), chat)
    talk = expression.talks.get()
    moved = {**chat, "how": "video", **day("planned_on", today() + 10 * DAY), "turn": talk.turn}
    assert as_lead.post(reverse("joining:talk-move", args=[talk.code]), moved).status_code == 302
    held = {**day("held_on", today()), "note": "Would like a map."}
    assert as_lead.post(reverse("joining:talk-held", args=[talk.code]), held).status_code == 302
    as_lead.post(step("readers", expression), {"readers": [staff.code, partner.code]})
    for member in (staff, partner):
        read_as(member, expression)
    meet = {**chat, "place": "Elm House", "people": "Grace", "questions": "What draws you?"}
    assert as_lead.post(step("meet", expression), meet).status_code == 302
    as_lead.post(reverse("joining:talk-held", args=[expression.talks.get(kind="meeting").code]), held)
    as_lead.post(step("offer", expression), {"words": ""})
    as_lead.post(step("yes", expression), {"capture": "phone", "is_read_back": "on"})
    done = as_lead.post(step("appoint", expression), {"contact": staff.code, "deputy": lead.code})
    expression = fresh(expression)
    assert expression.status == "appointed"
    assert done.url == expression.partner.get_absolute_url()
    assert expression.partner.contact == staff
    assert as_lead.get(done.url).status_code == 200


@pytest.mark.parametrize(
    ("name", "given", "field"),
    [
        ("not-now", {"words": "No."}, "words"),
        ("readers", {"readers": [], "due_on_day": ""}, "readers"),
        ("reserve", {"has_agreed": "", "reserve_until_day": "1", "reserve_until_month": "1", "reserve_until_year": "2090"}, "has_agreed"),
        ("pass-on", {"passed_to": "The patient group"}, "has_agreed"),
        ("withdrawal", {"capture": "phone"}, "is_read_back"),
        ("hold", {"because": ""}, "because"),
        ("chat", {"how": "phone", "planned_time": "2pm"}, "planned_on"),
        ("reach", {"told_by": "letter", "postal_address": "", "capture": "letter"}, "postal_address"),
        ("keep-longer", {"keep_until_day": "1", "keep_until_month": "1", "keep_until_year": "2000", "capture": "letter"}, "keep_until"),
    ],
)
def test_errors_stand_beside_the_question_and_what_was_typed_stays(as_lead, advert, lead, staff, partner, name, given, field):
    expression = read(advert, lead, staff, partner) if name in {"not-now", "reserve"} else make_expression(advert)
    page = as_lead.post(step(name, expression), given)
    assert page.status_code == 422
    assert f'id="{field}' in page.content.decode() or f'id="id_{field}' in page.content.decode()
    assert "There is a problem" in text_of(page)
    for words in filter(None, given.values()):
        assert str(words) in page.content.decode()
    assert fresh(expression).status == expression.status


def test_a_form_sent_twice_does_it_once(as_lead, advert):
    expression = make_expression(advert)
    page = as_lead.get(step("acknowledge", expression)).content.decode()
    key = page.split('name="submission_key" value="')[1].split('"')[0]
    for _time in range(2):
        assert as_lead.post(step("acknowledge", expression), {"words": "", "submission_key": key}).status_code == 302
    assert Message.objects.filter(template="joining/acknowledged").count() == 1


def test_two_leads_at_once_the_second_keeps_what_was_typed(as_lead, advert, lead, staff, partner):
    expression = met(advert, lead, staff, partner)
    commands.offer_place(viewer_of(lead), fresh(expression))
    page = as_lead.post(step("offer", expression), {"words": "We loved your map."})
    assert page.status_code == 422
    assert "We loved your map." in page.content.decode()
    assert "Someone else changed this" in text_of(page)


def test_where_many_work_readers_are_found_by_name_and_ticks_stay(as_lead, advert, organisation, staff, monkeypatch):
    monkeypatch.setattr("safety_partners.people.choosing.LISTED", 1)
    found = make_member(organisation, Role.PARTNER, name="Xanthe Price")
    expression = make_expression(advert)
    path = step("readers", expression)
    assert staff.code not in as_lead.get(path).content.decode()
    page = as_lead.post(path, {"do": "find", "find": "xanthe", "readers": [staff.code]}).content.decode()
    assert f'value="{found.code}"' in page
    assert "checked" in page.split(f'value="{staff.code}"')[1].split(">")[0]
    assert fresh(expression).status == "received"
    assert as_lead.post(path, {"find": "", "readers": [staff.code, found.code]}).status_code == 302


def test_holding_and_letting_go_and_deleting_as_asked(as_lead, advert):
    expression = make_expression(advert, name="Nia Secret", known_as="")
    as_lead.post(step("hold", expression), {"because": "A complaint is open"})
    page = text_of(as_lead.get(expression.get_absolute_url()))
    assert "A complaint is open" in page
    assert "is to confirm when it may go" in page
    assert as_lead.get(step("delete", expression)).status_code == 409
    as_lead.post(step("let-go", expression), {"submission_key": ""})
    as_lead.post(step("delete", expression), {"capture": "letter"})
    page = text_of(as_lead.get(expression.get_absolute_url()))
    assert "was deleted on" in page
    assert "Nia Secret" not in page
    assert expression.code in page


def test_the_numbers_of_an_advert(as_lead, advert, lead, staff, partner):
    appointed(advert, lead, staff, partner)
    commands.delete_as_asked(viewer_of(lead), make_expression(advert), **SAID)
    make_expression(make_advert(lead))
    page = text_of(as_lead.get(reverse("joining:advert-counts", args=[advert.code])))
    assert "People who were interested 2" in page
    assert "Appointed 1" in page
    assert "Withdrawn 1" in page
    assert "Of these, deleted by now 1" in page


def turn_in(page) -> str:
    """What the form on a page says of what its reader saw."""
    return page.content.decode().split('name="turn" value="')[1].split('"')[0]


def test_two_leads_who_move_a_talk_do_not_send_two_days(as_lead, advert, lead, staff, partner):
    talk = invited(advert, lead, staff, partner).talks.get()
    move = reverse("joining:talk-move", args=[talk.code])
    sent = {"how": "phone", **day("planned_on", today() + 9 * DAY), "planned_time": "2:30pm", "turn": turn_in(as_lead.get(move))}
    assert as_lead.post(move, {**sent, "place": "Their own phone"}).status_code == 302
    letters = Message.objects.filter(template="joining/talk").count()
    second = as_lead.post(move, {**sent, "place": "The library in Mill Lane"})
    assert (second.status_code, "somebody else has moved it" in text_of(second)) == (422, True)
    assert "The library in Mill Lane" in second.content.decode()
    assert (fresh(talk).place, Message.objects.filter(template="joining/talk").count()) == ("Their own phone", letters)
    again = as_lead.post(move, {**sent, "place": "The library in Mill Lane", "turn": turn_in(second)})
    assert (again.status_code, fresh(talk).place) == (302, "The library in Mill Lane")


def test_what_the_person_changed_themselves_is_not_overwritten(as_lead, advert):
    expression = make_expression(advert)
    opened = turn_in(as_lead.get(step("reach", expression)))
    commands.change_reach(NOBODY, expression, proof=expression.secret_hash, told_by="phone", phone="01904 960 001")
    sent = {"told_by": "letter", "postal_address": "4 Mill Lane", "capture": "letter", "turn": opened}
    page = as_lead.post(step("reach", expression), sent)
    assert (page.status_code, "Someone else changed this" in text_of(page), "4 Mill Lane" in page.content.decode()) == (422, True, True)
    assert fresh(expression).told_by == "phone"
    assert as_lead.post(step("reach", expression), {**sent, "turn": turn_in(page)}).status_code == 302
    assert fresh(expression).told_by == "letter"


def test_two_leads_do_not_write_two_days_of_the_reserve_list(as_lead, advert, lead, staff, partner):
    expression = met(advert, lead, staff, partner)
    sent = {"has_agreed": "on", "words": "As we said.", "turn": turn_in(as_lead.get(step("reserve", expression)))}
    assert as_lead.post(step("reserve", expression), {**sent, **day("reserve_until", today() + 60 * DAY)}).status_code == 302
    page = as_lead.post(step("reserve", expression), {**sent, **day("reserve_until", today() + 90 * DAY)})
    assert (page.status_code, "As we said." in page.content.decode()) == (422, True)
    assert fresh(expression).reserve_until == today() + 60 * DAY
