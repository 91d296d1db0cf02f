""" "Talk to us first": asking for a chat without an account, and what became of it."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from safety_partners.core import clock
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.page import is_anyone
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today
from safety_partners.joining import policies
from safety_partners.joining.models import Advert, ChatRequest
from safety_partners.people.commands.persons import tidy_name
from safety_partners.people.models import Organisation
from safety_partners.people.policies import is_system

KEPT = dt.timedelta(days=183)


@command(allow=is_anyone, details=("how",))
def ask_for_chat(
    viewer: Viewer,
    organisation: Organisation,
    /,
    *,
    name: str,
    how: str,
    reach: str,
    times: str = "",
    access_words: str = "",
    advert: Advert | None = None,
) -> ChatRequest:
    """Somebody would like to talk first; nothing else is asked of them."""
    return _ask(organisation, name=name, how=how, reach=reach, times=times, access_words=access_words, advert=advert)


@command(allow=policies.may_run_joining, details=("how",))
def record_chat_request(
    viewer: Viewer,
    /,
    *,
    name: str,
    how: str,
    reach: str,
    times: str = "",
    access_words: str = "",
    advert: Advert | None = None,
) -> ChatRequest:
    """Write down that somebody rang or came by and would like to talk."""
    given = {"name": name, "how": how, "reach": reach, "times": times, "access_words": access_words, "advert": advert}
    return _ask(viewer.organisation, **given, recorded_by_id=viewer.membership_id)


def _ask(
    organisation: Organisation, *, name: str, reach: str, advert: Advert | None, recorded_by_id: int | None = None, **given: str
) -> ChatRequest:
    name = tidy_name(name)
    if not name:
        raise NotPossible(_("Enter a name"), "name")
    if not reach.strip():
        raise NotPossible(_("Say how we can reach you"), "reach")
    if advert is not None and advert.organisation_id != organisation.pk:
        raise NotPossible(_("Choose an advert of this organisation"), "advert")
    return ChatRequest.objects.create(
        organisation=organisation, advert=advert, name=name, reach=reach.strip(), recorded_by_id=recorded_by_id, **given
    )


@command(allow=policies.may_lead)
def arrange_chat(viewer: Viewer, chat: ChatRequest, /, *, turn: int, planned_at: dt.datetime) -> ChatRequest:
    """A day and time are agreed; it may be agreed again. ``turn`` is the one that the lead saw."""
    if planned_at < clock.now():
        raise NotPossible(_("Choose a day and time that is still to come"), "planned_on")
    ChatRequest.lifecycle.move(chat, "arrange", turn=turn, planned_at=planned_at)
    return chat


@command(allow=policies.may_lead)
def hold_chat(viewer: Viewer, chat: ChatRequest, /, *, done_on: dt.date, note: str = "") -> ChatRequest:
    """It took place: on which day, and what was promised."""
    if done_on > today():
        raise NotPossible(_("The day must be today or in the past"), "done_on")
    ChatRequest.lifecycle.move(chat, "hold", done_on=done_on, note=note, done_by_id=viewer.membership_id)
    return chat


@command(allow=policies.may_lead)
def give_up_chat(viewer: Viewer, chat: ChatRequest, /, *, note: str = "") -> ChatRequest:
    """It did not happen, such as when nobody could be reached; no blame is written down."""
    ChatRequest.lifecycle.move(chat, "give_up", done_on=today(), note=note, done_by_id=viewer.membership_id)
    return chat


@command(allow=is_system)
def forget_old_chats(viewer: Viewer, organisation: Organisation, /) -> Organisation:
    """Delete requests six months after the chat, or after they were made when nothing became of them."""
    before = today() - KEPT
    rows = ChatRequest.objects.filter(organisation=organisation)
    rows.filter(done_on__lt=before).delete()
    rows.filter(done_on=None, made_at__lt=clock.now() - KEPT).delete()
    return organisation
