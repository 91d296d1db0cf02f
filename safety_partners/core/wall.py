"""The second wall behind ``visible_to``: on PostgreSQL, rows of other organisations do not exist for a request.

Each table with an ``organisation_id`` has a policy of row-level security (:class:`Wall`, an operation of migrations) that
compares it with a setting of the session. A request says where it stands; :func:`_keep_to_it` sees to it before each
statement that the connection stands there too, and remembers where it does, so that nothing is sent when nothing changed.
Tasks, management commands and tests stand nowhere: they see every row. SQLite has no such thing; nothing is done there.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.migrations.operations.base import Operation
from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)

COLUMN = "organisation_id"
SETTING = "safety_partners.organisation"
EVERYWHERE = ""  # the product itself at work: tasks, commands of management
NOWHERE = "0"  # a visitor: no organisation has this number
AS_IT_IS = None  # the beginning of a request, before we know who is looking

# One comparison for each row, with a value that is read once for each statement.
_OWN = f"COALESCE({COLUMN} = (SELECT NULLIF(current_setting('{SETTING}', true), '')::bigint), true)"

_standing: ContextVar[str | None] = ContextVar("standing", default=EVERYWHERE)


class Wall(Operation):
    """Wall every table with an organisation that the app has by now; name it again in a migration that makes more of them.

    ``published`` names models that everybody may read and only their own organisation may write; ``without`` those that
    stay open, with the reason beside them.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, *, published: Collection[str] = (), without: Collection[str] = ()) -> None:
        self.published, self.without = published, without

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The models stay as they are."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for name, table in self._tables(app_label, schema_editor, to_state):
            self._down(schema_editor, table)
            schema_editor.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
            # Our role owns its tables, and owners are let past unless they are forced.
            schema_editor.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
            schema_editor.execute(f"CREATE POLICY own_organisation ON {table} USING ({_OWN})")
            if name in self.published:
                schema_editor.execute(f"CREATE POLICY published ON {table} FOR SELECT USING (true)")

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for _name, table in self._tables(app_label, schema_editor, from_state):
            self._down(schema_editor, table)
            schema_editor.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
            schema_editor.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")

    def describe(self) -> str:
        return "Wall the tables of each organisation"

    def _tables(self, app_label: str, schema_editor: Any, state: Any) -> Iterator[tuple[str, str]]:
        if schema_editor.connection.vendor != "postgresql":
            return
        for model in state.apps.get_app_config(app_label).get_models():
            if model.__name__ not in self.without and any(field.column == COLUMN for field in model._meta.local_fields):
                yield model.__name__, model._meta.db_table

    def _down(self, schema_editor: Any, table: str) -> None:
        for policy in ("own_organisation", "published"):
            schema_editor.execute(f"DROP POLICY IF EXISTS {policy} ON {table}")


@contextmanager
def request() -> Iterator[None]:
    """Around a request, its session and its answer: what stands when it begins may stand until we know who is looking."""
    token = _standing.set(AS_IT_IS)
    try:
        yield
    finally:
        _standing.reset(token)


def stand(organisation_id: int | None) -> None:
    """Let the rest of this request see the rows of one organisation; without one, of none. Outside a request nothing changes."""
    if _standing.get() is not EVERYWHERE:
        _standing.set(str(organisation_id) if organisation_id else NOWHERE)


def find(rows: QuerySet[M]) -> M | None:
    """The first of these rows, whichever organisation it belongs to: for its public address, or a secret that somebody holds.

    The rest of the request stands in that organisation.
    """
    with everywhere():
        found = rows.first()
    if found is not None:
        stand(found.organisation_id)  # type: ignore[attr-defined]
    return found


@contextmanager
def asking_who() -> Iterator[None]:
    """Around finding out who is looking: people are not walled, so nothing needs to move for it."""
    with _at(AS_IT_IS):
        yield


@contextmanager
def inside(organisation_id: int) -> Iterator[None]:
    """Stand in another organisation for a moment: somebody joins it, or looks at something it shows to everybody."""
    with _at(str(organisation_id)):
        yield


@contextmanager
def everywhere() -> Iterator[None]:
    """Look through the wall for a moment: for an answer that shows nobody's row, such as whether words belong to a seal."""
    with _at(EVERYWHERE):
        yield


@contextmanager
def _at(place: str | None) -> Iterator[None]:
    token = _standing.set(place)
    try:
        yield
    finally:
        _standing.reset(token)


def watch() -> None:
    """Look after every connection to PostgreSQL that is made from now on."""
    connection_created.connect(_look_after, dispatch_uid="safety_partners.core.wall")


def _look_after(connection: BaseDatabaseWrapper, **_: Any) -> None:
    if connection.vendor == "postgresql" and _keep_to_it not in connection.execute_wrappers:
        # The first place: who adds a wrapper for a while takes the last one off.
        connection.execute_wrappers.insert(0, _keep_to_it)


def _keep_to_it(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Before each statement: let the connection stand where the request does."""
    place, connection = _standing.get(), context["connection"]
    if place is not AS_IT_IS and not connection.needs_rollback and not _stands_at(connection, place):
        _move(connection, place)
    return execute(sql, params, many, context)


def _stands_at(connection: Any, place: str) -> bool:
    known, until = getattr(connection.connection, "safety_partners_stands", (EVERYWHERE, None))
    return known == place and (until is None or until is connection.run_on_commit)


def _move(connection: Any, place: str) -> None:
    with connection.wrap_database_errors, connection.connection.cursor() as cursor:
        cursor.execute(f"SELECT set_config('{SETTING}', %s, false)", [place])
    # A rollback takes the setting back. Django makes this list anew at each rollback and each commit.
    until = connection.run_on_commit if connection.in_atomic_block else None
    connection.connection.safety_partners_stands = (place, until)
