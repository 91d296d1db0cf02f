"""What can be done with documents, reviews and comments."""

from safety_partners.reviews.commands.answering import dispose, issue_version
from safety_partners.reviews.commands.asking import ask_another, ask_for_review, change_closing_day, close_review, remind
from safety_partners.reviews.commands.commenting import (
    decline_review,
    delete_comment,
    edit_comment,
    finish_review,
    reopen_reviewing,
    write_comment,
)
from safety_partners.reviews.commands.documents import add_document, add_version, correct_document, take_out_version
from safety_partners.reviews.commands.recording import record_answer, record_comment
from safety_partners.reviews.commands.taking import Became, Taken, compare, take

__all__ = [
    "Became",
    "Taken",
    "add_document",
    "add_version",
    "ask_another",
    "ask_for_review",
    "change_closing_day",
    "close_review",
    "compare",
    "correct_document",
    "decline_review",
    "delete_comment",
    "dispose",
    "edit_comment",
    "finish_review",
    "issue_version",
    "record_answer",
    "record_comment",
    "remind",
    "reopen_reviewing",
    "take",
    "take_out_version",
    "write_comment",
]
