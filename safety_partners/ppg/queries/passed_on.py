"""Requests of staff that were passed on to groups instead of to partners.

They stand in an app that this one does not know; the floor above, which knows both, says in :data:`sources` how to find them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from safety_partners.core.viewer import Viewer
from safety_partners.people.models import Membership


@dataclass(frozen=True, slots=True)
class PassedOn:
    """A request as it goes into a question: its title and page, what it asks, what for, what can change.

    ``whose`` it is, if they are still here.
    """

    code: str
    title: str
    path: str
    text: str
    purpose: str
    can_change: str
    whose: Membership | None


sources: list[Callable[[Viewer, str], PassedOn | None]] = []


def passed_on(viewer: Viewer, code: str) -> PassedOn | None:
    """The request with this code, if this viewer may see it."""
    return next((found for find in sources if code and (found := find(viewer, code)) is not None), None)
