"""What the guards of rendered pages share: one walk of each person through the world, made when the first test asks."""

from __future__ import annotations

import logging
import os
import pickle
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import override_settings
from django.utils.translation import trans_real

from safety_partners.design import environment
from tests.guards.sweep.browser import undone
from tests.guards.sweep.walking import Sights, Sweep, Walk
from tests.world import PEOPLE, build

LONGEST_WALK = 600  # seconds


@pytest.fixture(scope="session")
def sweep(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Sweep:
    """Everything that everybody saw. Tests that ask for it are marked with ``django_db``."""

    @contextmanager
    def walking() -> Iterator[Callable[[str], Sweep]]:
        with django_db_blocker.unblock(), surroundings(), undone():
            sights = Sights(build())
            yield lambda person: Walk(sights, person).all()

    folder = tmp_path_factory.getbasetemp()
    return shared(PEOPLE, walking, folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder)


def shared(people: Iterable[str], walking: Callable[[], AbstractContextManager[Callable[[str], Sweep]]], folder: Path) -> Sweep:
    """Let several processes deal the people out among themselves, and each read what the others saw.

    Nobody waits for a process that is busy elsewhere: whoever comes takes the next person, and waits only for those who
    are walking already. Where a walk failed, everybody takes it again and fails by themselves.
    """
    seen: dict[str, Sweep] = {}
    with ExitStack() as leaving:
        walk: Callable[[str], Sweep] | None = None
        for person in people:
            if _is_mine(folder / f"{person}.begun"):
                walk = walk or leaving.enter_context(walking())
                seen[person] = _walked(walk, person, folder)
        for person in people:
            if person not in seen:
                left = _left_by_another(folder, person)
                walk = walk if left else walk or leaving.enter_context(walking())
                seen[person] = left or _walked(walk, person, folder)
    whole = Sweep()
    for person in people:
        whole += seen[person]
    return whole


def _is_mine(begun: Path) -> bool:
    """Say whether this process was the first to ask."""
    try:
        begun.touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def _walked(walk: Callable[[str], Sweep], person: str, folder: Path) -> Sweep:
    """Walk, and leave for the others what was seen, or that it failed."""
    try:
        sweep = walk(person)
    except BaseException:
        (folder / f"{person}.failed").touch()
        raise
    beside = folder / f"{person}.writing"
    beside.write_bytes(pickle.dumps(sweep))
    beside.rename(folder / f"{person}.seen")
    return sweep


def _left_by_another(folder: Path, person: str) -> Sweep | None:
    """Wait for what another process saw; None if its walk failed or never ended."""
    seen, failed = folder / f"{person}.seen", folder / f"{person}.failed"
    until = time.monotonic() + LONGEST_WALK
    while not (seen.exists() or failed.exists()) and time.monotonic() < until:
        time.sleep(0.1)
    return pickle.loads(seen.read_bytes()) if seen.exists() else None


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
    # Templates remember what a test before this one had translated.
    environment._in_language.cache_clear()
    try:
        yield
    finally:
        del words["None"]
        environment._in_language.cache_clear()
