"""What waits for somebody in reviews: two queries at most."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safety_partners.core.duty import Duty
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today
from safety_partners.insights.models import Insight
from safety_partners.people.policies import is_partner, is_staff
from safety_partners.reviews.models import Comment, Review, Reviewer, Version

SHOWN = 50
OWED = [Insight.Status.OWNED, Insight.Status.SENT_BACK]


def duties(viewer: Viewer) -> list[Duty]:
    """Reviews to finish, comments to answer, and versions that can be put in force."""
    found: list[Duty] = []
    if is_partner(viewer):
        found += _to_read(viewer)
    if is_staff(viewer):
        found += _to_answer_or_issue(viewer)
    return found


def _to_read(viewer: Viewer) -> Iterator[Duty]:
    desks = Reviewer.objects.visible_to(viewer).filter(membership_id=viewer.membership_id).not_finished()
    desks = desks.filter(review__status__in=[Review.Status.OPEN, Review.Status.CLOSED]).exclude(
        review__version__status=Version.Status.REPLACED
    )
    for desk in desks.select_related("review__version__document").order_by("review__closes_on", "pk")[:SHOWN]:
        review = desk.review
        yield Duty(
            _("Read this, and tell us what you think"),
            _title(review.version),
            desk.get_absolute_url(),
            review.closes_on,
            review.closes_on < today(),
        )


def _to_answer_or_issue(viewer: Viewer) -> Iterator[Duty]:
    for version in _versions(viewer):
        if version.owed:
            yield Duty(
                ngettext("Answer %(n)s comment on a document", "Answer %(n)s comments on a document", version.owed) % {"n": version.owed},
                _title(version),
                reverse("reviews:review", args=[version.review_code]),
                version.owed_on,
                version.owed_on is not None and version.owed_on < today(),
            )
        if version.can_be_issued:
            yield Duty(_("Every comment has its answer: put the new version in force"), _title(version), version.get_absolute_url())


def _versions(viewer: Viewer) -> QuerySet[Version]:
    """Versions of the viewer's documents with something to do, in one query."""
    owed = Comment.objects.filter(
        review__version=OuterRef("pk"), insight__owner_id=viewer.membership_id, insight__status__in=OWED
    ).order_by()
    by_version = owed.values("review__version")
    earlier = Review.objects.filter(version__document=OuterRef("document"), version__number__lte=OuterRef("number"))
    waiting = Comment.objects.waiting().filter(
        review__version__document=OuterRef("document"), review__version__number__lte=OuterRef("number")
    )
    can_be_issued = (
        Q(status=Version.Status.WAITING)
        & Exists(earlier.filter(status=Review.Status.CLOSED))
        & ~Exists(earlier.filter(status=Review.Status.OPEN))
        & ~Exists(waiting)
    )
    return (
        Version.objects.visible_to(viewer)
        .filter(Q(document__owner_id=viewer.membership_id) | Exists(owed))
        .annotate(
            owed=Coalesce(Subquery(by_version.annotate(n=Count("pk")).values("n")), 0),
            owed_on=Subquery(by_version.annotate(day=Min("insight__next_due_on")).values("day")),
            review_code=Subquery(owed.order_by("review_id").values("review__code")[:1]),
            can_be_issued=Q(can_be_issued, document__owner_id=viewer.membership_id),
        )
        .filter(Q(owed__gt=0) | Q(can_be_issued=True))
        .select_related("document")
        .order_by("owed_on", "pk")[:SHOWN]
    )


def _title(version: Version) -> str:
    return _("%(title)s, version %(label)s") % {"title": version.document.title, "label": version.label}
