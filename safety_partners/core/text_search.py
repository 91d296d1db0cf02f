"""Finding records by their words: the one place where the two databases differ.

SQLite has an FTS5 table beside :class:`SearchEntry`, PostgreSQL a ``tsvector`` column in it with a GIN index; both
are made in the migration. What a person types is quoted, so it can never be a query language.
"""

from __future__ import annotations

import re
from typing import TypeVar

from django.db import connection, models
from django.db.models.expressions import RawSQL

from safety_partners.core.models import Record, SearchEntry

M = TypeVar("M", bound=models.Model)
NEWEST = 1000


def index(record: Record, words: str, *, organisation_id: int) -> None:
    """Let the record be found by these words from now on."""
    entry, _made = SearchEntry.objects.get_or_create(
        kind=record._meta.label_lower, record_id=record.pk, defaults={"organisation_id": organisation_id}
    )
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("UPDATE core_searchentry SET words = to_tsvector('english', %s) WHERE id = %s", [words, entry.pk])
        else:
            cursor.execute("INSERT OR REPLACE INTO core_searchwords (rowid, words) VALUES (%s, %s)", [entry.pk, words])


def forget(record: Record) -> None:
    """Take the record's words out of the index."""
    found = SearchEntry.objects.filter(kind=record._meta.label_lower, record_id=record.pk)
    if connection.vendor != "postgresql":
        with connection.cursor() as cursor:
            for pk in found.values_list("pk", flat=True):
                cursor.execute("DELETE FROM core_searchwords WHERE rowid = %s", [pk])
    found.delete()


def matching(rows: models.QuerySet[M], typed: str, *, organisation_id: int | None) -> models.QuerySet[M]:
    """Keep the rows whose words hold every word typed (the last may be a beginning); the newest 1,000 matches count."""
    terms = re.findall(r"\w+", typed)[:12]
    if not terms or organisation_id is None:
        return rows
    kind = rows.model._meta.label_lower
    if connection.vendor == "postgresql":
        query = " & ".join(f"'{term}'" for term in terms[:-1]) + (" & " if terms[:-1] else "") + f"'{terms[-1]}':*"
        sql = (
            "SELECT record_id FROM core_searchentry WHERE kind = %s AND organisation_id = %s"
            " AND words @@ to_tsquery('english', %s) ORDER BY id DESC LIMIT %s"
        )
    else:
        query = " ".join(f'"{term}"' for term in terms) + "*"
        sql = (
            "SELECT entry.record_id FROM core_searchwords found JOIN core_searchentry entry ON entry.id = found.rowid"
            " WHERE found.words MATCH %s AND entry.kind = %s AND entry.organisation_id = %s"
            " ORDER BY found.rowid DESC LIMIT %s"
        )
    values = [kind, organisation_id, query, NEWEST] if connection.vendor == "postgresql" else [query, kind, organisation_id, NEWEST]
    return rows.filter(pk__in=RawSQL(sql, values))
