"""Who was at the table: one sheet for everybody, and who left the room for an item."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from safety_partners.committees import policies
from safety_partners.committees.commands.minuting import demand_open
from safety_partners.committees.models import Invitee, Meeting
from safety_partners.committees.queries.attending import attendance_sheet
from safety_partners.core import clock
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.viewer import Viewer


@command(allow=policies.may_run)
def record_attendance(
    viewer: Viewer,
    meeting: Meeting,
    /,
    *,
    marks: Mapping[str, tuple[str, str]],
    left: Mapping[str, tuple[bool, bool]],
    seen: int | None = None,
) -> Meeting:
    """Write down who was there, with a note such as "from 10.30", and who left and came back for an item.

    ``marks`` and ``left`` go by the codes of invitees and of those who stepped back; whoever is not in them stays as
    they are. The first mark says that the meeting was held. ``seen`` is the state of the sheet that was on the page:
    raises ``Overtaken`` if somebody else has written on it since.
    """
    meeting.refresh_from_db(from_queryset=Meeting.objects.select_for_update())
    if meeting.status == Meeting.Status.CANCELLED:
        raise NotPossible(_("This meeting was cancelled."))
    if meeting.starts_at > clock.now():
        raise NotPossible(_("This meeting has not begun yet."))
    demand_open(meeting)
    sheet = attendance_sheet(viewer, meeting)
    if seen is not None and seen != sheet.state:
        raise Overtaken(_("Someone else wrote on this sheet. What is kept now is shown below, and what you chose is still there."))
    for invitee in sheet.invitees:
        attendance, note = marks.get(invitee.code, (invitee.attendance, invitee.attended_note))
        if attendance not in Invitee.Attendance.values:
            raise NotPossible(_("Choose if they were there."))
        if (attendance, note) != (invitee.attendance, invitee.attended_note):
            Invitee.objects.filter(pk=invitee.pk).update(attendance=attendance, attended_note=note)
    for recusal in sheet.stepped_back:
        has_left, came_back = left.get(recusal.code, (recusal.has_left, recusal.came_back))
        if came_back and not has_left:
            raise NotPossible(_("Only somebody who left can come back."))
        type(recusal).objects.filter(pk=recusal.pk).update(has_left=has_left, came_back=came_back)
    if meeting.status == Meeting.Status.PLANNED and any(mark for mark, _note in marks.values()):
        Meeting.lifecycle.move(meeting, "hold")
    return meeting
