"""The text of one Word paragraph: what is shown, with deletions, field codes and hidden words left out."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from safety_partners.reading.drafts import Look
from safety_partners.reading.markers import PICTURES
from safety_partners.reading.word.package import W
from safety_partners.reading.word.styles import Style, Styles, half_points, switch, value
from safety_partners.reading.wording import RAISED

MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
NEARLY_ALL = 0.95  # of the letters of a paragraph that must be bold for the paragraph to be
GONE = frozenset(f"{W}{name}" for name in ("del", "moveFrom", "rPr", "pPr", "rt", "sdtPr", "sdtEndPr", "instrText", "delText", "fldData"))


class Notes:
    """The footnotes and endnotes of a document, numbered in the order the text refers to them."""

    def __init__(self, footnotes: Any | None, endnotes: Any | None) -> None:
        self.found = {"footnoteReference": self._by_id(footnotes), "endnoteReference": self._by_id(endnotes)}
        self.given: dict[tuple[str, str], str] = {}
        self.counts = {"footnoteReference": 0, "endnoteReference": 0}

    def _by_id(self, root: Any | None) -> dict[str, Any]:
        if root is None:
            return {}
        return {str(item.get(f"{W}id")): item for item in root if isinstance(item.tag, str) and item.get(f"{W}type", "normal") == "normal"}

    def refer(self, kind: str, name: str) -> tuple[str, Any] | None:
        """The number and text of a note at its first mention; None for what is not there or was given before."""
        note = self.found[kind].get(name)
        if note is None or (kind, name) in self.given:
            return None
        self.counts[kind] += 1
        self.given[kind, name] = str(self.counts[kind])
        return self.given[kind, name], note


@dataclass(slots=True)
class Text:
    """What a paragraph says, and what hangs on it. Tabs and line breaks stay; a page break is a form feed."""

    pieces: list[str] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    notes: list[tuple[str, Any]] = field(default_factory=list)
    looks: Counter[Look] = field(default_factory=Counter)  # letters set in each way
    fields: list[bool] = field(default_factory=list)  # for each open field: whether its result has begun

    @property
    def written(self) -> str:
        """The text as one string."""
        return "".join(self.pieces)

    @property
    def look(self) -> Look:
        """How most of its letters are set."""
        sizes: Counter[float] = Counter()
        for look, letters in self.looks.items():
            sizes[look.size] += letters
        bold = sum(letters for look, letters in self.looks.items() if look.bold)
        italic = sum(letters for look, letters in self.looks.items() if look.italic)
        enough = max(NEARLY_ALL * self.looks.total(), 1)
        return Look(sizes.most_common(1)[0][0] if sizes else 0.0, bold >= enough, italic >= enough)

    def followed_by(self, other: "Text") -> "Text":
        """This text run on into another."""
        return Text([*self.pieces, *other.pieces], [*self.boxes, *other.boxes], [*self.notes, *other.notes], self.looks + other.looks)


def read_text(paragraph: Any, style: Style, styles: Styles, notes: Notes) -> Text:
    """The text of a paragraph."""
    text = Text()
    _Runs(text, style, styles, notes).walk(paragraph)
    return text


class _Runs:
    def __init__(self, text: Text, style: Style, styles: Styles, notes: Notes) -> None:
        self.text, self.style, self.styles, self.notes = text, style, styles, notes

    def walk(self, parent: Any) -> None:
        for item in parent:
            tag = item.tag
            if not isinstance(tag, str) or tag in GONE:
                continue
            if tag == f"{W}r":
                self.run(item)
            elif tag == f"{CHOICE}AlternateContent":
                self.drawn(item)
            elif tag.startswith(MATHS):
                self.maths(item)
            else:
                self.walk(item)

    def maths(self, item: Any) -> None:
        for letters in item.iter(f"{MATHS}t"):
            self.put(letters.text or "", Look())

    def run(self, run: Any) -> None:
        marks = run.find(f"{W}rPr")
        own = self.styles.get(value(marks.find(f"{W}rStyle"))) if marks is not None and marks.find(f"{W}rStyle") is not None else None
        hidden = switch(marks.find(f"{W}vanish")) if marks is not None else None
        if hidden is None:
            hidden = (own.hidden if own else None) or self.style.hidden
        if hidden:
            self.fields_only(run)
            return
        bold = switch(marks.find(f"{W}b")) if marks is not None else None
        italic = switch(marks.find(f"{W}i")) if marks is not None else None
        if bold is None:
            bold = own.bold if own and own.bold is not None else self.style.bold
        if italic is None:
            italic = own.italic if own and own.italic is not None else self.style.italic
        underlined = switch(marks.find(f"{W}u")) if marks is not None else False
        size = half_points(marks.find(f"{W}sz")) if marks is not None else None
        size = size or (own.size if own else None) or self.style.size or self.styles.size
        raised = marks is not None and value(marks.find(f"{W}vertAlign")) == "superscript"
        self.contents(run, Look(size, bool(bold or underlined), bool(italic)), raised=raised)

    def contents(self, run: Any, look: Look, *, raised: bool) -> None:
        for item in run:
            tag = item.tag
            if not isinstance(tag, str) or tag in GONE:
                continue
            name = tag[len(W) :] if tag.startswith(W) else tag
            letters = _letters(name, item, raised=raised)
            match name:
                case _ if letters:
                    self.put(letters, look)
                case "fldChar":
                    self.field(item)
                case "footnoteReference" | "endnoteReference":
                    self.note(name, item)
                case "drawing" | "pict" | "object":
                    self.boxes(item)
                case _ if tag == f"{CHOICE}AlternateContent":
                    self.drawn(item)
                case "ruby":
                    self.walk(item)

    def fields_only(self, run: Any) -> None:
        for item in run.iterfind(f"{W}fldChar"):
            self.field(item)

    def field(self, item: Any) -> None:
        match item.get(f"{W}fldCharType"):
            case "begin":
                self.text.fields.append(False)
            case "separate" if self.text.fields:
                self.text.fields[-1] = True
            case "end" if self.text.fields:
                self.text.fields.pop()
            case _:
                pass

    def note(self, kind: str, item: Any) -> None:
        found = self.notes.refer(kind, str(item.get(f"{W}id")))
        if found:
            self.text.notes.append(found)
            self.text.pieces.append(found[0].translate(RAISED))

    def put(self, letters: str, look: Look) -> None:
        if letters and all(self.text.fields):
            self.text.pieces.append(letters)
            self.text.looks[look] += len(letters.strip())

    def drawn(self, item: Any) -> None:
        """Of a drawing stored twice, for new and old programs, the first that holds text."""
        for choice in item:
            before = len(self.text.boxes)
            self.boxes(choice)
            if len(self.text.boxes) > before:
                return

    def boxes(self, item: Any) -> None:
        """Text boxes inside a drawing; those inside another are read with it."""
        for inner in item:
            if not isinstance(inner.tag, str):
                continue
            if inner.tag == f"{W}txbxContent":
                self.text.boxes.append(inner)
            elif inner.tag == f"{CHOICE}AlternateContent":
                self.drawn(inner)
            else:
                self.boxes(inner)


def _letters(name: str, item: Any, *, raised: bool) -> str:
    """What an element of a run prints; nothing for one that prints nothing by itself."""
    match name:
        case "t":
            letters = str(item.text or "")
            raise_it = raised and letters.strip().isdigit() and letters.isascii()
            return letters.translate(RAISED) if raise_it else letters
        case "br" | "cr":
            return "\f" if item.get(f"{W}type") in ("page", "column") else "\n"
        case "sym":
            return _sign(item)
        case _:
            return {"tab": "\t", "ptab": "\t", "noBreakHyphen": "-"}.get(name, "")


def _sign(item: Any) -> str:
    """A sign of a picture font as the sign a reader sees."""
    try:
        code = int(str(item.get(f"{W}char", "")), 16)
    except ValueError:
        return ""
    letter = chr(code - 0xF000 if 0xF000 <= code <= 0xF0FF else code) if 0 < code < 0xD800 or 0xE000 <= code < 0x10000 else ""
    font = str(item.get(f"{W}font", "")).lower()
    if any(part in font for part in ("wingding", "webding", "dingbat")):
        return PICTURES.get(letter, "•")
    return "•" if code == 0xF0B7 else letter
