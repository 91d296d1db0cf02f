"""Ctrl-C and SIGTERM end everything that was started: both unwind the stack, so that every `with` lets go."""

import contextlib
import os
import signal
import subprocess
from types import FrameType
from typing import NoReturn

REQUESTS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(BaseException):
    """Somebody asked us to stop; carries the exit code a shell expects."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.exit_code = 128 + number


def listen() -> None:
    """Turn the usual requests to stop into `Stopped`; nohup's wish is respected."""
    for request in REQUESTS:
        if request != signal.SIGHUP or signal.getsignal(request) != signal.SIG_IGN:
            signal.signal(request, _stop)


def _stop(number: int, _frame: FrameType | None) -> NoReturn:
    """Raise once; further requests while letting go are heard and do nothing."""
    for request in REQUESTS:
        signal.signal(request, lambda *_: None)
    raise Stopped(number)


def end(process: "subprocess.Popen[bytes]", patience: float = 10) -> None:
    """End a program started in a session of its own, with everything it started."""
    if process.poll() is None:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=patience)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(timeout=5)
