"""A server on this machine, people who sign in, and what each page costs it."""

from __future__ import annotations

import gzip
import http.client
import os
import re
import socket
import statistics
import subprocess
import sys
import time
import urllib.parse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

from django.db import connection


@contextmanager
def serving(workers: int = 2) -> Iterator[Server]:
    """The product under gunicorn with the benchmark's settings."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "safety_partners.config.wsgi:application", "--worker-class", "gthread"]
    process = subprocess.Popen(
        [
            *command,
            "--workers",
            str(workers),
            "--threads",
            "4",
            "--bind",
            f"127.0.0.1:{port}",
            "--log-level",
            "warning",
            "--keep-alive",
            "75",
            "--no-control-socket",
        ],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "benchmarks.settings", "SAFETY_PARTNERS_ADDRESS": f"http://127.0.0.1:{port}"},
    )
    server = Server(port, process.pid)
    try:
        server.wait()
        yield server
    finally:
        process.terminate()
        process.wait(timeout=30)


@dataclass
class Server:
    """Where it answers, and the CPU time its processes and the database's have used."""

    port: int
    pid: int
    has_database_server: bool = connection.vendor == "postgresql"

    def wait(self) -> None:
        for _attempt in range(300):
            try:
                Person(self).get("/accessibility/")
            except OSError:
                time.sleep(0.1)
            else:
                return
        raise SystemExit("The server did not start.")

    def cpu(self) -> float:
        """Seconds of CPU used so far by the workers and by every process that works for the database."""
        return sum(_cpu_of(pid) for pid in self._processes())

    def _processes(self) -> list[int]:
        pids = _database_processes() if self.has_database_server else []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                parent = (folder / "stat").read_text().rsplit(")", 1)[1].split()[1]
            except OSError:
                continue
            if int(parent) == self.pid:
                pids.append(int(folder.name))
        return pids


def _database_processes() -> list[int]:
    """Those that work for this database, and not for another one on the machine."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
        return [pid for (pid,) in cursor.fetchall()]


def _cpu_of(pid: int) -> float:
    """What the scheduler counted for each thread, in nanoseconds; the clock of /proc/<pid>/stat steps by ten milliseconds."""
    used = 0
    for task in Path(f"/proc/{pid}/task").glob("*/schedstat"):
        try:
            used += int(task.read_text().split()[0])
        except OSError:  # it ended meanwhile
            continue
    return used / 1e9


@dataclass
class Person:
    """A browser with cookies and one connection that is kept open."""

    server: Server
    cookies: dict[str, str] = field(default_factory=dict)
    connection: http.client.HTTPConnection | None = None

    def get(self, path: str, **headers: str) -> Answer:
        return self._ask("GET", path, None, headers)

    def post(self, path: str, fields: dict[str, str], **headers: str) -> Answer:
        body = urllib.parse.urlencode(fields)
        return self._ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded", **headers})

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Answer:
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=120)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        started = time.perf_counter()
        self.connection.request(method, path, body, {"Cookie": cookies, "Accept-Encoding": "gzip", **headers})
        response = self.connection.getresponse()
        content = response.read()
        seconds = time.perf_counter() - started
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                cookie, _rest = value.split(";", 1)
                key, _sign, given = cookie.partition("=")
                self.cookies[key] = given
        return Answer(response.status, dict(response.getheaders()), content, seconds)

    def sign_in(self, name: str) -> None:
        """Press the button of an invented person, as anyone would on the demonstration's page."""
        page = self.get("/demonstration/").text
        for form in re.findall(r"<form.*?</form>", page, re.DOTALL):
            if name in unescape(re.sub(r"<[^>]+>", " ", form)) or name in unescape(form):
                action = re.search(r'action="([^"]*)"', form)
                fields = hidden_fields(form) | button_field(form)
                answer = self.post(unescape(action.group(1)) if action and action.group(1) else "/demonstration/", fields)
                if answer.status == 302:
                    return
        raise SystemExit(f"{name} could not sign in.")

    def sign_in_as(self, code: str) -> None:
        """The same by the code of a membership, where more people are invented than the page shows."""
        fields = hidden_fields(self.get("/demonstration/").text) | {"member": code}
        if self.post("/demonstration/", fields).status != 302:
            raise SystemExit(f"{code} could not sign in.")


def hidden_fields(html: str) -> dict[str, str]:
    """The hidden inputs of a form, as a browser would send them."""
    fields = {}
    for tag in re.findall(r'<input[^>]*type="hidden"[^>]*>', html):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name:
            fields[name.group(1)] = unescape(value.group(1)) if value else ""
    return fields


def button_field(html: str) -> dict[str, str]:
    tag = re.search(r'<button[^>]*name="([^"]*)"[^>]*value="([^"]*)"', html)
    return {tag.group(1): unescape(tag.group(2))} if tag else {}


@dataclass(frozen=True)
class Answer:
    """What came back, and how long it took."""

    status: int
    headers: dict[str, str]
    content: bytes
    seconds: float

    @property
    def text(self) -> str:
        content = gzip.decompress(self.content) if self.headers.get("Content-Encoding") == "gzip" else self.content
        return content.decode()

    @property
    def zipped(self) -> int:
        """Bytes as a server or proxy that compresses would send them."""
        return len(gzip.compress(self.text.encode(), 6))


@dataclass(frozen=True)
class Figures:
    """One page's figures."""

    queries: int
    cpu_ms: float
    p50_ms: float
    p95_ms: float
    a_second: float
    kilobytes: float


Act = Callable[[], Answer]


def measure(server: Server, act: Act, bare: Act, rounds: int, batch: int = 10) -> tuple[Figures, Figures]:
    """Run the page and the bare view by turns, so that both meet the same machine; returns the figures of both."""
    for warm in (act, bare, act, bare):
        expect_ok(warm())
    used = {"page": 0.0, "bare": 0.0}
    times: dict[str, list[float]] = {"page": [], "bare": []}
    sizes: dict[str, int] = {}
    for _round in range(max(1, rounds // batch)):
        for name, do in (("page", act), ("bare", bare)):
            before = server.cpu()
            for _time in range(batch):
                answer = do()
                expect_ok(answer)
                times[name].append(answer.seconds * 1000)
                sizes[name] = answer.zipped if answer.content else 0
            used[name] += server.cpu() - before
    return (_figures(used["page"], times["page"], sizes["page"]), _figures(used["bare"], times["bare"], sizes["bare"]))


def expect_ok(answer: Answer) -> None:
    if answer.status >= 400:
        raise SystemExit(f"A page answered {answer.status}: {answer.text[:400]}")


def _figures(cpu: float, times: list[float], size: int) -> Figures:
    ordered = sorted(times)
    return Figures(
        queries=0,
        cpu_ms=cpu * 1000 / len(times),
        p50_ms=statistics.median(ordered),
        p95_ms=ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))],
        a_second=1000 * len(times) / sum(times),
        kilobytes=size / 1024,
    )
