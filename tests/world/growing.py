"""An organisation with nothing in it yet, and how each list in it grows by so many rows: for guards that count queries."""

from __future__ import annotations

from dataclasses import dataclass, field

from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.urls import reverse

from safety_partners.core.working_days import today
from safety_partners.insights import commands
from safety_partners.insights.models import Action, Change, Insight
from safety_partners.people import commands as people
from safety_partners.people.models import Membership, Organisation, Role
from safety_partners.reviews.models import Review
from tests.factories import insights as make
from tests.factories import reviews as papers
from tests.factories.people import make_member, make_organisation, make_service, viewer_of

LETTER = {"told_by": "letter", "postal_address": "1 Mill Lane\nYork"}


@dataclass
class Small:
    """Five people and no record."""

    organisation: Organisation = field(default_factory=make_organisation)

    def __post_init__(self) -> None:
        self.lead = make_member(self.organisation, Role.LEAD)
        self.partner = make_member(self.organisation, Role.PARTNER, **LETTER)
        self.staff = make_member(self.organisation, Role.STAFF)
        self.administrator = make_member(self.organisation, Role.ADMINISTRATOR)
        self.secretary = make_member(self.organisation, Role.SECRETARY)

    @property
    def answerers(self) -> tuple[Membership, Membership, Membership]:
        """Who speaks, who leads, who answers: as the factories of insights ask for them."""
        return self.partner, self.lead, self.staff


def members(small: Small, rows: int) -> str:
    for _row in range(rows):
        make_member(small.organisation, Role.STAFF, Role.SECRETARY)
    return reverse("people:members")


def member(small: Small, rows: int) -> str:
    """The history of one member."""
    for role in [Role.SECRETARY, Role.FINANCE, Role.BOARD][:rows]:
        people.grant_role(viewer_of(small.administrator), small.staff, role=role)
    return reverse("people:member", args=[small.staff.code])


def invitations(small: Small, rows: int) -> str:
    for row in range(rows):
        people.invite(viewer_of(small.administrator), name=f"Ivy {row}", email=f"ivy{row}@example.org", roles=[Role.PARTNER])
    return reverse("people:invitations")


def services(small: Small, rows: int) -> str:
    for row in range(rows):
        make_service(small.organisation, f"Service {row}")
    return reverse("people:organisation")


def sessions(small: Small, rows: int) -> str:
    for row in range(rows):
        session = SessionStore()
        session.create()
        UserSession.objects.create(user=small.lead.user, session_key=session.session_key, ip="127.0.0.1", user_agent=f"Firefox {row}")
    return reverse("people:sessions")


def organisations(small: Small, rows: int) -> str:
    for _row in range(rows):
        make_organisation()
    return reverse("website:front")


def shared(small: Small, rows: int) -> str:
    for _row in range(rows):
        make.make_insight(small.partner, visibility=Insight.Visibility.PROGRAMME)
    return reverse("insights:insights")


def mine(small: Small, rows: int) -> str:
    for _row in range(rows):
        make.make_owned(*small.answerers)
        make.make_draft(small.partner)
    return reverse("insights:mine")


def duties(small: Small, rows: int) -> str:
    shared(small, rows)
    return reverse("home:home")


def refusals(small: Small, rows: int) -> str:
    for _row in range(rows):
        make.make_answered(*small.answerers, outcome="could not", reason="law")
    return reverse("insights:could-not")


def recordings(small: Small, rows: int) -> str:
    for _row in range(rows):
        given = {"speaker": small.partner, "capture": "phone", "is_read_back": False, "words": make.WORDS, "kind": "concern"}
        commands.record_words(viewer_of(small.secretary), **given)
    return reverse("insights:record")


def _acted_on(small: Small, rows: int) -> Insight:
    insight = make.make_owned(*small.answerers)
    for _row in range(rows):
        commands.agree_action(viewer_of(small.lead), insight, text="Print it.", owner=small.staff, due_on=today())
        insight.refresh_from_db()
        commands.respond(viewer_of(insight.owner), insight, outcome="will", text="We will.")
        commands.give_verdict(viewer_of(small.partner), insight, answer="no", words="Not yet.")
        colleague = make_member(small.organisation, Role.STAFF)
        commands.hand_to(viewer_of(insight.owner), insight, owner=colleague, reason="It is theirs.")
        commands.record_change(viewer_of(small.lead), insight, title="A number", text="On every letter.", status="made", on=today())
    return insight


def actions(small: Small, rows: int) -> str:
    for _row in range(rows):
        insight = make.make_owned(*small.answerers)
        commands.agree_action(viewer_of(small.staff), insight, text="Print it.", owner=small.secretary, due_on=today())
    assert Action.objects.count() == rows
    return reverse("insights:actions")


def insight(small: Small, rows: int) -> str:
    """Actions, answers, verdicts, owners and changes of one insight."""
    return reverse("insights:insight", args=[_acted_on(small, rows).code])


