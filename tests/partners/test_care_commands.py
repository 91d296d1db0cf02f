"""Checks, interests, access needs, talks, and what stays a partner's own: the commands."""

from __future__ import annotations

import datetime as dt

import pytest

from safety_partners.core import clock, history
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.models import Event, Message
from safety_partners.core.policy import Refused
from safety_partners.core.working_days import today
from safety_partners.partners import commands
from safety_partners.partners.models import (
    AccessNeed,
    Check,
    CheckIn,
    Declaration,
    EmergencyContact,
    Interest,
    LivedExperience,
    Need,
    PaymentChoice,
    PrivateNote,
)
from safety_partners.partners.tasks import forget_outcomes_of_checks
from safety_partners.people.models import Role
from tests.factories.people import make_member, make_organisation, viewer_of
from tests.factories.records import make_left, make_partner, make_plan_item

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
SAID = {"capture": "phone", "is_read_back": True}
WHY = "They would be alone with patients."


@pytest.fixture
def lead():
    return make_member(make_organisation(), Role.LEAD, name="Lea")


@pytest.fixture
def staff(lead):
    return make_member(lead.organisation, Role.STAFF, name="Stan")


@pytest.fixture
def deputy(lead):
    return make_member(lead.organisation, Role.STAFF, name="Dee")


@pytest.fixture
def partner(lead, staff, deputy):
    for kind in ("check", "access"):
        make_plan_item(lead, kind.title(), kind=kind)
    make_plan_item(lead, "Interests", kind="interests", valid_months=12)
    return make_partner(lead, make_member(lead.organisation, Role.PARTNER, name="Zoë"), contact=staff, deputy=deputy)


@pytest.fixture
def me(partner):
    return viewer_of(partner.membership)


def need_of(partner, kind):
    return Need.objects.get(partner=partner, kind=kind)


def decide(lead, partner, *, kind="DBS", decision="required", level="basic", reason=WHY):
    return commands.decide_check(viewer_of(lead), partner, kind=kind, decision=decision, level=level, reason=reason)


# Checks: the decision comes first


def test_a_role_that_is_not_eligible_is_asked_for_nothing(lead, partner):
    check = decide(lead, partner, decision="not eligible", level="enhanced", reason="No access to patients.")
    assert (check.level, check.is_settled, check.decided_by, check.decided_on) == ("", True, lead, today())
    assert need_of(partner, "check").status == Need.Status.DONE
    with pytest.raises(NotPossible, match="not asked for"):
        commands.record_outcome(viewer_of(lead), check, outcome="satisfactory", outcome_on=today())


def test_a_criminal_record_check_needs_a_level_and_a_reason(lead, partner):
    for wrong, field in (({"level": ""}, "level"), ({"reason": " "}, "reason")):
        with pytest.raises(NotPossible) as trouble:
            decide(lead, partner, **wrong)
        assert trouble.value.field == field
    with pytest.raises(NotPossible):
        decide(lead, partner, kind="references", decision="not eligible")
    assert not Check.objects.exists()


def test_the_need_is_done_when_everything_that_was_required_came_back(lead, partner):
    dbs = decide(lead, partner)
    assert need_of(partner, "check").status == Need.Status.NEEDED
    references = decide(lead, partner, kind="references")
    ends = today() + 900 * DAY
    commands.record_outcome(viewer_of(lead), dbs, outcome="satisfactory", outcome_on=today() - DAY, expires_on=ends)
    assert need_of(partner, "check").status == Need.Status.NEEDED
    commands.record_outcome(viewer_of(lead), references, outcome="satisfactory", outcome_on=today())
    need = need_of(partner, "check")
    assert (need.status, need.done_on, need.expires_on) == (Need.Status.DONE, today(), ends)


def test_what_was_there_is_missing_again_when_more_is_required_or_it_stands_in_the_way(lead, partner):
    decide(lead, partner, decision="not required")
    assert need_of(partner, "check").status == Need.Status.DONE
    health = decide(lead, partner, kind="occupational health")
    assert need_of(partner, "check").status == Need.Status.NEEDED
    commands.record_outcome(viewer_of(lead), health, outcome="to talk about", outcome_on=today())
    assert need_of(partner, "check").status == Need.Status.NEEDED
    commands.record_outcome(viewer_of(lead), health, outcome="satisfactory", outcome_on=today())
    assert need_of(partner, "check").status == Need.Status.DONE
    commands.record_outcome(viewer_of(lead), health, outcome="not satisfactory", outcome_on=today())
    assert need_of(partner, "check").status == Need.Status.NEEDED


