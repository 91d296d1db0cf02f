"""The programme of an organisation and its plan."""

from __future__ import annotations

from safety_partners.core.viewer import Viewer
from safety_partners.partners.models import PlanItem, Programme


def programme(organisation_id: int) -> Programme:
    """The organisation's programme; before anybody set one up, one with our starting values that is not kept."""
    return Programme.objects.filter(organisation_id=organisation_id).first() or Programme(organisation_id=organisation_id)


def plan(viewer: Viewer) -> tuple[list[PlanItem], list[PlanItem]]:
    """What is asked of every new partner, in order; and what no longer is."""
    items = list(PlanItem.objects.visible_to(viewer).order_by("position", "id"))
    return [item for item in items if item.is_open], [item for item in items if not item.is_open]
