"""What can be asked about the way in: each function gives a page everything it shows."""

from safety_partners.joining.queries.advertising import advert, adverts, open_adverts
from safety_partners.joining.queries.chatting import chats
from safety_partners.joining.queries.counting import counted
from safety_partners.joining.queries.duties import duties
from safety_partners.joining.queries.following import Progress, expression_for, followed, progress
from safety_partners.joining.queries.pipeline import (
    adverts_to_filter,
    board,
    contacts_to_choose,
    days_waiting,
    expressions,
    readers_to_choose,
    search_expressions,
    waiting,
)
from safety_partners.joining.queries.whole import expression, is_read, readers_asked, reading, sifts, whole

__all__ = [
    "Progress",
    "advert",
    "adverts",
    "adverts_to_filter",
    "board",
    "chats",
    "contacts_to_choose",
    "counted",
    "days_waiting",
    "duties",
    "expression",
    "expression_for",
    "expressions",
    "followed",
    "is_read",
    "open_adverts",
    "progress",
    "readers_asked",
    "readers_to_choose",
    "reading",
    "search_expressions",
    "sifts",
    "waiting",
    "whole",
]
