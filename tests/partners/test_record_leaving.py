"""Leaving, what is handed on, forgetting; and the notices before something runs out."""

from __future__ import annotations

import datetime as dt

import pytest

from safety_partners.core import clock, history
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.models import Message
from safety_partners.core.policy import Refused
from safety_partners.core.working_days import today
from safety_partners.partners import commands, open_matters, queries
from safety_partners.partners.models import Agreement, EmergencyContact, Leaving, Need, Partner, Signature
from safety_partners.partners.tasks import tell_what_runs_out
from safety_partners.people.models import Grant, Role
from tests.factories.insights import make_owned
from tests.factories.people import make_member, make_organisation, viewer_of
from tests.factories.records import make_active, make_leaving, make_left, make_offered, make_partner, make_plan_item, sign_both

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
Status = Partner.Status


@pytest.fixture
def lead():
    return make_member(make_organisation(), Role.LEAD)


@pytest.fixture
def staff(lead):
    return make_member(lead.organisation, Role.STAFF)


@pytest.fixture
def partner(lead, staff):
    return make_active(lead, contact=staff)


def again(partner):
    return Partner.objects.get(pk=partner.pk)


def test_stepping_down_needs_no_reason_and_can_be_taken_back(partner):
    leaving = make_leaving(partner, last_day=today() + 5 * DAY)
    assert (again(partner).status, leaving.reason) == (Status.LEAVING, "")
    commands.stay(viewer_of(partner.membership), leaving)
    assert again(partner).status == Status.ACTIVE
    with pytest.raises(Overtaken):
        commands.stay(viewer_of(partner.membership), leaving)


def test_who_stays_is_again_what_they_were(lead):
    joining = make_partner(lead)
    commands.stay(viewer_of(joining.membership), make_leaving(joining))
    assert again(joining).status == Status.JOINING
    paused = make_active(lead)
    commands.pause(viewer_of(paused.membership), paused)
    commands.stay(viewer_of(paused.membership), make_leaving(paused))
    assert again(paused).status == Status.PAUSED


@pytest.mark.parametrize("days", [-1, 400])
def test_the_last_day_is_within_a_year(partner, days):
    with pytest.raises(NotPossible):
        make_leaving(partner, last_day=today() + days * DAY)


def test_an_ending_by_the_organisation_has_a_reason_and_a_second_person(lead, partner, staff):
    given = {"last_day": today(), "reason": "Papers were passed on.", "reviewed_by": staff}
    for wrong in (
        {"reason": " "},
        {"reviewed_by": lead},
        {"reviewed_by": partner.membership},
        {"reviewed_by": make_member(None, Role.STAFF)},
    ):
        with pytest.raises(NotPossible):
            commands.end_role_of(viewer_of(lead), partner, **(given | wrong))
    leaving = commands.end_role_of(viewer_of(lead), partner, **given)
    assert again(partner).status == Status.ACTIVE
    assert not Leaving.objects.visible_to(viewer_of(partner.membership)).exists()
    assert not Message.objects.filter(to_membership_id=partner.membership_id, about_code=leaving.code).exists()
    with pytest.raises(Refused):
        commands.look_at_ending(viewer_of(lead), leaving, is_right=True, note="Yes")
    commands.look_at_ending(viewer_of(staff), leaving, is_right=True, note="It was tried.")
    assert again(partner).status == Status.LEAVING
    letter = Message.objects.get(to_membership_id=partner.membership_id, about_code=leaving.code)
    assert "Papers were passed on." in letter.text
    assert "It was tried." not in letter.text


def test_a_second_person_who_says_no_ends_the_ending(lead, partner, staff):
    leaving = commands.end_role_of(viewer_of(lead), partner, last_day=today(), reason="Late papers.", reviewed_by=staff)
    with pytest.raises(Overtaken):
        commands.end_role_of(viewer_of(lead), partner, last_day=today(), reason="Again.", reviewed_by=staff)
    commands.look_at_ending(viewer_of(staff), leaving, is_right=False, note="Talk first.")
    assert again(partner).status == Status.ACTIVE
    assert not Message.objects.filter(to_membership_id=partner.membership_id, about_code=leaving.code).exists()


def test_who_steps_down_is_not_told_to_go(lead, partner, staff):
    ending = commands.end_role_of(viewer_of(lead), partner, last_day=today(), reason="Late papers.", reviewed_by=staff)
    make_leaving(partner)
    ending.refresh_from_db()
    assert ending.taken_back_at is not None
    with pytest.raises(Overtaken):
        commands.look_at_ending(viewer_of(staff), ending, is_right=True, note="Yes.")


def test_the_end_waits_for_the_day_the_thanks_and_what_is_open(lead, partner, staff):
    insight = make_owned(partner.membership, lead, staff)
    leaving = make_leaving(partner, last_day=today())
    end = commands.end_partnership
    with pytest.raises(NotPossible, match="still open"):
        end(viewer_of(lead), leaving)
    assert [matter.code for matter in open_matters.of(partner)] == [insight.code]
    assert insight.words not in open_matters.of(partner)[0].label
    with pytest.raises(NotPossible):
        commands.hand_on(viewer_of(lead), leaving, about_code=insight.code)
    with pytest.raises(Overtaken):
        commands.hand_on(viewer_of(lead), leaving, about_code="INS-000000", to=staff)
    commands.hand_on(viewer_of(lead), leaving, about_code=insight.code, to=staff, note="Tell them by post.")
    assert Message.objects.filter(to_membership_id=staff.pk, template="partners/handed_on").exists()
    with pytest.raises(NotPossible, match="thanks"):
        end(viewer_of(lead), leaving)
    commands.write_thanks(viewer_of(staff), leaving, thanks="Thank you.", what_changed="")
    EmergencyContact.objects.create(partner=partner, name="Ann", phone="1")
    end(viewer_of(lead), leaving)
    assert (again(partner).status, again(partner).ended_on) == (Status.LEFT, today())
    partner.membership.refresh_from_db()
    assert partner.membership.ended_on == today()
    assert not EmergencyContact.objects.exists()
    assert "Thank you." in Message.objects.get(template="partners/thanks").text


