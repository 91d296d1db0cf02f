"""The days of an activity: planned, moved, held, cancelled. Whoever takes part is told, and their calendar follows."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from safety_partners.activities import policies
from safety_partners.activities.commands.announcing import follows, put_day, takers, tell_day
from safety_partners.activities.commands.rules import demand_under_way
from safety_partners.activities.models import Activity, Session, Shape
from safety_partners.activities.queries.sessions import is_news
from safety_partners.core import clock, outbox
from safety_partners.core.command import command
from safety_partners.core.lifecycle import NotPossible
from safety_partners.core.viewer import Viewer
from safety_partners.partners.commands.rules import demand_words

LONGEST = dt.timedelta(hours=14)


@command(allow=policies.may_run, details=("starts_at",))
def plan_session(
    viewer: Viewer,
    activity: Activity,
    /,
    *,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    title: str = "",
    place: str = "",
    join_link: str = "",
) -> Session:
    """Plan one day or time; whoever takes part is told."""
    demand_under_way(activity)
    _demand_times(starts_at, ends_at)
    how = {"starts_at": starts_at, "ends_at": ends_at, "title": title, "place": place, "join_link": join_link}
    session = Session.objects.create(activity=activity, **how)
    tell_day(session, "session_planned")
    return session


@command(allow=policies.may_run, details=("starts_at",))
def change_session(
    viewer: Viewer,
    session: Session,
    /,
    *,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    title: str,
    place: str,
    join_link: str,
    turn: int,
) -> Session:
    """Move a day, or change where it is. Whoever takes part is told of a new time, place or link; of nothing else."""
    demand_under_way(session.activity)
    changed: dict[str, Any] = {"starts_at": starts_at, "ends_at": ends_at, "title": title, "place": place, "join_link": join_link}
    was = {"starts_at": session.starts_at, "ends_at": session.ends_at}
    is_told, is_moved = is_news(session, changed), (starts_at, ends_at) != (session.starts_at, session.ends_at)
    if is_moved:
        _demand_times(starts_at, ends_at)
    if is_told:
        changed["sequence"] = session.sequence + 1
    Session.lifecycle.move(session, "change", turn=turn, **changed)
    if is_told:
        tell_day(session, "session_changed", was=was, is_moved=is_moved)
    return session


@command(allow=policies.may_run, details=("learners",))
def hold_session(
    viewer: Viewer, session: Session, /, *, notes: str = "", learners: int | None = None, feedback: str = "", turn: int | None = None
) -> Session:
    """Say that it took place. Of training: how many learned, and what they said about it; that goes to the partners who gave it."""
    demand_under_way(session.activity)
    if session.starts_at > clock.now():
        raise NotPossible(_("It has not begun yet."))
    if session.activity.shape != Shape.TRAINING and (learners is not None or feedback):
        raise NotPossible(_("Only training has learners."), field="learners")
    Session.lifecycle.move(session, "hold", turn=turn, notes=notes, learners=learners, feedback=feedback)
    if learners is not None or feedback:
        _tell_what_learners_said(session)
    return session


def _tell_what_learners_said(session: Session) -> None:
    for person in takers(session.activity):
        outbox.put("activities/session_held", to=person, about=session, session=session, activity=session.activity)


@command(allow=policies.may_run)
def cancel_session(viewer: Viewer, session: Session, /, *, why: str, turn: int | None = None) -> Session:
    """Cancel one day, or say later that it did not take place, with a word on why; it leaves the calendars of all who take part."""
    demand_under_way(session.activity)
    demand_words(why, _("Say why, in a few words. Everybody who takes part reads it."), field="why")
    _cancel(session, why, turn)
    if session.ends_at > clock.now():
        tell_day(session, "session_cancelled")
    return session


def cancel_planned(viewer: Viewer, activity: Activity, because: str) -> None:
    """Cancel every day that is planned, for an activity that is called off: calendars follow, and no second letter goes out."""
    people = [person for person in takers(activity) if follows(person)]
    for session in activity.sessions.planned().order_by("starts_at", "pk"):
        session.activity = activity
        _cancel(session, because, None)
        for person in people:
            put_day(person, session, "session_cancelled")


def _cancel(session: Session, why: str, turn: int | None) -> None:
    because = why.strip()[:300]
    Session.lifecycle.move(session, "cancel", turn=turn, cancelled_because=because, sequence=session.sequence + 1)


def _demand_times(starts_at: dt.datetime, ends_at: dt.datetime) -> None:
    if starts_at <= clock.now():
        raise NotPossible(_("Choose a day and time that are still to come."), field="on")
    if not starts_at < ends_at <= starts_at + LONGEST:
        raise NotPossible(_("It must end after it begins."), field="ends_at_time")
