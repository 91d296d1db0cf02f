"""A group's meetings: planned, moved, held with their minutes, cancelled."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from safety_partners.core import clock
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.viewer import Viewer
from safety_partners.insights.commands import evidence
from safety_partners.ppg import policies
from safety_partners.ppg.commands.rules import demand_active
from safety_partners.ppg.commands.telling import keepers_of, tell, voice_of
from safety_partners.ppg.models import Group, GroupMeeting

Status = GroupMeeting.Status


@command(allow=policies.may_work_with, details=("starts_at",))
def plan_meeting(
    viewer: Viewer, group: Group, /, *, starts_at: dt.datetime, ends_at: dt.datetime | None = None, **about: Any
) -> GroupMeeting:
    """Plan a meeting of the group, to come or already over. The chair and whoever looks after the group are told.

    ``about`` may hold ``place``, ``join_link`` and ``topics``.
    """
    demand_active(group)
    _demand_times(starts_at, ends_at)
    meeting = GroupMeeting.objects.create(group=group, starts_at=starts_at, ends_at=ends_at, **about)
    if starts_at > clock.now():
        _tell(viewer, meeting, "ppg/meeting_planned")
    return meeting


@command(allow=policies.may_work_with, details=("starts_at",))
def change_meeting(
    viewer: Viewer,
    meeting: GroupMeeting,
    /,
    *,
    starts_at: dt.datetime,
    ends_at: dt.datetime | None = None,
    turn: int | None = None,
    **about: Any,
) -> GroupMeeting:
    """Move a planned meeting, or say more about it; calendars that follow ours follow this too."""
    _demand_times(starts_at, ends_at)
    sequence = meeting.sequence + 1
    GroupMeeting.lifecycle.move(meeting, "change", turn=turn, starts_at=starts_at, ends_at=ends_at, sequence=sequence, **about)
    _tell(viewer, meeting, "ppg/meeting_changed")
    return meeting


@command(allow=policies.may_work_with, details=("people_count",))
def hold_meeting(
    viewer: Viewer,
    meeting: GroupMeeting,
    /,
    *,
    people_count: int | None = None,
    minutes: str = "",
    minutes_file: UploadedFile | None = None,
    turn: int | None = None,
) -> GroupMeeting:
    """Say that the group met: how many came, and its minutes, typed or as a file. A file that is there stays until another comes."""
    if meeting.starts_at > clock.now():
        raise NotPossible(_("This meeting has not begun yet."))
    also: dict[str, Any] = {"people_count": people_count, "minutes": minutes}
    if minutes_file is not None:
        also["minutes_file"] = evidence.keep(minutes_file, meeting.organisation_id, field="minutes_file", endings=(".pdf", ".docx"))
    GroupMeeting.lifecycle.move(meeting, "hold", turn=turn, **also)
    return meeting


@command(allow=policies.may_work_with)
def cancel_meeting(viewer: Viewer, meeting: GroupMeeting, /, *, why: str, turn: int | None = None) -> GroupMeeting:
    """Say that a planned meeting does not take place, and why."""
    if not why.strip():
        raise NotPossible(_("Say why. The people of the group ask."), field="why")
    GroupMeeting.lifecycle.move(meeting, "cancel", turn=turn, why_cancelled=why, sequence=meeting.sequence + 1)
    _tell(viewer, meeting, "ppg/meeting_cancelled")
    return meeting


def _demand_times(starts_at: dt.datetime, ends_at: dt.datetime | None) -> None:
    if ends_at is not None and ends_at <= starts_at:
        raise NotPossible(_("The end must come after the start."), field="ends")


def _tell(viewer: Viewer, meeting: GroupMeeting, template: str) -> None:
    group = meeting.group
    tell(viewer, [*voice_of(group), *keepers_of(group)], template, meeting)
