"""Blocks with the same words paired: the longest stretches first, so that of several copies the right one is taken."""

import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence

FREQUENT = 400  # pairs of one key: beyond this it is too common to begin a stretch ("Yes")
SHORT = 4  # words: a single block as short as this is paired only where its surroundings agree


class Pairs:
    """One-to-one pairs of old and new indexes."""

    def __init__(self, old: int, new: int) -> None:
        self.new_of: list[int | None] = [None] * old
        self.old_of: list[int | None] = [None] * new

    def add(self, old: int, new: int) -> None:
        """Pair two that are free."""
        self.new_of[old], self.old_of[new] = new, old

    def free(self, old: int, new: int) -> bool:
        """Whether neither is paired yet."""
        return self.new_of[old] is None and self.old_of[new] is None

    def before(self, old: int) -> int:
        """The partner of the nearest paired block before, or -1."""
        return next((new for new in reversed(self.new_of[:old]) if new is not None), -1)


def pair_same(old: Sequence[str], new: Sequence[str], sizes: Sequence[int], sections: tuple[Sequence[int], Sequence[int]]) -> Pairs:
    """Pair blocks with equal keys. `sizes`: words of each old block. `sections`: the heading index above each block."""
    pairs = Pairs(len(old), len(new))
    stretches = sorted(_stretches(old, new, sizes), reverse=True)
    for _, _, old_start, new_start, length in stretches:
        _take(pairs, old_start, new_start, length, sizes)
    _fill_between(pairs, old, new)
    _pair_rest(pairs, old, new, sizes, sections)
    return pairs


def _stretches(old: Sequence[str], new: Sequence[str], sizes: Sequence[int]) -> Iterator[tuple[int, int, int, int, int]]:
    """Stretches of equal blocks that cannot be made longer: words in all, closeness, starts, length."""
    where: dict[str, list[int]] = defaultdict(list)
    for index, one in enumerate(new):
        where[one].append(index)
    counts: dict[str, int] = defaultdict(int)
    for one in old:
        counts[one] += 1
    for start, one in enumerate(old):
        if not one or counts[one] * len(where.get(one, ())) > FREQUENT:
            continue
        for other in where.get(one, ()):
            if start and other and old[start - 1] == new[other - 1] and counts[old[start - 1]] * len(where[old[start - 1]]) <= FREQUENT:
                continue
            length = 1
            while start + length < len(old) and other + length < len(new) and old[start + length] == new[other + length]:
                length += 1
            weight = sum(sizes[start : start + length]) + length
            yield weight, -abs(start * len(new) - other * len(old)), start, other, length


def _take(pairs: Pairs, old_start: int, new_start: int, length: int, sizes: Sequence[int]) -> None:
    """Pair a stretch as far as it is still free; what others took before parts it."""
    free = [step for step in range(length) if pairs.free(old_start + step, new_start + step)]
    for step in free:
        alone = step - 1 not in free and step + 1 not in free
        if alone and sizes[old_start + step] <= SHORT and not _fits(pairs, old_start + step, new_start + step):
            continue
        pairs.add(old_start + step, new_start + step)


def _fits(pairs: Pairs, old: int, new: int) -> bool:
    """Whether the block before or behind is paired with the one before or behind."""
    before = old > 0 and new > 0 and pairs.new_of[old - 1] == new - 1
    behind = old + 1 < len(pairs.new_of) and new + 1 < len(pairs.old_of) and pairs.new_of[old + 1] == new + 1
    return before or behind


def _fill_between(pairs: Pairs, old: Sequence[str], new: Sequence[str]) -> None:
    """Equal blocks between two neighbouring pairs, in their order: what stretches were too common to take."""
    from rapidfuzz.distance import LCSseq

    for old_from, old_to, new_from, new_to in gaps(pairs):
        mine = [index for index in range(old_from, old_to) if pairs.new_of[index] is None]
        theirs = [index for index in range(new_from, new_to) if pairs.old_of[index] is None]
        if not mine or not theirs:
            continue
        for op in LCSseq.opcodes([old[index] for index in mine], [new[index] for index in theirs]):
            if op.tag == "equal":
                for step in range(op.src_end - op.src_start):
                    pairs.add(mine[op.src_start + step], theirs[op.dest_start + step])


def gaps(pairs: Pairs) -> Iterator[tuple[int, int, int, int]]:
    """The unpaired stretches between neighbouring pairs: old from, old to, new from, new to (ends not included)."""
    paired = [(old, new) for old, new in enumerate(pairs.new_of) if new is not None]
    edges = [(-1, -1), *paired, (len(pairs.new_of), len(pairs.old_of))]
    for (old_before, new_before), (old_behind, new_behind) in itertools.pairwise(edges):
        if old_behind - old_before <= 1:
            continue
        new_to = new_behind if new_behind > new_before else _next_paired(pairs, new_before + 1)
        yield old_before + 1, old_behind, new_before + 1, new_to
        if new_behind <= new_before and new_behind >= 0:
            yield old_before + 1, old_behind, _last_paired(pairs, new_behind - 1) + 1, new_behind


def _next_paired(pairs: Pairs, start: int) -> int:
    return next((index for index in range(start, len(pairs.old_of)) if pairs.old_of[index] is not None), len(pairs.old_of))


def _last_paired(pairs: Pairs, start: int) -> int:
    return next((index for index in range(start, -1, -1) if pairs.old_of[index] is not None), -1)


def _pair_rest(
    pairs: Pairs, old: Sequence[str], new: Sequence[str], sizes: Sequence[int], sections: tuple[Sequence[int], Sequence[int]]
) -> None:
    """Equal blocks left over: long ones wherever they are, short ones only under the same heading."""
    where: dict[str, list[int]] = defaultdict(list)
    for index, one in enumerate(new):
        if pairs.old_of[index] is None and one:
            where[one].append(index)
    for index, one in enumerate(old):
        if pairs.new_of[index] is not None or one not in where:
            continue
        for other in where[one]:
            if pairs.old_of[other] is not None:
                continue
            heading, partner = sections[0][index], sections[1][other]
            same_section = heading >= 0 and partner >= 0 and pairs.new_of[heading] == partner
            if sizes[index] > SHORT or same_section:
                pairs.add(index, other)
                break
