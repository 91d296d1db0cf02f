"""Who sits where: everybody at a committee's table on a day, and how one seat stands in time."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from safety_partners.committees.models import Committee, Invitee, Member, Sitting
from safety_partners.core.viewer import Viewer
from safety_partners.partners.models import Partner
from safety_partners.people.models import Membership

FAR = dt.date.max
# Who may be offered a seat: partners who are here; whoever is still joining may shadow.
MAY_SIT = [Partner.Status.JOINING, Partner.Status.ACTIVE]


@dataclass(frozen=True, slots=True)
class AtTable:
    """Somebody who belongs to a committee, and as what; the kinds are those of ``Invitee``."""

    membership: Membership
    kind: str


def people_of(committee: Committee, on: dt.date) -> list[AtTable]:
    """Everybody at the table on a day, each once: partners, chair, secretary and members. Two queries."""
    sittings = Sitting.objects.sitting(on).filter(seat__committee=committee).values("partner__membership_id")
    members = Member.objects.filter(committee=committee, from_on__lte=on).filter(Q(ended_on__isnull=True) | Q(ended_on__gt=on))
    theirs = Q(pk__in=sittings) | Q(pk__in=members.values("membership_id")) | Q(pk__in=[committee.chair_id, committee.secretary_id])
    partners = set(sittings.values_list("partner__membership_id", flat=True))
    rows = Membership.objects.filter(theirs, organisation_id=committee.organisation_id).current().named()
    return [AtTable(row, Invitee.Kind.PARTNER if row.pk in partners else Invitee.Kind.MEMBER) for row in rows]


def partners_to_sit(viewer: Viewer, committee: Committee) -> QuerySet[Partner]:
    """Partners who may be offered a seat on this committee, by name: those who have none there, and no offer of one.

    Their names are known to whoever works with them; nothing else of their record is asked for here.
    """
    there = Sitting.objects.in_force().filter(seat__committee=committee).values("partner_id")
    rows = Partner.objects.filter(organisation_id=viewer.organisation_id, status__in=MAY_SIT, membership__ended_on__isnull=True)
    return rows.exclude(pk__in=there).select_related("membership__user").order_by("membership__user__name_key", "pk")


def overlapping(sitting: Sitting) -> Sitting | None:
    """Another sitting or offer that holds the same seat at the same time. One query."""
    if sitting.holds_from_on is None:
        return None
    ends = Q(until_on__isnull=True) | Q(until_on__gte=sitting.holds_from_on)
    rows = Sitting.objects.in_force().filter(ends, seat_id=sitting.seat_id, holds_from_on__isnull=False).exclude(pk=sitting.pk)
    if sitting.until_on is not None:
        rows = rows.filter(holds_from_on__lte=sitting.until_on)
    return rows.select_related("partner__membership__user").order_by("holds_from_on", "pk").first()
