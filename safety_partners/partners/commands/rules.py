"""Rules that several commands of this app share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.viewer import Viewer
from safety_partners.partners.models import Partner, Recorded
from safety_partners.partners.queries.seen import state_of
from safety_partners.people.models import Membership
from safety_partners.people.policies import STAFF_ROLES

Capture = Recorded.Capture
# What was only said is read back, so that the person knows what stands there; a letter is there to be looked at.
MUST_BE_READ_BACK = frozenset({Capture.PHONE, Capture.MEETING})


def said(viewer: Viewer, partner: Partner, *, capture: str, is_read_back: bool) -> dict[str, Any]:
    """How a partner's yes, no or words reached us, as the fields of ``Recorded``.

    A partner types for themselves. Raises ``NotPossible`` when somebody else records it and does not say how, or has not
    read back what was only said.
    """
    return said_by(viewer, partner.membership_id, capture=capture, is_read_back=is_read_back)


def said_by(viewer: Viewer, membership_id: int, *, capture: str, is_read_back: bool) -> dict[str, Any]:
    """The same for any member of the organisation."""
    if viewer.membership_id == membership_id:
        return {"capture": Capture.TYPED, "recorded_by_id": None, "is_read_back": False}
    if capture not in Capture.values or capture == Capture.TYPED:
        raise NotPossible(_("Say how this reached you."), field="capture")
    if capture in MUST_BE_READ_BACK and not is_read_back:
        raise NotPossible(_("Read it back to them first, then say that you did."), field="is_read_back")
    return {"capture": capture, "recorded_by_id": viewer.membership_id, "is_read_back": is_read_back}


def demand_as_seen(record: Any, fields: Iterable[str], seen: int | None) -> None:
    """Raise ``Overtaken`` when somebody changed one of these since the page was shown; they stay as they are until the command ends.

    ``seen`` is ``state_of`` the record as the page showed it; None for whoever looked at nothing, such as an import.
    """
    if seen is None:
        return
    now = type(record).objects.select_for_update().get(pk=record.pk) if isinstance(record, Model) else record
    if state_of(now, fields) != seen:
        raise Overtaken


def demand_words(text: str, sentence: str, *, field: str) -> None:
    """Raise ``NotPossible`` where somebody must say something and said nothing."""
    if not text.strip():
        raise NotPossible(sentence, field=field)


def demand_staff(person: Membership | None, organisation_id: int | None, *, field: str) -> None:
    """Raise ``NotPossible`` unless there is nobody, or somebody who works in this organisation now."""
    if person is None:
        return
    is_current = person.organisation_id == organisation_id and person.ended_on is None
    if not (is_current and person.grants.filter(role__in=STAFF_ROLES).exists()):
        raise NotPossible(_("Choose a member of staff of this organisation."), field=field)


def demand_serving(partner: Partner) -> None:
    """Raise ``Overtaken`` when the partner has left: then the record is closed."""
    if Partner.objects.filter(pk=partner.pk, status__in=[Partner.Status.LEFT, Partner.Status.FORGOTTEN]).exists():
        raise Overtaken(_("They have left. Their record is closed."))
