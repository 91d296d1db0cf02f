"""Pages of meetings as people use them: the rule with its preview, moving one, answering, reminding, what partners need."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from safety_partners.committees import commands
from safety_partners.committees.models import Meeting, Series
from safety_partners.core import clock
from safety_partners.core.models import Message
from safety_partners.home.queries import waiting
from safety_partners.partners import commands as partners
from tests.factories.committees import make_meeting
from tests.factories.people import viewer_of
from tests.reviews.pages import browser_of, day, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _autumn():
    with time_machine.travel("2026-11-23 09:00:00+00:00", tick=False):
        yield


@pytest.fixture
def browser(secretary):
    return browser_of(secretary)


@pytest.fixture
def meeting(committee, secretary):
    start = dt.datetime(2026, 12, 7, 10, tzinfo=clock.LONDON)
    given = {"starts_at": start, "ends_at": start + dt.timedelta(hours=2), "place": "Room 2", "video_link": "https://meet.example.org/q"}
    return commands.add_meeting(viewer_of(secretary), committee, **given)


RULE = {
    "pattern": "weekday",
    "which": "1",
    "weekday": "0",
    "months": "1",
    "on_holiday": "stay",
    "starts_at_time": "10am",
    "ends_at_time": "midday",
    "place": "Room 2",
    **day("first_on", dt.date(2027, 1, 1)),
    **day("last_on", dt.date(2027, 12, 31)),
}


def test_the_rule_is_shown_day_by_day_before_anything_is_saved(browser, committee):
    path = reverse("committees:series", args=[committee.code])
    shown = text_of(browser.post(path, RULE))
    assert "The first Monday of the month, every month" in shown
    assert shown.count("New meeting") == 12
    assert "Monday 3 May 2027" in shown
    assert "Bank holiday" in shown
    assert "Pat Partner" in shown
    assert (
        Series.objects.count() == Meeting.objects.count() == Message.objects.filter(template__startswith="committees/meeting").count() == 0
    )
    answer = browser.post(path, {**RULE, "send": "1"})
    assert (answer.status_code, answer["Location"]) == (302, committee.get_absolute_url())
    assert Meeting.objects.count() == 12


def test_changing_something_keeps_what_was_typed(browser, committee):
    shown = text_of(browser.post(reverse("committees:series", args=[committee.code]), {**RULE, "change": "1"}))
    assert 'value="Room 2"' in shown
    assert 'value="10am"' in shown
    assert Series.objects.count() == 0


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"pattern": ""}, "Select when it meets"),
        ({"pattern": "day"}, "Enter the date"),
        ({"ends_at_time": "9am"}, "It must end after it begins"),
        (day("last_on", dt.date(2026, 1, 1)), "The last day must be later than the first"),
        (day("last_on", dt.date(2027, 1, 2)), "No day of this rule"),
        ({"video_link": "meet"}, "Enter a web address that begins with https://"),
    ],
)
def test_what_is_wrong_with_a_rule_is_said_beside_the_question(browser, committee, wrong, says):
    answer = browser.post(reverse("committees:series", args=[committee.code]), RULE | wrong)
    assert says in text_of(answer)
    assert answer.status_code == 422


def test_a_rule_that_is_there_is_shown_as_it_is_and_can_be_changed_and_ended(browser, committee, secretary):
    path = reverse("committees:series", args=[committee.code])
    browser.post(path, {**RULE, "send": "1"})
    shown = text_of(browser.get(path))
    assert "The first Monday of the month, every month" in shown
    series = Series.objects.get()
    again = {**RULE, "weekday": "1", "turn": series.turn}
    assert text_of(browser.post(path, again)).count("Moves here from") == 12
    browser.post(path, {**again, "send": "1"})
    series.refresh_from_db()
    assert series.rule == "FREQ=MONTHLY;BYDAY=+1TU"
    lost = browser.post(path, {**again, "send": "1"})
    assert lost.status_code == 422
    assert "Someone else changed this" in text_of(lost)
    stop = reverse("committees:series-stop", args=[committee.code])
    assert browser.post(stop, {"what": "cancel", "why": "", "turn": series.turn}).status_code == 422
    browser.post(stop, {"what": "cancel", "why": "No need.", "turn": series.turn})
    assert not Meeting.objects.exclude(status="cancelled").exists()


def fields(meeting, **more) -> dict:
    on, hours = meeting.starts_at.astimezone(clock.LONDON), {"starts_at_time": "10am", "ends_at_time": "midday"}
    return {**day("on", on), **hours, "place": meeting.place, "video_link": meeting.video_link, "turn": meeting.turn, **more}


def test_moving_a_meeting_names_who_will_be_told_before_it_is_sent(browser, meeting):
    path = reverse("committees:meeting-change", args=[meeting.code])
    to = fields(meeting, **day("on", dt.date(2026, 12, 28)))
    shown = text_of(browser.post(path, to))
    assert "It was to be" in shown
    assert "This is a bank holiday." in shown
    assert all(name in shown for name in ("Char Chair", "Mem Member", "Pat Partner", "Sam Second", "Sec Secretary"))
    assert not Message.objects.filter(template="committees/meeting_changed").exists()
    after = text_of(browser.post(path, {**to, "send": "1"}, follow=True))
    assert "We are telling 5 people." in after
    meeting.refresh_from_db()
    assert meeting.day == dt.date(2026, 12, 28)


def test_a_word_in_the_notes_is_saved_at_once_and_tells_nobody(browser, meeting):
    path = reverse("committees:meeting-change", args=[meeting.code])
    assert "Nobody was told." in text_of(browser.post(path, fields(meeting, getting_there="Mind the step."), follow=True))


def test_a_meeting_is_added_after_a_look(browser, committee):
    path = reverse("committees:meeting-new", args=[committee.code])
    given = {**day("on", dt.date(2026, 12, 3)), "starts_at_time": "14:00", "ends_at_time": "15:30", "place": "The library"}
    assert "Pat Partner" in text_of(browser.post(path, given))
    assert Meeting.objects.count() == 0
    browser.post(path, {**given, "send": "1"})
    assert Meeting.objects.get().starts_at == dt.datetime(2026, 12, 3, 14, tzinfo=clock.LONDON)


def test_a_partner_answers_in_two_steps_and_sees_the_way_in(meeting, partner):
    mine = meeting.invitees.get(membership=partner.membership)
    browser = browser_of(partner.membership)
    shown = text_of(browser.get(meeting.get_absolute_url()))
    assert reverse("committees:answer", args=[mine.code]) in shown
    assert "https://meet.example.org/q" in shown
    path = reverse("committees:answer", args=[mine.code])
    assert "How did this reach you?" not in text_of(browser.get(path))
    assert browser.post(path, {"reply": "coming"}).status_code == 422
    assert "Your answer:" in text_of(browser.post(path, {"reply": "coming", "how": "video"}, follow=True))
    mine.refresh_from_db()
    assert (mine.reply, mine.how) == ("coming", "video")


def test_the_way_in_and_the_names_are_not_for_everybody_who_works_here(meeting, staff):
    shown = text_of(browser_of(staff).get(meeting.get_absolute_url()))
    assert "Room 2" in shown
    assert "https://meet.example.org/q" not in shown
    assert "Pat Partner" not in shown


def test_the_secretary_writes_down_what_came_by_phone(browser, meeting, second):
    invitee = meeting.invitees.get(membership=second.membership)
    path = reverse("committees:answer", args=[invitee.code])
    assert "Do not ask why" in text_of(browser.get(path))
    assert browser.post(path, {"reply": "apologies", "capture": "phone"}).status_code == 422
    browser.post(path, {"reply": "apologies", "capture": "phone", "is_read_back": "on"})
    invitee.refresh_from_db()
    assert (invitee.reply, invitee.capture) == ("apologies", "phone")


def test_reminding_shows_the_names_first_and_then_has_nothing_to_send(browser, meeting):
    path = reverse("committees:meeting-remind", args=[meeting.code])
    assert "Mem Member" in text_of(browser.get(path))
    assert "We are telling 5 people." in text_of(browser.post(path, follow=True))
    shown = text_of(browser.get(path))
    assert "Nobody is reminded twice" in shown
    assert "Mem Member" not in shown


def test_a_guest_is_chosen_by_name(browser, meeting, staff):
    path = reverse("committees:guest-new", args=[meeting.code])
    assert "Stan Staff is invited" in text_of(browser.post(path, {"who": staff.code}, follow=True))
    guest = meeting.invitees.get(membership=staff)
    browser.post(reverse("committees:take-off", args=[guest.code]))
    assert not meeting.invitees.filter(membership=staff).exists()


def test_what_partners_need_waits_for_the_secretary_until_it_is_settled(browser, meeting, partner, secretary):
    need = partners.ask_for_access(viewer_of(partner.membership), partner, kind="place", what="A ramp.")
    path = reverse("committees:meeting-needs", args=[meeting.code])
    assert path in {duty.path for duty in waiting(viewer_of(secretary))}
    assert "Not ready" in text_of(browser.get(path))
    mine = meeting.invitees.get(membership=partner.membership)
    one = reverse("committees:meeting-need", args=[mine.code, need.code])
    assert browser.post(one, {"status": "not met", "reason": ""}).status_code == 422
    assert "There is none" in text_of(browser.post(one, {"status": "not met", "reason": "There is none."}, follow=True))
    assert "Ready" in text_of(browser.get(path))
    assert path not in {duty.path for duty in waiting(viewer_of(secretary))}
    assert "There is none." in text_of(browser_of(partner.membership).get(meeting.get_absolute_url()))


def test_an_invitation_waits_on_home_until_it_is_answered(meeting, partner, committee):
    mine = meeting.invitees.get(membership=partner.membership)
    path = reverse("committees:answer", args=[mine.code])
    viewer = viewer_of(partner.membership)
    assert [duty.due_on for duty in waiting(viewer) if duty.path == path] == [dt.date(2026, 12, 7)]
    commands.answer_invitation(viewer, mine, reply="apologies")
    assert path not in {duty.path for duty in waiting(viewer)}


def test_lists_show_what_is_to_come_and_what_is_over(browser, committee, meeting, partner, second):
    past = make_meeting(committee, on=dt.date(2026, 11, 2), status="held")
    coming, over = (text_of(browser.get(reverse(f"committees:{name}"))) for name in ("meetings", "past-meetings"))
    assert meeting.code in coming
    assert past.code not in coming
    assert past.code in over
    assert meeting.code not in over
    assert past.code not in text_of(browser_of(partner.membership).get(reverse("committees:past-meetings")))


def test_a_cancelled_meeting_says_so_and_asks_nothing_more(browser, meeting):
    path = reverse("committees:meeting-cancel", args=[meeting.code])
    browser.post(path, {"why": "Too many are away.", "turn": meeting.turn})
    shown = text_of(browser.get(meeting.get_absolute_url()))
    assert "Too many are away." in shown
    assert "Look after this meeting" not in shown
    assert browser.get(path).status_code == 409
