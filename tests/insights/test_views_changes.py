"""Pages of what changed, and of the public words for it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from safety_partners.core.working_days import today
from safety_partners.insights import commands
from safety_partners.insights.models import Change, Insight, PublishedChange, Wording
from safety_partners.people.models import Role
from tests.factories import insights as make
from tests.factories.people import make_member, viewer_of
from tests.insights.cast import make_cast, told
from tests.insights.pages import address, browser_of, day, look, send, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def insight(cast):
    return make.make_answered(cast.partner, cast.lead, cast.owner).insight


@pytest.fixture
def change(cast):
    return make.make_change(cast.partner, cast.lead, cast.owner)


def change_of(**typed):
    return {"title": "A night number", "text": "Each sheet says whom to ring.", "status": "made", **day(today(), "on"), **typed}


# Recording and joining


def test_record_with_others_that_were_found(cast, insight):
    other = make_member(cast.organisation, Role.PARTNER, name="Tom Webb")
    second = make.make_insight(other, words="The leaflet had no number on it.")
    path = address("change-new", insight)
    assert "The leaflet had no number" in look(cast.lead, path)
    found = look(cast.lead, f"{path}?find=1&q=leaflet")
    assert "Tom Webb" in found
    assert "Nothing fits" in look(cast.lead, f"{path}?find=1&q=zebra")
    html = browser_of(cast.lead).get(f"{path}?other={second.code}").content.decode()
    assert f'value="{second.code}" checked' in html
    response = send(cast.lead, path, **change_of(others=[second.code]))
    change = Change.objects.get()
    assert response.url == change.get_absolute_url()
    assert set(change.insights.all()) == {insight, second}
    assert told(other)[-1] == "change_recorded"


def test_record_offers_only_what_the_viewer_may_see(cast, insight):
    hidden = make.make_insight(make_member(cast.organisation, Role.PARTNER), words="For the lead and no other eyes.")
    path = address("change-new", insight)
    assert "no other eyes" not in look(cast.owner, path)
    assert "no other eyes" not in look(cast.owner, f"{path}?find=1&q=eyes&other={hidden.code}")
    response = send(cast.owner, path, **change_of(others=[hidden.code]))
    assert response.status_code in {302, 422}
    assert not Change.objects.filter(insights=hidden).exists()


def test_record_with_something_wrong_keeps_what_was_typed(cast, insight):
    tomorrow = today() + dt.timedelta(days=1)
    response = send(cast.lead, address("change-new", insight), **{**change_of(), **day(tomorrow, "on")})
    assert response.status_code == 422
    assert "The day must be today or earlier." in words_of(response)
    assert "Each sheet says whom to ring." in words_of(response)


def test_record_is_for_lead_and_owner(cast, insight):
    for page in ("change-new", "change-join"):
        for other in (cast.colleague, cast.partner, make_member(None, Role.LEAD)):
            assert browser_of(other).get(address(page, insight)).status_code in {403, 404}


def test_join(cast, change):
    other = make_member(cast.organisation, Role.PARTNER)
    second = make.make_answered(other, cast.lead, cast.owner).insight
    path = address("change-join", second)
    assert change.title in look(cast.lead, path)
    assert change.title in look(cast.lead, f"{path}?q=letter")
    assert change.title not in look(cast.lead, f"{path}?q=zebra")
    assert send(cast.lead, path, change=change.code).url == change.get_absolute_url()
    assert change.insights.count() == 2
    assert "no change to join" in look(cast.lead, path)
    there = make_cast()
    elsewhere = make.make_change(there.partner, there.lead, there.owner)
    assert browser_of(cast.lead).post(path, {"change": elsewhere.code}).status_code == 422


# The list and the page


def test_the_list(cast, change):
    make.make_published(change, cast.lead, cast.partner)
    said = look(cast.colleague, address("changes"))
    assert change.title in said
    assert "Planned" in said
    assert change.title in look(cast.lead, f"{address('changes')}?status=planned")
    assert change.title not in look(cast.lead, f"{address('changes')}?status=made")
    assert change.title in look(cast.lead, f"{address('changes')}?q=letter")
    assert change.title in look(cast.lead, f"{address('changes')}?q={change.code}")
    assert change.title not in look(make_cast().lead, address("changes"))


def test_who_has_no_part_in_it_sees_no_changes(cast, change):
    for role in (Role.GROUP_CHAIR,):
        nobody = make_member(cast.organisation, role)
        assert change.title not in look(nobody, address("changes"))
        assert browser_of(nobody).get(change.get_absolute_url()).status_code == 404


def test_the_page_shows_words_only_to_those_who_may_see_them(cast, change):
    said = look(cast.lead, change.get_absolute_url())
    assert "I waited until the morning." in said
    assert "Suggest public words" in said
    other = look(cast.colleague, change.get_absolute_url())
    assert "Words that are not shown to you" in other
    assert "waited" not in other
    assert change.insights.get().code not in other
    assert "Suggest public words" not in other


def test_the_page_names_who_spoke_to_the_lead_alone(cast, change):
    make.make_wording(change, cast.lead)
    assert "Anjali Rao" in look(cast.lead, change.get_absolute_url())
    for other in (cast.colleague, make_member(cast.organisation, Role.PARTNER), make_member(cast.organisation, Role.BOARD)):
        said = look(other, change.get_absolute_url())
        assert "Anjali Rao" not in said
        assert "Public words" not in said
    assert "Public words" in look(cast.partner, change.get_absolute_url())


def test_the_page_leads_to_what_is_public(cast, change):
    make.make_published(change, cast.lead, cast.partner)
    response = browser_of(cast.lead).get(change.get_absolute_url())
    assert reverse("website:change", args=[cast.organisation.slug, change.code]) in response.content.decode()


def test_the_page_of_words_that_were_taken_back(cast, change):
    commands.withdraw(viewer_of(cast.partner), change.insights.get())
    said = look(cast.lead, change.get_absolute_url())
    assert "taken back" in said
    assert "Suggest public words" not in said
    assert browser_of(cast.lead).get(address("wording-new", change)).status_code == 409


# Moving


def test_move_offers_only_what_can_follow(cast, change):
    said = look(cast.lead, address("change-move", change))
    assert "It is made" in said
    assert "We will not do it" in said
    assert "It was not kept" not in said


def test_move(cast, change):
    make.make_published(change, cast.lead, cast.partner)
    assert "This change is public" in look(cast.lead, address("change-move", change))
    response = send(cast.lead, address("change-move", change), status="made", reason="It is printed.", **day(today(), "on"))
    assert response.url == change.get_absolute_url()
    assert Change.objects.get().status == "made"
    assert told(cast.partner)[-1] == "change_moved"


def test_two_leads_who_move_it_at_once(cast, change):
    turn = change.turn
    commands.move_change(viewer_of(cast.lead), Change.objects.get(), status="made", on=today(), reason="Printed.")
    typed = {"turn": turn, "status": "will not do", "reason": "My own reason.", **day(today(), "on")}
    response = browser_of(cast.lead).post(address("change-move", change), typed)
    assert response.status_code == 422
    said = words_of(response)
    assert "Someone else changed this" in said
    assert "Printed." in said
    assert "My own reason." in said
    assert "It was not kept" in said
    assert "We will not do it" not in said


@pytest.mark.parametrize("page", ["change-move", "wording-new"])
def test_movements_and_proposals_are_the_lead_s(cast, change, page):
    for other in (cast.owner, cast.partner, cast.colleague):
        assert browser_of(other).get(address(page, change)).status_code == 403
    assert browser_of(make_member(None, Role.LEAD)).get(address(page, change)).status_code == 404


# Words


def test_propose_shows_how_each_wants_to_be_named_and_what_was_asked_before(cast, change):
    Insight.objects.update(naming=Insight.Naming.NAME)
    said = look(cast.lead, address("wording-new", change))
    assert "by name: Anjali Rao" in said
    wording = make.make_wording(change, cast.lead)
    commands.ask_for_other_words(viewer_of(cast.partner), wording, comment="Say “at night”.")
    again = look(cast.lead, address("wording-new", change))
    assert "Say “at night”." in again
    assert "Nobody knew whom to ring." in again
    response = send(cast.lead, address("wording-new", change), title="T", told_us="Told at night.", changed="C")
    assert response.url == Wording.objects.get(status="proposed").get_absolute_url()


def test_who_spoke_sees_exactly_what_would_be_public_and_answers(cast, change):
    wording = make.make_wording(change, cast.lead)
    said = look(cast.partner, wording.get_absolute_url())
    for words in ("Nobody knew whom to ring.", "Each letter says whom to ring.", "Told to us by a Patient Safety Partner", "Every step"):
        assert words in said
    assert reverse("website:change", args=[cast.organisation.slug, change.code]) in said
    assert "people may guess who you are" in said
    assert "Who has agreed" not in said
    assert send(cast.partner, wording.get_absolute_url(), answer="no", comment=" ").status_code == 422
    assert send(cast.partner, wording.get_absolute_url(), answer="no", comment="Say “at night”.").status_code == 302
    assert Wording.objects.get().status == "sent back"
    lead = look(cast.lead, wording.get_absolute_url())
    assert "Say “at night”." in lead
    assert "Who has agreed" in lead


def test_a_yes_from_the_page(cast, change):
    wording = make.make_wording(change, cast.lead)
    assert send(cast.partner, wording.get_absolute_url(), answer="yes").status_code == 302
    assert Wording.objects.get().status == "agreed"


def test_words_replaced_meanwhile_say_so_and_keep_the_comment(cast, change):
    wording = make.make_wording(change, cast.lead)
    make.make_wording(change, cast.lead)
    response = browser_of(cast.partner).post(wording.get_absolute_url(), {"answer": "no", "comment": "My own comment"})
    assert response.status_code == 422
    said = words_of(response)
    assert "Look at the newest ones" in said
    assert "My own comment" in response.content.decode()


def test_wordings_are_closed_to_those_who_did_not_speak(cast, change):
    wording = make.make_wording(change, cast.lead)
    for other in (cast.colleague, cast.owner, make_member(cast.organisation, Role.PARTNER), make_member(cast.organisation, Role.BOARD)):
        assert browser_of(other).get(wording.get_absolute_url()).status_code == 403
        assert browser_of(other).post(wording.get_absolute_url(), {"answer": "yes"}).status_code == 403
    assert browser_of(make_member(None, Role.LEAD)).get(wording.get_absolute_url()).status_code == 404
    assert Wording.objects.get().status == "proposed"


def test_speakers_do_not_see_each_other_s_names(cast, change):
    tom = make_member(cast.organisation, Role.PARTNER, name="Tom Webb")
    commands.join_change(viewer_of(cast.lead), make.make_answered(tom, cast.lead, cast.owner).insight, change=change)
    wording = make.make_wording(change, cast.lead)
    assert "Tom Webb" not in look(cast.partner, wording.get_absolute_url())
    assert "Tom Webb" in look(cast.lead, wording.get_absolute_url())


def test_the_lead_does_not_answer_for_herself_on_the_page(cast, change):
    wording = make.make_wording(change, cast.lead)
    assert "Can we publish these words?" not in look(cast.lead, wording.get_absolute_url())


def test_record_answer(cast, change):
    wording = make.make_wording(change, cast.lead)
    path = address("wording-record", wording)
    said = look(cast.lead, path)
    assert "Anjali Rao" in said
    assert "Nobody knew whom to ring." in said
    assert send(cast.lead, path, person=cast.partner.code, answer="yes").status_code == 422
    assert send(cast.lead, path, person=cast.partner.code, answer="yes", is_read_out="on").status_code == 302
    answer = Wording.objects.get().answers.get(by=cast.partner)
    assert (answer.answer, answer.recorded_by) == ("yes", cast.lead)
    assert "written down for you by the partner lead" in look(cast.partner, wording.get_absolute_url())
    for other in (cast.owner, cast.partner):
        assert browser_of(other).get(path).status_code == 403


def test_publish_shows_the_public_page_and_who_is_waited_for(cast, change):
    wording = make.make_wording(change, cast.lead)
    path = address("wording-publish", wording)
    waiting = look(cast.lead, path)
    assert "cannot be published yet" in waiting
    assert "Anjali Rao" in waiting
    assert browser_of(cast.lead).post(path).status_code == 409
    assert not PublishedChange.objects.exists()
    commands.agree_wording(viewer_of(cast.partner), Wording.objects.get())
    ready = look(cast.lead, path)
    public_path = reverse("website:change", args=[cast.organisation.slug, change.code])
    assert browser_of(cast.lead).post(path).url == change.get_absolute_url()
    public = words_of(browser_of(None).get(public_path))
    for words in (
        "A number on every letter",
        "Nobody knew whom to ring.",
        "Told to us by a Patient Safety Partner",
        "Each letter says whom to ring.",
    ):
        assert words in ready
        assert words in public
    for other in (cast.owner, cast.partner):
        assert browser_of(other).post(path).status_code == 403


def test_the_preview_and_the_public_page_say_the_same(cast, change):
    """Heading for heading and step for step: what is agreed is what is published."""
    make.make_published(change, cast.lead, cast.partner)
    commands.move_change(viewer_of(cast.lead), Change.objects.get(), status="made", on=today(), reason="Printed.")
    public = words_of(browser_of(None).get(reverse("website:change", args=[cast.organisation.slug, change.code])))
    wording = make.make_wording(Change.objects.get(), cast.lead)
    preview = look(cast.lead, wording.get_absolute_url())
    shown = preview[preview.index("What we were told") : preview.index("Its address:")].strip()
    assert shown in public
