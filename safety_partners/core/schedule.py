"""Work that is done later and again and again: tasks in the database, with retry, schedule and recovery (django-q2)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django_q.models import Schedule
from django_q.tasks import async_task

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
    """Run the function by a cron line such as ``"30 2 * * *"``, London time."""

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
    for routine in ROUTINES.values():
        kind = Schedule.MINUTES if routine.minutes else Schedule.CRON
        Schedule.objects.update_or_create(
            name=routine.path,
            defaults={
                "func": routine.path,
                "schedule_type": kind,
                "minutes": routine.minutes or 1,
                "cron": routine.at,
                "repeats": -1,
            },
        )
    Schedule.objects.exclude(name__in=ROUTINES).delete()
    return sorted(ROUTINES)
