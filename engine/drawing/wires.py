"""Orthogonal wires between the nodes of a graph: routes around what is in the way, and the corners they make."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from engine.drawing.canvas import Canvas
from engine.drawing.cells import Role

Cell = tuple[int, int]
_LEFT, _RIGHT, _UP, _DOWN = 1, 2, 4, 8
_SIGNS = {
    _LEFT: "─", _RIGHT: "─", _LEFT | _RIGHT: "─", _UP: "│", _DOWN: "│", _UP | _DOWN: "│",
    _RIGHT | _DOWN: "╭", _LEFT | _DOWN: "╮", _RIGHT | _UP: "╰", _LEFT | _UP: "╯",
    _RIGHT | _UP | _DOWN: "├", _LEFT | _UP | _DOWN: "┤", _LEFT | _RIGHT | _DOWN: "┬", _LEFT | _RIGHT | _UP: "┴",
    _LEFT | _RIGHT | _UP | _DOWN: "┼",
}  # fmt: skip


class Wires:
    """Wires on a sheet where ``taken`` cells hold text. Where wires meet they join."""

    def __init__(self, taken: set[Cell], height: int) -> None:
        self._taken, self._height = taken, height
        self._arms: dict[Cell, int] = {}
        self._roles: dict[Cell, Role] = {}

    def join(self, start: Cell, end: Cell, risers: Sequence[int], role: Role) -> None:
        """A wire from ``start`` to ``end`` further right; ``risers`` are the columns where it may go up or down.

        The first free route of few corners is taken; if there is none, the wire passes behind the text.
        """
        routes = list(self._routes(start, end, risers))
        if routes:
            self._lay(next(filter(self._is_free, routes), routes[0]), role)

    def draw(self, canvas: Canvas, x: int, y: int) -> None:
        """Every wire; text is put over them."""
        for (column, row), arms in self._arms.items():
            canvas.put(x + column, y + row, _SIGNS[arms], self._roles[column, row])

    def _routes(self, start: Cell, end: Cell, risers: Sequence[int]) -> Iterator[list[Cell]]:
        (x0, y0), (x1, y1) = start, end
        if x1 < x0:
            return
        if y0 == y1:
            yield [start, end]
        inside = [riser for riser in risers if x0 <= riser <= x1]
        for riser in reversed(inside):
            yield [start, (riser, y0), (riser, y1), end]
        if inside:
            first, last = inside[0], inside[-1]
            for lane in sorted(range(self._height), key=lambda row: abs(row - y0) + abs(row - y1)):
                yield [start, (first, y0), (first, lane), (last, lane), (last, y1), end]

    def _is_free(self, route: list[Cell]) -> bool:
        return not any(cell in self._taken for cell in _cells(route))

    def _lay(self, route: list[Cell], role: Role) -> None:
        cells = list(_cells(route))
        for cell in cells:
            self._arms.setdefault(cell, 0)
            self._roles[cell] = role
        for a, b in pairwise(cells):
            if a[0] != b[0]:
                left, right = sorted((a, b))
                self._arms[left] |= _RIGHT
                self._arms[right] |= _LEFT
            elif a[1] != b[1]:
                upper, lower = sorted((a, b))
                self._arms[upper] |= _DOWN
                self._arms[lower] |= _UP
        if cells:  # the ends reach towards the nodes
            self._arms[cells[0]] |= _LEFT
            self._arms[cells[-1]] |= _RIGHT


def _cells(route: list[Cell]) -> Iterator[Cell]:
    """Every cell of a route given by its corners, in order."""
    yield route[0]
    for (x0, y0), (x1, y1) in pairwise(route):
        step_x, step_y = (x1 > x0) - (x1 < x0), (y1 > y0) - (y1 < y0)
        while (x0, y0) != (x1, y1):
            x0, y0 = x0 + step_x, y0 + step_y
            yield x0, y0
