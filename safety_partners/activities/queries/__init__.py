"""What can be asked about activities: each function gives a page everything it shows."""

from safety_partners.activities.queries.offers import (
    asked_by,
    choosable,
    fair_share,
    free_places,
    never_asked,
    offer_page,
    partners_to_ask,
    people_of,
    waiting_of,
    with_people,
)
from safety_partners.activities.queries.outcomes import changes_to_choose, newest, not_seen_by, outcome_of, outcome_page
from safety_partners.activities.queries.taking_part import ledger, own_offers, own_outcomes, own_partner, time_by_kind
from safety_partners.activities.queries.terms import arranged_for, terms_for
from safety_partners.activities.queries.timing import activities_of, meetings_of, months_of, time_of

__all__ = [
    "activities_of",
    "arranged_for",
    "asked_by",
    "changes_to_choose",
    "choosable",
    "fair_share",
    "free_places",
    "ledger",
    "meetings_of",
    "months_of",
    "never_asked",
    "newest",
    "not_seen_by",
    "offer_page",
    "outcome_of",
    "outcome_page",
    "own_offers",
    "own_outcomes",
    "own_partner",
    "partners_to_ask",
    "people_of",
    "terms_for",
    "time_by_kind",
    "time_of",
    "waiting_of",
    "with_people",
]
