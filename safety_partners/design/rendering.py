"""One macro of one template, callable from Python: the way a field shows itself."""

from __future__ import annotations

from collections.abc import Callable

from django.template import engines
from django.template.backends.jinja2 import Jinja2
from jinja2 import Environment
from markupsafe import Markup


def current_environment() -> Environment:
    """The environment of the first Jinja2 backend in the settings. Raises LookupError when there is none."""
    for engine in engines.all():
        if isinstance(engine, Jinja2):
            env: Environment = engine.env
            return env
    raise LookupError("settings.TEMPLATES has no Jinja2 backend")


def macro(template: str, name: str) -> Callable[..., Markup]:
    """The macro of that name. Raises TemplateNotFound or AttributeError."""
    found: Callable[..., Markup] = getattr(current_environment().get_template(template).module, name)
    return found
