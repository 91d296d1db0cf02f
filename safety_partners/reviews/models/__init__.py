"""What we keep of documents, what partners said about them, and what became of it."""

from safety_partners.reviews.models.comment import Comment
from safety_partners.reviews.models.document import Document, Match, Paragraph, Version
from safety_partners.reviews.models.review import Review, Reviewer, ReviewQuestion

__all__ = ["Comment", "Document", "Match", "Paragraph", "Review", "ReviewQuestion", "Reviewer", "Version"]
