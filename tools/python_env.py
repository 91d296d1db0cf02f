"""Python environments made from lock files: `.venv` for the product, small ones for what only the commands use."""

import functools
import shutil
import subprocess
import sys
from pathlib import Path

from tools import places, stamps
from tools.process import one_at_a_time, run_quietly
from tools.say import Problem, complain, say

OFFLINE = (
    "The Python packages could not be installed (the installer's words are above). "
    "Check that this machine is online, then run the same command again."
)


def prepare(kind: str) -> None:
    """Bring `.venv` to a lock: `runtime`, or `dev`, which holds all of runtime at the same versions.

    An environment that once had the development packages keeps them, so that trying the demonstration between two
    test runs costs nothing.
    """
    if stamps.read(places.VENV).startswith("dev "):
        kind = "dev"
    sync(places.VENV, kind, "the Python packages" if kind == "runtime" else "the Python packages for development")


def sync(folder: Path, lock: str, what: str) -> Path:
    """Make an environment hold what a lock names and nothing else; return its folder of programs."""
    requirements = places.REQUIREMENTS / f"{lock}.txt"
    wanted = f"{lock} {stamps.checksum(requirements)}"
    with one_at_a_time():
        if not _works(folder):
            _create(folder)
        if stamps.read(folder) != wanted:
            say(f"Installing {what} …")
            _install(folder, requirements)
            stamps.write(folder, wanted)
    return folder / "bin"


def _works(folder: Path) -> bool:
    """An environment stops working when the Python it was made from is removed."""
    python = folder / "bin" / "python"
    try:
        done = subprocess.run([python, "-c", "import sys; sys.exit(sys.version_info < (3, 11))"], check=False)
    except OSError:
        return False
    return done.returncode == 0


def _create(folder: Path, *, with_pip: bool = False) -> None:
    """Make an environment; no pip goes in unless asked for, which saves seconds."""
    shutil.rmtree(folder, ignore_errors=True)
    run_quietly(
        [sys.executable, "-m", "venv", *([] if with_pip else ["--without-pip"]), folder],
        otherwise=f"The environment {folder} could not be made. Check that the disk has room and may be written to.",
    )


def _install(folder: Path, requirements: Path) -> None:
    """Install exactly a lock file, every package checked against its hash.

    Where uv cannot, pip is asked: a machine may know its mirror by pip's settings only.
    """
    python = folder / "bin" / "python"
    uv = find_uv()
    if uv is not None:
        try:
            run_quietly(
                [uv, "pip", "sync", "--require-hashes", "--compile-bytecode", "--python", python, requirements],
                otherwise="uv could not install the packages (its words are above); trying pip.",
            )
        except Problem as problem:
            complain(str(problem))
        else:
            return
    run_quietly(
        [pip_python(), "-m", "pip", "--python", python, "install", "--require-hashes", "-r", requirements],
        otherwise=OFFLINE,
    )


@functools.cache
def find_uv() -> Path | None:
    """Return uv: the machine's, else our own from its lock, else nothing, and pip does its work slowly."""
    found = shutil.which("uv")
    if found and _answers(Path(found)):
        return Path(found)
    return pinned_uv()


def pinned_uv() -> Path | None:
    """Return the uv our lock names, installed by pip with its hash checked; nothing where it cannot be had."""
    uv = places.TOOLS_VENV / "bin" / "uv"
    lock = places.REQUIREMENTS / "uv.txt"
    wanted = stamps.checksum(lock)
    if stamps.read(places.TOOLS_VENV) == wanted and _answers(uv):
        return uv
    say("Installing uv …")
    try:
        run_quietly(
            [pip_python(), "-m", "pip", "install", "--disable-pip-version-check", "--require-hashes", "-r", lock],
            otherwise="uv could not be installed; pip does its work instead, more slowly.",
        )
    except Problem as problem:
        complain(str(problem))
        return None
    stamps.write(places.TOOLS_VENV, wanted)
    return uv if _answers(uv) else None


def pip_python() -> Path:
    """Return the Python of the tools environment, the one that has pip."""
    python = places.TOOLS_VENV / "bin" / "python"
    if not _works(places.TOOLS_VENV):
        _create(places.TOOLS_VENV, with_pip=True)
    return python


def _answers(program: Path) -> bool:
    """Whether a program runs at all: version managers leave names on the path that lead nowhere."""
    try:
        return subprocess.run([program, "--version"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def node_folder() -> Path:
    """Return a folder with npm and node, from the Python package index."""
    return sync(places.BUILD / "node", "node", "npm, which this machine lacks")
