"""What people see and can do on the pages of places, of giving back, and of what changed."""

from __future__ import annotations

import pytest
from django.urls import reverse

from safety_partners.activities import commands
from safety_partners.activities.models import Activity, Felt, Offer, Outcome, Seen, TimeGiven
from safety_partners.core.working_days import today
from safety_partners.insights.models import Insight
from safety_partners.partners.models import AccessNeed
from safety_partners.people.models import Role
from tests.factories.activities import make_activity, make_offer, make_session
from tests.factories.committees import DAY, make_committee, make_invitee, make_meeting
from tests.factories.people import make_member, viewer_of
from tests.factories.records import make_active
from tests.insights.pages import browser_of, day, look, send

pytestmark = pytest.mark.django_db
Status = Offer.Status


def at(name, *codes):
    return reverse(f"activities:{name}", args=[getattr(one, "code", one) for one in codes])


@pytest.fixture
def activity(requester, lead):
    return make_activity(requester, lead=lead)


@pytest.fixture
def offer(lead, activity, partner):
    commands.offer_places(viewer_of(lead), activity, partners=[partner], reply_by=today() + 7 * DAY)
    return Offer.objects.get()


@pytest.fixture
def taken(offer, partner):
    return commands.accept_place(viewer_of(partner.membership), offer)


@pytest.fixture
def outcome(requester, taken, activity):
    return commands.say_what_changed(viewer_of(requester), activity, kind="changed", words="The round is at ten now.")


def test_the_lead_offers_places_with_facts_beside_each_name(lead, requester, activity, partner, second):
    make_offer(make_activity(requester, title="Discharge"), second, status=Status.ACCEPTED)
    make_session(activity, on=today() + 20 * DAY)
    meeting = make_meeting(make_committee(lead, name="Quality"), on=today() + 20 * DAY)
    make_invitee(meeting, second.membership)
    shown = look(lead, at("offer-new", activity))
    assert "Never asked." in shown
    assert "Asked 1 time in the last year, takes part in 1." in shown
    assert "Has something on" in shown
    assert ": Quality." in shown
    assert activity.can_change in shown
    send(lead, at("offer-new", activity), partners=[partner.code, second.code], note="", **day(today() + 5 * DAY, "reply_by"))
    assert Offer.objects.filter(activity=activity).count() == 2
    assert "Every partner who is here was asked." in look(lead, at("offer-new", activity))


def test_what_was_typed_stays_when_nobody_is_chosen(lead, activity, partner):
    response = send(lead, at("offer-new", activity), note="I thought of you.", **day(today() + 5 * DAY, "reply_by"))
    assert response.status_code == 422
    assert "I thought of you." in response.content.decode()
    assert not Offer.objects.exists()


def test_a_partner_answers_by_a_button_and_nothing_changes_by_looking(offer, partner, activity):
    me = partner.membership
    page = look(me, at("offer", offer))
    assert activity.can_change in page
    assert "nobody asks why" in page
    look(me, at("offer-answer", offer))
    offer.refresh_from_db()
    assert offer.status == Status.OFFERED
    response = send(me, at("offer-answer", offer), answer="yes", turn=offer.turn)
    assert response["location"] == offer.get_absolute_url()
    offer.refresh_from_db()
    assert offer.status == Status.ACCEPTED
    send(me, at("offer-step-out", offer), turn=offer.turn)
    offer.refresh_from_db()
    assert offer.status == Status.STEPPED_OUT


def test_the_second_of_two_is_told_beside_the_question_and_can_wait(lead, requester, partner, second):
    activity = make_activity(requester, partners_wanted=1, why_alone="A call.")
    commands.offer_places(viewer_of(lead), activity, partners=[partner, second], reply_by=today() + DAY)
    first, other = (Offer.objects.get(partner=one) for one in (partner, second))
    browser = browser_of(second.membership)
    assert "Yes, I take part" in browser.get(at("offer-answer", other)).content.decode()
    commands.accept_place(viewer_of(partner.membership), first)
    response = browser.post(at("offer-answer", other), {"answer": "yes", "turn": other.turn})
    assert response.status_code == 422
    assert "The last place has just been taken." in response.content.decode()
    assert browser.post(at("offer-answer", other), {"answer": "wait", "turn": other.turn}).status_code == 302
    other.refresh_from_db()
    assert other.status == Status.RESERVE


def test_an_answer_by_phone_is_written_down_with_how_it_was_said(lead, offer):
    assert "Hello, this is" in look(lead, at("offer-script", offer))
    response = send(lead, at("offer-answer", offer), answer="no", turn=offer.turn, capture="phone")
    assert response.status_code == 422
    send(lead, at("offer-answer", offer), answer="no", turn=offer.turn, capture="phone", is_read_back="on")
    offer.refresh_from_db()
    assert (offer.status, offer.capture) == (Status.DECLINED, "phone")
    assert "It was read back." in look(lead, at("offer", offer))


