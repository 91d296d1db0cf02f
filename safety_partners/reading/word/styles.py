"""What a style says about a paragraph: heading or not, its list, and how its letters are set."""

import re
from dataclasses import dataclass
from typing import Any

from safety_partners.reading.word.package import W

HEADING = re.compile(r"heading (\d)$")
CHAIN = 20  # styles based on styles: a longer chain is a loop
DEFAULT_SIZE = 10.0


@dataclass(slots=True)
class Style:
    """One style with what it takes from the styles it is based on. None: it does not say."""

    name: str = ""
    outline: int | None = None
    list_id: str | None = None
    list_level: int | None = None
    bold: bool | None = None
    italic: bool | None = None
    size: float | None = None
    hidden: bool | None = None

    @property
    def heading(self) -> int:
        """The depth of a heading, 0 for what is none."""
        found = HEADING.match(self.name)
        if found:
            return min(int(found[1]), 6) or 1
        return min(self.outline + 1, 6) if self.outline is not None and self.outline < 9 else 0

    @property
    def is_title(self) -> bool:
        """Whether it is the title of the document."""
        return self.name == "title"

    @property
    def is_contents(self) -> bool:
        """Whether it belongs to a contents page."""
        return self.name.startswith(("toc ", "table of figures")) or self.name in ("toc heading", "contents heading")

    @property
    def list_depth(self) -> int:
        """The depth that names such as "List Bullet 2" tell; 0 where they tell none."""
        found = re.match(r"list(?: bullet| number| continue)?(?: (\d))$", self.name)
        return int(found[1]) if found else 0


class Styles:
    """All styles of a document, looked up by their id."""

    def __init__(self, root: Any | None) -> None:
        self.raw: dict[str, Any] = {}
        self.known: dict[str, Style] = {}
        self.default_paragraph = ""
        self.size = DEFAULT_SIZE
        if root is None:
            return
        size = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}sz")
        self.size = half_points(size) or DEFAULT_SIZE
        for item in root.iterfind(f"{W}style"):
            name = str(item.get(f"{W}styleId", ""))
            self.raw[name] = item
            if item.get(f"{W}type") == "paragraph" and item.get(f"{W}default") in ("1", "true"):
                self.default_paragraph = name

    def get(self, name: str | None) -> Style:
        """The style with an id; None gives the usual paragraph."""
        key = name if name is not None else self.default_paragraph
        if key not in self.known:
            self.known[key] = self._read(key)
        return self.known[key]

    def _read(self, key: str) -> Style:
        style = Style()
        seen: set[str] = set()
        while key in self.raw and key not in seen and len(seen) < CHAIN:
            seen.add(key)
            item = self.raw[key]
            if not style.name:
                style.name = str(value(item.find(f"{W}name")) or "").strip().lower()
            elif not HEADING.match(style.name):
                inherited = str(value(item.find(f"{W}name")) or "").strip().lower()
                if HEADING.match(inherited) and style.outline is None:
                    style.outline = int(inherited[-1]) - 1
            self._paragraph(style, item.find(f"{W}pPr"))
            self._letters(style, item.find(f"{W}rPr"))
            key = str(value(item.find(f"{W}basedOn")) or "")
        return style

    def _paragraph(self, style: Style, marks: Any | None) -> None:
        if marks is None:
            return
        outline = value(marks.find(f"{W}outlineLvl"))
        if style.outline is None and outline is not None and outline.isdigit():
            style.outline = int(outline)
        numbering = marks.find(f"{W}numPr")
        if numbering is not None and style.list_id is None:
            style.list_id = value(numbering.find(f"{W}numId"))
            level = value(numbering.find(f"{W}ilvl"))
            style.list_level = int(level) if level and level.isdigit() else None

    def _letters(self, style: Style, marks: Any | None) -> None:
        if marks is None:
            return
        style.bold = style.bold if style.bold is not None else switch(marks.find(f"{W}b"))
        style.italic = style.italic if style.italic is not None else switch(marks.find(f"{W}i"))
        style.hidden = style.hidden if style.hidden is not None else switch(marks.find(f"{W}vanish"))
        style.size = style.size if style.size is not None else half_points(marks.find(f"{W}sz"))


def value(item: Any | None) -> str | None:
    """The w:val of an element."""
    found = item.get(f"{W}val") if item is not None else None
    return str(found) if found is not None else None


def switch(item: Any | None) -> bool | None:
    """An element that is on by being there: None where it is not, False where it says so."""
    if item is None:
        return None
    return value(item) not in ("0", "false", "off", "none")


def half_points(item: Any | None) -> float | None:
    """A size in points from one in half points."""
    found = value(item)
    try:
        return float(found) / 2 if found else None
    except ValueError:
        return None
