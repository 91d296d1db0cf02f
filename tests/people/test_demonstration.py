"""The demonstration's own pages, and that no other mode has them."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys

import pytest
from django.core.mail import get_connection
from django.core.mail.message import EmailMessage
from django.urls import NoReverseMatch, clear_url_caches, get_urlconf, reverse, set_urlconf

from safety_partners.people import queries, urls
from safety_partners.people.models import Role
from tests.factories.people import make_member, make_organisation, make_user
from tests.people.conftest import is_signed_in, sign_in
from tests.people.test_pages import check_html

pytestmark = pytest.mark.django_db


@pytest.fixture
def demonstration(settings, tmp_path):
    """The addresses as they are in a demonstration."""

    def load() -> None:
        importlib.reload(urls)
        importlib.reload(importlib.import_module(settings.ROOT_URLCONF))
        clear_url_caches()
        set_urlconf(get_urlconf())

    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    settings.MODE = "demonstration"
    load()
    yield make_organisation("Meadowbank", is_invented=True)
    settings.MODE = "development"
    load()


def test_somebody_invented_is_signed_in_with_a_button(client, demonstration):
    partner, lead = make_member(demonstration, Role.PARTNER, name="Anjali"), make_member(demonstration, Role.LEAD, name="Grace")
    page = client.get(reverse("people:demonstration")).content.decode()
    check_html(page)
    assert page.index("Patient Safety Partner</h3>") < page.index("Anjali") < page.index("Partner lead</h3>") < page.index("Grace")
    assert "Runs the programme and sees all of it" in page
    assert not is_signed_in(client)
    assert client.post(reverse("people:demonstration"), {"member": partner.code}).url == reverse("home:home")
    assert is_signed_in(client, partner.user)
    client.post(reverse("people:demonstration"), {"member": lead.code})
    assert is_signed_in(client, lead.user)


def test_nobody_real_is_signed_in_with_a_button(client, demonstration):
    real, gone = make_member(None, Role.LEAD, name="Real"), make_member(demonstration, Role.LEAD, name="Gone", ended_on="2026-01-01")
    page = client.get(reverse("people:demonstration")).content.decode()
    assert "Real" not in page
    assert "Gone" not in page
    for code in (real.code, gone.code, "", "x"):
        assert client.post(reverse("people:demonstration"), {"member": code}).status_code == 404
    assert not is_signed_in(client)


def test_where_there_are_many_people_a_name_finds_them(client, demonstration, monkeypatch):
    monkeypatch.setattr(queries, "MOST_INVENTED", 2)
    for name in ("Anjali", "Ben", "Zoë Ångström"):
        make_member(demonstration, Role.PARTNER, name=name)
    page = client.get(reverse("people:demonstration")).content.decode()
    check_html(page)
    assert "There are more people than are shown here." in page
    assert ("Ben" in page, "Zoë" in page) == (True, False)
    found = client.get(reverse("people:demonstration"), {"who": "ang zoe"}).content.decode()
    check_html(found)
    assert ("Ben" in found, "Zoë Ångström" in found, "There are more people" in found) == (False, True, False)
    assert "Nobody fits “Quentin”." in client.get(reverse("people:demonstration"), {"who": "Quentin"}).content.decode()


def test_the_list_costs_the_same_for_many_people(client, demonstration, django_assert_max_num_queries):
    for _number in range(10):
        make_member(demonstration, Role.PARTNER)
    with django_assert_max_num_queries(2):
        client.get(reverse("people:demonstration"))


def test_the_mail_folder_is_shown_newest_first(client, demonstration):
    answer = client.get(reverse("people:demonstration-mail"))
    assert "There are none yet" in answer.content.decode()
    for number in (1, 2):
        connection = get_connection("django.core.mail.backends.filebased.EmailBackend")
        for part in ("a", "b"):
            EmailMessage(
                f"Subject {number}{part} é", "Hello <b>\n\n    1234-5678\n", "x@example.org", ["you@example.org"], connection=connection
            ).send()
        os.utime(connection._get_filename(), (number, number))
    page = client.get(reverse("people:demonstration-mail")).content.decode()
    check_html(page)
    assert "1234-5678" in page
    places = [page.index(f"Subject {name} é") for name in ("2b", "2a", "1b", "1a")]
    assert places == sorted(places)


def test_the_sign_in_pages_lead_to_both(client, demonstration):
    assert reverse("people:demonstration") in client.get(reverse("account_login")).content.decode()
    member = make_member(demonstration, Role.PARTNER, user=make_user())
    client.post(reverse("account_login"), {"typed": member.user.email})
    assert reverse("people:demonstration-mail") in client.get(reverse("account_confirm_login_code")).content.decode()


def test_other_modes_do_not_have_the_pages(client):
    for address in ("/demonstration/", "/demonstration/mail/"):
        assert client.get(address).status_code == 404
        assert client.post(address, {"member": "x"}).status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("people:demonstration")
    member = make_member(make_organisation(is_invented=True), Role.PARTNER)
    sign_in(client, member)


@pytest.mark.parametrize(("mode", "there"), [("production", "False"), ("development", "False"), ("demonstration", "True")])
def test_the_addresses_are_made_for_the_demonstration_alone(tmp_path, mode, there):
    program = (
        "import django; django.setup();"
        "from safety_partners.people import urls;"
        "print(any('demonstration' in str(pattern.pattern) for pattern in urls.urlpatterns))"
    )
    environment = {**os.environ, "SAFETY_PARTNERS_MODE": mode, "SAFETY_PARTNERS_DATA": str(tmp_path)}
    environment["DJANGO_SETTINGS_MODULE"] = "safety_partners.config.settings"
    said = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == there


def test_production_does_not_start_with_the_demonstrations_door_open(tmp_path):
    environment = {
        **os.environ,
        "SAFETY_PARTNERS_MODE": "production",
        "SAFETY_PARTNERS_DATA": str(tmp_path),
        "SAFETY_PARTNERS_ADDRESS": "https://partners.example.org",
        "SAFETY_PARTNERS_MAIL_HOST": "mail.example.org",
        "SAFETY_PARTNERS_DEMONSTRATION_SIGN_IN": "yes",
        "DJANGO_SETTINGS_MODULE": "safety_partners.config.settings",
    }
    program = "from safety_partners.config import settings; print(settings.UNSAFE)"
    said = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    assert "SAFETY_PARTNERS_DEMONSTRATION_SIGN_IN lets anybody sign in as anyone" in said.stdout
