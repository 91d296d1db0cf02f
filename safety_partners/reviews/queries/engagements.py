"""Days on which reviews close, for the calendars of those who were asked."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safety_partners.core.diary import MOST, Engagement
from safety_partners.core.viewer import Viewer
from safety_partners.reviews.models import Review, Reviewer


def engagements(viewer: Viewer, first: dt.date, last: dt.date) -> list[Engagement]:
    """The closing days of the reviews a partner was asked for and has not finished, from one day to another; one query."""
    if viewer.membership_id is None:
        return []
    mine = Reviewer.objects.filter(
        membership_id=viewer.membership_id,
        status=Reviewer.Status.ASKED,
        review__status=Review.Status.OPEN,
        review__closes_on__range=(first, last),
    )
    return [
        Engagement(
            uid=f"{reviewer.code}@{settings.MAIL_DOMAIN}",
            title=_("Last day for comments: %(document)s") % {"document": reviewer.document.title},
            path=reviewer.get_absolute_url(),
            on=reviewer.review.closes_on,
            kind=gettext_lazy("Review"),
        )
        for reviewer in mine.select_related("review__version__document").order_by("review__closes_on", "id")[:MOST]
    ]
