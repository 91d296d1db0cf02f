"""Whom messages about a group go to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from safety_partners.core import outbox
from safety_partners.core.models import Record
from safety_partners.core.viewer import Viewer
from safety_partners.people.models import Membership, Role
from safety_partners.people.queries import members_with_role
from safety_partners.ppg.models import Group


def leads_of(organisation_id: int) -> list[Membership]:
    """The partner leads of the organisation."""
    return members_with_role(organisation_id, Role.LEAD)


def voice_of(group: Group) -> list[Membership]:
    """The chair; where there is none, those who look after the group: no message goes to an empty desk."""
    return [group.voice] if group.voice is not None else keepers_of(group)


def keepers_of(group: Group) -> list[Membership]:
    """Whoever looks after the group on our side, or the partner leads."""
    contact = [group.contact] if group.contact is not None and group.contact.ended_on is None else []
    return contact or leads_of(group.organisation_id)


def tell(viewer: Viewer, people: Iterable[Membership], template: str, about: Record, **words: Any) -> None:
    """Tell each person once, and nobody what they did themselves."""
    for person in {one.pk: one for one in people}.values():
        if person.pk != viewer.membership_id:
            outbox.put(template, to=person, about=about, **words)
