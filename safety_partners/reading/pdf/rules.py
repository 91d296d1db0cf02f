"""The straight lines drawn on a page (the borders of tables), and how much of it is covered by pictures."""

import ctypes
import itertools
from collections.abc import Iterator
from typing import Any

from safety_partners.reading.limits import Watch
from safety_partners.reading.pdf.geometry import Box, Page, Rule
from safety_partners.reading.pdf.letters import Turn

PATH, IMAGE, FORM = 2, 3, 5
OBJECTS = 20_000
SEGMENTS = 4_000
THIN = 3.0
SHORT = 6.0
JOINED = 2.5

SMALLEST_DOT, LARGEST_DOT = 1.5, 9.0  # points across: a bullet drawn as a shape
MOST_PAINTED = 300  # shades remembered
PAPER = (255, 255, 255)

Colour = tuple[int, int, int]
Matrix = tuple[float, float, float, float, float, float]
STRAIGHT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Drawing:
    """Collects the rules of one page."""

    def __init__(self, raw: Any, watch: Watch, page: Page, turn: Turn) -> None:
        self.raw, self.watch, self.page, self.turn = raw, watch, page, turn
        self.seen = 0
        self.found: list[Rule] = []
        self.painted: list[tuple[Box, Colour]] = []
        self.pictured = 0.0

    def object(self, item: Any, outer: Matrix, deep: int) -> None:
        """Take in one object of the page, and those inside a stamp."""
        raw = self.raw
        self.seen += 1
        if self.seen > OBJECTS:
            return
        if self.seen % 500 == 0:
            self.watch.look()
        kind = raw.FPDFPageObj_GetType(item)
        if kind == PATH:
            self.path(item, _times(_matrix(raw, item), outer))
        elif kind == IMAGE:
            left, top, right, bottom = self.place(_times(_matrix(raw, item), outer), (0.0, 0.0), (1.0, 1.0))
            wide = min(right, self.page.width) - max(left, 0.0)
            high = min(bottom, self.page.height) - max(top, 0.0)
            self.pictured += max(wide, 0.0) * max(high, 0.0)
        elif kind == FORM and deep < 4:
            inner = _times(_matrix(raw, item), outer)
            for index in range(min(raw.FPDFFormObj_CountObjects(item), OBJECTS)):
                self.object(raw.FPDFFormObj_GetObject(item, index), inner, deep + 1)

    def path(self, item: Any, matrix: Matrix) -> None:
        """The straight parts of a path: strokes, and filled shapes so thin that they stand for strokes."""
        raw = self.raw
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(item, fill, stroke)
        if not fill.value and not stroke.value:
            return
        count = raw.FPDFPath_CountSegments(item)
        if count > SEGMENTS:
            return
        colour = None if stroke.value else self.colour(item)
        for start, end, thick, weak in self.strokes(item, count, matrix, colour):
            self.stroke(start, end, thick, weak)

    def colour(self, item: Any) -> Colour:
        """The colour that a shape is filled with; the paper's where it is let through."""
        red, green, blue, cover = (ctypes.c_uint() for _ in range(4))
        if not self.raw.FPDFPageObj_GetFillColor(item, red, green, blue, cover) or cover.value == 0:
            return PAPER
        return (red.value, green.value, blue.value)

    def shows(self, box: Box, colour: Colour) -> bool:
        """Whether a shade can be seen: it differs from what it is laid upon. Remembers it."""
        under = next((other for area, other in reversed(self.painted) if _within(box, area)), PAPER)
        self.painted = [*self.painted[-MOST_PAINTED:], (box, colour)]
        return max(abs(one - other) for one, other in zip(colour, under, strict=True)) > 3

    def strokes(
        self, item: Any, count: int, matrix: Matrix, colour: Colour | None
    ) -> Iterator[tuple[tuple[float, float], tuple[float, float], bool, bool]]:
        """Pairs of points, whether they span a thin shape rather than a stroke, and whether they edge a shade."""
        raw = self.raw
        shapes: list[list[tuple[float, float]]] = []
        x, y = ctypes.c_float(), ctypes.c_float()
        curved = False
        for index in range(count):
            segment = raw.FPDFPath_GetPathSegment(item, index)
            raw.FPDFPathSegment_GetPoint(segment, x, y)
            kind = raw.FPDFPathSegment_GetType(segment)
            point = self.turn.point(*_through(matrix, x.value, y.value))
            if kind == 2 or not shapes:
                shapes.append([])
            shapes[-1].append(point)
            curved = curved or kind == 1
            if raw.FPDFPathSegment_GetClose(segment) and len(shapes[-1]) > 1:
                shapes[-1].append(shapes[-1][0])
        if curved:
            points = [point for shape in shapes for point in shape]
            box = Box(*map(min, zip(*points, strict=True)), *map(max, zip(*points, strict=True)))
            if SMALLEST_DOT <= box.right - box.left <= LARGEST_DOT and abs(box.right - box.left - box.bottom + box.top) < 1:
                self.page.dots.append(box)
            return
        for shape in shapes:
            across, down = [point[0] for point in shape], [point[1] for point in shape]
            corner, other = (min(across), min(down)), (max(across), max(down))
            if min(other[0] - corner[0], other[1] - corner[1]) <= THIN:
                yield corner, other, True, False
            elif colour is None:
                for start, end in itertools.pairwise(shape):
                    yield start, end, False, False
            elif len(shape) <= 6 and self.shows(Box(*corner, *other), colour):  # its sides serve as borders
                yield corner, (other[0], corner[1]), True, True
                yield (corner[0], other[1]), other, True, True
                yield corner, (corner[0], other[1]), True, True
                yield (other[0], corner[1]), other, True, True

    def stroke(self, start: tuple[float, float], end: tuple[float, float], thick: bool, weak: bool) -> None:
        """Keep a stroke if it is level or upright."""
        wide, high = abs(start[0] - end[0]), abs(start[1] - end[1])
        if wide >= SHORT and high <= (THIN if thick else 0.8):
            self.found.append(Rule(True, (start[1] + end[1]) / 2, min(start[0], end[0]), max(start[0], end[0]), weak))
        elif high >= SHORT and wide <= (THIN if thick else 0.8):
            self.found.append(Rule(False, (start[0] + end[0]) / 2, min(start[1], end[1]), max(start[1], end[1]), weak))

    def place(self, matrix: Matrix, corner: tuple[float, float], other: tuple[float, float]) -> tuple[float, float, float, float]:
        """Where a box of an object lies on the page as shown."""
        points = [self.turn.point(*_through(matrix, x, y)) for x in (corner[0], other[0]) for y in (corner[1], other[1])]
        return (
            min(point[0] for point in points),
            min(point[1] for point in points),
            max(point[0] for point in points),
            max(point[1] for point in points),
        )


