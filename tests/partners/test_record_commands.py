"""A partner's record: welcome, needs, standing, start, break, support."""

from __future__ import annotations

import datetime as dt

import pytest

from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.models import Event, Message
from safety_partners.core.names import fold
from safety_partners.core.policy import Refused
from safety_partners.core.working_days import today
from safety_partners.partners import commands, queries
from safety_partners.partners.commands.needing import finish_need_of
from safety_partners.partners.models import Need, NeedKind, Partner, Term
from safety_partners.partners.queries.register import who_stands
from safety_partners.people.models import Role
from tests.factories.people import make_member, make_organisation, viewer_of
from tests.factories.records import finish_everything, make_active, make_partner, make_plan_item

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def lead():
    return make_member(make_organisation(), Role.LEAD)


@pytest.fixture
def staff(lead):
    return make_member(lead.organisation, Role.STAFF)


def test_welcome_gives_a_term_and_one_need_for_each_item_of_the_plan(lead, staff):
    make_plan_item(lead, "Essentials", owner_kind="partner", due_in_days=10)
    make_plan_item(lead, "A walk round", kind="induction", owner_kind="contact", is_required=False)
    closed = make_plan_item(lead, "Old course")
    commands.close_plan_item(viewer_of(lead), closed)
    partner = make_partner(lead, contact=staff, appointed_on=today() - DAY)
    needs = {need.title: need for need in Need.objects.filter(partner=partner)}
    assert set(needs) == {"Essentials", "A walk round"}
    assert needs["Essentials"].owner == partner.membership
    assert needs["Essentials"].due_on == today() + 9 * DAY
    assert needs["A walk round"].owner == staff
    assert not needs["A walk round"].is_required
    term = partner.terms.get()
    assert (term.number, term.starts_on, term.decision) == (1, today() - DAY, "")
    assert partner.status == Partner.Status.JOINING


def test_welcome_without_a_plan_takes_the_starting_plan(lead):
    partner = make_partner(lead)
    assert Need.objects.filter(partner=partner, kind=NeedKind.CONFIDENTIALITY).exists()
    assert not queries.standing(partner).is_clear


def test_welcome_is_told_as_the_person_wishes(lead):
    member = make_member(lead.organisation, Role.PARTNER, told_by="letter", postal_address="1 Mill Lane")
    partner = make_partner(lead, member)
    message = Message.objects.get(about_code=partner.code)
    assert (message.channel, message.to_membership_id) == ("letter", member.pk)
    assert "[" not in message.text


@pytest.mark.parametrize("wrong", ["staff", "foreign", "twice", "ended"])
def test_welcome_is_for_partners_of_this_organisation_once(lead, staff, wrong):
    member = {
        "staff": lambda: staff,
        "foreign": lambda: make_member(make_organisation(), Role.PARTNER),
        "twice": lambda: make_partner(lead).membership,
        "ended": lambda: make_member(lead.organisation, Role.PARTNER, ended_on=today()),
    }[wrong]()
    before = Partner.objects.count()
    with pytest.raises(NotPossible):
        make_partner(lead, member)
    assert Partner.objects.count() == before


def test_welcome_is_for_the_lead(staff):
    with pytest.raises(Refused):
        make_partner(staff)


def test_contact_and_deputy_are_two_people_who_work_here(lead, staff):
    with pytest.raises(NotPossible):
        make_partner(lead, contact=staff, deputy=staff)
    with pytest.raises(NotPossible):
        make_partner(lead, contact=make_member(make_organisation(), Role.STAFF))
    make_plan_item(lead, "Contact", kind="contact")
    partner = make_partner(lead, contact=staff, deputy=lead)
    assert Need.objects.get(partner=partner).status == Need.Status.DONE


def test_naming_support_meets_the_need_moves_what_waits_and_tells_the_partner(lead, staff):
    make_plan_item(lead, "Contact", kind="contact", owner_kind="lead")
    make_plan_item(lead, "A walk round", kind="induction", owner_kind="contact")
    partner = make_partner(lead)
    assert Need.objects.get(partner=partner, kind="induction").owner is None
    commands.name_support(viewer_of(lead), partner, contact=staff, deputy=lead)
    assert Need.objects.get(partner=partner, kind="contact").status == Need.Status.DONE
    assert Need.objects.get(partner=partner, kind="induction").owner == staff
    message = Message.objects.filter(to_membership_id=partner.membership_id).latest("pk")
    assert staff.name in message.text
    with pytest.raises(NotPossible):
        commands.name_support(viewer_of(lead), partner, contact=staff, deputy=lead, buddy=partner)


