"""Whom one can choose: staff by name, few enough for a list or found by a search."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q
from django.shortcuts import get_object_or_404

from safety_partners.core.names import fold
from safety_partners.core.viewer import Viewer
from safety_partners.people.models import Membership
from safety_partners.people.policies import STAFF_ROLES

# A list of names stays usable up to this many; where more people work, a search comes first.
LISTED = 300
FOUND = 20


@dataclass(frozen=True, slots=True)
class People:
    """Staff to choose from: code and words of each; ``is_many`` when a search is needed, ``has_more`` when it found too many."""

    choices: list[tuple[str, str]]
    is_many: bool = False
    has_more: bool = False


def staff_to_choose(
    viewer: Viewer, typed: str = "", chosen: Collection[str] = (), *, roles: Collection[str] = STAFF_ROLES, without: int | None = None
) -> People:
    """Current members of staff, by name; where there are many, those whom a search finds, and who was chosen already."""
    rows = Membership.objects.visible_to(viewer).current().with_role(*roles).exclude(pk=without)
    names = rows.order_by("user__name_key", "pk").values_list("code", "user__name", "job_title")
    terms = typed.split()[:6]
    kept = Q(code__in=[code for code in chosen if code])
    if not terms:
        found = list(names[: LISTED + 1])
        if len(found) <= LISTED:
            return People([_choice(*row) for row in found])
        return People([_choice(*row) for row in names.filter(kept)], is_many=True)
    fits = Q()
    for term in terms:
        fits &= Q(user__name_key__contains=fold(term)) | Q(job_title__icontains=term)
    found = list(names.filter(fits | kept)[: FOUND + 1])
    return People([_choice(*row) for row in found[:FOUND]], is_many=True, has_more=len(found) > FOUND)


def _choice(code: str, name: str, job_title: str) -> tuple[str, str]:
    return code, f"{name}, {job_title}" if job_title else name


def member_called(viewer: Viewer, code: str) -> Membership:
    """One member of the organisation by code, ready to be written to. Raises Http404."""
    found: Membership = get_object_or_404(Membership.objects.visible_to(viewer).select_related("user", "organisation"), code=code)
    return found
