"""Messages: a row in the same transaction as what it tells; sent afterwards by whoever claims it first.

A worker claims a row with one conditional UPDATE and a lease. Killed before it begins to send, the lease runs out and
the row waits again. Killed while sending, nobody can know: the row is shown as *in doubt*, and a person decides.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
import logging
import re
import smtplib
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from django.apps import apps
from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import QuerySet
from django.template import engines
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from jinja2 import Environment

from safety_partners.core import clock
from safety_partners.core.lifecycle import Overtaken
from safety_partners.core.models import AT_ONCE, Message, Record

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

_METHOD = re.compile(r"^METHOD:(\w+)", re.MULTILINE)


class Addressee(Protocol):
    """Somebody to tell: how they chose to be told, and where."""

    pk: Any
    organisation_id: int
    name: str
    told_by: str
    rhythm: str
    language: str

    def address_for(self, channel: str) -> str: ...


def put(
    template: str, *, to: Addressee, about: Record | None = None, calendar: str = "", is_urgent: bool = False, **context: Any
) -> Message:
    """Write one message to one person, to be sent as they chose, in their language.

    ``insights/answered`` is the file ``insights/emails/answered.txt``: its first line is the subject. ``calendar`` is an
    iCalendar object that goes with an email, so that the person's calendar follows. An email to somebody who wants them
    together waits for the next summary, unless it ``is_urgent`` or moves a calendar.
    """
    app, name = template.split("/")
    path, given = f"{app}/emails/{name}.txt", {"to": to, "about": about, "site": settings.SITE_ADDRESS, "is_part": False, **context}
    waits = to.told_by == Message.Channel.EMAIL and to.rhythm != AT_ONCE and not (is_urgent or calendar)
    with translation.override(to.language or settings.LANGUAGE_CODE):
        subject, text = words_of(path, **given)
        part = words_of(path, **{**given, "is_part": True})[1] if waits else ""
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
        part=part,
        calendar=calendar,
        status=Message.Status.FAILED if trouble else Message.Status.HELD if waits else Message.Status.QUEUED,
        finished_at=clock.now() if trouble else None,
        trouble=trouble,
    )


def forget(template: str, about: Record) -> None:
    """Take somebody's words out of the messages that carried them: what waits does not go, of what went only that it went stays."""
    rows = Message.objects.filter(organisation_id=about.organisation_id, template=template, about_code=about.code)  # type: ignore[attr-defined]
    rows.filter(status__in=[Message.Status.HELD, Message.Status.QUEUED]).delete()
    rows.update(text=_("The words in this message were taken back.") + "\n", part="")


def words_of(path: str, **context: Any) -> tuple[str, str]:
    """What a template of plain words says: its first line, which is the subject, and the rest."""
    template = _plain_text(engines["jinja2"].env).get_template(path)  # type: ignore[attr-defined]
    subject, _line, text = template.render(context).partition("\n")
    return " ".join(subject.split()), text.strip()


@functools.cache
def _plain_text(environment: Environment) -> Environment:
    """The same templates for plain text: an apostrophe stays an apostrophe, where a page would write it as HTML."""
    return environment.overlay(autoescape=False)


@dataclass(frozen=True, slots=True)
class Chapter:
    """The messages of one app in a summary, the newest first."""

    title: str
    messages: list[Message]


def gather(template: str, *, to: Addressee, is_due: bool) -> Message | None:
    """Send what waits for one person as one message; nothing waits, nothing is sent. Returns the summary, if there is one.

    All of it happens or none: killed in between, everything waits as before. Who has changed their mind meanwhile, and wants
    each message at once or by another way, gets each for itself.
    """
    with transaction.atomic():
        waiting = list(Message.objects.held().filter(to_membership_id=to.pk).select_for_update().order_by("-id"))
        if to.told_by != Message.Channel.EMAIL or to.rhythm == AT_ONCE:
            for message in waiting:
                where = to.address_for(to.told_by)
                Message.lifecycle.move(message, "let_go", channel=to.told_by, to_address=where, not_before=clock.now(), part="")
            return None
        if not (waiting and is_due):
            return None
        chapters: dict[str, list[Message]] = {}
        for message in waiting:
            chapters.setdefault(message.template.partition("/")[0], []).append(message)
        with translation.override(to.language or settings.LANGUAGE_CODE):
            told = [Chapter(str(apps.get_app_config(app).verbose_name), messages) for app, messages in chapters.items()]
        summary = put(template, to=to, is_urgent=True, chapters=told, count=len(waiting))
        for message in waiting:
            Message.lifecycle.move(message, "gather", gathered_in=summary, finished_at=clock.now(), part="")
        return summary


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
    email = EmailMultiAlternatives(
        message.subject,
        message.text,
        settings.DEFAULT_FROM_EMAIL,
        [message.to_address],
        headers={"Message-ID": f"<{message.code}@{settings.MAIL_DOMAIN}>"},
        connection=connection,
    )
    if message.calendar:
        # RFC 6047: the method stands in the type too, or mail programs show a file where they should ask for an answer.
        method = _METHOD.search(message.calendar)
        email.attach_alternative(message.calendar, f"text/calendar; method={method.group(1) if method else 'PUBLISH'}")
    return email


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
    how: dict[str, Any] = {"lease_until": None, "finished_at": clock.now(), "trouble": ""}
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
        not_before=clock.now() + min(dt.timedelta(minutes=2**attempts), LONGEST_WAIT),
        trouble=type(trouble).__name__,
    )


def _give_up(message: Message, trouble: Exception) -> None:
    Message.lifecycle.move(
        message,
        "fail",
        turn=message.turn,
        attempts=message.attempts + 1,
        lease_until=None,
        finished_at=clock.now(),
        trouble=type(trouble).__name__,
    )


def _doubt(message: Message, trouble: str) -> None:
    Message.lifecycle.move(message, "doubt", turn=message.turn, lease_until=None, trouble=trouble[:300])


def log(viewer: Viewer) -> QuerySet[Message]:
    """The organisation's messages, newest first."""
    return Message.objects.visible_to(viewer).order_by("-id")
