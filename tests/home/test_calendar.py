"""The calendar: a month or a list, mine or all; and its private address, which other programs read."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
import vobject
from django.test import Client
from django.urls import reverse

from safety_partners.core.clock import LONDON
from safety_partners.core.diary import Engagement
from safety_partners.core.policy import Refused
from safety_partners.home import queries
from safety_partners.home.calendar_files import calendar_file
from safety_partners.people import calendar_addresses, commands
from tests.factories import committees as make
from tests.factories.people import make_member, viewer_of
from tests.factories.records import make_partner
from tests.insights.pages import browser_of, look

pytestmark = pytest.mark.django_db
MARCH = dt.date(2027, 3, 1)


@pytest.fixture
def lead():
    return make_member(None, "lead")


@pytest.fixture
def partner(lead):
    return make_partner(lead).membership


@pytest.fixture
def meetings(lead, partner):
    """Before and after the clocks go forward on 28 March 2027; the partner is invited to the first two."""
    committee = make.make_committee(lead)
    found = [make.make_meeting(committee, on=dt.date(2027, 3, day)) for day in (24, 31, 17)]
    for meeting in found[:2]:
        make.make_invitee(meeting, partner)
    return found


def page(**asked: str) -> str:
    return f"{reverse('home:calendar')}?{'&'.join(f'{name}={value}' for name, value in asked.items())}"


def feed_of(member) -> str:
    return reverse("home:feed", args=[calendar_addresses.secret_of(member)])


def test_a_month_shows_what_is_mine_on_its_days_in_london_time(partner, meetings):
    words = look(partner, page(month="2027-03"))
    assert words.index("Wednesday 24 March 2027") < words.index("10am") < words.index("Wednesday 31 March 2027")
    assert words.count("10am") == 2
    assert "Bank holiday" in words  # Good Friday


def test_a_list_shows_three_months(partner, meetings):
    words = look(partner, page(show="list", month="2027-02"))
    assert "February 2027 to April 2027" in words
    assert "Wednesday 31 March 2027" in words
    assert "Nothing is on." in look(partner, page(show="list", month="2027-06"))


def test_staff_see_other_meetings_only_when_they_ask_for_all(lead, partner, meetings):
    other = make_member(lead.organisation, "staff")
    assert "Nothing is on." in look(other, page(month="2027-03"))
    assert look(other, page(month="2027-03", whose="all")).count("10am") == 3
    assert look(partner, page(month="2027-03", whose="all")).count("10am") == 2


@pytest.mark.parametrize("typed", ["", "2027-13", "soon", "9999-12", "0001-01", "2027-3"])
def test_a_month_that_is_none_is_this_month(partner, typed):
    with time_machine.travel(dt.datetime(2027, 3, 10, 12, tzinfo=dt.UTC), tick=False):
        assert "March 2027" in look(partner, page(month=typed))


def test_every_day_of_a_month_stands_once(partner):
    words = look(partner, page(month="2027-03"))
    for day in range(31):
        assert words.count(f" {day + 1} March 2027") == 1


@pytest.fixture
def in_march():
    with time_machine.travel(dt.datetime(2027, 3, 10, 12, tzinfo=dt.UTC), tick=False):
        yield


def test_another_program_reads_the_feed_the_same_way_across_the_change_of_clocks(in_march, partner, meetings):
    response = Client().get(feed_of(partner))
    assert (response.status_code, response["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    calendar = vobject.readOne(response.content.decode())
    assert calendar.vtimezone.tzid.value == "Europe/London"
    starts = sorted(event.dtstart.value.astimezone(dt.UTC) for event in calendar.vevent_list)
    assert [start.hour for start in starts] == [10, 9]  # ten o'clock in London, in winter and in summer
    assert {event.dtstart.value.astimezone(LONDON).hour for event in calendar.vevent_list} == {10}


def test_a_feed_shows_only_what_is_ones_own(in_march, lead, partner, meetings):
    other = make_member(lead.organisation, "staff")
    assert b"BEGIN:VEVENT" not in Client().get(feed_of(other)).content


def test_a_new_address_closes_the_old_one(in_march, partner, meetings):
    old = feed_of(partner)
    browser_of(partner).post(reverse("home:subscribe"))
    partner.refresh_from_db()
    assert feed_of(partner) != old
    assert Client().get(old).status_code == 404
    assert Client().get(feed_of(partner)).status_code == 200
    assert feed_of(partner) in look(partner, reverse("home:subscribe"))


@pytest.mark.parametrize("change", [lambda own: own[:-2], lambda own: f"{own}0", lambda own: f"MEM-{own[:3:-1]}", lambda own: "-"])
def test_an_address_that_was_never_ours_opens_nothing(partner, change):
    assert calendar_addresses.member_with(change(calendar_addresses.secret_of(partner))) is None


def test_the_address_of_somebody_who_left_opens_nothing(in_march, partner):
    address = feed_of(partner)
    partner.ended_on = dt.date(2027, 3, 1)
    partner.save()
    assert Client().get(address).status_code == 404


def test_nobody_resets_the_address_of_somebody_else(lead, partner):
    with pytest.raises(Refused):
        commands.reset_calendar_address(viewer_of(lead), partner)


def test_a_day_without_a_time_is_a_whole_day_and_what_is_cancelled_says_so(lead):
    found = [
        Engagement(uid="REV-1@x", title="Last day; for, comments\nnow", path="/reviews/1/", on=dt.date(2027, 3, 28)),
        Engagement(
            uid="MTG-1@x",
            title="Board",
            path="/meetings/1/",
            on=dt.date(2027, 10, 31),
            starts_at=dt.datetime(2027, 10, 31, 0, 30, tzinfo=LONDON),
            ends_at=dt.datetime(2027, 10, 31, 3, 0, tzinfo=LONDON),
            is_cancelled=True,
            sequence=4,
        ),
    ]
    whole, cancelled = vobject.readOne(calendar_file("Elm House", found, site="https://x.example").decode()).vevent_list
    assert (whole.dtstart.value, whole.dtend.value) == (dt.date(2027, 3, 28), dt.date(2027, 3, 29))
    assert whole.summary.value == "Last day; for, comments\nnow"
    assert (cancelled.status.value, cancelled.sequence.value) == ("CANCELLED", "4")
    # Over the hour that comes twice: three and a half hours in all.
    assert cancelled.dtend.value - cancelled.dtstart.value.astimezone(cancelled.dtend.value.tzinfo) >= dt.timedelta(hours=2, minutes=30)


def test_what_has_no_time_comes_first_on_its_day(lead, monkeypatch):
    def those(*found: Engagement):
        return lambda viewer, first, last: list(found)

    day = dt.date(2027, 3, 3)
    early = Engagement(uid="b", title="Early", path="/", on=day, starts_at=dt.datetime(2027, 3, 3, 9, tzinfo=LONDON))
    whole = Engagement(uid="c", title="Whole", path="/", on=day)
    before = Engagement(uid="d", title="Before", path="/", on=day - dt.timedelta(days=1), is_mine=False)
    monkeypatch.setattr(queries, "of_committees", those(early))
    monkeypatch.setattr(queries, "of_reviews", those(whole, before))
    found = queries.engagements(viewer_of(lead), MARCH, dt.date(2027, 3, 31), is_mine_only=False)
    assert [one.title for one in found] == ["Before", "Whole", "Early"]
    assert [one.title for one in queries.engagements(viewer_of(lead), MARCH, day, is_mine_only=True)] == ["Whole", "Early"]
