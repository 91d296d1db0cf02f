"""The straight lines drawn on a page (the borders of tables), and how much of it is covered by pictures."""

import ctypes
from collections.abc import Iterator
from typing import Any

from ..limits import Watch
from .geometry import Page, Rule
from .letters import Turn

PATH, IMAGE, FORM = 2, 3, 5
OBJECTS = 20_000
SEGMENTS = 4_000
THIN = 3.0
SHORT = 6.0
JOINED = 2.5

Matrix = tuple[float, float, float, float, float, float]
STRAIGHT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Drawing:
    """Collects the rules of one page."""

    def __init__(self, raw: Any, watch: Watch, page: Page, turn: Turn) -> None:
        self.raw, self.watch, self.page, self.turn = raw, watch, page, turn
        self.seen = 0
        self.found: list[Rule] = []
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
        for start, end, thick in self.strokes(item, count, matrix, bool(stroke.value)):
            self.stroke(start, end, thick)

    def strokes(
        self, item: Any, count: int, matrix: Matrix, stroked: bool
    ) -> Iterator[tuple[tuple[float, float], tuple[float, float], bool]]:
        """Pairs of points: the sides of what is stroked, the diagonal (and True) of a thin filled shape."""
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
            return
        for shape in shapes:
            across, down = [point[0] for point in shape], [point[1] for point in shape]
            corner, other = (min(across), min(down)), (max(across), max(down))
            if min(other[0] - corner[0], other[1] - corner[1]) <= THIN:
                yield corner, other, True
            elif stroked:
                for start, end in zip(shape, shape[1:], strict=False):
                    yield start, end, False
            elif len(shape) <= 6:  # a filled box: the shade of a cell; its sides serve as borders
                yield corner, (other[0], corner[1]), True
                yield (corner[0], other[1]), other, True
                yield corner, (corner[0], other[1]), True
                yield (other[0], corner[1]), other, True

    def stroke(self, start: tuple[float, float], end: tuple[float, float], thick: bool) -> None:
        """Keep a stroke if it is level or upright."""
        wide, high = abs(start[0] - end[0]), abs(start[1] - end[1])
        if wide >= SHORT and high <= (THIN if thick else 0.8):
            self.found.append(Rule(True, (start[1] + end[1]) / 2, min(start[0], end[0]), max(start[0], end[0])))
        elif high >= SHORT and wide <= (THIN if thick else 0.8):
            self.found.append(Rule(False, (start[0] + end[0]) / 2, min(start[1], end[1]), max(start[1], end[1])))

    def place(
        self, matrix: Matrix, corner: tuple[float, float], other: tuple[float, float]
    ) -> tuple[float, float, float, float]:
        """Where a box of an object lies on the page as shown."""
        points = [
            self.turn.point(*_through(matrix, x, y)) for x in (corner[0], other[0]) for y in (corner[1], other[1])
        ]
        return (
            min(point[0] for point in points),
            min(point[1] for point in points),
            max(point[0] for point in points),
            max(point[1] for point in points),
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
    for rule in sorted(rules, key=lambda rule: (rule.across, rule.at)):
        last = groups[-1][-1] if groups else None
        if last and last.across == rule.across and abs(last.at - rule.at) <= 1.2:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    return [whole for group in groups for whole in _in_a_row(group)]


def _in_a_row(group: list[Rule]) -> list[Rule]:
    whole: list[Rule] = []
    for rule in sorted(group, key=lambda rule: rule.start):
        if whole and rule.start <= whole[-1].end + JOINED:
            last = whole[-1]
            whole[-1] = Rule(last.across, last.at, last.start, max(last.end, rule.end))
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
