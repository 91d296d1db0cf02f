"""Every word that people see in a template goes through translation: pages, their attributes, and messages."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.template import engines
from jinja2 import nodes

from tests.guards.source import place, templates

LETTERS = re.compile(r"[^\W\d_]{2,}")
SPOKEN = re.compile(r"\b(?:aria-label|aria-description|alt|title|placeholder|label|summary)\s*=\s*\"([^\"]*)\"")
# Tags, remarks, what a person types into a machine, entities, and attributes that a macro writes by themselves.
MARKUP = re.compile(r"<!--.*?-->|<(code|kbd|samp)\b.*?</\1>|<[^<>]*>|&\w+;|[a-z-]+=\"[^\"]*\"", re.DOTALL)
TRANSLATED = {"_", "gettext", "ngettext", "pgettext", "npgettext"}
HOLE = "\x00"

# Words that are the same in every language, or are no words.
SAME_EVERYWHERE = {"utf-8", "QR"}
# The gallery shows components to those who build pages, with invented words.
NOT_LOOKED_AT = "gallery"


def flat(node: nodes.Node) -> Iterator[tuple[int, str]]:
    """The literal text of a template in its order, with a hole where something is worked out."""
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.TemplateData):
            yield child.lineno, child.data
        elif isinstance(child, nodes.Expr):
            yield child.lineno, HOLE
        else:
            yield from flat(child)


def untranslated(source: str, *, is_plain: bool = False) -> Iterator[tuple[int, str]]:
    """Words written straight into a template, with the line near which they stand."""
    tree = engines["jinja2"].env.parse(source)
    text, lines = "", []
    for line, part in flat(tree):
        lines.append((len(text), line))
        text += part
    spoken = text if is_plain else MARKUP.sub(lambda tag: " " * len(tag.group()), text)
    for found in LETTERS.finditer(spoken):
        if found.group() not in SAME_EVERYWHERE:
            yield _line(lines, found.start()), found.group()
    if not is_plain:
        for found in SPOKEN.finditer(text):
            if LETTERS.search(found.group(1).replace(HOLE, "")):
                yield _line(lines, found.start()), found.group(1)
    yield from constants(tree)


def _line(lines: list[tuple[int, int]], at: int) -> int:
    return max((line for start, line in lines if start <= at), default=0)


def constants(tree: nodes.Node, *, inside: bool = False) -> Iterator[tuple[int, str]]:
    """Sentences that stand in quotes and are handed on without being translated."""
    for child in tree.iter_child_nodes():
        is_translated = isinstance(child, nodes.Call) and isinstance(child.node, nodes.Name) and child.node.name in TRANSLATED
        is_a_test = isinstance(child, (nodes.Compare, nodes.Test, nodes.Getitem))
        if isinstance(child, nodes.Const) and not inside and is_sentence(child.value):
            yield child.lineno, child.value
        yield from constants(child, inside=inside or is_translated or is_a_test or _is_plural(child))


def _is_plural(node: nodes.Node) -> bool:
    """``count|plural("%(n)s comment", "%(n)s comments")`` translates by itself."""
    return isinstance(node, nodes.Filter) and node.name == "plural"


def is_sentence(value: object) -> bool:
    """Say whether a constant is something people read: not a class, an id, a status, a name of an address or a date's shape."""
    if not isinstance(value, str) or not LETTERS.search(value):
        return False
    has_words = re.search(r"[A-Z]?[a-z]+ [a-zA-Z]+", value) and not re.fullmatch(r"[a-z0-9 _:/.-]+", value)
    begins_like_one = re.fullmatch(r"[A-Z][a-z]+[.!?:]?", value)
    return bool(has_words or begins_like_one)


def offences() -> list[str]:
    return [
        f"{place(path, line)}: {' '.join(words.split())[:60]!r}"
        for path in templates()
        if NOT_LOOKED_AT not in path.parts
        for line, words in untranslated(path.read_text(), is_plain=path.suffix == ".txt")
    ]


def test_every_word_of_every_template_is_translated():
    assert len(templates()) >= 30
    assert any(path.suffix == ".txt" for path in templates())
    assert offences() == []


@pytest.mark.parametrize(
    "source",
    [
        "<p>Hello</p>",
        "<p>{{ _('Hello') }}, friend</p>",
        "{% if x %}Yes{% endif %}",
        '<img alt="A dog">',
        '<button aria-label="Close">{{ icon }}</button>',
        "{{ heading('Your details') }}",
        "{{ button('Save') }}",
        "{{ x if y else 'Not yet' }}",
        "{% set title = 'Your details' %}",
        "{% block title %}Home{% endblock %}",
    ],
)
def test_the_guard_sees_words_written_straight_in(source):
    assert list(untranslated(source))


@pytest.mark.parametrize(
    "source",
    [
        "<p class='nhsuk-body'>{{ _('Hello, %(name)s', name=x) }}</p>",
        "{% trans %}Hello{% endtrans %}",
        "{% trans count=n %}One{% pluralize %}{{ count }} of them{% endtrans %}",
        "{# a remark #}<!-- another --><code>sha256sum words.txt</code>",
        "<a href=\"{{ url('people:account', code=x) }}\" class=\"a {{ 'b-c d' if x }}\">{{ y }}</a>",
        "{{ n|plural('%(n)s comment', '%(n)s comments') }}",
        "{% if status == 'with an owner' %}{{ tag(_('x'), 'blue') }}{% endif %}",
        '<html lang="{{ x }}"><meta charset="utf-8">',
    ],
)
def test_the_guard_lets_translated_words_be(source):
    assert not list(untranslated(source))


def test_the_guard_sees_words_of_a_message():
    assert list(untranslated("Dear {{ to.name }}\n", is_plain=True))
    assert not list(untranslated("{{ _('Dear %(name)s', name=to.name) }}\n", is_plain=True))
