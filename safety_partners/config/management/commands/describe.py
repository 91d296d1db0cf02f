"""Draw the documents that are drawn from the code: lifecycles and words."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import models
from django.utils import translation

from safety_partners.core.lifecycle import Lifecycle

DRAWN = "Drawn from the code by `./run manage describe`; a test fails when the two differ.\n"


def our_models() -> list[type[models.Model]]:
    """Every table of ours, by app and in the order it is written there."""
    return [model for app in apps.get_app_configs() if app.name.startswith("safety_partners.") for model in app.get_models()]


def lifecycles() -> str:
    """Every lifecycle as a table of moves and a drawing that GitHub and most editors show."""
    return "\n".join(["# Lifecycles", "", DRAWN, *(line for model in our_models() for line in _lifecycle(model))])


def _lifecycle(model: type[models.Model]) -> Iterator[str]:
    lifecycle: Lifecycle | None = getattr(model, "lifecycle", None)
    if lifecycle is None:
        return
    field = model._meta.get_field(lifecycle.field)
    labels = {str(value): str(label) for value, label in field.flatchoices}
    names = {value: value.replace(" ", "_") for value in labels}
    yield f"## {model._meta.object_name}"
    yield ""
    yield _sentence(model)
    yield ""
    yield "```mermaid"
    yield "stateDiagram-v2"
    yield from (f'    state "{labels[value]}" as {name}' for value, name in names.items())
    if field.has_default():
        yield f"    [*] --> {names[str(field.get_default())]}"
    for move, rule in lifecycle.moves.items():
        yield from (f"    {names[source]} --> {names[rule.target]}: {move}" for source in rule.sources)
    yield "```"
    yield ""


def words() -> str:
    """Every table and every word that a status or a choice may show."""
    lines = ["# Words", "", DRAWN, "What each record is, and the words its choices show on a page.", ""]
    for model in our_models():
        lines += [f"## {model._meta.object_name}", "", _sentence(model), ""]
        for field in model._meta.fields:
            if field.choices and field.model is model:
                shown = "; ".join(f"*{label}*" for value, label in field.flatchoices if value != "")
                lines += [f"- `{field.name}`: {shown}"]
        if lines[-1].startswith("-"):
            lines.append("")
    return "\n".join(lines)


def _sentence(model: type[models.Model]) -> str:
    return " ".join((inspect.getdoc(model) or "").split("\n\n")[0].split())


DOCUMENTS = {"docs/lifecycles.md": lifecycles, "docs/words.md": words}


class Command(BaseCommand):
    help = "Write docs/lifecycles.md and docs/words.md from the code; with --check, say whether they are true."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override("en-gb"):
            drawn = {path: draw().rstrip() + "\n" for path, draw in DOCUMENTS.items()}
        for name, text in drawn.items():
            path = Path(settings.BASE) / name
            if options["check"]:
                if not path.exists() or path.read_text() != text:
                    raise CommandError(f"{name} is no longer true. Run ./run manage describe and commit it.")
            else:
                path.write_text(text)
                self.stdout.write(name)
