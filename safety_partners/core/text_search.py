"""Finding records by their words: the one place where the two databases differ.

SQLite has an FTS5 table beside :class:`SearchEntry`, PostgreSQL a ``tsvector`` column in it with a GIN index; both
are made in the migration. Words are taken apart here, in one way for both: the databases only keep them by their
stems. What a person types becomes such words too, so it can never be a query language.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any, TypeVar

from django.db import connection, models
from django.db.models.expressions import RawSQL

from safety_partners.core.models import Record, SearchEntry

M = TypeVar("M", bound=models.Model)
NEWEST = 1000
# PostgreSQL: words held by so many of the newest records are found among so many of them, or else by the index.
SAMPLE, COMMON_IN_SAMPLE, WALK = 2000, 40, 50_000
MOST_WORDS_TYPED = 12
MOST_BYTES_KEPT = 900_000  # PostgreSQL takes a little more for one record, and fails above
LONGEST_WORD = 64

_ACCENTS = re.compile(r"[\u0300-\u036f]")
_WORD = re.compile(r"[^\W_]+")


def words_of(text: str) -> list[str]:
    """Each different word of a text once: small letters, no accents, no punctuation."""
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", text).casefold())
    return list(dict.fromkeys(word[:LONGEST_WORD] for word in _WORD.findall(plain)))


def index(record: Record, words: str, *, organisation_id: int) -> None:
    """Let the record be found by these words from now on."""
    entry, _made = SearchEntry.objects.get_or_create(
        kind=record._meta.label_lower, record_id=record.pk, defaults={"organisation_id": organisation_id}
    )
    kept = list(_within_limits(words_of(words)))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            stems = "SELECT array_to_tsvector(array_agg((ts_lexize('core_stems', word))[1])) FROM unnest(%s::text[]) word"
            cursor.execute(f"UPDATE core_searchentry SET words = ({stems}) WHERE id = %s", [kept, entry.pk])  # noqa: S608
        else:
            cursor.execute("INSERT OR REPLACE INTO core_searchwords (rowid, words) VALUES (%s, %s)", [entry.pk, " ".join(kept)])


def _within_limits(words: list[str]) -> Iterator[str]:
    room = MOST_BYTES_KEPT
    for word in words:
        room -= len(word.encode())
        if room < 0:
            return
        yield word


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
    words = words_of(typed)[:MOST_WORDS_TYPED]
    if not words or organisation_id is None:
        return rows
    kind = rows.model._meta.label_lower
    values: list[Any]
    if connection.vendor == "postgresql":
        sql, values = _postgresql(kind, organisation_id, words)
    else:
        sql, values = _sqlite(kind, organisation_id, words)
    return rows.filter(pk__in=RawSQL(sql, values))  # noqa: S611 - what was typed is among the values only


def _sqlite(kind: str, organisation_id: int, words: list[str]) -> tuple[str, list[Any]]:
    """The newest matches. A beginning is dear: its records are all gathered first. So what only begins like the last word
    is left out where enough records hold it whole.
    """
    entries = "CROSS JOIN core_searchentry entry ON entry.id = found.rowid"  # in this order: found first, then looked up
    here = "entry.kind = %s AND entry.organisation_id = %s"
    matches = f"FROM core_searchwords found {entries} WHERE {here} AND found.words MATCH"
    whole_or_begun = f"(SELECT CASE WHEN count(*) = %s THEN %s ELSE %s END FROM (SELECT 1 {matches} %s LIMIT %s))"  # noqa: S608 - placeholders only
    sql = f"SELECT entry.record_id {matches} {whole_or_begun} ORDER BY found.rowid DESC LIMIT %s"
    whole = " ".join(f'"{word}"' for word in words)
    return sql, [kind, organisation_id, NEWEST, whole, f"{whole}*", kind, organisation_id, whole, NEWEST, NEWEST]


def _postgresql(kind: str, organisation_id: int, words: list[str]) -> tuple[str, list[Any]]:
    """The newest matches. Words that many records hold are met by walking back from the newest record; the index of words,
    which would first gather every match there is, is asked for those that few hold. A sample of the newest decides.
    """
    # Stem by stem and not by to_tsquery, whose parser takes some words apart: "7e3m" would be a number and a letter.
    stems = " || ' & ' || ".join(["quote_literal((ts_lexize('core_stems', %s))[1])"] * len(words))
    matches = f"words @@ ({stems} || ':*')::tsquery"
    entries = "core_searchentry WHERE kind = %s AND organisation_id = %s"
    newest = f"(SELECT id, record_id, words FROM {entries} ORDER BY id DESC LIMIT %s) newest"  # noqa: S608 - placeholders only
    walk = newest.replace(" ORDER BY", " AND (SELECT found FROM sample) >= %s ORDER BY")
    sql = (
        f"WITH sample AS MATERIALIZED (SELECT count(*) AS found FROM {newest} WHERE {matches}),"  # noqa: S608
        f" walk AS MATERIALIZED (SELECT record_id FROM {walk} WHERE {matches} ORDER BY id DESC LIMIT %s)"
        # OFFSET 0 keeps the limit out: for its sake the whole table would be walked in place of the index of words.
        f" SELECT record_id FROM walk UNION ALL (SELECT record_id FROM (SELECT id, record_id FROM {entries} AND {matches}"
        " AND (SELECT count(*) FROM walk) < %s OFFSET 0) indexed ORDER BY id DESC LIMIT %s)"
    )
    here = [kind, organisation_id]
    sample = [*here, SAMPLE, *words]
    walked = [*here, COMMON_IN_SAMPLE, WALK, *words, NEWEST]
    return sql, [*sample, *walked, *here, *words, NEWEST, NEWEST]
