"""Messages that carry a code: sent at once and kept nowhere. All other messages go through the outbox."""

from __future__ import annotations

import smtplib

from django.conf import settings
from django.core.mail import EmailMessage
from django.template import engines
from django.utils.translation import gettext as _

from safety_partners.core.lifecycle import NotPossible


def sign_in_code(address: str, code: str) -> None:
    """The code that lets somebody sign in."""
    _send(address, "sign_in_code", code=code, minutes=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60)


def unknown_address(address: str) -> None:
    """Tell whoever tried to sign in that we do not know the address; the page itself never says so."""
    _send(address, "unknown_address")


def new_address_code(address: str, code: str, *, minutes: int) -> None:
    """The code that proves that a new address reaches its owner."""
    _send(address, "new_address_code", code=code, minutes=minutes)


def _send(address: str, name: str, **words: object) -> None:
    text = engines["jinja2"].get_template(f"people/emails/{name}.txt").render({"site": settings.SITE_ADDRESS, **words})
    subject, _line, body = text.partition("\n")
    try:
        EmailMessage(subject.strip(), body.strip() + "\n", settings.DEFAULT_FROM_EMAIL, [address]).send()
    except (OSError, smtplib.SMTPException) as trouble:
        raise NotPossible(_("We could not send the email just now. Wait a few minutes, then try again.")) from trouble