def test_the_paper_has_the_offer_and_an_answer_to_tear_off(lead, offer, activity):
    page = look(lead, at("offer-paper", offer))
    for words in (activity.can_change, "My answer", "Yes, I take part", "01632 960 001"):
        assert words in page


def test_who_is_asked_for_a_panel_can_give_their_question_on_paper_and_on_the_phone(lead, requester, partner, offer):
    of_panel = make_offer(make_activity(requester, shape="panel"), partner)
    for name, words in (("offer-paper", "that I want to ask at the interview"), ("offer-script", "One question at the interview is yours")):
        assert words in look(lead, at(name, of_panel))
        assert words not in look(lead, at(name, offer))


def test_the_requester_sees_who_takes_part_and_never_who_said_no(requester, lead, offer, partner, activity):
    commands.decline_place(viewer_of(partner.membership), offer)
    assert browser_of(requester).get(at("offer", offer)).status_code == 404
    page = look(requester, activity.get_absolute_url())
    assert "Nobody has said yes yet." in page
    assert partner.name not in page
    assert "Said no" in look(lead, activity.get_absolute_url())
    assert partner.name not in look(requester, at("history", activity))


def test_the_lead_offers_again_takes_back_and_reminds(lead, offer, partner, activity):
    assert "Pat Partner (asked to answer by" in look(lead, at("remind", activity))
    send(lead, at("remind", activity), turn=activity.turn)
    assert "reminded on" in look(lead, at("remind", activity))
    send(lead, at("offer-take-back", offer), turn=offer.turn)
    offer.refresh_from_db()
    assert offer.status == Status.TAKEN_BACK
    assert "Everybody has answered." in browser_of(lead).get(at("remind", activity)).content.decode()
    send(lead, at("offer-again", offer), turn=offer.turn, note="Please.", **day(today() + DAY, "reply_by"))
    offer.refresh_from_db()
    assert (offer.status, offer.note) == (Status.OFFERED, "Please.")


def test_fair_share_says_who_was_asked_by_whom_and_who_never(lead, requester, offer, second):
    page = look(lead, at("fair-share"))
    assert "Req Requester (1)" in page
    assert "Never" in page
    only = look(lead, at("fair-share") + "?never=yes")
    assert "Sam Second" in only
    assert "Pat Partner" not in only


def test_taking_part_shows_what_needs_an_answer_what_comes_and_what_changed(requester, offer, partner, activity):
    me = partner.membership
    assert "Read about it and answer" in look(me, at("taking-part"))
    commands.accept_place(viewer_of(me), offer)
    session = make_session(activity, on=today() + 3 * DAY)
    page = look(me, at("taking-part"))
    assert "Read about it and answer" not in page
    assert f"{session.starts_at.day} " in page
    outcome = commands.say_what_changed(viewer_of(requester), activity, kind="changed", words="Ten now.")
    page = look(me, at("taking-part"))
    assert "Read what changed" in page
    commands.answer_outcome(viewer_of(me), Offer.objects.get(), outcome=outcome, says="answers me")
    page = look(me, at("taking-part"))
    assert "Read what changed" not in page
    assert "Something changed" in page


def test_a_partner_reads_what_changed_and_says_if_it_answers_them(requester, outcome, taken, partner):
    me = partner.membership
    assert "Say if this answers you" in look(me, at("outcome", outcome))
    assert "The round is at ten now." in look(me, at("outcome-answer", taken))
    send(me, at("outcome-answer", taken), says="not", words="And nights?", outcome=1)
    assert (Seen.objects.get().says, Seen.objects.get().words) == ("not", "And nights?")
    assert Activity.objects.get().status == Activity.Status.TAKEN_ON
    page = look(requester, at("outcome", outcome))
    assert "And nights?" in page
    assert "No, this does not answer me" in page


def test_an_answer_to_older_words_is_given_back_with_what_was_typed(requester, outcome, taken, partner, activity):
    activity.refresh_from_db()
    commands.say_what_changed(viewer_of(requester), activity, kind="not", words="It went back.")
    response = send(partner.membership, at("outcome-answer", taken), says="answers me", words="Good", outcome=1)
    page = response.content.decode()
    assert response.status_code == 422
    assert "Something newer was written since." in page
    assert "It went back." in page
    assert "Good" in page
    assert not Seen.objects.exists()


