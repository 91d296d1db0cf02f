"""Messages: a row in the same transaction as what it tells; sent afterwards by whoever claims it first.

A worker claims a row with one conditional UPDATE and a lease. Killed before it begins to send, the lease runs out and
the row waits again. Killed while sending, nobody can know: the row is shown as *in doubt*, and a person decides.
"""

from __future__ import annotations

import datetime as dt
import smtplib
from typing import TYPE_CHECKING, Any, Protocol

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import QuerySet
from django.template import engines
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from safety_partners.core.lifecycle import Overtaken
from safety_partners.core.models import Message, Record

if TYPE_CHECKING:
    from safety_partners.core.viewer import Viewer

LEASE = dt.timedelta(minutes=5)
ATTEMPTS = 6


class Addressee(Protocol):
    """Somebody to tell: how they chose to be told, and where."""

    pk: Any
    organisation_id: int
    name: str
    told_by: str
    language: str

    def address_for(self, channel: str) -> str: ...


def put(template: str, *, to: Addressee, about: Record | None = None, **context: Any) -> Message:
    """Write one message to one person, to be sent as they chose, in their language.

    ``insights/answered`` is the file ``insights/emails/answered.txt``: its first line is the subject.
    """
    app, name = template.split("/")
    with translation.override(to.language or settings.LANGUAGE_CODE):
        words = engines["jinja2"].get_template(f"{app}/emails/{name}.txt").render(
            {"to": to, "about": about, "site": settings.SITE_ADDRESS, **context}
        )
    subject, _line, text = words.partition("\n")
    return Message.objects.create(
        organisation_id=to.organisation_id,
        template=template,
        about_code=about.code if about else "",
        to_membership_id=to.pk,
        to_name=to.name,
        to_address=to.address_for(to.told_by),
        channel=to.told_by,
        subject=" ".join(subject.split())[:200],
        text=text.strip() + "\n",
    )


def recover() -> int:
    """Give back rows whose worker died: unsent ones wait again, half-sent ones are in doubt. Returns how many."""
    count = 0
    for message in Message.objects.filter(lease_until__lt=timezone.now()):
        try:
            if message.status == Message.Status.CLAIMED:
                Message.lifecycle.move(message, "release", turn=message.turn, lease_until=None)
            else:
                _doubt(message, _("The program stopped while it was sending this."))
            count += 1
        except Overtaken:
            continue
    return count


def deliver(limit: int = 200) -> int:
    """Send up to ``limit`` waiting e-mails; returns how many went. Safe to run many at a time."""
    recover()
    sent = 0
    connection = get_connection()
    for message in Message.objects.to_deliver()[:limit]:
        try:
            Message.lifecycle.move(message, "claim", lease_until=timezone.now() + LEASE)
        except Overtaken:
            continue
        sent += _send(message, connection)
    connection.close()
    return sent


def _send(message: Message, connection: BaseEmailBackend) -> bool:
    """Send one claimed message; what is known not to have gone waits again, what is not known is in doubt."""
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as trouble:
        _try_later(message, trouble)
        return False
    email = EmailMessage(
        message.subject,
        message.text,
        settings.DEFAULT_FROM_EMAIL,
        [message.to_address],
        headers={"Message-ID": f"<{message.code}@{settings.MAIL_DOMAIN}>"},
        connection=connection,
    )
    Message.lifecycle.move(message, "begin", lease_until=timezone.now() + LEASE)
    try:
        email.send()
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPResponseException, smtplib.SMTPNotSupportedError, ValueError) as trouble:
        _try_later(message, trouble)
        return False
    except (OSError, smtplib.SMTPException) as trouble:
        _doubt(message, type(trouble).__name__)
        return False
    Message.lifecycle.move(message, "finish", lease_until=None, finished_at=timezone.now(), trouble="")
    return True


def _try_later(message: Message, trouble: Exception) -> None:
    attempts = message.attempts + 1
    also = {"attempts": attempts, "lease_until": None, "trouble": type(trouble).__name__}
    if attempts >= ATTEMPTS:
        Message.lifecycle.move(message, "fail", finished_at=timezone.now(), **also)
    else:
        Message.lifecycle.move(message, "release", not_before=timezone.now() + dt.timedelta(minutes=2**attempts), **also)


def _doubt(message: Message, trouble: str) -> None:
    Message.lifecycle.move(message, "doubt", turn=message.turn, lease_until=None, trouble=trouble[:300])


def log(viewer: Viewer) -> QuerySet[Message]:
    """The organisation's messages, newest first."""
    return Message.objects.filter(organisation_id=viewer.organisation_id).order_by("-id")
