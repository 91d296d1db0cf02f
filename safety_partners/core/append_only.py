"""The database itself refuses to change or delete events: triggers, on both databases."""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "core_event"


def guard(connection: BaseDatabaseWrapper) -> None:
    """Put the triggers in place."""
    with connection.cursor() as cursor:
        for statement in _GUARDS[connection.vendor]:
            cursor.execute(statement)


def release(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away: for the end of a test that must empty its database, and for no other purpose."""
    with connection.cursor() as cursor:
        for statement in _RELEASES[connection.vendor]:
            cursor.execute(statement)


_GUARDS = {
    "sqlite": [
        f"CREATE TRIGGER IF NOT EXISTS event_never_{verb.lower()} BEFORE {verb} ON {TABLE}"
        " BEGIN SELECT RAISE(ABORT, 'events are never changed or deleted'); END"
        for verb in ("UPDATE", "DELETE")
    ],
    "postgresql": [
        "CREATE OR REPLACE FUNCTION event_is_append_only() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION 'events are never changed or deleted'; END $$",
        f"CREATE OR REPLACE TRIGGER event_never_changed BEFORE UPDATE OR DELETE ON {TABLE}"
        " FOR EACH ROW EXECUTE FUNCTION event_is_append_only()",
        f"CREATE OR REPLACE TRIGGER event_never_truncated BEFORE TRUNCATE ON {TABLE}"
        " FOR EACH STATEMENT EXECUTE FUNCTION event_is_append_only()",
    ],
}

_RELEASES = {
    "sqlite": [f"DROP TRIGGER IF EXISTS event_never_{verb}" for verb in ("update", "delete")],
    "postgresql": [
        f"DROP TRIGGER IF EXISTS event_never_changed ON {TABLE}",
        f"DROP TRIGGER IF EXISTS event_never_truncated ON {TABLE}",
    ],
}
