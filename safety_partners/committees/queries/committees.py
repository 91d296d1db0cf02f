"""What the pages of committees show: one committee, its terms, and a partner's own seats."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet, Subquery

from safety_partners.committees.models import Committee, Meeting, Member, Sitting, Terms
from safety_partners.committees.queries.coverage import Coverage, coverage
from safety_partners.core.viewer import Viewer

NEXT_MEETINGS = 3


@dataclass(frozen=True, slots=True)
class CommitteePage:
    """One committee with its seats, members, newest terms and next meetings."""

    coverage: Coverage
    members: list[Member]
    terms: Terms | None
    meetings: list[Meeting]
    mine: Sitting | None


def committee_page(viewer: Viewer, committee: Committee) -> CommitteePage:
    """Five queries."""
    members = Member.objects.visible_to(viewer).current().filter(committee=committee).select_related("membership__user")
    terms = Terms.objects.visible_to(viewer).filter(committee=committee).order_by("-number").first()
    meetings = Meeting.objects.visible_to(viewer).to_come().filter(committee=committee).order_by("starts_at", "pk")[:NEXT_MEETINGS]
    found = coverage(viewer, [committee], with_attendance=False)[committee.pk]
    own = (one for seat in found.seats for one in seat.in_force if one.partner.membership_id == viewer.membership_id)
    return CommitteePage(found, list(members.order_by("membership__user__name_key", "pk")), terms, list(meetings), next(own, None))


def terms_of(viewer: Viewer, committee: Committee) -> QuerySet[Terms]:
    """Every version of a committee's terms of reference, the newest first."""
    rows = Terms.objects.visible_to(viewer).filter(committee=committee)
    return rows.select_related("file", "agreed_by__user").order_by("-number")


def my_sittings(viewer: Viewer) -> list[Sitting]:
    """The viewer's own seats: offers that wait first, then those they hold or shadow, then those that were. One query."""
    to_come = Meeting.objects.visible_to(viewer).to_come().filter(committee=OuterRef("seat__committee")).order_by("starts_at", "pk")
    rows = Sitting.objects.visible_to(viewer).filter(partner__membership_id=viewer.membership_id)
    rows = rows.exclude(status__in=[Sitting.Status.WITHDRAWN, Sitting.Status.DECLINED])
    rows = rows.annotate(next_at=Subquery(to_come.values("starts_at")[:1]), next_code=Subquery(to_come.values("code")[:1]))
    order = {Sitting.Status.OFFERED: 0, Sitting.Status.SITS: 1, Sitting.Status.ENDED: 2}
    found = rows.select_related("seat__committee__chair__user", "seat__committee__secretary__user", "partner").order_by("-from_on", "-pk")
    return sorted(found, key=lambda one: order[Sitting.Status(one.status)])
