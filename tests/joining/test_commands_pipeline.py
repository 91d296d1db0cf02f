"""From a chat to an appointment: talks with questions beforehand, outcomes in words for one person, a record at the end."""

from __future__ import annotations

import datetime as dt

import pytest

from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.models import Event, Message
from safety_partners.core.policy import Refused
from safety_partners.core.viewer import NOBODY, system_viewer
from safety_partners.core.working_days import add_working_days, today
from safety_partners.joining import commands, tasks
from safety_partners.joining.models import Expression, Talk
from safety_partners.partners.models import AccessNeed, Partner
from safety_partners.people.models import Role
from tests.factories.joining import make_expression, make_recorded_expression
from tests.factories.people import make_member, make_organisation, viewer_of
from tests.joining.stages import KIND, SAID, being_read, checking, fresh, in_reserve, invited, later, met, offered, read

DAY = dt.timedelta(days=1)
MEETING = {"how": "person", "planned_at": None, "place": "Elm House", "people": "Grace", "questions": "What draws you?\n\nWhat would help?"}


@pytest.fixture
def readers(organisation, staff):
    return [staff, make_member(organisation, Role.PARTNER)]


@pytest.fixture
def grace(lead):
    return viewer_of(lead)


def newest(template: str) -> Message:
    return Message.objects.filter(template=f"joining/{template}").latest("pk")


def test_a_chat_without_a_time_asks_when_it_suits_them(advert, grace):
    expression = commands.offer_chat(grace, make_expression(advert), how="phone")
    assert (expression.status, expression.next_due_on) == ("chat", add_working_days(today(), 10))
    assert "a time that suits you" in newest("talk").text


def test_talks_are_still_to_come_and_meetings_have_questions(advert, grace, lead, readers):
    past = later(-1)
    with pytest.raises(NotPossible) as trouble:
        commands.offer_chat(grace, make_expression(advert), how="phone", planned_at=past)
    assert trouble.value.field == "planned_at"
    expression = read(advert, lead, *readers)
    for wrong, field in (({"planned_at": past}, "planned_at"), ({"planned_at": later(), "questions": " "}, "questions")):
        with pytest.raises(NotPossible) as trouble:
            commands.invite_to_meet(grace, expression, **MEETING | wrong)
        assert trouble.value.field == field
    assert fresh(expression).status == "being read"


def test_nobody_is_invited_before_two_have_read_it(advert, grace, lead, readers):
    with pytest.raises(NotPossible, match="two people"):
        commands.invite_to_meet(grace, being_read(advert, lead, *readers), **MEETING | {"planned_at": later()})


def test_the_invitation_holds_every_question(advert, lead, readers):
    expression = invited(advert, lead, *readers)
    message = newest("talk")
    assert "What draws you?" in message.text
    assert "Elm House" in message.text
    assert "There are no others" in message.text
    talk = expression.talks.get()
    assert talk.questions_sent_at
    assert talk.kind == "meeting"
    assert expression.next_due_on > today() + 7 * DAY


def test_moving_a_talk_tells_them_again_with_the_questions(advert, lead, readers, grace):
    talk = invited(advert, lead, *readers).talks.get()
    commands.move_talk(grace, talk, turn=talk.turn, how="video", planned_at=later(20), place="A link we send", people="Grace")
    assert "What draws you?" in newest("talk").text
    assert "A link we send" in newest("talk").text
    assert fresh(talk.expression).next_due_on > today() + 20 * DAY


def test_a_talk_is_held_once_and_not_in_the_future(advert, lead, readers, grace):
    talk = invited(advert, lead, *readers).talks.get()
    with pytest.raises(NotPossible):
        commands.hold_talk(grace, talk, held_on=today() + DAY)
    commands.hold_talk(grace, talk, held_on=today(), note="Would like a map.")
    assert fresh(talk.expression).status == "met"
    with pytest.raises(Overtaken):
        commands.hold_talk(grace, talk, held_on=today())
    with pytest.raises(Overtaken):
        commands.move_talk(grace, talk, turn=talk.turn, how="phone", planned_at=later())


def test_a_chat_that_was_held_leaves_them_where_they_are_with_a_next_day(advert, grace):
    expression = commands.offer_chat(grace, make_expression(advert), how="phone", planned_at=later(30))
    commands.hold_talk(grace, expression.talks.get(), held_on=today())
    assert (fresh(expression).status, fresh(expression).next_due_on) == ("chat", add_working_days(today(), 10))


