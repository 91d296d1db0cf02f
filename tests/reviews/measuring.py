"""How well a document was read, and how well two versions of it were aligned, in figures."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from safety_partners.reading import Block, Kind, ReadDocument
from safety_partners.reviews.aligning import Alignment, Fate, Link
from safety_partners.reviews.aligning.keys import bare

MOST_BLOCKS = 5  # that one paragraph of a list of edits may be cut into


def words(text: str) -> list[str]:
    """The words of a text, for counting; hyphens and joined letters make no difference."""
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold())


def words_of(document: ReadDocument) -> list[str]:
    """The words of a document as read, printed numbers with them."""
    return [word for block in document.blocks for word in words(block.reading)]


def words_of_pdf(data: bytes) -> list[str]:
    """The words of a PDF by another way: pdfium's own text, without the lines that come back on most pages."""
    import pypdfium2

    pdf = pypdfium2.PdfDocument(data)
    pages = [
        pdf[index].get_textpage().get_text_range().replace("\ufffe\r\n", "-").replace("\ufffe", "-").splitlines()
        for index in range(len(pdf))
    ]
    kinds = Counter(kind for page in pages for kind in {_kind(line) for line in page})
    running = {kind for kind, count in kinds.items() if kind and len(pages) > 2 and count > 0.6 * len(pages)}
    return [word for page in pages for line in page if _kind(line) not in running for word in words(line)]


def _kind(line: str) -> str:
    return re.sub(r"\d+", "#", line.strip())


def words_of_word_file(data: bytes) -> list[str]:
    """The words of a Word file by another way: python-docx, paragraph after paragraph and cell after cell."""
    import docx
    from docx.table import Table

    found: list[str] = []
    for item in docx.Document(BytesIO(data)).iter_inner_content():
        paragraphs = [cell.text for row in item.rows for cell in row.cells] if isinstance(item, Table) else [item.text]
        found += [word for text in paragraphs for word in words(text)]
    return found


@dataclass
class Reading:
    """How many words came through, how many came from nowhere or twice, and how many stand in the same order (0 to 1)."""

    kept: float
    extra: float
    in_order: float


def measure_reading(ours: Sequence[str], theirs: Sequence[str]) -> Reading:
    """Compare the words of two ways of reading."""
    from rapidfuzz.distance import LCSseq

    mine, other = Counter(ours), Counter(theirs)
    total = max(other.total(), 1)
    return Reading(
        (mine & other).total() / total,
        (mine - other).total() / total,
        LCSseq.similarity(ours, theirs) / total,
    )


@dataclass
class Aligned:
    """What was aligned rightly, and what was not.

    `cut_otherwise`: the same words, but a paragraph of one version is several of the other. `no_paragraphs`: texts on
    the list that are not whole paragraphs of the old version, so that no alignment can call them unchanged.
    """

    right: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    unchanged: int = 0
    cut_otherwise: int = 0
    not_unchanged: list[str] = field(default_factory=list)
    no_paragraphs: list[str] = field(default_factory=list)


