"""What must be right before the server starts: every page says who may open it; production is safe."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.urls import URLPattern, URLResolver, get_resolver


def all_patterns(resolver: URLResolver | None = None, prefix: str = "", namespace: str = "") -> Iterator[tuple[str, str, URLPattern]]:
    """Yield (route, name with namespaces, pattern) for every address of the installation."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from all_patterns(pattern, route, inner)
        else:
            yield route, f"{namespace}{pattern.name or ''}", pattern


def says_who_may(view: Any) -> bool:
    """Say whether a view carries a policy, or belongs to a library that keeps its own door."""
    return hasattr(view, "policy") or view.__module__.split(".")[0] in {"allauth", "django"}


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
