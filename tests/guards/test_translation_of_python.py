"""Every word that people see from Python goes through translation: labels, hints, choices, sentences of policies and refusals."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.guards.source import PACKAGE, grown, modules, place, tree_of

LETTERS = re.compile(r"[^\W\d_]{2,}")

# What is said in these keywords is read by people, whatever is called.
SPOKEN_KEYWORDS = {
    "label", "hint", "noun", "help_text", "required_message", "legend", "caption", "empty", "search_label", "all_text", "reverse_label",
    "sentence", "verbose_name", "keep", "forget", "submit_text", "empty_label", "error_message",
}  # fmt: skip
# And in these places of these calls: name, which argument.
SPOKEN_PLACES = {
    "policy": 0, "NotPossible": 0, "Overtaken": 0, "Refused": 0, "done": 1, "add_error": 1, "ValidationError": 0, "Column": 1, "Sort": 1,
    "ChoiceFilter": 1, "BooleanFilter": 1, "DateFilter": 1, "NavItem": 0, "Policy": 0,
}  # fmt: skip
TRANSLATORS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy", "npgettext", "npgettext_lazy"}
FOR_DEVELOPERS = {"Error", "Warning", "CommandError", "ImproperlyConfigured"}
CHOICES = {"TextChoices", "IntegerChoices", "Choices"}

# What a demonstration's invented people say is in their own language; a gallery shows components with invented words.
NOT_LOOKED_AT = (PACKAGE / "config" / "demonstration", PACKAGE / "design" / "gallery.py")


def bare(node: ast.AST | None) -> bool:
    """Say whether an expression is words written straight in."""
    if isinstance(node, ast.JoinedStr):
        return any(bare(part) for part in node.values)
    if isinstance(node, ast.BinOp):
        return bare(node.left)
    if isinstance(node, ast.IfExp):
        return bare(node.body) or bare(node.orelse)
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(LETTERS.search(node.value))


def untranslated(tree: ast.AST) -> Iterator[int]:
    """Lines on which people are told something that was not translated."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from _in_call(node)
        elif isinstance(node, ast.ClassDef):
            yield from _in_class(node)


def _in_call(call: ast.Call) -> Iterator[int]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name in FOR_DEVELOPERS:
        return
    if name in TRANSLATORS:
        # What is put together before it is looked up is in no catalogue.
        if call.args and isinstance(call.args[0], (ast.JoinedStr, ast.BinOp)):
            yield call.lineno
        return
    said = [keyword.value for keyword in call.keywords if keyword.arg in SPOKEN_KEYWORDS]
    if name in SPOKEN_PLACES:
        said += call.args[SPOKEN_PLACES[name] : SPOKEN_PLACES[name] + 1]
    if _is_field(call):
        said += call.args[:1]
    said += [pair.elts[1] for keyword in call.keywords if keyword.arg == "choices" for pair in _pairs(keyword.value)]
    yield from (expression.lineno for expression in said if bare(expression))


def _is_field(call: ast.Call) -> bool:
    """``fields.CharField(_("Full name"))`` of the design; a model's field is no question."""
    return isinstance(call.func, ast.Attribute) and ast.unparse(call.func.value) == "fields" and call.func.attr.endswith("Field")


def _pairs(node: ast.AST) -> Iterator[ast.Tuple]:
    if isinstance(node, (ast.List, ast.Tuple)):
        yield from (pair for pair in node.elts if isinstance(pair, ast.Tuple) and len(pair.elts) == 2)


def _in_class(node: ast.ClassDef) -> Iterator[int]:
    """Choices of a status or a kind: ``OPEN = "open", _("Open")``."""
    if any(ast.unparse(base).split(".")[-1] in CHOICES for base in node.bases):
        for line in node.body:
            if isinstance(line, ast.Assign) and not (isinstance(line.value, ast.Tuple) and not bare(line.value.elts[-1])):
                yield line.lineno


def test_every_word_from_python_is_translated():
    looked = [path for path in modules() if not any(path == one or one in path.parents for one in NOT_LOOKED_AT)]
    assert sum("_(" in path.read_text() for path in looked) >= 20
    assert [place(path, line) for path in looked for line in untranslated(tree_of(path))] == []


@pytest.mark.parametrize(
    "source",
    [
        "name = fields.CharField('Full name')",
        "name = fields.CharField(_('Full name'), hint='As on your passport')",
        "how = fields.ChoiceField(_('How?'), choices=[('a', 'By post')])",
        "@policy('The partner lead')\ndef is_lead(viewer): ...",
        "raise NotPossible('Not now.')",
        "raise NotPossible(f'Not {now}.')",
        "return done(request, 'Saved', to=x)",
        "form.add_error('x', 'Wrong')",
        "class Status(models.TextChoices):\n    OPEN = 'open', 'Open'",
        "class Status(models.TextChoices):\n    OPEN = 'open'",
        "Column('name', 'Name')",
        "_(f'Hello {name}')",
        "_('Hello ' + name)",
        "Privacy(keep='one year', forget=_('x'))",
        "raise NotPossible(_('One') if x else 'Two')",
    ],
)
def test_the_guard_sees_words_written_straight_in(source):
    assert list(untranslated(grown(source)))


@pytest.mark.parametrize(
    "source",
    [
        "name = fields.CharField(_('Full name'), hint=_('As on your passport'), width=20)",
        "how = fields.ChoiceField(_('How?'), choices=[('a', _('By post'))])",
        "how = fields.ChoiceField(_('How?'), choices=Status.choices)",
        "name = models.CharField(max_length=20)",
        "class Status(models.TextChoices):\n    OPEN = 'open', _('Open')",
        "raise NotPossible(_('Not %(now)s.') % {'now': now})",
        "raise Overtaken",
        "done(request, sentence, to='people:account')",
    ],
)
def test_the_guard_lets_translated_words_be(source):
    assert not list(untranslated(grown(source)))
