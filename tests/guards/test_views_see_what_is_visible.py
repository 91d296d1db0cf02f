"""Views load records through ``visible_to`` only; what joins tables stands in queries."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.guards.source import grown, modules, part_of, place, tree_of

MANAGERS = {"objects", "_default_manager", "_base_manager"}


def past_visible_to(tree: ast.AST) -> Iterator[tuple[int, bool]]:
    """Every use of a manager: its line, and whether it begins with ``visible_to``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in MANAGERS:
            parent = getattr(node, "parent", None)
            yield node.lineno, isinstance(parent, ast.Attribute) and parent.attr == "visible_to"


def test_views_load_through_visible_to():
    looked = [(path, line, is_right) for path in modules() if part_of(path) == "views" for line, is_right in past_visible_to(tree_of(path))]
    assert sum(is_right for _path, _line, is_right in looked) >= 10
    assert [place(path, line) for path, line, is_right in looked if not is_right] == []


@pytest.mark.parametrize(
    "source", ["Insight.objects.get(pk=1)", "Insight.objects.filter(code=code)", "rows = Insight.objects", "Insight._base_manager.all()"]
)
def test_the_guard_sees_a_way_past(source):
    assert [is_right for _line, is_right in past_visible_to(grown(source))] == [False]


def test_the_guard_lets_the_right_way_be():
    assert [is_right for _line, is_right in past_visible_to(grown("Insight.objects.visible_to(viewer).with_people()"))] == [True]