class Judge:
    """Judges an alignment by a list of edits and a list of paragraphs that were left alone."""

    def __init__(self, old: ReadDocument, new: ReadDocument, alignment: Alignment) -> None:
        self.old, self.new, self.alignment = old.blocks, new.blocks, alignment
        self.bare = [bare(block.text) for block in old.blocks], [bare(block.text) for block in new.blocks]

    def judge(self, edits: Sequence[dict[str, Any]], unchanged: Sequence[dict[str, str]]) -> Aligned:
        found = Aligned()
        for edit in edits:
            right = self.edit(edit)
            (found.right if right else found.wrong).append(f"{edit['kind']}: {edit['section']}")
        for item in unchanged:
            links = self.unchanged(item["text"])
            if links and all(link.fate is Fate.UNCHANGED for link in links):
                found.unchanged += 1
            elif links and all(link.same_words and link.fate in (Fate.UNCHANGED, Fate.MERGED, Fate.SPLIT) for link in links):
                found.cut_otherwise += 1
            elif self.is_listed_wrongly(item["text"]):
                found.no_paragraphs.append(item["text"][:60])
            else:
                found.not_unchanged.append(item["text"][:60])
        return found

    def places(self, side: int, text: str) -> list[tuple[int, ...]]:
        """Where a text stands in one version: runs of blocks whose words make it up."""
        wanted, found = bare(text), []
        for start, first in enumerate(self.bare[side]):
            joined = ""
            if not first or not wanted.startswith(first):
                continue
            for length in range(MOST_BLOCKS):
                if start + length >= len(self.bare[side]):
                    break
                joined += self.bare[side][start + length]
                if joined == wanted:
                    found.append(tuple(range(start, start + length + 1)))
        return found

    def unchanged(self, text: str) -> list[Link]:
        """The links of a paragraph that was left alone, if they lead from the text to the same text under the same heading."""
        for new in self.places(1, text):
            links = [self.alignment.of_new(index) for index in new]
            if all(link.old for link in links):
                mine = bare("".join(self.old[index].text for link in dict.fromkeys(links) for index in link.old))
                theirs = bare("".join(self.new[index].text for link in dict.fromkeys(links) for index in link.new))
                if mine == theirs and self.heading(0, links[0].old[0]) == self.heading(1, new[0]):
                    return links
        return []

    def is_listed_wrongly(self, text: str) -> bool:
        """Whether a text is no run of whole paragraphs of the old version, but led back to the one it is a piece of."""
        if self.places(0, text):
            return False
        links = [self.alignment.of_new(index) for place in self.places(1, text) for index in place]
        return bool(links) and all(link.fate is Fate.CHANGED and link.likeness > 0.8 for link in links)

    def heading(self, side: int, index: int) -> str:
        """The highest heading above a block, without its number."""
        blocks: Sequence[Block] = (self.old, self.new)[side]
        for block in reversed(blocks[: index + 1]):
            if block.kind is Kind.HEADING and block.level == 1:
                return bare(block.text)
        return ""

    def edit(self, edit: dict[str, Any]) -> bool:
        before, after = edit["before"], edit["after"]
        match edit["kind"]:
            case "changed" | "moved":
                fate = Fate.CHANGED if edit["kind"] == "changed" else Fate.MOVED
                return any(self.is_link(fate, old, new) for old in self.places(0, before) for new in self.places(1, after))
            case "deleted":
                return any(all(self.alignment.of_old(index).fate is Fate.DELETED for index in old) for old in self.places(0, before))
            case "added":
                return any(all(self.alignment.of_new(index).fate is Fate.ADDED for index in new) for new in self.places(1, after))
            case "split":
                news = [place for text in after for place in self.places(1, text)[:1]]
                return any(
                    self.is_link(Fate.SPLIT, old, tuple(index for place in news for index in place)) for old in self.places(0, before)
                )
            case "merged":
                olds = [place for text in before for place in self.places(0, text)[:1]]
                return any(
                    self.is_link(Fate.MERGED, tuple(index for place in olds for index in place), new) for new in self.places(1, after)
                )
            case "section moved":
                return self.section(before, after)
        return False

    def is_link(self, fate: Fate, old: tuple[int, ...], new: tuple[int, ...]) -> bool:
        link = self.alignment.of_old(old[0])
        return link.fate is fate and link.old == old and link.new == new

    def section(self, before: str, after: str) -> bool:
        """Whether "Name (section 6)" became "Name (section 2)" and is known to have moved."""
        name, old_number = re.match(r"(.*) \(section (\S+)\)", before).groups()  # type: ignore[union-attr]
        new_number = re.match(r".* \(section (\S+)\)", after)[1]  # type: ignore[index]
        for index, block in enumerate(self.old):
            if block.kind is Kind.HEADING and bare(block.text) == bare(name) and block.number.rstrip(".") == old_number:
                link = self.alignment.of_old(index)
                there = link.new and self.new[link.new[0]].number.rstrip(".") == new_number
                return link.fate is Fate.MOVED and bool(there)
        return False
