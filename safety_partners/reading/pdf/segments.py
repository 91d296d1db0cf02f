"""Words gathered into the pieces of lines that stand together: a line of a column, or the text of one cell."""

import itertools
import re
from collections.abc import Sequence

from safety_partners.reading import markers
from safety_partners.reading.pdf.geometry import Line, Page, Rule, Word

WIDE = 1.9  # heights of a letter: a gap wider than this parts two pieces of a line
JUMP = 0.7  # the same where the file stores the two apart
OPEN_ROWS = 6
LEADER = re.compile(r"(?:[.…·_]\s?){3,}$")  # the dots that lead to a page number
LABEL_GAP = 75.0  # points between a printed number and its text, at most


def segments(page: Page, words: Sequence[Word]) -> list[Line]:
    """The pieces of lines on a page, from the top down and from left to right."""
    down = [rule for rule in page.rules if not rule.across]
    found: list[Line] = []
    for row in _rows([word for word in words if word.upright]):
        row.sort(key=lambda word: word.left)
        found.extend(_labels_joined([Line(part, page.number) for part in _parted(row, down)]))
    found.extend(_turned(page, [word for word in words if not word.upright]))
    return sorted(found, key=lambda line: (round(line.base), line.left))


def _rows(words: Sequence[Word]) -> list[list[Word]]:
    """Words at one height, whatever stands between them."""
    rows: list[list[Word]] = []
    bands: list[tuple[float, float]] = []
    for word in sorted(words, key=lambda word: word.base):
        top, bottom = word.top, word.bottom
        best, most = -1, 0.0
        for place in range(len(rows) - 1, max(len(rows) - OPEN_ROWS, 0) - 1, -1):
            upper, lower = bands[place]
            shared = (lower if lower < bottom else bottom) - (upper if upper > top else top)
            if shared > most and shared >= 0.55 * min(lower - upper, bottom - top):
                best, most = place, shared
        if best < 0:
            rows.append([word])
            bands.append((top, bottom))
        else:
            rows[best].append(word)
            if bottom - top > bands[best][1] - bands[best][0]:
                bands[best] = (top, bottom)
    return rows


def _parted(row: Sequence[Word], down: Sequence[Rule]) -> list[list[Word]]:
    """The words of a row, parted at wide gaps and at rules."""
    parts = [[row[0]]]
    for before, after in itertools.pairwise(row):
        gap, size = after.left - before.right, max(before.size, after.size, 1.0)
        led = LEADER.match(before.text) or LEADER.match(after.text)
        apart = (not led and gap > WIDE * size) or (not led and gap > JUMP * size and after.order != before.order + 1)
        ruled = gap > -1 and any(
            before.right - 1.5 <= rule.at <= after.left + 1.5 and rule.start - 2 <= after.base - 2 <= rule.end + 2 for rule in down
        )
        if apart or ruled:
            parts.append([after])
        else:
            parts[-1].append(after)
    return parts


def _labels_joined(parts: Sequence[Line]) -> list[Line]:
    """A printed number or bullet put with the text that follows it."""
    joined: list[Line] = []
    for place, part in enumerate(parts):
        before = joined[-1] if joined else None
        if before is not None and len(before.words) == 1 and part.left - before.right < LABEL_GAP:
            text = before.words[0].text
            sign = markers.is_bullet(text) or text in markers.BULLETS
            number = markers.is_label(text) and (text[-1] in ".):" or "." in text or text[0] == "(")
            lone = markers.is_label(text) and len(parts) == 2 and place == 1 and text[0].isdigit()
            if sign or number or lone:
                joined[-1] = Line([*before.words, *part.words], part.page)
                continue
        joined.append(part)
    return joined


def _turned(page: Page, words: Sequence[Word]) -> list[Line]:
    """Text set upwards or at an angle: words stored one after another make a line."""
    parts: list[list[Word]] = []
    for word in words:
        last = parts[-1][-1] if parts else None
        if last and word.order - last.order == 1 and abs(word.middle - last.middle) + abs(word.base - last.base) < 12 * word.size:
            parts[-1].append(word)
        else:
            parts.append([word])
    return [Line(part, page.number) for part in parts]
