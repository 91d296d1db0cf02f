"""Offers: one with all its page shows, who was asked for an activity, whom to ask next, and who is asked how often."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, IntegerField, Max, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from safety_partners.activities.models import Activity, Felt, Offer, Session, TimeGiven
from safety_partners.activities.queries.busy import Busy, busy
from safety_partners.activities.queries.terms import line_of
from safety_partners.core import clock
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today
from safety_partners.partners.models import AccessNeed, Agreement, Partner

Status = Offer.Status
DAY, YEAR = dt.timedelta(days=1), dt.timedelta(days=365)
# Partners are asked for about eight to ten hours a month (DOMAIN.md 5); more is said beside their name, and stops nobody.
A_LOT = 10 * 60


def people_of(viewer: Viewer, activity: Activity) -> list[Offer]:
    """Who was offered a place, as far as the viewer may know, by name; one query."""
    rows = Offer.objects.visible_to(viewer).filter(activity=activity).select_related("partner__membership__user")
    return list(rows.order_by("partner__name_key", "pk"))


def with_people(rows: QuerySet[Offer]) -> QuerySet[Offer]:
    """Offers with everybody and everything that their pages and messages name."""
    return rows.select_related(
        "activity__kind",
        "activity__organisation",
        "activity__requester__user",
        "activity__feedback_by__user",
        "activity__task",
        "partner__membership__user",
        "partner__membership__organisation",
        "partner__contact__user",
        "offered_by__user",
        "recorded_by__user",
    )


def of_confidentiality() -> QuerySet[Agreement]:
    """Confidentiality agreements that are signed and in date."""
    in_date = Q(renew_on__isnull=True) | Q(renew_on__gt=today())
    return Agreement.objects.filter(in_date, kind=Agreement.Kind.CONFIDENTIALITY, status=Agreement.Status.SIGNED)


def is_bound(partner: Partner) -> bool:
    """Say whether a partner has a confidentiality agreement that is in date."""
    return of_confidentiality().filter(partner=partner).exists()


@dataclass(frozen=True, slots=True)
class OfferPage:
    """What the page of an offer shows beside the offer: who else, what they need, how it felt, if there is a place, and the next day."""

    beside: list[Offer]
    needs: list[AccessNeed]
    felt: Felt | None
    is_full: bool
    next_day: str


def offer_page(viewer: Viewer, offer: Offer) -> OfferPage:
    """Four queries. What a partner needs is seen by those who support them, how it felt by whom they share it with."""
    people = Offer.objects.filter(activity=offer.activity).select_related("partner__membership__user").order_by("partner__name_key", "pk")
    holding = [one for one in people if one.status == Status.ACCEPTED or one.keeps_place]
    coming = offer.activity.sessions.planned().filter(ends_at__gt=clock.now()).order_by("starts_at", "id").first()
    places = [one for one in holding if not one.is_shadowing and one.partner.status not in {Partner.Status.LEFT, Partner.Status.FORGOTTEN}]
    return OfferPage(
        beside=[one for one in holding if one.pk != offer.pk and one.status == Status.ACCEPTED],
        needs=list(AccessNeed.objects.visible_to(viewer).filter(partner=offer.partner, ended_on__isnull=True).order_by("pk")),
        felt=Felt.objects.visible_to(viewer).filter(offer=offer).select_related("recorded_by__user").first(),
        is_full=len(places) >= offer.activity.partners_wanted,
        next_day=line_of(coming) if coming else "",
    )


@dataclass(slots=True)
class Asked:
    """One partner whom the lead may ask, with what is fair to know first."""

    partner: Partner
    offer: Offer | None = None
    busy: list[Busy] = field(default_factory=list)

    @property
    def has_a_lot(self) -> bool:
        """They have given much time this month already."""
        return self.partner.minutes_this_month >= A_LOT  # type: ignore[attr-defined,no-any-return]


def _year_ago() -> dt.datetime:
    """When the last year began; a moment, so that an index finds what came since."""
    return dt.datetime.combine(today() - YEAR + DAY, dt.time(), clock.LONDON)


def with_facts(rows: QuerySet[Partner]) -> QuerySet[Partner]:
    """Partners with how often they were asked in the last year and said yes, when last, and the time they gave this month.

    Facts for whoever asks, so that not always the same are asked; never a score, and never an order by them.
    """
    asked = Offer.objects.filter(partner=OuterRef("pk")).exclude(status=Status.TAKEN_BACK).order_by()
    year = asked.filter(offered_at__gte=_year_ago()).values("partner")
    given = TimeGiven.objects.filter(partner=OuterRef("pk"), on__gte=today().replace(day=1)).order_by().values("partner")

    def number(rows: QuerySet[Any], what: Any) -> Coalesce:
        return Coalesce(Subquery(rows.annotate(found=what).values("found"), output_field=IntegerField()), 0)

    return rows.annotate(
        asked_this_year=number(year, Count("pk")),
        yes_this_year=number(year.filter(status=Status.ACCEPTED), Count("pk")),
        last_asked_at=Subquery(asked.values("partner").annotate(found=Max("offered_at")).values("found")),
        minutes_this_month=number(given, Sum("minutes")),
        takes_part_in=number(
            asked.filter(status=Status.ACCEPTED, activity__status=Activity.Status.TAKEN_ON).values("partner"), Count("pk")
        ),
    )


def partners_to_ask(viewer: Viewer, activity: Activity, sessions: Iterable[Session]) -> list[Asked]:
    """Partners who are here, by name, each with the facts, their offer if there is one, and what else they do on the days planned."""
    here = [Partner.Status.JOINING, Partner.Status.ACTIVE]
    rows = Partner.objects.visible_to(viewer).filter(status__in=here, membership__ended_on__isnull=True)
    rows = with_facts(rows).annotate(is_bound=Exists(of_confidentiality().filter(partner=OuterRef("pk"))))
    partners = list(rows.select_related("membership__user", "membership__organisation").order_by("name_key", "pk"))
    offers = {one.partner_id: one for one in Offer.objects.visible_to(viewer).filter(activity=activity)}
    taken = busy(viewer, activity, sessions)
    return [Asked(one, offers.get(one.pk), taken.get(one.membership_id, [])) for one in partners]


def fair_share(viewer: Viewer) -> QuerySet[Partner]:
    """Every partner who is here, with who was asked how often; by name."""
    rows = Partner.objects.visible_to(viewer).serving().select_related("membership__user")
    return with_facts(rows).only("code", "known_as", "name_key", "membership__user__name")


def never_asked(rows: QuerySet[Partner]) -> QuerySet[Partner]:
    """Those of them whom nobody has asked in the last year."""
    asked = Offer.objects.exclude(status=Status.TAKEN_BACK).filter(partner=OuterRef("pk"), offered_at__gte=_year_ago())
    return rows.filter(~Exists(asked))


def asked_by(viewer: Viewer, partners: Iterable[int]) -> dict[int, list[tuple[str, int]]]:
    """For each partner, who asked for them in the last year and how often; one query."""
    rows = Offer.objects.visible_to(viewer).filter(partner__in=partners, offered_at__gte=_year_ago())
    counted = rows.exclude(status=Status.TAKEN_BACK).values_list("partner_id", "activity__requester__user__name").annotate(n=Count("pk"))
    found: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for partner_id, name, count in counted.order_by("activity__requester__user__name"):
        found[partner_id].append((name, count))
    return found


def waiting_of(viewer: Viewer, activity: Activity) -> list[Offer]:
    """The offers that nobody has answered, of partners who are here; one query."""
    rows = Offer.objects.visible_to(viewer).waiting().filter(activity=activity, partner__in=Partner.objects.serving())
    return list(rows.select_related("partner__membership__user").order_by("reply_by", "partner__name_key", "pk"))


def choosable(asked: Sequence[Asked]) -> list[Asked]:
    """Those who were not asked for this yet; who was is asked again on the page of their offer."""
    return [one for one in asked if one.offer is None]


def free_places(activity: Activity) -> int:
    """How many places nobody holds; never less than none. One query."""
    return max(activity.partners_wanted - Offer.objects.holding_place().filter(activity=activity).count(), 0)