def test_a_decision_that_was_used_stays_until_its_outcome_is_forgotten(lead, partner):
    check = decide(lead, partner)
    for wrong in (
        {"outcome": "", "outcome_on": today()},
        {"outcome": "satisfactory", "outcome_on": today() + DAY},
        {"outcome": "satisfactory", "outcome_on": today(), "expires_on": today()},
    ):
        with pytest.raises(NotPossible):
            commands.record_outcome(viewer_of(lead), check, **wrong)
    commands.record_outcome(viewer_of(lead), check, outcome="satisfactory", outcome_on=today())
    with pytest.raises(Overtaken):
        decide(lead, partner, decision="not eligible")
    with clock.telling(clock.now() + 190 * DAY):
        assert forget_outcomes_of_checks() == 1
        again = decide(lead, partner, decision="not eligible", reason="The role has changed.")
        assert (again.pk, again.decision, again.outcome_on) == (check.pk, "not eligible", None)


def test_outcomes_are_forgotten_after_six_months_and_a_bad_one_leaves_nothing(lead, partner):
    good, bad = decide(lead, partner), decide(lead, partner, kind="references")
    commands.record_outcome(viewer_of(lead), good, outcome="satisfactory", outcome_on=today())
    commands.record_outcome(viewer_of(lead), bad, outcome="not satisfactory", outcome_on=today())
    assert forget_outcomes_of_checks() == 0
    with clock.telling(clock.now() + 190 * DAY):
        assert forget_outcomes_of_checks() == 1
        assert forget_outcomes_of_checks() == 0
        good.refresh_from_db()
        bad.refresh_from_db()
        assert (good.outcome, good.outcome_on, good.outcome_forgotten_on, good.is_settled) == ("", today() - 190 * DAY, today(), True)
        assert (bad.outcome, bad.outcome_on, bad.is_settled) == ("", None, False)
    with pytest.raises(Refused):
        commands.forget_outcomes(viewer_of(lead), lead.organisation)


def test_events_do_not_tell_what_was_decided_or_came_of_it(lead, partner):
    check = decide(lead, partner)
    commands.record_outcome(viewer_of(lead), check, outcome="to talk about", outcome_on=today())
    details = list(
        Event.objects.filter(about_id=check.pk, about_kind="partners.check").order_by("number").values_list("details", flat=True)
    )
    assert details == [{"kind": "DBS"}, {"outcome_on": today().isoformat()}]


def test_only_a_lead_decides_and_nobody_about_themselves(lead, partner, staff, me):
    for viewer in (viewer_of(staff), me, viewer_of(make_member(make_organisation(), Role.LEAD))):
        with pytest.raises(Refused):
            commands.decide_check(viewer, partner, kind="DBS", decision="not required", reason="None.")
    both = make_member(lead.organisation, Role.PARTNER, Role.LEAD)
    with pytest.raises(Refused):
        commands.decide_check(viewer_of(both), make_partner(lead, both), kind="DBS", decision="not required", reason="None.")


# Interests


def test_a_declaration_is_the_partners_word_that_the_register_is_right(partner, me):
    with pytest.raises(NotPossible):
        commands.declare_interests(me, partner, is_nothing=False)
    interest = commands.add_interest(me, partner, kind="also sits on", what="  The library group\n", from_on=today() - 9 * DAY)
    assert interest.what == "  The library group\n"
    with pytest.raises(NotPossible):
        commands.declare_interests(me, partner, is_nothing=True)
    commands.declare_interests(me, partner, is_nothing=False)
    need = need_of(partner, "interests")
    assert (need.status, need.done_on, need.expires_on.year) == (Need.Status.DONE, today(), today().year + 1)
    commands.end_interest(me, interest, until_on=today())
    assert interest.is_over
    assert not Interest.objects.current(today()).exists()
    commands.declare_interests(me, partner, is_nothing=True)
    assert list(Declaration.objects.order_by("pk").values_list("is_nothing", flat=True)) == [False, True]


