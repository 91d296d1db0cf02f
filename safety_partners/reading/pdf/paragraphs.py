"""Lines put together to the paragraphs that a reader sees."""

import itertools
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from safety_partners.reading import markers
from safety_partners.reading.blocks import Kind
from safety_partners.reading.contents import leads_to_page
from safety_partners.reading.drafts import Draft
from safety_partners.reading.pdf.geometry import Line
from safety_partners.reading.pdf.text import draft_of, gap_after_first
from safety_partners.reading.wording import Vocabulary

ENDS = (".", "?", "!", ":", ";", ".”", ".’", ".)", '."', ".'")
LARGER = 1.07
BOLD = 0.95  # part of a line's letters that are bold where the line is


@dataclass(slots=True)
class Habits:
    """What is usual in a document: the size of its text, and for each size the step from line to line."""

    size: float = 0.0
    steps: dict[float, float] = field(default_factory=dict)

    def step(self, size: float) -> float:
        """The usual step from one line to the next in letters of a size."""
        near = min(self.steps, key=lambda known: abs(known - size), default=None)
        return self.steps[near] if near is not None and abs(near - size) < 0.6 else 1.2 * size


def habits(flows: Iterable[Sequence[Line]]) -> Habits:
    """The habits of a document, from all its stretches of lines."""
    sizes: Counter[float] = Counter()
    steps: dict[float, Counter[float]] = {}
    for lines in flows:
        for line in lines:
            sizes[line.size] += len(line.text)
        for line, later in itertools.pairwise(lines):
            step = later.base - line.base
            if abs(line.size - later.size) < 0.3 and 0.9 * line.size < step < 2.4 * line.size:
                steps.setdefault(line.size, Counter())[round(step * 2) / 2] += 1
    usual = {size: counted.most_common(1)[0][0] for size, counted in steps.items() if counted.total() >= 3}
    return Habits(sizes.most_common(1)[0][0] if sizes else 0.0, usual)