def test_starting_needs_everything_that_is_required(lead):
    make_plan_item(lead, "Essentials")
    make_plan_item(lead, "Nice to know", is_required=False)
    partner = make_partner(lead)
    with pytest.raises(NotPossible, match="Essentials"):
        commands.start_partner(viewer_of(lead), partner)
    need = Need.objects.get(partner=partner, title="Essentials")
    commands.finish_need(viewer_of(lead), need, done_on=today())
    commands.start_partner(viewer_of(lead), partner)
    partner.refresh_from_db()
    assert (partner.status, partner.started_on) == (Partner.Status.ACTIVE, today())


def test_what_has_run_out_stops_a_start(lead):
    make_plan_item(lead, "Essentials", valid_months=1)
    partner = make_partner(lead)
    commands.finish_need(viewer_of(lead), Need.objects.get(partner=partner), done_on=today() - 60 * DAY)
    assert [need.title for need in queries.standing(partner).missing] == ["Essentials"]
    with pytest.raises(NotPossible):
        commands.start_partner(viewer_of(lead), partner)


def test_standing_tells_what_runs_out_within_90_days(lead):
    make_plan_item(lead, "Soon")
    make_plan_item(lead, "Later")
    make_plan_item(lead, "Open", is_required=False)
    partner = make_partner(lead, ends_on=today() + 400 * DAY)
    for title, days in (("Soon", 90), ("Later", 91)):
        need = Need.objects.get(partner=partner, title=title)
        commands.finish_need(viewer_of(lead), need, done_on=today(), expires_on=today() + days * DAY)
    found = queries.standing(partner)
    assert found.is_clear
    assert [need.title for need in found.running_out] == ["Soon"]
    assert found.term is None
    assert queries.standing(partner, today() + DAY).in_a_word == "running out"
    assert [need.title for need in queries.standing(partner, today() + 90 * DAY).missing] == ["Soon"]
    assert queries.standing(partner, today() + 320 * DAY).term is not None


def test_the_register_and_standing_say_the_same(lead):
    make_plan_item(lead, "Essentials")
    partners = [make_partner(lead, ends_on=today() + days * DAY) for days in (400, 400, 400, 80)]
    commands.finish_need(viewer_of(lead), Need.objects.get(partner=partners[1]), done_on=today())
    commands.finish_need(viewer_of(lead), Need.objects.get(partner=partners[2]), done_on=today(), expires_on=today() + 5 * DAY)
    commands.finish_need(viewer_of(lead), Need.objects.get(partner=partners[3]), done_on=today())
    rows = {row.pk: row.stands for row in queries.register(viewer_of(lead)).annotate(**queries.standing_columns())}
    assert rows == {partner.pk: queries.standing(partner).in_a_word for partner in partners}
    assert list(rows.values()).count("missing") == 1
    assert sorted(rows.values()) == ["clear", "missing", "running out", "running out"]
    for stands in set(rows.values()):
        found = who_stands(queries.register(viewer_of(lead)), stands)
        assert {row.pk for row in found} == {pk for pk, said in rows.items() if said == stands}


def test_a_break_needs_no_reason_and_keeps_none(lead, staff):
    partner = make_active(lead, contact=staff)
    commands.pause(viewer_of(partner.membership), partner, back_on=today() + 30 * DAY)
    event = Event.objects.latest("pk")
    assert event.details == {"capture": None, "is_read_back": None}
    assert Message.objects.filter(to_membership_id=staff.pk, template="partners/paused").exists()
    commands.resume(viewer_of(partner.membership), partner)
    partner.refresh_from_db()
    assert (partner.status, partner.back_on) == (Partner.Status.ACTIVE, None)


def test_a_break_by_phone_is_read_back_and_says_who_wrote_it_down(lead):
    partner = make_active(lead)
    for given in ({}, {"capture": "phone"}, {"capture": "nonsense", "is_read_back": True}):
        with pytest.raises(NotPossible):
            commands.pause(viewer_of(lead), partner, **given)
    commands.pause(viewer_of(lead), partner, capture="phone", is_read_back=True)
    event = Event.objects.latest("pk")
    assert (event.by_membership_id, event.details) == (lead.pk, {"capture": "phone", "is_read_back": True})
    line = queries.story(viewer_of(lead), partner)[0]
    assert "read back" in line.text
    with pytest.raises(NotPossible):
        commands.resume(viewer_of(lead), partner)
    commands.resume(viewer_of(lead), partner, capture="letter")


