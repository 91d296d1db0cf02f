"""Works out who is looking, once per request; refuses pages that say nothing about who may open them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from safety_partners.core.checks import says_who_may
from safety_partners.people.queries import viewer_for

CHOSEN_ORGANISATION = "organisation"


class ViewerMiddleware:
    """Gives each request its ``viewer``; nothing below ``config`` asks for ``request.user``."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        def viewer() -> Any:
            user = request.user
            return viewer_for(user.pk if user.is_authenticated else None, request.session.get(CHOSEN_ORGANISATION))

        request.viewer = SimpleLazyObject(viewer)  # type: ignore[attr-defined]
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-store" if request.COOKIES.get(settings.SESSION_COOKIE_NAME) else "no-cache"
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Refuse at run time too: web servers run no system checks."""
        if not says_who_may(view):
            raise ImproperlyConfigured(f"{view.__module__}.{view.__name__} does not say who may open it")
