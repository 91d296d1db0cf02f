"""Chats that were asked for."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from safety_partners.core.clock import LONDON
from safety_partners.core.duty import Duty
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import add_working_days, today
from safety_partners.joining.models import ChatRequest

NEWEST = 50


def chats(viewer: Viewer) -> QuerySet[ChatRequest]:
    """Every request of the organisation, with the advert it is about."""
    return ChatRequest.objects.visible_to(viewer).select_related("advert")


def chat_duties(viewer: Viewer) -> list[Duty]:
    """Whom the lead has promised to reach, and by when."""
    rows = ChatRequest.objects.visible_to(viewer).filter(status=ChatRequest.Status.ASKED).order_by("id")[:NEWEST]
    return [_duty(row, viewer.organisation.acknowledge_days) for row in rows]


def _duty(chat: ChatRequest, days: int) -> Duty:
    due_on = add_working_days(chat.made_at.astimezone(LONDON).date(), days)
    return Duty(_("Agree a time for a chat"), chat.name, chat.get_absolute_url(), due_on, due_on < today())
