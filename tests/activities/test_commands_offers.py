"""Places: offered with a copy of what is offered, answered by the partner alone, one place for one partner, asked again after a change."""

from __future__ import annotations

import pytest

from safety_partners.activities import commands
from safety_partners.activities.commands.offering import ask_again
from safety_partners.activities.models import Activity, Offer
from safety_partners.activities.queries import terms_for
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.models import Event, Message
from safety_partners.core.policy import Refused
from safety_partners.core.working_days import today
from safety_partners.partners.models import Agreement
from safety_partners.people.models import Role
from tests.factories.activities import make_activity, make_offer, make_session
from tests.factories.committees import DAY
from tests.factories.people import make_member, viewer_of
from tests.factories.records import make_active, make_agreement, make_left, make_partner, sign_both

pytestmark = pytest.mark.django_db
Status = Offer.Status
PHONE = {"capture": "phone", "is_read_back": True}


def told(member):
    return list(Message.objects.filter(to_membership_id=member.pk).order_by("id").values_list("template", flat=True))


def offer_to(lead, activity, *partners, **given):
    """Offer a place to each; returns their offers."""
    commands.offer_places(viewer_of(lead), activity, partners=list(partners), **({"reply_by": today() + 7 * DAY} | given))
    return [Offer.objects.get(activity=activity, partner=one) for one in partners]


def answer(offer, command=commands.accept_place):
    offer = Offer.objects.select_related("activity", "partner").get(pk=offer.pk)
    return command(viewer_of(offer.partner.membership), offer)


@pytest.fixture
def activity(requester):
    return make_activity(requester)


def test_offer_places_keeps_a_copy_and_tells_each_partner_all_of_it(lead, activity, partner, second):
    make_session(activity, title="First look")
    offers = offer_to(lead, activity, partner, second, note="I thought of you.")
    assert [one.status for one in offers] == [Status.OFFERED, Status.OFFERED]
    kept = dict(offers[0].snapshot)
    assert kept["What can still change"] == activity.can_change
    assert kept["How many partners"] == "2 partners"
    assert kept["How long"] == "About 3 hours"
    assert "First look" in kept["Days planned so far"]
    for one in offers:
        message = Message.objects.filter(to_membership_id=one.partner.membership_id).latest("id")
        assert message.template == "activities/place_offered"
        assert activity.can_change in message.text
        assert "I thought of you." in message.text
        assert "nobody asks why" in message.text
    event = Event.objects.filter(verb="activities.offer_places").get()
    assert event.about_code == activity.code
    assert set(event.details) == {"reply_by", "is_shadowing"}


def test_offer_places_refuses_who_cannot_be_asked(lead, activity, partner):
    here = [make_left(lead), make_active(make_member(None, Role.LEAD))]
    for wrong in here:
        with pytest.raises(NotPossible) as trouble:
            offer_to(lead, activity, wrong)
        assert trouble.value.field == "partners"
    with pytest.raises(NotPossible, match="at least one"):
        offer_to(lead, activity)
    with pytest.raises(NotPossible, match="past"):
        offer_to(lead, activity, partner, reply_by=today() - DAY)
    assert offer_to(lead, activity, make_partner(lead))[0].partner.status == "joining"
    offer_to(lead, activity, partner)
    with pytest.raises(Overtaken, match="already offered"):
        offer_to(lead, activity, partner)


def test_offer_places_is_the_leads_and_for_what_goes_on(lead, requester, staff, partner):
    activity = make_activity(requester)
    for other in (requester, staff, partner.membership, make_member(None, Role.LEAD)):
        with pytest.raises(Refused):
            offer_to(other, activity, partner)
    with pytest.raises(Overtaken):
        offer_to(lead, make_activity(requester, status=Activity.Status.REPORTED), partner)


def test_offer_places_with_restricted_papers_needs_a_confidentiality_agreement(lead, requester, partner):
    activity = make_activity(requester, data_seen=Activity.Data.RESTRICTED)
    with pytest.raises(NotPossible, match="confidentiality agreement"):
        offer_to(lead, activity, partner)
    sign_both(lead, make_agreement(lead, partner, kind=Agreement.Kind.CONFIDENTIALITY))
    assert offer_to(lead, activity, partner)