def test_nobody_leaves_before_their_last_day(lead, partner):
    leaving = make_leaving(partner, last_day=today() + DAY)
    commands.write_thanks(viewer_of(lead), leaving, thanks="Thank you.", what_changed="")
    with pytest.raises(NotPossible):
        commands.end_partnership(viewer_of(lead), leaving)


def test_who_has_another_role_stays_a_member(lead):
    both = make_member(lead.organisation, Role.PARTNER, Role.BOARD)
    make_left(lead, both)
    both.refresh_from_db()
    assert both.ended_on is None
    assert [grant.role for grant in Grant.objects.filter(membership=both)] == [Role.BOARD]


def test_the_talk_is_kept_as_the_partner_wants_it(lead, partner, staff):
    leaving = make_leaving(partner)
    me = viewer_of(partner.membership)
    with pytest.raises(NotPossible):
        commands.record_exit_talk(me, leaving, talked_on=today())
    with pytest.raises(NotPossible):
        commands.record_exit_talk(me, leaving, talked_on=today() + DAY, talked_with=staff)
    commands.record_exit_talk(me, leaving, talked_on=today(), talked_with=staff, words="It was good.")
    commands.record_exit_talk(viewer_of(staff), leaving, is_declined=True)
    leaving.refresh_from_db()
    assert (leaving.is_talk_declined, leaving.talked_on, leaving.talk_words) == (True, None, "")
    commands.keep_in_touch(me, leaving, is_keeping_in_touch=True)
    leaving.refresh_from_db()
    assert leaving.is_keeping_in_touch


def test_forgetting_takes_the_person_and_leaves_that_there_was_one(lead):
    partner = make_active(lead, make_member(lead.organisation, Role.PARTNER, name="Zoë"))
    agreement = sign_both(lead, make_offered(lead, partner))
    with pytest.raises(Overtaken):
        commands.forget_partner(viewer_of(lead), partner, is_sure=True)
    leaving = make_leaving(partner)
    commands.write_thanks(viewer_of(lead), leaving, thanks="Thank you, Zoë.", what_changed="")
    commands.end_partnership(viewer_of(lead), leaving)
    with pytest.raises(NotPossible):
        commands.forget_partner(viewer_of(lead), partner, is_sure=False)
    commands.forget_partner(viewer_of(lead), partner, is_sure=True)
    partner = again(partner)
    assert (partner.status, partner.name) == (Status.FORGOTTEN, "A former partner")
    assert (partner.membership.user.email, partner.membership.ended_on) == ("", today())
    assert not Need.objects.filter(partner=partner).exists()
    assert not Signature.objects.filter(agreement=agreement).exists()
    agreement = Agreement.objects.get(pk=agreement.pk)
    assert (agreement.words, agreement.partner_words) == ("", "")
    assert list(history.verify()) == []


def test_forgetting_leaves_a_person_who_belongs_elsewhere_their_name(lead):
    partner = make_left(lead, make_member(lead.organisation, Role.PARTNER, name="Zoë"))
    make_member(make_organisation(), Role.PARTNER, user=partner.membership.user)
    commands.forget_partner(viewer_of(lead), partner, is_sure=True)
    assert again(partner).membership.name == "Zoë"


def test_what_runs_out_is_told_90_60_30_and_7_days_before_once_each(lead, staff):
    make_plan_item(lead, "Essentials", owner_kind="contact")
    partner = make_active(lead, contact=staff, ends_on=today() + 1000 * DAY)
    need = Need.objects.get(partner=partner)
    commands.finish_need(viewer_of(lead), need, done_on=today(), expires_on=today() + 100 * DAY)
    now, counts = clock.now(), []
    for day in range(102):
        with clock.telling(now + day * DAY):
            counts.append(tell_what_runs_out())
    assert [day for day, count in enumerate(counts) if count] == [10, 40, 70, 93]
    told = Message.objects.filter(template="partners/need_runs_out")
    assert told.filter(to_membership_id=partner.membership_id).count() == 4
    assert told.filter(to_membership_id=staff.pk).count() == 4
    with clock.telling(now + 101 * DAY):
        commands.finish_need(viewer_of(lead), Need.objects.get(pk=need.pk), done_on=today(), expires_on=today() + 30 * DAY)
        assert tell_what_runs_out() == 1


def test_the_end_of_a_term_is_told_until_it_is_decided(lead):
    partner = make_active(lead, ends_on=today() + 61 * DAY)
    assert [tell_what_runs_out(), tell_what_runs_out()] == [1, 0]
    assert Message.objects.filter(template="partners/term_ends", to_membership_id=partner.membership_id).count() == 1
    now = clock.now()
    with clock.telling(now + DAY):
        assert tell_what_runs_out() == 1
        commands.extend_term(viewer_of(lead), partner, ends_on=today() + 400 * DAY, agreed_on=today())
    with clock.telling(now + 40 * DAY):
        assert tell_what_runs_out() == 0


def test_nobody_is_told_of_what_runs_out_for_somebody_who_left(lead):
    make_plan_item(lead)
    partner = make_left(lead)
    Need.objects.filter(partner=partner).update(expires_on=today() + 5 * DAY)
    assert tell_what_runs_out() == 0
    assert not queries.what_runs_out(viewer_of(lead)).exists()