def test_talks_end_with_the_expression(advert, lead, readers, grace):
    talk = invited(advert, lead, *readers).talks.get()
    commands.note_withdrawal(grace, talk.expression, **SAID)
    for what in (
        lambda: commands.hold_talk(grace, talk, held_on=today()),
        lambda: commands.move_talk(grace, talk, turn=talk.turn, how="phone", planned_at=later()),
    ):
        with pytest.raises(Overtaken):
            what()


def test_a_new_meeting_takes_the_place_of_one_not_held(advert, lead, readers, grace):
    expression = in_reserve(advert, lead, *readers)
    commands.invite_to_meet(grace, expression, **MEETING | {"planned_at": later()})
    assert expression.talks.filter(held_on=None).count() == 1
    assert expression.talks.count() == 2
    assert expression.reserve_until is None


def test_an_offer_stands_in_the_organisations_letter_with_our_words(advert, lead, readers, grace):
    expression = commands.offer_place(grace, met(advert, lead, *readers), words="We loved your map.")
    text = newest("outcome").text
    assert text.index("Dear Mo") < text.index("We loved your map.") < text.index("take the time you need")
    assert expression.next_due_on == add_working_days(today(), 10)


def test_they_say_yes_themselves_or_staff_write_it_down(advert, lead, readers, grace):
    word = "maple-otter-linen"
    own = offered(advert, lead, *readers, word=word)
    assert commands.say_yes(NOBODY, own, proof=own.secret_hash).status == "checks"
    with pytest.raises(Refused):
        commands.say_yes(NOBODY, own, proof="wrong")
    told = offered(advert, lead, *readers)
    with pytest.raises(NotPossible) as trouble:
        commands.take_yes(grace, told, capture="phone", is_read_back=False)
    assert trouble.value.field == "is_read_back"
    with pytest.raises(NotPossible):
        commands.take_yes(grace, told, capture="typed", is_read_back=True)
    commands.take_yes(grace, told, **SAID)
    assert Event.objects.get(verb="joining.take_yes").details == {"capture": "phone", "is_read_back": True}


def test_not_now_needs_words_for_this_person(advert, lead, readers, grace):
    expression = met(advert, lead, *readers)
    with pytest.raises(NotPossible) as trouble:
        commands.say_not_now(grace, expression, words="Sorry, not this time.")
    assert trouble.value.field == "words"
    commands.say_not_now(grace, expression, words=KIND)
    assert (fresh(expression).status, fresh(expression).outcome_words, expression.next_due_on) == ("not now", KIND, None)
    assert KIND in newest("outcome").text
    assert Event.objects.get(verb="joining.say_not_now").details == {}


def test_letters_and_phone_scripts_wait_for_the_lead(advert, lead, readers, grace):
    told = {
        "letter": {"told_by": "letter", "email": "", "postal_address": "1 Mill Lane"},
        "phone": {"told_by": "phone", "email": "", "phone": "01904 1"},
    }
    for channel, how in told.items():
        expression = met(advert, lead, *readers, **how)
        commands.offer_place(grace, expression)
        message = newest("outcome")
        assert (message.channel, message.status) == (channel, "waiting")
        assert "interest/" not in message.text
        assert "say yes or no" in message.text


def test_the_reserve_list_needs_a_yes_and_a_day(advert, lead, readers, grace):
    expression = met(advert, lead, *readers)
    for wrong, field in (({"has_agreed": False}, "has_agreed"), ({"reserve_until": today()}, "reserve_until")):
        with pytest.raises(NotPossible) as trouble:
            commands.keep_in_reserve(
                grace, expression, **{"turn": expression.turn, "reserve_until": today() + DAY, "has_agreed": True, **wrong}
            )
        assert trouble.value.field == field
    until = today() + 400 * DAY
    commands.keep_in_reserve(grace, expression, turn=expression.turn, reserve_until=until, has_agreed=True, words="Soon.")
    assert (expression.status, fresh(expression).keep_until, expression.next_due_on) == ("reserve", until, until)
    assert "Soon." in newest("reserve").text
    commands.keep_in_reserve(grace, expression, turn=expression.turn, reserve_until=until + DAY, has_agreed=True)
    assert fresh(expression).reserve_until == until + DAY


def test_the_end_of_a_reserve_is_told_once(advert, lead, readers):
    expression = in_reserve(advert, lead, *readers)
    assert tasks.tell_of_reserves() == 0
    Expression.objects.filter(pk=expression.pk).update(reserve_until=today() - DAY, next_due_on=today() - DAY)
    assert tasks.tell_of_reserves() == 1
    assert newest("reserve_over").to_membership_id == lead.pk
    assert tasks.tell_of_reserves() == 0
    with pytest.raises(Overtaken):
        commands.end_reserve(system_viewer(expression.organisation_id), expression)


