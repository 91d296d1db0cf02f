"""What people see when something is not found, has run out, or goes wrong."""

from __future__ import annotations

from typing import Any

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
        "<!doctype html><html lang=en-GB><meta charset=utf-8><meta name=viewport content='width=device-width'>"
        "<title>Sorry, something went wrong</title><h1>Sorry, something went wrong</h1>"
        "<p>This is our fault, not yours. Go back and try again in a few minutes. If you typed something, "
        "going back usually brings it back.</p>"
    )
    return HttpResponse(words, status=500)
