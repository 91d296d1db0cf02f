"""What a partner takes part in or was offered, for the day they leave."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from safety_partners.activities.models import Activity, Offer
from safety_partners.partners.models import Partner
from safety_partners.partners.open_matters import Source


def _places(partner: Partner) -> QuerySet[Offer]:
    """Places for which somebody else may have to be found."""
    open_ = [Offer.Status.OFFERED, Offer.Status.RESERVE, Offer.Status.ACCEPTED]
    return Offer.objects.filter(partner=partner, status__in=open_, activity__status=Activity.Status.TAKEN_ON)


def _place(title: str, _day: dt.date | None) -> str:
    return _("Taking part in: %(title)s") % {"title": title}


STILL_OPEN = [Source(_places, _place, "activities:offer", title="activity__title")]
