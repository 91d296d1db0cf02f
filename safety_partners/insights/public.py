"""The doorway: published rows only, written once; nothing else of this app can reach a public page."""

from __future__ import annotations

from django.db.models import QuerySet

from safety_partners.insights.models import PublishedChange, PublishedMovement
from safety_partners.insights.models.change import ChangeStatus

Status = ChangeStatus


def changes(organisation_id: int) -> QuerySet[PublishedChange]:
    """What an organisation has published, each in its newest edition."""
    return PublishedChange.objects.filter(organisation_id=organisation_id, is_newest=True)


def change(organisation_id: int, address: str) -> PublishedChange | None:
    """The newest edition under an address, or None."""
    return changes(organisation_id).filter(address=address).first()


def movements(address: str) -> list[PublishedMovement]:
    """Every step of a published change, the first one first."""
    return list(PublishedMovement.objects.filter(address=address).order_by("id"))
