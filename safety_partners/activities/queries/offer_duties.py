"""What waits for partners and the lead because of offers and of what changed."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from safety_partners.activities.models import Activity, Offer, Outcome, Seen
from safety_partners.activities.queries.outcomes import newest_only
from safety_partners.committees.models.committee import GONE
from safety_partners.core.duty import Arm
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today
from safety_partners.people.policies import is_lead, is_partner, is_staff


def _to_answer(viewer: Viewer) -> QuerySet[Offer]:
    rows = Offer.objects.visible_to(viewer).waiting()
    return rows.filter(partner__membership_id=viewer.membership_id, activity__status=Activity.Status.TAKEN_ON)


def _to_see(viewer: Viewer) -> QuerySet[Outcome]:
    """What changed in what they took part in, as long as they have not said that they have seen it.

    Whoever takes part may see it. It begins with their own offers, so that PostgreSQL does not ask of every outcome who may see it.
    """
    mine = Offer.objects.visible_to(viewer).taking_part().filter(partner__membership_id=viewer.membership_id)
    seen = Seen.objects.filter(outcome=OuterRef("pk"), offer__in=mine)
    rows = newest_only(Outcome.objects.filter(activity_id__in=mine.values("activity_id"))).filter(~Exists(seen))
    return rows.filter(activity__status__in=Activity.UNDER_WAY)


def _silent(viewer: Viewer) -> QuerySet[Activity]:
    """Activities to which somebody has not answered by the day that was asked for."""
    late = Offer.objects.waiting().filter(activity=OuterRef("pk"), reply_by__lt=today()).exclude(partner__status__in=GONE)
    return Activity.objects.visible_to(viewer).filter(Exists(late), status=Activity.Status.TAKEN_ON)


def _to_close(viewer: Viewer) -> QuerySet[Activity]:
    """What was told, and everybody who took part has seen it."""
    standing = newest_only(Outcome.objects.filter(activity=OuterRef(OuterRef("activity"))))
    seen = Seen.objects.filter(offer=OuterRef("pk"), outcome__in=standing.values("pk"))
    waits = Offer.objects.taking_part().filter(~Exists(seen), activity=OuterRef("pk")).exclude(partner__status__in=GONE)
    rows = Activity.objects.visible_to(viewer).filter(~Exists(waits), status=Activity.Status.REPORTED)
    return rows.filter(feedback_by_id=viewer.membership_id)


ARMS: dict[str, Arm] = {
    "offered a place": Arm(
        lambda: _("Would you like to take part? Say yes or no; nobody asks why"),
        is_partner,
        _to_answer,
        "activities:offer",
        title="activity__title",
        day="reply_by",
    ),
    "outcome to see": Arm(
        lambda: _("Read what changed because you took part, and say if it answers you"),
        is_partner,
        _to_see,
        "activities:outcome",
        title="activity__title",
    ),
    "offers not answered": Arm(
        lambda: _("Somebody has not answered an offer. Ask them once more, or ask somebody else"),
        is_lead,
        _silent,
        "activities:remind",
        title="title",
    ),
    "activity to close": Arm(
        lambda: _("Everybody who took part has seen what changed. You can close this"),
        is_staff,
        _to_close,
        "activities:close",
        title="title",
    ),
}
