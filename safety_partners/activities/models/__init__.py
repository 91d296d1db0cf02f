"""What we keep of activities: the request, its days, who was offered a place, what they gave, and what changed."""

from safety_partners.activities.models.activity import Activity, Session
from safety_partners.activities.models.giving import ActivityInsight, Felt, Outcome, Seen, TimeGiven
from safety_partners.activities.models.kind import ActivityKind, Shape
from safety_partners.activities.models.offer import Offer
from safety_partners.activities.models.shapes import Milestone, Panel, PanelArea, PanelQuestion, Settled, Training

__all__ = [
    "Activity",
    "ActivityInsight",
    "ActivityKind",
    "Felt",
    "Milestone",
    "Offer",
    "Outcome",
    "Panel",
    "PanelArea",
    "PanelQuestion",
    "Seen",
    "Session",
    "Settled",
    "Shape",
    "TimeGiven",
    "Training",
]
