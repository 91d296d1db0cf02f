"""What a page showed of a record that somebody then corrects: whether it is still so is one number."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

DETAILS = ("known_as", "pronouns", "connection")
SUPPORT = ("contact_id", "deputy_id", "buddy_id")
DECISION = ("status", "reason", "review_on")
PEOPLE = ("executive", "responsible_officer", "lead", "safety_specialist")
POLICY = ("policy_title", "policy_link", "policy_review_on")
LENGTHS = ("term_months", "keep_interest_months")
WORDS = ("subject", "text")
PLAN_ITEM = ("title", "why", "kind", "owner_kind", "is_required", "due_in_days", "valid_months", "minutes", "link")


def state_of(record: Any, fields: Iterable[str]) -> int:
    """A number that is another one as soon as one of these fields says something else."""
    said = repr([getattr(record, field) for field in fields])
    return int(hashlib.sha256(said.encode()).hexdigest()[:12], 16)
