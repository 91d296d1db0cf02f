"""Running other programs."""

import contextlib
import fcntl
import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatch
from pathlib import Path

from tools import places
from tools.say import Problem, complain


def environment(
    extra: Mapping[str, str] | None = None, *, without: Sequence[str] = (), first_on_path: Path | None = None
) -> dict[str, str]:
    """Return this process's environment with additions, and without the names given (or beginning as given with `*`)."""
    result = {name: value for name, value in os.environ.items() if not any(fnmatch(name, pattern) for pattern in without)}
    result.update(extra or {})
    if first_on_path is not None:
        result["PATH"] = f"{first_on_path}{os.pathsep}{result.get('PATH', '')}"
    return result


def run_quietly(
    command: Sequence[str | Path],
    *,
    otherwise: str,
    cwd: Path | None = None,
    extra: Mapping[str, str] | None = None,
    first_on_path: Path | None = None,
) -> str:
    """Run a program and return what it said; if it fails, show its words and stop with a sentence of ours."""
    try:
        done = subprocess.run(
            [str(part) for part in command],
            cwd=cwd,
            env=environment(extra, first_on_path=first_on_path),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
    except OSError as error:
        raise Problem(f"{otherwise} ({error})") from error
    if done.returncode != 0:
        complain(done.stdout.rstrip())
        raise Problem(otherwise)
    return done.stdout


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Keep two commands started together from installing into the same folder."""
    places.BUILD.mkdir(parents=True, exist_ok=True)
    with (places.BUILD / "set-up.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
