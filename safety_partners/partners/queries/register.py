"""The register: everybody who is or was a partner, with where they stand, in one query."""

from __future__ import annotations

import datetime as dt

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, NullIf

from safety_partners.core.names import fold
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today
from safety_partners.partners.models import Need, Partner, Term
from safety_partners.partners.queries.standing import NOTICE_DAYS
from safety_partners.people.models import Membership

MISSING, RUNNING_OUT, CLEAR = "missing", "running out", "clear"


def register(viewer: Viewer) -> QuerySet[Partner]:
    """Everybody, each with ``stands`` (what is missing, running out, or nothing) and ``term_ends_on``."""
    on = today()
    needs = Need.objects.filter(partner=OuterRef("pk"))
    term = Term.objects.filter(partner=OuterRef("pk")).order_by("-number").values("ends_on")[:1]
    rows = Partner.objects.visible_to(viewer).annotate(term_ends_on=Subquery(term))
    stands = Case(
        When(status__in=[Partner.Status.LEFT, Partner.Status.FORGOTTEN], then=Value("")),
        When(Exists(needs.missing(on)), then=Value(MISSING)),
        When(Exists(needs.running_out(on, NOTICE_DAYS)), then=Value(RUNNING_OUT)),
        When(term_ends_on__lte=on + dt.timedelta(days=NOTICE_DAYS), then=Value(RUNNING_OUT)),
        default=Value(CLEAR),
        output_field=CharField(),
    )
    called, key = NullIf("known_as", Value("")), NullIf("known_key", Value(""))
    return rows.annotate(stands=stands, called=called, key=Coalesce(key, F("membership__user__name_key")))


def who_stands(rows: QuerySet[Partner], stands: str) -> QuerySet[Partner]:
    """Those of the register who stand so; asked as conditions, because a database works out ``stands`` for every row there is."""
    on = today()
    soon = on + dt.timedelta(days=NOTICE_DAYS)
    needs = Need.objects.filter(partner=OuterRef("pk"))
    misses, runs_out = Exists(needs.missing(on)), Exists(needs.running_out(on, NOTICE_DAYS))
    rows = rows.serving()
    if stands == MISSING:
        return rows.filter(misses)
    if stands == RUNNING_OUT:
        return rows.filter(~misses, runs_out | Q(term_ends_on__lte=soon))
    return rows.filter(~misses, ~runs_out, Q(term_ends_on=None) | Q(term_ends_on__gt=soon))


def search_partners(rows: QuerySet[Partner], words: str) -> QuerySet[Partner]:
    """Partners by any part of their name or of what they are called, accents or not, or by their code."""
    for term in words.split()[:6]:
        key = fold(term)
        rows = rows.filter(Q(membership__user__name_key__contains=key) | Q(known_key__contains=key) | Q(code__iexact=term))
    return rows


def contacts(viewer: Viewer) -> list[tuple[str, str]]:
    """Everybody who is a partner's named contact, for the filter of the register."""
    used = Partner.objects.visible_to(viewer).exclude(contact=None).values("contact_id")
    return list(Membership.objects.visible_to(viewer).filter(pk__in=used).named().values_list("code", "user__name"))


def without_record(viewer: Viewer) -> QuerySet[Membership]:
    """Members with the role of a partner who have no record yet."""
    return Membership.objects.visible_to(viewer).current().with_role("partner").filter(partner__isnull=True).named()
