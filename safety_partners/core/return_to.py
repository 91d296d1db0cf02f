"""Where to go back to: the only reader of ``next``."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def return_to(request: HttpRequest, default: str) -> str:
    """Return the address asked for in ``next`` if it is a path of this site, else ``default``."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    return asked if _is_ours(asked) else default


def came_from(request: HttpRequest, default: str) -> str:
    """Return the path of the page before this one if it was a page of this site, else ``default``."""
    before = urlsplit(request.headers.get("Referer", ""))
    asked = f"{before.path}?{before.query}" if before.query else before.path
    return asked if before.netloc == request.get_host() and _is_ours(asked) else default


def _is_ours(asked: str) -> bool:
    # A browser drops tabs and line ends, and takes a backslash for a slash.
    read = re.sub(r"[\t\r\n]", "", asked).replace("\\", "/")
    return asked.startswith("/") and not read.startswith("//") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
