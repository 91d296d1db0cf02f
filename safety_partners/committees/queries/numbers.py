"""The order and the numbers of an agenda: counted in each class, so that nobody sees a gap where something is not for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from safety_partners.committees.models import Classification, Item

LETTERS = {Classification.OPEN.value: "", Classification.INVITED.value: "P", Classification.RESTRICTED.value: "R"}
_ORDER = list(LETTERS)


def in_order(items: Iterable[Item]) -> list[tuple[Item, str]]:
    """The items of one meeting as they are taken, each with its number: 1, 2, 3 … then P1 … then R1 …"""
    counted: Counter[str] = Counter()
    found = []
    for item in sorted(items, key=lambda one: (_ORDER.index(one.classification), one.position, one.pk)):
        counted[item.classification] += 1
        found.append((item, f"{LETTERS[item.classification]}{counted[item.classification]}"))
    return found
