"""What stops the server from starting."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest
from django.conf import settings
from django.core import checks
from django.core.management import CommandError, call_command
from django.urls import path

from safety_partners.core.checks import all_patterns, every_page_says_who_may_open_it, production_is_safe, says_who_may
from safety_partners.core.page import is_anyone, page
from tests.core import urls

SAFE = {
    "SAFETY_PARTNERS_MODE": "production",
    "SAFETY_PARTNERS_ADDRESS": "https://partners.example.org",
    "SAFETY_PARTNERS_MAIL_HOST": "mail.example.org",
}


@pytest.mark.urls("tests.core.urls")
def test_a_page_without_a_policy_is_an_error():
    errors = every_page_says_who_may_open_it(None)
    assert [(error.id, error.level) for error in errors] == [("safety_partners.E001", checks.ERROR)] * 2
    assert "test/unsaid/" in errors[0].msg
    assert "test/generic/" in errors[1].msg
    assert "@page" in errors[0].hint
    with pytest.raises(CommandError, match="does not say who may open it"):
        call_command("check")


def test_the_installation_itself_starts():
    assert every_page_says_who_may_open_it(None) == []
    assert production_is_safe(None) == []


def test_only_a_policy_says_who_may():
    def view(request): ...

    assert not says_who_may(view)
    view.policy = "anyone"
    assert not says_who_may(view)
    assert says_who_may(page(allow=is_anyone)(view))


@pytest.mark.urls("tests.core.urls")
def test_every_address_is_listed_with_its_whole_name_and_route():
    found = {name: route for route, name, _pattern in all_patterns()}
    assert found["test-anyone"] == "test/anyone/"
    assert any(":" in name for name in found)
    assert len(list(all_patterns())) > len(urls.addresses)


def test_patterns_of_one_resolver_can_be_listed():
    from django.urls import URLResolver
    from django.urls.resolvers import RegexPattern

    resolver = URLResolver(RegexPattern(r""), [path("a/", urls.anyone, name="a")])
    assert [(route, name) for route, name, _pattern in all_patterns(resolver)] == [("a/", "a")]


@pytest.fixture
def read_settings(monkeypatch, tmp_path):
    """What the settings would be with these environment variables and no others."""

    def read(**environment):
        for name in list(__import__("os").environ):
            if name.startswith("SAFETY_PARTNERS_") or name == "DATABASE_URL":
                monkeypatch.delenv(name)
        for name, value in ({"SAFETY_PARTNERS_DATA": str(tmp_path / "data")} | environment).items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(Path(settings.BASE) / "safety_partners" / "config" / "settings.py"))

    return read


def test_safe_settings_are_taken(read_settings):
    taken = read_settings(**SAFE)
    assert taken["UNSAFE"] == []
    assert taken["DEBUG"] is False
    assert taken["ALLOWED_HOSTS"] == ["partners.example.org"]
    assert taken["SESSION_COOKIE_SECURE"] is taken["CSRF_COOKIE_SECURE"] is taken["SECURE_SSL_REDIRECT"] is True
    assert taken["SECURE_HSTS_SECONDS"] > 0
    assert len(taken["SECRET_KEY"]) >= 50


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"SAFETY_PARTNERS_ADDRESS": ""}, "Set SAFETY_PARTNERS_ADDRESS"),
        ({"SAFETY_PARTNERS_ADDRESS": "http://partners.example.org"}, "must begin with https://"),
        ({"SAFETY_PARTNERS_SECRET": "short"}, "SAFETY_PARTNERS_SECRET is too short"),
        ({"SAFETY_PARTNERS_MAIL_HOST": ""}, "Set SAFETY_PARTNERS_MAIL_HOST"),
        ({"SAFETY_PARTNERS_DEMONSTRATION_SIGN_IN": "yes"}, "lets anybody sign in as anyone"),
    ],
)
def test_each_unsafe_setting_stops_production_with_a_sentence(read_settings, settings, change, words):
    settings.UNSAFE = read_settings(**SAFE | change)["UNSAFE"]
    assert len(settings.UNSAFE) == 1
    errors = production_is_safe(None)
    assert [error.id for error in errors] == ["safety_partners.E002"]
    assert words in errors[0].msg
    with pytest.raises(CommandError, match="SAFETY_PARTNERS_"):
        call_command("check")


@pytest.mark.parametrize("mode", ["development", "demonstration"])
def test_a_laptop_needs_no_settings_and_sends_no_mail(read_settings, mode):
    taken = read_settings(SAFETY_PARTNERS_MODE=mode)
    assert taken["UNSAFE"] == []
    assert "filebased" in taken["EMAIL_BACKEND"]
    assert taken["DEBUG"] is False


def test_without_any_setting_it_is_production_and_refuses_to_start(read_settings):
    taken = read_settings()
    assert taken["MODE"] == "production"
    assert len(taken["UNSAFE"]) >= 2
