"""What can be asked about documents, reviews and comments: each function gives a page everything it shows."""

from safety_partners.reviews.queries.answering import (
    CommentPage,
    ReviewPage,
    around,
    comment_page,
    next_to_answer,
    not_finished,
    review_page,
    sent_comments,
    to_remind,
    with_desk,
)
from safety_partners.reviews.queries.becoming import Became, became, later_version
from safety_partners.reviews.queries.comparing import Comparison, comparison, versions_compared
from safety_partners.reviews.queries.documents import (
    DocumentPage,
    commenters_before,
    document_page,
    documents,
    in_review,
    open_review_before,
    open_services,
    owners,
    partners_to_ask,
    review_due,
    search_documents,
    unanswered_before,
)
from safety_partners.reviews.queries.duties import duties
from safety_partners.reviews.queries.reviewing import Desk, OutcomePage, desk, drafts_of, outcome_page, state_of
from safety_partners.reviews.queries.sections import is_long, section_with, sections_of
from safety_partners.reviews.queries.showing import ReadingPage, counted, reading_page

__all__ = [
    "Became",
    "CommentPage",
    "Comparison",
    "Desk",
    "DocumentPage",
    "OutcomePage",
    "ReadingPage",
    "ReviewPage",
    "around",
    "became",
    "comment_page",
    "commenters_before",
    "comparison",
    "counted",
    "desk",
    "document_page",
    "documents",
    "drafts_of",
    "duties",
    "in_review",
    "is_long",
    "later_version",
    "next_to_answer",
    "not_finished",
    "open_review_before",
    "open_services",
    "outcome_page",
    "owners",
    "partners_to_ask",
    "reading_page",
    "review_due",
    "review_page",
    "search_documents",
    "section_with",
    "sections_of",
    "sent_comments",
    "state_of",
    "to_remind",
    "unanswered_before",
    "versions_compared",
    "with_desk",
]
