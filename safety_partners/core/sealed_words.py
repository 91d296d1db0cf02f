"""The database itself refuses to change words that were sealed: triggers, on both databases.

Words may only be taken away (a withdrawal leaves an empty text and the seal), and a seal never changes. A later migration
that makes SQLite build such a table anew must call :func:`guard` again; a test over both databases says so if it does not.
"""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

_REFUSAL = "sealed words are never changed"
_BREAKS_THE_SEAL = "OLD.checksum <> '' AND (NEW.checksum <> OLD.checksum OR (NEW.words <> OLD.words AND NEW.words <> ''))"


def guard(connection: BaseDatabaseWrapper, table: str) -> None:
    """Put the trigger of one table with sealed words in place."""
    with connection.cursor() as cursor:
        for statement in _STATEMENTS[connection.vendor]:
            cursor.execute(statement.format(table=table))


_STATEMENTS = {
    "sqlite": [
        f"CREATE TRIGGER IF NOT EXISTS {{table}}_words_sealed BEFORE UPDATE ON {{table}} WHEN {_BREAKS_THE_SEAL}"
        f" BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END",
        # INSERT OR REPLACE would take the sealed row away and put another in its place.
        "CREATE TRIGGER IF NOT EXISTS {table}_words_replaced BEFORE INSERT ON {table}"
        " WHEN EXISTS (SELECT 1 FROM {table} WHERE checksum <> '' AND (id = NEW.id OR code = NEW.code) AND words <> NEW.words)"
        f" BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END",
    ],
    "postgresql": [
        "CREATE OR REPLACE FUNCTION words_are_sealed() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION '{_REFUSAL}'; END $$",
        "CREATE OR REPLACE TRIGGER words_sealed BEFORE UPDATE OF words, checksum ON {table} FOR EACH ROW"
        f" WHEN ({_BREAKS_THE_SEAL}) EXECUTE FUNCTION words_are_sealed()",
    ],
}