def test_an_interest_ends_once_after_it_began_and_not_in_the_future(partner, me):
    interest = commands.add_interest(me, partner, kind="work", what="A shop", from_on=today())
    for until_on in (today() - DAY, today() + DAY):
        with pytest.raises(NotPossible):
            commands.end_interest(me, interest, until_on=until_on)
    commands.end_interest(me, interest, until_on=today())
    with pytest.raises(Overtaken):
        commands.end_interest(me, interest, until_on=today())
    for wrong in ({"what": " "}, {"until_on": today() - 9 * DAY}):
        with pytest.raises(NotPossible):
            commands.add_interest(me, partner, **({"kind": "work", "what": "A shop", "from_on": today()} | wrong))


def test_what_was_agreed_about_an_interest_is_the_leads_to_write(lead, staff, partner, me):
    interest = commands.add_interest(me, partner, kind="work", what="A shop")
    commands.handle_interest(viewer_of(lead), interest, handling=" Says so. ")
    assert (interest.handling, interest.what) == ("Says so.", "A shop")
    for viewer in (me, viewer_of(staff)):
        with pytest.raises(Refused):
            commands.handle_interest(viewer, interest, handling="No.")


def test_staff_write_down_how_a_declaration_reached_them_and_read_it_back(staff, partner):
    with pytest.raises(NotPossible):
        commands.declare_interests(viewer_of(staff), partner, is_nothing=True)
    with pytest.raises(NotPossible):
        commands.declare_interests(viewer_of(staff), partner, is_nothing=True, capture="phone")
    made = commands.declare_interests(viewer_of(staff), partner, is_nothing=True, **SAID)
    assert (made.recorded_by, made.capture, made.is_read_back) == (staff, "phone", True)


# What helps to take part


def test_what_somebody_needs_is_kept_in_their_words_and_answered(staff, partner, me):
    need = commands.ask_for_access(me, partner, kind="place", what="  A ramp,\n please ")
    assert need.what == "  A ramp,\n please "
    assert Message.objects.filter(template="partners/access_asked", to_membership_id=staff.pk).exists()
    with pytest.raises(NotPossible) as trouble:
        commands.decide_access(viewer_of(staff), need, status="not met", reason=" ")
    assert trouble.value.field == "reason"
    for wrong in ({"status": "asked"}, {"status": "met", "review_on": today()}):
        with pytest.raises(NotPossible):
            commands.decide_access(viewer_of(staff), need, **wrong)
    commands.decide_access(viewer_of(staff), need, status="not met", reason="No ramp yet: we meet downstairs.", review_on=today() + DAY)
    assert (need.status, need.decided_by) == (AccessNeed.Status.NOT_MET, staff)
    assert need_of(partner, "access").status == Need.Status.DONE
    message = Message.objects.get(template="partners/access_decided")
    assert message.to_membership_id == partner.membership_id
    assert "ramp" not in message.text


def test_a_letter_carries_the_answer_itself(lead, staff):
    member = make_member(lead.organisation, Role.PARTNER, told_by="letter", postal_address="1 Mill Lane")
    partner = make_partner(lead, member, contact=staff)
    need = commands.ask_for_access(viewer_of(staff), partner, kind="format", what="Large print", capture="letter")
    commands.decide_access(viewer_of(staff), need, status="met", reason="From now on.")
    text = Message.objects.get(template="partners/access_decided").text
    assert "Large print" in text
    assert "From now on." in text


def test_nothing_is_needed_only_while_the_list_is_empty(staff, partner, me):
    need = commands.ask_for_access(me, partner, kind="time", what="Breaks")
    with pytest.raises(NotPossible):
        commands.need_nothing(me, partner)
    commands.end_access(me, need)
    with pytest.raises(Overtaken):
        commands.end_access(me, need)
    with pytest.raises(Overtaken):
        commands.decide_access(viewer_of(staff), need, status="met")
    commands.need_nothing(viewer_of(staff), partner, **SAID)
    assert need_of(partner, "access").status == Need.Status.DONE


