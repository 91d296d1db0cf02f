"""What changed in a table, row by row."""

from collections.abc import Sequence
from typing import NamedTuple

from safety_partners.reading import Block
from safety_partners.reviews.aligning.keys import bare, words
from safety_partners.reviews.aligning.likeness import likeness

ALIKE = 0.4  # likeness that makes a row the changed one


class RowPair(NamedTuple):
    """A row of the old table and the one it became; None where there is none. `same`: with the same words."""

    old: int | None
    new: int | None
    same: bool


def row_changes(old: Block, new: Block) -> list[RowPair]:
    """The rows of two versions of a table in the order of the new one, deleted rows where they were."""
    from rapidfuzz.distance import Indel

    old_keys, new_keys = _keys(old), _keys(new)
    found: list[RowPair] = []
    mine: list[int] = []
    theirs: list[int] = []
    for op in Indel.opcodes(old_keys, new_keys):
        if op.tag == "equal":
            found += _alike(old, new, mine, theirs)
            mine, theirs = [], []
            steps = range(op.src_end - op.src_start)
            found += [RowPair(op.src_start + step, op.dest_start + step, True) for step in steps]
        elif op.tag == "delete":
            mine += range(op.src_start, op.src_end)
        else:
            theirs += range(op.dest_start, op.dest_end)
    return found + _alike(old, new, mine, theirs)


def _keys(block: Block) -> list[str]:
    return ["\x1f".join(bare(cell) for cell in row) for row in block.rows]


def _alike(old: Block, new: Block, mine: Sequence[int], theirs: Sequence[int]) -> list[RowPair]:
    """Rows between two that stayed: the most alike paired in their order, the others deleted and added."""
    scores = sorted(
        (
            (likeness(words(" ".join(old.rows[one])), words(" ".join(new.rows[other]))), -abs(place - step), one, other)
            for place, one in enumerate(mine)
            for step, other in enumerate(theirs)
        ),
        reverse=True,
    )
    partner: dict[int, int] = {}
    for score, _, one, other in scores:
        if score < ALIKE:
            break
        crossing = any((one < own) != (other < its) for own, its in partner.items())
        if one not in partner and other not in partner.values() and not crossing:
            partner[one] = other
    found: list[RowPair] = []
    waiting = list(theirs)
    for one in mine:
        if one in partner:
            while waiting and waiting[0] < partner[one]:
                found.append(RowPair(None, waiting.pop(0), False))
            found.append(RowPair(one, waiting.pop(0), False))
        else:
            found.append(RowPair(one, None, False))
    return found + [RowPair(None, other, False) for other in waiting]
