"""The database itself refuses to change words that were sealed: triggers, on both databases.

Words may only be taken away (a withdrawal leaves an empty text and the seal), and a seal never changes. A later migration
that makes SQLite build such a table anew must call :func:`guard` again; a test over both databases says so if it does not.
"""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

_REFUSAL = "sealed words are never changed"
_BREAKS_THE_SEAL = "OLD.checksum <> '' AND (NEW.checksum <> OLD.checksum OR (NEW.words <> OLD.words AND NEW.words <> ''))"


def guard(connection: BaseDatabaseWrapper, table: str) -> None:
    """Put the triggers of one table with sealed words in place."""
    with connection.cursor() as cursor:
        for statement in _statements(connection.vendor, table):
            cursor.execute(statement)


def _statements(vendor: str, table: str) -> list[str]:
    if vendor == "postgresql":
        words_or_seal = f"UPDATE OF words, checksum ON {table} FOR EACH ROW WHEN ({_BREAKS_THE_SEAL})"
        refuse = f"BEGIN RAISE EXCEPTION '{_REFUSAL}'; END"
        return [
            f"CREATE OR REPLACE FUNCTION words_are_sealed() RETURNS trigger LANGUAGE plpgsql AS $$ {refuse} $$",
            f"CREATE OR REPLACE TRIGGER words_sealed BEFORE {words_or_seal} EXECUTE FUNCTION words_are_sealed()",
        ]
    # INSERT OR REPLACE would take the sealed row away and put another in its place.
    is_sealed = f"EXISTS (SELECT 1 FROM {table} WHERE checksum <> '' AND id = NEW.id)"  # noqa: S608 - a table of ours
    return [
        f"CREATE TRIGGER IF NOT EXISTS {table}_words_{name} BEFORE {when} BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
        for name, when in (
            ("sealed", f"UPDATE ON {table} WHEN {_BREAKS_THE_SEAL}"),
            ("replaced", f"INSERT ON {table} WHEN {is_sealed}"),
        )
    ]
