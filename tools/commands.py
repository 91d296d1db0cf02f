"""The commands of `./run`."""

import argparse
import contextlib
import subprocess
import time
from collections.abc import Callable, Sequence

from tools import demo, frontend, locks, places, postgres, python_env, stopping, suite
from tools.say import Problem, complain, say

HELP = """\
Safety Partners

  ./run demo [--port N] [--fresh]     set up and run the product with a demonstration organisation
  ./run test                          set up and run every check and test: SQLite, PostgreSQL, browser
  ./run test lint                     style, format, import floors, types
  ./run test sqlite [pytest options]  the tests on SQLite
  ./run test postgres [options]       the tests on a PostgreSQL server started for them
  ./run test journeys [options]       the tests in a browser
  ./run manage …                      Django's commands, on the demonstration's data
  ./run bench [--postgres] …          the benchmarks
  ./run postgres                      a PostgreSQL server to develop with, until Ctrl-C
  ./run lock [--upgrade]              write the lock files again from pyproject.toml and package.json
  ./run help                          this list
"""


def main(arguments: Sequence[str]) -> int:
    """Run a command; return its exit code. What a person has to put right is one sentence, not a traceback."""
    name, *rest = arguments or ["help"]
    command = COMMANDS.get(name)
    if command is None:
        complain(f"There is no command {name!r}.\n\n{HELP}")
        return 2
    stopping.listen()
    try:
        return command(rest)
    except Problem as problem:
        complain(str(problem))
        return 1
    except stopping.Stopped as stopped:
        say("Stopped.")
        return 0 if name in {"demo", "postgres"} else stopped.exit_code


def _help(_arguments: Sequence[str]) -> int:
    say(HELP.rstrip())
    return 0


def _port(word: str) -> int:
    """Read a port's number, or say what one is."""
    if not word.isdecimal() or not 1 <= int(word) <= 65535:
        raise argparse.ArgumentTypeError("a port is a number from 1 to 65535")
    return int(word)


def _demo(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="./run demo", description="Run the product with a demonstration organisation.")
    parser.add_argument("--port", type=_port, default=8000, help="where it answers (8000)")
    parser.add_argument("--fresh", action="store_true", help="start the demonstration organisation over")
    options = parser.parse_args(arguments)
    return demo.run(options.port, fresh=options.fresh)


def _test(arguments: Sequence[str]) -> int:
    part = suite.part_of(arguments[0]) if arguments else None
    return suite.run(part, list(arguments[1:]))


def _manage(arguments: Sequence[str]) -> int:
    return demo.manage(list(arguments))


def _bench(arguments: Sequence[str]) -> int:
    """Run the benchmarks, with a PostgreSQL of their own when asked."""
    if not (places.ROOT / "benchmarks" / "__main__.py").exists():
        raise Problem("There are no benchmarks yet: benchmarks/__main__.py is missing.")
    python_env.prepare("dev")
    frontend.prepare()
    with contextlib.ExitStack() as leaving:
        surroundings = demo.settings(data=places.ROOT / "var" / "bench")
        if "--postgres" in arguments:
            surroundings["DATABASE_URL"] = leaving.enter_context(postgres.server())
        words = [word for word in arguments if word != "--postgres"]
        process = subprocess.Popen([places.PYTHON, "-m", "benchmarks", *words], cwd=places.ROOT, env=surroundings, start_new_session=True)
        leaving.callback(stopping.end, process)
        return process.wait()


def _postgres(_arguments: Sequence[str]) -> int:
    python_env.prepare("dev")
    with postgres.server() as address:
        say(f"\n  {address}\n\n  export DATABASE_URL='{address}'\n  Press Ctrl-C to stop it.\n")
        while True:
            time.sleep(3600)


def _lock(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="./run lock", description="Write the lock files again.")
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions allowed")
    locks.lock(upgrade=parser.parse_args(arguments).upgrade)
    return 0


COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    "help": _help,
    "--help": _help,
    "-h": _help,
    "demo": _demo,
    "test": _test,
    "manage": _manage,
    "bench": _bench,
    "postgres": _postgres,
    "lock": _lock,
}
