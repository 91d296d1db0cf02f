"""What the guards of rendered pages share: one walk through the world, made when the first of them asks."""

from __future__ import annotations

import logging
import pickle
import tempfile
from pathlib import Path

import pytest
from django.test import override_settings

from tests.guards.sweep.browser import undone


@pytest.fixture(scope="session")
def sweep(django_db_setup, django_db_blocker):
    """Everything that everybody saw."""
    from tests.guards.sweep.walking import Walk
    from tests.world import build

    import time, sys

    with django_db_blocker.unblock(), _quick_and_private(), undone():
        t = time.process_time()
        logging.disable(logging.CRITICAL)
        world = build()
        print("built", time.process_time() - t, file=sys.stderr)
        t = time.process_time()
        s = Walk(world).all()
        print(
            "walked",
            time.process_time() - t,
            len(s.looks),
            len(s.sent_without_rights),
            len(s.links),
            len(s.sendings),
            sum(len(b.seen) for b in []),
            file=sys.stderr,
        )
        return s


def _quick_and_private():
    folder = tempfile.mkdtemp(prefix="safety-partners-sweep-")
    private = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": folder}}
    from django.conf import settings

    return override_settings(
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        STORAGES={
            **settings.STORAGES,
            "private": private,
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        },
    )
