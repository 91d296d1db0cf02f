"""Only ``core/return_to.py`` reads where to go back to: a second reader would be an open door to other sites."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.guards.source import PACKAGE, grown, modules, place, tree_of

READER = PACKAGE / "core" / "return_to.py"
GIVEN = {"GET", "POST", "QUERY_STRING"}
NAMES = {"next", "return_to", "redirect_to", "back", "Referer", "HTTP_REFERER", "referer"}
LIBRARY = {"REDIRECT_FIELD_NAME", "get_next_redirect_url", "get_success_url_allowed_hosts"}


def readers(tree: ast.AST) -> Iterator[int]:
    """Lines on which an address to go back to is read from what a browser sent."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in {"get", "getlist", "pop"}:
            asked, receiver = node.args[:1], ast.unparse(node.func.value)
        elif isinstance(node, ast.Subscript):
            asked, receiver = [node.slice], ast.unparse(node.value)
        else:
            if isinstance(node, (ast.Name, ast.Attribute)) and (getattr(node, "id", None) or getattr(node, "attr", None)) in LIBRARY:
                yield node.lineno
            continue
        is_ours = any(isinstance(name, ast.Constant) and name.value in NAMES for name in asked)
        if is_ours and (set(receiver.split(".")) & (GIVEN | {"META", "headers"})):
            yield node.lineno


def test_there_is_one_reader():
    assert list(readers(tree_of(READER)))
    assert [place(path, line) for path in modules() if path != READER for line in readers(tree_of(path))] == []


@pytest.mark.parametrize(
    "source",
    [
        "request.GET.get('next')",
        "request.POST['next']",
        "request.headers.get('Referer')",
        "request.META['HTTP_REFERER']",
        "x = auth.REDIRECT_FIELD_NAME",
    ],
)
def test_the_guard_sees_another_reader(source):
    assert list(readers(grown(source)))


def test_the_guard_lets_addresses_be_written():
    assert not list(readers(grown("urlencode({'next': request.path})\nnext(iter(x))\ndata.get('next')")))
