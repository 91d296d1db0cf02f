"""How often something may be tried from one place, or for one code: kept by the sign-in library, in the shared cache."""

from __future__ import annotations

from allauth.core import ratelimit
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from safety_partners.core.lifecycle import NotPossible

TOO_OFTEN = _("There were too many tries in a short time. Wait a while and try again, or ring us.")


def count(request: HttpRequest, action: str, key: str = "") -> None:
    """Count one more try at something that ``ACCOUNT_RATE_LIMITS`` names. Raises ``NotPossible`` after too many.

    Looking (GET) is never counted.
    """
    if not ratelimit.consume(request, action=action, key=key):
        raise NotPossible(TOO_OFTEN)
