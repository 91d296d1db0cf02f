"""Words become HTML in ``design`` only, where somebody looks at every place that does it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest
from django.template import engines
from jinja2 import nodes

from tests.guards.source import app_of, grown, modules, place, templates, tree_of

MAKERS = {"mark_safe", "SafeString", "SafeText", "format_html", "format_html_join", "Markup", "html_safe", "__html__"}


def makers(tree: ast.AST) -> Iterator[int]:
    """Lines on which something is declared to be HTML."""
    for node in ast.walk(tree):
        name = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else getattr(node, "name", "")
        if name in MAKERS:
            yield getattr(node, "lineno", 0)


def unescaped(source: str) -> Iterator[int]:
    """Lines of a template on which escaping is turned off."""
    tree = engines["jinja2"].env.parse(source)
    yield from (node.lineno for node in tree.find_all(nodes.Filter) if node.name == "safe")
    yield from (node.lineno for node in tree.find_all(nodes.ScopedEvalContextModifier))


def test_only_design_makes_markup_in_python():
    assert any(list(makers(tree_of(path))) for path in modules() if app_of(path) == "design")
    assert [place(path, line) for path in modules() if app_of(path) != "design" for line in makers(tree_of(path))] == []


def test_no_template_turns_escaping_off():
    assert len(templates()) >= 30
    assert [place(path, line) for path in templates() if app_of(path) != "design" for line in unescaped(path.read_text())] == []


@pytest.mark.parametrize(
    "source", ["x = mark_safe(y)", "from markupsafe import Markup", "safestring.mark_safe('x')", "class A:\n    def __html__(self): ..."]
)
def test_the_guard_sees_markup(source):
    assert list(makers(grown(source)))


@pytest.mark.parametrize("source", ["{{ words|safe }}", "{% autoescape false %}{{ words }}{% endautoescape %}"])
def test_the_guard_sees_words_let_through(source):
    assert list(unescaped(source))
