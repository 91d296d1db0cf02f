"""A process that was forked must not talk over the connections of its parent.

The background worker forks (django-q2), and so may a web server. Closing a pooled connection only hands it back to the
pool, whose sockets a child would inherit: two processes would mix their words on one line to PostgreSQL.
"""

from __future__ import annotations

import os
import sys
from typing import Any

_left_behind: list[Any] = []


def forget_pools() -> None:
    """Leave the parent's pools as they are, for the parent, and let this process make its own.

    They are kept in a list: to close them here would end the parent's sessions.
    """
    postgresql = sys.modules.get("django.db.backends.postgresql.base")
    if postgresql is not None:
        pools = postgresql.DatabaseWrapper._connection_pools
        _left_behind.append(dict(pools))
        pools.clear()


def watch() -> None:
    """Do so in every process that is forked from now on."""
    os.register_at_fork(after_in_child=forget_pools)
