"""How second factors are kept: nobody gets a code from a copy of the database alone, and a new secret of the product locks nobody out."""

from __future__ import annotations

import json

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.urls import reverse

from safety_partners.people import sign_in as doors
from safety_partners.people.models import Role
from tests.factories.people import make_member
from tests.people.conftest import SECRET, app_code, ask_for_code, code_in_last_mail, give_second_factor, is_signed_in, type_code

pytestmark = pytest.mark.django_db


@pytest.fixture
def partner():
    """Somebody with an app and recovery codes."""
    member = make_member(None, Role.PARTNER)
    give_second_factor(member.user)
    RecoveryCodes.activate(member.user)
    return member


def sign_in_with(client, member, code):
    ask_for_code(client, member.user.email)
    type_code(client, code_in_last_mail())
    return client.post(reverse("mfa_authenticate"), {"code": code})


def kept() -> str:
    return json.dumps(list(Authenticator.objects.values_list("data", flat=True)))


def test_neither_the_secret_nor_a_recovery_code_can_be_read_in_the_database(partner):
    codes = doors.recovery_codes(partner.user)
    assert len(codes) == 10
    assert SECRET not in kept()
    assert not any(code in kept() for code in codes)
    seed = Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES).data["seed"]
    assert doors.SecondFactorAdapter().decrypt(seed) not in kept()


def test_the_same_secret_is_never_kept_alike_twice():
    adapter = doors.SecondFactorAdapter()
    assert adapter.encrypt(SECRET) != adapter.encrypt(SECRET)


@pytest.mark.parametrize("kind", ["app", "recovery"])
def test_a_new_secret_of_the_product_locks_nobody_out(client, settings, partner, kind):
    code = app_code() if kind == "app" else doors.recovery_codes(partner.user)[0]
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new" * 20, [settings.SECRET_KEY]
    sign_in_with(client, partner, code)
    assert is_signed_in(client, partner.user)


def test_with_a_lost_secret_a_person_is_told_whom_to_ask(client, settings, partner):
    settings.SECRET_KEY = "new" * 20
    answer = sign_in_with(client, partner, app_code())
    assert answer.status_code == 422
    assert "Ask an administrator of your organisation to take it away." in answer.content.decode()
    assert not is_signed_in(client)
