"""Messages: a row in the same transaction as what it tells; sent afterwards by whoever claims it first.

A worker claims a row with one conditional UPDATE and a lease. Killed before it begins to send, the lease runs out and
the row waits again. Killed while sending, nobody can know: the row is shown as *in doubt*, and a person decides.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
import logging
import smtplib
import time
from typing import TYPE_CHECKING, Any, Protocol

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import QuerySet
from django.template import engines
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from jinja2 import Environment

from safety_partners.core import clock
from safety_partners.core.lifecycle import Overtaken
from safety_partners.core.models import Message, Record

if TYPE_CHECKING:
    from safety_partners.core.viewer import Viewer

logger = logging.getLogger(__name__)

LEASE = dt.timedelta(minutes=5)
ROUND = dt.timedelta(minutes=2)
# Four days in all, as mail servers do: after 2, 4, 8 … minutes, then every four hours.
ATTEMPTS = 31
LONGEST_WAIT = dt.timedelta(hours=4)
# A server that answers with one of these has not taken the message; anything else that goes wrong leaves it in doubt.
KNOWN_NOT_GONE = (smtplib.SMTPRecipientsRefused, smtplib.SMTPResponseException, smtplib.SMTPNotSupportedError, ValueError)


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
        subject, text = words_of(f"{app}/emails/{name}.txt", to=to, about=about, site=settings.SITE_ADDRESS, **context)
    # Nobody is lost in silence: without an address the message is there at once, marked as one that could not go.
    address = to.address_for(to.told_by).strip()
    trouble = "" if address or to.told_by != Message.Channel.EMAIL else _("We have no email address for this person.")
    return Message.objects.create(
        organisation_id=to.organisation_id,
        template=template,
        about_code=about.code if about else "",
        to_membership_id=to.pk,
        to_name=to.name,
        to_address=address,
        channel=to.told_by,
        subject=subject[:200],
        text=text + "\n",
        status=Message.Status.FAILED if trouble else Message.Status.QUEUED,
        finished_at=clock.now() if trouble else None,
        trouble=trouble,
    )


def words_of(path: str, **context: Any) -> tuple[str, str]:
    """What a template of plain words says: its first line, which is the subject, and the rest."""
    template = _plain_text(engines["jinja2"].env).get_template(path)  # type: ignore[attr-defined]
    subject, _line, text = template.render(context).partition("\n")
    return " ".join(subject.split()), text.strip()


@functools.cache
def _plain_text(environment: Environment) -> Environment:
    """The same templates for plain text: an apostrophe stays an apostrophe, where a page would write it as HTML."""
    return environment.overlay(autoescape=False)


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
    """Send up to ``limit`` waiting emails; returns how many went. Safe to run many at a time.

    A mail server that cannot be reached ends the round, and so does the clock, well before the task would be stopped.
    """
    recover()
    sent, stop_at = 0, time.monotonic() + ROUND.total_seconds()
    connection = get_connection()
    for message in Message.objects.to_deliver()[:limit]:
        if time.monotonic() > stop_at or not _is_open(connection):
            break
        sent += _send(message, connection)
    _close(connection)
    return sent


def _is_open(connection: BaseEmailBackend) -> bool:
    """Open the connection if it is not; messages wait as they are while the mail server cannot be reached."""
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as trouble:
        logger.error("The mail server cannot be reached: %s", type(trouble).__name__)
        return False
    return True


def _close(connection: BaseEmailBackend) -> None:
    with contextlib.suppress(OSError, smtplib.SMTPException):
        connection.close()


def _send(message: Message, connection: BaseEmailBackend) -> bool:
    """Claim and send one message; what is known not to have gone waits again, what is not known is in doubt."""
    move = Message.lifecycle.move
    try:
        move(message, "claim", turn=message.turn, lease_until=timezone.now() + LEASE)
        email = _email(message, connection)
        move(message, "begin", turn=message.turn, lease_until=timezone.now() + LEASE)
        trouble = _hand_over(email)
        if trouble is None:
            _note_sent(message)
            return True
        # After any trouble the line to the server may be dead: the next message gets a new one.
        _close(connection)
        if not isinstance(trouble, KNOWN_NOT_GONE):
            _doubt(message, type(trouble).__name__)
        elif _is_for_good(trouble) or message.attempts + 1 >= ATTEMPTS:
            _give_up(message, trouble)
        else:
            _try_later(message, trouble)
    except Overtaken:
        return False
    return False


def _email(message: Message, connection: BaseEmailBackend) -> EmailMessage:
    return EmailMessage(
        message.subject,
        message.text,
        settings.DEFAULT_FROM_EMAIL,
        [message.to_address],
        headers={"Message-ID": f"<{message.code}@{settings.MAIL_DOMAIN}>"},
        connection=connection,
    )


def _hand_over(email: EmailMessage) -> Exception | None:
    """Give the email to the server; returns what went wrong, or None."""
    try:
        # No address, no sending: without one, Django says nothing and sends nothing.
        return None if email.send() else ValueError()
    except (OSError, smtplib.SMTPException, ValueError) as trouble:
        return trouble


def _is_for_good(trouble: Exception) -> bool:
    """Say whether the server would refuse this message again: an unknown address, or a text it will not take."""
    match trouble:
        case smtplib.SMTPRecipientsRefused():
            return all(code >= 500 for code, _words in trouble.recipients.values())
        case smtplib.SMTPDataError():
            return trouble.smtp_code >= 500
        case _:
            return isinstance(trouble, (ValueError, smtplib.SMTPNotSupportedError))


def _note_sent(message: Message) -> None:
    """It went. Where the lease ran out in the meantime it stands in doubt, and the doubt is settled."""
    how: dict[str, Any] = {"lease_until": None, "finished_at": timezone.now(), "trouble": ""}
    try:
        Message.lifecycle.move(message, "finish", turn=message.turn, **how)
    except Overtaken:
        Message.lifecycle.move(message, "settle", turn=message.turn + 1, **how)


def _try_later(message: Message, trouble: Exception) -> None:
    attempts = message.attempts + 1
    Message.lifecycle.move(
        message,
        "release",
        turn=message.turn,
        attempts=attempts,
        lease_until=None,
        not_before=timezone.now() + min(dt.timedelta(minutes=2**attempts), LONGEST_WAIT),
        trouble=type(trouble).__name__,
    )


def _give_up(message: Message, trouble: Exception) -> None:
    Message.lifecycle.move(
        message,
        "fail",
        turn=message.turn,
        attempts=message.attempts + 1,
        lease_until=None,
        finished_at=timezone.now(),
        trouble=type(trouble).__name__,
    )


def _doubt(message: Message, trouble: str) -> None:
    Message.lifecycle.move(message, "doubt", turn=message.turn, lease_until=None, trouble=trouble[:300])


def log(viewer: Viewer) -> QuerySet[Message]:
    """The organisation's messages, newest first."""
    return Message.objects.visible_to(viewer).order_by("-id")
