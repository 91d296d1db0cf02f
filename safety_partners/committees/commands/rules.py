"""Rules that several commands of committees share."""

from __future__ import annotations

from django.utils.translation import gettext as _

from safety_partners.committees.models import Committee
from safety_partners.committees.models.committee import READERS
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.people.models import Membership


def lock(committee: Committee) -> Committee:
    """Let what decides about one committee's seats happen one after another, until the transaction ends."""
    committee.refresh_from_db(from_queryset=Committee.objects.select_for_update())
    return committee


def demand_meets(committee: Committee) -> None:
    """Raise ``Overtaken`` when the committee has ended: then nothing is added to it."""
    if not Committee.objects.meeting_still().filter(pk=committee.pk).exists():
        raise Overtaken(_("This committee does not meet any more."))


def demand_at_work(person: Membership, organisation_id: int | None, *, field: str) -> None:
    """Raise ``NotPossible`` unless somebody works here now, or sits on the board."""
    is_current = person.organisation_id == organisation_id and person.ended_on is None
    if not (is_current and person.grants.filter(role__in=READERS).exists()):
        raise NotPossible(_("Choose somebody who works here, or sits on the board."), field=field)
