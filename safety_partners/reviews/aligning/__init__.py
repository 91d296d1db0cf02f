"""Which paragraph of an old version became which of the new one, and what changed in its words."""

from safety_partners.reviews.aligning.alignment import Alignment, Fate, Link
from safety_partners.reviews.aligning.matching import align
from safety_partners.reviews.aligning.tables import RowPair, row_changes
from safety_partners.reviews.aligning.words import Change, Op, word_changes

__all__ = ["Alignment", "Change", "Fate", "Link", "Op", "RowPair", "align", "row_changes", "word_changes"]
