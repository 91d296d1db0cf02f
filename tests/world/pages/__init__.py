"""Every page of the product with the records it is looked at with, by app."""

from safety_partners.core.models import Message
from safety_partners.insights.models import Change, Insight, PassingOn, Wording
from safety_partners.people.models import Invitation, Membership, Service
from safety_partners.reviews.models import Comment, Document, Review, Reviewer, Version
from tests.world.pages import insights, people, public, reviews

EXAMPLES = [*people.EXAMPLES, *insights.EXAMPLES, *reviews.EXAMPLES, *public.EXAMPLES]

# Names of addresses that no example can stand for, each with the reason. Kept short on purpose.
EXEMPT = {
    "components": "every component with invented words and links, for those who build pages; tests/design/test_gallery.py looks at it",
}

# Pages that exist in a demonstration only: their addresses must lead nowhere in any other mode.
ONLY_IN_A_DEMONSTRATION = ("/demonstration/", "/demonstration/mail/")

# Which page shows one record of a kind: what a list shows somebody opens there, and nothing else does.
DETAIL: dict[type, str] = {
    Insight: "insights:insight",
    PassingOn: "insights:passing-on",
    Change: "insights:change",
    Wording: "insights:wording",
    Message: "insights:message",
    Membership: "people:member",
    Invitation: "people:invitation",
    Service: "people:service",
    Document: "reviews:document",
    Version: "reviews:version",
    Review: "reviews:review",
    Reviewer: "reviews:reviewing",
    Comment: "reviews:comment",
}
NO_PAGE_OF_ITS_OWN = {
    "Event": "events are lines of their record's history",
    "Organisation": "a page of settings, without a code: everybody has one",
    "UrgentContact": "stands on the organisation's page, by its channel",
    "Response": "stands on the page of its insight",
    "Action": "stands on the page of its insight; its own pages are forms",
    "Paragraph": "stands on the page of its version",
    "Match": "stands on the page that compares two versions",
    "ReviewQuestion": "stands on the page of its review",
}