def test_nobody_else_takes_somebodys_break(lead, staff):
    partner = make_active(lead)
    for other in (staff, make_member(lead.organisation, Role.PARTNER), make_member(make_organisation(), Role.LEAD)):
        with pytest.raises(Refused):
            commands.pause(viewer_of(other), partner, capture="phone", is_read_back=True)


def test_correcting_how_somebody_is_called_keeps_the_search_key(lead):
    partner = make_partner(lead)
    commands.correct_partner(viewer_of(partner.membership), partner, known_as="Zoë  Ní", pronouns="she", connection="carer")
    partner.refresh_from_db()
    assert (partner.known_as, partner.name_key) == ("Zoë Ní", f"zoe ni {fold(partner.membership.name)}")
    assert list(queries.search_partners(Partner.objects.all(), "ZOE")) == [partner]


def test_a_need_of_its_own_has_a_reason(lead, staff):
    partner = make_partner(lead, contact=staff)
    with pytest.raises(NotPossible):
        commands.add_need(viewer_of(staff), partner, kind="training", title="Chairing", why=" ")
    need = commands.add_need(
        viewer_of(staff), partner, kind="training", title="Chairing", why="You chair a panel.", owner=partner.membership
    )
    commands.give_need(viewer_of(lead), need, owner=staff, due_on=today())
    with pytest.raises(NotPossible):
        commands.give_need(viewer_of(lead), need, owner=make_member(make_organisation(), Role.STAFF), due_on=None)
    commands.set_need_aside(viewer_of(lead), need, because="She has chaired for years.")
    assert not queries.standing(partner).missing or need not in queries.standing(partner).missing
    commands.ask_need_again(viewer_of(lead), need, due_on=today())
    commands.finish_need(viewer_of(lead), need, done_on=today(), evidence="Seen")
    need.refresh_from_db()
    assert (need.status, need.set_aside_because, need.evidence) == ("done", "", "Seen")


@pytest.mark.parametrize("given", [{"done_on": today() + DAY}, {"done_on": today(), "expires_on": today()}])
def test_a_need_is_done_on_a_day_that_was(lead, given):
    make_plan_item(lead)
    need = Need.objects.get(partner=make_partner(lead))
    with pytest.raises(NotPossible):
        commands.finish_need(viewer_of(lead), need, **given)


def test_what_has_a_record_of_its_own_is_not_ticked_off_by_hand(lead):
    make_plan_item(lead, "Agreement", kind="agreement")
    need = Need.objects.get(partner=make_partner(lead))
    with pytest.raises(NotPossible):
        commands.finish_need(viewer_of(lead), need, done_on=today())


def test_finish_need_of_meets_every_need_of_the_kind_with_its_own_end(lead):
    make_plan_item(lead, "Interests", kind="interests", valid_months=12)
    partner = make_partner(lead)
    ends = finish_need_of(partner, NeedKind.INTERESTS, done_on=dt.date(2026, 1, 31))
    assert ends == dt.date(2027, 1, 31)
    assert finish_need_of(partner, NeedKind.INTERESTS, done_on=dt.date(2026, 2, 28), months=1) == dt.date(2026, 3, 28)
    assert finish_need_of(partner, NeedKind.CONFIDENTIALITY, done_on=today(), months=1) is not None
    assert not Need.objects.get(partner=partner, kind="confidentiality").is_required
    with pytest.raises(ValueError, match="one by one"):
        finish_need_of(partner, NeedKind.TRAINING, done_on=today())


def test_two_people_who_start_somebody_meet(lead):
    make_plan_item(lead)
    partner = finish_everything(make_partner(lead), lead)
    other = Partner.objects.get(pk=partner.pk)
    commands.start_partner(viewer_of(lead), partner)
    with pytest.raises(Overtaken):
        commands.start_partner(viewer_of(lead), other)


def test_a_term_must_end_after_it_began(lead):
    with pytest.raises(NotPossible):
        make_partner(lead, starts_on=today(), ends_on=today())
    assert not Term.objects.exists()
