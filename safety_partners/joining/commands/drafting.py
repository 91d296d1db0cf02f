"""What somebody has typed so far, before they send it: kept under a secret that only they hold."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from safety_partners.core import clock, outbox
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.models import AT_ONCE, Message
from safety_partners.core.page import is_anyone
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today
from safety_partners.joining import private_words
from safety_partners.joining.models import Advert, Draft
from safety_partners.people.models import Organisation
from safety_partners.people.policies import is_system

KEPT = dt.timedelta(days=30)
# All answers together: far more than the longest honest ones.
MOST_SIGNS = 60_000


@dataclass(frozen=True, slots=True)
class Writer:
    """Somebody who is still writing, as the outbox writes to them: by email, and by no name."""

    organisation: Organisation
    email: str
    language: str
    name: str = ""
    pk: None = None
    told_by: str = Message.Channel.EMAIL.value
    rhythm: str = AT_ONCE

    @property
    def organisation_id(self) -> int:
        return self.organisation.pk

    def address_for(self, channel: str) -> str:
        return self.email


@command(allow=is_anyone)
def begin_interest(viewer: Viewer, advert: Advert, /, *, secret: str) -> Draft:
    """Somebody begins to write; ``secret`` is the come-back code that only their browser and they know."""
    if not advert.takes_interest(today()):
        raise NotPossible(_("This role is closed now. You can still talk to us about other roles."))
    return Draft.objects.create(organisation_id=advert.organisation_id, advert=advert, secret_hash=private_words.hash_of(secret))


@command(allow=is_anyone)
def keep_answers(viewer: Viewer, draft: Draft, /, *, answers: dict[str, Any]) -> Draft:
    """Keep what was typed so far. Raises ``Overtaken`` if it was sent or deleted in the meantime."""
    if sum(len(str(value)) for given in answers.values() for value in given.values()) > MOST_SIGNS:
        raise NotPossible(_("This is more than we can keep. Please write less."))
    if not Draft.objects.filter(pk=draft.pk).update(answers=answers, changed_at=clock.now()):
        raise Overtaken(_("This was sent or deleted in the meantime."))
    draft.refresh_from_db()
    return draft


@command(allow=is_anyone)
def send_come_back_link(viewer: Viewer, draft: Draft, /, *, email: str, secret: str) -> Draft:
    """Send the way back to an address that the person gives. The link opens nothing until they press a button."""
    draft.email = email.lower()
    draft.changed_at = clock.now()
    draft.save(update_fields=["email", "changed_at"])
    outbox.put(
        "joining/come_back",
        to=Writer(draft.organisation, draft.email, get_language() or ""),
        about=draft,
        secret=secret,
        link=settings.SITE_ADDRESS + reverse("joining:come-back-with", args=[secret]),
        until=(draft.changed_at + KEPT).date(),
    )
    return draft


@command(allow=is_system)
def forget_old_drafts(viewer: Viewer, organisation: Organisation, /) -> Organisation:
    """Delete what was begun and not changed for thirty days, with the links that were sent for it."""
    old = Draft.objects.filter(organisation=organisation, changed_at__lt=clock.now() - KEPT)
    Message.objects.filter(organisation_id=organisation.pk, about_code__in=old.values("code")).delete()
    old.delete()
    return organisation
