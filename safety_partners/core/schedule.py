"""Work that is done later and again and again: tasks in the database, with retry, schedule and recovery (django-q2)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django_q.models import Schedule
from django_q.tasks import async_task

from safety_partners.core.clock import LONDON

Task = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Routine:
    """A task that runs by the clock: every so many minutes, or daily at an hour of the night."""

    path: str
    minutes: int | None
    at: str | None


ROUTINES: dict[str, Routine] = {}


def every(*, minutes: int) -> Callable[[Task], Task]:
    """Run the function again and again, so many minutes apart."""

    def decorate(task: Task) -> Task:
        path = f"{task.__module__}.{task.__qualname__}"
        ROUTINES[path] = Routine(path, minutes, None)
        return task

    return decorate


def nightly(cron: str) -> Callable[[Task], Task]:
    """Run the function every night at a time written as in cron, minute first: ``"30 2 * * *"``, London time."""
    _clock(cron)

    def decorate(task: Task) -> Task:
        path = f"{task.__module__}.{task.__qualname__}"
        ROUTINES[path] = Routine(path, None, cron)
        return task

    return decorate


def later(task: Task, *args: Any, **kwargs: Any) -> None:
    """Put a task in the queue, inside the transaction that is open: it runs only if that is kept."""
    async_task(f"{task.__module__}.{task.__qualname__}", *args, **kwargs)


def install() -> list[str]:
    """Write every routine into the database's timetable, take out those that are gone, return their names."""
    known = {schedule.name: schedule for schedule in Schedule.objects.all()}
    for routine in ROUTINES.values():
        schedule = known.get(routine.path) or Schedule(name=routine.path)
        # What runs every night is written as "daily" with its cron line beside it: django-q2 reads cron lines only
        # with one more library, and without it no schedule would run at all.
        times = {
            "func": routine.path,
            "schedule_type": Schedule.MINUTES if routine.minutes else Schedule.DAILY,
            "minutes": routine.minutes,
            "cron": routine.at,
            "repeats": -1,
        }
        if schedule.pk and all(getattr(schedule, field) == value for field, value in times.items()):
            continue
        for field, value in times.items():
            setattr(schedule, field, value)
        schedule.next_run = next_time(routine.at) if routine.at else timezone.now()
        schedule.save()
    Schedule.objects.exclude(name__in=ROUTINES).delete()
    return sorted(ROUTINES)


def next_time(cron: str) -> dt.datetime:
    """The next moment at which clocks in London show the time of this line."""
    now = dt.datetime.now(LONDON)
    moment = dt.datetime.combine(now.date(), _clock(cron), LONDON)
    return moment if moment > now else dt.datetime.combine(now.date() + dt.timedelta(days=1), _clock(cron), LONDON)


def _clock(cron: str) -> dt.time:
    """Read ``"30 2 * * *"`` as half past two. Raises ValueError for any other kind of line."""
    found = re.fullmatch(r"(\d{1,2}) (\d{1,2}) \* \* \*", cron)
    if not found:
        raise ValueError(f"{cron!r} is not a time of the night, such as '30 2 * * *'")
    return dt.time(int(found[2]), int(found[1]))
