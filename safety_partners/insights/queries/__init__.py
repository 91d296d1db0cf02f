"""What can be asked about the loop: each function gives a page everything it shows."""

from safety_partners.insights.queries.duties import Duties, duties
from safety_partners.insights.queries.lists import (
    ASKED_AND_SAID,
    answered_with_could_not,
    drafts,
    insights,
    late_count,
    mine,
    open_services,
    reasons_counted,
    recordings,
    search_insights,
    search_responses,
    services,
    waiting_for_answer_of,
)
from safety_partners.insights.queries.promises import days_promised, promises
from safety_partners.insights.queries.steps import Step, action_steps, answers_open, is_only_for_lead, next_steps
from safety_partners.insights.queries.trace import EVENT_WORDS, Trace, trace
from safety_partners.insights.queries.urgent import channels_asked, channels_to_offer, urgent_contacts
from safety_partners.insights.queries.whole import Whole, latest_answer, whole
from safety_partners.insights.queries.words import first_words, seal_matches

__all__ = [
    "ASKED_AND_SAID",
    "EVENT_WORDS",
    "Duties",
    "Step",
    "Trace",
    "Whole",
    "action_steps",
    "answered_with_could_not",
    "answers_open",
    "channels_asked",
    "channels_to_offer",
    "days_promised",
    "drafts",
    "duties",
    "first_words",
    "insights",
    "is_only_for_lead",
    "late_count",
    "latest_answer",
    "mine",
    "next_steps",
    "open_services",
    "promises",
    "reasons_counted",
    "recordings",
    "seal_matches",
    "search_insights",
    "search_responses",
    "services",
    "trace",
    "urgent_contacts",
    "waiting_for_answer_of",
    "whole",
]
