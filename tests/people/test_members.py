"""Members: added without sign-in, corrected, given and taken roles, ended; the last administrator stays."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from safety_partners.core import clock
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.models import Event, Message
from safety_partners.core.policy import Refused
from safety_partners.people import commands
from safety_partners.people.models import Grant, Membership, Role
from tests.factories.people import make_member, make_user, viewer_of
from tests.people.conftest import ask_for_code, give_second_factor, is_signed_in, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return make_member(None, Role.ADMINISTRATOR, name="Nadia")


@pytest.fixture
def lead(admin):
    return make_member(admin.organisation, Role.LEAD, name="Grace")


@pytest.fixture
def partner(admin):
    return make_member(admin.organisation, Role.PARTNER, name="Tom")


def details_of(member: Membership, **changes) -> dict[str, str]:
    names = ("told_by", "postal_address", "phone", "job_title")
    return {"name": member.name, "email": member.user.email, **{name: getattr(member, name) for name in names}, **changes}


def roles_of(member: Membership) -> set[str]:
    return set(Grant.objects.filter(membership=member).values_list("role", flat=True))


# Without sign-in


def test_somebody_without_email_is_a_member_who_never_signs_in(client, lead):
    tom = commands.add_member(
        viewer_of(lead), name="  Tom  Fairweather ", roles=["partner"], told_by="letter", postal_address="4 Mill Cottages"
    )
    assert (tom.name, tom.user.email, tom.user.username) == ("Tom Fairweather", "", "tom.fairweather")
    assert tom.address_for("letter") == "4 Mill Cottages"
    ask_for_code(client, "tom.fairweather")
    client.post(reverse("people:sign-in-with-password"), {"typed": "tom.fairweather", "password": ""})
    assert not is_signed_in(client)
    assert not client.session.get("account_login", {}).get("user_pk")


@pytest.mark.parametrize(("told_by", "field"), [("letter", "postal_address"), ("phone", "phone"), ("email", "email")])
def test_how_somebody_is_told_must_lead_somewhere(lead, told_by, field):
    with pytest.raises(NotPossible) as trouble:
        commands.add_member(viewer_of(lead), name="Tom", roles=["partner"], told_by=told_by)
    assert trouble.value.field == field


@pytest.mark.parametrize("told_by", ["letter", "phone"])
def test_the_database_itself_refuses_a_way_that_leads_nowhere(admin, told_by):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_member(admin.organisation, Role.PARTNER, told_by=told_by)


def test_the_lead_adds_partners_only_and_nobody_is_added_without_a_role(admin, lead):
    given = {"name": "Tom", "told_by": "phone", "phone": "01632 960 233"}
    with pytest.raises(Refused):
        commands.add_member(viewer_of(lead), roles=["staff"], **given)
    with pytest.raises(NotPossible):
        commands.add_member(viewer_of(admin), roles=[], **given)
    assert roles_of(commands.add_member(viewer_of(admin), roles=["staff", "board"], **given)) == {"staff", "board"}


def test_adding_from_the_page_once(client, lead):
    sign_in(client, lead)
    given = {"name": "Tom", "roles": ["partner"], "told_by": "phone", "phone": "01632 960 233", "language": "en-gb"}
    given["submission_key"] = "7e0c6e8e-8f5b-4f0f-8f5d-0d6a6f9a1a11"
    addresses = {client.post(reverse("people:add-member"), given).url for _number in range(2)}
    assert len(addresses) == 1
    assert "01632 960 233" in client.get(addresses.pop()).content.decode()
    assert client.post(reverse("people:add-member"), {**given, "told_by": "letter"}).status_code == 422
    assert client.post(reverse("people:add-member"), {**given, "told_by": "email"}).status_code == 422


# Corrections


def test_correcting_details(client, admin, partner):
    sign_in(client, admin)
    page = reverse("people:correct-member", args=[partner.code])
    given = details_of(partner, name="Tom F.", phone="01632 960 233")
    assert client.post(page, given).url == partner.get_absolute_url()
    answer = client.post(page, details_of(partner, told_by="letter", phone="01632 960 234"))
    assert answer.status_code == 422
    assert "Enter the address that letters go to" in answer.content.decode()
    assert "01632 960 234" in answer.content.decode()
    partner = Membership.objects.get(pk=partner.pk)
    assert (partner.name, partner.phone) == ("Tom F.", "01632 960 233")
    event = Event.objects.get(verb="people.correct_member")
    assert event.details == {}


def test_both_addresses_are_told_when_one_is_changed_and_the_person_is_signed_out(client, new_browser, lead, partner):
    sign_in(client, partner)
    old = partner.user.email
    commands.correct_member(viewer_of(lead), partner, **details_of(partner, email="New@Example.org"))
    assert set(Message.objects.filter(template="people/address_changed").values_list("to_address", flat=True)) == {old, "new@example.org"}
    assert client.get(reverse("people:account")).status_code == 302
    sign_in(new_browser(), Membership.objects.get(pk=partner.pk))


@pytest.mark.parametrize("name", ["Pay at http://evil.example", "See WWW.evil.example", "ftp://a"])
def test_a_name_holds_no_address_of_a_website(lead, name):
    with pytest.raises(NotPossible, match="address of a website"):
        commands.add_member(viewer_of(lead), name=name, roles=["partner"], told_by="letter", postal_address="4 Mill Cottages")


@pytest.mark.parametrize("name", ["J. R. Smith", "Siân O’Neill", "Awwww", "王小明", "Mary St. John-Brown"])
def test_ordinary_names_are_kept(lead, name):
    made = commands.add_member(viewer_of(lead), name=name, roles=["partner"], told_by="letter", postal_address="4 Mill Cottages")
    assert made.name == name


def test_adding_an_address_lets_somebody_sign_in(client, lead):
    tom = commands.add_member(viewer_of(lead), name="Tom", roles=["partner"], told_by="letter", postal_address="4 Mill Cottages")
    commands.correct_member(viewer_of(lead), tom, **details_of(tom, email="tom@example.org", told_by="email"))
    sign_in(client, Membership.objects.get(pk=tom.pk))


def test_nobody_here_changes_the_name_or_address_of_somebody_who_is_elsewhere_too(admin, partner):
    make_member(None, Role.STAFF, user=partner.user)
    for change in ({"email": "thief@example.org"}, {"name": "Another"}):
        with pytest.raises(NotPossible, match="another organisation too"):
            commands.correct_member(viewer_of(admin), partner, **details_of(partner, **change))
    commands.correct_member(viewer_of(admin), partner, **details_of(partner, job_title="Partner"))


def test_the_lead_corrects_partners_and_nobody_else(lead, partner):
    commands.correct_member(viewer_of(lead), partner, **details_of(partner, phone="01632 960 233"))
    both = make_member(lead.organisation, Role.PARTNER, Role.STAFF)
    for other in (both, make_member(lead.organisation, Role.STAFF), make_member(None, Role.PARTNER)):
        with pytest.raises(Refused):
            commands.correct_member(viewer_of(lead), other, **details_of(other))


# Roles


def test_roles_are_given_and_taken_with_who_and_when(client, admin, partner):
    sign_in(client, admin)
    page = reverse("people:member-roles", args=[partner.code])
    assert client.post(page, {"role": "board"}).url == page
    assert roles_of(partner) == {"partner", "board"}
    assert Grant.objects.get(membership=partner, role="board").granted_by == admin
    assert client.post(page, {"take": "partner"}).url == page
    assert roles_of(partner) == {"board"}
    answer = client.post(page, {"take": "board"})
    assert answer.status_code == 409
    assert "This is their only role" in answer.content.decode()
    assert client.post(page, {"role": "king"}).status_code == 422
    assert client.post(page, {}).status_code == 200
    seen = client.get(partner.get_absolute_url()).content.decode()
    assert "Given the role “Board reader”" in seen
    assert "No longer has the role “Patient Safety Partner”" in seen
    assert list(Event.objects.filter(verb__endswith="_role").values_list("details", flat=True)) == [{"role": "board"}, {"role": "partner"}]


def test_a_role_counts_from_the_next_page_on(client, admin, partner):
    sign_in(client, partner)
    assert client.get(reverse("people:members")).status_code == 403
    commands.grant_role(viewer_of(admin), partner, role=Role.LEAD)
    assert client.get(reverse("people:members")).status_code == 200
    commands.take_role(viewer_of(admin), partner, role=Role.LEAD)
    assert client.get(reverse("people:members")).status_code == 403


def test_a_role_given_or_taken_by_somebody_else_first_is_told(admin, partner):
    with pytest.raises(Overtaken):
        commands.grant_role(viewer_of(admin), partner, role=Role.PARTNER)
    with pytest.raises(Overtaken):
        commands.take_role(viewer_of(admin), partner, role=Role.LEAD)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_only_administrators_give_and_take_roles(admin, role):
    other = make_member(admin.organisation, role)
    for command in (commands.grant_role, commands.take_role):
        with pytest.raises(Refused):
            command(viewer_of(other), other, role=Role.ADMINISTRATOR)


def test_the_last_administrator_stays_administrator_and_member(admin):
    commands.grant_role(viewer_of(admin), admin, role=Role.LEAD)
    with pytest.raises(NotPossible, match="needs an administrator"):
        commands.take_role(viewer_of(admin), admin, role=Role.ADMINISTRATOR)
    with pytest.raises(NotPossible, match="needs an administrator"):
        commands.end_membership(viewer_of(admin), admin)
    former = make_member(admin.organisation, Role.ADMINISTRATOR, ended_on=dt.date(2026, 1, 1))
    make_member(None, Role.ADMINISTRATOR)
    with pytest.raises(NotPossible):
        commands.take_role(viewer_of(admin), admin, role=Role.ADMINISTRATOR)
    commands.restore_membership(viewer_of(admin), former)
    commands.take_role(viewer_of(admin), admin, role=Role.ADMINISTRATOR)
    assert roles_of(admin) == {"lead"}


# The end


def test_ending_and_restoring_a_membership(client, admin, partner):
    sign_in(client, admin)
    page = reverse("people:end-membership", args=[partner.code])
    tomorrow = clock.today() + dt.timedelta(days=1)
    late = {"ended_on_day": tomorrow.day, "ended_on_month": tomorrow.month, "ended_on_year": tomorrow.year}
    assert client.post(page, late).status_code == 422
    given = {"ended_on_day": "1", "ended_on_month": "3", "ended_on_year": "2024"}
    assert client.post(page, given).url == partner.get_absolute_url()
    partner.refresh_from_db()
    assert partner.ended_on == dt.date(2024, 3, 1)
    answer = client.post(page, given)
    assert answer.status_code == 422
    assert "has ended already" in answer.content.decode()
    assert "Make a member again" in client.get(partner.get_absolute_url()).content.decode()
    with pytest.raises(NotPossible):
        commands.grant_role(viewer_of(admin), partner, role=Role.LEAD)
    client.post(reverse("people:restore-membership", args=[partner.code]))
    partner.refresh_from_db()
    assert partner.ended_on is None
    assert client.post(reverse("people:restore-membership", args=[partner.code])).status_code == 409


def test_ending_signs_out_everywhere_but_another_organisation_stays_open(client, admin, partner):
    elsewhere = make_member(None, Role.STAFF, user=partner.user)
    sign_in(client, partner)
    commands.end_membership(viewer_of(admin), partner)
    assert client.get(reverse("people:account")).status_code == 302
    sign_in(client, elsewhere)
    assert elsewhere.organisation.name in client.get(reverse("people:account")).content.decode()


def test_one_may_leave_by_oneself_when_another_administrator_stays(client, admin):
    leaving = make_member(admin.organisation, Role.ADMINISTRATOR)
    sign_in(client, leaving)
    given = {"ended_on_day": "1", "ended_on_month": "3", "ended_on_year": "2024"}
    assert client.post(reverse("people:end-membership", args=[leaving.code]), given).url == reverse("account_login")
    assert client.get(reverse("people:account")).status_code == 302


# A lost phone


def test_an_administrator_helps_somebody_who_lost_their_second_factor(client, new_browser, admin, partner):
    give_second_factor(partner.user)
    sign_in(client, admin)
    assert "Take away the second factor" in client.get(partner.get_absolute_url()).content.decode()
    page = reverse("people:take-away-second-factor", args=[partner.code])
    assert client.get(page).status_code == 200
    assert client.post(page).url == partner.get_absolute_url()
    assert Message.objects.get(template="people/security_changed").to_address == partner.user.email
    sign_in(new_browser(), partner)
    assert client.post(page).status_code == 409


def test_nobody_here_takes_it_from_somebody_who_is_elsewhere_too(admin, lead, partner):
    give_second_factor(partner.user)
    with pytest.raises(Refused):
        commands.take_away_second_factor(viewer_of(lead), partner)
    make_member(None, Role.STAFF, user=partner.user)
    with pytest.raises(NotPossible):
        commands.take_away_second_factor(viewer_of(admin), partner)


# The list


def test_the_list_is_by_name_and_can_be_searched_and_narrowed(client, admin, lead, partner):
    make_member(admin.organisation, Role.STAFF, name="Ünal", job_title="Nurse", ended_on=timezone.localdate())
    make_member(None, Role.STAFF, name="Stranger")
    sign_in(client, lead)

    def names(query=""):
        page = client.get(reverse("people:members") + query).content.decode()
        return [name for name in ("Grace", "Nadia", "Tom", "Ünal", "Stranger") if f">{name}\n" in page or f">{name}<" in page], page

    shown, page = names()
    assert shown == ["Grace", "Nadia", "Tom", "Ünal"]
    main = page[page.index("<main") :]
    assert main.index("Grace") < main.index("Nadia") < main.index("Tom") < main.index("Ünal")
    assert names("?q=nurse")[0][-1] == "Ünal"
    assert "Tom" not in names("?q=nurse")[1]
    assert "Ünal" not in names("?role=partner")[1]
    assert "Ünal" not in names("?state=current")[1]
    assert "Nadia</a>" not in names("?state=ended")[1]


def test_the_address_of_the_next_page_holds_no_name(client, lead):
    for number in range(101):
        make_member(lead.organisation, Role.PARTNER, user=make_user(f"Anna {number}"))
    sign_in(client, lead)
    page = client.get(reverse("people:members")).content.decode()
    assert "after=" in page
    assert client.get(reverse("people:members")).status_code == 200
