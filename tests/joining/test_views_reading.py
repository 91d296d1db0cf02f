"""A reader's page: the words, not how to reach somebody; what others said comes after one's own. And what waits for whom."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from safety_partners.core import clock
from safety_partners.core.working_days import today
from safety_partners.joining import commands, queries
from safety_partners.joining.models import Expression, Sift
from safety_partners.people.models import Role
from tests.factories.joining import make_expression
from tests.factories.people import make_member, viewer_of
from tests.joining.pages import browser, read_as, text_of
from tests.joining.stages import (
    KIND,
    SAID,
    appointed,
    being_read,
    checking,
    fresh,
    give,
    in_reserve,
    invited,
    met,
    read,
)

DAY = dt.timedelta(days=1)


@pytest.fixture
def partner(organisation):
    return make_member(organisation, Role.PARTNER)


# Readers


def test_a_reader_reads_the_words_and_not_how_to_reach_them(advert, lead, staff, partner):
    expression = being_read(advert, lead, staff, partner, access_words="Hearing loop", conflict_words="A job elsewhere")
    page = text_of(browser(partner).get(expression.sifts.get(by=partner).get_absolute_url()))
    assert "I looked after my mother" in page
    assert "How could we support this?" in page
    for words in ("mo@example.org", "Hearing loop", "A job elsewhere"):
        assert words not in page


def test_what_others_said_shows_after_ones_own(advert, lead, staff, partner):
    expression = being_read(advert, lead, staff, partner)
    give(expression.sifts.get(by=partner), words="A rare ear")
    mine = expression.sifts.get(by=staff)
    assert "A rare ear" not in text_of(browser(staff).get(mine.get_absolute_url()))
    read_as(staff, expression)
    page = text_of(browser(staff).get(mine.get_absolute_url()))
    assert "A rare ear" in page
    assert "Warm and clear" in page
    assert "A map" in page


def test_every_thing_needs_a_finding_and_the_rest_stays_typed(advert, lead, staff, partner):
    expression = being_read(advert, lead, staff, partner)
    sift = expression.sifts.get(by=staff)
    page = browser(staff).post(sift.get_absolute_url(), {"view": "meet", "words": "Warm and clear"})
    assert page.status_code == 422
    assert "Warm and clear" in page.content.decode()
    assert "Say what you found for" in text_of(page)
    assert fresh(sift).done_at is None


def test_a_reader_who_comes_too_late_is_told_and_keeps_their_words(advert, lead, staff, partner):
    expression = being_read(advert, lead, staff, partner)
    sift = expression.sifts.get(by=staff)
    commands.note_withdrawal(viewer_of(lead), expression, **SAID)
    given = {"view": "meet", "words": "Warm and clear"} | {f"found_{one.position}": "yes" for one in advert.criteria.all()}
    page = browser(staff).post(sift.get_absolute_url(), given)
    assert page.status_code == 422
    assert "It is not being read any more" in text_of(page)
    assert fresh(sift).done_at is None
    page = text_of(browser(staff).get(sift.get_absolute_url()))
    assert "nobody needs to read it any more" in page
    assert "my mother" not in page


def test_the_words_are_not_shown_to_readers_after_the_outcome(advert, lead, staff, partner):
    expression = read(advert, lead, staff, partner)
    commands.say_not_now(viewer_of(lead), expression, words=KIND)
    page = text_of(browser(staff).get(expression.sifts.get(by=staff).get_absolute_url()))
    assert "There is an outcome now" in page
    assert "my mother" not in page


def test_a_reader_opens_only_their_own(advert, lead, staff, partner):
    expression = read(advert, lead, staff, partner)
    theirs = expression.sifts.get(by=partner)
    assert browser(staff).get(theirs.get_absolute_url()).status_code == 403
    assert browser(staff).get(expression.get_absolute_url()).status_code == 403
    assert browser(make_member(lead.organisation, Role.STAFF)).get(theirs.get_absolute_url()).status_code == 404


def test_leaving_it_to_somebody_else(advert, lead, staff, partner):
    expression = being_read(advert, lead, staff, partner)
    sift = expression.sifts.get(by=partner)
    path = reverse("joining:reading-aside", args=[sift.code])
    client = browser(partner)
    assert client.get(path).status_code == 200
    assert client.post(path, {"submission_key": ""}).status_code == 302
    assert not Sift.objects.filter(pk=sift.pk).exists()
    assert client.get(path).status_code == 404


# What waits


def sentences(member) -> list[str]:
    return [str(duty.sentence) for duty in queries.duties(viewer_of(member))]


def test_readers_are_reminded_until_they_have_read(advert, lead, staff, partner):
    expression = being_read(advert, lead, staff, partner)
    duty = queries.duties(viewer_of(staff))[0]
    assert duty.path == expression.sifts.get(by=staff).get_absolute_url()
    assert duty.due_on
    assert not duty.is_late
    give(expression.sifts.get(by=staff))
    assert sentences(staff) == []
    assert len(sentences(partner)) == 1


def test_the_lead_is_told_the_next_step_of_everybody(advert, lead, staff, partner):
    make_expression(advert)
    read(advert, lead, staff, partner)
    met(advert, lead, staff, partner)
    checking(advert, lead, staff, partner)
    appointed(advert, lead, staff, partner)
    invited(advert, lead, staff, partner)
    assert sorted(sentences(lead)) == sorted(
        [
            "Tell them that you have read it",
            "Decide: two people have read it",
            "Decide, and tell them",
            "Appoint them, when all is done",
        ]
    )
    with clock.telling(clock.now() + 40 * DAY):
        assert "Note that you have met" in sentences(lead)
        assert "Note that you have talked" in sentences(lead)


def test_the_lead_is_told_when_a_reserve_is_over_and_when_the_time_runs_out(advert, lead, staff, partner):
    expression = in_reserve(advert, lead, staff, partner, days=10)
    assert sentences(lead) == []
    Expression.objects.filter(pk=expression.pk).update(reserve_until=today() - DAY, keep_until=today() + 9 * DAY)
    assert sorted(sentences(lead)) == [
        "Ask if we may keep what they told us for longer, or it is deleted",
        "The time on the reserve list is over: talk to them",
    ]


def test_duties_cost_the_same_for_one_as_for_many(advert, lead, staff, partner, django_assert_num_queries):
    for _number in range(3):
        make_expression(advert)
        being_read(advert, lead, lead, partner)
    viewer = viewer_of(lead)
    with django_assert_num_queries(1):
        assert len(queries.duties(viewer)) == 6
    reader = viewer_of(partner)
    with django_assert_num_queries(1):
        assert len(queries.duties(reader)) == 3


def test_home_shows_them(advert, lead):
    make_expression(advert, known_as="Nia")
    page = text_of(browser(lead).get(reverse("home:home")))
    assert "Tell them that you have read it" in page
    assert "Nia" in page
