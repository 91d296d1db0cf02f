"""Work by the clock and work for later: in the database, with the transaction, and found again after a crash."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from django_q.brokers import get_broker
from django_q.conf import Conf
from django_q.models import OrmQ, Schedule
from django_q.scheduler import scheduler

from safety_partners.core import schedule
from tests.core.test_outbox_crash import address_of_database

LONDON = ZoneInfo("Europe/London")


@pytest.fixture
def routines(monkeypatch):
    """No routines but those of the test."""
    monkeypatch.setattr(schedule, "ROUTINES", {})
    return schedule.ROUTINES


def tick():
    """Run every minute."""


def dream():
    """Run every night."""


MINUTELY, NIGHTLY = f"{__name__}.tick", f"{__name__}.dream"


@pytest.mark.django_db
class TestTimetable:
    def test_routines_are_written_into_the_database(self, routines):
        schedule.every(minutes=5)(tick)
        schedule.nightly("30 2 * * *")(dream)
        assert schedule.install() == [NIGHTLY, MINUTELY]
        minutely, nightly = Schedule.objects.get(name=MINUTELY), Schedule.objects.get(name=NIGHTLY)
        assert (minutely.schedule_type, minutely.minutes, minutely.repeats) == (Schedule.MINUTES, 5, -1)
        assert minutely.next_run <= timezone.now()
        assert (nightly.schedule_type, nightly.repeats) == (Schedule.DAILY, -1)
        assert timezone.now() < nightly.next_run <= timezone.now() + dt.timedelta(hours=25)
        assert nightly.next_run.astimezone(LONDON).time() == dt.time(2, 30)

    def test_writing_twice_changes_nothing_and_forgets_no_turn(self, routines):
        schedule.every(minutes=5)(tick)
        schedule.install()
        Schedule.objects.update(next_run=dt.datetime(2040, 1, 1, tzinfo=dt.UTC))
        schedule.install()
        assert Schedule.objects.get().next_run.year == 2040

    def test_a_changed_routine_goes_by_its_new_time(self, routines):
        schedule.nightly("30 2 * * *")(dream)
        schedule.install()
        schedule.nightly("45 3 * * *")(dream)
        schedule.install()
        assert Schedule.objects.get().next_run.astimezone(LONDON).time() == dt.time(3, 45)

    def test_removed_routines_go(self, routines):
        schedule.every(minutes=5)(tick)
        schedule.install()
        routines.clear()
        schedule.install()
        assert not Schedule.objects.exists()

    @pytest.mark.parametrize("line", ["30 2 * * 1", "*/5 * * * *", "30 2 1 * *", "25:30", "61 2 * * *", "30 24 * * *", ""])
    def test_a_line_that_is_no_time_of_the_night_is_refused_at_once(self, line):
        with pytest.raises(ValueError, match=r"time of the night|must be in"):
            schedule.nightly(line)

    @pytest.mark.parametrize(
        ("now", "moment"),
        [
            ("2026-03-28T12:00:00Z", "2026-03-29T01:30:00Z"),  # summer time begins that night
            ("2026-10-24T12:00:00Z", "2026-10-25T02:30:00Z"),  # and ends
            ("2026-07-01T00:00:00Z", "2026-07-01T01:30:00Z"),
            ("2026-07-01T01:30:00Z", "2026-07-02T01:30:00Z"),
        ],
    )
    def test_the_next_time_is_by_the_clocks_of_london(self, now, moment):
        with time_machine.travel(now, tick=False):
            assert schedule.next_time("30 2 * * *") == dt.datetime.fromisoformat(moment)

    @pytest.mark.parametrize("night", ["2026-03-28T02:31:00Z", "2026-10-24T01:31:00Z", "2026-06-01T01:31:00Z"])
    def test_the_night_after_is_at_the_same_time_in_summer_and_winter(self, routines, night):
        with time_machine.travel(night, tick=False):
            schedule.nightly("30 2 * * *")(dream)
            schedule.install()
            following = Schedule.objects.get()
            for _ in range(3):
                following.next_run = following.calculate_next_run()
                assert following.next_run.astimezone(LONDON).time() == dt.time(2, 30)

    def test_the_command_finds_the_routines_of_every_app(self, capsys):
        call_command("timetable")
        written = capsys.readouterr().out.split()
        assert "safety_partners.core.tasks.deliver_messages" in written
        assert set(written) == set(Schedule.objects.values_list("name", flat=True))

    def test_every_routine_names_a_function_that_exists(self):
        from django_q.worker import pydoc

        call_command("timetable", verbosity=0)
        assert all(callable(pydoc.locate(name)) for name in Schedule.objects.values_list("func", flat=True))


@pytest.mark.django_db
class TestLater:
    def test_a_task_is_queued_with_its_arguments(self):
        schedule.later(tick, 1, name="x")
        queued = OrmQ.objects.get()
        assert (queued.func(), queued.args(), queued.kwargs()["name"]) == (MINUTELY, (1,), "x")

    def test_a_task_is_queued_only_if_the_transaction_is_kept(self):
        with transaction.atomic():
            schedule.later(tick)
            transaction.set_rollback(True)
        assert not OrmQ.objects.exists()


def test_the_scheduler_queues_what_is_due_and_nothing_else(transactional_db, routines):
    """With every kind of routine in the table: one that it could not read would stop them all."""
    schedule.every(minutes=5)(tick)
    schedule.nightly("30 2 * * *")(dream)
    schedule.install()
    scheduler(broker=get_broker())
    assert [queued.func() for queued in OrmQ.objects.all()] == [MINUTELY]
    scheduler(broker=get_broker())
    assert OrmQ.objects.count() == 1


def test_a_task_is_given_to_another_worker_only_after_the_first_was_stopped():
    """Otherwise the same work would run twice at once."""
    assert Conf.RETRY > Conf.TIMEOUT + 30
    assert Conf.ORM == "default"
    assert Conf.ACK_FAILURES is False
    assert 1 < Conf.MAX_ATTEMPTS <= 10


def crash_once(path: str) -> None:
    """A task that stops the whole program the first time, as a lost machine would, and succeeds the second time."""
    with open(path, "a") as file:  # noqa: PTH123 - short
        file.write("x")
    if os.path.getsize(path) == 1:  # noqa: PTH202
        os.killpg(0, signal.SIGKILL)


@contextmanager
def cluster(**also):
    """A background worker as in production, but impatient."""
    program = (
        "import os, django; from django.conf import settings; os.setpgrp();"
        "settings.Q_CLUSTER.update(timeout=1, retry=2, poll=0.1, guard_cycle=0.1);"
        "django.setup(); from django_q.cluster import Cluster; c = Cluster(); c.start(); c.sentinel.join()"
    )
    environment = {
        **os.environ,
        "DATABASE_URL": address_of_database(),
        "DJANGO_SETTINGS_MODULE": "safety_partners.config.settings",
        "SAFETY_PARTNERS_SECRET": settings.SECRET_KEY,  # noqa: TID251 - the queue is signed with it
    }
    started = subprocess.Popen([sys.executable, "-c", program], env=environment, cwd=settings.BASE, stderr=subprocess.DEVNULL)
    try:
        yield started
    finally:
        if started.poll() is None:
            started.terminate()
            try:
                started.wait(5)
            except subprocess.TimeoutExpired:
                os.killpg(started.pid, signal.SIGKILL)
        started.wait()


def test_the_task_of_a_program_that_was_killed_is_done_by_the_next_one(racing_db, tmp_path):
    path = tmp_path / "runs"
    schedule.later(crash_once, str(path))
    with cluster() as first:
        first.wait(10)
    assert first.returncode == -signal.SIGKILL
    assert path.read_text() == "x"
    assert OrmQ.objects.count() == 1, "the task must still be in the queue"
    with cluster():
        give_up = time.monotonic() + 10
        while OrmQ.objects.exists() and time.monotonic() < give_up:
            time.sleep(0.05)
    assert path.read_text() == "xx"
    assert not OrmQ.objects.exists()
