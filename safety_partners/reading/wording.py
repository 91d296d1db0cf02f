"""Words as they come out of files, made plain: odd spaces, joined letters, and lines put back together."""

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

SPACES = re.compile(r"[ \t\r\f\v\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff]")
SURROGATES = re.compile(r"[\ud800-\udfff]")
LIGATURES = re.compile(r"[\ufb00-\ufb06]")
SOFT_HYPHEN = "\u00ad"
HYPHENS = str.maketrans({"\u2010": "-", "\u2011": "-", "\u2027": "-", "\u2028": "\n", "\u2029": "\n", "\x0b": "\n", "\x0c": "\n"})

ADDRESS = re.compile(r"(?:https?://|www\.)\S+$", re.IGNORECASE)
ADDRESS_GOES_ON = re.compile(r"[\w%~+]*[-/_.=?&#%][\w/_.=?&#%~+-]*|\w*\d\w*$")
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
TAIL = 400  # characters of a line looked at where it meets the next
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
BROKEN_END = re.compile(r"([^\W\d_]+)-$")
BROKEN_START = re.compile(r"([a-zà-öø-ÿ]+)")
PREFIXES = frozenset(
    [
        "self",
        "non",
        "co",
        "re",
        "pre",
        "post",
        "multi",
        "inter",
        "intra",
        "cross",
        "sub",
        "ex",
        "anti",
        "semi",
        "well",
        "high",
        "low",
        "long",
        "short",
        "on",
        "off",
        "in",
        "out",
        "full",
        "part",
        "over",
        "under",
        "up",
        "down",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "one",
        "half",
        "all",
        "e",
        "mid",
        "bi",
        "tri",
        "ill",
        "end",
        "year",
        "cost",
        "time",
        "risk",
    ]
)


def plain(text: str) -> str:
    """The text without joined letters, unseen characters and unusual spaces; line breaks stay as they are."""
    if text.isascii() and text.isprintable():
        return text
    if SURROGATES.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
    text = text.translate(HYPHENS)
    text = LIGATURES.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    text = UNSEEN.sub("", SPACES.sub(" ", text))
    return unicodedata.normalize("NFC", text)


def tidy(text: str) -> str:
    """Plain text on one line, single spaces, no spaces at the ends."""
    return " ".join(plain(text).split())


def tidy_lines(text: str) -> str:
    """Plain text that keeps its line breaks; empty lines go."""
    lines = (" ".join(line.split()) for line in plain(text).split("\n"))
    return "\n".join(line for line in lines if line)


class Vocabulary:
    """The words that a document uses away from the ends of its lines: what tells a broken word from a real hyphen."""

    def __init__(self) -> None:
        self.words: Counter[str] = Counter()
        self.joined: Counter[str] = Counter()

    def learn(self, lines: Iterable[str]) -> None:
        """Count the words of some lines, and the words written with a hyphen inside."""
        for line in lines:
            pieces = line.split()
            for place, piece in enumerate(pieces):
                at_edge = place == 0 or place == len(pieces) - 1
                found = WORD.findall(piece.lower())
                if "-" in piece[:-1]:
                    self.joined.update(f"{left}-{right}" for left, right in itertools.pairwise(found))
                if not (at_edge and piece.endswith("-")):
                    self.words.update(found)

    def keeps_hyphen(self, left: str, right: str) -> bool:
        """Whether "left-" at the end of a line and "right" on the next is a word with a hyphen in it."""
        left, right = left.lower(), right.lower()
        whole, hyphened = self.words[left + right], self.joined[f"{left}-{right}"]
        if whole != hyphened:
            return hyphened > whole
        if left in PREFIXES:
            return True
        return self.words[left] > 0 and (self.words[right] > 0 or len(left) > 3)


def joint(before: str, after: str, vocabulary: Vocabulary) -> tuple[int, str]:
    """How a line meets the next one: how many characters of its end to drop, and what to put between."""
    if before.endswith(SOFT_HYPHEN):
        return 1, ""
    last, first = before.rsplit(maxsplit=1)[-1], after[:TAIL].split(maxsplit=1)[0]
    in_address = ADDRESS.match(last.lstrip("(<[\"'")) is not None
    if in_address and not last.endswith((".", ",", ";", ")")) and ADDRESS_GOES_ON.match(first):
        return 0, ""
    broken, rest = BROKEN_END.search(last), BROKEN_START.match(first)
    if broken and rest:
        return (0 if vocabulary.keeps_hyphen(broken[1], rest[1]) else 1), ""
    if len(last) > 1 and last.endswith(("-", "\u2010", "\u2011")) and first[0].isalnum():
        return 0, ""
    return 0, " "


def join_lines(lines: Sequence[str], vocabulary: Vocabulary) -> str:
    """The lines of one paragraph as its text: spaces between words, broken words and web addresses put together."""
    pieces: list[str] = []
    tail = ""
    for line in filter(None, (line.strip() for line in lines)):
        if pieces:
            drop, between = joint(tail, line, vocabulary)
            if drop:
                pieces[-1], tail = pieces[-1][:-drop], tail[:-drop]
            pieces.append(between)
            tail += between
        pieces.append(line)
        tail = (tail + line)[-TAIL:]
    return tidy("".join(pieces))
