"""What a partner was asked to read and has not finished, for the day they leave."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from safety_partners.partners.models import Partner
from safety_partners.partners.open_matters import Matter
from safety_partners.reviews.models import Review, Reviewer


def still_open(partner: Partner) -> Iterator[Matter]:
    """Reviews under way that wait for this partner. One query."""
    desks = Reviewer.objects.filter(membership_id=partner.membership_id, review__status=Review.Status.OPEN).not_finished()
    for desk in desks.select_related("review__version__document").order_by("review__closes_on", "pk"):
        label = _("A review that they were asked for: %(title)s") % {"title": desk.review.version.document.title}
        yield Matter(desk.code, label[:200], desk.review.get_absolute_url())
