"""The database itself refuses to change what must stay: triggers, on both databases, put in place by migrations.

A table may be append-only (:class:`AppendOnly`), or some of its columns fixed once another one is filled (:class:`FixedOnce`).
A later migration that makes SQLite build such a table anew must name the operation again; a guard over both databases
says so if it does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.operations.base import Operation

# One function for every trigger: the trigger says the words.
_REFUSE = "CREATE OR REPLACE FUNCTION core_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END $$"


class _Guard(Operation):
    """Triggers on one table that refuse with one sentence. ``keys`` are the unique columns beside the number of the row."""

    reduces_to_sql = True
    reversible = True
    # How each database says that two values differ, where either may be NULL.
    _DIFFERS: ClassVar = {"sqlite": "IS NOT", "postgresql": "IS DISTINCT FROM"}

    def __init__(self, table: str, refusal: str, *, keys: Sequence[tuple[str, ...]] = ()) -> None:
        self.table, self.refusal, self.keys = table, refusal.replace("'", "''"), keys

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The models stay as they are."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        self.put(schema_editor.connection)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        self.lift(schema_editor.connection)

    def describe(self) -> str:
        return f"Refuse in {self.table}: {self.refusal}"

    def put(self, connection: BaseDatabaseWrapper) -> None:
        """Put the triggers in place."""
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(_REFUSE)
            for name, when in self.triggers(connection.vendor).items():
                cursor.execute(self._postgresql(name, when) if connection.vendor == "postgresql" else self._sqlite(name, when))

    def lift(self, connection: BaseDatabaseWrapper) -> None:
        """Take the triggers away: to go back to before the migration, and to empty the database of a test."""
        where = f" ON {self.table}" if connection.vendor == "postgresql" else ""
        with connection.cursor() as cursor:
            for name in self.triggers(connection.vendor):
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}{where}")

    def triggers(self, vendor: str) -> dict[str, str]:
        """The name of each trigger, and what it stands before."""
        return {f"{self.table}_refuses_{verb}": when for verb, when in self._refused(vendor)}

    def _refused(self, vendor: str) -> Iterator[tuple[str, str]]:
        raise NotImplementedError

    def _postgresql(self, name: str, when: str) -> str:
        return f"CREATE OR REPLACE TRIGGER {name} BEFORE {when} EXECUTE FUNCTION core_refuse('{self.refusal}')"

    def _sqlite(self, name: str, when: str) -> str:
        return f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {when} BEGIN SELECT RAISE(ABORT, '{self.refusal}'); END"

    def _replacing(self, condition: str = "true") -> str:
        """SQLite's INSERT OR REPLACE deletes the old row without asking the triggers of UPDATE or DELETE."""
        same = " OR ".join(" AND ".join(f"{column} = NEW.{column}" for column in key) for key in [("id",), *self.keys])
        return f"INSERT ON {self.table} WHEN EXISTS (SELECT 1 FROM {self.table} WHERE {condition} AND ({same}))"  # noqa: S608


class AppendOnly(_Guard):
    """Rows are added and never changed; nor deleted, unless the table says they may be."""

    def __init__(self, table: str, refusal: str, *, keys: Sequence[tuple[str, ...]] = (), may_be_deleted: bool = False) -> None:
        super().__init__(table, refusal, keys=keys)
        self.may_be_deleted = may_be_deleted

    def _refused(self, vendor: str) -> Iterator[tuple[str, str]]:
        each = " FOR EACH ROW" if vendor == "postgresql" else ""
        yield "update", f"UPDATE ON {self.table}{each}"
        if not self.may_be_deleted:
            yield "delete", f"DELETE ON {self.table}{each}"
        if vendor == "sqlite":
            yield "replace", self._replacing()
        elif not self.may_be_deleted:
            yield "truncate", f"TRUNCATE ON {self.table} FOR EACH STATEMENT"


class FixedOnce(_Guard):
    """Once ``filled`` holds something, it and ``fixed`` never change; ``may_be_emptied`` may only become empty."""

    def __init__(self, table: str, refusal: str, *, filled: str, fixed: Sequence[str] = (), may_be_emptied: Sequence[str] = ()) -> None:
        super().__init__(table, refusal)
        self.filled, self.fixed, self.may_be_emptied = filled, (filled, *fixed), tuple(may_be_emptied)

    def _refused(self, vendor: str) -> Iterator[tuple[str, str]]:
        differs = self._DIFFERS[vendor]
        changed = [f"NEW.{column} {differs} OLD.{column}" for column in self.fixed]
        changed += [f"(NEW.{column} {differs} OLD.{column} AND NEW.{column} <> '')" for column in self.may_be_emptied]
        condition = f"OLD.{self.filled} <> '' AND ({' OR '.join(changed)})"
        columns = ", ".join([*self.fixed, *self.may_be_emptied])
        if vendor == "postgresql":
            yield "update", f"UPDATE OF {columns} ON {self.table} FOR EACH ROW WHEN ({condition})"
        else:
            yield "update", f"UPDATE ON {self.table} WHEN {condition}"
            yield "replace", self._replacing(f"{self.filled} <> ''")


EVENTS = AppendOnly("core_event", "events are never changed or deleted", keys=[("organisation_id", "number")])
