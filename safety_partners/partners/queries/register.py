"""The register: everybody who is or was a partner, and where they stand."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.lookups import IsNull

from safety_partners.core.names import fold
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today
from safety_partners.partners.models import Need, Partner, Term
from safety_partners.partners.queries.running_out import GONE
from safety_partners.partners.queries.standing import NOTICE_DAYS
from safety_partners.people.models import Membership

MISSING, RUNNING_OUT, CLEAR = "missing", "running out", "clear"


def register(viewer: Viewer) -> QuerySet[Partner]:
    """Everybody who is or was a partner, as far as the viewer may see them."""
    return Partner.objects.visible_to(viewer)


def standing_columns() -> dict[str, Any]:
    """Expressions for a list of partners: ``stands`` (missing, running out, clear, or nothing for who left) and ``term_ends_on``.

    For the rows of one page: each is looked up by itself. Asked whether something exists, PostgreSQL would rather read every
    partner's needs first.
    """
    misses, runs_out, ends = (IsNull(Subquery(found.values("pk")[:1]), False) for found in _found())
    stands = Case(
        When(status__in=GONE, then=Value("")),
        When(misses, then=Value(MISSING)),
        When(runs_out, then=Value(RUNNING_OUT)),
        When(ends, then=Value(RUNNING_OUT)),
        default=Value(CLEAR),
        output_field=CharField(),
    )
    term = Term.objects.filter(partner=OuterRef("pk")).order_by("-number").values("ends_on")[:1]
    return {"stands": stands, "term_ends_on": Subquery(term)}


def _found() -> tuple[QuerySet[Need], QuerySet[Need], QuerySet[Term]]:
    """What a partner misses that is required, what runs out, and the term if it ends."""
    on = today()
    needs, terms = Need.objects.filter(partner=OuterRef("pk")), Term.objects.filter(partner=OuterRef("pk"))
    # A term that another one follows is not the one that ends.
    follows = Exists(Term.objects.filter(partner=OuterRef("partner"), number__gt=OuterRef("number")))
    ends = terms.filter(~follows, ends_on__lte=on + dt.timedelta(days=NOTICE_DAYS))
    return needs.missing(on), needs.running_out(on, NOTICE_DAYS), ends


def who_stands(rows: QuerySet[Partner], stands: str) -> QuerySet[Partner]:
    """Those of the register who stand so; asked as plain conditions, which a database turns into joins where that is quicker."""
    misses, runs_out, ends = (Exists(found) for found in _found())
    rows = rows.serving()
    if stands == MISSING:
        return rows.filter(misses)
    if stands == RUNNING_OUT:
        return rows.filter(runs_out | Q(ends), ~misses)
    return rows.filter(~misses, ~runs_out, ~ends)


def search_partners(rows: QuerySet[Partner], words: str) -> QuerySet[Partner]:
    """Partners by any part of their name or of what they are called, accents or not, or by their code."""
    for term in words.split()[:6]:
        rows = rows.filter(Q(name_key__contains=fold(term)) | Q(code__iexact=term))
    return rows


def contacts(viewer: Viewer) -> list[tuple[str, str]]:
    """Everybody who is a partner's named contact, for the filter of the register."""
    used = Partner.objects.visible_to(viewer).exclude(contact=None).values("contact_id")
    return list(Membership.objects.visible_to(viewer).filter(pk__in=used).named().values_list("code", "user__name"))


def without_record(viewer: Viewer) -> QuerySet[Membership]:
    """Members with the role of a partner who have no record yet."""
    return Membership.objects.visible_to(viewer).current().with_role("partner").filter(partner__isnull=True).named()
