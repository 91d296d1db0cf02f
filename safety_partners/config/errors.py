"""What people see when something is not found, has run out, or goes wrong."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from safety_partners.core.page import show, typed_words


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """There is nothing at this address, or nothing this person may see: the two look the same."""
    return show(request, "config/not_found.jinja", status=404)


def form_ran_out(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token is too old; what was typed is given back."""
    return show(request, "config/form_ran_out.jinja", status=403, typed=typed_words(request))


def went_wrong(request: HttpRequest) -> HttpResponse:
    """Something failed on our side. Plain words, no database, no template that could fail again."""
    words = (
        "<!doctype html><html lang=en-GB><meta charset=utf-8><meta name=viewport content='width=device-width, initial-scale=1'>"
        f"<title>Sorry, something went wrong</title><link rel=stylesheet href='{settings.STATIC_URL}nhsuk/nhsuk.css'>"
        "<body><div class=nhsuk-width-container><main class=nhsuk-main-wrapper id=maincontent>"
        "<h1 class=nhsuk-heading-xl>Sorry, something went wrong</h1>"
        "<p>This is our fault, not yours. Go back and try again in a few minutes. If you typed something, "
        "going back usually brings it back.</p>"
        "<p>If it happens again, ring the people you work with. They can write down for you what you want to say.</p>"
        "<p><a href='/'>Go to the first page</a></p></main></div></body></html>"
    )
    return HttpResponse(words, status=500)
