"""The doorway: groups as everybody may read of them, and what they tell everybody. No name of anybody, no word said inside."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from safety_partners.ppg.models import Group, PublicNote

Status, Kind = Group.Status, Group.Kind
# What of a group may be seen.
SHOWN = ("code", "practice", "ods_code", "name", "kind", "status", "about", "how_to_join")
NOTES = 50


def groups(organisation_id: int) -> QuerySet[Group]:
    """Every practice's group, also where there is none; lists take only fields of ``SHOWN`` from it."""
    return Group.objects.filter(organisation_id=organisation_id).only(*SHOWN)


@dataclass(frozen=True, slots=True)
class PublicGroup:
    """A group as everybody may read of it."""

    code: str
    practice: str
    ods_code: str
    name: str
    kind: str
    status: str
    about: str
    how_to_join: str

    @property
    def kind_says(self) -> str:
        return str(Kind(self.kind).label)

    @property
    def status_says(self) -> str:
        return str(Status(self.status).label)


def group(organisation_id: int, code: str) -> PublicGroup | None:
    """One group, or None."""
    row = Group.objects.filter(organisation_id=organisation_id, code=code).values_list(*SHOWN).first()
    return PublicGroup(*row) if row else None


def notes(organisation_id: int, code: str) -> list[PublicNote]:
    """What the group tells everybody, the newest first, without what was taken down."""
    rows = PublicNote.objects.filter(group__organisation_id=organisation_id, group__code=code, taken_down_at__isnull=True)
    return list(rows.only("code", "title", "words", "on").order_by("-on", "-id")[:NOTES])
