"""Every address that is named in a template or in Python exists, and takes what it is given."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from django.conf import settings
from django.template import engines
from django.urls import get_resolver
from jinja2 import nodes

from safety_partners.core.checks import all_patterns
from tests.guards.source import PACKAGE, calls, grown, modules, place, templates, tree_of

RESOLVERS = {"reverse", "reverse_lazy", "redirect", "resolve_url", "url", "done"}
# Pages of a demonstration have addresses there only.
DEMONSTRATION = "demonstration"
CONVERTER = re.compile(r"<(?:\w+:)?(\w+)>")


@cache
def addresses() -> dict[str, list[set[str]]]:
    """Every name with the parts that its address takes; one name may have several."""
    found: dict[str, list[set[str]]] = {}
    for route, name, _pattern in all_patterns():
        found.setdefault(name, []).append(set(CONVERTER.findall(route)))
    return found


@cache
def namespaces() -> frozenset[str]:
    return frozenset(name.split(":")[0] for name in addresses() if ":" in name)


def looks_like_a_name(value: object) -> bool:
    """``people:member``, or one of the names that allauth knows."""
    if not isinstance(value, str):
        return False
    app, colon, rest = value.partition(":")
    return bool(colon and app in namespaces() and re.fullmatch(r"[a-z-]+", rest)) or bool(
        re.fullmatch(r"(account|mfa|usersessions)_[a-z_]+", value)
    )


def wrong(name: str, count: int | None, keywords: set[str] | None) -> str:
    """What is wrong with a name and what it is given, or nothing."""
    if DEMONSTRATION in name and settings.MODE != DEMONSTRATION:
        return ""
    if name not in addresses():
        return f"there is no address called {name!r}"
    takes = addresses()[name]
    if keywords and keywords not in takes:
        return f"{name!r} does not take {sorted(keywords)}"
    if count is not None and not keywords and count not in {len(parts) for parts in takes}:
        return f"{name!r} does not take {count} parts"
    return ""


def in_python(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """What is wrong with the names in a module."""
    given: dict[ast.AST, tuple[int | None, set[str] | None]] = {}
    for call, verb in calls(tree):
        if verb in {"reverse", "reverse_lazy"} and call.args:
            given[call.args[0]] = _parts(call)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and (looks_like_a_name(node.value) or node in given):
            count, keywords = given.get(node, (None, None))
            if isinstance(node.value, str) and (fault := wrong(node.value, count, keywords)):
                yield node.lineno, fault


def _parts(call: ast.Call) -> tuple[int | None, set[str] | None]:
    for keyword in call.keywords:
        if keyword.arg == "args" and isinstance(keyword.value, (ast.List, ast.Tuple)):
            return len(keyword.value.elts), None
        if keyword.arg == "kwargs" and isinstance(keyword.value, ast.Dict):
            return None, {key.value for key in keyword.value.keys if isinstance(key, ast.Constant)}
        if keyword.arg in {"args", "kwargs"}:
            return None, None
    return 0, None


def in_template(source: str) -> Iterator[tuple[int, str]]:
    """What is wrong with the names in a template."""
    tree = engines["jinja2"].env.parse(source)
    seen = set()
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "url" and call.args and isinstance(call.args[0], nodes.Const):
            seen.add(id(call.args[0]))
            is_open = bool(call.dyn_args or call.dyn_kwargs)
            keywords = {keyword.key for keyword in call.kwargs}
            fault = wrong(call.args[0].value, None if is_open else len(call.args) - 1 + len(keywords), None if is_open else keywords)
            if fault:
                yield call.lineno, fault
    for constant in tree.find_all(nodes.Const):
        if id(constant) not in seen and looks_like_a_name(constant.value) and (fault := wrong(constant.value, None, None)):
            yield constant.lineno, fault


def named_in(tree: ast.AST) -> set[Any]:
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and looks_like_a_name(node.value)}


def test_every_name_in_python_resolves():
    assert sum(len(named_in(tree_of(path))) for path in modules()) >= 20
    assert [f"{place(path, line)}: {fault}" for path in modules() for line, fault in in_python(tree_of(path))] == []


def test_every_name_in_a_template_resolves():
    assert sum("url(" in path.read_text() for path in templates()) >= 10
    assert [f"{place(path, line)}: {fault}" for path in templates() for line, fault in in_template(path.read_text())] == []


def test_every_address_has_a_name_of_its_own():
    routes: dict[str, str] = {}
    for route, name, pattern in all_patterns():
        assert name, f"{route} has no name"
        assert route == routes.setdefault(name, route) or pattern.callback is not None, name
    assert len(routes) >= 50


# Typed from a poster: with a capital letter or a small one, with a slash at the end or without.
FROM_POSTERS = {"^[jJ]/?$", "^[jJ]/(?P<typed>[^/]{1,60})/?$"}
# Asked for by people's calendar programs, some of which take an address for a calendar only when it ends like one.
FOR_CALENDARS = {"calendar/<str:secret>.ics"}


def test_addresses_are_plural_nouns_with_hyphens_and_codes():
    """``/insights/INS-7KQ3M2XB/respond/``: small letters, hyphens, a slash at the end; never a number of the machine."""
    shape = re.compile(r"(([a-z0-9-]+|<(str|slug|int|uuid):\w+>)/)*")
    others = FROM_POSTERS | FOR_CALENDARS
    assert others <= {route for route, _name, _pattern in all_patterns()}
    assert [route for route, _name, _pattern in all_patterns() if not shape.fullmatch(route) and route not in others] == []
    assert [route for route, _name, _pattern in all_patterns() if re.search(r":(pk|id)>", route)] == []


def test_every_error_has_a_page_of_ours():
    for status in (404, 500):
        assert get_resolver().resolve_error_handler(status).__module__.startswith("safety_partners.")
    assert (PACKAGE / "config" / "jinja2" / "config" / "not_found.jinja").exists()


@pytest.mark.parametrize(
    "source",
    ["reverse('people:nobody')", "redirect('insights:nothing')", "x = {'to': 'home:nowhere'}", "reverse('people:account', args=[1])"],
)
def test_the_guard_sees_a_name_in_python_that_leads_nowhere(source):
    assert list(in_python(grown(source)))


@pytest.mark.parametrize(
    "source",
    ["{{ url('people:nobody') }}", "{{ url('people:member') }}", "{{ url('people:member', number=x) }}", "{{ link(x, 'home:nowhere') }}"],
)
def test_the_guard_sees_a_name_in_a_template_that_leads_nowhere(source):
    assert list(in_template(source))


def test_the_guard_lets_right_names_be():
    assert not list(in_template("{{ url('people:member', code=x) }}{{ url('people:member', x) }}{{ url(name, **parts) }}"))
    assert not list(in_python(grown("reverse('people:member', args=[x])\nreverse('people:account')\nreverse(name)")))
