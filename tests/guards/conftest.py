"""What the guards of rendered pages share: one walk through the world, made when the first of them asks."""

from __future__ import annotations

import logging
import os
import pickle
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import override_settings
from django.utils.translation import trans_real

from tests.guards.sweep.browser import undone
from tests.guards.sweep.walking import Sweep, Walk
from tests.world import build

LONGEST_WALK = 600  # seconds


@pytest.fixture(scope="session")
def sweep(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Sweep:
    """Everything that everybody saw. Tests that ask for it are marked with ``django_db``."""

    def walk() -> Sweep:
        with django_db_blocker.unblock(), surroundings(), undone():
            return Walk(build()).all()

    if "PYTEST_XDIST_WORKER" not in os.environ:
        return walk()
    return walked_once(walk, tmp_path_factory.getbasetemp().parent)


def walked_once(walk: Callable[[], Sweep], folder: Path) -> Sweep:
    """Let one of several processes walk, and the others read what it saw. If it fails, each walks and fails by itself."""
    walked, failed = folder / "sweep.pickle", folder / "sweep.failed"
    try:
        (folder / "sweep.begun").touch(exist_ok=False)
    except FileExistsError:
        until = time.monotonic() + LONGEST_WALK
        while not (walked.exists() or failed.exists()) and time.monotonic() < until:
            time.sleep(0.2)
        return pickle.loads(walked.read_bytes()) if walked.exists() else walk()
    try:
        sweep = walk()
    except BaseException:
        failed.touch()
        raise
    beside = folder / "sweep.writing"
    beside.write_bytes(pickle.dumps(sweep))
    beside.rename(walked)
    return sweep


@contextmanager
def surroundings() -> Iterator[None]:
    """Quick passwords, files in a folder that goes, static files as they are, and no line in a log for each refusal."""
    with ExitStack() as leaving:
        folder = leaving.enter_context(tempfile.TemporaryDirectory(prefix="safety-partners-sweep-"))
        private = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": folder}}
        static = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
        hashers = ["django.contrib.auth.hashers.MD5PasswordHasher"]
        storages = {**settings.STORAGES, "private": private, "staticfiles": static}
        leaving.enter_context(override_settings(PASSWORD_HASHERS=hashers, STORAGES=storages))
        leaving.enter_context(_none_is_nothing())
        logging.disable(logging.CRITICAL)
        leaving.callback(logging.disable, logging.NOTSET)
        yield


@contextmanager
def _none_is_nothing() -> Iterator[None]:
    """Let the product say “Nothing” where it means to say “None”: any “None” left on a page is then Python's."""
    words = trans_real.translation(settings.LANGUAGE_CODE)._catalog._catalogs[0]
    words["None"] = "Nothing"
    try:
        yield
    finally:
        del words["None"]
