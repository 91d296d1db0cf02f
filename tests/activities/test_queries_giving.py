"""What waits for partners, the lead and who promised; what partners have on already; what is open when somebody leaves."""

from __future__ import annotations

import datetime as dt

import pytest

from safety_partners.activities import commands
from safety_partners.activities.models import Offer
from safety_partners.activities.queries.busy import busy
from safety_partners.activities.queries.duties import ARMS
from safety_partners.activities.queries.offers import asked_by, fair_share, free_places, never_asked, partners_to_ask
from safety_partners.core import clock
from safety_partners.core.duty import Waiting
from safety_partners.core.working_days import today
from safety_partners.partners import open_matters
from tests.factories.activities import make_activity, make_offer, make_session
from tests.factories.committees import DAY, make_committee, make_invitee, make_meeting
from tests.factories.people import viewer_of
from tests.factories.records import make_left

pytestmark = pytest.mark.django_db
Status = Offer.Status


@pytest.fixture
def activity(requester, lead):
    return make_activity(requester, lead=lead)


def waiting(member):
    return [(str(duty.sentence), duty.path) for duty in Waiting(ARMS)(viewer_of(member))]


def test_a_partner_is_asked_to_answer_and_then_to_read_what_changed(requester, activity, partner):
    offer = make_offer(activity, partner)
    assert waiting(partner.membership) == [("Would you like to take part? Say yes or no; nobody asks why", offer.get_absolute_url())]
    offer = commands.accept_place(viewer_of(partner.membership), offer)
    assert waiting(partner.membership) == []
    outcome = commands.say_what_changed(viewer_of(requester), activity, kind="changed", words="Ten now.")
    assert [path for _words, path in waiting(partner.membership)] == [outcome.get_absolute_url()]
    commands.answer_outcome(viewer_of(partner.membership), offer, outcome=outcome, says="answers me")
    assert waiting(partner.membership) == []


def test_who_promised_is_told_when_everybody_has_seen_it(lead, requester, activity, partner, second):
    offers = [make_offer(activity, one, status=Status.ACCEPTED) for one in (partner, second)]
    outcome = commands.say_what_changed(viewer_of(requester), activity, kind="changed", words="Ten now.")
    close = f"/activities/{activity.code}/close/"
    for offer in offers:
        assert close not in [path for _words, path in waiting(requester)]
        commands.answer_outcome(viewer_of(lead), offer, outcome=outcome, says="", capture="letter")
    assert close in [path for _words, path in waiting(requester)]
    assert close not in [path for _words, path in waiting(lead)]


def test_the_lead_is_told_of_offers_that_nobody_answered_in_time(lead, requester, activity, partner):
    offer = make_offer(activity, partner)
    remind = f"/activities/{activity.code}/remind/"
    assert remind not in [path for _words, path in waiting(lead)]
    Offer.objects.filter(pk=offer.pk).update(reply_by=today() - DAY)
    assert remind in [path for _words, path in waiting(lead)]
    assert remind not in [path for _words, path in waiting(requester)]


def test_busy_says_what_each_partner_has_on_those_days_and_of_nobody_else(lead, requester, activity, partner, second):
    on = today() + 20 * DAY
    planned = make_session(activity, on=on)
    other = make_activity(requester, title="Discharge")
    make_session(other, on=on)
    make_offer(other, partner, status=Status.ACCEPTED)
    make_offer(other, second, status=Status.DECLINED)
    meeting = make_meeting(make_committee(lead, name="Quality"), on=on)
    make_invitee(meeting, second.membership)
    make_invitee(make_meeting(make_committee(lead, name="Falls"), on=on), second.membership, reply="apologies", replied_at=clock.now())
    make_invitee(make_meeting(make_committee(lead, name="Board"), on=on + DAY), second.membership)
    found = busy(viewer_of(lead), activity, [planned])
    assert {member: [(one.on, one.title) for one in ones] for member, ones in found.items()} == {
        partner.membership_id: [(on, "Discharge")],
        second.membership_id: [(on, "Quality")],
    }


def test_busy_says_nothing_of_a_day_between_two_planned_days(lead, requester, activity, partner):
    first, between, last = (today() + days * DAY for days in (20, 21, 22))
    other, committee = make_activity(requester, title="Discharge"), make_committee(lead, name="Quality")
    make_session(other, on=between)
    make_session(other, on=last)
    make_offer(other, partner, status=Status.ACCEPTED)
    for on in (first, between):
        make_invitee(make_meeting(committee, on=on), partner.membership)
    found = busy(viewer_of(lead), activity, [make_session(activity, on=on) for on in (first, last)])
    assert [(one.on, one.title) for one in found[partner.membership_id]] == [(first, "Quality"), (last, "Discharge")]


def test_busy_says_nothing_where_no_day_is_known(lead, requester):
    assert busy(viewer_of(lead), make_activity(requester, starts_on=None), []) == {}
    assert busy(viewer_of(lead), make_activity(requester, starts_on=today(), ends_on=today() + 90 * DAY), []) == {}


def test_partners_to_ask_are_here_with_facts_and_never_in_an_order_by_them(lead, requester, activity, partner, second):
    make_left(lead)
    make_offer(make_activity(requester), second, status=Status.ACCEPTED)
    commands.give_time(viewer_of(second.membership), second, kind="training", on=today(), minutes=601, about="A day")
    found = partners_to_ask(viewer_of(lead), activity, [])
    assert [one.partner for one in found] == [partner, second]
    assert [(one.partner.asked_this_year, one.partner.yes_this_year, one.has_a_lot) for one in found] == [(0, 0, False), (1, 1, True)]


def test_a_year_of_asking_is_reckoned_by_days(lead, requester, partner, second):
    for who, days in ((partner, 364), (second, 365)):
        asked = dt.datetime.combine(today() - days * DAY, dt.time(), clock.LONDON)
        make_offer(make_activity(requester), who, offered_at=asked)
    share = fair_share(viewer_of(lead))
    assert [(one.asked_this_year, one.last_asked_at is not None) for one in share.order_by("pk")] == [(1, True), (0, True)]
    assert list(never_asked(share)) == [second]
    assert asked_by(viewer_of(lead), [partner.pk, second.pk]) == {partner.pk: [(requester.name, 1)]}


def test_free_places_do_not_count_who_has_left(lead, activity, partner):
    make_offer(activity, partner, status=Status.ACCEPTED)
    make_offer(activity, make_left(lead), status=Status.ACCEPTED)
    assert free_places(activity) == 1


def test_places_are_open_matters_when_a_partner_leaves(activity, partner, requester):
    taken = make_offer(activity, partner, status=Status.ACCEPTED)
    make_offer(make_activity(requester), partner, status=Status.DECLINED)
    found = [one for one in open_matters.of(partner) if one.code.startswith("OFR")]
    assert [(one.code, one.label) for one in found] == [(taken.code, f"Taking part in: {activity.title}")]
