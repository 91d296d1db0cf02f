"""The short address of an advert, as it stands on a poster: it survives being typed by anybody on any keyboard."""

from __future__ import annotations

import re
import secrets

# Of the signs that look alike, one stands for all. What is left is 23 signs, and too few vowels to spell anything.
LOOKS_LIKE = str.maketrans({"O": "0", "Q": "0", "D": "0", "I": "1", "L": "1", "Z": "2", "S": "5", "G": "6", "B": "8", "U": "V"})
SIGNS = "0123456789CHJKMNPRTVWXY"
LENGTH = 6


def new_address() -> str:
    """A new address such as ``7K2M0X``."""
    return "".join(secrets.choice(SIGNS) for _ in range(LENGTH))


def tidy(typed: str) -> str:
    """The address that was meant: capitals or not, spaces or dashes, o for 0, i or l for 1 and the like."""
    return re.sub(r"[^0-9A-Z]", "", typed[:100].upper()).translate(LOOKS_LIKE)
