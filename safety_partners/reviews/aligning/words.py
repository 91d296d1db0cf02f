"""What changed in the words of a paragraph, so that a reader can see it."""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from safety_partners.reviews.aligning.keys import plain

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
        short = stretch.equal and _words(old[stretch.old_start : stretch.old_end]) <= ISLAND
        if (short and between and _replaces(kept[-1], stretches[place + 1])) or (kept and not stretch.equal and not kept[-1].equal):
            kept[-1] = kept[-1].to(stretch)
        else:
            kept.append(stretch)
    stayed = sum(_words(old[stretch.old_start : stretch.old_end]) for stretch in kept if stretch.equal)
    if kept and stayed < LEAST * _words(old):
        return [kept[0].to(kept[-1])]
    return kept


def _replaces(one: Stretch, other: Stretch) -> bool:
    """Whether two changes together take words away and put others in; words only put in can be read one by one."""
    taken = one.old_end > one.old_start or other.old_end > other.old_start
    return taken and (one.new_end > one.new_start or other.new_end > other.new_start)


def _shown(stretches: Sequence[Stretch], old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    """The stretches as text. A space that only one version has behind equal words goes with the words that follow."""
    old_space = new_space = ""
    for place, stretch in enumerate(stretches):
        before = old_space + "".join(old[stretch.old_start : stretch.old_end])
        after = new_space + "".join(new[stretch.new_start : stretch.new_end])
        old_space = new_space = ""
        if not stretch.equal:
            if before:
                yield Change(Op.DELETE, before)
            if after:
                yield Change(Op.INSERT, after)
            continue
        following = stretches[place + 1] if place + 1 < len(stretches) else None
        if following and _space(before) != _space(after):
            if following.old_end > following.old_start:
                old_space = _space(before)
            if following.new_end > following.new_start:
                new_space = _space(after)
                after = after.rstrip()
        yield Change(Op.EQUAL, after)


def _space(text: str) -> str:
    return text[len(text.rstrip()) :]
