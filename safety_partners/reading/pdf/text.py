"""From lines to a draft: its text, how it is set, and whether a gap follows its first word."""

from collections.abc import Sequence

from safety_partners.reading.blocks import Kind
from safety_partners.reading.drafts import Draft, Look
from safety_partners.reading.pdf.geometry import Line
from safety_partners.reading.wording import Vocabulary, join_lines

GAP = 0.9  # widths of a letter: more than this after a number sets it apart from the text


def draft_of(kind: Kind, lines: Sequence[Line], vocabulary: Vocabulary, *, told: bool = False) -> Draft:
    """One block from its lines (at least one)."""
    return Draft(
        kind,
        join_lines([line.text for line in lines], vocabulary),
        look=look_of(lines),
        told=told,
        gapped=gap_after_first(lines[0]),
        page=lines[0].page,
        lines=list(lines),
    )


def look_of(lines: Sequence[Line]) -> Look:
    """The size that most letters have, and whether nearly all are bold or slanted."""
    sizes: dict[float, int] = {}
    bold = italic = letters = 0
    for line in lines:
        for word in line.words:
            if any(letter.isalnum() for letter in word.text):
                sizes[word.size] = sizes.get(word.size, 0) + len(word.text)
                letters += len(word.text)
                bold += len(word.text) if word.look.bold else 0
                italic += len(word.text) if word.look.italic else 0
    size = max(sizes, key=lambda size: sizes[size]) if sizes else lines[0].size
    return Look(size, letters > 0 and bold >= 0.95 * letters, letters > 0 and italic >= 0.95 * letters)


def gap_after_first(line: Line) -> bool:
    """Whether the first word of a line is set apart from the next by more than a space."""
    if len(line.words) < 2:
        return False
    first, second = line.words[0], line.words[1]
    return second.left - first.right > GAP * min(first.size, second.size) * 0.9