def test_the_requester_says_what_changed_and_closes_when_all_have_seen_it(requester, lead, taken, partner, activity):
    page = look(requester, at("outcome-new", activity))
    assert "Pat Partner" in page
    response = send(requester, at("outcome-new", activity), kind="changed", words="Ten now.", turn=activity.turn)
    outcome = Outcome.objects.get()
    assert response["location"] == outcome.get_absolute_url()
    refused = browser_of(requester).get(at("close", activity))
    assert refused.status_code == 409
    assert "Pat Partner" in refused.content.decode()
    send(lead, at("outcome-answer", taken), says="unsaid", outcome=1, capture="letter")
    activity.refresh_from_db()
    send(requester, at("close", activity), turn=activity.turn)
    activity.refresh_from_db()
    assert activity.status == Activity.Status.CLOSED


def test_nothing_yet_asks_for_another_day(requester, taken, activity):
    response = send(requester, at("outcome-new", activity), kind="not yet", words="In May.", turn=activity.turn)
    assert response.status_code == 422
    later = today() + 99 * DAY
    send(requester, at("outcome-new", activity), kind="not yet", words="In May.", turn=activity.turn, **day(later, "feedback_on"))
    activity.refresh_from_db()
    assert activity.feedback_on == later


def test_time_is_written_down_changed_and_taken_away(partner, taken, activity, lead, requester):
    me = partner.membership
    given = {"what_for": activity.code, "kind": "attendance", "hours": "1", "minutes": "30", "turn": 0, **day(today(), "on")}
    send(me, at("time-new", partner), **given)
    line = TimeGiven.objects.get()
    assert (line.minutes, line.activity) == (90, activity)
    page = look(me, at("time", partner))
    assert "1 hour and 30 minutes" in page
    send(me, at("time-change", line), **given | {"what_for": "else", "about": "A call", "hours": "", "minutes": "20"})
    line.refresh_from_db()
    assert (line.minutes, line.activity, line.about) == (20, None, "A call")
    assert send(me, at("time-new", partner), **given | {"hours": "", "minutes": ""}).status_code == 422
    assert browser_of(requester).get(at("time", partner)).status_code == 404
    assert "A call" in look(lead, at("time", partner))
    send(me, at("time-delete", line), turn=line.turn)
    assert not TimeGiven.objects.exists()


def test_how_it_felt_is_kept_for_the_partner_and_taken_away(partner, taken, lead, requester):
    me = partner.membership
    send(me, at("felt", taken), words="I was nervous.", shared_with="nobody", turn=0)
    assert "I was nervous." in look(me, at("offer", taken))
    for other in (lead, requester):
        assert "nervous" not in look(other, at("offer", taken))
    assert "nervous" not in look(lead, at("felt", taken))
    felt = Felt.objects.get()
    assert browser_of(lead).get(at("felt-delete", felt)).status_code == 404
    send(me, at("felt-delete", felt))
    assert not Felt.objects.exists()


def test_words_about_an_activity_are_sealed_and_answered_like_all_words(partner, taken, activity, requester):
    me = partner.membership
    assert "not watched all the time" in look(me, at("words-new", activity))
    response = send(me, at("words-new", activity), words="Ask at night.", kind="suggestion", visibility="answerers", turn=0)
    insight = Insight.objects.get()
    assert response["location"].startswith("/activity-words/AIN-")
    assert "Req Requester" in look(me, response["location"])
    send(me, response["location"], version=insight.turn)
    insight.refresh_from_db()
    assert (insight.status, insight.owner) == ("with an owner", requester)
    assert browser_of(me).get(response["location"])["location"] == insight.get_absolute_url()


def test_words_said_on_the_phone_are_read_back_first(partner, taken, activity, requester):
    given = {"speaker": partner.membership.code, "words": "Ask at night.", "kind": "suggestion", "visibility": "answerers"}
    response = send(requester, at("words-record", activity), **given, capture="phone", turn=0)
    where = response["location"]
    assert send(requester, where, version=0).status_code == 422
    assert send(requester, where, version=0, is_read_back="on").status_code == 302
    assert Insight.objects.get().recorded_by == requester


def test_giving_back_on_paper_and_on_the_phone_holds_all_tasks(lead, outcome, taken):
    for name in ("back-paper", "back-script"):
        page = look(lead, at(name, taken))
        for words in ("The round is at ten now.", "Does this answer you?", "999", "travel"):
            assert words in page, (name, words)


