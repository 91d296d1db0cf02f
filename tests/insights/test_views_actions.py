"""Pages of what somebody will do by a day."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from safety_partners.core import clock
from safety_partners.core.working_days import today
from safety_partners.insights import commands
from safety_partners.insights.models import Action, Insight
from safety_partners.people.models import Role
from tests.factories import insights as make
from tests.factories.people import make_member, viewer_of
from tests.insights.cast import make_cast, told
from tests.insights.pages import address, browser_of, day, look, send, words_of

pytestmark = pytest.mark.django_db
SOON = dt.timedelta(days=14)
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj"


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def insight(cast):
    return make.make_answered(cast.partner, cast.lead, cast.owner).insight


def agree(cast, insight, owner=None, text="Print the number", due_on=None) -> Action:
    return commands.agree_action(viewer_of(cast.lead), insight, text=text, owner=owner or cast.colleague, due_on=due_on or today() + SOON)


# The list


def test_the_list_shows_what_is_to_do_the_oldest_day_first(cast, insight):
    agree(cast, insight, text="Later thing", due_on=today() + 2 * SOON)
    agree(cast, insight, text="Sooner thing")
    done = agree(cast, insight, text="Done thing")
    commands.complete_action(viewer_of(cast.lead), done, evidence="Seen by all.")
    said = look(cast.lead, address("actions"))
    assert said.index("Sooner thing") < said.index("Later thing")
    assert "Done thing" not in said
    ended = look(cast.lead, f"{address('actions')}?status=ended")
    assert "Seen by all." in ended
    assert "Sooner thing" not in ended
    assert "Done thing" in look(cast.lead, f"{address('actions')}?status=all")


def test_the_list_narrows_to_mine_to_late_and_to_words(cast, insight):
    with clock.telling(clock.now() - dt.timedelta(days=40)):
        agree(cast, insight, text="Late thing", owner=cast.owner)
    agree(cast, insight, text="Mine to do", owner=cast.lead)
    path = address("actions")
    late, mine = look(cast.lead, f"{path}?late=on"), look(cast.lead, f"{path}?mine=on")
    assert "Late thing" in late
    assert "days late" in late
    assert "Mine to do" not in late
    assert "Mine to do" in mine
    assert "Late thing" not in mine
    assert "Late thing" in look(cast.lead, f"{path}?q=late+ben")
    code = Action.objects.get(text="Mine to do").code
    assert "Mine to do" in look(cast.lead, f"{path}?q={code.lower()}")


def test_the_list_offers_work_only_to_those_who_may_do_it(cast, insight):
    agree(cast, insight)
    assert "It is done" in look(cast.lead, address("actions"))
    assert "It is done" in look(cast.colleague, address("actions"))
    assert "It is done" not in look(cast.owner, address("actions"))


def test_who_may_not_see_the_words_sees_the_action_without_them(cast, insight):
    agree(cast, insight)
    said = look(cast.colleague, address("actions"))
    assert "Print the number" in said
    assert insight.code not in said
    assert insight.code in look(cast.lead, address("actions"))
    page = look(cast.colleague, address("action-done", Action.objects.get()))
    assert insight.code not in page
    assert cast.partner.name not in page


def test_the_list_costs_the_same_for_many(cast, insight):
    for number in range(30):
        agree(cast, insight, text=f"Thing {number}")
    said = look(cast.lead, address("actions"))
    assert "30 actions" in said


def test_the_list_is_for_staff_and_of_one_organisation(cast, insight):
    agree(cast, insight)
    assert browser_of(cast.partner).get(address("actions")).status_code == 403
    there = make_cast()
    assert "Print the number" not in look(there.lead, address("actions"))


# Agreeing


def test_agree(cast, insight):
    due = today() + SOON
    response = send(cast.lead, address("action-new", insight), text="Ring her", owner=cast.colleague.code, **day(due, "due_on"))
    assert response.url == insight.get_absolute_url()
    action = Action.objects.get()
    assert (action.text, action.owner, action.due_on) == ("Ring her", cast.colleague, due)


def test_agree_with_something_wrong_keeps_what_was_typed(cast, insight):
    gone_by = today() - dt.timedelta(days=1)
    response = send(cast.lead, address("action-new", insight), text="Ring her", owner="", **day(gone_by, "due_on"))
    assert response.status_code == 422
    said = words_of(response)
    assert "Select who will do it" in said
    assert "today or in the future" in said
    assert "Ring her" in said
    assert not Action.objects.exists()


def test_agree_twice_with_the_same_form_makes_one(cast, insight):
    import uuid

    given = {"submission_key": uuid.uuid4(), "text": "Ring her", "owner": cast.owner.code, **day(today(), "due_on")}
    for _number in range(2):
        assert browser_of(cast.lead).post(address("action-new", insight), given).status_code == 302
    assert Action.objects.count() == 1


def test_agree_is_for_lead_and_owner(cast, insight):
    for other in (cast.colleague, cast.partner):
        assert browser_of(other).get(address("action-new", insight)).status_code in {403, 404}
    assert browser_of(make_member(None, Role.LEAD)).get(address("action-new", insight)).status_code == 404


# Done, given up, put off


def test_done_with_a_file_that_can_be_downloaded(cast, insight):
    action = agree(cast, insight)
    path = address("action-done", action)
    assert "Nothing is closed because of it" in look(cast.lead, path)
    upload = SimpleUploadedFile("sheet.pdf", PDF, content_type="text/html")
    assert send(cast.colleague, path, evidence="See the sheet.", evidence_file=upload).url == address("actions")
    for viewer in (cast.colleague, cast.lead, cast.owner, cast.partner):
        response = browser_of(viewer).get(address("action-evidence", action))
        assert response.status_code == 200
        assert b"".join(response.streaming_content) == PDF
        assert response["Content-Type"] == "application/pdf"
        assert response["Content-Disposition"] == 'attachment; filename="sheet.pdf"'
        assert response["X-Content-Type-Options"] == "nosniff"


def test_evidence_is_shown_to_nobody_else(cast, insight):
    action = agree(cast, insight)
    others = [make_member(cast.organisation, Role.PARTNER), make_member(cast.organisation, Role.STAFF), make_member(None, Role.LEAD)]
    assert browser_of(cast.lead).get(address("action-evidence", action)).status_code == 404
    upload = SimpleUploadedFile("sheet.pdf", PDF)
    commands.complete_action(viewer_of(cast.lead), action, evidence="x", evidence_file=upload)
    for other in others:
        assert browser_of(other).get(address("action-evidence", action)).status_code == 404
    assert browser_of(None).get(address("action-evidence", action)).status_code == 302


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("sheet.exe", b"MZ", "must be a PDF"),
        ("sheet.pdf", b"", "empty"),
        ("sheet.pdf", b"not a pdf at all", "not what its name says"),
    ],
)
def test_a_wrong_file_is_refused_with_a_clear_message_and_the_words_stay(cast, insight, name, content, sentence):
    action = agree(cast, insight)
    upload = SimpleUploadedFile(name, content)
    response = send(cast.colleague, address("action-done", action), evidence="See the sheet.", evidence_file=upload)
    assert response.status_code == 422
    assert sentence in words_of(response)
    assert "See the sheet." in words_of(response)
    assert Action.objects.get().status == "to do"


def test_give_up_and_put_off_ask_why(cast, insight):
    for page, extra in (("action-give-up", {}), ("action-put-off", day(today() + 2 * SOON, "due_on"))):
        action = agree(cast, insight)
        path = address(page, action)
        look(cast.lead, path)
        assert send(cast.colleague, path, reason=" ", **extra).status_code == 422
        assert send(cast.colleague, path, reason="The printer broke.", **extra).status_code == 302
    assert set(Action.objects.values_list("status", "reason")) == {("not done", "The printer broke."), ("to do", "The printer broke.")}
    assert told(cast.partner)[-2:] == ["action_given_up", "action_put_off"]


@pytest.mark.parametrize("page", ["action-done", "action-give-up", "action-put-off"])
def test_an_action_that_ended_meanwhile_gives_back_what_was_typed(cast, insight, page):
    action = agree(cast, insight)
    commands.complete_action(viewer_of(cast.lead), Action.objects.get(), evidence="Done by the lead.")
    typed = {"turn": action.turn, "evidence": "My own words", "reason": "My own words", **day(today() + 2 * SOON, "due_on")}
    response = browser_of(cast.colleague).post(address(page, action), typed)
    assert response.status_code == 422
    said = words_of(response)
    assert "Done by the lead." in said
    assert "My own words" in said
    assert browser_of(cast.colleague).get(address(page, action)).status_code == 409


@pytest.mark.parametrize("page", ["action-done", "action-give-up", "action-put-off"])
def test_only_its_owner_and_the_lead_work_on_it(cast, insight, page):
    action = agree(cast, insight)
    assert browser_of(cast.owner).get(address(page, action)).status_code == 403
    assert browser_of(cast.partner).get(address(page, action)).status_code == 403
    assert browser_of(make_member(cast.organisation, Role.STAFF)).get(address(page, action)).status_code == 404
    assert browser_of(make_member(None, Role.LEAD)).get(address(page, action)).status_code == 404
    assert Insight.objects.get().status == Insight.Status.ANSWERED


@pytest.mark.parametrize("role", Role.values)
def test_everybody_sees_the_actions_they_do_and_those_of_words_they_may_see(cast, role):
    """The rows of the list are those the rule names, whatever way the database is asked."""
    viewer = make_member(cast.organisation, role)
    for visibility in Insight.Visibility.values:
        insight = make.make_owned(cast.partner, cast.lead, cast.lead, visibility=visibility)
        agree(cast, insight, text=visibility)
        agree(cast, insight, text=f"{visibility}, of somebody else", owner=cast.owner)
    if role not in {Role.PARTNER, Role.GROUP_CHAIR, Role.BOARD}:
        agree(cast, make.make_owned(cast.partner, cast.lead, cast.owner), text="Their own", owner=viewer)
    eyes = viewer_of(viewer)
    seen = set(Insight.objects.visible_to(eyes).values_list("pk", flat=True))
    expected = {action.pk for action in Action.objects.all() if action.owner_id == viewer.pk or action.insight_id in seen}
    assert set(Action.objects.visible_to(eyes).values_list("pk", flat=True)) == expected
