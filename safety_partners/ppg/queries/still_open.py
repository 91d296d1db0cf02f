"""What a partner passed on or was asked to look at, for the day they leave."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from safety_partners.partners.models import Partner
from safety_partners.partners.open_matters import Source
from safety_partners.ppg.models import Referral

Direction, Status = Referral.Direction, Referral.Status


def _waiting(partner: Partner) -> QuerySet[Referral]:
    """Referrals for which somebody has to be told, or found."""
    return Referral.objects.filter(partner=partner, status__in=[Status.OFFERED, Status.ASKED, Status.TAKEN_UP])


def _to_group(partner: Partner) -> QuerySet[Referral]:
    return _waiting(partner).filter(direction=Direction.TO_GROUP)


def _to_partner(partner: Partner) -> QuerySet[Referral]:
    return _waiting(partner).filter(direction=Direction.TO_PARTNERS)


def _passed_to(group: str, _day: dt.date | None) -> str:
    return _("Passed on to %(group)s") % {"group": group}


def _passed_by(group: str, _day: dt.date | None) -> str:
    return _("Passed on by %(group)s") % {"group": group}


STILL_OPEN = [
    Source(_to_group, _passed_to, "ppg:referral", title="group__name"),
    Source(_to_partner, _passed_by, "ppg:referral", title="group__name"),
]
