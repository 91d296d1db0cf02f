"""Paragraphs split into several, and several merged into one."""

from collections.abc import Sequence
from dataclasses import dataclass

from safety_partners.reviews.aligning.likeness import Candidates, Words, coverage

MOST_PARTS = 8
INSIDE = 0.8  # of a part's words that must stand in the whole
COVERED = 0.7  # of the whole's words that its parts must make up
APART = 1  # foreign paragraphs that may stand between two parts
FEWEST = 6  # words in a whole


@dataclass(frozen=True, slots=True)
class Group:
    """One block of one version, and the blocks of the other that make it up."""

    whole: int
    parts: tuple[int, ...]
    same_words: bool


@dataclass(frozen=True, slots=True)
class Side:
    """One version: the indexes of its blocks that are still free, and the keys and words of all its blocks."""

    free: Sequence[int]
    keys: Sequence[str]
    words: Sequence[Words]


def find_groups(wholes: Side, parts: Side) -> list[Group]:
    """Free blocks of one version that are made up of free blocks of the other."""
    found: list[Group] = []
    left: list[int] = []
    free = set(parts.free)
    starts = _by_beginning(parts)
    for whole in wholes.free:
        exact = _exactly(wholes.keys[whole], starts, parts.keys, free)
        if exact:
            found.append(Group(whole, exact, same_words=True))
            free.difference_update(exact)
        else:
            left.append(whole)
    candidates = Candidates(parts.words, [part for part in parts.free if part in free])
    for whole in left:
        near = _nearly(wholes.words[whole], candidates, parts.words, free)
        if near:
            found.append(Group(whole, near, same_words=False))
            free.difference_update(near)
    return found


def _by_beginning(parts: Side) -> dict[str, list[int]]:
    starts: dict[str, list[int]] = {}
    for part in parts.free:
        if parts.keys[part]:
            starts.setdefault(parts.keys[part][:12], []).append(part)
    return starts


def _exactly(whole: str, starts: dict[str, list[int]], keys: Sequence[str], free: set[int]) -> tuple[int, ...]:
    """Neighbouring parts whose keys make up the whole's key."""
    firsts = [part for length in range(12, 0, -1) for part in starts.get(whole[:length], ()) if len(keys[part]) >= length]
    for first in firsts:
        if first not in free or not whole.startswith(keys[first]) or len(keys[first]) == len(whole):
            continue
        parts, place = [first], len(keys[first])
        while len(parts) < MOST_PARTS and place < len(whole):
            following = parts[-1] + 1
            if following not in free or not keys[following] or not whole.startswith(keys[following], place):
                break
            parts.append(following)
            place += len(keys[following])
        if place == len(whole) and len(parts) > 1:
            return tuple(parts)
    return ()


def _nearly(whole: Words, candidates: Candidates, words: Sequence[Words], free: set[int]) -> tuple[int, ...]:
    """Parts close to each other that lie inside the whole and together make up most of it."""
    if len(whole) < FEWEST:
        return ()
    inside = [
        part
        for part in sorted(candidates.of(whole, MOST_PARTS * 2))
        if part in free and 3 <= len(words[part]) < 0.95 * len(whole) and coverage(words[part], whole) >= INSIDE
    ]
    best: tuple[float, tuple[int, ...]] = (0.0, ())
    for start in range(len(inside)):
        group = [inside[start]]
        for part in inside[start + 1 :]:
            if part - group[-1] > 1 + APART or len(group) == MOST_PARTS:
                break
            group.append(part)
        if len(group) < 2:
            continue
        joined = tuple(word for part in group for word in words[part])
        covered = coverage(whole, joined)
        single = max(coverage(whole, words[part]) for part in group)
        if covered >= COVERED and covered >= single + 0.1 and covered > best[0]:
            best = (covered, tuple(group))
    return best[1]
