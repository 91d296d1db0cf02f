"""Which paragraphs are headings, and how deep, where the document does not say so itself."""

from collections import Counter
from collections.abc import Sequence

from safety_partners.reading import markers
from safety_partners.reading.blocks import Kind
from safety_partners.reading.drafts import Draft, Look

Strength = tuple[float, bool, bool, bool]  # size, bold, capitals, slant: the order in which headings outdo each other

LONGEST = 22  # words in a heading that we guess
LONGEST_TOLD = 30  # words in a heading that the document names one: beyond this it is a clause in a heading's clothes
LARGER = 1.07  # times the size of the text around it
SMALLER = 0.9
LONGEST_SLANTED = 10  # words in a heading that only its slant tells
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
    if not _may_be_one(draft):
        return False
    larger = body.size > 0 and draft.look.size > body.size * LARGER
    smaller = 0 < draft.look.size < body.size * SMALLER
    bolder = draft.look.bold and not body.bold
    slanted = draft.look.italic and not body.italic and _is_alone(drafts, place)
    stands_out = larger or bolder or slanted or _is_shouted(draft.text)
    return stands_out and not smaller and _reads_like_one(draft, larger=larger) and _text_follows(drafts, place)


def _may_be_one(draft: Draft) -> bool:
    """Whether a block is of a kind and length that a heading can have."""
    if draft.kind not in (Kind.PARAGRAPH, Kind.LIST_ITEM) or markers.is_bullet(draft.number):
        return False
    if draft.level > 1 and not markers.is_clause(draft.number):
        return False
    return 0 < len(draft.text.split()) <= LONGEST and len(draft.text) <= 200 and any(letter.isalpha() for letter in draft.text)


def _reads_like_one(draft: Draft, *, larger: bool) -> bool:
    """Whether the words are those of a heading: no sentence, no name with its value."""
    text = draft.text
    if text.endswith((".", ";", ",", "…")) and not (larger and len(text.split()) <= 8):
        return False
    numbered = markers.depth(draft.number) > 0 or markers.depth(markers.split_heading(text).number) > 0
    if text[0].islower() and not (larger or numbered):
        return False
    return larger or not _is_field(text)


def _is_alone(drafts: Sequence[Draft], place: int) -> bool:
    """Whether a short slanted line stands by itself before text that is upright: others are remarks and quotations."""
    draft = drafts[place]
    behind = drafts[place + 1] if place + 1 < len(drafts) else None
    short = draft.kind is Kind.PARAGRAPH and len(draft.text.split()) <= LONGEST_SLANTED and draft.text[-1].isalnum()
    return short and behind is not None and not behind.grid and not behind.look.italic


def _is_shouted(text: str) -> bool:
    """Whether a short text is all in capitals."""
    return text.isupper() and sum(letter.isalpha() for letter in text) >= 4 and len(text.split()) <= 12


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
    _leave_no_gaps(guessed)


def _leave_no_gaps(guessed: Sequence[Draft]) -> None:
    """Levels in which each is at most one deeper than the heading above: a guess must not leave a level out."""
    above: list[int] = []
    for draft in guessed:
        while above and above[-1] >= draft.level:
            above.pop()
        above.append(draft.level)
        draft.level = len(above)


def _below_told(drafts: Sequence[Draft]) -> None:
    above = 0
    for draft in drafts:
        if draft.kind is Kind.HEADING and draft.level:
            above = draft.level
        elif draft.kind is Kind.HEADING:
            draft.level = min(markers.depth(draft.number) or above + 1, DEEPEST)


def _strength(draft: Draft) -> Strength:
    return (draft.look.size, draft.look.bold, draft.text.isupper(), draft.look.italic)


def _levels_of_looks(guessed: Sequence[Draft]) -> dict[Strength, int]:
    """A level for each way that headings are set: that of its numbers, else one below the next stronger way."""
    numbers: dict[Strength, Counter[int]] = {}
    for draft in guessed:
        numbers.setdefault(_strength(draft), Counter())[markers.depth(draft.number)] += 1
    levels: dict[Strength, int] = {}
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
