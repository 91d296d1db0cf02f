"""The page people come to after they sign in."""

from __future__ import annotations

import datetime as dt

import pytest

from safety_partners.core.duty import Duties, Duty
from safety_partners.core.working_days import today
from safety_partners.home import queries
from tests.factories import insights as make
from tests.factories.people import viewer_of
from tests.insights.cast import make_cast
from tests.insights.pages import look

pytestmark = pytest.mark.django_db

MORE = "There is more than we show here."


@pytest.fixture
def cast():
    return make_cast()


def waits(title: str, due_on: dt.date | None = None) -> Duty:
    return Duty("Do this", title, "/somewhere/", due_on)


def test_what_waits_comes_from_every_app_the_longest_due_first(cast, monkeypatch):
    monkeypatch.setattr(queries.insights, "duties", lambda viewer: Duties([waits("a", today()), waits("a draft")]))
    monkeypatch.setattr(queries.reviews, "duties", lambda viewer: Duties([waits("b", today() - dt.timedelta(days=1)), waits("b later")]))
    monkeypatch.setattr(queries.partners, "duties", lambda viewer: Duties([waits("c", today() - dt.timedelta(days=2))]))
    monkeypatch.setattr(queries.joining, "duties", lambda viewer: Duties([waits("d later")]))
    monkeypatch.setattr(queries, "WAITING", lambda viewer: Duties([waits("e", today() - dt.timedelta(days=3))]))
    found = queries.waiting(viewer_of(cast.lead))
    assert [duty.title for duty in found] == ["e", "c", "b", "a", "a draft", "b later", "d later"]
    assert not found.has_more


@pytest.mark.parametrize("app", ["insights", "reviews", "partners", "joining"])
def test_home_says_when_there_is_more_than_it_shows(cast, monkeypatch, app):
    make.make_insight(cast.partner)
    assert MORE not in look(cast.lead, "/home/")
    many = Duties([waits("one of many")])
    many.has_more = True
    monkeypatch.setattr(getattr(queries, app), "duties", lambda viewer: many)
    assert MORE in look(cast.lead, "/home/")


def test_home_says_when_the_apps_that_are_asked_together_have_more(cast, monkeypatch):
    many = Duties([waits("one of many")])
    many.has_more = True
    monkeypatch.setattr(queries, "WAITING", lambda viewer: many)
    assert MORE in look(cast.lead, "/home/")


def test_no_two_apps_that_are_asked_together_name_their_duties_alike():
    names = [*queries.COMMITTEES, *queries.ACTIVITIES, *queries.GROUPS]
    assert len(names) == len(set(names)) >= len(queries.COMMITTEES)


def test_home_shows_fifty_and_says_that_there_are_more(cast):
    for number in range(51):
        make.make_draft(cast.partner, words=f"Draft {number}")
    page = look(cast.partner, "/home/")
    assert page.count("Finish your draft") == 50
    assert MORE in page
