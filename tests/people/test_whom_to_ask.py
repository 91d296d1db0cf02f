"""Nobody has to use a website: the foot of every page of an organisation says whom to ring, or else to write to."""

from __future__ import annotations

import pytest
from django.urls import reverse

from safety_partners.people.models import Organisation, Role
from tests.factories.people import make_member
from tests.people.conftest import sign_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("phone", "email", "link", "words"),
    [
        ("01632 960 200", "us@example.org", "tel:01632960200", "Talk to us: Grace, 01632 960 200"),
        ("", "us@example.org", "mailto:us@example.org", "Write to us: Grace, us@example.org"),
    ],
)
def test_the_foot_of_a_page_says_whom_to_ask(client, phone, email, link, words):
    member = make_member(None, Role.PARTNER)
    contact = {"contact_name": "Grace", "contact_phone": phone, "contact_email": email}
    Organisation.objects.filter(pk=member.organisation_id).update(**contact)
    sign_in(client, member)
    foot = client.get(reverse("people:account")).content.decode().partition("<footer")[2]
    assert f'href="{link}"' in foot
    assert words in foot


def test_a_page_of_no_organisation_names_nobody(client):
    foot = client.get(reverse("account_login")).content.decode().partition("<footer")[2]
    assert foot
    assert "tel:" not in foot
    assert "mailto:" not in foot
