"""Works out who is looking, once per request, and stands behind the wall of their organisation; refuses pages that say
nothing about who may open them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from safety_partners.core import wall
from safety_partners.core.checks import says_who_may
from safety_partners.people.queries import viewer_of
from safety_partners.people.sign_in import CHOSEN_ORGANISATION


class WallMiddleware:
    """Stands outermost: until it is known who is looking, a connection stays where it is, and a session is saved from there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with wall.request():
            return self.get_response(request)


class ViewerMiddleware:
    """Gives each request its ``viewer``; nothing below ``config`` asks for ``request.user``."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        def viewer() -> Any:
            with wall.asking_who():
                found = viewer_of(request.user, request.session.get(CHOSEN_ORGANISATION))
            wall.stand(found.organisation_id)
            return found

        request.viewer = SimpleLazyObject(viewer)  # type: ignore[attr-defined]
        wall.stand(None)  # a page that never asks who is looking shows nobody's rows
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-store" if request.COOKIES.get(settings.SESSION_COOKIE_NAME) else "no-cache"
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Refuse at run time too: web servers run no system checks."""
        if not says_who_may(view):
            raise ImproperlyConfigured(f"{view.__module__}.{view.__name__} does not say who may open it")
