"""The kinds of activity an organisation has; until it has its own, those that the field knows."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from safety_partners.activities.models import Activity, ActivityKind, Shape
from safety_partners.core.viewer import Viewer


class StartingKind(NamedTuple):
    """A kind as an organisation begins with it."""

    name: str
    shape: Shape
    hint: str


def starting_kinds() -> list[StartingKind]:
    """What partners are asked to take part in (DOMAIN.md 3.0), in the order in which people look for it."""
    return [
        StartingKind(_("A single meeting"), Shape.PLAIN, _("One meeting, with papers or without.")),
        StartingKind(_("An improvement project"), Shape.PROJECT, _("Working on something over weeks or months.")),
        StartingKind(_("Staff training"), Shape.TRAINING, _("Partners design a training, or give it with you.")),
        StartingKind(_("A staff interview panel"), Shape.PANEL, _("Partners ask a question of their own.")),
        StartingKind(_("A policy or process to review"), Shape.REVIEW, _("Partners read a document and comment on it.")),
        StartingKind(_("Information for patients to review"), Shape.REVIEW, _("A leaflet, a letter or a web page.")),
        StartingKind(_("A quality or safety visit"), Shape.PLAIN, _("Going round a ward or a service with you.")),
        StartingKind(_("A seat on a committee"), Shape.SEAT, _("Meeting after meeting, for a year or more.")),
        StartingKind(_("Oversight of how care is run"), Shape.SEAT, _("A governance or oversight group.")),
        StartingKind(_("Oversight of how we learn from events"), Shape.SEAT, _("A group that looks at learning responses.")),
        StartingKind(_("An item at the board"), Shape.PLAIN, _("Partners speak to an item, or listen.")),
        StartingKind(_("A network event"), Shape.PLAIN, _("Meeting partners and staff from elsewhere.")),
        StartingKind(_("Training that partners receive"), Shape.PLAIN, _("Learning something for the role.")),
    ]


def kinds(viewer: Viewer) -> QuerySet[ActivityKind]:
    """Every kind of the organisation in its order, each with how many activities are of it."""
    rows: QuerySet[ActivityKind] = ActivityKind.objects.visible_to(viewer).order_by("position", "id")
    return rows.annotate(used=Count("activities"))


def kinds_to_choose(viewer: Viewer, kept: ActivityKind | None = None) -> list[tuple[str, str]]:
    """Name and hint of each kind that is open, and of the one a request has already. One query."""
    rows = list(ActivityKind.objects.visible_to(viewer).order_by("position", "id"))
    if not rows:
        return [(kind.name, kind.hint) for kind in starting_kinds()]
    return [(kind.name, kind.hint) for kind in rows if kind.is_open or (kept is not None and kind.pk == kept.pk)]


def kinds_for_filter(viewer: Viewer) -> list[tuple[str, str]]:
    """Code and name of each kind that something is of."""
    used = Activity.objects.visible_to(viewer).filter(kind=OuterRef("pk"))
    rows = ActivityKind.objects.visible_to(viewer).filter(Exists(used))
    return list(rows.order_by("position", "id").values_list("code", "name"))
