"""What we keep of the loop: insight → response → action → change → verdict → published."""

from safety_partners.insights.models.answer import Action, Response, Verdict
from safety_partners.insights.models.change import (
    Change,
    ChangedBy,
    Movement,
    PublishedChange,
    PublishedMovement,
    Wording,
    WordingAnswer,
)
from safety_partners.insights.models.insight import Captured, Insight, Withheld
from safety_partners.insights.models.passing import HandOver, PassingOn

__all__ = [
    "Action",
    "Captured",
    "Change",
    "ChangedBy",
    "HandOver",
    "Insight",
    "Movement",
    "PassingOn",
    "PublishedChange",
    "PublishedMovement",
    "Response",
    "Verdict",
    "Withheld",
    "Wording",
    "WordingAnswer",
]
