"""Invitations: sent, opened by scanners, accepted once, run out, withdrawn; new people and those who were here before."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse

from safety_partners.core import outbox
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.models import Event, Message
from safety_partners.core.policy import Refused
from safety_partners.core.viewer import NOBODY
from safety_partners.people import commands, tasks
from safety_partners.people.models import Grant, Invitation, Membership, Role, User
from tests.factories.people import make_member, make_organisation, make_user, viewer_of
from tests.people.conftest import ask_for_code, code_in_last_mail, give_second_factor, is_signed_in, sign_in, type_code

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return make_member(None, Role.ADMINISTRATOR)


def link_in_message(invitation: Invitation) -> str:
    text = Message.objects.filter(about_code=invitation.code).latest("id").text
    return re.search(r"/join/[\w-]+/", text).group(0)


def secret_of(invitation: Invitation) -> str:
    return link_in_message(invitation).split("/")[2]


def organisation_now(client) -> str:
    page = client.get(reverse("people:account")).content.decode()
    return re.search(r"<li>([^<]+) \(you are here now\)</li>", page).group(1)


def invite(member: Membership, name: str = "Anjali", email: str = "anjali@example.org", roles=(Role.PARTNER,)) -> Invitation:
    return commands.invite(viewer_of(member), name=name, email=email, roles=list(roles))


def accept(client, invitation, **given):
    given = {"name": invitation.name, "told_by": "email", "language": "en-gb", **given}
    return client.post(link_in_message(invitation), given)


def test_an_invitation_is_a_message_and_only_a_hash_of_its_secret_is_kept(admin):
    invitation = invite(admin, name="Siân O’Neill & Sons", email="Sian@Example.org")
    message = Message.objects.get(about_code=invitation.code)
    assert message.to_address == "sian@example.org"
    assert message.subject == f"You are invited to join {admin.organisation.name}"
    assert "Dear Siân O’Neill & Sons," in message.text
    secret = secret_of(invitation)
    assert len(secret) >= 43
    assert secret not in str(Invitation.objects.values())
    assert secret not in str(list(Event.objects.values()))
    outbox.deliver()
    message.refresh_from_db()
    assert message.status == Message.Status.SENT


def test_a_scanner_opens_the_link_and_the_person_can_still_accept(client, new_browser, admin, tmp_path):
    invitation = invite(admin, roles=[Role.PARTNER, Role.BOARD])
    scanner = new_browser()
    call_command("dumpdata", output=str(tmp_path / "before"), verbosity=0)
    for _number in range(3):
        assert scanner.get(link_in_message(invitation)).status_code == 200
        assert scanner.head(link_in_message(invitation)).status_code == 200
    call_command("dumpdata", output=str(tmp_path / "after"), verbosity=0)
    assert (tmp_path / "before").read_text() == (tmp_path / "after").read_text()
    page = client.get(link_in_message(invitation)).content.decode()
    assert f"You are invited to join {admin.organisation.name}" in page
    assert "Patient Safety Partner and Board reader" in page
    assert accept(client, invitation, name="Anjali Mistry").url == reverse("home:home")
    person = User.objects.get(name="Anjali Mistry")
    assert is_signed_in(client, person)
    assert not person.has_usable_password()
    member = Membership.objects.get(user=person)
    assert {grant.role for grant in member.grants.all()} == {"partner", "board"}
    assert {grant.granted_by_id for grant in member.grants.all()} == {admin.pk}
    assert Event.objects.get(verb="people.accept_invitation").organisation_id == admin.organisation_id


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"told_by": "letter", "postal_address": ""}, "Enter the postal address"),
        ({"told_by": "phone", "phone": ""}, "Enter the phone number"),
        ({"told_by": "pigeon"}, "Select how to be told things from the list"),
        ({"name": " "}, "Enter your name"),
        ({"name": "x" * 201}, "200 characters or fewer"),
    ],
)
def test_what_is_missing_is_told_and_nothing_is_lost(client, admin, given, problem):
    invitation = invite(admin)
    answer = accept(client, invitation, **given)
    assert answer.status_code == 422
    assert problem in answer.content.decode()
    assert not Membership.objects.exclude(pk=admin.pk).exists()
    assert accept(client, invitation, told_by="letter", postal_address="4 Mill Cottages\nXX1 4ZZ").status_code == 302
    assert Membership.objects.get(user__name="Anjali").address_for("letter") == "4 Mill Cottages\nXX1 4ZZ"


def test_it_is_accepted_once(client, new_browser, admin):
    invitation = invite(admin)
    accept(client, invitation)
    other = new_browser()
    answer = accept(other, invitation)
    assert answer.status_code == 410
    assert "It was accepted on" in answer.content.decode()
    assert not is_signed_in(other)
    assert Membership.objects.count() == 2


def test_a_link_that_cannot_be_used_says_so_kindly(client, admin):
    run_out, withdrawn, replaced = (invite(admin, email=f"{name}@example.org") for name in "abc")
    old_link = link_in_message(replaced)
    commands.withdraw_invitation(viewer_of(admin), withdrawn)
    commands.resend_invitation(viewer_of(admin), replaced)
    Invitation.objects.filter(pk=run_out.pk).update(expires_at=dt.datetime(2026, 1, 5, 12, tzinfo=dt.UTC))
    links = [
        (link_in_message(run_out), "It could be used until 5 January 2026. Ask"),
        (link_in_message(withdrawn), "has withdrawn it"),
        (old_link, "Perhaps a newer one was sent"),
        ("/join/nonsense/", "Perhaps a newer one was sent"),
    ]
    for link, words in links:
        for answer in (client.get(link), client.post(link, {"name": "A", "told_by": "email", "language": "en-gb"})):
            assert answer.status_code == 410
            assert words in answer.content.decode()
    assert client.get(link_in_message(replaced)).status_code == 200
    assert Membership.objects.count() == 1


def test_sending_again_gives_a_new_last_day(admin):
    with time_machine.travel(dt.datetime(2026, 3, 3, 10, tzinfo=dt.UTC), tick=False) as moment:
        invitation = invite(admin)
        moment.shift(dt.timedelta(days=31))
        assert invitation.has_run_out
        commands.resend_invitation(viewer_of(admin), invitation)
        assert not invitation.has_run_out
    assert Message.objects.filter(about_code=invitation.code).count() == 2


def test_what_was_answered_can_neither_be_sent_again_nor_withdrawn(admin):
    invitation = invite(admin)
    commands.accept_invitation(NOBODY, invitation, secret=secret_of(invitation))
    for command in (commands.resend_invitation, commands.withdraw_invitation):
        with pytest.raises(Overtaken):
            command(viewer_of(admin), invitation)


def test_nobody_accepts_without_the_secret(admin):
    invitation = invite(admin)
    with pytest.raises(Refused):
        commands.accept_invitation(NOBODY, invitation, secret="x")


# Who may invite whom


def test_the_lead_invites_partners_and_nobody_else():
    lead = make_member(None, Role.LEAD)
    assert invite(lead).roles == ["partner"]
    for role in set(Role) - {Role.PARTNER}:
        with pytest.raises(Refused):
            invite(lead, name="Else", email="else@example.org", roles=[role])
        with pytest.raises(Refused):
            invite(lead, name="Else", email="else@example.org", roles=[Role.PARTNER, role])


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.LEAD, Role.ADMINISTRATOR}])
def test_others_invite_nobody(client, role):
    member = make_member(None, role)
    with pytest.raises(Refused):
        invite(member)
    client.force_login(member.user)
    assert client.get(reverse("people:invite")).status_code == 403


def test_the_lead_does_not_touch_an_administrators_invitation_of_a_colleague(admin):
    lead = make_member(admin.organisation, Role.LEAD)
    invitation = invite(admin, roles=[Role.FINANCE])
    for command in (commands.resend_invitation, commands.withdraw_invitation):
        with pytest.raises(Refused):
            command(viewer_of(lead), invitation)


def test_inviting_from_the_page(client):
    lead = make_member(None, Role.LEAD)
    sign_in(client, lead)
    page = client.get(reverse("people:invite")).content.decode()
    assert "Organisation administrator" not in page
    key = re.search(r'name="submission_key" value="([\w-]+)"', page).group(1)
    given = {"name": "Ana", "email": "ana@example.org", "roles": ["partner"], "submission_key": key}
    for _number in range(2):
        assert client.post(reverse("people:invite"), given).url == reverse("people:invitations")
    assert Invitation.objects.count() == 1
    assert "Ana" in client.get(reverse("people:invitations")).content.decode()
    forged = {**given, "roles": ["administrator"], "email": "eve@example.org", "submission_key": ""}
    assert client.post(reverse("people:invite"), forged).status_code == 422
    one = Invitation.objects.get()
    client.post(reverse("people:resend-invitation", args=[one.code]))
    client.post(reverse("people:withdraw-invitation", args=[one.code]))
    one.refresh_from_db()
    assert one.status == Invitation.Status.WITHDRAWN
    assert client.post(reverse("people:withdraw-invitation", args=[one.code])).status_code == 409


def test_nobody_is_invited_twice_or_when_they_are_a_member(admin):
    invite(admin)
    with pytest.raises(NotPossible, match="You can send it again"):
        invite(admin, name="anjali", email="ANJALI@example.org")
    here = make_member(admin.organisation, Role.PARTNER)
    with pytest.raises(NotPossible, match="is a member already"):
        invite(admin, name=here.name, email=here.user.email)
    assert invite(admin, name="George", email="anjali@example.org")


# People who were here before


def test_who_is_signed_in_joins_as_themselves_and_can_change_organisation(client, admin):
    here = make_member(None, Role.PARTNER)
    sign_in(client, here)
    invitation = invite(admin, name=here.name, email=here.user.email, roles=[Role.BOARD])
    page = client.get(link_in_message(invitation)).content.decode()
    assert f"Accept as {here.name}" in page
    assert client.post(link_in_message(invitation)).url == reverse("home:home")
    there = Membership.objects.get(organisation=admin.organisation, user=here.user)
    assert organisation_now(client) == admin.organisation.name
    assert Event.objects.get(verb="people.accept_invitation").organisation_id == admin.organisation_id
    client.post(reverse("people:change-organisation"), {"organisation": here.organisation.code})
    assert organisation_now(client) == here.organisation.name
    client.post(reverse("people:change-organisation"), {"organisation": there.organisation.code})
    assert organisation_now(client) == there.organisation.name
    client.post(reverse("people:change-organisation"), {"organisation": make_organisation().code})
    assert organisation_now(client) == there.organisation.name


def test_the_same_name_at_the_same_address_signs_in_first(client, admin):
    here = make_member(None, Role.PARTNER, user=make_user("Mary Pell", email="us@example.org"))
    invitation = invite(admin, name="mary  PELL", email="us@example.org")
    answer = accept(client, invitation)
    assert answer.status_code == 422
    assert "You have been here before. Sign in first" in answer.content.decode()
    assert not is_signed_in(client)
    link = link_in_message(invitation)
    client.post(reverse("account_login") + f"?next={link}", {"typed": "us@example.org"})
    assert type_code(client, code_in_last_mail()).url == link
    client.post(link)
    assert Membership.objects.filter(user=here.user).count() == 2
    assert User.objects.count() == 2


def test_the_link_alone_never_signs_in_somebody_who_was_here_before(client, admin):
    """Whoever can read the message of an invitation, such as its sender, must not get into somebody's account."""
    here = make_member(None, Role.LEAD, user=make_user("Mary Pell", email="us@example.org"))
    invitation = invite(admin, name="Somebody else", email="us@example.org")
    accept(client, invitation, name=here.name)
    assert not is_signed_in(client)
    accept(client, invitation)
    assert not is_signed_in(client, here.user)


