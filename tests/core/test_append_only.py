"""What must stay stays, whoever asks the database: rows that are only added, columns that are fixed once one is filled."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from safety_partners.core.append_only import AppendOnly, FixedOnce

pytestmark = pytest.mark.django_db

LEDGER = AppendOnly("ledger", "lines aren't changed", keys=[("number",)])
NOTES = AppendOnly("ledger", "notes stay as they are", may_be_deleted=True)
LETTER = FixedOnce("ledger", "letters stay closed", filled="seal", fixed=["number"], may_be_emptied=["words"])


@pytest.fixture
def guarded_by():
    """A table of three columns with one guard on it, and two rows in it: a sealed one and an open one."""

    def make(guard):
        run("CREATE TABLE ledger (id integer PRIMARY KEY, number integer UNIQUE, words text, seal text)")
        run("INSERT INTO ledger VALUES (1, 10, 'sealed', 'wax'), (2, 20, 'open', '')")
        guard.put(connection)
        return guard

    return make


def run(sql):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def words():
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM ledger ORDER BY id")
        return [value for (value,) in cursor.fetchall()]


def assert_refused(sql, sentence):
    before = words()
    with pytest.raises(DatabaseError, match=sentence):
        run(sql)
    assert words() == before


@pytest.mark.parametrize("sql", ["UPDATE ledger SET words = 'x'", "UPDATE ledger SET words = words", "DELETE FROM ledger WHERE id = 2"])
def test_an_append_only_table_is_neither_changed_nor_emptied(guarded_by, sql):
    guarded_by(LEDGER)
    assert_refused(sql, "lines aren't changed")


def test_an_append_only_table_takes_more(guarded_by):
    guarded_by(LEDGER)
    run("INSERT INTO ledger VALUES (3, 30, 'new', '')")
    assert words() == ["sealed", "open", "new"]


def test_rows_that_may_go_still_never_change(guarded_by):
    guarded_by(NOTES)
    assert_refused("UPDATE ledger SET words = 'x'", "notes stay as they are")
    run("DELETE FROM ledger WHERE id = 1")
    assert words() == ["open"]


@pytest.mark.parametrize(
    "change",
    ["words = 'x'", "words = 'x', seal = 'other'", "seal = ''", "seal = NULL", "number = 11", "number = NULL", "words = '', seal = ''"],
)
def test_what_is_fixed_once_filled_never_changes(guarded_by, change):
    guarded_by(LETTER)
    assert_refused(f"UPDATE ledger SET {change} WHERE id = 1", "letters stay closed")


def test_what_is_not_filled_yet_is_free_and_what_may_be_emptied_may(guarded_by):
    guarded_by(LETTER)
    run("UPDATE ledger SET words = 'other', number = 21 WHERE id = 2")
    run("UPDATE ledger SET words = '' WHERE id = 1")
    assert words() == ["", "other"]
    assert_refused("UPDATE ledger SET words = 'put back' WHERE id = 1", "letters stay closed")


@pytest.mark.parametrize("guard", [LEDGER, NOTES, LETTER], ids=["append-only", "may go", "fixed once"])
def test_a_row_is_not_replaced_by_another_of_its_number(guarded_by, guard):
    guarded_by(guard)
    if connection.vendor == "postgresql":
        sql = "INSERT INTO ledger VALUES (1, 11, 'x', '') ON CONFLICT (id) DO UPDATE SET words = 'x'"
    else:
        sql = "INSERT OR REPLACE INTO ledger VALUES (1, 11, 'x', '')"
    assert_refused(sql, guard.refusal.replace("''", "'"))


def test_a_row_is_not_replaced_through_another_unique_column(guarded_by):
    guarded_by(LEDGER)
    if connection.vendor == "postgresql":
        assert_refused("INSERT INTO ledger VALUES (5, 10, 'x', '') ON CONFLICT (number) DO UPDATE SET words = 'x'", "lines")
        assert_refused("TRUNCATE ledger", "lines")
    else:
        assert_refused("INSERT OR REPLACE INTO ledger VALUES (5, 10, 'x', '')", "lines")


@pytest.mark.parametrize("guard", [LEDGER, LETTER], ids=["append-only", "fixed once"])
def test_a_guard_can_be_put_twice_and_lifted(guarded_by, guard):
    guarded_by(guard).put(connection)
    guard.lift(connection)
    run("UPDATE ledger SET words = 'x', seal = 'y'")
    run("DELETE FROM ledger")
    assert words() == []
