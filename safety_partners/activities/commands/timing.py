"""Time that a partner gave: written down by them, or by who heard it from them; changed and taken away until it is claimed for."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from safety_partners.activities.models import Activity, TimeGiven
from safety_partners.activities.queries.timing import activities_of, meetings_of
from safety_partners.committees.models import Meeting
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible, Overtaken
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today
from safety_partners.partners import policies as partners
from safety_partners.partners.commands.rules import said
from safety_partners.partners.models import Partner, Recorded

DAY_OF_MINUTES = 24 * 60
TYPED = Recorded.Capture.TYPED


@command(allow=partners.may_speak_for, details=("kind", "on", "minutes", "capture"))
def give_time(
    viewer: Viewer,
    partner: Partner,
    /,
    *,
    kind: str,
    on: dt.date,
    minutes: int,
    activity: Activity | None = None,
    meeting: Meeting | None = None,
    about: str = "",
    capture: str = TYPED,
    is_read_back: bool = False,
) -> TimeGiven:
    """Write down time that a partner gave, for an activity, a meeting or something else."""
    how = said(viewer, partner, capture=capture, is_read_back=is_read_back)
    given = {"kind": kind, "on": on, "minutes": minutes, "activity": activity, "meeting": meeting, "about": about}
    _demand(partner, **given)
    return TimeGiven.objects.create(partner=partner, **given, **how)


@command(allow=partners.may_speak_for, details=("kind", "on", "minutes", "capture"))
def change_time(
    viewer: Viewer,
    time: TimeGiven,
    /,
    *,
    kind: str,
    on: dt.date,
    minutes: int,
    activity: Activity | None = None,
    meeting: Meeting | None = None,
    about: str = "",
    capture: str = TYPED,
    is_read_back: bool = False,
    turn: int | None = None,
) -> TimeGiven:
    """Correct what was written down. Raises ``Overtaken`` if somebody else did so since it was looked at."""
    how = said(viewer, time.partner, capture=capture, is_read_back=is_read_back)
    given: dict[str, Any] = {"kind": kind, "on": on, "minutes": minutes, "activity": activity, "meeting": meeting, "about": about}
    _demand(time.partner, **given)
    rows = TimeGiven.objects.filter(pk=time.pk)
    if not (rows if turn is None else rows.filter(turn=turn)).update(turn=F("turn") + 1, **given, **how):
        raise Overtaken
    time.refresh_from_db()
    return time


@command(allow=partners.may_speak_for)
def take_away_time(viewer: Viewer, time: TimeGiven, /, *, turn: int | None = None) -> TimeGiven:
    """Take away what was written down by mistake."""
    number, rows = time.pk, TimeGiven.objects.filter(pk=time.pk)
    deleted, _kinds = (rows if turn is None else rows.filter(turn=turn)).delete()
    if not deleted:
        raise Overtaken
    time.pk = number
    return time


def _demand(
    partner: Partner, *, kind: str, on: dt.date, minutes: int, activity: Activity | None, meeting: Meeting | None, about: str
) -> None:
    if kind not in TimeGiven.Kind.values:
        raise NotPossible(_("Choose what kind of time it was."), field="kind")
    if on > today():
        raise NotPossible(_("Enter a day that has come."), field="on")
    if not 1 <= minutes <= DAY_OF_MINUTES:
        raise NotPossible(_("Enter a time between a minute and a day."), field="minutes")
    if activity is not None and meeting is not None:
        raise NotPossible(_("Choose one thing that it was for."), field="what_for")
    if activity is not None and not activities_of(partner).filter(pk=activity.pk).exists():
        raise NotPossible(_("Choose something they take part in."), field="what_for")
    if meeting is not None and not meetings_of(partner).filter(pk=meeting.pk).exists():
        raise NotPossible(_("Choose a meeting to which they were invited."), field="what_for")
    if activity is None and meeting is None and not about.strip():
        raise NotPossible(_("Say what it was for."), field="about")