def test_the_ledger_tells_all_that_was_given_and_what_came_of_it_in_order(lead, outcome, taken, partner, activity, staff):
    me = partner.membership
    placed = commands.speak(viewer_of(me), activity, words="Ask at night.", kind="suggestion", visibility="answerers")
    draft = commands.speak(viewer_of(me), activity, words="Not yet.", kind="question", visibility="answerers")
    commands.share_spoken(viewer_of(me), placed, turn=0)
    meeting = make_meeting(make_committee(lead, name="Quality"), on=today() - 3 * DAY, status="held")
    make_invitee(meeting, me, attendance="present")
    commands.give_time(viewer_of(me), partner, kind="travel", on=today(), minutes=75, about="A visit")
    page = look(me, at("ledger"))
    for words in ("Ask at night.", "You came to a meeting: Quality", "The round is at ten now.", "1 hour and 15 minutes", activity.title):
        assert words in page
    assert draft.insight.words not in page
    assert page.index("Quality") < page.index("Ask at night.")
    assert "Ask at night." in look(lead, at("ledger-of", partner))
    assert browser_of(staff).get(at("ledger-of", partner)).status_code == 404


def test_other_partners_see_who_takes_part_with_them_and_nothing_of_their_offer(lead, taken, activity, second, partner):
    other = make_offer(activity, second, status=Status.ACCEPTED)
    assert "Pat Partner" in look(second.membership, activity.get_absolute_url())
    page = look(second.membership, at("offer", taken))
    assert "Giving back" not in page
    assert browser_of(second.membership).get(at("offer-answer", taken)).status_code == 403
    assert browser_of(second.membership).get(at("time", partner)).status_code == 404
    stranger = make_active(lead, make_member(lead.organisation, Role.PARTNER))
    assert browser_of(stranger.membership).get(at("offer", other)).status_code == 404


def test_a_place_says_how_it_stands_to_the_partner_and_to_others(lead, taken, partner, activity):
    make_session(activity, on=today() - DAY, status="held", place="Long ago")
    make_session(activity, on=today() + 9 * DAY, place="The ward")
    make_session(activity, on=today() + 8 * DAY, place="The hall")
    page = look(partner.membership, at("offer", taken))
    assert "You take part" in page
    assert "The next day:" in page
    assert "The hall" in page
    assert "Long ago" not in page
    assert "Its days, who takes part, and what has happened so far" in page
    shown = look(lead, at("offer", taken))
    assert "Takes part" in shown
    assert "You take part" not in shown
    assert "Tells partners what changed" in shown


def test_what_a_partner_needs_is_shown_as_they_wrote_it_with_a_tag_beside_it(lead, offer, partner):
    AccessNeed.objects.create(partner=partner, kind="time", what="I get my mother ready in the morning.")
    page = look(partner.membership, at("offer", offer))
    assert "I get my mother ready in the morning. Not decided yet" in page


def test_an_answer_that_is_left_out_offers_nothing_that_is_not_possible(offer, partner):
    response = send(partner.membership, at("offer-answer", offer), turn=offer.turn)
    assert response.status_code == 422
    assert "Yes, I take part" in response.content.decode()
    assert "if a place becomes free" not in response.content.decode()


def test_what_is_written_down_already_does_not_come_up_any_more(requester, partner, taken, outcome, activity):
    me = partner.membership
    page = look(me, at("taking-part"))
    assert page.index("What is over") < page.rindex(activity.title)
    assert "You take part in nothing now." in page
    assert "What changed because of it is written down." in look(me, at("offer", taken))
    make_session(activity, on=today() + 3 * DAY)
    assert "What is over" not in look(me, at("taking-part"))


def test_a_partner_can_change_what_they_said_of_what_changed(outcome, taken, partner):
    me = partner.membership
    send(me, at("outcome-answer", taken), says="answers me", outcome=1)
    page = look(me, at("outcome", outcome))
    assert "Change what I said" in page
    assert "Say if this answers you" not in page
    send(me, at("outcome-answer", taken), says="in part", outcome=1)
    assert Seen.objects.get().says == "in part"


def test_the_ledger_tells_of_nothing_that_has_not_begun_or_was_called_off(lead, requester, partner):
    begun = make_activity(requester, title="Begun", starts_on=today())
    coming = make_activity(requester, title="To come", starts_on=today() + DAY)
    called_off = make_activity(requester, title="Called off", status="cancelled", starts_on=today() - DAY)
    stopped = make_activity(requester, title="Stopped", status="cancelled", starts_on=today() - DAY)
    make_session(stopped, on=today() - DAY, status="held")
    for activity in (begun, coming, called_off, stopped):
        make_offer(activity, partner, status=Status.ACCEPTED)
    page = look(partner.membership, at("ledger"))
    for title, is_told in (("Begun", True), ("To come", False), ("Called off", False), ("Stopped", True)):
        assert (f"You took part: {title}" in page) is is_told, title


def test_the_days_to_come_stand_before_those_that_are_over(requester, taken, partner, activity):
    make_session(activity, on=today() - DAY, status="held", title="The first")
    make_session(activity, on=today() + DAY, title="The next")
    page = look(partner.membership, activity.get_absolute_url())
    assert page.index("The next") < page.index("The first")
