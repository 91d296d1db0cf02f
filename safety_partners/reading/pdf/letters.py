"""From a PDF page to words with their places: what pdfium sees, gathered letter by letter.

Every call into pdfium costs about a microsecond, so the loop over letters asks only for what it must: the letter, its
box, and the run of text it belongs to. What is the same for a whole run (font, size, mark) is asked once a run.
"""

import ctypes
import math
from dataclasses import dataclass
from typing import Any

from safety_partners.reading.limits import Watch
from safety_partners.reading.markers import PICTURES
from safety_partners.reading.pdf.geometry import Look, Page, Word

FONT_NAME_ROOM = 256
PICTURE_FONTS = ("wingding", "webding", "dingbat")
BOLD_NAMES = ("bold", "black", "heavy", "demi", "semibd")
BOLD_WEIGHT = 600
FORM = 5  # pdfium's number for a form object: a piece of page used as a stamp
PLAIN_HYPHENS = {2: "-", 0xFFFE: "-"}
LETTERS_BETWEEN_LOOKS = 4000


@dataclass(frozen=True, slots=True)
class Run:
    """What all letters of one run of text have in common."""

    look: Look
    mark: int
    artifact: bool
    upright: bool


class Turn:
    """Places in the file's own directions, turned into places on the page as it is shown, growing downwards."""

    def __init__(self, raw: Any, page: Any) -> None:
        box = raw.FS_RECTF()
        raw.FPDF_GetPageBoundingBox(page, box)
        self.x, self.y = box.left, box.bottom
        self.wide, self.high = abs(box.right - box.left), abs(box.top - box.bottom)
        self.quarter = raw.FPDFPage_GetRotation(page) % 4
        if self.quarter in (1, 3):
            self.width, self.height = self.high, self.wide
        else:
            self.width, self.height = self.wide, self.high

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point on the page as shown."""
        x, y = x - self.x, y - self.y
        match self.quarter:
            case 0:
                return x, self.high - y
            case 1:
                return y, x
            case 2:
                return self.wide - x, y
            case _:
                return self.high - y, self.wide - x

    def direction(self, x: float, y: float) -> tuple[float, float]:
        """Which way a step goes on the page as shown."""
        return ((x, -y), (y, x), (-x, y), (-y, -x))[self.quarter]


class Letters:
    """Reads the words of one page after another, keeping what it learns about fonts."""

    def __init__(self, raw: Any, watch: Watch) -> None:
        self.raw = raw
        self.watch = watch
        self.fonts: dict[int, tuple[bool, bool, bool]] = {}
        self.name = ctypes.create_string_buffer(FONT_NAME_ROOM)

    def font(self, font: Any) -> tuple[bool, bool, bool]:
        """Whether a font is bold, italic, and made of pictures."""
        key = _address(font)
        if key not in self.fonts:
            self.name.value = b""
            self.raw.FPDFFont_GetBaseFontName(font, self.name, FONT_NAME_ROOM)
            name = self.name.value.decode("utf-8", "replace").lower()
            bold = any(part in name for part in BOLD_NAMES) or self.raw.FPDFFont_GetWeight(font) >= BOLD_WEIGHT
            italic = "italic" in name or "oblique" in name
            self.fonts[key] = (bold, italic, any(part in name for part in PICTURE_FONTS))
        return self.fonts[key]

    def run(self, item: Any, text_page: Any, index: int, turn: Turn, stamped: dict[int, tuple[int, bool]]) -> Run:
        """What a run of text is like."""
        raw = self.raw
        bold, italic, pictures = self.font(raw.FPDFTextObj_GetFont(item))
        matrix, size = raw.FS_MATRIX(), ctypes.c_float()
        raw.FPDFText_GetMatrix(text_page, index, matrix)
        raw.FPDFTextObj_GetFontSize(item, size)
        height = abs(size.value) * math.hypot(matrix.c, matrix.d)
        along, down = turn.direction(matrix.a, matrix.b)
        upright = along > 0 and abs(down) <= 0.15 * along
        fattened = raw.FPDFTextObj_GetTextRenderMode(item) == 2
        mark, artifact = raw.FPDFPageObj_GetMarkedContentID(item), is_artifact(raw, item)
        if _address(item) in stamped:  # marks inside a stamp count from 0 again: only the stamp's own tell
            mark, outer_artifact = stamped[_address(item)]
            artifact = artifact or outer_artifact
        return Run(Look(round(height, 1), bold or fattened, italic, pictures), mark, artifact, upright)

    def read(self, page: Any, number: int) -> Page:
        """All words of a page, in the order the file stores them."""
        raw, turn = self.raw, Turn(self.raw, page)
        found = Page(number, turn.width, turn.height)
        text_page = raw.FPDFText_LoadPage(page)
        if not text_page:
            return found
        try:
            self._read_letters(page, text_page, turn, found)
        finally:
            raw.FPDFText_ClosePage(text_page)
        found.words = _without_shadows(found.words)
        return found

    def _read_letters(self, page: Any, text_page: Any, turn: Turn, found: Page) -> None:
        raw = self.raw
        letter_at, box_at, item_at = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox, raw.FPDFText_GetTextObject
        stamped = _stamped(raw, page)
        runs: dict[int, Run] = {}
        box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        word: Word | None = None
        spaced, turned, last_left = True, turn.quarter != 0, 0.0
        for index in range(raw.FPDFText_CountChars(text_page)):
            if index % LETTERS_BETWEEN_LOOKS == 0:
                self.watch.look()
            code = letter_at(text_page, index)
            item = item_at(text_page, index)
            if (code <= 32 and code != 2) or code == 0xA0 or not item:
                word, spaced = None, True
                continue
            key = _address(item)
            if key not in runs:
                runs[key] = self.run(item, text_page, index, turn, stamped)
            run = runs[key]
            box_at(text_page, index, box)
            if turned:
                (left, top), (right, bottom) = turn.point(box.left, box.top), turn.point(box.right, box.bottom)
                left, right, level = min(left, right), max(left, right), max(top, bottom)
            else:
                left, right, level = box.left - turn.x, box.right - turn.x, turn.high - (box.bottom - turn.y)
            letter = PLAIN_HYPHENS.get(code) or (chr(code) if code < 0x110000 else "\ufffd")
            if run.look.pictures:
                letter = PICTURES.get(letter, letter)
            if letter == "\ufffd" or (0xE000 <= code <= 0xF8FF and not run.look.pictures and not 0xF000 <= code <= 0xF0FF):
                found.unreadable += 1
            if word is not None and _goes_on(word, run, left, last_left, level):
                word.text += letter
                word.right, last_left = max(word.right, right), left
                continue
            raw.FPDFText_GetCharOrigin(text_page, index, x, y)
            base = turn.point(x.value, y.value)[1]
            word = Word(letter, left, right, base, run.look, run.mark, run.artifact, spaced, len(found.words), run.upright)
            if _on_page(word, found):
                found.words.append(word)
            spaced, last_left = False, left


def _goes_on(word: Word, run: Run, left: float, last_left: float, level: float) -> bool:
    """Whether the next letter belongs to the word. The letters of a ligature all have its box."""
    if (word.look is not run.look and word.look != run.look) or word.mark != run.mark or word.artifact != run.artifact:
        return False
    if not run.upright:
        return True
    size = max(word.size, 1.0)
    return left > last_left - 0.3 * size and left - word.right < 0.3 * size and -0.3 * size < level - word.base < 0.75 * size


def _on_page(word: Word, page: Page) -> bool:
    return -1 <= word.middle <= page.width + 1 and -1 <= word.base <= page.height + word.size


def _address(pointer: Any) -> int:
    return ctypes.c_void_p.from_buffer(pointer).value or 0  # a third of the time that ctypes.cast takes


def is_artifact(raw: Any, item: Any) -> bool:
    """Whether the document marks an object as decoration."""
    name, length = (ctypes.c_ushort * 32)(), ctypes.c_ulong()
    for index in range(min(raw.FPDFPageObj_CountMarks(item), 8)):
        mark = raw.FPDFPageObj_GetMark(item, index)
        known = raw.FPDFPageObjMark_GetName(mark, name, ctypes.sizeof(name), length)
        if known and bytes(name)[: length.value].decode("utf-16-le", "replace").rstrip("\0") == "Artifact":
            return True
    return False


def _stamped(raw: Any, page: Any) -> dict[int, tuple[int, bool]]:
    """The mark, and whether it is decoration, that text inside a stamp (a form) takes from the stamp."""
    found: dict[int, tuple[int, bool]] = {}
    for index in range(min(raw.FPDFPage_CountObjects(page), 20_000)):
        item = raw.FPDFPage_GetObject(page, index)
        if raw.FPDFPageObj_GetType(item) == FORM:
            _stamp(raw, item, (raw.FPDFPageObj_GetMarkedContentID(item), is_artifact(raw, item)), found, 0)
    return found


def _stamp(raw: Any, form: Any, marks: tuple[int, bool], found: dict[int, tuple[int, bool]], deep: int) -> None:
    for index in range(min(raw.FPDFFormObj_CountObjects(form), 20_000)):
        item = raw.FPDFFormObj_GetObject(form, index)
        found[_address(item)] = marks
        if deep < 4 and raw.FPDFPageObj_GetType(item) == FORM:
            _stamp(raw, item, marks, found, deep + 1)


def _without_shadows(words: list[Word]) -> list[Word]:
    """Words printed twice in almost the same place (shadows, letters made bold by overprinting) kept once."""
    seen: dict[tuple[str, int, int], Word] = {}
    kept: list[Word] = []
    for word in words:
        across, down = round(word.left / 2), round(word.base / 2)
        near = [(word.text, across + x, down + y) for x in (-1, 0, 1) for y in (-1, 0, 1)]
        twin = next((seen[key] for key in near if key in seen), None)
        if twin and abs(twin.left - word.left) < 1.2 and abs(twin.base - word.base) < 1.2:
            twin.mark = twin.mark if twin.mark >= 0 else word.mark
            continue
        seen[(word.text, across, down)] = word
        kept.append(word)
    return kept
