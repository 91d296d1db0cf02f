"""Pages about people: signing in, one's own account, members, invitations, the organisation."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.test import Client
from django.urls import reverse

from safety_partners.people import policies, queries
from tests.world.example import Example, one_of
from tests.world.people import SECRET
from tests.world.place import ROLES, VISITOR, Place

NO_ONE_YET = "the browser did not begin to sign in"
NO_FACTOR = "most people have no second factor"
ALREADY_IN = dict.fromkeys(ROLES, 302)


def _secret(state: str) -> Callable[[Place], dict[str, Any]]:
    return lambda place: {"secret": place.secrets[state]}


def _permissions_in(area: str) -> Example:
    """The same for every organisation."""
    return Example(page="people:permissions-in", because=area, where=lambda _place: {"area": area}, is_public=True)


def _ask_for_code(client: Client, place: Place) -> None:
    client.post(reverse("account_login"), {"typed": place.people["partner"].user.email})


def _type_code_of_two(client: Client, place: Place) -> None:
    """Two people share an address, and the code sent there was right."""
    partner, lead = place.people["partner"].user, place.people["lead"].user
    type(lead).objects.filter(pk=lead.pk).update(email=partner.email)
    _ask_for_code(client, place)
    code = re.search(r"^\s+(\d{4}-\d{4})$", mail.outbox[-1].body, re.MULTILINE).group(1)
    client.post(reverse("account_confirm_login_code"), {"code": code})


def _type_password(client: Client, place: Place) -> None:
    """The person with a second factor signs in with a password, and is asked for the code of the app."""
    typed = {"typed": place.people["governance"].user.username, "password": "correct horse battery staple"}
    client.post(reverse("people:sign-in-with-password"), typed)


def _ask_for_new_address(client: Client, place: Place) -> None:
    client.post(reverse("people:account-email"), {"email": "new@example.org"})


def code_of_the_app() -> str:
    """What an app shows now for the world's one second factor."""
    return format_hotp_value(hotp_value(SECRET, int(time.time()) // 30))


SIGN_IN = [
    Example(page="account_login", says_to={**ALREADY_IN, "former partner": 403}),
    Example(page="account_request_login_code", says_to={**ALREADY_IN, "former partner": 403}),
    Example(page="people:sign-in-with-password", says_to={**ALREADY_IN, "former partner": 403}),
    Example(page="account_confirm_login_code", says=302, because=NO_ONE_YET),
    Example(page="account_confirm_login_code", prepare=_ask_for_code, only=(VISITOR,)),
    Example(page="people:sign-in-who", says=302, because=NO_ONE_YET),
    Example(page="people:sign-in-who", prepare=_type_code_of_two, only=(VISITOR,)),
    Example(page="mfa_authenticate", says=302, because=NO_ONE_YET),
    Example(page="mfa_authenticate", prepare=_type_password, only=(VISITOR,)),
    Example(page="account_signup"),
    Example(page="account_inactive"),
    Example(page="account_logout", says_to={VISITOR: 302}),
]
ACCOUNT = [
    Example(page="people:account"),
    Example(page="people:account-details"),
    Example(page="people:account-email"),
    Example(page="people:account-email-code", says=302, because="no new address waits for its code"),
    Example(page="people:account-email-code", prepare=_ask_for_new_address, only=("partner",)),
    Example(page="people:password"),
    Example(page="people:second-factor"),
    Example(page="people:remove-second-factor", says=302, says_to={"governance": 200}, because=NO_FACTOR),
    Example(page="people:recovery-codes", says=302, says_to={"governance": 200}, because=NO_FACTOR),
    Example(page="people:sessions"),
    Example(page="people:my-messages"),
    Example(page="people:my-message", record="message to partner", says=404, says_to={"partner": 200}, because="only theirs is there"),
    Example(page="people:summaries"),
    *one_of("people:member-summaries", "partner member", "staff member", "added member", may=policies.may_look_after_member),
    Example(page="people:change-organisation"),
    Example(page="people:permissions"),
    *[_permissions_in(area) for area in queries.areas()],
    Example(page="people:sign-in-again"),
]
MEMBERS = [
    Example(page="people:members"),
    Example(page="people:add-member"),
    *one_of("people:member", "partner member", "lead member", "former partner member", "added member", "governance member"),
    *one_of("people:correct-member", "partner member", "staff member", "added member", may=policies.may_look_after_member),
    *one_of("people:member-roles", "partner member", "administrator member"),
    *one_of("people:end-membership", "partner member", "staff member", may=policies.may_look_after_member),
    *one_of("people:restore-membership", "former partner member", "partner member", may=policies.may_look_after_member),
    *one_of("people:take-away-second-factor", "governance member", may=policies.may_administer),
]
INVITATIONS = [
    Example(page="people:invitations"),
    Example(page="people:invite"),
    *one_of("people:invitation", "open invitation", "administrators invitation", "accepted invitation", "late invitation"),
    *one_of("people:resend-invitation", "open invitation", "administrators invitation", may=policies.may_look_after_invitation),
    *one_of("people:withdraw-invitation", "open invitation", "administrators invitation", may=policies.may_look_after_invitation),
    Example(page="people:join", where=_secret("open"), is_public=True),
    Example(page="people:join", where=_secret("accepted"), is_public=True, says=410, because="it was accepted"),
    Example(page="people:join", where=_secret("withdrawn"), is_public=True, says=410, because="it was withdrawn"),
    Example(page="people:join", where=_secret("late"), is_public=True, says=410, because="it ran out"),
]


def _channel(channel: str) -> Callable[[Place], dict[str, Any]]:
    return lambda _place: {"channel": channel}


ORGANISATION = [
    Example(page="people:organisation"),
    Example(page="people:organisation-details"),
    Example(page="people:organisation-logo"),
    Example(page="people:clocks"),
    Example(page="people:urgent-contact", where=_channel("risk-now"), is_public=True),
    Example(page="people:urgent-contact", where=_channel("nothing"), is_public=True, says=404, because="there is no such channel"),
    Example(page="people:add-service"),
    *one_of("people:service", "service", "closed service"),
    Example(page="people:parent"),
    Example(page="people:end-parent"),
    Example(page="people:logo", where=lambda place: {"slug": place.organisation.slug}, is_public=True),
]
EXAMPLES = [*SIGN_IN, *ACCOUNT, *MEMBERS, *INVITATIONS, *ORGANISATION]
