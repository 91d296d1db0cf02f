"""What the tests about people share: signing in as a person does, and the codes that arrive by email."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core import mail
from django.test import Client
from django.urls import reverse

from safety_partners.people.models import Membership, User
from tests.core.conftest import racing_db  # noqa: F401  a fixture

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code_in_last_mail() -> str:
    """The code in the newest email."""
    return re.search(r"^\s+(\d{4}-\d{4})$", mail.outbox[-1].body, re.MULTILINE).group(1)


def ask_for_code(client: Client, typed: str, **more: Any):
    return client.post(reverse("account_login"), {"typed": typed, **more})


def type_code(client: Client, code: str):
    return client.post(reverse("account_confirm_login_code"), {"code": code})


def sign_in(client: Client, member: Membership) -> Client:
    """Sign in by code, as a person does."""
    ask_for_code(client, member.user.email)
    type_code(client, code_in_last_mail())
    assert is_signed_in(client, member.user)
    return client


def is_signed_in(client: Client, user: User | None = None) -> bool:
    """Say whether the browser is signed in (as that person)."""
    signed_in_as = client.session.get("_auth_user_id")
    return signed_in_as is not None and (user is None or signed_in_as == str(user.pk))


def app_code(secret: str = SECRET, *, steps: int = 0) -> str:
    """What an app shows now, or some half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def give_second_factor(user: User) -> None:
    TOTP.activate(user, SECRET)


@pytest.fixture
def new_browser() -> Callable[[], Client]:
    """A new browser, as often as it is called."""
    return lambda: Client(HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0")
