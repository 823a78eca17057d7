"""Curves in Braille dots: 2 × 4 of them in a cell, and one colour."""

import math
from collections.abc import Iterable

from engine.drawing.canvas import Canvas
from engine.drawing.cells import Role

_BITS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
Point = tuple[float, float]
Dash = tuple[int, int]
SOLID: Dash = (1, 0)


class Dots:
    """``width`` × ``height`` cells of dots. A cell has the colour of what was drawn there last."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._bits = [[0] * width for _ in range(height)]
        self._roles: list[list[Role]] = [["ink"] * width for _ in range(height)]

    def curve(self, points: Iterable[Point | None], role: Role, dash: Dash = SOLID) -> None:
        """Join ``points``, each within 0..1 from the lower left corner if it is in sight; None breaks the curve.

        ``dash`` gives how many dots are drawn and left out in turn.
        """
        last: tuple[float, float] | None = None
        step = 0
        for point in points:
            here = point and (point[0] * (2 * self.width - 1), (1 - point[1]) * (4 * self.height - 1))
            if here is None or here == last:
                last = here
                continue
            step = self._line(last or here, here, role, dash, step)
            last = here

    def draw(self, canvas: Canvas, x: int, y: int) -> None:
        """Put every cell that has a dot on ``canvas``, its upper left cell at ``x``, ``y``."""
        for row, (bits, roles) in enumerate(zip(self._bits, self._roles, strict=True)):
            for column, (pattern, role) in enumerate(zip(bits, roles, strict=True)):
                if pattern:
                    canvas.put(x + column, y + row, chr(0x2800 + pattern), role)

    def _line(self, start: Point, end: Point, role: Role, dash: Dash, step: int) -> int:
        clipped = _clipped(start, end, 2 * self.width - 1, 4 * self.height - 1)
        if clipped is None:
            return step
        (x0, y0), (x1, y1) = clipped
        steps = math.ceil(max(abs(x1 - x0), abs(y1 - y0)))  # rounding down would leave holes
        for i in range(steps + 1):
            part = i / steps if steps else 0.0
            if (step + i) % sum(dash) < dash[0]:
                self._mark(round(x0 + part * (x1 - x0)), round(y0 + part * (y1 - y0)), role)
        return step + steps

    def _mark(self, x: int, y: int, role: Role) -> None:
        self._bits[y // 4][x // 2] |= _BITS[y % 4][x % 2]
        self._roles[y // 4][x // 2] = role


def _clipped(start: Point, end: Point, right: float, bottom: float) -> tuple[Point, Point] | None:
    """The part of a line inside 0..right × 0..bottom, or None (Liang & Barsky 1984)."""
    (x0, y0), (x1, y1) = start, end
    dx, dy = x1 - x0, y1 - y0
    first, last = 0.0, 1.0
    for slope, room in ((-dx, x0), (dx, right - x0), (-dy, y0), (dy, bottom - y0)):
        if slope == 0:
            if room < 0:
                return None
            continue
        part = room / slope
        if slope < 0:
            first = max(first, part)
        else:
            last = min(last, part)
    if first > last:
        return None
    return (x0 + first * dx, y0 + first * dy), (x0 + last * dx, y0 + last * dy)
