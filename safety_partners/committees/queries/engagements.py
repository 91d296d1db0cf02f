"""Meetings as they stand in somebody's calendar."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from safety_partners.committees import recurrence
from safety_partners.committees.calendars import uid
from safety_partners.committees.models import Invitee, Meeting
from safety_partners.committees.models.agenda import runs_committee
from safety_partners.core.diary import Engagement
from safety_partners.core.viewer import Viewer

MOST = 500


def engagements(viewer: Viewer, first: dt.date, last: dt.date) -> list[Engagement]:
    """The meetings from one day to another that this person may know of, in one query. No word of any agenda.

    The way into the room is given only to whoever is invited or runs the committee.
    """
    start, end = recurrence.moment(first, dt.time()), recurrence.moment(last + recurrence.DAY, dt.time())
    mine = Invitee.objects.filter(meeting=OuterRef("pk"), membership_id=viewer.membership_id)
    runs = Meeting.objects.filter(runs_committee(viewer, "committee"), pk=OuterRef("pk"))
    rows = Meeting.objects.visible_to(viewer).filter(starts_at__gte=start, starts_at__lt=end)
    rows = rows.annotate(is_mine=Exists(mine), runs=Exists(runs)).select_related("committee")
    return [_engagement(meeting) for meeting in rows.order_by("starts_at", "id")[:MOST]]


def _engagement(meeting: Meeting) -> Engagement:
    may_join = meeting.is_mine or meeting.runs  # type: ignore[attr-defined]
    return Engagement(
        uid=uid(meeting),
        title=meeting.committee.name,
        path=meeting.get_absolute_url(),
        on=meeting.day,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        place=meeting.place,
        join_link=meeting.video_link if may_join else "",
        words=meeting.getting_there,
        kind=_("Meeting"),
        sequence=meeting.sequence,
        is_mine=meeting.is_mine,  # type: ignore[attr-defined]
        is_cancelled=meeting.status == Meeting.Status.CANCELLED,
    )
