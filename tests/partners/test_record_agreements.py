"""Agreements, changes of the role, terms: what counts only when both say yes."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import DatabaseError, transaction

from safety_partners.core import clock, history
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.models import Message
from safety_partners.core.policy import Refused
from safety_partners.core.seals import seal
from safety_partners.core.working_days import today
from safety_partners.partners import commands, queries
from safety_partners.partners.models import Agreement, Need, RoleChange, Term
from safety_partners.partners.tasks import let_agreed_changes_hold
from safety_partners.people.models import Role
from tests.factories.partners import make_role
from tests.factories.people import make_member, make_organisation, viewer_of
from tests.factories.records import make_active, make_agreement, make_offered, make_partner, make_plan_item, make_role_change, sign_both

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
CONFIDENTIALITY = Agreement.Kind.CONFIDENTIALITY


@pytest.fixture
def lead():
    return make_member(make_organisation(), Role.LEAD, name="Lea")


@pytest.fixture
def partner(lead):
    make_plan_item(lead, "How we work together", kind="agreement")
    make_plan_item(lead, "Confidentiality", kind="confidentiality", valid_months=24)
    return make_partner(lead, make_member(lead.organisation, Role.PARTNER, name="Zoë"))


@pytest.fixture
def me(partner):
    return viewer_of(partner.membership)


def test_both_write_both_sign_and_the_words_are_sealed(lead, partner, me):
    agreement = make_agreement(lead, partner)
    assert "Zoë" in agreement.organisation_words
    commands.write_our_words(viewer_of(lead), agreement, words="We send papers in time.", turn=agreement.turn)
    commands.write_partner_words(me, agreement, words="  I need  a week.\n", turn=agreement.turn)
    commands.offer_agreement(viewer_of(lead), agreement)
    assert "We send papers in time." in agreement.words
    assert agreement.words.endswith("  I need  a week.\n")
    commands.sign_agreement(me, agreement, name="Zoë ")
    agreement.refresh_from_db()
    assert (agreement.status, agreement.checksum) == (Agreement.Status.TO_SIGN, "")
    commands.sign_for_organisation(viewer_of(lead), agreement, name="Lea")
    agreement.refresh_from_db()
    assert agreement.status == Agreement.Status.SIGNED
    assert agreement.checksum == seal(agreement.words)
    assert agreement.signed_on == today()
    assert Need.objects.get(partner=partner, kind="agreement").status == Need.Status.DONE
    assert {row.party: row.name for row in agreement.signatures.all()} == {"partner": "Zoë", "organisation": "Lea"}
    assert list(history.verify()) == []


@pytest.mark.parametrize("field", ["words", "checksum"])
def test_the_database_keeps_what_was_signed(lead, partner, field):
    agreement = sign_both(lead, make_offered(lead, partner))
    with pytest.raises(DatabaseError), transaction.atomic():
        Agreement.objects.filter(pk=agreement.pk).update(**{field: "changed"})
    agreement.refresh_from_db()
    assert agreement.checksum == seal(agreement.words)


def test_changed_words_are_seen_by_the_check_of_history(lead, partner):
    agreement = sign_both(lead, make_offered(lead, partner))
    Agreement.objects.filter(pk=agreement.pk).delete()
    assert [fault for fault in history.verify() if "partners.agreement" in fault.where]


def test_nobody_offers_before_the_partner_wrote_or_said_nothing_to_add(lead, partner, me):
    agreement = make_agreement(lead, partner)
    with pytest.raises(NotPossible):
        commands.offer_agreement(viewer_of(lead), agreement)
    with pytest.raises(NotPossible):
        commands.write_partner_words(viewer_of(lead), agreement, words="She says so.")
    commands.write_partner_words(viewer_of(lead), agreement, words="", capture="phone", is_read_back=True)
    assert agreement.recorded_by == lead
    commands.offer_agreement(viewer_of(lead), agreement)
    assert agreement.words == agreement.organisation_words


def test_words_written_meanwhile_are_not_written_over(lead, partner, me):
    agreement = make_agreement(lead, partner)
    seen = agreement.turn
    commands.write_partner_words(me, agreement, words="A week.", turn=seen)
    with pytest.raises(Overtaken):
        commands.write_partner_words(viewer_of(lead), agreement, words="Ten days.", turn=seen, capture="letter")
    agreement.refresh_from_db()
    assert agreement.partner_words == "A week."


def test_what_is_offered_cannot_be_written_until_it_is_taken_up_again(lead, partner, me):
    agreement = make_offered(lead, partner)
    with pytest.raises(Overtaken):
        commands.write_partner_words(me, agreement, words="More.")
    commands.sign_agreement(me, agreement, name="Zoë")
    commands.reopen_agreement(me, agreement)
    assert (agreement.status, agreement.words, agreement.signatures.count()) == (Agreement.Status.DRAFT, "", 0)
    commands.write_partner_words(me, agreement, words="More.")


def test_the_confidentiality_agreement_is_the_same_for_everybody(lead, partner, me):
    agreement = make_agreement(lead, partner, kind=CONFIDENTIALITY)
    assert agreement.status == Agreement.Status.TO_SIGN
    for words in (commands.write_our_words, commands.write_partner_words):
        with pytest.raises(NotPossible):
            words(me if words is commands.write_partner_words else viewer_of(lead), agreement, words="Mine")
    sign_both(lead, agreement)
    assert agreement.renew_on == Need.objects.get(partner=partner, kind="confidentiality").expires_on
    assert agreement.renew_on.year == today().year + 2


def test_a_renewal_replaces_the_one_before_only_when_both_have_signed(lead, partner, me):
    first = sign_both(lead, make_agreement(lead, partner, kind=CONFIDENTIALITY))
    second = make_agreement(lead, partner, kind=CONFIDENTIALITY)
    first.refresh_from_db()
    assert (first.status, second.number) == (Agreement.Status.SIGNED, 2)
    with pytest.raises(Overtaken):
        make_agreement(lead, partner, kind=CONFIDENTIALITY)
    sign_both(lead, second)
    first.refresh_from_db()
    assert first.status == Agreement.Status.REPLACED
    agreed = {row.kind: row for row in queries.agreements(viewer_of(lead), partner)}[CONFIDENTIALITY]
    assert (agreed.in_force, agreed.earlier) == (second, [first])


def test_a_signature_on_paper_and_a_yes_by_phone_say_who_wrote_them_down(lead, partner):
    agreement = make_agreement(lead, partner, kind=CONFIDENTIALITY)
    given = {"name": "Zoë", "signed_on": today()}
    for wrong in (
        {"how": "typed"},
        {"how": "verbal"},
        {"how": "paper", "signed_on": today() + DAY},
        {"how": "paper", "signed_on": today() - DAY},
    ):
        with pytest.raises(NotPossible):
            commands.record_signature(viewer_of(lead), agreement, **(given | wrong))
    commands.record_signature(viewer_of(lead), agreement, how="verbal", is_read_back=True, **given)
    row = agreement.signatures.get()
    assert (row.recorded_by, row.signed_by, row.is_read_back) == (lead, partner.membership, True)
    with pytest.raises(Overtaken):
        commands.record_signature(viewer_of(lead), agreement, how="paper", **given)


def test_nobody_signs_for_both_sides(lead):
    both = make_member(lead.organisation, Role.PARTNER, Role.LEAD)
    agreement = make_agreement(lead, make_partner(lead, both), kind=CONFIDENTIALITY)
    with pytest.raises(NotPossible):
        commands.sign_for_organisation(viewer_of(both), agreement, name="Both")
    with pytest.raises(Refused):
        commands.sign_agreement(viewer_of(lead), agreement, name="Lea")


def test_letters_carry_the_words_and_emails_lead_to_them(lead, partner):
    agreement = make_agreement(lead, partner, kind=CONFIDENTIALITY)
    email = Message.objects.filter(about_code=agreement.code).latest("pk")
    assert agreement.get_absolute_url() in email.text
    assert agreement.words[:40] not in email.text
    other = make_partner(lead, make_member(lead.organisation, Role.PARTNER, told_by="letter", postal_address="1 Mill Lane"))
    posted = make_agreement(lead, other, kind=CONFIDENTIALITY)
    letter = Message.objects.filter(about_code=posted.code).latest("pk")
    assert posted.words.strip() in letter.text


# Changes of the role


def test_a_change_counts_only_when_the_partner_agrees(lead, partner, me):
    role = make_role(lead, title="Panel partner")
    change = make_role_change(lead, partner, role=role)
    partner.refresh_from_db()
    assert partner.role is None
    with pytest.raises(Overtaken):
        make_role_change(lead, partner)
    with pytest.raises(NotPossible):
        commands.answer_role_change(viewer_of(lead), change, is_agreed=True)
    commands.answer_role_change(me, change, is_agreed=True)
    partner.refresh_from_db()
    assert (partner.role, partner.responsible_to) == (role, role.responsible_to)


def test_a_no_changes_nothing(lead, partner, me):
    change = make_role_change(lead, partner, role=make_role(lead))
    commands.answer_role_change(me, change, is_agreed=False)
    partner.refresh_from_db()
    assert (partner.role, change.status) == (None, RoleChange.Status.DECLINED)
    with pytest.raises(Overtaken):
        commands.answer_role_change(me, change, is_agreed=True)


def test_an_agreed_change_holds_from_its_day(lead, partner, me):
    role = make_role(lead)
    change = make_role_change(lead, partner, role=role, from_on=today() + 10 * DAY)
    commands.answer_role_change(viewer_of(lead), change, is_agreed=True, capture="meeting", is_read_back=True)
    assert let_agreed_changes_hold() == 0
    with clock.telling(clock.now() + 10 * DAY):
        assert let_agreed_changes_hold() == 1
        partner.refresh_from_db()
        assert partner.role == role
        assert let_agreed_changes_hold() == 0


def test_a_proposal_can_be_taken_back_and_begins_in_the_future(lead, partner, me):
    with pytest.raises(NotPossible):
        make_role_change(lead, partner, from_on=today() - DAY)
    with pytest.raises(NotPossible):
        make_role_change(lead, partner, role=make_role(make_member(make_organisation(), Role.LEAD)))
    change = make_role_change(lead, partner)
    commands.take_back_role_change(viewer_of(lead), change)
    with pytest.raises(Overtaken):
        commands.answer_role_change(me, change, is_agreed=True)


# Terms


def test_an_extension_is_another_term_to_which_the_partner_said_yes(lead, partner):
    first = partner.terms.get()
    ends = first.ends_on + 365 * DAY
    for wrong in ({"ends_on": first.ends_on}, {"agreed_on": today() + DAY}):
        with pytest.raises(NotPossible):
            commands.extend_term(viewer_of(lead), partner, **({"ends_on": ends, "agreed_on": today()} | wrong))
    second = commands.extend_term(viewer_of(lead), partner, ends_on=ends, agreed_on=today())
    first.refresh_from_db()
    assert (first.decision, first.decided_by, second.number, second.starts_on) == (Term.Decision.EXTEND, lead, 2, first.ends_on)
    assert Message.objects.filter(template="partners/term_extended", to_membership_id=partner.membership_id).exists()
    assert queries.current_term(partner) == second


def test_a_term_ends_as_agreed_and_may_be_opened_again(lead):
    with pytest.raises(NotPossible, match="early"):
        commands.let_term_end(viewer_of(lead), make_active(lead))
    partner = make_active(lead, ends_on=today() + 60 * DAY)
    leaving = commands.let_term_end(viewer_of(lead), partner)
    term = partner.terms.get()
    assert (term.decision, leaving.last_day) == (Term.Decision.END, term.ends_on)
    with pytest.raises(NotPossible):
        commands.extend_term(viewer_of(lead), partner, ends_on=term.ends_on + DAY, agreed_on=today())
    with pytest.raises(NotPossible):
        commands.stay(viewer_of(partner.membership), leaving)
    commands.stay(viewer_of(lead), leaving)
    term.refresh_from_db()
    partner.refresh_from_db()
    assert (term.decision, partner.status) == ("", "active")
