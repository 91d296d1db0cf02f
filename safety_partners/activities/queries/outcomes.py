"""What changed because partners took part: all that was written of one activity, and who has seen it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, IntegerField, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce

from safety_partners.activities.models import Activity, Offer, Outcome, Seen
from safety_partners.committees.models.committee import GONE
from safety_partners.core.viewer import Viewer
from safety_partners.insights.models import Change


def outcome_of(viewer: Viewer, activity: Activity) -> list[Outcome]:
    """What was written of an activity, the newest first; one query.

    Each with how many who take part have not seen it (``unseen``), and what the viewer said of it (``own_says``, None if nothing).
    """
    seen = Seen.objects.filter(outcome=OuterRef(OuterRef("pk")), offer=OuterRef("pk"))
    waits = Offer.objects.taking_part().filter(~Exists(seen), activity=OuterRef("activity")).exclude(partner__status__in=GONE)
    counted = waits.order_by().values("activity").annotate(found=Count("pk")).values("found")
    own = Seen.objects.filter(outcome=OuterRef("pk"), offer__partner__membership_id=viewer.membership_id)
    rows = Outcome.objects.visible_to(viewer).filter(activity=activity).select_related("by__user", "change")
    unseen = Coalesce(Subquery(counted, output_field=IntegerField()), 0)
    return list(rows.annotate(unseen=unseen, own_says=Subquery(own.values("says")[:1])).order_by("-number"))


def with_seen(viewer: Viewer, rows: QuerySet[Outcome]) -> QuerySet[Outcome]:
    """Outcomes with who has seen each: ``seen_by``."""
    seen = Seen.objects.visible_to(viewer).select_related("offer__partner__membership__user", "recorded_by__user")
    return rows.prefetch_related(Prefetch("seen", queryset=seen.order_by("pk"), to_attr="seen_by"))


def newest(activity: Activity) -> Outcome | None:
    """What stands now, whoever looks: for those who tell the partner of it."""
    return activity.outcomes.select_related("by__user", "change").order_by("-number").first()


def newest_only(rows: QuerySet[Outcome]) -> QuerySet[Outcome]:
    """Of each activity what stands now."""
    return rows.filter(~Exists(Outcome.objects.filter(activity=OuterRef("activity"), number__gt=OuterRef("number"))))


def not_seen_by(activity: Activity) -> list[Offer]:
    """The partners who took part, are here, and have not seen what stands now; one query."""
    standing = newest_only(Outcome.objects.filter(activity=activity))
    seen = Seen.objects.filter(offer=OuterRef("pk"), outcome__in=standing)
    rows = Offer.objects.taking_part().filter(~Exists(seen), activity=activity).exclude(partner__status__in=GONE)
    return list(rows.select_related("partner__membership__user").order_by("partner__name_key", "pk"))


@dataclass(frozen=True, slots=True)
class OutcomePage:
    """Beside one outcome: who has not seen it, what was written before and since, and the viewer's own place, if they take part."""

    waiting: list[Offer]
    others: list[Outcome]
    own: Offer | None


def outcome_page(viewer: Viewer, outcome: Outcome) -> OutcomePage:
    """Three queries. ``waiting`` is of what stands now."""
    own = Offer.objects.taking_part().filter(activity=outcome.activity, partner__membership_id=viewer.membership_id).first()
    others = Outcome.objects.visible_to(viewer).filter(activity=outcome.activity).exclude(pk=outcome.pk).order_by("-number")
    return OutcomePage(not_seen_by(outcome.activity), list(others), own)


def changes_to_choose(viewer: Viewer) -> QuerySet[Change]:
    """The changes of the one loop that an outcome may point to, the newest first."""
    return Change.objects.visible_to(viewer).order_by("-made_at", "-pk")[:50]
