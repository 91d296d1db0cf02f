"""The rule by which a committee meets: its meetings are made from it, and follow it when it changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from safety_partners.committees import policies, recurrence
from safety_partners.committees.commands.announcing import Kind, News, tell
from safety_partners.committees.commands.inviting import invite_everybody
from safety_partners.committees.commands.meetings import papers_due_on, put_cancel, put_change
from safety_partners.committees.commands.rules import demand_meets, lock
from safety_partners.committees.models import Committee, Meeting, Series
from safety_partners.committees.queries.series import Fate, Line, plan
from safety_partners.committees.recurrence import Rule
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.viewer import Viewer
from safety_partners.core.working_days import today
from safety_partners.partners.commands.rules import demand_words

# Nobody plans further; a mistyped year would make a thousand meetings.
FURTHEST = dt.timedelta(days=2 * 366)
SHARED = ("place", "getting_there", "video_link", "phone_in")


@command(allow=policies.may_run, details=("rule", "on_holiday", "first_on", "last_on"))
def plan_series(
    viewer: Viewer,
    committee: Committee,
    /,
    *,
    rule: str,
    on_holiday: str,
    first_on: dt.date,
    last_on: dt.date,
    starts_at_time: dt.time,
    minutes_long: int,
    place: str = "",
    getting_there: str = "",
    video_link: str = "",
    phone_in: str = "",
) -> Series:
    """Say by which rule a committee meets from a day to a day, and make its meetings; whoever has a place there is invited."""
    demand_meets(lock(committee))
    if Series.objects.filter(committee=committee, status="runs").exists():
        raise NotPossible(_("This committee has its rule already. Change that one."))
    days = _demand_days(rule, first_on, last_on)
    shared = {"place": place, "getting_there": getting_there, "video_link": video_link, "phone_in": phone_in}
    times = {"starts_at_time": starts_at_time, "minutes_long": minutes_long}
    when: dict[str, Any] = {"on_holiday": on_holiday, "first_on": first_on, "last_on": last_on, **times}
    series = Series.objects.create(committee=committee, rule=rule, **{**when, "first_on": days[0]}, **shared)
    tell(_make(series, _demand_lines(plan(None, rule=Rule.read(rule), **when))))
    return series


@command(allow=policies.may_run, details=("rule", "on_holiday", "first_on", "last_on"))
def change_series(
    viewer: Viewer,
    series: Series,
    /,
    *,
    rule: str,
    on_holiday: str,
    first_on: dt.date,
    last_on: dt.date,
    starts_at_time: dt.time,
    minutes_long: int,
    place: str,
    getting_there: str,
    video_link: str,
    phone_in: str,
    turn: int,
) -> Series:
    """Change the rule from a day on: meetings follow in their order, what was set by hand stays, what has no day is cancelled.

    Each person is told of what changes for them. A place or link that one meeting has of its own stays.
    """
    demand_meets(lock(series.committee))
    days = _demand_days(rule, first_on, last_on)
    shared = {"place": place, "getting_there": getting_there, "video_link": video_link, "phone_in": phone_in}
    times = {"starts_at_time": starts_at_time, "minutes_long": minutes_long}
    when: dict[str, Any] = {"on_holiday": on_holiday, "first_on": first_on, "last_on": last_on, **times}
    lines = plan(series, rule=Rule.read(rule), **when)
    before = {name: getattr(series, name) for name in SHARED}
    Series.lifecycle.move(series, "rewrite", turn=turn, rule=rule, **{**when, "first_on": days[0]}, **shared)
    news = [*_let_go(lines), *_follow(series, lines, before), *_make(series, lines)]
    tell(sorted(news, key=lambda one: one.meeting.starts_at))
    return series


@command(allow=policies.may_run)
def stop_series(viewer: Viewer, series: Series, /, *, cancels: bool, why: str = "", turn: int | None = None) -> Series:
    """End the rule. The meetings it made are cancelled with a word on why, or stay as single ones."""
    if cancels:
        demand_words(why, _("Say why, in a few words. Everybody who is invited reads it."), field="why")
    Series.lifecycle.move(series, "stop", turn=turn)
    if cancels:
        tell(put_cancel(meeting, why, turn=meeting.turn) for meeting in _to_come(series.committee).filter(series=series))
    return series


def stop_meeting(committee: Committee, why: str) -> None:
    """A committee ends: its rule too, and every meeting still to come is cancelled."""
    for series in Series.objects.filter(committee=committee, status="runs"):
        Series.lifecycle.move(series, "stop")
    tell(put_cancel(meeting, why, turn=meeting.turn) for meeting in _to_come(committee))


def _to_come(committee: Committee) -> Any:
    return Meeting.objects.filter(committee=committee).to_come().select_related("committee__organisation").order_by("starts_at")


def _let_go(lines: Iterable[Line]) -> list[News]:
    """Meetings without a place leave the series: cancelled, or, where somebody set their day by hand, as single ones."""
    news = []
    for line in lines:
        if line.slot is None and line.meeting is not None:
            alone = {"series": None, "slot_on": None}
            if line.fate == Fate.GOES:
                why = _("The committee meets on other days from now on.")
                news.append(put_cancel(line.meeting, why, turn=line.meeting.turn, **alone))
            else:
                Meeting.objects.filter(pk=line.meeting.pk).update(**alone)
    return news


def _follow(series: Series, lines: Iterable[Line], before: dict[str, str]) -> list[News]:
    """Let each meeting take its new place, in an order in which no two ever stand on one place."""
    pairs = [(line, line.slot, line.meeting) for line in lines if line.slot is not None and line.meeting is not None]
    earlier = [one for one in pairs if one[1].slot_on <= (one[2].slot_on or dt.date.min)]
    later = [one for one in pairs if one[1].slot_on > (one[2].slot_on or dt.date.min)]
    news = []
    by_place = sorted(earlier, key=lambda one: one[1].slot_on) + sorted(later, key=lambda one: one[1].slot_on, reverse=True)
    for line, slot, meeting in by_place:
        if line.fate == Fate.CANCELLED or meeting.status == Meeting.Status.HELD or meeting.is_over:
            Meeting.objects.filter(pk=meeting.pk).update(slot_on=slot.slot_on)
            continue
        changed: dict[str, Any] = {name: getattr(series, name) for name in SHARED if getattr(meeting, name) == before[name]}
        changed["slot_on"] = slot.slot_on
        if line.fate != Fate.BY_HAND:
            changed["starts_at"] = recurrence.moment(slot.on, series.starts_at_time)
            changed["ends_at"] = changed["starts_at"] + dt.timedelta(minutes=series.minutes_long)
        if any(getattr(meeting, name) != value for name, value in changed.items()):
            news.append(put_change(meeting, turn=meeting.turn, **changed))
    return [one for one in news if one is not None]


def _make(series: Series, lines: Iterable[Line]) -> list[News]:
    """Make a meeting for each place that has none, and invite everybody who has a place at the table."""
    shared = {name: getattr(series, name) for name in SHARED}
    made = []
    for slot in (line.slot for line in lines if line.fate == Fate.NEW and line.slot is not None):
        starts_at = recurrence.moment(slot.on, series.starts_at_time)
        made.append(
            Meeting.objects.create(
                organisation=series.committee.organisation,
                committee=series.committee,
                series=series,
                slot_on=slot.slot_on,
                starts_at=starts_at,
                ends_at=starts_at + dt.timedelta(minutes=series.minutes_long),
                papers_due_on=papers_due_on(series.committee, starts_at),
                **shared,
            )
        )
    invite_everybody(made)
    return [News(Kind.PLANNED, meeting) for meeting in made]


def _demand_days(rule: str, first_on: dt.date, last_on: dt.date) -> Sequence[dt.date]:
    """The days of a rule. Raises ``NotPossible`` for a time that is over, too long, or in which the rule has no day."""
    if last_on < first_on or last_on <= today():
        raise NotPossible(_("The last day must be later than the first, and still to come."), field="last_on")
    if last_on - max(first_on, today()) > FURTHEST:
        raise NotPossible(_("Plan two years at most. You can go on from there later."), field="last_on")
    days = Rule.read(rule).days(first_on, last_on)
    if not days:
        raise NotPossible(_("No day of this rule falls between the first day and the last."), field="last_on")
    return days


def _demand_lines(lines: Sequence[Line]) -> Sequence[Line]:
    """Raise ``NotPossible`` where every day of a rule has gone by."""
    if not lines:
        raise NotPossible(_("Every day of this rule between the first day and the last has gone by."), field="first_on")
    return lines
