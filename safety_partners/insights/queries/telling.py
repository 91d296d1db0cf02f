"""Messages: the log, what waits to be posted or read out, and what goes with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safety_partners.core import history
from safety_partners.core.models import Message
from safety_partners.core.viewer import Viewer
from safety_partners.insights.models import Change, Insight, PublishedChange, Response, Wording
from safety_partners.people.models import Membership
from safety_partners.people.policies import is_lead

PRINTED = 50
# Messages of people's own accounts hold links that let somebody in: nobody else may read them.
PRIVATE = ("people/", "joining/come_back")
IN_HAND = (Wording.Status.PROPOSED, Wording.Status.AGREED, Wording.Status.SENT_BACK)


def by_hand(viewer: Viewer) -> QuerySet[Message]:
    """Letters to post and calls to make."""
    return Message.objects.visible_to(viewer).by_hand()


def to_print(viewer: Viewer, channel: str) -> list[Message]:
    """The letters or calls that have waited longest, at most fifty at a time."""
    return list(by_hand(viewer).filter(channel=channel).order_by("id")[:PRINTED])


def may_be_read(viewer: Viewer, message: Message) -> bool:
    """The lead reads what partners are told; nobody reads a message with a link that is somebody else's key."""
    return is_lead(viewer) and not message.template.startswith(PRIVATE)


@dataclass(frozen=True, slots=True)
class Enclosure:
    """What goes with a letter or is read out with a call: the answer, the words to agree, what was written down.

    It is looked up when it is needed and never kept in the message, so that words taken back are gone from here too.
    """

    title: str
    parts: list[tuple[str, str]]


def enclosures(viewer: Viewer, messages: Sequence[Message]) -> dict[int, Enclosure]:
    """For each message that has something with it, what that is now; only what the viewer may see."""
    waiting: dict[str, list[Message]] = {}
    for message in messages:
        waiting.setdefault(message.template, []).append(message)
    found: dict[int, Enclosure] = {}
    for template, look_up in _ENCLOSED.items():
        if template in waiting:
            found |= look_up(viewer, waiting[template])
    return found


def _codes(messages: Iterable[Message]) -> set[str]:
    return {message.about_code for message in messages}


def _answers(viewer: Viewer, messages: list[Message]) -> dict[int, Enclosure]:
    rows = Response.objects.visible_to(viewer).filter(insight__code__in=_codes(messages)).exclude(insight__status=Insight.Status.WITHDRAWN)
    given: dict[str, list[Response]] = {}
    for response in rows.select_related("insight", "by__user").order_by("id"):
        given.setdefault(response.insight.code, []).append(response)
    found = {}
    for message in messages:
        before = [response for response in given.get(message.about_code, []) if response.made_at <= message.made_at]
        if before:
            answer = before[-1]
            parts = [(_("Our answer"), answer.get_outcome_display())]
            if answer.reason:
                parts.append((_("Why"), answer.get_reason_display()))
            found[message.pk] = Enclosure(_("What we answered"), [*parts, ("", answer.text), ("", answer.by.name)])
    return found


def _words_written_down(viewer: Viewer, messages: list[Message]) -> dict[int, Enclosure]:
    rows = Insight.objects.visible_to(viewer).filter(code__in=_codes(messages)).exclude(status=Insight.Status.WITHDRAWN)
    words = dict(rows.values_list("code", "words"))
    return {
        message.pk: Enclosure(_("What we wrote down, in your words"), [("", words[message.about_code])])
        for message in messages
        if message.about_code in words
    }


def _words_to_agree(viewer: Viewer, messages: list[Message]) -> dict[int, Enclosure]:
    rows = Wording.objects.visible_to(viewer).filter(code__in=_codes(messages), status__in=IN_HAND)
    wordings = {wording.code: wording for wording in rows}
    return {
        message.pk: Enclosure(_("The words we would like to make public"), _public_parts(wordings[message.about_code]))
        for message in messages
        if message.about_code in wordings
    }


def _public_words(viewer: Viewer, messages: list[Message]) -> dict[int, Enclosure]:
    shown = Change.objects.visible_to(viewer).filter(code__in=_codes(messages)).values("code")
    editions = {edition.address: edition for edition in PublishedChange.objects.filter(address__in=shown, is_newest=True)}
    return {
        message.pk: Enclosure(_("What is public now"), _public_parts(editions[message.about_code]))
        for message in messages
        if message.about_code in editions
    }


def _public_parts(words: Wording | PublishedChange) -> list[tuple[str, str]]:
    parts = [(_("Title"), words.title), (_("What we were told"), words.told_us), (_("What is different"), words.changed)]
    return [(heading, text) for heading, text in parts if text]


_ENCLOSED = {
    "insights/answered": _answers,
    "insights/recorded": _words_written_down,
    "insights/wording_proposed": _words_to_agree,
    "insights/published": _public_words,
}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened to a message, as a timeline shows it."""

    title: str
    at: dt.datetime
    by: str = ""
    text: str = ""


_DONE = {
    "insights.done_by_hand": gettext_lazy("Done by hand"),
    "insights.resend_message": gettext_lazy("To be sent again"),
    "insights.settle_message": gettext_lazy("Noted that it arrived"),
    "insights.note_bounce": gettext_lazy("Noted that it came back"),
}
# What a mail server or a library says, in words.
_TROUBLES = {
    "Bounced": gettext_lazy("It came back: the address does not reach the person."),
    "SMTPRecipientsRefused": gettext_lazy("The other side does not accept this address."),
    "SMTPSenderRefused": gettext_lazy("The mail server does not let us send from our address."),
    "SMTPDataError": gettext_lazy("The other side did not take the message."),
    "SMTPNotSupportedError": gettext_lazy("The mail server cannot send to this address."),
    "ValueError": gettext_lazy("The address cannot be used."),
    "TimeoutError": gettext_lazy("The mail server stopped answering while we were sending it."),
    "SMTPServerDisconnected": gettext_lazy("The mail server went away while we were sending it."),
    "ConnectionResetError": gettext_lazy("The mail server went away while we were sending it."),
    "BrokenPipeError": gettext_lazy("The mail server went away while we were sending it."),
}


def trouble_in_words(message: Message) -> str:
    """What stood in the way of a message, as far as it is known."""
    return str(_TROUBLES.get(message.trouble, message.trouble))


def message_history(viewer: Viewer, message: Message) -> list[Line]:
    """What happened to a message, the first thing first: two queries."""
    lines = [Line(_("Written"), message.made_at)]
    events = list(history.timeline(message).visible_to(viewer).filter(verb__in=_DONE))
    doers = {event.by_membership_id for event in events}
    names = dict(Membership.objects.visible_to(viewer).filter(pk__in=doers).values_list("pk", "user__name")) if doers else {}
    lines += [Line(str(_DONE[event.verb]), event.made_at, names.get(event.by_membership_id or 0, "")) for event in events]
    if message.finished_at and not (events and message.finished_at <= events[-1].made_at):
        lines.append(Line(str(message.get_status_display()), message.finished_at))
    return lines