# Talks


def test_a_talk_is_planned_held_once_and_both_are_told(lead, staff, partner):
    talk = commands.plan_check_in(viewer_of(lead), partner, planned_on=today() + DAY)
    assert talk.with_member == staff
    told = dict(Message.objects.filter(about_code=talk.code).values_list("to_membership_id", "template"))
    assert told == {partner.membership_id: "partners/check_in", staff.pk: "partners/check_in_yours"}
    with pytest.raises(NotPossible):
        commands.hold_check_in(viewer_of(staff), talk, held_on=today() + DAY)
    commands.hold_check_in(viewer_of(staff), talk, held_on=today(), agreed=" Papers earlier. ")
    assert (talk.agreed, talk.day, talk.is_planned) == ("Papers earlier.", today(), False)
    with pytest.raises(Overtaken):
        commands.cancel_check_in(viewer_of(staff), talk)


def test_a_talk_is_with_somebody_who_knows_the_record(lead, deputy, partner):
    stranger = make_member(lead.organisation, Role.STAFF)
    for wrong in ({"with_member": stranger}, {"planned_on": today() - DAY}):
        with pytest.raises(NotPossible):
            commands.plan_check_in(viewer_of(lead), partner, **({"planned_on": today()} | wrong))
    assert commands.plan_check_in(viewer_of(lead), partner, planned_on=today(), with_member=deputy).with_member == deputy
    with pytest.raises(NotPossible):
        commands.plan_check_in(viewer_of(lead), make_partner(lead), planned_on=today())


def test_either_side_cancels_without_a_reason_and_the_other_is_told(lead, staff, partner, me):
    talk = commands.plan_check_in(viewer_of(staff), partner, planned_on=today() + DAY)
    commands.cancel_check_in(me, talk)
    assert list(Message.objects.filter(template="partners/check_in_cancelled").values_list("to_membership_id", flat=True)) == [staff.pk]
    with pytest.raises(Overtaken):
        commands.hold_check_in(viewer_of(staff), talk, held_on=today())


def test_a_partner_asks_for_a_talk(staff, partner, me):
    commands.ask_for_check_in(me, partner)
    assert Message.objects.get(template="partners/check_in_asked").to_membership_id == staff.pk
    with pytest.raises(Refused):
        commands.ask_for_check_in(viewer_of(staff), partner)


def test_planned_talks_go_to_the_new_contact_and_held_ones_stay(lead, staff, deputy, partner):
    held = commands.plan_check_in(viewer_of(lead), partner, planned_on=today())
    commands.hold_check_in(viewer_of(lead), held, held_on=today())
    planned = commands.plan_check_in(viewer_of(lead), partner, planned_on=today() + DAY)
    with_lead = commands.plan_check_in(viewer_of(lead), partner, planned_on=today() + DAY, with_member=lead)
    commands.name_support(viewer_of(lead), partner, contact=make_member(lead.organisation, Role.STAFF, name="Nia"), deputy=deputy)
    names = {talk.pk: talk.with_member.name for talk in CheckIn.objects.all()}
    assert names == {held.pk: "Stan", planned.pk: "Nia", with_lead.pk: "Lea"}


# The partner's own


def test_notes_and_experience_are_written_changed_and_deleted_by_the_partner_alone(lead, staff, partner, me):
    note = commands.write_note(me, partner, words=" It was hard. \n")
    told = commands.tell_experience(me, partner, theme="Falls", seen_by="lead")
    assert (note.words, note.is_shared, told.route) == (" It was hard. \n", False, "not said")
    for viewer in (viewer_of(lead), viewer_of(staff)):
        for command, record, given in (
            (commands.write_note, partner, {"words": "x"}),
            (commands.rewrite_note, note, {"words": "x", "is_shared": True}),
            (commands.delete_note, note, {}),
            (commands.tell_experience, partner, {"theme": "x", "seen_by": "lead"}),
            (commands.change_experience, told, {"theme": "x", "seen_by": "lead"}),
            (commands.take_back_experience, told, {}),
        ):
            with pytest.raises(Refused):
                command(viewer, record, **given)
    commands.rewrite_note(me, note, words="Better now.", is_shared=True)
    commands.change_experience(me, told, theme="Falls at night", route="care", seen_by="only me")
    assert (note.is_shared, told.seen_by) == (True, LivedExperience.SeenBy.ONLY_ME)
    commands.delete_note(me, note)
    commands.take_back_experience(me, told)
    assert not PrivateNote.objects.exists()
    assert not LivedExperience.objects.exists()


