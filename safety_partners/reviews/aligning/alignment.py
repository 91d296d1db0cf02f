"""What aligning gives back."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Fate(StrEnum):
    """What became of a paragraph."""

    UNCHANGED = "unchanged"
    CHANGED = "changed"
    MOVED = "moved"
    MOVED_AND_CHANGED = "moved and changed"
    SPLIT = "split into several"
    MERGED = "merged into one"
    DELETED = "deleted"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Link:
    """Old paragraphs and the new ones that they became, as indexes into the two versions.

    One to one for unchanged, changed, moved, and moved and changed; one to several for split; several to one for
    merged; `new` is empty for deleted and `old` for added. `same_words`: nothing changed but where it stands and how
    it is cut. `moved`: it stands somewhere else than the text around it. `likeness` is 1 for the same words, down to 0.
    """

    fate: Fate
    old: tuple[int, ...]
    new: tuple[int, ...]
    same_words: bool = False
    moved: bool = False
    likeness: float = 0.0


@dataclass(frozen=True)
class Alignment:
    """Every paragraph of both versions stands in exactly one link."""

    links: tuple[Link, ...]
    by_old: dict[int, Link] = field(default_factory=dict, repr=False)
    by_new: dict[int, Link] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, links: Sequence[Link]) -> "Alignment":
        """An alignment from its links, in the order of the new version; what was deleted stands where it was."""
        by_old = {index: link for link in links for index in link.old}
        by_new = {index: link for link in links for index in link.new}
        return cls(tuple(links), by_old, by_new)

    def of_old(self, index: int) -> Link:
        """What became of an old paragraph."""
        return self.by_old[index]

    def of_new(self, index: int) -> Link:
        """Where a new paragraph came from."""
        return self.by_new[index]

    def count(self, fate: Fate) -> int:
        """How many links have a fate."""
        return sum(link.fate is fate for link in self.links)
