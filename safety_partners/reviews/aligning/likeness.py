"""How alike two paragraphs are, and which are worth comparing at all."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

SHINGLE = 3  # words in a row that two paragraphs must share to be compared
COMMON = 60  # paragraphs that share a shingle: beyond this it tells nothing
BEST = 8  # candidates compared for each paragraph
CONTAINED = 0.75

Words = tuple[str, ...]


def likeness(one: Words, other: Words) -> float:
    """From 0 to 1: how much of two texts is the same words in the same order; high too when one contains the other."""
    from rapidfuzz.distance import Indel, LCSseq

    if not one or not other:
        return 0.0
    alike = float(Indel.normalized_similarity(one, other))
    shorter = min(len(one), len(other))
    if shorter >= 8:
        inside = LCSseq.similarity(one, other) / shorter
        if inside >= CONTAINED:
            alike = max(alike, 0.5 + 0.35 * (inside - CONTAINED) / (1 - CONTAINED))
    elif shorter < 6:
        alike = (alike + float(Indel.normalized_similarity(" ".join(one), " ".join(other)))) / 2
    return alike


def coverage(part: Words, whole: Words) -> float:
    """What share of a part's words stands in the whole, in order."""
    from rapidfuzz.distance import LCSseq

    return LCSseq.similarity(part, whole) / len(part) if part else 0.0


class Candidates:
    """Finds, for a paragraph, those of the other version that share rows of words with it."""

    def __init__(self, texts: Sequence[Words], indexes: Iterable[int]) -> None:
        self.where: dict[Words, list[int]] = defaultdict(list)
        for index in indexes:
            for shingle in shingles(texts[index]):
                self.where[shingle].append(index)

    def of(self, text: Words, best: int = BEST) -> list[int]:
        """The best candidates, most shared first."""
        shared: Counter[int] = Counter()
        for shingle in shingles(text):
            found = self.where.get(shingle, ())
            if len(found) <= COMMON:
                shared.update(found)
        return [index for index, _ in shared.most_common(best)]


def shingles(text: Words) -> set[Words]:
    """All rows of three words, or the whole of a shorter text."""
    if len(text) < SHINGLE:
        return {text} if text else set()
    return {text[place : place + SHINGLE] for place in range(len(text) - SHINGLE + 1)}
