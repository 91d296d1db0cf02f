"""How deep the items of lists stand, where only their place on the page tells."""

from collections.abc import Sequence

from safety_partners.reading.blocks import Kind
from safety_partners.reading.drafts import Draft

STEP = 6.0  # points further right that make an item one of an inner list


def nest(drafts: Sequence[Draft]) -> None:
    """Give list items that have no level one, from where their markers stand. Changes the drafts."""
    margins = _margins(drafts)
    open_lists: list[float] = []
    for draft in drafts:
        if draft.grid:
            for cell in draft.grid.cells:
                nest(cell.drafts)
        if draft.kind is not Kind.LIST_ITEM or draft.level or not draft.lines:
            if draft.kind is Kind.LIST_ITEM:
                draft.level = draft.level or 1
            elif draft.kind is Kind.PARAGRAPH and draft.lines and open_lists:
                left = _left(draft, margins)
                if left <= open_lists[0] + STEP:
                    open_lists = []
            elif draft.kind is not Kind.NOTE:
                open_lists = []
            continue
        left = _left(draft, margins)
        while open_lists and left < open_lists[-1] - STEP:
            open_lists.pop()
        if not open_lists or left > open_lists[-1] + STEP:
            open_lists.append(left)
        draft.level = len(open_lists)


def _left(draft: Draft, margins: dict[int, float]) -> float:
    """Where a block begins, seen from the left margin of its page."""
    line = draft.lines[0]
    return line.left - margins.get(line.page, 0.0)


def _margins(drafts: Sequence[Draft]) -> dict[int, float]:
    margins: dict[int, float] = {}
    for draft in drafts:
        if draft.kind in (Kind.PARAGRAPH, Kind.HEADING):
            for line in draft.lines:
                margins[line.page] = min(margins.get(line.page, line.left), line.left)
    usual = min(margins.values(), default=0.0)
    return {page: left if left < usual + 60 else usual for page, left in margins.items()}
