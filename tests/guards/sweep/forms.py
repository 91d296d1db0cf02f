"""The forms of a page, as a person would fill them in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from tests.guards.sweep.markup import Tree, tree

TEXTS = {"text", "email", "tel", "url", "search", "number", "textarea"}
CHOICES = {"radio", "checkbox"}
TYPED_WORDS = "Words to keep"


@dataclass(frozen=True, slots=True)
class Field:
    """One input: its name, its kind, and what it holds."""

    name: str
    kind: str
    value: str
    is_on: bool = True
    id: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A form that changes something: where it goes, its inputs, its named buttons."""

    action: str
    fields: tuple[Field, ...]
    buttons: tuple[tuple[str, str], ...]

    @property
    def hidden(self) -> dict[str, str]:
        """What is sent without anybody typing."""
        return {field.name: field.value for field in self.fields if field.kind == "hidden" and field.name != "csrfmiddlewaretoken"}

    @property
    def shown(self) -> tuple[Field, ...]:
        """What a person sees."""
        return tuple(field for field in self.fields if field.kind != "hidden")

    @property
    def shape(self) -> tuple[str, ...]:
        """The same form with other tokens has the same shape."""
        return (self.action, *sorted({field.name for field in self.fields}), *sorted(map(str, self.buttons)))


def forms_of(html: str, path: str) -> list[Form]:
    """Every form of a page that changes something."""
    return [_form(form, path) for form in tree(html).iter("form") if form.get("method", "get").lower() == "post"]


def _form(form: Tree, path: str) -> Form:
    buttons = [(button.get("name"), button.get("value", "")) for button in form.iter("button") if button.get("name")]
    return Form(urljoin(path, form.get("action") or path), tuple(_fields(form)), tuple(buttons))


def _fields(form: Tree) -> Iterator[Field]:
    for element in form.iter("input", "select", "textarea"):
        name, given = element.get("name"), element.get("id", "")
        if not name:
            continue
        if element.tag == "textarea":
            yield Field(name, "textarea", (element.text or "").removeprefix("\n"), id=given)
        elif element.tag == "select":
            yield from _options(element, name, given)
        else:
            kind = element.get("type", "text")
            is_on = kind not in CHOICES or element.get("checked") is not None
            yield Field(name, kind, element.get("value", "on" if kind in CHOICES else ""), is_on, given)


def _options(select: Tree, name: str, given: str) -> Iterator[Field]:
    options = list(select.iter("option"))
    chosen = [option for option in options if option.get("selected") is not None] or options[:1]
    for option in options:
        yield Field(name, "select", option.get("value", ""), option in chosen, given)


def filled(form: Form, *, except_for: str) -> dict[str, str]:
    """Something typed or chosen everywhere but in one question."""
    given: dict[str, str] = {}
    for field in form.shown:
        if field.name == except_for or field.name.startswith(f"{except_for}_") or field.name in given:
            continue
        if field.kind in TEXTS:
            given[field.name] = TYPED_WORDS
        elif field.kind in CHOICES or (field.kind == "select" and field.value):
            given[field.name] = field.value
    return given


def kept(form: Form) -> dict[str, list[str]]:
    """What a form holds when it is shown: typed, or chosen."""
    held: dict[str, list[str]] = {}
    for field in form.shown:
        if field.is_on:
            held.setdefault(field.name, []).append(field.value)
    return held
