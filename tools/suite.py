"""The tests: what is run, in which order, and how it is told.

Two lanes run side by side, because neither keeps two cores busy alone: the checks and then the journeys in one, the
tests on SQLite and then on PostgreSQL in the other. A step's words go to a file and are shown whole when it fails, so
that the lanes never mix; a single step asked for by name speaks directly.
"""

import contextlib
import os
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from tools import browser, frontend, places, postgres, python_env, stopping
from tools.process import environment
from tools.say import Problem, complain, say

PARTS = ("lint", "sqlite", "postgres", "journeys")
NEVER_RAN = 127
OWN_SURROUNDINGS = ("DATABASE_URL*", "DJANGO_SETTINGS_MODULE", "SAFETY_PARTNERS_[!R]*")


@dataclass(frozen=True, eq=False)
class Step:
    """One program of the suite, and what it must find around it."""

    name: str
    command: Sequence[str | Path]
    scratch: Path
    surroundings: dict[str, str] = field(default_factory=dict)
    counts_tests: bool = False

    @property
    def log(self) -> Path:
        """Where its words go."""
        return self.scratch / f"{self.name}.log"

    @property
    def report(self) -> Path:
        """Where pytest counts its tests."""
        return self.scratch / f"{self.name}.xml"

    def keep(self) -> None:
        """Leave words and counts where they can be read after the run."""
        places.RESULTS.mkdir(parents=True, exist_ok=True)
        for file in (self.log, self.report):
            if file.exists():
                shutil.copy(file, places.RESULTS / file.name)


@dataclass(frozen=True)
class Counts:
    """What pytest counted."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped)

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed" + (f", {self.skipped} skipped" if self.skipped else "")


@dataclass(frozen=True)
class Outcome:
    """How a step ended."""

    step: Step
    code: int
    seconds: float
    counts: Counts

    def __str__(self) -> str:
        told = f"  {self.counts}" if self.step.counts_tests else ""
        return f"{'ok    ' if self.code == 0 else 'FAILED'} {self.step.name:<12} {self.seconds:6.1f} s{told}"


def run(part: str | None, options: Sequence[str]) -> int:
    """Install what is needed, run all parts or one, and tell how each ended."""
    started = time.monotonic()
    python_env.prepare("dev")
    frontend.prepare()
    wanted = PARTS if part is None else (part,)
    chromium = browser.provide() if "journeys" in wanted else None
    with contextlib.ExitStack() as leaving:
        address = leaving.enter_context(postgres.server()) if "postgres" in wanted else None
        scratch = Path(leaving.enter_context(tempfile.TemporaryDirectory(prefix="sp-tests-", ignore_cleanup_errors=True)))
        say(f"Ready after {time.monotonic() - started:.1f} s.")
        lanes = _lanes(wanted, scratch, address, chromium, options)
        outcomes = Run(direct=part is not None and part != "lint").all(lanes)
    return _tell(outcomes, time.monotonic() - started)


def _lanes(wanted: Sequence[str], scratch: Path, address: str | None, chromium: Path | None, options: Sequence[str]) -> list[list[Step]]:
    """Return the steps of each lane."""
    made = {"lint": lint(scratch), "sqlite": [], "postgres": [], "journeys": []}
    made["sqlite"] = [tests("sqlite", scratch, options)]
    if address:
        made["postgres"] = [tests("postgres", scratch, options, DATABASE_URL=address)]
    if chromium:
        made["journeys"] = [static_files(scratch), journeys(scratch, chromium, options)]
    lanes = [[step for part in lane if part in wanted for step in made[part]] for lane in (("lint", "journeys"), ("sqlite", "postgres"))]
    return [lane for lane in lanes if lane]


def _surroundings(name: str, scratch: Path) -> dict[str, str]:
    """What every step is given: a mode that is not production's, and folders that go afterwards."""
    static = scratch / f"{name}-static"
    static.mkdir(exist_ok=True)
    return {
        "SAFETY_PARTNERS_MODE": "development",
        "SAFETY_PARTNERS_DATA": str(scratch / name),
        "SAFETY_PARTNERS_STATIC": str(static),
    }


def lint(scratch: Path) -> list[Step]:
    """Everything that reads the code without running it."""
    programs = {
        "ruff": ["ruff", "check", "--output-format=concise", ".", "run"],
        "format": ["ruff", "format", "--check", "--output-format=concise", ".", "run"],
        "imports": ["lint-imports"],
        "types": ["mypy"],
    }
    return [
        Step(name, [places.VENV / "bin" / words[0], *words[1:]], scratch, _surroundings("lint", scratch))
        for name, words in programs.items()
    ]


def tests(name: str, scratch: Path, options: Sequence[str], **extra: str) -> Step:
    """The tests without a browser, on one database, on all cores."""
    command = ["-n", "auto", "--dist", "worksteal", "-p", "no:playwright", *_targets("tests", options)]
    return _pytest(name, command, scratch, extra)


