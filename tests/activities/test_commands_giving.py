"""Giving back: time, how it felt, words into the loop, what changed, and that only the partner says if it answers them."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from safety_partners.activities import commands
from safety_partners.activities.commands.forgetting import forget
from safety_partners.activities.models import Activity, ActivityInsight, Felt, Offer, Outcome, PanelQuestion, Seen, Shape, TimeGiven
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.models import Event, Message
from safety_partners.core.policy import Refused
from safety_partners.core.working_days import add_working_days, today
from safety_partners.insights.models import Insight
from safety_partners.partners.models import Partner
from safety_partners.people.models import Role
from tests.factories.activities import make_activity, make_offer
from tests.factories.committees import DAY, make_committee, make_invitee, make_meeting
from tests.factories.people import make_member, viewer_of

pytestmark = pytest.mark.django_db
Status = Activity.Status
PHONE = {"capture": "phone", "is_read_back": True}


def told(member):
    return list(Message.objects.filter(to_membership_id=member.pk).order_by("id").values_list("template", flat=True))


@pytest.fixture
def activity(requester, lead):
    return make_activity(requester, lead=lead)


@pytest.fixture
def offer(activity, partner):
    return make_offer(activity, partner, status=Offer.Status.ACCEPTED)


@pytest.fixture
def by_letter(activity, second):
    return make_offer(activity, second, status=Offer.Status.ACCEPTED)


def tell_them(requester, activity, kind="changed", **given):
    activity.refresh_from_db()
    return commands.say_what_changed(viewer_of(requester), activity, kind=kind, words="The round is at ten now.", **given)


# Time


def test_give_time_is_for_one_thing_that_has_come(lead, activity, offer, partner):
    viewer, given = viewer_of(partner.membership), {"kind": "attendance", "on": today(), "minutes": 90}
    line = commands.give_time(viewer, partner, **given, activity=activity)
    assert (line.minutes, line.capture, line.recorded_by) == (90, "typed", None)
    meeting = make_meeting(make_committee(lead), on=today() - DAY, status="held")
    make_invitee(meeting, partner.membership)
    assert commands.give_time(viewer, partner, **given, meeting=meeting).meeting == meeting
    assert commands.give_time(viewer, partner, **given, about="A call").about == "A call"
    for wrong, field in (
        ({"on": today() + DAY}, "on"),
        ({"minutes": 0}, "minutes"),
        ({"minutes": 1441}, "minutes"),
        ({"kind": "sleep"}, "kind"),
        ({"about": " "}, "about"),
        ({"activity": activity, "meeting": meeting}, "what_for"),
        ({"activity": make_activity(lead)}, "what_for"),
        ({"meeting": make_meeting(make_committee(lead, name="Falls"), on=today() - DAY)}, "what_for"),
    ):
        with pytest.raises(NotPossible) as trouble:
            commands.give_time(viewer, partner, **({**given, "about": "A call"} | wrong))
        assert trouble.value.field == field


def test_give_time_is_written_down_by_who_supports_them(lead, requester, partner, second):
    given = {"kind": "travel", "on": today(), "minutes": 30, "about": "A visit"}
    line = commands.give_time(viewer_of(lead), partner, **given, capture="letter")
    assert line.recorded_by_id == lead.pk
    for other in (requester, second.membership, make_member(None, Role.LEAD)):
        with pytest.raises(Refused):
            commands.give_time(viewer_of(other), partner, **given, capture="letter")
    assert "about" not in Event.objects.filter(verb="activities.give_time").latest("id").details


def test_change_time_and_take_away_time_by_the_partner(lead, partner, second):
    given = {"kind": "travel", "on": today(), "minutes": 30, "about": "A visit"}
    viewer = viewer_of(partner.membership)
    line = commands.give_time(viewer, partner, **given)
    changed = commands.change_time(viewer, line, **{**given, "minutes": 45}, turn=0)
    assert (changed.minutes, changed.turn) == (45, 1)
    with pytest.raises(Overtaken):
        commands.change_time(viewer, line, **given, turn=0)
    with pytest.raises(Refused):
        commands.change_time(viewer_of(second.membership), line, **given)
    with pytest.raises(Overtaken):
        commands.take_away_time(viewer, line, turn=0)
    commands.take_away_time(viewer, line, turn=1)
    assert not TimeGiven.objects.exists()


def test_time_is_seen_by_the_partner_and_who_supports_and_pays(lead, requester, staff, governance, organisation, partner, second):
    commands.give_time(viewer_of(partner.membership), partner, kind="travel", on=today(), minutes=5, about="A visit")
    finance = make_member(organisation, Role.FINANCE)
    sees = {one: TimeGiven.objects.visible_to(viewer_of(one)).exists() for one in (partner.membership, lead, governance, finance)}
    assert all(sees.values())
    assert not any(TimeGiven.objects.visible_to(viewer_of(one)).exists() for one in (requester, staff, second.membership))


# How it felt


def felt_visible_to(*people):
    return [Felt.objects.visible_to(viewer_of(one)).exists() for one in people]


def test_say_how_it_felt_is_private_until_it_is_shared(lead, requester, offer, partner, second):
    contact = make_member(lead.organisation, Role.STAFF)
    Partner.objects.filter(pk=partner.pk).update(contact=contact)
    offer = Offer.objects.get(pk=offer.pk)
    viewer = viewer_of(partner.membership)
    commands.say_how_it_felt(viewer, offer, words="I was nervous.")
    assert felt_visible_to(partner.membership, contact, requester, lead, second.membership) == [True, False, False, False, False]
    assert told(contact) == told(requester) == told(lead) == []
    commands.say_how_it_felt(viewer, offer, words="I was nervous.", shared_with="contact", turn=0)
    assert felt_visible_to(partner.membership, contact, requester, lead) == [True, True, False, False]
    assert told(contact) == ["activities/felt_shared"]
    commands.say_how_it_felt(viewer, offer, words="I was nervous.", shared_with="requester", turn=1)
    assert felt_visible_to(partner.membership, contact, requester, lead) == [True, True, True, False]
    assert "nervous" not in "".join(Message.objects.values_list("text", flat=True))
    with pytest.raises(Overtaken):
        commands.say_how_it_felt(viewer, offer, words="Fine.", turn=1)


def test_say_how_it_felt_is_not_told_in_the_activitys_history(offer, activity, partner):
    commands.say_how_it_felt(viewer_of(partner.membership), offer, words="I was nervous.")
    event = Event.objects.get(verb="activities.say_how_it_felt")
    assert (event.root_kind, event.details) == ("activities.felt", {})


def test_say_how_it_felt_for_nobody_else_cannot_be_written_down_by_somebody_else(lead, offer):
    with pytest.raises(NotPossible) as trouble:
        commands.say_how_it_felt(viewer_of(lead), offer, words="Nervous", **PHONE)
    assert trouble.value.field == "shared_with"
    felt = commands.say_how_it_felt(viewer_of(lead), offer, words="Nervous", shared_with="requester", **PHONE)
    assert felt.recorded_by_id == lead.pk
    with pytest.raises(IntegrityError), transaction.atomic():
        Felt.objects.filter(pk=felt.pk).update(shared_with="nobody")


def test_say_how_it_felt_does_not_write_over_what_is_private(lead, offer, partner):
    commands.say_how_it_felt(viewer_of(partner.membership), offer, words="Mine.")
    with pytest.raises(NotPossible, match="for themselves"):
        commands.say_how_it_felt(viewer_of(lead), offer, words="Theirs.", shared_with="contact", **PHONE)
    assert Felt.objects.get().words == "Mine."


def test_take_away_felt_is_the_partners_alone(lead, offer, partner):
    felt = commands.say_how_it_felt(viewer_of(partner.membership), offer, words="Mine.", shared_with="contact")
    with pytest.raises(Refused):
        commands.take_away_felt(viewer_of(lead), felt)
    commands.take_away_felt(viewer_of(partner.membership), felt)
    assert not Felt.objects.exists()


# Words into the loop


def test_speak_places_words_and_share_spoken_gives_them_to_who_promised(requester, offer, activity, partner, staff):
    viewer = viewer_of(partner.membership)
    given = {"words": "Ask at night too.", "kind": "suggestion", "visibility": "answerers"}
    placed = commands.speak(viewer, activity, **given)
    assert placed.insight.about_path == f"/activity-words/{placed.code}/"
    assert not ActivityInsight.objects.visible_to(viewer_of(requester)).exists()
    commands.edit_spoken(viewer, placed, words="Ask at night.")
    placed.insight.refresh_from_db()
    commands.share_spoken(viewer, placed, turn=placed.insight.turn)
    placed.insight.refresh_from_db()
    assert placed.insight.owner_id == requester.pk
    assert "insights/handed" in told(requester)
    with pytest.raises(Refused):
        commands.speak(viewer_of(staff), activity, **given)
    with pytest.raises(NotPossible):
        commands.speak(viewer, activity, **given | {"visibility": "programme"})


def test_record_spoken_is_of_a_partner_who_takes_part(requester, offer, activity, partner, second, staff):
    given = {"words": "Ask at night too.", "kind": "suggestion", "visibility": "answerers", "capture": "phone", "is_read_back": False}
    viewer = viewer_of(requester)
    placed = commands.record_spoken(viewer, activity, speaker=partner.membership, **given)
    assert placed.insight.recorded_by_id == requester.pk
    with pytest.raises(NotPossible):
        commands.share_spoken(viewer, placed, turn=0)
    commands.share_spoken(viewer, placed, turn=0, is_read_back=True)
    assert "insights/recorded" in told(partner.membership)
    with pytest.raises(NotPossible) as trouble:
        commands.record_spoken(viewer, activity, speaker=second.membership, **given)
    assert trouble.value.field == "speaker"
    with pytest.raises(Refused):
        commands.record_spoken(viewer_of(staff), activity, speaker=partner.membership, **given)


def test_delete_spoken_throws_a_draft_away(offer, activity, partner):
    viewer = viewer_of(partner.membership)
    placed = commands.speak(viewer, activity, words="Hm.", kind="question", visibility="lead")
    commands.delete_spoken(viewer, placed)
    assert not Insight.objects.exists()
    assert not ActivityInsight.objects.exists()


def test_words_about_a_restricted_activity_do_not_say_its_title(offer, activity, partner):
    activity.data_seen = Activity.Data.RESTRICTED
    placed = commands.speak(viewer_of(partner.membership), activity, words="Hm.", kind="question", visibility="lead")
    assert placed.insight.about_label == activity.kind.name


# What changed


def test_say_what_changed_tells_partners_who_took_part(lead, requester, offer, activity, partner, second, staff):
    make_offer(activity, second, status=Offer.Status.DECLINED)
    outcome = tell_them(requester, activity)
    activity.refresh_from_db()
    assert (outcome.number, activity.status) == (1, Status.REPORTED)
    assert told(partner.membership)[-1] == "activities/what_changed"
    assert "The round is at ten now." in Message.objects.filter(to_membership_id=partner.membership_id).latest("id").text
    assert "activities/what_changed" not in told(second.membership)
    assert tell_them(lead, activity, kind="not").number == 2
    for other in (staff, partner.membership):
        with pytest.raises(Refused):
            tell_them(other, activity)


def test_say_what_changed_wants_words_and_nothing_yet_another_day(requester, activity):
    viewer = viewer_of(requester)
    for wrong, field in (({"words": " "}, "words"), ({"kind": "maybe"}, "kind"), ({"kind": "not yet"}, "feedback_on")):
        with pytest.raises(NotPossible) as trouble:
            commands.say_what_changed(viewer, activity, **{"kind": "changed", "words": "More."} | wrong)
        assert trouble.value.field == field
    later = today() + 90 * DAY
    tell_them(requester, activity, kind="not yet", feedback_on=later)
    activity.refresh_from_db()
    assert (activity.status, activity.feedback_on) == (Status.TAKEN_ON, later)
    with pytest.raises(NotPossible):
        commands.close_activity(viewer, activity)


def test_answer_outcome_only_the_partner_can_say_it(lead, requester, offer, activity, partner, staff):
    outcome = tell_them(requester, activity)
    offer.refresh_from_db()
    for other in (requester, staff):
        with pytest.raises(Refused):
            commands.answer_outcome(viewer_of(other), offer, outcome=outcome, says="answers me")
    with pytest.raises(NotPossible):
        commands.answer_outcome(viewer_of(lead), offer, outcome=outcome, says="answers me")
    seen = commands.answer_outcome(viewer_of(lead), offer, outcome=outcome, says="answers me", **PHONE)
    assert (seen.recorded_by_id, seen.is_read_back) == (lead.pk, True)
    again = commands.answer_outcome(viewer_of(partner.membership), offer, outcome=outcome, says="in part", words="And nights?")
    assert (again.pk, again.says, again.recorded_by_id) == (seen.pk, "in part", None)
    assert told(requester)[-1] == "activities/not_answered"
    assert "And nights?" not in Message.objects.filter(to_membership_id=requester.pk).latest("id").text


def test_answer_outcome_no_opens_it_again_with_a_new_day(requester, offer, activity, partner):
    outcome = tell_them(requester, activity)
    commands.answer_outcome(viewer_of(partner.membership), offer, outcome=outcome, says="not")
    activity.refresh_from_db()
    assert (activity.status, activity.feedback_on) == (Status.TAKEN_ON, add_working_days(today(), activity.organisation.answer_days))
    newer = tell_them(requester, activity, kind="in part")
    with pytest.raises(Overtaken, match="newer"):
        commands.answer_outcome(viewer_of(partner.membership), offer, outcome=outcome, says="answers me")
    assert commands.answer_outcome(viewer_of(partner.membership), offer, outcome=newer, says="answers me")


def test_answer_outcome_is_of_who_takes_part(requester, offer, activity, partner):
    outcome = tell_them(requester, activity)
    Offer.objects.filter(pk=offer.pk).update(status=Offer.Status.STEPPED_OUT)
    with pytest.raises(Overtaken):
        commands.answer_outcome(viewer_of(partner.membership), offer, outcome=outcome, says="not")
    assert not Seen.objects.exists()


def test_close_activity_waits_for_each_partner_who_took_part(lead, requester, offer, by_letter, activity, partner, second):
    outcome = tell_them(requester, activity)
    viewer = viewer_of(requester)
    commands.answer_outcome(viewer_of(partner.membership), offer, outcome=outcome, says="")
    activity.refresh_from_db()
    with pytest.raises(NotPossible, match="Sam Second"):
        commands.close_activity(viewer, activity)
    commands.answer_outcome(viewer_of(lead), by_letter, outcome=outcome, says="answers me", capture="letter")
    assert told(requester)[-1] == "activities/all_have_seen"
    activity.refresh_from_db()
    with pytest.raises(Refused):
        commands.close_activity(viewer_of(partner.membership), activity)
    closed = commands.close_activity(viewer, activity)
    assert (closed.status, closed.closed_at is not None) == (Status.CLOSED, True)


def test_close_activity_does_not_take_an_older_reading_for_the_newest(requester, offer, activity, partner):
    outcome = tell_them(requester, activity)
    commands.answer_outcome(viewer_of(partner.membership), offer, outcome=outcome, says="answers me")
    tell_them(requester, activity, kind="in part")
    activity.refresh_from_db()
    with pytest.raises(NotPossible, match="Pat Partner"):
        commands.close_activity(viewer_of(requester), activity)


def test_close_activity_does_not_wait_for_who_has_left(lead, requester, activity):
    from tests.factories.records import make_left

    make_offer(activity, make_left(lead), status=Offer.Status.ACCEPTED)
    tell_them(requester, activity)
    activity.refresh_from_db()
    assert commands.close_activity(viewer_of(requester), activity).status == Status.CLOSED


def test_forget_takes_away_the_words_of_the_person_and_those_written_to_them(lead, requester, offer, activity, partner, by_letter):
    viewer = viewer_of(partner.membership)
    commands.say_how_it_felt(viewer, offer, words="I was nervous.")
    commands.give_time(viewer, partner, kind="travel", on=today(), minutes=5, about="To see my doctor")
    outcome = tell_them(requester, activity)
    commands.answer_outcome(viewer, offer, outcome=outcome, says="in part", words="My mother too.")
    panel = make_activity(requester, shape=Shape.PANEL)
    asked, other = (make_offer(panel, one.partner, status=Offer.Status.ACCEPTED, note="You know this ward.") for one in (offer, by_letter))
    commands.set_own_question(viewer, asked, words="When did you last listen?")
    commands.set_own_question(viewer_of(other.partner.membership), other, words="Who rings?")
    forget(partner)
    assert not Felt.objects.exists()
    assert (Seen.objects.get().words, TimeGiven.objects.get().about) == ("", "")
    assert list(PanelQuestion.objects.values_list("offer", "words")) == [(other.pk, "Who rings?")]
    assert dict(Offer.objects.filter(activity=panel).values_list("pk", "note")) == {asked.pk: "", other.pk: "You know this ward."}
    assert Outcome.objects.get().words
