"""Migrations are complete and stand in one line in each app; running them twice changes nothing."""

from __future__ import annotations

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from safety_partners.core.append_only import AppendOnly, FixedOnce

OURS = {config.label for config in apps.get_app_configs() if config.name.startswith("safety_partners.")}


@pytest.fixture(scope="module")
def loader():
    return MigrationLoader(None, ignore_no_migrations=True)


@pytest.mark.django_db
def test_nothing_in_the_models_waits_for_a_migration():
    out = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=out, stderr=out, verbosity=2)
    except SystemExit:
        pytest.fail(out.getvalue())


def branches(graph_nodes) -> list[str]:
    """Migrations that follow the same one inside an app, or begin a second line."""
    followed: dict[tuple[str, str | None], list[str]] = {}
    for (app, name), migration in graph_nodes:
        before = [other for other_app, other in migration.dependencies if other_app == app] or [None]
        for one in before:
            followed.setdefault((app, one), []).append(name)
    return [f"{app}: {names} follow {one}" for (app, one), names in followed.items() if len(names) > 1]


def test_every_app_with_tables_has_one_line_of_migrations(loader):
    ours = [(key, migration) for key, migration in loader.disk_migrations.items() if key[0] in OURS]
    assert len({app for (app, _name), _migration in ours}) >= 3
    assert branches(ours) == []
    assert loader.detect_conflicts() == {}
    with_tables = {model._meta.app_label for model in apps.get_models() if model._meta.app_label in OURS}
    assert with_tables == {app for (app, _name), _migration in ours}


def test_migrations_depend_downwards_only(loader):
    """As imports do: an app's migration never waits for one of an app above it."""
    order = ["core", "people", "insights", "reviews"]
    wrong = [
        f"{app}.{name} waits for {other}"
        for (app, name), migration in loader.disk_migrations.items()
        if app in order
        for other, _name in migration.dependencies
        if other in order and order.index(other) > order.index(app)
    ]
    assert wrong == []


@pytest.mark.django_db
def test_what_only_the_database_does_stands_in_it(loader):
    """Tables made anew on SQLite lose their triggers: a migration that does so must put them back."""
    sql = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql)
        found = {name for (name,) in cursor.fetchall()}
    guards = [
        operation
        for migration in loader.disk_migrations.values()
        for operation in migration.operations
        if isinstance(operation, (AppendOnly, FixedOnce))
    ]
    assert {"core_event", "insights_insight", "insights_verdict", "reviews_paragraph"} <= {guard.table for guard in guards}
    assert {trigger for guard in guards for trigger in guard.triggers(connection.vendor)} - found == set()


def test_the_guard_sees_a_branch():
    class Migration:
        def __init__(self, *before):
            self.dependencies = [("people", name) for name in before]

    line = [(("people", "0001"), Migration()), (("people", "0002"), Migration("0001"))]
    assert branches(line) == []
    assert branches([*line, (("people", "0003"), Migration("0001"))])
    assert branches([*line, (("people", "0003"), Migration())])
