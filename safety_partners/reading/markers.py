"""The numbers, letters and bullets that a document prints before a paragraph."""

import re
from typing import NamedTuple

BULLETS = "•◦▪▫●○■□◆◇❖‣⁃∙·➢➤►▶▸➔→✓✔✗✘☐☑☒\uf0b7\uf0a7\uf0d8\uf076\uf06e\uf0fc\uf0e0\uf0a8\uf071\uf0be\uf02d"
DASHES = "-–—*"
AS_PRINTED = str.maketrans(
    {
        "\uf0b7": "•",
        "\uf0a7": "▪",
        "\uf0d8": "➢",
        "\uf076": "❖",
        "\uf06e": "■",
        "\uf0fc": "✓",
        "\uf0e0": "→",
        "\uf0a8": "□",
        "\uf071": "□",
        "\uf0be": "–",
        "\uf02d": "–",
        "∙": "•",
        "·": "•",
        "●": "•",
    }
)
# Letters of picture fonts (Wingdings, Symbol, Dingbats) as the signs they draw.
PICTURES = {
    "l": "•",
    "n": "■",
    "v": "❖",
    "q": "□",
    "o": "□",
    "¨": "□",
    "ü": "✓",
    "û": "✗",
    "þ": "☑",
    "Ø": "➢",
    "§": "▪",
    "à": "→",
    "·": "•",
}

BULLET = re.compile(rf"([{re.escape(BULLETS)}])\s*(?=\S)")
DASH = re.compile(rf"([{re.escape(DASHES)}])\s+(?=\S)")
HOLLOW = re.compile(r"(o)\s+(?=[A-Z])")
DOTTED = re.compile(r"(\d{1,3}(?:\.\d{1,3}){1,5}[.)]?|[A-Z]\d{0,2}(?:\.\d{1,3}){1,4}[.)]?)\s+(?=[A-Z‘“\"'(\[])")
COUNTED = re.compile(r"(\d{1,3}[.)]|\(\d{1,3}\))\s+(?=\S)")
LETTERED = re.compile(r"(\([a-z]{1,2}\)|[a-z]\)|\([A-Z]\)|[A-Z]\)|[a-z]\.)\s+(?=\S)")
ROMAN = re.compile(r"(\([ivxl]{1,6}\)|[ivxl]{1,6}[.)]|\([IVXL]{1,6}\)|[IVXL]{2,6}[.)])\s+(?=\S)")
HEADED = re.compile(
    r"(\d{1,2}(?:\.\d{1,3}){0,5}[.):]?|[A-Z](?:\.\d{1,3}){0,4}[.)]|[IVX]{1,5}[.)])(?:\s+[-–:]?\s*|(?<=[.)])|(?<=\d)(?=[A-Z][a-z]))(?=[^\W\d]|[‘“\"'(])"
)
LABEL = re.compile(
    rf"(?:[{re.escape(BULLETS + DASHES)}o§]|\(?(?:\d{{1,3}}|[A-Za-z]{{1,2}}|[ivxlIVXL]{{1,7}})(?:\.(?:\d{{1,3}}|[a-z]))*[.):]?)$"
)


class Marked(NamedTuple):
    """A paragraph's printed number, and the rest of its text."""

    number: str
    text: str


def printed(marker: str) -> str:
    """A marker as it is shown: signs of picture fonts become the signs a reader sees."""
    marker = marker.strip().translate(AS_PRINTED)
    return "◦" if marker == "o" else marker


def is_bullet(marker: str) -> bool:
    """Whether the marker is a sign rather than a number or letter."""
    return len(marker) == 1 and (marker in BULLETS or marker in DASHES or marker in "o§")


def is_label(text: str) -> bool:
    """Whether a text standing alone before a gap can be a printed number or bullet."""
    return bool(LABEL.match(text.strip()))


def split_marker(text: str, *, after_gap: bool = False) -> Marked:
    """Part a leading bullet or number from a paragraph. `after_gap`: a wide gap follows the first word.

    Numbers that belong to the sentence ("12 months", "2.5 mg") stay in it.
    """
    if after_gap:
        first, _, rest = text.strip().partition(" ")
        if rest and is_label(first):
            return Marked(printed(first), rest.strip())
    for pattern in (BULLET, DASH, HOLLOW, DOTTED, COUNTED, LETTERED, ROMAN):
        found = pattern.match(text)
        if found:
            return Marked(printed(found[1]), text[found.end() :].strip())
    return Marked("", text)


def split_heading(text: str) -> Marked:
    """Part the number from a heading; here a bare "4" counts too."""
    found = HEADED.match(text)
    if found and len(text) > found.end():
        return Marked(found[1].strip(), text[found.end() :].strip())
    return Marked("", text)


def depth(number: str) -> int:
    """How deep a section number goes: "4", "4." and "4.0" are 1, "4.2" is 2; 0 where it is no section number."""
    parts = [part for part in number.strip("().: ").split(".") if part]
    if not parts or not (parts[0].isdigit() or (len(parts[0]) <= 3 and parts[0].isupper())):
        return 0
    while len(parts) > 1 and parts[-1] == "0":
        parts.pop()
    return len(parts) if all(part.isdigit() for part in parts[1:]) else 0


def is_clause(number: str) -> bool:
    """Whether a printed number is that of a numbered clause ("4.2", "4.2.1"), not of an item in a list."""
    return depth(number) >= 2


def split_note(text: str) -> Marked:
    """Part the figure or sign before a footnote from its text."""
    found = re.match(r"([0-9⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}|[*†‡§]{1,3}|\[\d{1,3}\])[.)]?\s*(?=\S)", text)
    return Marked(found[1], text[found.end() :]) if found else Marked("", text)
