"""Groups' meetings as they stand in somebody's calendar."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.utils.translation import gettext as _

from safety_partners.core import clock
from safety_partners.core.diary import MOST, Engagement
from safety_partners.core.viewer import Viewer
from safety_partners.ppg.models import GroupMeeting

DAY = dt.timedelta(days=1)


def engagements(viewer: Viewer, first: dt.date, last: dt.date) -> list[Engagement]:
    """The meetings of groups from one day to another that this person may know of, in one query.

    They are one's own as the chair, or as who looks after the group; the way into the room is given to nobody else.
    """
    start, end = (dt.datetime.combine(day, dt.time(), tzinfo=clock.LONDON) for day in (first, last + DAY))
    rows = GroupMeeting.objects.visible_to(viewer).filter(starts_at__gte=start, starts_at__lt=end)
    return [_engagement(viewer, meeting) for meeting in rows.select_related("group").order_by("starts_at", "id")[:MOST]]


def _engagement(viewer: Viewer, meeting: GroupMeeting) -> Engagement:
    is_mine = viewer.membership_id in {meeting.group.chair_id, meeting.group.contact_id}
    return Engagement(
        uid=f"{meeting.code}@{settings.MAIL_DOMAIN}",
        title=meeting.group.name,
        path=meeting.get_absolute_url(),
        on=clock.day_of(meeting.starts_at),
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        place=meeting.place,
        join_link=meeting.join_link if is_mine else "",
        kind=_("Meeting of a patient group"),
        sequence=meeting.sequence,
        is_mine=is_mine,
        is_cancelled=meeting.status == GroupMeeting.Status.CANCELLED,
    )
