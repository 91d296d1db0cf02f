"""A forked process makes its own connections and leaves those of its parent alone."""

from __future__ import annotations

import os

import pytest
from django.db import connection, connections

from safety_partners.people.models import Organisation
from tests.factories.people import make_organisation


def pools() -> dict:
    return getattr(connection, "_connection_pools", {})


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_child_talks_over_lines_of_its_own(racing_db):
    make_organisation("Riverside")
    # As the background worker does before it forks; on PostgreSQL this only hands the connection back to the pool.
    connections.close_all()
    pools_of_parent = dict(pools())
    child = os.fork()
    if child == 0:
        try:
            if pools() or Organisation.objects.get().name != "Riverside":
                os._exit(1)
            os._exit(0 if all(pools()[alias] is not pool for alias, pool in pools_of_parent.items()) else 1)
        except BaseException:  # noqa: BLE001 - a child must never go on as a test
            os._exit(2)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert pools() == pools_of_parent
    assert bool(pools_of_parent) == (connection.vendor == "postgresql")
    assert Organisation.objects.get().name == "Riverside"
