"""Sealed words: anyone can check them, the database refuses to change them, and verification finds what got past it."""

from __future__ import annotations

import subprocess

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from safety_partners.core import history
from safety_partners.core.seals import is_intact, seal
from safety_partners.people.models import Role
from tests.factories.insights import make_insight
from tests.factories.people import make_member

WORDS = st.text(st.characters(exclude_categories=["Cs"]))


@given(WORDS, WORDS)
def test_only_the_same_words_have_the_same_seal(one, other):
    assert (seal(one) == seal(other)) == (one == other)


@given(WORDS)
def test_words_that_were_taken_away_or_not_yet_sealed_are_intact(words):
    assert is_intact(words, seal(words))
    assert is_intact("", seal(words))
    assert is_intact(words, "")


def test_other_words_are_not_intact():
    assert not is_intact("I waited three hours.", seal("I waited two hours."))
    assert not is_intact("I waited two hours. ", seal("I waited two hours."))


def test_anyone_can_check_a_seal_with_a_common_tool():
    words = "Żółć\nand 3 “hours”"
    given_out = subprocess.run(["sha256sum"], input=words.encode(), capture_output=True, check=True).stdout.decode()
    assert given_out.split()[0] == seal(words)


@pytest.fixture
def shared(db):
    return make_insight(make_member(None, Role.PARTNER))


@pytest.fixture
def tamper(shared):
    """Run SQL as somebody would who got past the triggers."""

    def run(change):
        table = shared._meta.db_table
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute(f"DROP TRIGGER {table}_refuses_update")
                # What else the database checks must not hide what we look for.
                cursor.execute("PRAGMA ignore_check_constraints = ON")
            else:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
                cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT insight_sealed_when_shared")
            cursor.execute(f"{change.format(table=table)} WHERE id = %s", [shared.pk])
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA ignore_check_constraints = OFF")

    return run


def faults():
    return [fault.what for fault in history.verify()]


def test_words_that_were_left_alone_verify(shared):
    assert shared.checksum == seal(shared.words)
    assert faults() == []


@pytest.mark.parametrize("change", ["words = 'other'", "checksum = 'other'", "words = 'other', checksum = 'other'", "checksum = ''"])
def test_the_database_refuses_to_change_them(shared, change):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {shared._meta.db_table} SET {change} WHERE id = %s", [shared.pk])


def test_changed_words_are_found(tamper):
    tamper("UPDATE {table} SET words = 'Everything was fine.'")
    assert faults() == ["its words do not match their seal"]


def test_words_changed_together_with_their_seal_are_found(tamper):
    tamper(f"UPDATE {{table}} SET words = 'Fine.', checksum = '{seal('Fine.')}'")
    assert faults() == ["its seal is not the one that was recorded when the words were shared"]


def test_a_seal_taken_away_is_found(tamper):
    tamper("UPDATE {table} SET words = 'Fine.', checksum = ''")
    assert faults() == ["its seal is not the one that was recorded when the words were shared"]


def test_a_deleted_record_is_found(tamper, shared):
    tamper("DELETE FROM {table}")
    assert faults() == ["is missing, though its words were sealed"]


def test_words_shared_while_somebody_verifies_are_no_fault(shared, monkeypatch):
    read = history._faults_of_ends

    def and_then_somebody_shares(*ends):
        make_insight(shared.speaker)
        return list(read(*ends))

    monkeypatch.setattr(history, "_faults_of_ends", and_then_somebody_shares)
    assert faults() == []
