"""A whole running product for each journey, and visitors who look at its pages as people do."""

from __future__ import annotations

import datetime as dt
import fcntl
import http.client
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser

from journeys.visitor import Visitor

ROOT = Path(__file__).resolve().parent.parent
LONDON = ZoneInfo("Europe/London")
QUIET = ["--log-level", "warning", "--no-control-socket"]
# A line that the server closes after a moment of rest may be closed just as a slow browser asks again.
PATIENT = ["--keep-alive", "600"]


class Site:
    """A product that runs: its address, its data, its commands, and what day it believes it is."""

    def __init__(self, data: Path, log: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.surroundings = _surroundings(data, self.address)
        self.log = log

    def start(self) -> None:
        """Serve, and wait until it answers."""
        command = [sys.executable, "-m", "gunicorn", "safety_partners.config.wsgi:application", "--worker-class", "gthread"]
        with self.log.open("a") as log:
            self.server = subprocess.Popen(
                [*command, "--threads", "4", "--bind", f"127.0.0.1:{self.port}", *QUIET, *PATIENT],
                cwd=ROOT,
                env=self.surroundings,
                stdout=log,
                stderr=log,
            )
        _wait_for(self.port, self.server, self.log)

    def stop(self) -> None:
        self.server.terminate()
        self.server.wait(timeout=20)

    def go_on_to(self, day: dt.date) -> None:
        """Let the days go by until this one; everybody stays signed in."""
        self.stop()
        self.surroundings["SAFETY_PARTNERS_DAYS_AHEAD"] = str((day - dt.datetime.now(LONDON).date()).days)
        self.start()

    def manage(self, *arguments: str) -> str:
        """Run one of Django's commands beside the running product."""
        return _manage(self.surroundings, *arguments)

    def deliver(self) -> None:
        """Let the worker's minute come: the emails that wait are sent."""
        self.manage("deliver")


def _surroundings(data: Path, address: str) -> dict[str, str]:
    given = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return given | {
        "SAFETY_PARTNERS_MODE": "demonstration",
        "SAFETY_PARTNERS_DATA": str(data),
        "SAFETY_PARTNERS_ADDRESS": address,
        "DJANGO_SETTINGS_MODULE": "safety_partners.config.settings",
    }


def _manage(surroundings: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The data of a fresh demonstration, made once for all workers and copied for each journey."""
    shared = tmp_path_factory.getbasetemp()
    if worker_id != "master":
        shared = shared.parent
    data = shared / "prepared"
    with (shared / "prepared.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not data.exists():
            made = shared / "prepared-unfinished"
            shutil.rmtree(made, ignore_errors=True)
            surroundings = _surroundings(made, "http://127.0.0.1:1")
            _manage(surroundings, "migrate", "--noinput", "--verbosity", "0")
            _manage(surroundings, "demonstration")
            _manage(surroundings, "collectstatic", "--noinput", "--verbosity", "0")
            made.rename(data)
    return data


@pytest.fixture
def site(prepared: Path, tmp_path: Path) -> Iterator[Site]:
    """A running product with the demonstration's people, for one journey alone."""
    data = tmp_path / "data"
    shutil.copytree(prepared, data)
    made = Site(data, tmp_path / "server.log")
    try:
        made.start()
        yield made
    finally:
        made.stop()


def _wait_for(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 40
    while time.monotonic() < until and server.poll() is None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            connection.request("GET", "/accessibility/")
            connection.getresponse()
        except OSError:
            time.sleep(0.1)
        else:
            return
        finally:
            connection.close()
    raise AssertionError(f"the server did not start: {log.read_text()}")


@pytest.fixture
def visit(site: Site, browser: Browser) -> Iterator[Callable[..., Visitor]]:
    """Open the product as somebody: ``visit("Anjali Mistry")``; without a name, as a visitor who has not signed in."""
    contexts = []

    def open_as(name: str = "", *, width: int = 1280, scripts: bool = True) -> Visitor:
        context = browser.new_context(
            base_url=site.address, viewport={"width": width, "height": 900}, java_script_enabled=scripts, locale="en-GB"
        )
        contexts.append(context)
        visitor = Visitor(context.new_page(), scripts=scripts)
        if name:
            visitor.sign_in_as(name)
        return visitor

    yield open_as
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    """The browser that ``./run test`` found or installed."""
    path = os.environ.get("CHROMIUM")
    flags = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update"]
    return browser_type_launch_args | ({"executable_path": path} if path else {}) | {"args": flags}
