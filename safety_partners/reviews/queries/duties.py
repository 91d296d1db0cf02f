"""What waits for somebody in reviews: two queries at most."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safety_partners.core.duty import Duties, Duty
from safety_partners.core.prepared import Prepared
from safety_partners.core.viewer import Viewer
from safety_partners.insights.models import Insight
from safety_partners.people.policies import is_partner, is_staff
from safety_partners.reviews.models import Comment, Review, Reviewer, Version

Rows = list[tuple[Any, ...]]
SHOWN = 50
OWED = [Insight.Status.OWNED, Insight.Status.SENT_BACK]


def duties(viewer: Viewer) -> Duties:
    """Reviews to finish, comments to answer, and versions that can be put in force."""
    found = Duties()
    desks = _DESKS(viewer) if is_partner(viewer) else []
    versions = _VERSIONS(viewer) if is_staff(viewer) else []
    found.extend(_to_read(desks[:SHOWN]))
    found.extend(_to_answer_or_issue(versions[:SHOWN]))
    found.has_more = max(len(desks), len(versions)) > SHOWN
    return found


def _to_read(desks: Rows) -> Iterator[Duty]:
    for code, closes_on, title, label in desks:
        path = reverse("reviews:reviewing", args=[code])
        yield Duty(_("Read this, and tell us what you think"), _title(title, label), path, closes_on)


def _desks(viewer: Viewer) -> QuerySet[Any]:
    """The viewer's own desks of reviews that are not finished, in one query."""
    desks = Reviewer.objects.visible_to(viewer).filter(membership_id=viewer.membership_id).not_finished()
    desks = desks.filter(review__status__in=[Review.Status.OPEN, Review.Status.CLOSED]).exclude(
        review__version__status=Version.Status.REPLACED
    )
    rows = desks.order_by("review__closes_on", "pk")
    return rows.values_list("code", "review__closes_on", "review__version__document__title", "review__version__label")[: SHOWN + 1]


def _to_answer_or_issue(versions: Rows) -> Iterator[Duty]:
    for code, title, label, owed, owed_on, review, can_be_issued in versions:
        if owed:
            yield Duty(
                ngettext("Answer %(n)s comment on a document", "Answer %(n)s comments on a document", owed) % {"n": owed},
                _title(title, label),
                reverse("reviews:review", args=[review]),
                owed_on,
            )
        if can_be_issued:
            path = reverse("reviews:version", args=[code])
            yield Duty(_("Every comment has its answer: put the new version in force"), _title(title, label), path)


def _versions(viewer: Viewer) -> QuerySet[Any]:
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
        .order_by("owed_on", "pk")
        .values_list("code", "document__title", "label", "owed", "owed_on", "review_code", "can_be_issued")[: SHOWN + 1]
    )


_DESKS, _VERSIONS = Prepared(_desks), Prepared(_versions)


def _title(title: str, label: str) -> str:
    return _("%(title)s, version %(label)s") % {"title": title, "label": label}