def _within(inner: Box, outer: Box) -> bool:
    return (
        outer.left - 1 <= inner.left and outer.top - 1 <= inner.top and outer.right + 1 >= inner.right and outer.bottom + 1 >= inner.bottom
    )


def _matrix(raw: Any, item: Any) -> Matrix:
    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(item, found):
        return STRAIGHT
    return (found.a, found.b, found.c, found.d, found.e, found.f)


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    if outer == STRAIGHT:
        return inner
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _through(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def joined(rules: list[Rule]) -> list[Rule]:
    """Pieces of one straight line put together."""
    groups: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda rule: (rule.weak, rule.across, rule.at)):
        last = groups[-1][-1] if groups else None
        if last and last.across == rule.across and last.weak == rule.weak and abs(last.at - rule.at) <= 1.2:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    return [whole for group in groups for whole in _in_a_row(group)]


def _in_a_row(group: list[Rule]) -> list[Rule]:
    whole: list[Rule] = []
    for rule in sorted(group, key=lambda rule: rule.start):
        if whole and rule.start <= whole[-1].end + JOINED:
            last = whole[-1]
            whole[-1] = Rule(last.across, last.at, last.start, max(last.end, rule.end), last.weak)
        else:
            whole.append(rule)
    return whole


def read_rules(raw: Any, handle: Any, page: Page, watch: Watch) -> None:
    """Fill in the page's rules, and how much of it is covered by pictures (0 to 1)."""
    drawing = Drawing(raw, watch, page, Turn(raw, handle))
    for index in range(min(raw.FPDFPage_CountObjects(handle), OBJECTS)):
        drawing.object(raw.FPDFPage_GetObject(handle, index), STRAIGHT, 0)
    inside = [rule for rule in drawing.found if _inside(rule, page)]
    page.rules = joined(inside)
    page.pictured = min(drawing.pictured / max(page.width * page.height, 1.0), 1.0)


def _inside(rule: Rule, page: Page) -> bool:
    limit, reach = (page.height, page.width) if rule.across else (page.width, page.height)
    return -2 <= rule.at <= limit + 2 and rule.end > 0 and rule.start < reach