def test_accept_place_tells_the_requester_and_the_lead_and_is_once(lead, requester, activity, partner):
    (offer,) = offer_to(lead, activity, partner)
    answer(offer)
    assert "activities/place_taken" in told(requester)
    assert "activities/place_taken" in told(lead)
    with pytest.raises(Overtaken):
        answer(offer)


def test_accept_place_is_the_partners_or_written_down_as_they_said_it(lead, requester, activity, partner, second):
    (offer,) = offer_to(lead, activity, second)
    for other in (requester, partner.membership, make_member(None, Role.LEAD)):
        with pytest.raises(Refused):
            commands.accept_place(viewer_of(other), offer, **PHONE)
    with pytest.raises(NotPossible):
        commands.accept_place(viewer_of(lead), offer)
    with pytest.raises(NotPossible, match="Read it back"):
        commands.accept_place(viewer_of(lead), offer, capture="phone")
    commands.accept_place(viewer_of(lead), offer, **PHONE)
    offer.refresh_from_db()
    assert (offer.status, offer.capture, offer.recorded_by_id, offer.is_read_back) == (Status.ACCEPTED, "phone", lead.pk, True)
    assert told(second.membership)[-1] == "activities/place_noted"


def test_accept_place_the_last_place_is_for_one(lead, requester, partner, second):
    activity = make_activity(requester, partners_wanted=1, why_alone="A short call.")
    first, other = offer_to(lead, activity, partner, second)
    answer(first)
    with pytest.raises(NotPossible, match="last place") as trouble:
        answer(other)
    assert trouble.value.field == "answer"
    answer(other, commands.wait_for_place)
    assert told(lead)[-1] == "activities/place_wanted"
    answer(first, commands.step_out)
    assert told(second.membership)[-1] == "activities/place_free"
    answer(other)
    assert list(Offer.objects.taking_part().values_list("partner", flat=True)) == [second.pk]


def test_wait_for_place_is_only_where_there_is_none(lead, activity, partner):
    (offer,) = offer_to(lead, activity, partner)
    with pytest.raises(NotPossible, match="There is a place"):
        answer(offer, commands.wait_for_place)


def test_shadowing_fills_no_place(lead, requester, partner, second):
    activity = make_activity(requester, partners_wanted=1, why_alone="A short call.")
    (shadow,) = offer_to(lead, activity, partner, is_shadowing=True)
    (offer,) = offer_to(lead, activity, second)
    answer(shadow)
    assert answer(offer).status == Status.ACCEPTED


def test_decline_place_tells_the_lead_alone(lead, requester, activity, partner):
    (offer,) = offer_to(lead, activity, partner)
    answer(offer, commands.decline_place)
    assert told(lead) == ["activities/place_declined"]
    assert told(requester) == []
    assert not Offer.objects.visible_to(viewer_of(requester)).exists()


def test_a_no_may_become_a_yes_as_long_as_it_is_the_same(lead, activity, partner):
    (offer,) = offer_to(lead, activity, partner)
    answer(offer, commands.decline_place)
    assert answer(offer).status == Status.ACCEPTED
    answer(offer, commands.step_out)
    Activity.objects.filter(pk=activity.pk).update(hours=9)
    with pytest.raises(NotPossible, match="has changed"):
        answer(offer)


def test_step_out_needs_no_reason_and_tells_who_runs_it(lead, requester, activity, partner):
    (offer,) = offer_to(lead, activity, partner)
    with pytest.raises(Overtaken):
        answer(offer, commands.step_out)
    answer(offer)
    assert answer(offer, commands.step_out).status == Status.STEPPED_OUT
    assert told(requester)[-1] == told(lead)[-1] == "activities/place_left"


def test_nothing_is_answered_where_nothing_goes_on(lead, activity, partner):
    (offer,) = offer_to(lead, activity, partner)
    Activity.objects.filter(pk=activity.pk).update(status=Activity.Status.REPORTED)
    for command in (commands.accept_place, commands.decline_place, commands.wait_for_place):
        with pytest.raises(Overtaken, match="not going on"):
            answer(offer, command)


