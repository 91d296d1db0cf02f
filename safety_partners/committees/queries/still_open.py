"""The seats that a partner holds or was offered, for the day they leave."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from safety_partners.committees.models import Sitting
from safety_partners.partners.models import Partner
from safety_partners.partners.open_matters import Source


def _seats(partner: Partner) -> QuerySet[Sitting]:
    """Seats for which somebody has to be found."""
    return Sitting.objects.filter(partner=partner, status__in=[Sitting.Status.OFFERED, Sitting.Status.SITS])


def _seat(name: str, _day: dt.date | None) -> str:
    return _("A seat on a committee: %(name)s") % {"name": name}


STILL_OPEN = [Source(_seats, _seat, "committees:sitting", title="seat__committee__name", day="from_on")]