def test_the_other_of_a_couple_becomes_a_person_of_their_own(client, admin):
    mary = make_member(admin.organisation, Role.PARTNER, user=make_user("Mary Pell", email="us@example.org"))
    accept(client, invite(admin, name="George Pell", email="us@example.org"))
    george = User.objects.get(name="George Pell")
    assert is_signed_in(client, george)
    assert george.pk != mary.user_id
    assert george.username != mary.user.username


def test_who_had_left_comes_back_with_the_roles_of_the_invitation(admin):
    gone = make_member(admin.organisation, Role.LEAD, Role.FINANCE)
    commands.end_membership(viewer_of(admin), gone)
    elsewhere = make_member(None, Role.STAFF, user=gone.user)
    invitation = invite(admin, name=gone.name, email=gone.user.email)
    again = commands.accept_invitation(viewer_of(elsewhere), invitation, secret=secret_of(invitation))
    assert again.pk == gone.pk
    assert again.ended_on is None
    assert list(Grant.objects.filter(membership=gone).values_list("role", flat=True)) == ["partner"]


def test_a_new_administrator_gets_in_by_the_link_and_later_by_code(client, admin):
    accept(client, invite(admin, name="Nadia", roles=[Role.ADMINISTRATOR]))
    nadia = User.objects.get(name="Nadia")
    assert is_signed_in(client, nadia)
    client.post(reverse("account_logout"))
    ask_for_code(client, "anjali@example.org")
    type_code(client, code_in_last_mail())
    assert is_signed_in(client, nadia)


