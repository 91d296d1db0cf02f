"""Contents pages: lines that name a part and its page. Nobody comments on them."""

import re
from collections.abc import Sequence

from safety_partners.reading.blocks import Kind
from safety_partners.reading.drafts import Draft, Grid
from safety_partners.reading.wording import tidy

LEADER = re.compile(r"\s*(?:[.…·_]\s?){3,}\s*")
LED_TO_PAGE = re.compile(r"(?:[.…·_]\s?){3,}\s*(\d{1,4}|[ivxlc]{1,6})$", re.IGNORECASE)
ENDS_WITH_PAGE = re.compile(r"\s(\d{1,3}|[ivxlc]{1,6})$", re.IGNORECASE)
TAIL = 30  # characters at the end of a line that tell whether it leads to a page
LONGEST = 800  # characters of a line of a contents page
TITLES = frozenset(["contents", "table of contents", "contents page", "list of contents", "index", "list of tables", "list of figures"])
FEWEST = 3


def name_contents(drafts: Sequence[Draft]) -> None:
    """Mark the lines of contents pages, their heading, and a table that lists pages. Changes the drafts."""
    for draft in drafts:
        if draft.kind in (Kind.PARAGRAPH, Kind.LIST_ITEM, Kind.HEADING) and is_entry(draft.text):
            _rename(draft)
    for place, draft in enumerate(drafts):
        if draft.kind is not Kind.CONTENTS and _is_title(draft):
            _below_title(drafts, place)
    _lone_entries(drafts)
    for before, draft, after in zip(drafts, drafts[1:], drafts[2:], strict=False):
        between = before.kind is Kind.CONTENTS and after.kind is Kind.CONTENTS and not draft.grid
        if between and draft.kind is not Kind.CONTENTS and page_at_end(draft.text):
            _rename(draft)
    for place in range(len(drafts) - 1, -1, -1):
        if drafts[place].kind is Kind.CONTENTS:
            drafts[place].text = without_leaders(drafts[place].text)
            _above(drafts, place)


def is_entry(text: str) -> bool:
    """Whether a line is words, dots and the number of a page."""
    return len(text) <= LONGEST and leads_to_page(text) and any(map(str.isalpha, text))


def leads_to_page(text: str) -> bool:
    """Whether a line ends with dots and the number of a page."""
    return LED_TO_PAGE.search(text[-TAIL:]) is not None


def page_at_end(text: str) -> str:
    """The number that a line ends with, or nothing."""
    found = ENDS_WITH_PAGE.search(text[-TAIL:]) if len(text) <= LONGEST else None
    return found[1] if found and any(letter.isalpha() for letter in text[: -len(found[1])]) else ""


def without_leaders(text: str) -> str:
    """A line of a contents page without the dots between its words and its page."""
    return tidy(LEADER.sub(" ", text))


def _rename(draft: Draft) -> None:
    draft.kind, draft.told, draft.level = Kind.CONTENTS, True, 0


def _is_title(draft: Draft) -> bool:
    return draft.kind is not Kind.TABLE and draft.text.strip(" :.").lower() in TITLES


def _below_title(drafts: Sequence[Draft], place: int) -> None:
    """Mark what stands under the word Contents as long as it ends with page numbers that do not fall."""
    lines: list[Draft] = []
    last = 0
    for draft in drafts[place + 1 :]:
        if draft.grid:
            if _lists_pages(draft.grid):
                lines.append(draft)
            break
        if draft.kind is Kind.CONTENTS:
            lines.append(draft)
            continue
        found = page_at_end(draft.text)
        page = int(found) if found.isdigit() else last
        if not found or page < last or len(draft.text.split()) > 25:
            break
        last = page
        lines.append(draft)
    if len(lines) >= FEWEST or any(draft.grid or draft.kind is Kind.CONTENTS for draft in lines):
        for draft in [drafts[place], *lines]:
            _rename(draft)


def _lists_pages(grid: Grid) -> bool:
    """Whether the last column of a table counts up like page numbers."""
    ends = [row[-1].strip() for row in grid.rows() if row and row[-1].strip()]
    pages = [int(end) for end in ends if re.fullmatch(r"\d{1,3}", end)]
    return len(pages) >= FEWEST and len(pages) >= 0.6 * len(ends) and pages == sorted(pages)


def _lone_entries(drafts: Sequence[Draft]) -> None:
    """A single line with dots and a number at its end, far from any other, is a line to fill in: not contents."""
    for place, draft in enumerate(drafts):
        if draft.kind is Kind.CONTENTS and is_entry(draft.text) and not draft.lines:
            continue
        if draft.kind is Kind.CONTENTS and is_entry(draft.text):
            near = [*drafts[max(place - 2, 0) : place], *drafts[place + 1 : place + 3]]
            if not any(other.kind is Kind.CONTENTS for other in near):
                draft.kind, draft.told = Kind.PARAGRAPH, False


def _above(drafts: Sequence[Draft], place: int) -> None:
    """Between the word Contents and its first line may stand a short line that names the columns."""
    for back in (1, 2):
        if place - back < 0:
            return
        draft = drafts[place - back]
        if draft.kind is Kind.CONTENTS:
            break
        if _is_title(draft):
            for between in drafts[place - back : place]:
                _rename(between)
            return
        if (draft.grid and len(draft.grid.by_row()) > 1) or len(draft.text.split()) > 6:
            return
