"""Which paragraphs are headings, and how deep, where the document does not say so itself."""

from collections import Counter
from collections.abc import Sequence

from . import markers
from .blocks import Kind
from .drafts import Draft, Look

LONGEST = 22  # words in a heading that we guess
LONGEST_TOLD = 30  # words in a heading that the document names one: beyond this it is a clause in a heading's clothes
LARGER = 1.07  # times the size of the text around it
DEEPEST = 6


def name_headings(drafts: Sequence[Draft]) -> None:
    """Give every heading its kind, number and level; clauses tagged as headings become paragraphs. Changes the drafts."""
    body = _body(drafts)
    told = [draft for draft in drafts if draft.kind is Kind.HEADING]
    for draft in told:
        _number(draft)
        if _is_clause(draft):
            draft.kind, draft.level = Kind.PARAGRAPH, 0
    guessed = [draft for place, draft in enumerate(drafts) if _looks_like_one(drafts, place, body)]
    for draft in _without_lists(drafts, guessed):
        draft.kind, draft.level = Kind.HEADING, 0
        _number(draft)
    _give_levels(drafts)


def _body(drafts: Sequence[Draft]) -> Look:
    """How most of the text is set."""
    letters: Counter[Look] = Counter()
    for draft in drafts:
        if draft.kind in (Kind.PARAGRAPH, Kind.LIST_ITEM):
            letters[draft.look] += len(draft.text)
        elif draft.grid:
            for cell in draft.grid.cells:
                for inner in cell.drafts:
                    letters[inner.look] += len(inner.text) // 4
    return letters.most_common(1)[0][0] if letters else Look()


def _number(draft: Draft) -> None:
    """Part a printed number from a heading's text."""
    if not draft.number:
        draft.number, draft.text = markers.split_heading(draft.text)


def _is_clause(draft: Draft) -> bool:
    """Whether what is called a heading is a sentence of the text."""
    words = len(draft.text.split())
    return words > LONGEST_TOLD or (words > 12 and draft.text.endswith((".", ";", ",")))


def _looks_like_one(drafts: Sequence[Draft], place: int, body: Look) -> bool:
    """Whether a paragraph stands out as a heading does: short, larger or bolder than the text, and text follows it."""
    draft = drafts[place]
    if draft.kind not in (Kind.PARAGRAPH, Kind.LIST_ITEM) or markers.is_bullet(draft.number):
        return False
    if draft.level > 1 and not markers.is_clause(draft.number):
        return False
    text = draft.text
    words = text.split()
    if not words or len(words) > LONGEST or len(text) > 200 or not any(letter.isalpha() for letter in text):
        return False
    larger = body.size > 0 and draft.look.size > body.size * LARGER
    bolder = draft.look.bold and not body.bold
    numbered = markers.depth(draft.number) > 0 or markers.depth(markers.split_heading(text).number) > 0
    shouted = text.isupper() and sum(letter.isalpha() for letter in text) >= 4 and len(words) <= 12
    if text.endswith((".", ";", ",", "…")) and not (larger and len(words) <= 8):
        return False
    if text[0].islower() and not (larger or numbered):
        return False
    if _is_field(text) and not larger:
        return False
    if not (larger or bolder or shouted):
        return False
    if draft.look.size and body.size and draft.look.size < body.size * 0.9:
        return False
    return _text_follows(drafts, place)


def _is_field(text: str) -> bool:
    """Whether a line is a name and its value, as on a title page ("Version: 3")."""
    name, colon, value = text.partition(":")
    return bool(colon and value.strip()) and len(name.split()) <= 4 and len(value.split()) <= 8


def _text_follows(drafts: Sequence[Draft], place: int) -> bool:
    return any(draft.kind is not Kind.NOTE for draft in drafts[place + 1 : place + 3])


def _without_lists(drafts: Sequence[Draft], guessed: Sequence[Draft]) -> list[Draft]:
    """The guesses without runs of numbered items: a bold list is still a list."""
    chosen = {id(draft) for draft in guessed}
    kept: list[Draft] = []
    place = 0
    while place < len(drafts):
        end = place
        while end < len(drafts) and id(drafts[end]) in chosen and drafts[end].kind is Kind.LIST_ITEM:
            end += 1
        if end - place >= 3:
            place = end
            continue
        if id(drafts[place]) in chosen:
            kept.append(drafts[place])
        place += 1
    return kept


def _give_levels(drafts: Sequence[Draft]) -> None:
    """Levels for the guessed headings: from their numbers, from how they are set, and from the headings already told."""
    guessed = [draft for draft in drafts if draft.kind is Kind.HEADING and draft.level == 0]
    if not guessed:
        return
    if any(draft.kind is Kind.HEADING and draft.level and not draft.is_title for draft in drafts):
        _below_told(drafts)
        return
    by_look = _levels_of_looks(guessed)
    for draft in guessed:
        deep = markers.depth(draft.number)
        draft.level = min(deep or by_look[_strength(draft)], DEEPEST)


def _below_told(drafts: Sequence[Draft]) -> None:
    above = 0
    for draft in drafts:
        if draft.kind is Kind.HEADING and draft.level:
            above = draft.level
        elif draft.kind is Kind.HEADING:
            draft.level = min(markers.depth(draft.number) or above + 1, DEEPEST)


def _strength(draft: Draft) -> tuple[float, bool, bool]:
    return (draft.look.size, draft.text.isupper(), draft.look.bold)


def _levels_of_looks(guessed: Sequence[Draft]) -> dict[tuple[float, bool, bool], int]:
    """A level for each way that headings are set: that of its numbers, else one below the next stronger way."""
    numbers: dict[tuple[float, bool, bool], Counter[int]] = {}
    for draft in guessed:
        numbers.setdefault(_strength(draft), Counter())[markers.depth(draft.number)] += 1
    levels: dict[tuple[float, bool, bool], int] = {}
    above = 0
    for strength in sorted(numbers, reverse=True):
        numbered = Counter({deep: count for deep, count in numbers[strength].items() if deep})
        if numbered:
            level = numbered.most_common(1)[0][0]
        elif sum(numbers[strength].values()) == 1 and above == 0:
            level = 1  # one line larger than all others: the title
            levels[strength] = level
            continue
        else:
            level = above + 1
        levels[strength] = level
        above = max(above, level)
    return levels
