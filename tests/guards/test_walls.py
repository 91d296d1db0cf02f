"""On PostgreSQL every table with an organisation stands behind the second wall, and the wall holds for each of them."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from safety_partners.core import wall
from tests.world import build

pytestmark = [pytest.mark.django_db, pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no row-level security")]

# What everybody may read, and only its own organisation may write.
PUBLISHED = {"insights_publishedchange", "insights_publishedmovement"}
# What stays open, and why.
OPEN = {
    "core_searchentry": "PostgreSQL would not use the index of words; what is found is looked up behind the wall",
    "people_invitation": "found by its secret before anybody is signed in",
    "people_membership": "signing in and changing organisation look at all of a person's",
    "people_parentage": "is between two organisations",
    "people_service": "holds public names",
    "people_urgentcontact": "is public",
}


def rows(sql: str, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def with_an_organisation() -> dict[str, type]:
    found = [model for model in apps.get_models() if model.__module__.startswith("safety_partners.")]
    return {model._meta.db_table: model for model in found if any(field.column == wall.COLUMN for field in model._meta.local_fields)}


def walled() -> list[str]:
    return sorted(set(with_an_organisation()) - set(OPEN))


def test_every_table_with_an_organisation_is_walled_by_one_sentence():
    tables = with_an_organisation()
    assert len(tables) > 15
    assert set(OPEN) | PUBLISHED <= set(tables)
    forced = rows("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity AND relkind = 'r'")
    assert {name for (name,) in forced} == set(walled()), "a migration that makes such a table ends with core.wall.Wall()"
    policies = rows("SELECT tablename, policyname, cmd, qual FROM pg_policies")
    assert {(table, name) for table, name, _cmd, _qual in policies} == {
        *((table, "own_organisation") for table in walled()),
        *((table, "published") for table in PUBLISHED),
    }
    assert len({qual for _table, name, _cmd, qual in policies if name == "own_organisation"}) == 1
    assert {cmd for _table, name, cmd, _qual in policies if name == "published"} == {"SELECT"}


def test_the_role_of_the_tests_is_bound_by_it():
    """A superuser, or a role that may bypass row-level security, would prove nothing."""
    assert rows("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user") == [(False,)]


def test_a_select_without_a_condition_shows_one_organisation_s_rows():
    world = build()
    for here, there in ((world.home, world.away), (world.away, world.home)):
        for table in walled():
            count = f"SELECT count(*) FROM {table} WHERE organisation_id = %s"
            all_of_theirs = rows(count, there.organisation.pk)[0][0]
            assert all_of_theirs, f"tests/world has no row in {table}"
            with wall.inside(here.organisation.pk):
                seen = {number for (number,) in rows(f"SELECT organisation_id FROM {table}")}
                theirs = {there.organisation.pk} if table in PUBLISHED else set()
                assert seen == {here.organisation.pk} | theirs, table
                # History refuses before the wall does.
                with pytest.raises(DatabaseError, match=r"row-level security|never changed"), transaction.atomic():
                    rows(f"UPDATE {table} SET organisation_id = %s WHERE organisation_id = %s", there.organisation.pk, here.organisation.pk)
            with wall.inside(0):
                assert not rows(f"SELECT 1 FROM {table}") or table in PUBLISHED