def static_files(scratch: Path) -> Step:
    """The static files as they are served, compressed and named by content, so that journeys see what people get."""
    words: list[str | Path] = [places.PYTHON, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
    return Step("static", words, scratch, _surroundings("journeys", scratch))


def journeys(scratch: Path, chromium: Path, options: Sequence[str]) -> Step:
    """The tests with a browser, two at a time; traces of failures are kept, and nothing is run again to hide one."""
    kept = places.RESULTS / "journeys"
    watching = ["--browser", "chromium", "--tracing", "retain-on-failure", f"--output={kept}"]
    command = ["-n", "2", "--dist", "worksteal", *watching, *_targets("journeys", options)]
    extra = {"DJANGO_ALLOW_ASYNC_UNSAFE": "true", "CHROMIUM": str(chromium)}
    return _pytest("journeys", command, scratch, extra)


def _pytest(name: str, command: Sequence[str | Path], scratch: Path, extra: dict[str, str]) -> Step:
    """A run of pytest that leaves its counts in a file."""
    words = [places.PYTHON, "-m", "pytest", f"--junit-xml={scratch / f'{name}.xml'}", *command]
    return Step(name, words, scratch, {**_surroundings(name, scratch), **extra}, counts_tests=True)


def _targets(folder: str, options: Sequence[str]) -> list[str]:
    """The options as given, and the whole folder unless some of them name files."""
    names_files = any(not option.startswith("-") and (places.ROOT / option.split("::")[0]).exists() for option in options)
    return [*options, *([] if names_files else [folder])]


class Run:
    """Lanes of steps, run side by side; each told of when it ends."""

    def __init__(self, *, direct: bool) -> None:
        self.direct = direct
        self.outcomes: list[Outcome] = []
        self.running: set[subprocess.Popen[bytes]] = set()
        self.lock = threading.Lock()
        self.is_over = False

    def all(self, lanes: Sequence[Sequence[Step]]) -> list[Outcome]:
        """Run every lane to its end; when asked to stop, end every program first. What could not run has failed."""
        threads = [threading.Thread(target=self._lane, args=(lane,), daemon=True) for lane in lanes]
        try:
            for thread in threads:
                thread.start()
            while any(thread.is_alive() for thread in threads):
                time.sleep(0.1)
        finally:
            with self.lock:
                self.is_over = True
                left = list(self.running)
            for process in left:
                stopping.end(process)
            for thread in threads:
                thread.join()
        told = {outcome.step for outcome in self.outcomes}
        unheard = [step for lane in lanes for step in lane if step not in told]
        return [*self.outcomes, *(Outcome(step, NEVER_RAN, 0.0, count(step, NEVER_RAN)) for step in unheard)]

    def _lane(self, steps: Sequence[Step]) -> None:
        """Run steps one after another; a failure does not hide what the later ones would say."""
        for step in steps:
            outcome = self._step(step)
            with self.lock:
                if outcome is None or self.is_over:
                    return
                self.outcomes.append(outcome)
                self._tell(outcome)

    def _step(self, step: Step) -> Outcome | None:
        """Run one step; None when everything is over."""
        started = time.monotonic()
        with step.log.open("wb") as log:
            with self.lock:
                if self.is_over:
                    return None
                process = subprocess.Popen(
                    step.command,
                    cwd=places.ROOT,
                    env=environment(step.surroundings, without=OWN_SURROUNDINGS),
                    stdin=subprocess.DEVNULL,
                    stdout=None if self.direct else log,
                    stderr=None if self.direct else subprocess.STDOUT,
                    start_new_session=True,
                )
                self.running.add(process)
            code = process.wait()
        stopping.end(process)
        step.keep()
        with self.lock:
            self.running.discard(process)
        return Outcome(step, code, time.monotonic() - started, count(step, code))

    def _tell(self, outcome: Outcome) -> None:
        """Show a step's words when it failed, then how it ended."""
        if outcome.code != 0 and not self.direct:
            say(f"\n──── {outcome.step.name} ────\n{outcome.step.log.read_text(encoding='utf-8', errors='replace').rstrip()}\n────")
        say(str(outcome))


def count(step: Step, code: int) -> Counts:
    """Read what pytest counted; a run that ended badly without a failing test counts as one failure."""
    if not step.counts_tests:
        return Counts()
    try:
        suites = ElementTree.parse(step.report).getroot().iter("testsuite")  # noqa: S314  # pytest wrote it
        total = sum((_counts(suite.attrib) for suite in suites), Counts())
    except (OSError, ElementTree.ParseError):
        total = Counts()
    return total + Counts(failed=1) if code != 0 and total.failed == 0 else total


def _counts(suite: dict[str, str]) -> Counts:
    """The counts of one suite in pytest's report."""
    failed = int(suite["failures"]) + int(suite["errors"])
    skipped = int(suite["skipped"])
    return Counts(int(suite["tests"]) - failed - skipped, failed, skipped)


def _tell(outcomes: Sequence[Outcome], seconds: float) -> int:
    """Print every step's end, what to look at, and the closing line; return the exit code."""
    failed = [outcome.step.name for outcome in outcomes if outcome.code != 0]
    if len(outcomes) > 1:
        say("\nAll steps:")
        for outcome in outcomes:
            say(f"  {outcome}")
    if failed:
        complain(f"Failed: {', '.join(failed)}. The words of each step are in {os.path.relpath(places.RESULTS, places.ROOT)}/.")
    say(f"Finished in {seconds:.1f} s.")
    if any(outcome.step.counts_tests for outcome in outcomes):
        total = sum((outcome.counts for outcome in outcomes), Counts())
        say(f"{total.passed} passed, {total.failed} failed")
    return 1 if failed or not outcomes else 0


def part_of(word: str) -> str:
    """Return the name of a part, or say which there are."""
    if word not in PARTS:
        raise Problem(f"There is no part {word!r}. Say ./run test, or one of: {', '.join(f'./run test {part}' for part in PARTS)}.")
    return word
