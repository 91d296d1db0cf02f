"""What the tests of the machinery share: a database on which several connections can race, and the race itself."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, connections

from safety_partners.core.viewer import Viewer
from tests.factories.people import make_member, make_organisation, viewer_of


@pytest.fixture
def racing_db(transactional_db, tmp_path):
    """A database for many connections: PostgreSQL as it is; for SQLite a file, as in production (Django tests in memory)."""
    if connection.vendor != "sqlite" or not connection.is_in_memory_db():
        yield connection
        return
    connection.ensure_connection()
    in_memory, name = connection.connection, connection.settings_dict["NAME"]
    path = str(tmp_path / "race.sqlite3")
    with sqlite3.connect(path) as copy:
        in_memory.backup(copy)
    copy.close()
    connection.connection, connection.settings_dict["NAME"] = None, path
    try:
        yield connection
    finally:
        connections.close_all()
        connection.connection, connection.settings_dict["NAME"] = in_memory, name


def at_once(*jobs: Callable[[], Any]) -> list[Any]:
    """Run every job in a thread and a connection of its own, all let go at one moment; an exception is a result too."""
    start = threading.Barrier(len(jobs))
    results: list[Any] = [None] * len(jobs)

    def run(place: int, job: Callable[[], Any]) -> None:
        try:
            start.wait(10)
            results[place] = job()
        except Exception as trouble:  # noqa: BLE001 - what went wrong is what the test looks at
            results[place] = trouble
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place, job)) for place, job in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
        assert not thread.is_alive(), "a job of the race hangs"
    return results


@pytest.fixture
def organisation(db):
    return make_organisation()


@pytest.fixture
def viewer(organisation) -> Viewer:
    return viewer_of(make_member(organisation))
