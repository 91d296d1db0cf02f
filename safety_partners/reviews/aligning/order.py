"""What moved: a paragraph moved when it stands elsewhere than the text around it; inside a moved section nothing did."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from safety_partners.reading import Block, Kind

Position = tuple[int, int]


def sections(blocks: Sequence[Block]) -> list[int]:
    """For each block the index of the heading it stands under, -1 for none; a heading stands under the one above it."""
    above: list[int] = []
    open_headings: list[int] = []
    for index, block in enumerate(blocks):
        if block.kind is Kind.HEADING:
            while open_headings and blocks[open_headings[-1]].level >= block.level:
                open_headings.pop()
            above.append(open_headings[-1] if open_headings else -1)
            open_headings.append(index)
        else:
            above.append(open_headings[-1] if open_headings else -1)
    return above


def moved(positions: Sequence[Position], weights: Sequence[int], old_above: Sequence[int], new_above: Sequence[int]) -> set[Position]:
    """Which of some pairs of places moved. `weights`: how much text each holds."""
    in_order = heaviest_rising(positions, weights)
    out = [place for place in range(len(positions)) if place not in in_order]
    if not out:
        return set()
    homes = _homes(positions, weights, old_above, new_above)
    groups: dict[int, list[int]] = defaultdict(list)
    for place, (old, new) in enumerate(positions):
        if old_above[old] >= 0 and _under(new, homes.get(old_above[old], -2), new_above):
            groups[old_above[old]].append(place)
    stayed: set[int] = set()
    for group in groups.values():
        rising = heaviest_rising([positions[place] for place in group], [weights[place] for place in group])
        stayed.update(group[place] for place in rising)
    return {positions[place] for place in out if place not in stayed}


def _homes(positions: Sequence[Position], weights: Sequence[int], old_above: Sequence[int], new_above: Sequence[int]) -> dict[int, int]:
    """For each old heading the new heading under which most of its text stands now."""
    votes: dict[int, Counter[int]] = defaultdict(Counter)
    partner = dict(positions)
    for place, (old, new) in enumerate(positions):
        if old_above[old] >= 0 and new_above[new] >= 0:
            votes[old_above[old]][new_above[new]] += weights[place]
    homes = {heading: counted.most_common(1)[0][0] for heading, counted in votes.items()}
    for heading, counted in votes.items():
        own = partner.get(heading)
        if own is not None and counted[own] >= 0.3 * sum(counted.values()):
            homes[heading] = own
    return homes


def _under(new: int, home: int, above: Sequence[int]) -> bool:
    """Whether a new block stands under a heading, at any depth."""
    heading = above[new]
    while heading >= 0:
        if heading == home:
            return True
        heading = above[heading]
    return False


def heaviest_rising(positions: Sequence[Position], weights: Sequence[int]) -> set[int]:
    """The places in `positions` (in order of the old) that keep the most text in rising order of the new."""
    order = sorted({new for _, new in positions})
    rank = {new: index + 1 for index, new in enumerate(order)}
    tree: list[tuple[int, int]] = [(0, -1)] * (len(order) + 1)
    before: list[int] = []
    best = (0, -1)
    for place, (_, new) in enumerate(positions):
        spot = rank[new] - 1
        top = (0, -1)
        while spot > 0:
            top = max(top, tree[spot])
            spot -= spot & -spot
        before.append(top[1])
        total = (top[0] + weights[place], place)
        best = max(best, total)
        spot = rank[new]
        while spot < len(tree):
            tree[spot] = max(tree[spot], total)
            spot += spot & -spot
    kept: set[int] = set()
    place = best[1]
    while place >= 0:
        kept.add(place)
        place = before[place]
    return kept
