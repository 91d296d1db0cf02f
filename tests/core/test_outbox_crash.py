"""Workers killed at any moment lose no message and send none twice."""

from __future__ import annotations

import collections
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from safety_partners.core import outbox
from safety_partners.core.models import Message
from tests.core.test_outbox import make_message

MESSAGES = 800  # as many as one send to everybody in a large organisation
KILLS = 24


def address_of_database() -> str:
    """The ``DATABASE_URL`` of the database this test stands on."""
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{given['NAME']}"
    parts = {"host": given["HOST"], "user": given["USER"], "port": given["PORT"], "password": given["PASSWORD"]}
    return f"postgresql:///{given['NAME']}?{urlencode({name: value for name, value in parts.items() if value})}"


@pytest.fixture
def workers(racing_db, tmp_path):
    """A program that forks workers on demand; each starts with connections of its own."""
    environment = {
        **os.environ,
        "DATABASE_URL": address_of_database(),
        "DJANGO_SETTINGS_MODULE": "safety_partners.config.settings",
        "MAIL_TEST_FILE": str(tmp_path / "sent"),
    }
    (tmp_path / "sent").touch()
    program = subprocess.Popen(
        [sys.executable, "-m", "tests.core.deliver_until_killed"],
        env=environment,
        cwd=settings.BASE,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )

    def start() -> int:
        program.stdin.write("go\n")
        program.stdin.flush()
        return int(program.stdout.readline())

    yield start
    program.stdin.close()
    program.wait(10)
    program.stdout.close()


def is_alive(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


def wait_until(happened: Callable[[], bool]) -> None:
    give_up = time.monotonic() + 10
    while not happened():
        assert time.monotonic() < give_up, "the workers do nothing"
        time.sleep(0.002)


def test_no_message_is_lost_and_none_is_sent_twice_however_workers_die(workers, tmp_path, monkeypatch):
    sent_file = tmp_path / "sent"
    for number in range(MESSAGES):
        make_message(f"p{number}@example.org")
    for _ in range(KILLS // 2):
        if Message.objects.filter(status="waiting").count() < MESSAGES // 5:
            break
        before, pids = sent_file.stat().st_size, [workers(), workers()]
        wait_until(lambda size=before: sent_file.stat().st_size > size)
        for pid in pids:
            time.sleep(random.uniform(0, 0.06))
            os.kill(pid, signal.SIGKILL)
        wait_until(lambda pids=pids: not any(map(is_alive, pids)))
        Message.objects.filter(lease_until__isnull=False).update(lease_until=timezone.now())
        Message.objects.filter(status="waiting").update(not_before=timezone.now())

    sent = collections.Counter(sent_file.read_text().split())
    assert set(sent.values()) == {1}, "a message was sent twice"
    outbox.recover()
    for message in Message.objects.all():
        went = f"<{message.code}@{settings.MAIL_DOMAIN}>" in sent
        assert message.status in ({"sent", "in doubt"} if went else {"waiting", "in doubt"})
    by_status = collections.Counter(Message.objects.values_list("status", flat=True))
    assert by_status["in doubt"], "no worker was caught while it was sending: the test proves nothing"
    assert by_status["sent"], "no worker lived long enough to send: the test proves nothing"
    assert sum(by_status.values()) == MESSAGES

    waiting = by_status["waiting"]
    assert outbox.deliver(limit=MESSAGES) == waiting
    assert not Message.objects.exclude(status__in=["sent", "in doubt"]).exists()
