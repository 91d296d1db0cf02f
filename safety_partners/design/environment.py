"""The Jinja environment of every page: strict, escaped, translated, and the few filters templates need.

Settings name it: ``"OPTIONS": {"environment": "safety_partners.design.environment.environment"}``.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from safety_partners.design import dates
from safety_partners.design.attributes import attrs
from safety_partners.design.script_words import script_words


def gettext(message: str) -> str:
    """Translated into the language of the request. A page asks some two hundred times, and Django looks through every catalogue."""
    return _in_language(translation.get_language(), message)


@lru_cache(maxsize=10_000)
def _in_language(_active: str | None, message: str) -> str:
    return translation.gettext(message)


def url(name: str, /, *args: Any, **kwargs: Any) -> str:
    """The address of a named page. Raises NoReverseMatch when there is none."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


def paragraphs(text: object) -> Markup:
    """Plain text as escaped paragraphs: an empty line starts a new one, a single line end becomes a line break."""
    lines = str(text or "").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    blocks: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    line_break = Markup("<br>")
    return Markup("\n").join(Markup("<p>{}</p>").format(line_break.join(block)) for block in blocks if block)


def plural(count: int, one: str, many: str) -> str:
    """``3|plural("%(n)s comment", "%(n)s comments")``: translated by count, with ``n`` written as 1,000."""
    return translation.ngettext(one, many, count) % {"n": f"{count:,}"}


def thousands(count: int) -> str:
    """``1,234``."""
    return f"{count:,}"


def sentence(parts: Iterable[object]) -> str:
    """``one, two and three``."""
    words = [str(part) for part in parts]
    if len(words) < 2:
        return "".join(words)
    return translation.gettext("%(first)s and %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def is_escaped(template: str | None) -> bool:
    """Whether the words of a template are HTML."""
    return template is None or not template.endswith(".txt")


def environment(**options: Any) -> Environment:
    """Django's Jinja2 backend calls this once; whatever it is given, pages are strict and escaped.

    Only a template whose name ends in ``.txt`` (the words of a plain email) is not escaped.
    """
    options.update(autoescape=is_escaped, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    options["extensions"] = [*options.get("extensions", ()), "jinja2.ext.i18n", "jinja2.ext.do"]
    env = Environment(**options)  # noqa: S701 - is_escaped says yes to everything but plain text
    env.policies["ext.i18n.trimmed"] = True
    env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=gettext,
        ngettext=translation.ngettext,
        newstyle=True,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
    )
    env.globals.update(url=url, static=static, get_language=translation.get_language, script_words=script_words)
    env.filters.update(
        attrs=attrs,
        paragraphs=paragraphs,
        plural=plural,
        thousands=thousands,
        sentence=sentence,
        date=dates.day,
        weekday=dates.weekday,
        month=dates.month,
        time=dates.clock,
        datetime=dates.moment,
        period=dates.period,
        machine_date=dates.machine,
    )
    return env
