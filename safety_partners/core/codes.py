"""Short codes for people: ``INS-7KQ3M2XB``, easy to read aloud and hard to mistype."""

from __future__ import annotations

import re
import secrets

# Thirty signs: no I, L, O, U, 0 or 1, which look or sound like others.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8
PATTERN = re.compile(rf"[A-Z]{{3}}-[{ALPHABET}]{{{LENGTH}}}\Z")


def new_code(prefix: str) -> str:
    """Return a new random code such as ``INS-7KQ3M2XB``.

    Eight signs of thirty make 6.5e11 codes: among a million records a new one collides about once in 650,000 times.
    The unique constraint catches that, and the command is tried again with another code.
    """
    return f"{prefix}-{''.join(secrets.choice(ALPHABET) for _ in range(LENGTH))}"


def tidy(typed: str) -> str:
    """Return what somebody typed or read aloud as a code: capitals, no spaces, the dash in its place."""
    signs = re.sub(r"[^0-9A-Za-z]", "", typed).upper()
    return f"{signs[:3]}-{signs[3:]}" if len(signs) > 3 else signs
