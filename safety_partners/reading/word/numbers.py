"""The numbers that Word prints but does not store: worked out by counting, as Word does."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from safety_partners.reading.markers import PICTURES, printed
from safety_partners.reading.word.package import W
from safety_partners.reading.word.styles import switch, value

LEVELS = 9
ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
LARGEST = 4999  # beyond this roman figures and letters are shown as figures


@dataclass(slots=True)
class Level:
    """How one level of a list is numbered."""

    form: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None
    legal: bool = False
    style: str | None = None
    pictures: bool = False


@dataclass(slots=True)
class Counting:
    """How far a list has come."""

    counts: list[int | None] = field(default_factory=lambda: [None] * LEVELS)


class Numbering:
    """The lists of a document, and the count of each. `next_number` must be asked in the order of the text."""

    def __init__(self, root: Any | None) -> None:
        self.kinds: dict[str, dict[int, Level]] = {}
        self.linked: dict[str, str] = {}
        self.styles: dict[str, str] = {}
        self.lists: dict[str, str] = {}
        self.overrides: dict[str, dict[int, Level]] = {}
        self.starts: dict[str, dict[int, int]] = {}
        self.counting: dict[str, Counting] = {}
        self.begun: set[tuple[str, int]] = set()
        if root is None:
            return
        for item in root.iterfind(f"{W}abstractNum"):
            self._read_kind(item)
        for item in root.iterfind(f"{W}num"):
            self._read_list(item)

    def _read_kind(self, item: Any) -> None:
        name = str(item.get(f"{W}abstractNumId", ""))
        self.kinds[name] = {_level_number(level): _level(level) for level in item.iterfind(f"{W}lvl")}
        link, style = value(item.find(f"{W}numStyleLink")), value(item.find(f"{W}styleLink"))
        if link:
            self.linked[name] = link
        if style:
            self.styles[style] = name

    def _read_list(self, item: Any) -> None:
        name = str(item.get(f"{W}numId", ""))
        self.lists[name] = value(item.find(f"{W}abstractNumId")) or ""
        for override in item.iterfind(f"{W}lvlOverride"):
            level = _level_number(override)
            start = value(override.find(f"{W}startOverride"))
            if start and start.lstrip("-").isdigit():
                self.starts.setdefault(name, {})[level] = int(start)
            own = override.find(f"{W}lvl")
            if own is not None:
                self.overrides.setdefault(name, {})[level] = _level(own)

    def kind_of(self, list_id: str) -> str:
        """The kind of list behind a list's id, through a style where it is linked to one."""
        kind = self.lists.get(list_id, "")
        return self.styles.get(self.linked.get(kind, ""), kind)

    def level(self, list_id: str, number: int) -> Level | None:
        """How a level of a list is numbered."""
        own = self.overrides.get(list_id, {}).get(number)
        return own or self.kinds.get(self.kind_of(list_id), {}).get(number)

    def level_of_style(self, list_id: str, style: str) -> int | None:
        """The level that a list ties to a style of paragraph."""
        for number, level in self.kinds.get(self.kind_of(list_id), {}).items():
            if level.style == style:
                return number
        return None

    def next_number(self, list_id: str, number: int) -> str:
        """The number, letter or bullet printed before the next paragraph of a list at a level (from 0)."""
        level = self.level(list_id, number)
        if level is None:
            return ""
        counting = self.counting.setdefault(self.kind_of(list_id), Counting())
        self._count(counting, list_id, number, level)
        if level.form == "bullet":
            sign = level.text.strip()[:1]
            if 0xF000 <= ord(sign or "\0") <= 0xF0FF and level.pictures:
                sign = PICTURES.get(chr(ord(sign) - 0xF000), sign)
            elif level.pictures:
                sign = PICTURES.get(sign, sign)
            sign = printed(sign)
            return "◦" if sign == "o" else sign if sign and not "\ue000" <= sign <= "\uf8ff" else "•"
        if level.form == "none" and "%" in level.text:
            return ""
        return self._written(counting, list_id, level).strip()

    def _count(self, counting: Counting, list_id: str, number: int, level: Level) -> None:
        first = self.starts.get(list_id, {}).get(number)
        if first is not None and (list_id, number) not in self.begun:
            self.begun.add((list_id, number))
            counting.counts[number] = first
        else:
            before = counting.counts[number]
            counting.counts[number] = level.start if before is None else before + 1
        for above in range(number):
            if counting.counts[above] is None:
                upper = self.level(list_id, above)
                counting.counts[above] = upper.start if upper else 1
        for below in range(number + 1, LEVELS):
            lower = self.level(list_id, below)
            restart = lower.restart if lower else None
            if restart == 0 or (restart is not None and restart <= number):
                continue
            counting.counts[below] = None

    def _written(self, counting: Counting, list_id: str, level: Level) -> str:
        text = level.text
        for number in range(LEVELS):
            mark = f"%{number + 1}"
            if mark in text:
                shown = self.level(list_id, number)
                count = counting.counts[number]
                form = "decimal" if level.legal else (shown.form if shown else "decimal")
                text = text.replace(mark, figure(count if count is not None else 1, form))
        return text


def _level_number(item: Any) -> int:
    found = str(item.get(f"{W}ilvl", "0"))
    return min(int(found), LEVELS - 1) if found.isdigit() else 0


def _level(item: Any) -> Level:
    start, restart = value(item.find(f"{W}start")), value(item.find(f"{W}lvlRestart"))
    fonts = item.find(f"{W}rPr/{W}rFonts")
    names = " ".join(str(name) for name in fonts.attrib.values()).lower() if fonts is not None else ""
    return Level(
        value(item.find(f"{W}numFmt")) or "decimal",
        value(item.find(f"{W}lvlText")) or "",
        int(start) if start and start.lstrip("-").isdigit() else 1,
        int(restart) if restart and restart.isdigit() else None,
        bool(switch(item.find(f"{W}isLgl"))),
        value(item.find(f"{W}pStyle")),
        any(part in names for part in ("wingding", "webding", "dingbat")),
    )


def figure(count: int, form: str) -> str:
    """A count as Word writes it in a form ("lowerRoman", "upperLetter", …)."""
    if form == "none":
        return ""
    if not 0 < count <= LARGEST:
        return str(count)
    shown = WRITERS.get(form, str)(count)
    return shown.upper() if form.startswith("upper") else shown


def _letter(count: int) -> str:
    return chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)


def _roman(count: int) -> str:
    written = ""
    for worth, sign in ROMAN:
        written += sign * (count // worth)
        count %= worth
    return written


def _ordinal(count: int) -> str:
    ending = "th" if count % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")
    return f"{count}{ending}"


WRITERS: dict[str, Callable[[int], str]] = {
    "lowerLetter": _letter,
    "upperLetter": _letter,
    "lowerRoman": _roman,
    "upperRoman": _roman,
    "decimalZero": "{:02d}".format,
    "ordinal": _ordinal,
}
