"""What a partner was asked to read and has not finished, for the day they leave."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from safety_partners.partners.models import Partner
from safety_partners.partners.open_matters import Source
from safety_partners.reviews.models import Review, Reviewer


def _desks(partner: Partner) -> QuerySet[Reviewer]:
    """Reviews under way that wait for this partner."""
    rows = Reviewer.objects.filter(membership_id=partner.membership_id, review__status=Review.Status.OPEN)
    return rows.not_finished()


def _desk(title: str, _day: dt.date | None) -> str:
    return _("A review that they were asked for: %(title)s") % {"title": title}


PAGE = "reviews:review"
STILL_OPEN = [Source(_desks, _desk, PAGE, title="review__version__document__title", day="review__closes_on", page_code="review__code")]
