"""Adverts: the lead's list, and one with all that its page says."""

from __future__ import annotations

from django.db.models import Count, QuerySet

from safety_partners.core.viewer import Viewer
from safety_partners.joining.models import Advert


def adverts(viewer: Viewer) -> QuerySet[Advert]:
    """Every advert of the organisation, with the number of people who are interested."""
    return Advert.objects.visible_to(viewer).annotate(interested=Count("expressions"))


def open_adverts(viewer: Viewer) -> QuerySet[Advert]:
    """What takes expressions of interest, newest first; also by letter after it closed."""
    taking = (Advert.Status.OPEN, Advert.Status.CLOSED)
    return Advert.objects.visible_to(viewer).filter(status__in=taking).select_related("organisation").order_by("-opens_on", "-id")[:50]


def advert(viewer: Viewer) -> QuerySet[Advert]:
    """One advert with its role and what is looked for."""
    return Advert.objects.visible_to(viewer).select_related("organisation", "role__role").prefetch_related("criteria")
