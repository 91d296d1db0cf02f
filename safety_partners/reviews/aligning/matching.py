"""Aligning two versions, from the surest signs to the weakest.

1. Blocks with the same words, in stretches as long as they come. 2. One block cut into several, or several put into
one. 3. Blocks that are alike: first between neighbours that are paired already, then anywhere. 4. Headings of sections
whose text went the same way. 5. What of all this stands in another place than the text around it.
"""

from collections.abc import Iterator, Sequence

from safety_partners.reading import Block, Kind
from safety_partners.reviews.aligning.alignment import Alignment, Fate, Link
from safety_partners.reviews.aligning.keys import block_words, key, may_match
from safety_partners.reviews.aligning.likeness import Candidates, Words, likeness
from safety_partners.reviews.aligning.order import moved, sections
from safety_partners.reviews.aligning.parts import Group, Side, find_groups
from safety_partners.reviews.aligning.runs import gaps, pair_same

HERE = 0.45  # likeness that makes a block the changed one where its neighbours say that it stands here
HERE_SHORT = 0.6  # the same for a block of few words
ELSEWHERE = 0.65  # likeness that makes it one that moved and changed
FEW = 6
WIDEST_GAP = 60  # blocks on each side of a gap that are compared each with each


def align(old: Sequence[Block], new: Sequence[Block]) -> Alignment:
    """What became of each block of the old version, and where each of the new one came from."""
    return _Aligner(old, new).alignment()


