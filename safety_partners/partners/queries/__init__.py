"""What can be asked about partners."""

from safety_partners.partners.queries.agreements import Agreed, agreements, agreements_with_signatures, together
from safety_partners.partners.queries.duties import duties
from safety_partners.partners.queries.pages import page_groups, record_pages
from safety_partners.partners.queries.partners import role_title
from safety_partners.partners.queries.programmes import programme
from safety_partners.partners.queries.register import contacts, register, search_partners, standing_columns, without_record
from safety_partners.partners.queries.running_out import (
    changes_to_come,
    needs_to_tell,
    notice_due,
    search_needs,
    terms_ending,
    terms_to_tell,
    what_runs_out,
)
from safety_partners.partners.queries.standing import Standing, current_term, standing, standing_of
from safety_partners.partners.queries.story import story
from safety_partners.partners.queries.whole import Whole, coming_up, done_at, needs_of, next_steps, partners_to_be_buddy, whole
from safety_partners.partners.queries.wordings import Wording, filled, texts

__all__ = [
    "Agreed",
    "Standing",
    "Whole",
    "Wording",
    "agreements",
    "agreements_with_signatures",
    "changes_to_come",
    "coming_up",
    "contacts",
    "current_term",
    "done_at",
    "duties",
    "filled",
    "needs_of",
    "needs_to_tell",
    "next_steps",
    "notice_due",
    "page_groups",
    "partners_to_be_buddy",
    "programme",
    "record_pages",
    "register",
    "role_title",
    "search_needs",
    "search_partners",
    "standing",
    "standing_columns",
    "standing_of",
    "story",
    "terms_ending",
    "terms_to_tell",
    "texts",
    "together",
    "what_runs_out",
    "whole",
    "without_record",
]
