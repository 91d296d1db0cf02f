"""A forked process makes its own connections and leaves those of its parent alone."""

from __future__ import annotations

import os

import pytest
from django.db import connection, connections

from safety_partners.people.models import Organisation
from tests.factories.people import make_organisation


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_child_talks_over_connections_of_its_own_while_its_parent_goes_on(racing_db):
    make_organisation("Riverside")
    connections.close_all()
    children = []
    for _ in range(3):
        pid = os.fork()
        if pid == 0:
            try:
                seen = {Organisation.objects.get().name for _ in range(20)}
                connections.close_all()
                os._exit(0 if seen == {"Riverside"} else 1)
            except BaseException:  # noqa: BLE001 - a child must never go on as a test
                os._exit(2)
        children.append(pid)
    names = {Organisation.objects.get().name for _ in range(20)}
    assert [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in children] == [0, 0, 0]
    assert names == {"Riverside"}
    assert connection.is_usable()
