"""HTML attributes made from names and values."""

from __future__ import annotations

from collections.abc import Mapping

from jinja2 import Undefined
from markupsafe import Markup


def attrs(values: Mapping[str, object]) -> Markup:
    """HTML attributes with a space before each: True gives the bare name, False and None nothing."""
    parts = []
    for name, value in values.items():
        if value is True:
            parts.append(Markup(" {}").format(name))
        elif value is not False and value is not None and not isinstance(value, Undefined):
            parts.append(Markup(' {}="{}"').format(name, value))
    return Markup("").join(parts)
