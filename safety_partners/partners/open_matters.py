"""What is still open when somebody leaves: each app above says its own, because this floor does not know them.

An app adds a function to :data:`matters` when it starts (``AppConfig.ready``); it is given a partner and yields what still
waits for them or for an answer to them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from safety_partners.core.policy import Sentence
from safety_partners.partners.models import Partner


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing that is open: its code, what it is in a few words (never somebody's own), and where it stands."""

    code: str
    label: str
    path: str
    kind: Sentence = ""


matters: list[Callable[[Partner], Iterable[Matter]]] = []


def of(partner: Partner) -> list[Matter]:
    """Everything that is open for a partner, in the order in which the apps were started."""
    return [matter for find in matters for matter in find(partner)]
