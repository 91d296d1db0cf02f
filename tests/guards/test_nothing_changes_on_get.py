"""Looking changes nothing: no page writes to the database when it is only looked at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest
from django.db import connection

from tests.guards.sweep.browser import Recorder, Visit, is_change
from tests.world import PEOPLE
from tests.world.pages import EXAMPLES

pytestmark = pytest.mark.django_db
# Where somebody is in the middle of signing in is kept in the session, also when the page is only looked at again.
SESSIONS = '"django_session"'


def changes_on_get(visits: Iterable[Visit]) -> Iterator[str]:
    """A sentence for each page that changed something when it was looked at."""
    for visit in visits:
        for sql in visit.changes:
            if visit.method == "GET" and SESSIONS not in sql:
                yield f"{visit} wrote: {sql[:120]}"


def test_nothing_changes_on_get(sweep):
    looked = [visit for visit in sweep.visits if visit.method == "GET"]
    assert {visit.person for visit in looked} == set(PEOPLE)
    assert len(looked) > 10 * len({example.page for example in EXAMPLES})
    wrong = list(changes_on_get(looked))
    assert not wrong, "\n".join(wrong)


def test_changes_are_seen_when_there_are_some(sweep):
    """The same recorder saw the forms that people sent: they change things."""
    assert any(visit.changes for visit in sweep.visits if visit.method == "POST")


# The guard itself


def test_the_guard_sees_a_change():
    bad = Visit("lead", "GET", "/a/", 200, changes=('UPDATE "people_user" SET "name" = ?',))
    assert list(changes_on_get([bad]))
    assert not list(changes_on_get([Visit("lead", "GET", "/a/", 200, changes=(f"INSERT INTO {SESSIONS} VALUES (?)",))]))


@pytest.mark.parametrize(
    ("sql", "is_one"),
    [
        ('INSERT INTO "a" VALUES (1)', True),
        ("INSERT OR REPLACE INTO a VALUES (1)", True),
        ('WITH x AS (SELECT 1) DELETE FROM "a"', True),
        ('update "a" set b = 1', True),
        ('SELECT * FROM "a"', False),
        ('SELECT * FROM "a" FOR UPDATE', False),
        ('SELECT "a"."deleted_from", "a"."insert_into" FROM "a" FOR NO KEY UPDATE OF "a"', False),
    ],
)
def test_what_a_change_is(sql, is_one):
    assert is_change(sql) is is_one


def test_the_recorder_hears_the_database():
    recorder = Recorder()
    with connection.execute_wrapper(recorder), connection.cursor() as cursor:
        cursor.execute("DELETE FROM people_grant")
    assert recorder.changes == ("DELETE FROM people_grant",)