class ParagraphReader:
    """Puts the lines of one column together. `right` is where its lines are broken."""

    def __init__(self, lines: Sequence[Line], right: float, known: Habits, vocabulary: Vocabulary) -> None:
        self.lines, self.right, self.known, self.vocabulary = lines, right, known, vocabulary
        self.own_steps = self._own_steps()
        self.part: list[Line] = []
        self.text_left = 0.0
        self.marked = False
        self.widths = _flowing_widths(lines, right)

    def drafts(self) -> list[Draft]:
        """The paragraphs, in order."""
        found: list[Draft] = []
        for line in self.lines:
            if self.part and self._begins(line):
                found.append(self._draft())
                self.part = []
            if not self.part:
                self._start(line)
            self.part.append(line)
        if self.part:
            found.append(self._draft())
        return found

    def _own_steps(self) -> dict[float, float]:
        steps: dict[float, Counter[float]] = {}
        for line, later in zip(self.lines, self.lines[1:], strict=False):
            step = later.base - line.base
            if abs(line.size - later.size) < 0.3 and 0.9 * line.size < step < 2.4 * line.size:
                steps.setdefault(line.size, Counter())[round(step * 2) / 2] += 1
        return {
            size: min(step for step, count in counted.items() if count >= 0.3 * counted.most_common(1)[0][1])
            for size, counted in steps.items()
            if counted.total() >= 4
        }

    def _start(self, line: Line) -> None:
        self.marked = self._marker(line, None)
        self.text_left = line.words[1].left if self.marked and len(line.words) > 1 else line.left

    def _draft(self) -> Draft:
        draft = draft_of(Kind.PARAGRAPH, self.part, self.vocabulary)
        if self.marked:
            marked = markers.split_marker(draft.text, after_gap=draft.gapped)
            if marked.number:
                draft.kind = Kind.LIST_ITEM  # how deep is seen from where its neighbours begin: see `nesting`
                draft.number, draft.text = marked
        return draft

    def _marker(self, line: Line, last: Line | None) -> bool:
        """Whether a printed number or bullet begins the line."""
        gapped = gap_after_first(line)
        found = markers.split_marker(line.text, after_gap=gapped)
        if not found.number:
            return False
        if last is None or gapped or line.words[0].text in markers.BULLETS:
            return True
        if self.marked and abs(line.left - self.part[0].left) < 3:
            return True
        return last.text.endswith(ENDS) or self._ended_early(last, line)

    def _begins(self, line: Line) -> bool:
        """Whether a line begins a new paragraph."""
        last = self.part[-1]
        step = line.base - last.base
        if step <= 0 or not line.words[0].upright or not last.words[0].upright or leads_to_page(last.text):
            return True
        if self._is_set_otherwise(line, last) or self._marker(line, last):
            return True
        if self._is_display(line, last):
            return step > 1.5 * max(last.size, line.size)
        usual = self.own_steps.get(line.size) or self.known.step(line.size)
        return step > 1.28 * usual or self._stands_apart(line, last)

    def _is_set_otherwise(self, line: Line, last: Line) -> bool:
        """Whether the letters change in size, or between a bold line and one that is not."""
        if abs(last.size - line.size) > 0.06 * max(last.size, line.size, 1.0):
            return True
        turns = (last.bold > BOLD) != (line.bold > BOLD) and min(line.bold, last.bold) < 1 - BOLD
        return turns and (line.bold > BOLD or all(one.bold > BOLD for one in self.part) or self._ended_early(last, line))

    def _is_display(self, line: Line, last: Line) -> bool:
        """Whether a line goes on a heading in larger letters, which breaks where its author likes."""
        larger = line.size > LARGER * self.known.size > 0
        return larger and (line.size > 1.25 * self.known.size or (line.bold > BOLD and last.bold > BOLD))

    def _stands_apart(self, line: Line, last: Line) -> bool:
        """Whether where a line begins, or where the one before ends, makes it a new paragraph."""
        first, em = self.part[0], line.size
        after_indent = len(self.part) == 1 and not self.marked and last.right > self.right - 4 * em
        if line.left < first.left - 0.6 * em and not after_indent:
            return True
        if self.marked:
            return self._leaves_item(line, last)
        body = self.part[1].left if len(self.part) > 1 else first.left
        if line.left > body + 0.6 * em:
            return not self._is_centred(line)
        if last.text.endswith(":") and line.text[:1].isupper():
            return True
        return self._ended_early(last, line)

    def _leaves_item(self, line: Line, last: Line) -> bool:
        """Whether a line is no longer part of the item of a list that stands before it."""
        em = line.size
        if abs(line.left - self.text_left) < 0.7 * em:  # below the item's own text
            return self._ended_early(last, line, slack=3.0)
        hung = len(self.part) > 1 and abs(last.left - self.text_left) < 0.7 * em
        further = line.left > self.text_left + 0.9 * em
        return hung or further or last.text.endswith(ENDS) or self._ended_early(last, line)

    def _is_centred(self, line: Line) -> bool:
        middles = [(one.left + one.right) / 2 for one in self.part]
        return all(abs(middle - (line.left + line.right) / 2) < 3 for middle in middles)

    def _ended_early(self, last: Line, line: Line, slack: float = 0.3) -> bool:
        """Whether the first word of a line would have fitted on the line before, with some letters to spare."""
        if last.text.endswith(("-", "\u00ad", "/")):
            return False
        width = line.words[0].right - line.words[0].left
        for before, after in zip(line.words, line.words[1:], strict=False):
            if after.spaced or after.left - before.right > 0.2 * after.size:
                break
            width += after.right - after.left
        right = self.widths.get(id(last), self.right)
        goes_on = not last.text.endswith(ENDS) and (line.text[:1].islower() or line.text[:1].isdigit())
        return last.right + width + (12.0 if goes_on else slack) * line.size < right - 1.5


def _flowing_widths(lines: Sequence[Line], right: float) -> dict[int, float]:
    """For lines of text set narrower than the column (as a quotation is) the edge at which they break."""
    found: dict[int, float] = {}
    block: list[Line] = []
    for line in [*lines, None]:
        if line is not None and (not block or (abs(line.left - block[-1].left) < 2 and abs(line.size - block[-1].size) < 0.3)):
            block.append(line)
            continue
        if len(block) >= 4:
            edge = max(one.right for one in block)
            full = sum(one.right > edge - 2.5 * one.size for one in block)
            words = sum(len(one.words) for one in block)
            if edge < right - 12 and full >= 0.6 * len(block) and words >= 6 * len(block):
                found.update({id(one): edge for one in block})
        block = [line] if line is not None else []
    return found
