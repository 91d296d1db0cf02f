"""Only commands change anything: no view, form, query, model property, template filter or task writes by itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.guards.source import app_of, calls, function_around, grown, modules, part_of, place, tree_of

ALWAYS_A_WRITE = {
    "save",
    "asave",
    "delete",
    "adelete",
    "create",
    "acreate",
    "get_or_create",
    "update_or_create",
    "bulk_create",
    "bulk_update",
}
ROWS = {"objects", "filter", "exclude", "all", "visible_to", "select_for_update", "_base_manager", "_default_manager", "order_by"}
# The machinery's own verbs that write: (module or attribute, verb).
MACHINERY = {
    ("lifecycle", "move"),
    ("outbox", "put"),
    ("text_search", "index"),
    ("text_search", "forget"),
    ("files", "keep"),
    ("history", "write"),
}

# Where something is written outside a command, and why that is right: (app, module, function).
KNOWN = {
    ("people", "models", "create_user"): "how Django makes a person; commands call it",
    ("design", "lists", "capped_count"): "counts rows; Django's own count would sort and join them first",
    ("config", "demonstration", "go_out"): "emails of an invented year went, without a mail server",
    ("people", "sign_in", "*"): "sessions and sign-in codes, which the sign-in library keeps",
}


def writes(tree: ast.AST) -> Iterator[tuple[int, str, str]]:
    """Every call that changes rows: its line, the function it stands in, the verb."""
    for call, name in calls(tree):
        if is_write(call, name):
            yield call.lineno, function_around(call), name


def is_write(call: ast.Call, name: str) -> bool:
    """Say whether a call changes something that is kept."""
    if not isinstance(call.func, ast.Attribute):
        return False
    receiver = ast.unparse(call.func.value)
    if (receiver.split(".")[-1], name) in MACHINERY:
        return True
    if name == "update":
        return not call.args and bool(set(receiver.replace("(", ".").split(".")) & ROWS)
    if name in {"execute", "executemany", "executescript"}:
        return "cursor" in receiver
    if name in {"save", "delete"} and call.args:
        # A row is saved and deleted by itself; with something in the brackets it is a file.
        return "storage" in receiver
    return name in ALWAYS_A_WRITE


def is_known(app: str, part: str, function: str) -> bool:
    return (app, part, function) in KNOWN or (app, part, "*") in KNOWN


def test_only_commands_write():
    found = []
    for path in modules():
        if app_of(path) == "core" or part_of(path) == "commands":
            continue
        for line, function, verb in writes(tree_of(path)):
            if not is_known(app_of(path), part_of(path), function):
                found.append(f"{place(path, line)} {function}: {verb}")
    assert found == []


def test_commands_do_write():
    """Otherwise the guard above would look in the wrong places."""
    apps = {app_of(path) for path in modules() if part_of(path) == "commands" and list(writes(tree_of(path)))}
    assert len(apps) >= 3


def test_no_exception_is_left_from_earlier():
    used = set()
    for path in modules():
        for _line, function, _verb in writes(tree_of(path)):
            used |= {(app_of(path), part_of(path), function), (app_of(path), part_of(path), "*")}
    assert set(KNOWN) <= used


@pytest.mark.parametrize(
    "source",
    [
        "def view(request):\n    insight.save()",
        "def view(request):\n    Insight.objects.create(words='x')",
        "def query(viewer):\n    Insight.objects.filter(pk=1).update(status='x')",
        "def query(viewer):\n    rows.exclude(pk=1).all().delete()",
        "def view(request):\n    Insight.lifecycle.move(insight, 'share')",
        "def view(request):\n    outbox.put('x', to=y)",
        "def view(request):\n    storages['private'].save(name, content)",
        "def query():\n    cursor.execute('UPDATE x')",
        "class M:\n    @property\n    def x(self):\n        self.rows.get_or_create(a=1)",
    ],
)
def test_the_guard_sees_a_write(source):
    assert list(writes(grown(source)))


@pytest.mark.parametrize(
    "source",
    [
        "kept.update(a=1)",
        "context.update(other)",
        "found = set()\nfound.discard(1)",
        "commands.respond(viewer, insight)",
        "filters.update({'a': 1})",
        "paper.save(content)",
    ],
)
def test_the_guard_lets_dictionaries_be(source):
    assert not list(writes(grown(source)))
