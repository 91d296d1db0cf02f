"""Whom messages about a committee go to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from safety_partners.committees.models import Committee, Sitting
from safety_partners.core import outbox
from safety_partners.core.models import Record
from safety_partners.core.viewer import Viewer
from safety_partners.people.models import Membership, Role
from safety_partners.people.queries import members_with_role


def runners_of(committee: Committee) -> list[Membership]:
    """The secretary and the chair, or the partner leads where neither is here any more: no message goes to an empty desk."""
    here = {one.pk: one for one in (committee.secretary, committee.chair) if one.ended_on is None}
    return list(here.values()) or members_with_role(committee.organisation_id, Role.LEAD)


def tell(viewer: Viewer, people: Iterable[Membership], template: str, about: Record, **words: Any) -> None:
    """Tell each person once, and nobody what they did themselves."""
    for person in {one.pk: one for one in people}.values():
        if person.pk != viewer.membership_id:
            outbox.put(template, to=person, about=about, **words)


def tell_runners(viewer: Viewer, sitting: Sitting, template: str, **words: Any) -> None:
    """Tell who runs the committee, and who offered the seat."""
    offered_by = [sitting.offered_by] if sitting.offered_by.ended_on is None else []
    tell(viewer, [*runners_of(sitting.committee), *offered_by], template, sitting, committee=sitting.committee, sitting=sitting, **words)


def tell_sitter(viewer: Viewer, sitting: Sitting, template: str, **words: Any) -> None:
    """Tell the partner, as they wish to be told."""
    tell(viewer, [sitting.partner.membership], template, sitting, committee=sitting.committee, sitting=sitting, **words)
