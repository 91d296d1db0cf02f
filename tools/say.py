"""How the commands speak: what is happening, and one plain sentence when something is missing."""

import sys


class Problem(Exception):  # noqa: N818  # not an error of the program: something to put right
    """Something the person at the keyboard has to put right; its text says what to do next."""


def say(text: str = "") -> None:
    """Print a line at once, also into a file or a pipe."""
    print(text, flush=True)


def complain(text: str) -> None:
    """Print a problem where problems go."""
    sys.stdout.flush()
    print(text, file=sys.stderr, flush=True)
