"""Every page of the product with the records it is looked at with, by app."""

from safety_partners.committees.models import Committee, Item, Meeting, Minutes, Paper, PaperVersion, Sitting
from safety_partners.core.models import Message
from safety_partners.insights.models import Change, Insight, PassingOn, Wording
from safety_partners.joining.models import Advert, ChatRequest, Expression, Sift
from safety_partners.partners.models import Agreement, Import, Need, Partner, PlanItem, RoleDescription, TaskProfile
from safety_partners.people.models import Invitation, Membership, Service
from safety_partners.reviews.models import Comment, Document, Review, Reviewer, Version
from tests.world.pages import (
    caring,
    committees,
    insights,
    joining,
    meetings,
    papers,
    people,
    pipeline,
    programme,
    public,
    records,
    registers,
    reviews,
    table,
)

EXAMPLES = [
    *people.EXAMPLES,
    *programme.EXAMPLES,
    *records.EXAMPLES,
    *caring.EXAMPLES,
    *registers.EXAMPLES,
    *joining.EXAMPLES,
    *pipeline.EXAMPLES,
    *insights.EXAMPLES,
    *reviews.EXAMPLES,
    *committees.EXAMPLES,
    *meetings.EXAMPLES,
    *table.EXAMPLES,
    *papers.EXAMPLES,
    *public.EXAMPLES,
]

# Names of addresses that no example can stand for, each with the reason. Kept short on purpose.
EXEMPT = {
    "components": "every component with invented words and links, for those who build pages; tests/design/test_gallery.py looks at it",
}

# Pages that exist in a demonstration only: their addresses must lead nowhere in any other mode.
ONLY_IN_A_DEMONSTRATION = ("/demonstration/", "/demonstration/mail/")

# Which page shows one record of a kind: what a list shows somebody opens there, and nothing else does.
DETAIL: dict[type, str] = {
    Advert: "joining:advert",
    ChatRequest: "joining:chat",
    Expression: "joining:expression",
    Sift: "joining:reading",
    Insight: "insights:insight",
    PassingOn: "insights:passing-on",
    Change: "insights:change",
    Wording: "insights:wording",
    Message: "insights:message",
    Membership: "people:member",
    Invitation: "people:invitation",
    Service: "people:service",
    Import: "partners:import",
    Partner: "partners:partner",
    Need: "partners:need",
    Agreement: "partners:agreement",
    RoleDescription: "partners:role",
    TaskProfile: "partners:task",
    PlanItem: "partners:plan-item",
    Document: "reviews:document",
    Version: "reviews:version",
    Review: "reviews:review",
    Reviewer: "reviews:reviewing",
    Comment: "reviews:comment",
    Committee: "committees:committee",
    Meeting: "committees:meeting",
    Sitting: "committees:sitting",
    Minutes: "committees:minutes",
    Item: "committees:item",
    Paper: "committees:paper",
    PaperVersion: "committees:paper-version",
}
NO_PAGE_OF_ITS_OWN = {
    "Series": "stands on the page of its committee's rule",
    "Invitee": "stands on the page of its meeting; its own pages are forms",
    "NeedAtMeeting": "stands on the page of what is needed at its meeting",
    "Decision": "stands on the page of its item; its own pages are forms",
    "MeetingAction": "stands in the list of actions; its own pages are forms",
    "ItemInsight": "its page is a form until the words are shared; then they stand on the page of their insight",
    "ItemMinute": "stands in the minutes of its meeting; its own page is a form",
    "Criterion": "stands on the page of its advert",
    "SiftPoint": "stands on the page of its reading",
    "Talk": "stands on the page of its expression of interest; its own pages are forms",
    "EqualityCount": "a number on the page of counts, if it may be shown at all",
    "Event": "events are lines of their record's history",
    "Organisation": "a page of settings, without a code: everybody has one",
    "UrgentContact": "stands on the organisation's page, by its channel",
    "ImportRow": "a line on the page of its import",
    "Term": "stands on the record of its partner",
    "RoleChange": "stands on the record of its partner; its own pages are forms",
    "Signature": "stands on the page of its agreement",
    "Leaving": "stands on the record of its partner",
    "HandedOn": "stands on the page of the leaving",
    "Check": "stands on the page of checks of its partner; its own pages are forms",
    "Interest": "stands in the register of its partner; its own pages are forms",
    "Declaration": "stands above the register of its partner",
    "AccessNeed": "stands on the page of what helps its partner; its own pages are forms",
    "CheckIn": "stands on the page of talks of its partner; its own pages are forms",
    "PrivateNote": "stands on the partner's own page of notes; its own pages are forms for the partner alone",
    "LivedExperience": "stands on the partner's own page; its own pages are forms for the partner alone",
    "EmergencyContact": "stands on a page of its partner",
    "PaymentChoice": "stands on a page of its partner",
    "RoleVersion": "stands on the page of its role",
    "TaskVersion": "stands on the page of its task profile",
    "Programme": "a page of settings, without a code",
    "Template": "stands on the page of its purpose",
    "Response": "stands on the page of its insight",
    "Action": "stands on the page of its insight; its own pages are forms",
    "Paragraph": "stands on the page of its version",
    "Match": "stands on the page that compares two versions",
    "ReviewQuestion": "stands on the page of its review",
    "Terms": "stands on the page of its committee's terms of reference",
    "Member": "stands on the page of its committee; its own pages are forms",
    "Seat": "stands on the page of its committee",
    "FormatCopy": "stands on the page of its paper; its own pages are a form and a file",
    "Reading": "a tick beside a paper",
    "Recusal": "stands on the page of its item; its own pages are forms",
    "Withheld": "an insight that somebody does not see, and nothing that anybody does",
}