def test_events_and_messages_of_what_is_ones_own_hold_nothing(partner, me):
    before = Message.objects.count()
    note = commands.write_note(me, partner, words="Secret words", is_shared=True)
    told = commands.tell_experience(me, partner, theme="Secret theme", seen_by="contact")
    commands.delete_note(me, note)
    commands.take_back_experience(me, told)
    own = Event.objects.filter(verb__in=["partners.write_note", "partners.tell_experience", "partners.delete_note"])
    assert own.count() == 3
    assert {str(event.details) for event in own} == {"{}"}
    assert Message.objects.count() == before
    assert list(history.verify()) == []


def test_a_note_is_about_a_talk_of_ones_own(lead, partner, me):
    other = make_partner(lead, contact=lead)
    talk = commands.plan_check_in(viewer_of(lead), other, planned_on=today())
    with pytest.raises(NotPossible):
        commands.write_note(me, partner, words="Hm.", check_in=talk)
    for command, given in ((commands.write_note, {"words": " "}), (commands.tell_experience, {"theme": " ", "seen_by": "lead"})):
        with pytest.raises(NotPossible):
            command(me, partner, **given)


def test_each_choice_of_payment_stays_and_nobody_else_makes_it(lead, staff, partner, me):
    commands.choose_payment(me, partner, choice="full")
    commands.choose_payment(viewer_of(lead), partner, choice="none", capture="letter")
    assert list(PaymentChoice.objects.order_by("pk").values_list("choice", "recorded_by")) == [("full", None), ("none", lead.pk)]
    for role in (Role.FINANCE, Role.GOVERNANCE, Role.GROUP_CHAIR):
        with pytest.raises(Refused):
            commands.choose_payment(viewer_of(make_member(lead.organisation, role)), partner, choice="full", **SAID)
    with pytest.raises(Refused):
        commands.choose_payment(viewer_of(staff), partner, choice="full", **SAID)


def test_one_emergency_contact_is_named_changed_and_taken_away(staff, partner, me):
    commands.name_emergency_contact(me, partner, name=" Kim  Lee ", phone="01904 555 0123")
    commands.name_emergency_contact(viewer_of(staff), partner, name="Kim Lee", phone="01904 555 0124", relation="A neighbour", **SAID)
    found = EmergencyContact.objects.get()
    assert (found.name, found.phone, found.relation) == ("Kim Lee", "01904 555 0124", "A neighbour")
    commands.remove_emergency_contact(me, partner)
    assert not EmergencyContact.objects.exists()


def test_a_closed_record_takes_nothing_new(lead):
    # Who works here too can still sign in after they have left as a partner.
    partner = make_left(lead, make_member(lead.organisation, Role.PARTNER, Role.STAFF))
    me, keeper = viewer_of(partner.membership), viewer_of(lead)
    for command, viewer, given in (
        (commands.decide_check, keeper, {"kind": "DBS", "decision": "not required", "reason": "None."}),
        (commands.add_interest, keeper, {"kind": "work", "what": "A shop", **SAID}),
        (commands.declare_interests, keeper, {"is_nothing": True, **SAID}),
        (commands.ask_for_access, keeper, {"kind": "time", "what": "Breaks", **SAID}),
        (commands.need_nothing, keeper, SAID),
        (commands.plan_check_in, keeper, {"planned_on": today(), "with_member": lead}),
        (commands.choose_payment, keeper, {"choice": "full", **SAID}),
        (commands.name_emergency_contact, keeper, {"name": "Kim", "phone": "1", **SAID}),
        (commands.write_note, me, {"words": "x"}),
        (commands.tell_experience, me, {"theme": "x", "seen_by": "lead"}),
        (commands.ask_for_check_in, me, {}),
    ):
        with pytest.raises(Overtaken):
            command(viewer, partner, **given)
