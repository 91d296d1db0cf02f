"""Imports go down only. The contracts stand in pyproject.toml and ``lint-imports`` keeps them; here we see that they leave nobody out."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator

import pytest

from tests.guards.source import PACKAGE, ROOT, app_of, grown, modules, part_of, place, tree_of

CONTRACTS = {
    contract["name"]: contract for contract in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
}
FLOORS = CONTRACTS["Imports go down only"]
INSIDE = CONTRACTS["Inside an app each part uses only those below it"]

ORDER = ["urls", "views", "forms", "tasks", "emails", "commands", "public", "queries", "policies", "models"]
PACKAGES = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
APPS = {app_of(path) for path in modules() if part_of(path) in ORDER} - {"core", "config", "design"}

# The website sees doorways only: what is published, and nothing that is private.
OUTSIDE = "website"
OPEN_TO_ALL = {"core", "design", OUTSIDE}


def imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every name that is imported, with its line; ``from x import y`` gives ``x.y``, which may be a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def past_the_doorway(tree: ast.AST) -> Iterator[int]:
    """Lines of the website that reach into an app elsewhere than through its ``public`` module."""
    for line, name in imports(tree):
        parts = name.split(".")
        if parts[0] == "safety_partners" and parts[1] not in OPEN_TO_ALL and parts[2:3] != ["public"]:
            yield line


def from_the_tests(tree: ast.AST) -> Iterator[int]:
    """Lines that bring tests, factories or tools into the product."""
    return (line for line, name in imports(tree) if name.split(".")[0] in {"tests", "journeys", "tools", "benchmarks", "pytest"})


def test_every_package_has_a_floor_and_may_not_be_left_out():
    floors = {name.strip("() ") for layer in FLOORS["layers"] for name in layer.split("|")}
    assert len(PACKAGES) > 5
    assert floors == PACKAGES
    assert FLOORS["exhaustive"] is True


def test_every_app_keeps_the_order_inside():
    assert {name.removeprefix("safety_partners.") for name in INSIDE["containers"]} == APPS
    assert [layer.strip("()") for layer in INSIDE["layers"]] == ORDER


def test_no_contract_looks_away():
    assert not [name for name, contract in CONTRACTS.items() if {"ignore_imports", "unmatched_ignore_imports_alerting"} & set(contract)]


def test_the_website_sees_doorways_only():
    looked = [path for path in modules() if app_of(path) == OUTSIDE]
    assert any(".public" in name for path in looked for _line, name in imports(tree_of(path)))
    assert [place(path, line) for path in looked for line in past_the_doorway(tree_of(path))] == []


def test_the_product_needs_no_tests_to_run():
    assert [place(path, line) for path in modules(migrations=True) for line in from_the_tests(tree_of(path))] == []


@pytest.mark.parametrize(
    "source",
    [
        "from safety_partners.insights import models",
        "from safety_partners.insights.models import Insight",
        "import safety_partners.people.queries",
        "def late():\n    from safety_partners.reviews.commands import asking",
    ],
)
def test_the_guard_sees_who_goes_past_the_doorway(source):
    assert list(past_the_doorway(grown(source)))


def test_the_guard_lets_doorways_be_used():
    assert not list(
        past_the_doorway(grown("from safety_partners.insights import public\nfrom safety_partners.people.public import x\nimport os"))
    )


def test_the_guard_sees_factories_in_the_product():
    assert list(from_the_tests(grown("from tests.factories.people import make_user")))
