"""What changed in the words of a paragraph, so that a reader can see it."""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from .keys import plain

TOKEN = re.compile(r"\w+(?:['’‘\-‐‑/]\w+)*\s*|[^\w\s]\s*|\s+")
LEAST = 0.2  # of the old words must have stayed for a comparison word by word to say anything
ISLAND = 2  # words: a stretch no longer than this that stayed between two changes is shown as changed


class Op(StrEnum):
    """What happened to some words."""

    EQUAL = "equal"
    DELETE = "delete"
    INSERT = "insert"


class Change(NamedTuple):
    """Words, with the spaces behind them, and what happened to them."""

    op: Op
    text: str


def word_changes(old_text: str, new_text: str) -> list[Change]:
    """The changes that lead from one text to another, word by word, in reading order.

    Equal and inserted texts together are the new text; equal and deleted ones are the old text, but for quotes,
    dashes and spaces written differently. A few words left between two changes count as changed, so that what is
    shown can be read.
    """
    from rapidfuzz.distance import Indel

    old, new = TOKEN.findall(old_text), TOKEN.findall(new_text)
    stretches: list[Stretch] = []
    for op in Indel.opcodes([_key(token) for token in old], [_key(token) for token in new]):
        stretch = Stretch(op.tag == "equal", op.src_start, op.src_end, op.dest_start, op.dest_end)
        if stretches and not stretch.equal and not stretches[-1].equal:
            stretches[-1] = stretches[-1].to(stretch)
        else:
            stretches.append(stretch)
    return list(_shown(_without_islands(stretches, old), old, new))


class Stretch(NamedTuple):
    """Tokens of both texts that stayed the same, or that took each other's place."""

    equal: bool
    old_start: int
    old_end: int
    new_start: int
    new_end: int

    def to(self, end: "Stretch") -> "Stretch":
        """All from this stretch to another, as changed."""
        return Stretch(False, self.old_start, end.old_end, self.new_start, end.new_end)


def _key(token: str) -> str:
    return plain(token)


def _words(tokens: Sequence[str]) -> int:
    return sum(token[0].isalnum() for token in tokens)


def _without_islands(stretches: Sequence[Stretch], old: Sequence[str]) -> list[Stretch]:
    """The stretches with the few words between two changes joined to them; all of it when hardly anything stayed."""
    kept: list[Stretch] = []
    for place, stretch in enumerate(stretches):
        between = kept and not kept[-1].equal and place + 1 < len(stretches)
        if stretch.equal and between and _words(old[stretch.old_start : stretch.old_end]) <= ISLAND:
            kept[-1] = kept[-1].to(stretch)
        elif kept and not stretch.equal and not kept[-1].equal:
            kept[-1] = kept[-1].to(stretch)
        else:
            kept.append(stretch)
    stayed = sum(_words(old[stretch.old_start : stretch.old_end]) for stretch in kept if stretch.equal)
    if kept and stayed < LEAST * _words(old):
        return [kept[0].to(kept[-1])]
    return kept


def _shown(stretches: Sequence[Stretch], old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    for stretch in stretches:
        before = "".join(old[stretch.old_start : stretch.old_end])
        after = "".join(new[stretch.new_start : stretch.new_end])
        if stretch.equal:
            yield Change(Op.EQUAL, after)
            continue
        if before:
            yield Change(Op.DELETE, before)
        if after:
            yield Change(Op.INSERT, after)
