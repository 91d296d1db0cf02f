"""Which paragraph of an old version became which of the new one, and what changed in its words."""

from .alignment import Alignment, Fate, Link
from .matching import align
from .tables import RowPair, row_changes
from .words import Change, Op, word_changes

__all__ = ["Alignment", "Change", "Fate", "Link", "Op", "RowPair", "align", "row_changes", "word_changes"]
