"""The database itself refuses to change a paragraph that was read: triggers, on both databases."""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "reviews_paragraph"
REFUSAL = "paragraphs of a version are never changed"


def guard(connection: BaseDatabaseWrapper) -> None:
    """Put the triggers in place."""
    with connection.cursor() as cursor:
        for statement in _GUARDS[connection.vendor]:
            cursor.execute(statement)


# SQLite's INSERT OR REPLACE deletes the old row without asking the trigger of UPDATE.
_IS_THERE = f"SELECT 1 FROM {TABLE} WHERE id = NEW.id OR (version_id = NEW.version_id AND position = NEW.position)"  # noqa: S608
_FUNCTION = (
    f"CREATE OR REPLACE FUNCTION paragraph_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
)
_RUN = "EXECUTE FUNCTION paragraph_never_changes()"

_GUARDS = {
    "sqlite": [
        f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {when} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        for name, when in (
            ("paragraph_never_update", f"UPDATE ON {TABLE}"),
            ("paragraph_never_replace", f"INSERT ON {TABLE} WHEN EXISTS ({_IS_THERE})"),
        )
    ],
    "postgresql": [
        _FUNCTION,
        f"CREATE OR REPLACE TRIGGER paragraph_never_update BEFORE UPDATE ON {TABLE} FOR EACH ROW {_RUN}",
    ],
}
