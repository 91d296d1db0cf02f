"""What must be right before the server starts: every page says who may open it; production is safe."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.urls import URLPattern, URLResolver, get_resolver

from safety_partners.core.policy import Policy


def all_patterns(resolver: URLResolver | None = None, prefix: str = "", namespace: str = "") -> Iterator[tuple[str, str, URLPattern]]:
    """Yield (route, name with namespaces, pattern) for every address of the installation."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from all_patterns(pattern, route, inner)
        else:
            yield route, f"{namespace}{pattern.name or ''}", pattern


# The views of these libraries keep their own doors; Django's generic views do not, so they are not among them.
OWN_DOORS = ("allauth.", "django.views.i18n")


def says_who_may(view: Any) -> bool:
    """Say whether a view carries a policy, or belongs to a library that keeps its own door."""
    return isinstance(getattr(view, "policy", None), Policy) or getattr(view, "__module__", "").startswith(OWN_DOORS)


@register()
def every_page_says_who_may_open_it(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """The server does not start while a page is open to nobody knows whom."""
    return [
        Error(
            f"The page {route!r} does not say who may open it.",
            hint="Decorate its view with @page(allow=…).",
            id="safety_partners.E001",
        )
        for route, _name, pattern in all_patterns()
        if not says_who_may(pattern.callback)
    ]


@register(Tags.security, deploy=False)
def production_is_safe(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """Settings that would be unsafe in production stop it from starting."""
    return [Error(sentence, id="safety_partners.E002") for sentence in settings.UNSAFE]
