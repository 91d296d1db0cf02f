"""What can be asked about documents and their versions."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from safety_partners.core import text_search
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today
from safety_partners.people.models import Membership, Role, Service
from safety_partners.people.policies import STAFF_ROLES
from safety_partners.people.queries import members_with_role
from safety_partners.reviews.models import Comment, Document, Match, Review, Reviewer, Version

# A review that falls due within so many days is worth saying.
SOON = dt.timedelta(days=90)


def documents(viewer: Viewer) -> QuerySet[Document]:
    """What this person may see, with the label in force, the closing day of an open review, and the day of the next review."""
    versions = Version.objects.filter(document=OuterRef("pk"))
    open_reviews = Review.objects.filter(version__document=OuterRef("pk"), status=Review.Status.OPEN)
    return (
        Document.objects.visible_to(viewer)
        .with_review_day()
        .annotate(
            label=Subquery(versions.filter(status=Version.Status.ISSUED).values("label")[:1]),
            closes_on=Subquery(open_reviews.order_by("closes_on").values("closes_on")[:1]),
        )
    )


def in_review(rows: QuerySet[Document]) -> QuerySet[Document]:
    """Those that partners are reading now."""
    return rows.filter(Exists(Review.objects.filter(version__document=OuterRef("pk"), status=Review.Status.OPEN)))


def review_due(rows: QuerySet[Document]) -> QuerySet[Document]:
    """Those that should be looked at again soon, or should have been."""
    return rows.filter(next_review_on__lte=today() + SOON)


def search_documents(rows: QuerySet[Document], words: str, viewer: Viewer) -> QuerySet[Document]:
    """Those with these words in the title, the reference or the version in force."""
    return text_search.matching(rows, words, organisation_id=viewer.organisation_id)


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """A document with its versions and reviews, newest first, and what this viewer was asked."""

    versions: Sequence[Version]
    reviews: Sequence[Review]
    mine: Sequence[Reviewer]

    @property
    def in_force(self) -> Version | None:
        return next((one for one in self.versions if one.status == Version.Status.ISSUED), None)

    @property
    def newest(self) -> Version | None:
        return self.versions[0] if self.versions else None

    @property
    def waiting(self) -> Version | None:
        """A version that could be put in force next: the newest, if it is not."""
        newest = self.newest
        return newest if newest and newest.status == Version.Status.WAITING else None

    @property
    def open_review(self) -> Review | None:
        return next((one for one in self.reviews if one.status == Review.Status.OPEN), None)

    @property
    def unanswered(self) -> int:
        """Comments nobody has answered yet, on any version."""
        return sum(one.waiting_count for one in self.reviews)  # type: ignore[attr-defined]

    def reviews_of(self, version: Version) -> list[Review]:
        return [one for one in self.reviews if one.version_id == version.pk]


def document_page(viewer: Viewer, document: Document) -> DocumentPage:
    """Three queries."""
    versions = list(Version.objects.visible_to(viewer).filter(document=document).order_by("-number"))
    reviews = Review.objects.visible_to(viewer).filter(version__document=document).select_related("version").order_by("-id")
    mine = Reviewer.objects.filter(review__version__document=document, membership_id=viewer.membership_id)
    return DocumentPage(versions, list(with_counts(reviews)), list(mine.select_related("review__version").order_by("-id")))


def with_counts(reviews: QuerySet[Review]) -> QuerySet[Review]:
    """With how many were asked and have finished, and how many comments were sent and wait for an answer."""

    def count(rows: QuerySet[Comment] | QuerySet[Reviewer]) -> Coalesce:
        counted = rows.filter(review=OuterRef("pk")).order_by().values("review").annotate(n=Count("pk")).values("n")
        return Coalesce(Subquery(counted), 0)

    asked = Reviewer.objects.exclude(status=Reviewer.Status.DECLINED)
    return reviews.annotate(
        asked_count=count(asked),
        finished_count=count(asked.filter(status=Reviewer.Status.FINISHED)),
        sent_count=count(Comment.objects.shared()),
        waiting_count=count(Comment.objects.waiting()),
    )


def state_of_document(document: Document) -> int:
    """A number that is another one as soon as anything that is written about the document is corrected."""
    about = [document.title, document.reference, document.owner_id, document.service_id, document.affects_patients, document.next_review_on]
    return int(hashlib.sha256(repr(about).encode()).hexdigest()[:12], 16)


def owners(viewer: Viewer) -> list[Membership]:
    """Who may own a document: everybody who works here, by name."""
    return members_with_role(viewer.organisation_id or 0, *STAFF_ROLES)


def open_services(viewer: Viewer, document: Document | None = None) -> list[Service]:
    """The services a document may be about, by name, with the one that it names already."""
    here = Service.objects.visible_to(viewer)
    return list(here.filter(Q(is_open=True) | Q(pk=document.service_id if document else None)).order_by("name"))


def partners_to_ask(document: Document, review: Review | None = None) -> list[Membership]:
    """The partners who may be asked for a review of this document; for one that is running, those who are not in it yet."""
    partners = members_with_role(document.organisation_id, Role.PARTNER)
    taken: set[int] = {document.owner_id}
    if review is not None:
        there = review.reviewers.exclude(status=Reviewer.Status.DECLINED)
        taken.update(there.values_list("membership_id", flat=True))
    return [one for one in partners if one.pk not in taken]


def unanswered_before(version: Version) -> int:
    """Comments up to this version that have no answer yet: what stands between it and being in force."""
    comments = Comment.objects.filter(review__version__document_id=version.document_id, review__version__number__lte=version.number)
    return comments.waiting().count()


def accepted_but_same(version: Version) -> list[Comment]:
    """Comments that were accepted, while the words they are about are the same in this version: worth a second look."""
    same = Match.objects.filter(version=version, relation__in=[Match.Relation.UNCHANGED, Match.Relation.MOVED])
    accepted = [Comment.Disposition.ACCEPTED, Comment.Disposition.PART]
    comments = Comment.objects.filter(
        disposition__in=accepted, paragraph__in=same.values("old"), review__status=Review.Status.CLOSED
    ).shared()
    return list(comments.select_related("paragraph", "question").in_order())


def open_review_before(version: Version) -> Review | None:
    """A review that is still open on this version or an earlier one."""
    reviews = Review.objects.filter(version__document_id=version.document_id, version__number__lte=version.number)
    return reviews.open().first()


def commenters_before(version: Version) -> list[Membership]:
    """Who will be told when this version comes into force: everyone who commented in a review that is not done yet."""
    reviews = Review.objects.filter(version__document_id=version.document_id, version__number__lte=version.number)
    reviews = reviews.exclude(status=Review.Status.DONE)
    spoke = Comment.objects.filter(review__in=reviews).shared().values("insight__speaker_id")
    return list(Membership.objects.filter(pk__in=spoke).named())
