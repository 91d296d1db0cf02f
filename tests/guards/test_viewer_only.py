"""Below ``config`` nobody asks for ``request.user``: rules are about the viewer, in one organisation, with roles."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.guards.source import PACKAGE, app_of, grown, modules, place, templates, tree_of

ALLOWED = {PACKAGE / "people" / "sign_in.py"}
IN_TEMPLATE = re.compile(r"\brequest\.user\b|\{\{-?\s*user\.")


def askers(tree: ast.AST) -> Iterator[int]:
    """Lines on which somebody asks a request for its user."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr == "user":
            is_asked = ast.unparse(node.value).split(".")[-1].endswith("request")
        else:
            is_asked = isinstance(node, ast.ImportFrom) and "get_user" in {alias.name for alias in node.names}
        if is_asked:
            yield node.lineno  # type: ignore[attr-defined]


def test_nobody_below_config_asks_for_the_user():
    found = [(path, line) for path in modules() for line in askers(tree_of(path))]
    assert any(app_of(path) == "config" for path, _line in found), "the middleware itself was not seen"
    assert [place(path, line) for path, line in found if app_of(path) != "config" and path not in ALLOWED] == []


def test_no_template_asks_for_the_user():
    assert templates()
    assert [place(path) for path in templates() if IN_TEMPLATE.search(path.read_text())] == []


@pytest.mark.parametrize("source", ["request.user.is_staff", "self.request.user", "from django.contrib.auth import get_user"])
def test_the_guard_sees_who_asks(source):
    assert list(askers(grown(source)))


def test_the_guard_lets_other_users_be():
    assert not list(askers(grown("member.user.name")))
    assert IN_TEMPLATE.search("{{ request.user.name }}")
    assert not IN_TEMPLATE.search("{{ member.user.name }}")
