"""Time that a partner gave: each line, the sum of each month, and what it may have been for."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet, Sum
from django.db.models.functions import TruncMonth

from safety_partners.activities.models import Activity, Offer, TimeGiven
from safety_partners.committees.models import Meeting
from safety_partners.core import clock
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today
from safety_partners.partners.models import Partner

# Enough to find what one did lately; what is older is told in words.
NEWEST = 30
MONTHS = 12


def time_of(viewer: Viewer, partner: Partner) -> QuerySet[TimeGiven]:
    """What a partner gave, as far as the viewer may know."""
    return TimeGiven.objects.visible_to(viewer).filter(partner=partner)


def months_of(viewer: Viewer, partner: Partner) -> list[tuple[dt.date, int]]:
    """The months of the last year in which a partner gave time, the newest first, with the minutes of each; one query."""
    first = (today().replace(day=1) - dt.timedelta(days=31 * (MONTHS - 1))).replace(day=1)
    rows = time_of(viewer, partner).filter(on__gte=first).order_by()
    counted = rows.annotate(month=TruncMonth("on")).values("month").annotate(found=Sum("minutes")).order_by("-month")
    return [(row["month"], row["found"]) for row in counted]


def activities_of(partner: Partner) -> QuerySet[Activity]:
    """What a partner takes part in, or did."""
    taken = Offer.objects.filter(partner=partner, status__in=[Offer.Status.ACCEPTED, Offer.Status.STEPPED_OUT])
    return Activity.objects.filter(pk__in=taken.values("activity_id")).order_by("-pk")


def meetings_of(partner: Partner) -> QuerySet[Meeting]:
    """The meetings to which a partner was invited and that have begun, the newest first."""
    rows = Meeting.objects.filter(organisation_id=partner.organisation_id, invitees__membership_id=partner.membership_id)
    return rows.filter(starts_at__lte=clock.now()).exclude(status=Meeting.Status.CANCELLED).order_by("-starts_at", "-pk")
