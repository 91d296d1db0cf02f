"""The component page shows every macro and every kind of question, so that a change is seen."""

import inspect
import re
from pathlib import Path

import html5lib
import pytest
from django.test import RequestFactory
from lxml import html

from safety_partners.design import fields, gallery
from safety_partners.design.fields import Question
from safety_partners.design.rendering import current_environment

TEMPLATES = Path(gallery.__file__).parent / "jinja2" / "design"
SOURCES = [TEMPLATES / "gallery.jinja", *sorted((TEMPLATES / "gallery").glob("*.jinja")), TEMPLATES / "layout.jinja"]
INSIDE = {"input_top", "describedby", "list_filters", "list_count", "list_table", "list_pages"}


def public_macros():
    names = []
    for template in ("components", "fields", "list_page"):
        module = current_environment().get_template(f"design/{template}.jinja").module
        names += [(template, name) for name, value in vars(module).items() if type(value).__name__ == "Macro" and not name.startswith("_")]
    return sorted(names)


def test_there_are_macros_to_show():
    assert len(public_macros()) > 55


@pytest.mark.parametrize(("template", "name"), public_macros())
def test_every_macro_is_on_the_page(template, name):
    words = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
    called = re.search(rf"\{{[{{%][^}}]*\b{name}\(", words)
    assert called or (template == "list_page" and name in INSIDE and "list_page(" in words)


def test_every_kind_of_question_is_on_the_page():
    every = {kind for kind in vars(fields).values() if inspect.isclass(kind) and issubclass(kind, Question)}
    shown = {type(field) for field in gallery.ExampleForm.base_fields.values()}
    assert every - shown == {Question, fields.VersionField}


@pytest.fixture
def source(monkeypatch):
    def page_of_this_test(request, template, context, using):
        return current_environment().get_template(template).render(**context)

    monkeypatch.setattr(gallery, "render", page_of_this_test)
    return gallery.gallery(RequestFactory().get("/", {"colour": "plum"}))


def test_the_page_is_valid_html(source):
    html5lib.HTMLParser(strict=True).parse(source)


def test_no_id_is_used_twice(source):
    ids = html.fromstring(source).xpath("//*/@id")
    assert len(ids) > 100
    assert sorted(ids) == sorted(set(ids))


def test_the_page_takes_a_colour(source):
    assert "app-colour-plum" in source


def test_every_template_can_be_read():
    env = current_environment()
    names = [name for name in env.list_templates() if name.startswith("design/")]
    assert len(names) > 15
    for name in names:
        env.get_template(name)


def test_words_in_templates_can_be_translated():
    """No words stand in our templates outside _() and trans."""
    bare = []
    for path in TEMPLATES.rglob("*.jinja"):
        text = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        text = re.sub(r"<[^>]*>|&\w+;|[a-z-]+=\"[^\"]*\"", "", text)
        bare += [f"{path.name}: {line.strip()}" for line in text.splitlines() if re.search(r"[A-Za-z]{3,}", line)]
    assert bare == []
