"""Talks between partners and their named contacts, for both their calendars."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safety_partners.core.diary import MOST, Engagement
from safety_partners.core.viewer import Viewer
from safety_partners.partners.models import CheckIn


def engagements(viewer: Viewer, first: dt.date, last: dt.date) -> list[Engagement]:
    """The planned talks that the viewer is to hold, from one day to another; one query. A partner's name leaves with no calendar."""
    me = viewer.membership_id
    mine = CheckIn.objects.visible_to(viewer).filter(Q(with_member_id=me) | Q(partner__membership_id=me))
    planned = mine.filter(held_on__isnull=True, cancelled_on__isnull=True, planned_on__range=(first, last))
    return [
        Engagement(
            uid=f"{check_in.code}@{settings.MAIL_DOMAIN}",
            title=_("Our talk with you") if check_in.partner.membership_id == me else _("Talk with a partner"),
            path=reverse("partners:talks", args=[check_in.partner.code]),
            on=check_in.planned_on,
            kind=gettext_lazy("Talk"),
        )
        for check_in in planned.select_related("partner").order_by("planned_on", "id")[:MOST]
    ]