def trace(small: Small, rows: int) -> str:
    return reverse("insights:trace", args=[_acted_on(small, rows).code])


def changes(small: Small, rows: int) -> str:
    for _row in range(rows):
        make.make_change(*small.answerers)
    return reverse("insights:changes")


def _change(small: Small, rows: int) -> Change:
    """One change with so many insights behind it, of as many people, and so many movements."""
    change = make.make_change(*small.answerers)
    for row in range(1, rows):
        other = make.make_owned(make_member(small.organisation, Role.PARTNER), small.lead, small.staff)
        commands.join_change(viewer_of(small.lead), other, change=change)
        status = Change.Status.MADE if row % 2 else Change.Status.NOT_KEPT
        change = commands.move_change(viewer_of(small.lead), change, status=status, on=today(), reason="It came back.")
    return change


def change(small: Small, rows: int) -> str:
    found = _change(small, rows)
    for _row in range(rows):
        make.make_wording(found, small.lead)
    return found.get_absolute_url()


def wording(small: Small, rows: int) -> str:
    return make.make_wording(_change(small, rows), small.lead).get_absolute_url()


def _publish(small: Small, rows: int) -> Change:
    found = _change(small, rows)
    speakers = {row.insight.speaker for row in found.causes.all()}
    make.make_published(found, small.lead, *speakers)
    return found


def published(small: Small, rows: int) -> str:
    for _row in range(rows):
        make.make_published(make.make_change(*small.answerers), small.lead, small.partner)
    return reverse("website:changes", args=[small.organisation.slug])


def published_first(small: Small, rows: int) -> str:
    published(small, rows)
    return reverse("website:organisation", args=[small.organisation.slug])


def feed(small: Small, rows: int) -> str:
    published(small, rows)
    return reverse("website:changes-feed", args=[small.organisation.slug])


def published_change(small: Small, rows: int) -> str:
    """The movements of one published change."""
    return reverse("website:change", args=[small.organisation.slug, _publish(small, rows).code])


def messages(small: Small, rows: int) -> str:
    for _row in range(rows):
        commands.acknowledge(viewer_of(small.lead), make.make_insight(small.partner))
    return reverse("insights:messages")


def letters(small: Small, rows: int) -> str:
    messages(small, rows)
    return reverse("insights:messages-by-hand")


def letters_to_print(small: Small, rows: int) -> str:
    for _row in range(rows):
        make.make_answered(*small.answerers)
    return f"{reverse('insights:messages-by-hand')}?print=letter"


def documents(small: Small, rows: int) -> str:
    for row in range(rows):
        papers.make_review(papers.make_document(small.staff, title=f"Policy {row}"), small.partner)
    return reverse("reviews:documents")


def document(small: Small, rows: int) -> str:
    """The versions of one document."""
    found = papers.make_document(small.staff)
    for row in range(rows):
        papers.make_version(found, label=f"{row + 2}", blocks=papers.BLOCKS, became=None)
    return found.get_absolute_url()


def _review(small: Small, rows: int) -> Review:
    """A review with so many partners, each with a comment that was sent, and one partner with so many drafts."""
    partners = [make_member(small.organisation, Role.PARTNER) for _row in range(rows)]
    questions = [f"Question {row}?" for row in range(rows)]
    asked = papers.make_review(papers.make_document(small.staff), small.partner, *partners, questions=questions)
    for row, partner in enumerate(partners):
        papers.make_comment(asked, small.partner, position=5 + row)
        papers.make_sent_comment(asked, partner)
    return asked


def review(small: Small, rows: int) -> str:
    return _review(small, rows).get_absolute_url()


def reviewing(small: Small, rows: int) -> str:
    return papers.desk_of(_review(small, rows), small.partner).get_absolute_url()


def reading(small: Small, rows: int) -> str:
    return reverse("reviews:read", args=[papers.desk_of(_review(small, rows), small.partner).code])


def finishing(small: Small, rows: int) -> str:
    return reverse("reviews:finish", args=[papers.desk_of(_review(small, rows), small.partner).code])


def outcome(small: Small, rows: int) -> str:
    """What became of so many comments of one partner."""
    asked = _review(small, rows)
    papers.finish(asked, small.partner)
    for comment in asked.comments.filter(insight__speaker=small.partner):
        papers.dispose(comment)
    return reverse("reviews:outcome", args=[papers.desk_of(asked, small.partner).code])


def version_changes(small: Small, rows: int) -> str:
    """So many paragraphs changed from one version to the next."""
    found = papers.make_document(small.staff)
    blocks = list(papers.BLOCKS)
    for row in range(rows):
        block = blocks[2 + row]
        blocks[2 + row] = papers.Block(block.kind, f"{block.text} Always.", number=block.number)
    version = papers.make_version(found, blocks=blocks, became=None)
    return reverse("reviews:version-changes", args=[version.code])
