"""The shapes that a page is read into: words, lines, rules, and the page itself. Places grow rightwards and downwards."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from safety_partners.reading.wording import RAISED


@dataclass(frozen=True, slots=True)
class Look:
    """How letters are set: what tells a heading from the text around it."""

    size: float = 0.0
    bold: bool = False
    italic: bool = False
    pictures: bool = False  # a font of signs, such as Wingdings


@dataclass(slots=True)
class Word:
    """Letters with no space between them, in one place on one page.

    `mark` is the number that joins it to the document's tags (-1: none); `artifact` says the document itself calls
    it decoration. `spaced`: a space stands before it. `order` is its place among the words as stored in the file.
    """

    text: str
    left: float
    right: float
    base: float
    look: Look
    mark: int = -1
    artifact: bool = False
    spaced: bool = True
    order: int = 0
    upright: bool = True

    @property
    def size(self) -> float:
        """The height of its letters, in points."""
        return self.look.size

    @property
    def top(self) -> float:
        """The upper edge of its letters."""
        return self.base - 0.8 * self.look.size

    @property
    def bottom(self) -> float:
        """The lower edge of its letters."""
        return self.base + 0.22 * self.look.size

    @property
    def middle(self) -> float:
        """Half way between its left and right edges."""
        return (self.left + self.right) / 2


@dataclass(slots=True)
class Line:
    """Words side by side, read as one line. `marker` is a printed number or bullet that was parted from it already."""

    words: list[Word]
    page: int
    left: float = 0.0
    right: float = 0.0
    base: float = 0.0
    size: float = 0.0
    text: str = ""

    def __post_init__(self) -> None:
        self.left = min(word.left for word in self.words)
        self.right = max(word.right for word in self.words)
        main = max(self.words, key=lambda word: (round(word.size, 1), len(word.text)))
        self.base, self.size = main.base, main.size
        self.text = words_text(self.words, self.base, self.size)

    @property
    def top(self) -> float:
        """The upper edge of its letters."""
        return self.base - 0.8 * self.size

    @property
    def bottom(self) -> float:
        """The lower edge of its letters."""
        return self.base + 0.22 * self.size

    @property
    def bold(self) -> float:
        """What part of its letters is bold, from 0 to 1."""
        letters = sum(len(word.text) for word in self.words)
        return sum(len(word.text) for word in self.words if word.look.bold) / max(letters, 1)


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line drawn on a page: `across` (from `start` to `end` at height `at`), or down.

    `weak`: not drawn as a line but the edge of a shade, which may lie behind a cell or behind a line of text.
    """

    across: bool
    at: float
    start: float
    end: float
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A part of a page."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies inside."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom


@dataclass(slots=True)
class Page:
    """One page: its words in the order of the file, the rules and dots drawn on it, and how much of it pictures cover."""

    number: int
    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    dots: list[Box] = field(default_factory=list)
    pictured: float = 0.0
    unreadable: int = 0


def touches(before: Word, after: Word) -> bool:
    """Whether two words on a line stand together without a space."""
    gap = after.left - before.right
    return not after.spaced and gap < 0.22 * max(min(before.size, after.size), 1.0) and gap > -0.6 * after.size


def words_text(words: Sequence[Word], base: float, size: float) -> str:
    """The words of one line as text; small raised figures become superscripts."""
    pieces: list[str] = []
    for place, word in enumerate(words):
        text = word.text
        if place:
            glued = touches(words[place - 1], word)
            if not glued:
                pieces.append(" ")
            elif text.isascii() and text.isdigit() and word.size < 0.85 * size and word.base < base - 0.15 * size:
                text = text.translate(RAISED)
        pieces.append(text)
    return "".join(pieces)


def box_of(words: Iterable[Word]) -> Box:
    """The smallest part of the page that holds the words (at least one)."""
    kept = list(words)
    return Box(
        min(word.left for word in kept),
        min(word.top for word in kept),
        max(word.right for word in kept),
        max(word.bottom for word in kept),
    )


def same_line(line: Sequence[Word], word: Word) -> bool:
    """Whether a word stored after others continues their line."""
    before = line[-1]
    shared = min(before.bottom, word.bottom) - max(before.top, word.top)
    return shared >= 0.5 * min(before.size, word.size) and word.left >= before.left - 0.5 * word.size


def lines_in_order(words: Sequence[Word], page: int) -> list[Line]:
    """Words in reading order, parted into lines where they step down or back to the left."""
    lines: list[list[Word]] = []
    for word in words:
        if lines and same_line(lines[-1], word):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [Line(line, page) for line in lines]
