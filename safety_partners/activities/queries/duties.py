"""What waits for one person in activities, in one query for any role: a UNION of arms, each kept short before they are joined."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from safety_partners.activities.models import Activity
from safety_partners.activities.queries.activities import waiting, wants_partners
from safety_partners.activities.queries.offer_duties import ARMS as OF_OFFERS
from safety_partners.activities.queries.running import ARMS as OF_RUNNING
from safety_partners.core.duty import Arm
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today
from safety_partners.people.policies import is_lead, is_staff

# So long before the promised day, whoever promised is reminded on their page.
NOTICE = dt.timedelta(days=14)


def _came_back(viewer: Viewer) -> QuerySet[Activity]:
    return Activity.objects.visible_to(viewer).filter(requester_id=viewer.membership_id, status=Activity.Status.RETURNED)


def _to_offer(viewer: Viewer) -> QuerySet[Activity]:
    """Activities for which more partners are wanted than have a place or an offer."""
    return wants_partners(Activity.objects.visible_to(viewer))


def _to_report(viewer: Viewer) -> QuerySet[Activity]:
    """Activities of which this person promised to say what changed, by a day that is near or past."""
    rows = Activity.objects.visible_to(viewer).filter(status=Activity.Status.TAKEN_ON, feedback_by_id=viewer.membership_id)
    return rows.filter(feedback_on__lte=today() + NOTICE)


def _late_word(viewer: Viewer) -> QuerySet[Activity]:
    """Activities of others for which the promised day went by."""
    rows = Activity.objects.visible_to(viewer).filter(status=Activity.Status.TAKEN_ON, feedback_on__lt=today())
    return rows.exclude(feedback_by_id=viewer.membership_id)


def _orphaned(viewer: Viewer) -> QuerySet[Activity]:
    """Activities whose requester is not here any more: nobody would see to them."""
    return Activity.objects.visible_to(viewer).in_hand().filter(requester__ended_on__isnull=False)


ARMS: dict[str, Arm] = {
    "asked for partners": Arm(
        lambda: _("Decide on this request. Partners are needed by this day"),
        is_lead,
        waiting,
        "activities:activity",
        title="title",
        day="needed_by",
    ),
    "request came back": Arm(
        lambda: _("Your request came back. Change it and ask again, or take it back"),
        is_staff,
        _came_back,
        "activities:activity",
        title="title",
    ),
    "places to offer": Arm(
        lambda: _("More partners are wanted for this. Offer places"),
        is_lead,
        _to_offer,
        "activities:activity",
        title="title",
        day="needed_by",
    ),
    "word promised": Arm(
        lambda: _("Tell partners what changed, or why nothing did. You promised it by this day"),
        is_staff,
        _to_report,
        "activities:activity",
        title="title",
        day="feedback_on",
    ),
    "word is late": Arm(
        lambda: _("Partners were promised a word on what changed, and nobody has written it"),
        is_lead,
        _late_word,
        "activities:activity",
        title="title",
        day="feedback_on",
    ),
    "nobody looks after it": Arm(
        lambda: _("Whoever asked for this has left. Hand it on to somebody else"),
        is_lead,
        _orphaned,
        "activities:hand-on",
        title="title",
    ),
    **OF_OFFERS,
    **OF_RUNNING,
}
