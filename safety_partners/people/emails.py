"""Messages that carry a code: sent at once and kept nowhere. All other messages go through the outbox.

Those for signing in are posted by a thread of their own: how long the mail server takes, and whether it takes a letter at
all, must not tell a stranger who is known here.
"""

from __future__ import annotations

import logging
import smtplib
import time
from concurrent.futures import ThreadPoolExecutor

from django.conf import settings
from django.core.mail import EmailMessage
from django.template import engines
from django.utils.translation import gettext as _

from safety_partners.core.lifecycle import NotPossible

log = logging.getLogger(__name__)
NOT_SENT = (OSError, smtplib.SMTPException)
TROUBLE_LASTS = 60  # seconds

_postman = ThreadPoolExecutor(max_workers=2, thread_name_prefix="sign-in-mail")
_trouble_until = 0.0


def check_post() -> None:
    """Raise NotPossible for anybody, known here or not, when the last letter of this kind could not be sent a moment ago."""
    if time.monotonic() < _trouble_until:
        raise _could_not_send()


def sign_in_code(address: str, code: str) -> None:
    """The code that lets somebody sign in."""
    _postman.submit(_post, _letter(address, "sign_in_code", code=code, minutes=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60))


def unknown_address(address: str) -> None:
    """Tell whoever tried to sign in that we do not know the address; the page itself never says so."""
    letter = _letter(address, "unknown_address")
    if "@" in address:  # a sign-in name that nobody has goes nowhere, after the same work
        _postman.submit(_post, letter)


def new_address_code(address: str, code: str, *, minutes: int) -> None:
    """The code that proves that a new address reaches its owner."""
    try:
        _letter(address, "new_address_code", code=code, minutes=minutes).send()
    except NOT_SENT as trouble:
        raise _could_not_send() from trouble


def _letter(address: str, name: str, **words: object) -> EmailMessage:
    text = engines["jinja2"].get_template(f"people/emails/{name}.txt").render({"site": settings.SITE_ADDRESS, **words})
    subject, _line, body = text.partition("\n")
    return EmailMessage(subject.strip(), body.strip() + "\n", settings.DEFAULT_FROM_EMAIL, [address])


def _post(letter: EmailMessage) -> None:
    global _trouble_until  # noqa: PLW0603 - what one thread learnt is for all requests of this process
    try:
        letter.send()
    except NOT_SENT as trouble:
        _trouble_until = time.monotonic() + TROUBLE_LASTS
        log.error("A code for signing in could not be sent: %s", type(trouble).__name__)


def _could_not_send() -> NotPossible:
    return NotPossible(_("We could not send the email just now. Wait a few minutes, then try again."))
