"""Whom messages about an activity go to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from safety_partners.activities.models import Activity
from safety_partners.core import outbox
from safety_partners.core.models import Record
from safety_partners.core.viewer import Viewer
from safety_partners.people.models import Membership, Role
from safety_partners.people.queries import members_with_role


def leads_of(activity: Activity) -> list[Membership]:
    """The partner leads, who decide on requests and offer places."""
    return members_with_role(activity.organisation_id, Role.LEAD)


def runners_of(activity: Activity) -> list[Membership]:
    """Who asked for partners, or the partner leads where that person is not here any more: no message goes to an empty desk."""
    return [activity.requester] if activity.requester.ended_on is None else leads_of(activity)


def promiser_of(activity: Activity) -> list[Membership]:
    """Who promised to say what changed; those who run the activity where that person is not here any more."""
    promised = activity.feedback_by
    return [promised] if promised is not None and promised.ended_on is None else runners_of(activity)


def tell(viewer: Viewer, people: Iterable[Membership], template: str, about: Record, **words: Any) -> None:
    """Tell each person once; nobody what they did themselves, and nobody who has left."""
    for person in {one.pk: one for one in people}.values():
        if person.pk != viewer.membership_id and person.ended_on is None:
            outbox.put(template, to=person, about=about, **words)
