"""Chats that were asked for."""

from __future__ import annotations

from django.db.models import QuerySet

from safety_partners.core.viewer import Viewer
from safety_partners.joining.models import ChatRequest


def chats(viewer: Viewer) -> QuerySet[ChatRequest]:
    """Every request of the organisation, with the advert it is about."""
    return ChatRequest.objects.visible_to(viewer).select_related("advert")
