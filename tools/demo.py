"""The demonstration: the whole product on this machine, with a made-up organisation and SQLite."""

import contextlib
import fcntl
import http.client
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from tools import frontend, places, python_env, stamps, stopping
from tools.process import environment
from tools.say import Problem, say

STATIC = places.BUILD / "static"
SOURCES = places.ROOT / "safety_partners"
HOST = "127.0.0.1"


def settings(port: int = 8000, data: Path = places.DEMO_DATA) -> dict[str, str]:
    """The environment the product runs in as a demonstration: on SQLite, whatever database this shell speaks of."""
    return {
        **environment(without=("DATABASE_URL*",)),
        "DJANGO_SETTINGS_MODULE": "safety_partners.config.settings",
        "SAFETY_PARTNERS_MODE": "demonstration",
        "SAFETY_PARTNERS_DATA": str(data),
        "SAFETY_PARTNERS_STATIC": str(STATIC),
        "SAFETY_PARTNERS_ADDRESS": f"http://{HOST}:{port}",
    }


def run(port: int, *, fresh: bool) -> int:
    """Set up what is missing, then serve until asked to stop."""
    refuse_a_port_in_use(port)
    python_env.prepare("runtime")
    frontend.prepare()
    with _alone(fresh):
        surroundings = settings(port)
        collect_static_files(surroundings)
        _manage(surroundings, "migrate", "--noinput", "--verbosity", "0")
        _manage(surroundings, "demonstration")
        _manage(surroundings, "timetable", "--verbosity", "0")
        return _serve(port, surroundings)


def refuse_a_port_in_use(port: int) -> None:
    """Say what to do about a port before spending a minute on anything else."""
    with socket.socket() as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((HOST, port))
        except PermissionError:
            raise Problem(f"Port {port} may not be used by this account. Choose one above 1023: ./run demo --port 8001") from None
        except OSError:
            raise Problem(
                f"Port {port} is in use by another program. Stop that program, or choose another port: ./run demo --port {port + 1}"
            ) from None


@contextlib.contextmanager
def _alone(fresh: bool) -> Iterator[None]:
    """Keep the demonstration's data from being removed under a running one; remove it first when asked."""
    places.DEMO_DATA.parent.mkdir(parents=True, exist_ok=True)
    with (places.DEMO_DATA.parent / "demo.lock").open("w") as lock:
        try:
            fcntl.flock(lock, (fcntl.LOCK_EX if fresh else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except OSError:
            raise Problem("The demonstration is running elsewhere. Stop it with Ctrl-C, then start over.") from None
        if fresh:
            shutil.rmtree(places.DEMO_DATA, ignore_errors=True)
            fcntl.flock(lock, fcntl.LOCK_SH)
        yield


def collect_static_files(surroundings: dict[str, str]) -> None:
    """Compress and name the static files by content, unless none has changed."""
    files = sorted(file for file in SOURCES.glob("**/static/**/*") if file.is_file())
    wanted = stamps.checksum(places.REQUIREMENTS / "runtime.txt", *files)
    if stamps.read(STATIC) != wanted:
        _manage(surroundings, "collectstatic", "--noinput", "--clear", "--verbosity", "0")
        stamps.write(STATIC, wanted)


def _manage(surroundings: dict[str, str], *arguments: str) -> None:
    """Run one of Django's commands; its own words explain a failure."""
    process = _start([places.PYTHON, "manage.py", *arguments], surroundings)
    try:
        code = process.wait()
    finally:
        stopping.end(process)
    if code != 0:
        raise Problem(
            f"manage.py {arguments[0]} failed (its words are above). If the data is an older version's: ./run demo --fresh starts over."
        )


def _serve(port: int, surroundings: dict[str, str]) -> int:
    """Run the worker and the web server until one of them ends or somebody stops us."""
    programs: dict[str, list[str | Path]] = {
        "The worker": [places.PYTHON, "manage.py", "qcluster"],
        "The web server": [
            places.PYTHON, "-m", "gunicorn", "safety_partners.config.wsgi:application",
            "--worker-class", "gthread", "--workers", "2", "--threads", "4", "--bind", f"{HOST}:{port}",
            "--graceful-timeout", "5", "--log-level", "warning",
        ],
    }  # fmt: skip
    with contextlib.ExitStack() as leaving:
        running = {}
        for name, command in programs.items():
            running[name] = _start(command, surroundings)
            leaving.callback(stopping.end, running[name])
        _wait_for_an_answer(port, running["The web server"])
        say(f"\n  Safety Partners is running at http://{HOST}:{port}/\n  Press Ctrl-C to stop it.\n")
        while True:
            for name, process in running.items():
                if process.poll() is not None:
                    raise Problem(f"{name} has stopped (its words are above), so the demonstration stops too.")
            time.sleep(0.5)


def _start(command: list[str | Path], surroundings: dict[str, str]) -> "subprocess.Popen[bytes]":
    """Start a program in a session of its own, so that Ctrl-C reaches us alone and we end it in order."""
    return subprocess.Popen(command, cwd=places.ROOT, env=surroundings, stdin=subprocess.DEVNULL, start_new_session=True)


def _wait_for_an_answer(port: int, process: "subprocess.Popen[bytes]", patience: float = 60) -> None:
    """Wait until the web server answers anything, so that the printed address works when it is read."""
    until = time.monotonic() + patience
    while process.poll() is None and time.monotonic() < until:
        connection = http.client.HTTPConnection(HOST, port, timeout=20)
        try:
            connection.request("GET", "/")
            connection.getresponse()
        except OSError:
            time.sleep(0.1)
        else:
            return
        finally:
            connection.close()
    raise Problem("The web server did not start (its words are above).")


def manage(arguments: list[str]) -> NoReturn:
    """Become one of Django's commands in the demonstration's environment."""
    python_env.prepare("runtime")
    frontend.prepare()
    os.chdir(places.ROOT)
    os.execve(places.PYTHON, [str(places.PYTHON), "manage.py", *arguments], settings())  # noqa: S606
