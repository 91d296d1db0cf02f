"""Messages to and about those who take part: to each partner as they wish to be told, to who runs the activity, to who waits."""

from __future__ import annotations

from typing import Any

from safety_partners.activities.commands.telling import leads_of, runners_of, tell
from safety_partners.activities.models import Activity, Offer
from safety_partners.committees.models.committee import GONE
from safety_partners.core.viewer import Viewer


def tell_partner(viewer: Viewer, offer: Offer, template: str, **words: Any) -> None:
    """Tell the partner to whom a place is offered; nobody is told what they did themselves."""
    tell(viewer, [offer.partner.membership], template, offer, activity=offer.activity, offer=offer, **words)


def tell_takers(viewer: Viewer, activity: Activity, template: str, **words: Any) -> list[Offer]:
    """Tell every partner who takes part and is here; returns their offers."""
    rows = Offer.objects.taking_part().filter(activity=activity).exclude(partner__status__in=GONE)
    offers = list(rows.select_related("partner__membership__user", "partner__membership__organisation").order_by("pk"))
    for offer in offers:
        offer.activity = activity
        tell_partner(viewer, offer, template, **words)
    return offers


def tell_runners(viewer: Viewer, offer: Offer, template: str, **words: Any) -> None:
    """Tell whoever asked for partners, and the lead."""
    people = [*runners_of(offer.activity), *leads_of(offer.activity)]
    tell(viewer, people, template, offer, activity=offer.activity, offer=offer, **words)


def tell_lead(viewer: Viewer, offer: Offer, template: str) -> None:
    """Tell the lead alone: that somebody said no, or would like a place, is nobody else's business."""
    tell(viewer, leads_of(offer.activity), template, offer, activity=offer.activity, offer=offer)


def tell_waiting(viewer: Viewer, activity: Activity) -> None:
    """A place has become free: tell everybody who would like one; the first yes has it."""
    rows = Offer.objects.filter(activity=activity, status=Offer.Status.RESERVE).exclude(partner__status__in=GONE)
    for offer in rows.select_related("partner__membership__user", "partner__membership__organisation").order_by("pk"):
        offer.activity = activity
        tell_partner(viewer, offer, "activities/place_free")
