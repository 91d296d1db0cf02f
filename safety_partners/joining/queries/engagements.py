"""Chats and meetings with people who are interested, for the lead's calendar."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safety_partners.core.clock import LONDON
from safety_partners.core.diary import MOST, Engagement
from safety_partners.core.viewer import Viewer
from safety_partners.joining.models import Talk
from safety_partners.people.models import Role


def engagements(viewer: Viewer, first: dt.date, last: dt.date) -> list[Engagement]:
    """The talks planned from one day to another, for whoever runs joining; one query. Who is interested leaves with no calendar."""
    if Role.LEAD not in viewer.roles:
        return []
    begins = dt.datetime.combine(first, dt.time.min, LONDON)
    ends = dt.datetime.combine(last + dt.timedelta(days=1), dt.time.min, LONDON)
    here = Talk.objects.filter(expression__organisation_id=viewer.organisation_id, held_on__isnull=True)
    planned = here.filter(planned_at__gte=begins, planned_at__lt=ends)
    return [
        Engagement(
            uid=f"{talk.code}@{settings.MAIL_DOMAIN}",
            title=_("%(kind)s: %(code)s") % {"kind": talk.get_kind_display(), "code": talk.expression.code},
            path=talk.expression.get_absolute_url(),
            on=talk.planned_at.astimezone(LONDON).date(),
            starts_at=talk.planned_at,
            ends_at=talk.planned_at + dt.timedelta(hours=1),
            place=talk.place,
            kind=gettext_lazy("Joining"),
        )
        for talk in planned.select_related("expression").order_by("planned_at", "id")[:MOST]
    ]