def test_an_invitation_does_not_get_past_a_second_factor(client, admin):
    here = make_member(None, Role.LEAD)
    give_second_factor(here.user)
    invitation = invite(admin, name=here.name, email=here.user.email)
    link = link_in_message(invitation)
    client.post(reverse("account_login") + f"?next={link}", {"typed": here.user.email})
    assert type_code(client, code_in_last_mail()).url == reverse("mfa_authenticate")
    assert not is_signed_in(client)


# Names and the end


@pytest.mark.parametrize("name", ["Cher", "王", "محمد", "Ὀδυσσεύς", "अनामिका", "é" * 200, "O’Neill-Ó Súilleabháin", "😀 😀", "李 " * 60])
def test_any_name_in_any_script_gets_in_and_back_in(client, admin, name):
    name = name.strip()
    accept(client, invite(admin, name=name, email="x@example.org"))
    person = User.objects.get(name=name)
    assert is_signed_in(client, person)
    client.post(reverse("account_logout"))
    ask_for_code(client, person.username)
    type_code(client, code_in_last_mail())
    assert is_signed_in(client, person)


def test_two_of_the_same_name_get_different_sign_in_names(admin):
    for number in range(5):
        invitation = invite(admin, name="Ana", email=f"ana{number}@example.org")
        commands.accept_invitation(NOBODY, invitation, secret=secret_of(invitation))
    assert User.objects.filter(name="Ana").values("username").distinct().count() == 5


def test_old_invitations_are_forgotten_and_nobody_with_them(admin):
    with time_machine.travel(dt.datetime(2026, 3, 3, 10, tzinfo=dt.UTC), tick=False) as moment:
        accepted, run_out = invite(admin), invite(admin, email="b@example.org")
        commands.accept_invitation(NOBODY, accepted, secret=secret_of(accepted))
        moment.shift(dt.timedelta(days=89))
        tasks.forget_old_invitations()
        assert Invitation.objects.count() == 2
        moment.shift(dt.timedelta(days=2))
        assert tasks.forget_old_invitations() == 1
        assert list(Invitation.objects.all()) == [run_out]
        moment.shift(dt.timedelta(days=30))
        tasks.forget_old_invitations()
    assert not Invitation.objects.exists()
    assert Membership.objects.count() == 2
