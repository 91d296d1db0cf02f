"""How the house is kept: names of modules, their length, and a sentence on everything a newcomer opens."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.guards.source import PACKAGE, ROOT, grown, modules, part_of, place, tree_of

FORBIDDEN_NAMES = {"utils", "helpers", "services", "managers", "signals", "admin", "common", "misc", "base", "tools", "util", "helper"}
# The base of the fields of forms says what it is: all of them begin there.
NAMED_SO_ON_PURPOSE = {PACKAGE / "design" / "fields" / "base.py"}
# Tests of one subject stand side by side, so their files may be a little longer.
LONGEST = {"safety_partners": 400, "tools": 400, "benchmarks": 400, "tests": 500, "journeys": 500}
SAID = {"commands", "policies", "models"}


def sources() -> list[Path]:
    """Everything that people write and read: the product and its tests, without migrations."""
    folders = [PACKAGE, *(ROOT / name for name in ("tests", "journeys", "tools", "benchmarks"))]
    return [path for folder in folders for path in sorted(folder.rglob("*.py")) if "migrations" not in path.parts]


def unsaid(tree: ast.Module, part: str) -> Iterator[tuple[int, str]]:
    """What has no docstring: the module, and each public class and function of commands, policies and models."""
    if tree.body and ast.get_docstring(tree) is None:
        yield 1, "the module"
    if part not in SAID:
        return
    for node in tree.body:
        is_public = isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith("_")
        if is_public and ast.get_docstring(node) is None and not _is_vocabulary(node):
            yield node.lineno, node.name


def _is_vocabulary(node: ast.AST) -> bool:
    """Query sets and managers stand beside their model, whose sentence says it; each of their words may have its own."""
    return isinstance(node, ast.ClassDef) and node.name.endswith(("QuerySet", "Manager", "Config"))


def test_no_module_has_a_name_that_means_anything():
    names = [
        path
        for path in [*PACKAGE.rglob("*.py"), *(folder for folder in PACKAGE.rglob("*") if folder.is_dir())]
        if path.stem in FORBIDDEN_NAMES
    ]
    assert [place(path) for path in names if path not in NAMED_SO_ON_PURPOSE] == []
    assert len(modules()) >= 50


def test_no_file_is_longer_than_somebody_reads():
    assert len(sources()) >= 100
    found = {
        place(path): length for path in sources() if (length := path.read_text().count("\n")) > LONGEST[path.relative_to(ROOT).parts[0]]
    }
    assert found == {}


def test_every_module_command_policy_and_model_says_what_it_is():
    looked = [path for path in modules() if path.name != "wsgi.py"]
    assert [f"{place(path, line)}: {name}" for path in looked for line, name in unsaid(tree_of(path), part_of(path))] == []


def test_every_test_says_what_it_is_about():
    """One sentence at the head of each file of tests."""
    looked = list((ROOT / "tests").rglob("test_*.py"))
    assert len(looked) >= 40
    assert [place(path) for path in looked if ast.get_docstring(tree_of(path)) is None] == []


@pytest.mark.parametrize("source", ["x = 1", '"""A module."""\ndef respond(viewer): ...', '"""A module."""\nclass Insight: ...'])
def test_the_guard_sees_what_is_not_said(source):
    assert list(unsaid(grown(source), "commands"))


def test_the_guard_lets_private_names_and_empty_files_be():
    assert not list(unsaid(grown('"""A module."""\ndef _mine(): ...'), "commands"))
    assert not list(unsaid(grown(""), "commands"))
