"""What every test stands on: a mode of its own, files in a temporary folder, mail in memory, a way to empty the database."""

from __future__ import annotations

import os
import tempfile

os.environ.setdefault("SAFETY_PARTNERS_MODE", "development")
os.environ.setdefault("SAFETY_PARTNERS_DATA", tempfile.mkdtemp(prefix="safety-partners-tests-"))

import pytest
from django.core.management.commands import flush
from django.db import connections
from hypothesis import settings as hypothesis

from safety_partners.core.append_only import EVENTS
from safety_partners.core.command import COMMANDS
from safety_partners.core.policy import POLICIES
from safety_partners.people import emails

# How long one example takes says more about the machine than about us.
hypothesis.register_profile("any machine", deadline=None)
hypothesis.load_profile("any machine")


@pytest.fixture(autouse=True)
def _quick_and_private(settings, tmp_path):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "private": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path / "files")}},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


class _AtOnce:
    """A postman who has nothing else to do."""

    def submit(self, work, *given):
        work(*given)


@pytest.fixture(scope="session", autouse=True)
def _codes_are_posted_at_once():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(emails, "_postman", _AtOnce())
        yield


@pytest.fixture(autouse=True)
def _the_post_works(monkeypatch):
    monkeypatch.setattr(emails, "_trouble_until", 0.0)


@pytest.fixture(scope="session", autouse=True)
def _events_can_be_emptied_after_a_test():
    """Events refuse to be deleted; only the emptying of a test's database may lift that, and puts it back."""
    handle = flush.Command.handle

    def empty(self, **options):
        connection = connections[options["database"]]
        EVENTS.lift(connection)
        handle(self, **options)
        EVENTS.put(connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flush.Command, "handle", empty)
        yield


@pytest.fixture(autouse=True)
def _what_a_test_declares_ends_with_it():
    """Commands and policies that a test declares for itself are not the product's: no page may list them afterwards."""
    registers = (COMMANDS, POLICIES)
    before = [dict(register) for register in registers]
    yield
    for register, known in zip(registers, before, strict=True):
        register.clear()
        register.update(known)
