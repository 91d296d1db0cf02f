"""The lock files: every package and its hashes for every platform, and no word of where they came from."""

import os
import re
from pathlib import Path

from tools import places
from tools.process import run_quietly
from tools.python_env import find_uv, pinned_uv
from tools.say import Problem, say

COMPILE = ["pip", "compile", "--quiet", "--no-config", "--universal", "--generate-hashes", "--python-version", "3.11"]
SILENT = ["--no-header", "--no-annotate"]
LEAK = re.compile(r"https?:|file:|index-url|find-links")

NAMES = {
    "dev": ["pyproject.toml", "--group", "dev"],
    "runtime": ["pyproject.toml", "--constraint", "requirements/dev.txt"],
    "postgres": ["--group", "pyproject.toml:postgres"],
    "node": ["--group", "pyproject.toml:node"],
    "uv": ["--group", "pyproject.toml:uv"],
}


def lock(upgrade: bool = False) -> None:
    """Write every lock again; versions stay unless pyproject.toml no longer allows them or `upgrade` is given.

    `dev` comes first and binds `runtime`, so that the demonstration runs the very versions the tests ran.
    """
    uv = _compiler()
    for name, sources in NAMES.items():
        say(f"Locking {name} …")
        target = f"requirements/{name}.txt"
        run_quietly(
            [uv, *COMPILE, *SILENT, *sources, *(["--upgrade"] if upgrade else []), "--output-file", target],
            cwd=places.ROOT,
            otherwise=f"{target} could not be locked (uv's words are above).",
        )
        _refuse_a_leak(places.ROOT / target)
    say("Locking the front end …")
    run_quietly(
        ["npm", "install", "--package-lock-only"],
        cwd=places.ROOT,
        otherwise="package-lock.json could not be locked (npm's words are above).",
    )
    _refuse_a_leak(places.ROOT / "package-lock.json")


def _compiler() -> Path:
    """Return uv for the first lock ever, and from then on the uv our lock names, so that locks come out the same."""
    uv = pinned_uv() if (places.REQUIREMENTS / "uv.txt").exists() else find_uv()
    if uv is None:
        raise Problem("Locking needs uv: install it, then run ./run lock again.")
    return uv


def _refuse_a_leak(file: Path) -> None:
    """Stop when a lock names a host or a path: it would work on one machine only."""
    if LEAK.search(file.read_text(encoding="utf-8")):
        raise Problem(f"{os.path.relpath(file, places.ROOT)} names a host or a path; it must name packages only.")
