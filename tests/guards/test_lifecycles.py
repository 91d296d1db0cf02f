"""Every move of every lifecycle is made by somebody, every name of a move exists, every status can be reached."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

import pytest

from safety_partners.core.lifecycle import Lifecycle
from tests.guards.source import app_of, calls, grown, modules, our_models, part_of, place, tree_of

LIFECYCLES: dict[str, tuple[Any, Lifecycle]] = {
    model.__name__: (model, value)
    for model in our_models()
    for value in [getattr(model, "lifecycle", None)]
    if isinstance(value, Lifecycle)
}


# Statuses without a way to them yet, each with the reason.
NOT_YET = {("Message", "cancelled"): "nothing takes back a message that waits; take the status out or give it a command"}


def moves(tree: ast.AST) -> Iterator[tuple[int, str | None, str | None, str]]:
    """Every ``lifecycle.move`` and ``lifecycle.may``: line, model if it is named, move if it is written out, verb."""
    for call, verb in calls(tree):
        if isinstance(call.func, ast.Attribute) and ast.unparse(call.func.value).endswith("lifecycle") and verb in {"move", "may"}:
            owner = ast.unparse(call.func.value).removesuffix(".lifecycle")
            name = call.args[1] if len(call.args) > 1 else None
            yield call.lineno, owner if owner in LIFECYCLES else None, name.value if isinstance(name, ast.Constant) else None, verb


def names_of_moves(tree: ast.AST) -> set[str]:
    """Every text in a module that could be the name of a move: moves may be chosen from a table or by a condition."""
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def unknown_moves(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Moves named in the source that no lifecycle, or not the one named, has."""
    everything = {name for _model, lifecycle in LIFECYCLES.values() for name in lifecycle.moves}
    for line, model, name, _verb in moves(tree):
        known = set(LIFECYCLES[model][1].moves) if model else everything
        if name is not None and name not in known:
            yield line, name


def begun_with(tree: ast.AST, name: str) -> set[str]:
    """The statuses, by their names in the source, with which records are made: ``status=Message.Status.HELD if waits else …``."""
    model, lifecycle = LIFECYCLES[name]
    return {
        str(getattr(model.Status, node.attr))
        for call, verb in calls(tree)
        if verb == "create" and ast.unparse(call.func) == f"{name}.objects.create"
        for keyword in call.keywords
        if keyword.arg == lifecycle.field
        for node in ast.walk(keyword.value)
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == f"{name}.Status"
    }


def unreachable(lifecycle: Lifecycle, statuses: set[str], start: str, others: set[str] | None = None) -> set[str]:
    """Statuses to which no way of moves leads from the start, or from others that records are made with.

    A record that begins anywhere reaches everything.
    """
    reached: set[str] = set()
    found = {start} | (others or set()) if start in statuses else statuses
    while found:
        reached |= found
        found = {move.target for move in lifecycle.moves.values() if set(move.sources) & reached} - reached
    return statuses - reached


def test_there_are_lifecycles_and_moves():
    assert len(LIFECYCLES) >= 3
    assert sum(1 for path in modules() for _move in moves(tree_of(path))) >= 10


@pytest.mark.parametrize("name", LIFECYCLES)
def test_every_move_has_a_command(name):
    """Its name stands in a command of an app that may use the model, or in the machinery that owns it."""
    model, lifecycle = LIFECYCLES[name]
    makers = [path for path in modules() if part_of(path) == "commands" or (app_of(path) == "core" and model._meta.app_label == "core")]
    said = {
        text
        for path in makers
        if part_of(path) != "models.py" and "models" not in path.name
        for tree in [tree_of(path)]
        if any(verb == "move" and owner in {name, None} for _line, owner, _move, verb in moves(tree)) or app_of(path) == "core"
        for text in names_of_moves(tree)
    }
    assert sorted(set(lifecycle.moves) - said) == []


def test_every_move_that_is_named_exists():
    assert [f"{place(path, line)}: {name}" for path in modules() for line, name in unknown_moves(tree_of(path))] == []


@pytest.mark.parametrize("name", LIFECYCLES)
def test_every_status_can_be_reached_and_every_move_stands_on_the_field(name):
    model, lifecycle = LIFECYCLES[name]
    field = model._meta.get_field(lifecycle.field)
    statuses = {str(value) for value, _words in field.flatchoices}
    used = {status for move in lifecycle.moves.values() for status in (*move.sources, move.target)}
    assert used <= statuses
    not_yet = {status for model_name, status in NOT_YET if model_name == name}
    others = {status for path in modules() for status in begun_with(tree_of(path), name)}
    assert unreachable(lifecycle, statuses, str(field.get_default()), others) == not_yet
    assert model._meta.get_field("turn").get_default() == 0


@pytest.mark.parametrize("name", LIFECYCLES)
def test_a_status_is_changed_by_moves_only(name):
    """No command writes the status field by itself."""
    _model, lifecycle = LIFECYCLES[name]
    found = [
        place(path, call.lineno)
        for path in modules()
        for call, verb in calls(tree_of(path))
        if verb == "update" and f"{name}.objects" in ast.unparse(call) and lifecycle.field in {keyword.arg for keyword in call.keywords}
    ]
    assert found == []


def test_the_guard_sees_a_move_that_does_not_exist():
    model = next(iter(LIFECYCLES))
    assert list(unknown_moves(grown(f"{model}.lifecycle.move(record, 'fly')"))) == [(1, "fly")]
    assert list(unknown_moves(grown("record.lifecycle.may(record, 'fly')"))) == [(1, "fly")]


def test_the_guard_sees_a_status_that_cannot_be_reached():
    lifecycle = Lifecycle({"go": ("a", "b"), "stray": ("x", "y")})
    assert unreachable(lifecycle, {"a", "b", "x", "y"}, "a") == {"x", "y"}
    assert unreachable(lifecycle, {"a", "b", "x", "y"}, "a", {"x"}) == set()


def test_the_guard_sees_with_which_status_a_record_is_made():
    made = "Message.objects.create(status=Message.Status.HELD if waits else Message.Status.QUEUED, channel=Message.Channel.EMAIL)"
    assert begun_with(grown(made), "Message") == {"held", "waiting"}
    assert begun_with(grown("Message.objects.filter(status=Message.Status.HELD)"), "Message") == set()
