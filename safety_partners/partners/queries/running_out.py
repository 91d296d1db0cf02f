"""Everything that is missing or runs out, over all partners: one list for the lead, and what the reminders are about."""

from __future__ import annotations

import datetime as dt
from functools import reduce
from operator import or_

from django.db.models import Case, CharField, OuterRef, Q, QuerySet, Subquery, Value, When

from safety_partners.core.names import fold
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today
from safety_partners.partners.models import NO_DAY, Need, Partner, RoleChange, Term
from safety_partners.partners.queries.standing import NOTICE_DAYS, NOTICES

MISSING, RUN_OUT, RUNNING_OUT = "missing", "run out", "running out"
GONE = [Partner.Status.LEFT, Partner.Status.FORGOTTEN]


def what_runs_out(viewer: Viewer) -> QuerySet[Need]:
    """What is missing, has run out, or runs out within 90 days, for everybody who has not left; ``next_on`` is when."""
    on = today()
    last = on + dt.timedelta(days=NOTICE_DAYS)
    rows = Need.objects.visible_to(viewer).exclude(partner__status__in=GONE)
    how = Case(
        When(status=Need.Status.NEEDED, then=Value(MISSING)),
        When(next_on__lte=on, then=Value(RUN_OUT)),
        default=Value(RUNNING_OUT),
        output_field=CharField(),
    )
    # The first condition says nothing new: it lets the database stop walking its index of days before what nobody waits for.
    return rows.filter(Q(next_on__lte=NO_DAY), Q(status=Need.Status.NEEDED) | Q(next_on__lte=last)).annotate(how=how)


def search_needs(rows: QuerySet[Need], words: str) -> QuerySet[Need]:
    """By a partner's name, accents or not, or by what is needed."""
    for term in words.split()[:6]:
        rows = rows.filter(Q(partner__name_key__contains=fold(term)) | Q(title__icontains=term) | Q(code__iexact=term))
    return rows


def terms_ending(viewer: Viewer) -> QuerySet[Term]:
    """Terms that end within 90 days, or have ended, and for which nobody has decided what comes after."""
    newest = Term.objects.filter(partner=OuterRef("partner")).order_by("-number").values("pk")[:1]
    rows = Term.objects.visible_to(viewer).filter(decision="", pk=Subquery(newest), ends_on__lte=today() + dt.timedelta(days=NOTICE_DAYS))
    staying = rows.filter(partner__status__in=[Partner.Status.JOINING, Partner.Status.ACTIVE, Partner.Status.PAUSED])
    return staying.select_related("partner__membership__user").order_by("ends_on", "pk")


def notice_due(ends_on: dt.date, on: dt.date) -> int | None:
    """Which notice is due so many days before an end: the shortest one reached, or None before the first and after the end."""
    left = (ends_on - on).days
    return min((days for days in NOTICES if left <= days), default=None) if left >= 0 else None


def _untold(day: str, on: dt.date) -> Q:
    """Rows for which a notice is due that was not given."""
    bands = [
        Q(**{f"{day}__gte": on, f"{day}__lte": on + dt.timedelta(days=days)}) & (Q(told_days__isnull=True) | Q(told_days__gt=days))
        for days in NOTICES
    ]
    return reduce(or_, bands)


def needs_to_tell() -> QuerySet[Need]:
    """What runs out for somebody who has not left, and whose next notice was not given; asked by the nightly task."""
    rows = Need.objects.filter(_untold("expires_on", today()), status=Need.Status.DONE).exclude(partner__status__in=GONE)
    return rows.select_related("partner__membership__user", "partner__membership__organisation", "partner__contact__user", "owner__user")


def terms_to_tell() -> QuerySet[Term]:
    """Terms whose next notice was not given; asked by the nightly task."""
    staying = [Partner.Status.JOINING, Partner.Status.ACTIVE, Partner.Status.PAUSED]
    rows = Term.objects.filter(_untold("ends_on", today()), decision="", partner__status__in=staying)
    return rows.select_related("partner__membership__user", "partner__membership__organisation", "partner__contact__user")


def changes_to_come() -> QuerySet[RoleChange]:
    """Changes of role that were agreed, and whose day has come; asked by the nightly task."""
    rows = RoleChange.objects.filter(status=RoleChange.Status.AGREED, in_force_on__isnull=True, from_on__lte=today())
    return rows.select_related("partner", "role__role")
