"""The seats that a partner holds or was offered, for the day they leave."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from safety_partners.committees.models import Sitting
from safety_partners.partners.models import Partner
from safety_partners.partners.open_matters import Matter


def still_open(partner: Partner) -> Iterator[Matter]:
    """Seats for which somebody has to be found. One query."""
    rows = Sitting.objects.filter(partner=partner, status__in=[Sitting.Status.OFFERED, Sitting.Status.SITS])
    for sitting in rows.select_related("seat__committee").order_by("from_on", "pk"):
        label = _("A seat on a committee: %(name)s") % {"name": sitting.committee.name}
        yield Matter(sitting.code, label[:200], sitting.get_absolute_url())