def test_take_back_place_tells_the_partner_and_hides_the_offer(lead, activity, partner):
    (offer,) = offer_to(lead, activity, partner)
    commands.take_back_place(viewer_of(lead), offer)
    assert told(partner.membership)[-1] == "activities/place_taken_back"
    assert not Offer.objects.visible_to(viewer_of(partner.membership)).exists()
    with pytest.raises(Overtaken):
        answer(offer)
    with pytest.raises(Refused):
        commands.take_back_place(viewer_of(partner.membership), offer)


def test_offer_again_has_a_new_copy(lead, activity, partner):
    (offer,) = offer_to(lead, activity, partner)
    with pytest.raises(Overtaken):
        commands.offer_again(viewer_of(lead), offer, reply_by=today() + DAY)
    answer(offer, commands.decline_place)
    Activity.objects.filter(pk=activity.pk).update(hours=9)
    again = commands.offer_again(viewer_of(lead), Offer.objects.get(pk=offer.pk), reply_by=today() + DAY, note="Shorter now.")
    assert (again.status, again.answered_at, again.note) == (Status.OFFERED, None, "Shorter now.")
    assert dict(again.snapshot)["How long"] == "About 9 hours"
    assert told(partner.membership).count("activities/place_offered") == 2


def test_ask_again_keeps_the_place_of_who_had_said_yes(lead, requester, partner, second):
    activity = make_activity(requester, partners_wanted=1, why_alone="A short call.")
    first, other = offer_to(lead, activity, partner, second)
    answer(first)
    answer(other, commands.wait_for_place)
    activity.refresh_from_db()
    activity.hours = 9
    activity.save()
    ask_again(viewer_of(lead), activity)
    first.refresh_from_db()
    other.refresh_from_db()
    assert (first.status, first.keeps_place, other.status, other.keeps_place) == (Status.OFFERED, True, Status.OFFERED, False)
    message = Message.objects.filter(to_membership_id=partner.membership_id).latest("id")
    assert message.template == "activities/place_changed"
    assert "About 9 hours" in message.text
    assert "Your place is kept" in message.text
    assert activity.can_change not in message.text
    with pytest.raises(NotPossible, match="last place"):
        answer(other)
    answer(first, commands.decline_place)
    assert answer(other).status == Status.ACCEPTED


def test_ask_again_leaves_alone_whose_offer_says_the_same(lead, activity, partner):
    (offer,) = offer_to(lead, activity, partner)
    answer(offer)
    make_session(activity)
    ask_again(viewer_of(lead), Activity.objects.get(pk=activity.pk))
    offer.refresh_from_db()
    assert offer.status == Status.ACCEPTED
    assert "activities/place_changed" not in told(partner.membership)


def test_remind_waiting_tells_who_has_not_answered(lead, activity, partner, second):
    first, other = offer_to(lead, activity, partner, second)
    answer(first)
    commands.remind_waiting(viewer_of(lead), activity)
    assert told(second.membership)[-1] == "activities/place_reminder"
    assert "activities/place_reminder" not in told(partner.membership)
    other.refresh_from_db()
    assert other.reminded_at is not None
    answer(other, commands.decline_place)
    with pytest.raises(NotPossible, match="Everybody"):
        commands.remind_waiting(viewer_of(lead), activity)
    with pytest.raises(Refused):
        commands.remind_waiting(viewer_of(partner.membership), activity)


def test_take_back_from_who_left_by_the_clock(lead, requester, activity):
    from safety_partners.activities import tasks

    gone = make_left(lead)
    offer = make_offer(activity, gone)
    assert tasks.take_back_from_who_left() == 1
    offer.refresh_from_db()
    assert offer.status == Status.TAKEN_BACK
    assert tasks.take_back_from_who_left() == 0


def test_terms_are_in_the_language_that_is_asked_for(activity):
    assert ["What it is for", activity.purpose] in terms_for(activity)
    assert ["What may be upsetting", "Nothing that we know of"] in terms_for(activity, "en-gb")
