"""Every page about people: whom it lets in, no other organisation's record, valid HTML, at most eight queries."""

from __future__ import annotations

import html5lib
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from safety_partners.core.viewer import NOBODY
from safety_partners.people import commands
from safety_partners.people.models import Role
from tests.factories.people import make_member, make_organisation, make_service, viewer_of
from tests.people.conftest import give_second_factor, sign_in
from tests.people.test_inviting import invite, link_in_message, secret_of

pytestmark = pytest.mark.django_db

LEAD, ADMIN = {Role.LEAD, Role.ADMINISTRATOR}, {Role.ADMINISTRATOR}
EVERYBODY = set(Role)
# Parts of addresses that are the same in every organisation.
OF_NO_RECORD = (["risk-now"], ["people"])
PAGES = {
    "account": EVERYBODY,
    "account-details": EVERYBODY,
    "account-email": EVERYBODY,
    "password": EVERYBODY,
    "second-factor": EVERYBODY,
    "sessions": EVERYBODY,
    "permissions": EVERYBODY,
    "permissions-in": EVERYBODY,
    "sign-in-again": EVERYBODY,
    "members": LEAD,
    "add-member": LEAD,
    "member": LEAD,
    "correct-member": LEAD,
    "member-roles": ADMIN,
    "end-membership": LEAD,
    "take-away-second-factor": ADMIN,
    "invitations": LEAD,
    "invite": LEAD,
    "invitation": LEAD,
    "organisation": LEAD,
    "organisation-details": LEAD,
    "organisation-logo": LEAD,
    "clocks": LEAD,
    "urgent-contact": LEAD,
    "add-service": LEAD,
    "service": LEAD,
    "parent": ADMIN,
}
POSTS = {
    "restore-membership": LEAD,
    "resend-invitation": LEAD,
    "withdraw-invitation": LEAD,
    "end-parent": ADMIN,
    "change-organisation": EVERYBODY,
}


class Place:
    """An organisation with one of everything, and the arguments of each page about it."""

    def __init__(self) -> None:
        self.organisation = make_organisation()
        self.admin = make_member(self.organisation, Role.ADMINISTRATOR)
        self.partner = make_member(self.organisation, Role.PARTNER, name="Zoë O'Neill <b>")
        self.invitation = invite(self.admin, email="somebody@example.org")
        service = make_service(self.organisation)
        of_member, of_invitation = [self.partner.code], [self.invitation.code]
        self.arguments = {
            **dict.fromkeys(["member", "correct-member", "member-roles", "end-membership", "take-away-second-factor"], of_member),
            "restore-membership": of_member,
            **dict.fromkeys(["invitation", "resend-invitation", "withdraw-invitation"], of_invitation),
            "urgent-contact": ["risk-now"],
            "permissions-in": ["people"],
            "service": [service.code],
        }

    def address(self, name: str) -> str:
        return reverse(f"people:{name}", args=self.arguments.get(name, ()))


@pytest.fixture
def place():
    return Place()


def check_html(page: str) -> None:
    html5lib.HTMLParser(strict=True).parse(page)
    ids = [piece.split('"')[0] for piece in page.split(' id="')[1:]]
    assert len(ids) == len(set(ids)), ids
    assert "<b>" not in page


@pytest.mark.parametrize("role", Role)
def test_every_page_opens_for_whom_it_says_and_for_nobody_else(client, place, role):
    sign_in(client, make_member(place.organisation, role))
    for name, roles in PAGES.items():
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(place.address(name))
        assert answer.status_code == (200 if role in roles else 403), name
        assert len(queries) <= 8, (name, len(queries))
        assert {query["sql"].split()[0] for query in queries} <= {"SELECT"}, name
        check_html(answer.content.decode())
    for name, roles in POSTS.items():
        assert client.get(place.address(name)).status_code == 405
        if role not in roles:
            assert client.post(place.address(name)).status_code == 403, name


def test_visitors_are_asked_to_sign_in_everywhere(client, place):
    for name in PAGES:
        answer = client.get(place.address(name))
        assert (answer.status_code, answer.url.split("?")[0]) == (302, reverse("account_login")), name
    for name in POSTS:
        assert client.post(place.address(name)).status_code == 403


def test_nothing_of_another_organisation_is_found(client, place):
    sign_in(client, make_member(None, Role.ADMINISTRATOR, Role.LEAD))
    for name in {**PAGES, **POSTS}:
        if place.arguments.get(name, OF_NO_RECORD[0]) not in OF_NO_RECORD:
            assert client.post(place.address(name)).status_code in {404, 405}, name
            if name in PAGES:
                assert client.get(place.address(name)).status_code == 404, name
    page = client.get(reverse("people:members")).content.decode()
    assert place.partner.code not in page


@pytest.mark.parametrize("signed_in", [False, True])
def test_public_pages_are_valid(client, place, signed_in):
    if signed_in:
        sign_in(client, place.partner)
    accepted = invite(place.admin, name="B", email="b@example.org")
    commands.accept_invitation(NOBODY, accepted, secret=secret_of(accepted))
    for address in (link_in_message(place.invitation), link_in_message(accepted), "/join/nothing/", reverse("account_signup")):
        answer = client.get(address)
        assert answer.status_code in {200, 410}
        check_html(answer.content.decode())
    if not signed_in:
        for name in ("account_login", "people:sign-in-with-password"):
            check_html(client.get(reverse(name)).content.decode())
            check_html(client.post(reverse(name), {"typed": ""}).content.decode())
    else:
        check_html(client.get(reverse("account_logout")).content.decode())


def test_pages_of_a_sign_in_that_is_on_its_way_are_valid(client, place):
    give_second_factor(place.partner.user)
    client.post(reverse("account_login"), {"typed": place.partner.user.email})
    check_html(client.get(reverse("account_confirm_login_code")).content.decode())


def test_a_member_who_left_and_one_with_everything_are_shown(client, place):
    sign_in(client, place.admin)
    give_second_factor(place.partner.user)
    commands.set_urgent_contact(
        viewer_of(place.admin), place.organisation, channel="risk now", name="999", phone="999", email="", address="", note=""
    )
    commands.end_membership(viewer_of(place.admin), place.partner)
    check_html(client.get(place.partner.get_absolute_url()).content.decode())
    check_html(client.get(reverse("people:organisation")).content.decode())


def test_lists_cost_the_same_for_many_rows(client, place):
    sign_in(client, place.admin)

    def costs() -> list[int]:
        counts = []
        for name in ("members", "invitations", "organisation", "member"):
            with CaptureQueriesContext(connection) as queries:
                client.get(place.address(name))
            counts.append(len(queries))
        return counts

    commands.grant_role(viewer_of(place.admin), place.partner, role=Role.LEAD)
    before = costs()
    for number in range(5):
        make_member(place.organisation, Role.PARTNER)
        make_service(place.organisation, f"Service {number}")
        invite(place.admin, email=f"x{number}@example.org")
        commands.grant_role(viewer_of(place.admin), place.partner, role=list(Role)[number + 2])
    assert costs() == before