def test_passing_on_only_as_agreed(advert, grace):
    expression = make_expression(advert)
    for wrong, field in (({"has_agreed": False}, "has_agreed"), ({"passed_to": " "}, "passed_to")):
        with pytest.raises(NotPossible) as trouble:
            commands.pass_on(grace, expression, **{"passed_to": "The patient group", "has_agreed": True, **wrong})
        assert trouble.value.field == field
    commands.pass_on(grace, expression, passed_to="The patient group", has_agreed=True)
    assert expression.status == "passed on"
    assert "The patient group" in newest("passed_on").text


def test_writing_down_that_somebody_stops(advert, grace):
    expression = commands.note_withdrawal(grace, make_expression(advert), capture="letter", is_read_back=False)
    assert expression.status == "withdrawn"
    assert Event.objects.get(verb="joining.note_withdrawal").details == {"capture": "letter", "is_read_back": False}
    with pytest.raises(Overtaken):
        commands.note_withdrawal(grace, expression, **SAID)


def test_appointing_makes_a_partner_with_what_is_needed(advert, lead, staff, readers, grace):
    expression = checking(advert, lead, *readers, access_words="Large print, please.")
    commands.appoint(grace, expression, contact=staff, deputy=lead)
    expression = fresh(expression)
    partner = expression.partner
    assert (expression.status, expression.next_due_on, partner.status) == ("appointed", None, "joining")
    assert (partner.membership.name, partner.known_as, partner.contact, partner.deputy) == ("Mo Farrow", "Mo", staff, lead)
    assert partner.membership.user.email == "mo@example.org"
    assert partner.role == advert.role
    assert partner.needs.exists()
    assert partner.terms.count() == 1
    assert set(AccessNeed.objects.filter(partner=partner).values_list("what", flat=True)) == {
        "Large print, please.",
        "A seat near the door.",
    }


def test_appointing_somebody_without_email(advert, lead, readers, grace):
    expression = make_recorded_expression(advert, lead, access_words="Ring me.")
    Expression.objects.filter(pk=expression.pk).update(status="checks")
    partner = commands.appoint(grace, fresh(expression)).partner
    assert partner.membership.told_by == "letter"
    assert partner.membership.user.email == ""
    need = AccessNeed.objects.get(partner=partner, what="Ring me.")
    assert (need.capture, need.recorded_by, need.is_read_back) == ("phone", lead, True)


def test_nothing_is_half_done_when_the_contact_is_wrong(advert, lead, readers, grace):
    expression = checking(advert, lead, *readers)
    with pytest.raises(NotPossible):
        commands.appoint(grace, expression, contact=lead, deputy=lead)
    assert fresh(expression).status == "checks"
    assert not Partner.objects.exists()


def test_only_a_lead_of_the_organisation_decides(advert, lead, staff, readers):
    expression = met(advert, lead, *readers)
    foreign = make_member(make_organisation(), Role.LEAD)
    for viewer in (viewer_of(staff), viewer_of(readers[1]), viewer_of(foreign), NOBODY):
        for command, given in (
            (commands.offer_place, {}),
            (commands.say_not_now, {"words": KIND}),
            (commands.keep_in_reserve, {"turn": expression.turn, "reserve_until": today() + DAY, "has_agreed": True}),
            (commands.pass_on, {"passed_to": "X", "has_agreed": True}),
            (commands.note_withdrawal, SAID),
            (commands.take_yes, SAID),
            (commands.appoint, {}),
            (commands.hold_words, {"because": "x"}),
            (commands.delete_as_asked, SAID),
        ):
            with pytest.raises(Refused):
                command(viewer, expression, **given)
        with pytest.raises(Refused):
            commands.hold_talk(viewer, Talk.objects.get(expression=expression), held_on=today())
    with pytest.raises(Refused):
        commands.end_reserve(viewer_of(lead), expression)


def test_of_two_leads_at_once_the_first_one_decides(advert, lead, readers, grace, organisation):
    first = met(advert, lead, *readers)
    second = fresh(first)
    commands.offer_place(grace, first)
    messages = Message.objects.count()
    with pytest.raises(Overtaken):
        commands.offer_place(viewer_of(make_member(organisation, Role.LEAD)), second)
    assert Message.objects.count() == messages
