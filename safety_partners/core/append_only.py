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


_REFUSAL = "events are never changed or deleted"
# SQLite's INSERT OR REPLACE deletes the old row without asking the trigger of DELETE.
_IS_THERE = f"SELECT 1 FROM {TABLE} WHERE id = NEW.id OR (organisation_id = NEW.organisation_id AND number = NEW.number)"  # noqa: S608
_FUNCTION = (
    f"CREATE OR REPLACE FUNCTION event_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{_REFUSAL}'; END $$"
)

_GUARDS = {
    "sqlite": [
        f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {when} BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
        for name, when in (
            ("event_never_update", f"UPDATE ON {TABLE}"),
            ("event_never_delete", f"DELETE ON {TABLE}"),
            ("event_never_replace", f"INSERT ON {TABLE} WHEN EXISTS ({_IS_THERE})"),
        )
    ],
    "postgresql": [
        _FUNCTION,
        *(
            f"CREATE OR REPLACE TRIGGER {name} BEFORE {when} EXECUTE FUNCTION event_is_append_only()"
            for name, when in (
                ("event_never_changed", f"UPDATE OR DELETE ON {TABLE} FOR EACH ROW"),
                ("event_never_truncated", f"TRUNCATE ON {TABLE} FOR EACH STATEMENT"),
            )
        ),
    ],
}

_RELEASES = {
    "sqlite": [f"DROP TRIGGER IF EXISTS event_never_{verb}" for verb in ("update", "delete", "replace")],
    "postgresql": [f"DROP TRIGGER IF EXISTS event_never_{verb} ON {TABLE}" for verb in ("changed", "truncated")],
}
