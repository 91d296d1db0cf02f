"""A program for the crash test: on every line of its input it forks a worker that delivers messages until it is killed."""

from __future__ import annotations

import os
import signal
import sys
import time

import django


def main() -> None:
    django.setup()
    from django.conf import settings

    import tests.core.mail  # noqa: F401  read once here and not in every worker
    from safety_partners.core import outbox  # noqa: F401

    settings.EMAIL_BACKEND = "tests.core.mail.AppendingBackend"
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for _line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            work()
        print(pid, flush=True)


def work() -> None:
    from safety_partners.core import outbox

    while os.getppid() > 1:
        outbox.deliver(limit=20)
        time.sleep(0.005)
    os._exit(0)


if __name__ == "__main__":
    main()
