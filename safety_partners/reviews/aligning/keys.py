"""Text made comparable: what a change of program, font or line length alters is taken out before two texts are compared."""

import re
import unicodedata
from functools import lru_cache

from safety_partners.reading import Block, Kind
from safety_partners.reading.markers import split_marker

SIGNS = str.maketrans(
    {
        "‘": "'", "’": "'", "‚": "'", "‛": "'", "ʼ": "'", "`": "'", "´": "'", "′": "'",
        "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "″": '"',
        "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-",
        "\u00ad": "", "\u200b": "", "\ufeff": "", "•": "", "▪": "", "◦": "", "●": "", "·": "", "\uf0b7": "", "\uf0a7": "",
    }
)  # fmt: skip
NOTE_MARK = re.compile(r"(?<=[^\W\d_]|[.,;:)\]'\"!?])[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
INNER_HYPHEN = re.compile(r"(?<=[^\W\d_])-\s?(?=[^\W\d_])")
SPACE = re.compile(r"\s+")
PAGE_AT_END = re.compile(r"[\s.…]*(\d{1,4}|[ivxlc]{1,6})$", re.IGNORECASE)
WORDS = re.compile(r"\w+(?:['\-/]\w+)*|[^\w\s]")


def plain(text: str) -> str:
    """The text in one way of writing quotes, dashes and spaces, without signs that refer to footnotes."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", NOTE_MARK.sub("", text).translate(SIGNS)).translate(SIGNS)
    return " ".join(text.split())


def bare(text: str) -> str:
    """Plain text without any space, and without hyphens inside words: equal for two ways of breaking the same lines."""
    return SPACE.sub("", INNER_HYPHEN.sub("", plain(text)))


def key(block: Block) -> str:
    """What makes two blocks the same: their words, not their number, kind, place or look."""
    if block.rows:
        cells = (_unmarked(line) for row in block.rows for cell in row for line in cell.split("\n"))
        return bare("".join(cells))
    if block.kind is Kind.CONTENTS:
        return "contents:" + bare(PAGE_AT_END.sub("", block.text))
    return bare(block.text)


def _unmarked(line: str) -> str:
    return split_marker(line).text


@lru_cache(maxsize=32_768)
def words(text: str) -> tuple[str, ...]:
    """The words and signs of a text, made comparable."""
    return tuple(WORDS.findall(plain(text).casefold()))


def block_words(block: Block) -> tuple[str, ...]:
    """The words and signs of a block; those of a table without the lines between cells."""
    if block.rows:
        return words(" ".join(_unmarked(line) for row in block.rows for cell in row for line in cell.split("\n")))
    return words(PAGE_AT_END.sub("", block.text) if block.kind is Kind.CONTENTS else block.text)


def may_match(old: Block, new: Block) -> bool:
    """Whether two blocks may stand for each other at all: lines of a contents page only for such lines."""
    return (old.kind is Kind.CONTENTS) == (new.kind is Kind.CONTENTS)