class _Aligner:
    def __init__(self, old: Sequence[Block], new: Sequence[Block]) -> None:
        self.old, self.new = old, new
        self.exact = [key(block) for block in old], [key(block) for block in new]
        self.old_keys, self.new_keys = ([exact.casefold() for exact in side] for side in self.exact)
        self.old_words: list[Words] = [block_words(block) for block in old]
        self.new_words: list[Words] = [block_words(block) for block in new]
        self.above = sections(old), sections(new)
        self.likenesses: dict[tuple[int, int], float] = {}
        sizes = [len(words) for words in self.old_words]
        self.pairs = pair_same(self.old_keys, self.new_keys, sizes, self.above)
        self.splits: list[Group] = []
        self.merges: list[Group] = []

    def alignment(self) -> Alignment:
        self.find_parts()
        self.pair_alike(self.between_neighbours())
        self.pair_alike(self.anywhere())
        self.pair_headings()
        return Alignment.of(self.links())

    def free(self) -> tuple[list[int], list[int]]:
        """The old and the new blocks that nothing is known of yet."""
        old_taken = {group.whole for group in self.splits} | {part for group in self.merges for part in group.parts}
        new_taken = {group.whole for group in self.merges} | {part for group in self.splits for part in group.parts}
        return (
            [index for index, partner in enumerate(self.pairs.new_of) if partner is None and index not in old_taken],
            [index for index, partner in enumerate(self.pairs.old_of) if partner is None and index not in new_taken],
        )

    def find_parts(self) -> None:
        """Find what was split, then what was merged; tables and contents are never taken apart."""
        self.splits = find_groups(*self.sides())
        self.merges = find_groups(*reversed(self.sides()))

    def sides(self) -> tuple[Side, Side]:
        """Both versions with what is free of their paragraphs."""
        old, new = (
            [index for index in free if blocks[index].kind not in (Kind.TABLE, Kind.CONTENTS)]
            for free, blocks in zip(self.free(), (self.old, self.new), strict=True)
        )
        return Side(old, self.old_keys, self.old_words), Side(new, self.new_keys, self.new_words)

    def like(self, old: int, new: int) -> float:
        """How alike two blocks are, worked out once."""
        if (old, new) not in self.likenesses:
            alike = 0.0
            if may_match(self.old[old], self.new[new]):
                alike = likeness(self.old_words[old], self.new_words[new])
            self.likenesses[old, new] = alike
        return self.likenesses[old, new]

    def between_neighbours(self) -> Iterator[tuple[float, int, int]]:
        """Free blocks between the same paired neighbours, with how alike they are."""
        free_old, free_new = map(set, self.free())
        for old_from, old_to, new_from, new_to in gaps(self.pairs):
            mine = [index for index in range(old_from, old_to) if index in free_old]
            theirs = [index for index in range(new_from, new_to) if index in free_new]
            if not mine or not theirs or len(mine) > WIDEST_GAP or len(theirs) > WIDEST_GAP:
                continue
            for one in mine:
                for other in theirs:
                    alike = self.like(one, other)
                    short = min(len(self.old_words[one]), len(self.new_words[other])) < FEW
                    if alike >= (HERE_SHORT if short else HERE):
                        closeness = -abs((one - old_from) - (other - new_from)) / 1000
                        same_kind = 0.05 if self.old[one].kind is self.new[other].kind else 0.0
                        yield alike + same_kind + closeness, one, other

    def anywhere(self) -> Iterator[tuple[float, int, int]]:
        """Free blocks anywhere that share rows of words, if they are much alike."""
        free_old, free_new = self.free()
        candidates = Candidates(self.new_words, free_new)
        for one in free_old:
            for other in candidates.of(self.old_words[one]):
                alike = self.like(one, other)
                nearby = self.same_section(one, other)
                short = min(len(self.old_words[one]), len(self.new_words[other])) < FEW
                if alike >= (HERE_SHORT if short else HERE) if nearby else not short and alike >= ELSEWHERE:
                    yield alike + (0.1 if nearby else 0.0), one, other

    def same_section(self, old: int, new: int) -> bool:
        heading, partner = self.above[0][old], self.above[1][new]
        return heading >= 0 and partner >= 0 and self.pairs.new_of[heading] == partner

    def pair_alike(self, found: Iterator[tuple[float, int, int]]) -> None:
        """Pair the most alike first."""
        for _, old, new in sorted(found, key=lambda item: (-item[0], item[1], item[2])):
            if self.pairs.free(old, new):
                self.pairs.add(old, new)

    def pair_headings(self) -> None:
        """Pair headings left over whose sections hold the same text: they were given a new name."""
        votes: dict[tuple[int, int], int] = {}
        for old, new in self.places():
            heading, partner = self.above[0][old], self.above[1][new]
            if heading >= 0 and partner >= 0:
                votes[heading, partner] = votes.get((heading, partner), 0) + 1
        free_old, free_new = map(set, self.free())
        totals: dict[int, int] = {}
        for (heading, _), count in votes.items():
            totals[heading] = totals.get(heading, 0) + count
        for (heading, partner), count in sorted(votes.items(), key=lambda item: (-item[1], item[0])):
            alike = heading in free_old and partner in free_new and self.like(heading, partner) >= 0.2
            if alike and count >= 2 and count >= 0.6 * totals[heading] and self.pairs.free(heading, partner):
                self.pairs.add(heading, partner)

    def places(self) -> list[tuple[int, int]]:
        """Every pair of places, those of splits and merges by their first parts, in order of the old version."""
        places = [(old, new) for old, new in enumerate(self.pairs.new_of) if new is not None]
        places += [(group.whole, group.parts[0]) for group in self.splits]
        places += [(group.parts[0], group.whole) for group in self.merges]
        return sorted(places)

    def links(self) -> list[Link]:
        """All links, in the order of the new version; what was deleted behind what stood before it."""
        places = self.places()
        weights = [len(self.old_words[old]) + 1 for old, _ in places]
        gone = moved(places, weights, *self.above)
        links = [self.pair_link(old, new, (old, new) in gone) for old, new in enumerate(self.pairs.new_of) if new is not None]
        for group in self.splits:
            place = (group.whole, group.parts[0])
            links.append(Link(Fate.SPLIT, (group.whole,), group.parts, group.same_words, place in gone, float(group.same_words)))
        for group in self.merges:
            place = (group.parts[0], group.whole)
            links.append(Link(Fate.MERGED, group.parts, (group.whole,), group.same_words, place in gone, float(group.same_words)))
        free_old, free_new = self.free()
        links += [Link(Fate.ADDED, (), (index,)) for index in free_new]
        rank = {link.old[-1]: float(link.new[0]) for link in links if link.old}
        for index in free_old:
            rank[index] = rank.get(index - 1, -1.0) + 1e-4
            links.append(Link(Fate.DELETED, (index,), ()))
        return sorted(links, key=lambda link: (float(link.new[0]) if link.new else rank[link.old[0]], link.old[:1]))

    def pair_link(self, old: int, new: int, is_moved: bool) -> Link:
        same = self.same(old, new)
        fates = {
            (True, False): Fate.UNCHANGED,
            (True, True): Fate.MOVED,
            (False, False): Fate.CHANGED,
            (False, True): Fate.MOVED_AND_CHANGED,
        }
        return Link(fates[same, is_moved], (old,), (new,), same, is_moved, 1.0 if same else self.like(old, new))

    def same(self, old: int, new: int) -> bool:
        """Whether two blocks say the same; capitals do not count in headings, nor where all letters are capitals."""
        if self.old_keys[old] != self.new_keys[new]:
            return False
        one, other = self.old[old], self.new[new]
        shouted = one.text.isupper() or other.text.isupper()
        return shouted or Kind.HEADING in (one.kind, other.kind) or self.exact[0][old] == self.exact[1][new]
