"""Orthogonal wires between the nodes of a graph: routes around what is in the way, and the corners they make."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from engine.drawing.canvas import Canvas
from engine.drawing.cells import Role

Cell = tuple[int, int]
_LEFT, _RIGHT, _UP, _DOWN = 1, 2, 4, 8
_CROSSING = {_LEFT | _RIGHT, _UP | _DOWN}
_SIGNS = {
    _LEFT: "─", _RIGHT: "─", _LEFT | _RIGHT: "─", _UP: "│", _DOWN: "│", _UP | _DOWN: "│",
    _RIGHT | _DOWN: "╭", _LEFT | _DOWN: "╮", _RIGHT | _UP: "╰", _LEFT | _UP: "╯",
    _RIGHT | _UP | _DOWN: "├", _LEFT | _UP | _DOWN: "┤", _LEFT | _RIGHT | _DOWN: "┬", _LEFT | _RIGHT | _UP: "┴",
    _LEFT | _RIGHT | _UP | _DOWN: "┼",
}  # fmt: skip


class Wires:
    """Wires on a sheet where ``taken`` cells hold text. Wires from one start or to one end join, others only cross."""

    def __init__(self, taken: set[Cell], height: int) -> None:
        self._taken, self._height = taken, height
        self._laid: list[tuple[Cell, Cell, Role, dict[Cell, int]]] = []

    def join(self, start: Cell, end: Cell, risers: Sequence[int], role: Role) -> None:
        """A wire from ``start`` to ``end`` further right; ``risers`` are the columns where it may go up or down.

        The first route is taken that is clear of text and other wires, else of text; if there is none, the wire
        passes behind the text.
        """
        routes = [_arms(route) for route in self._routes(start, end, risers)]
        if routes:
            clear = [arms for arms in routes if not arms.keys() & self._taken]
            apart = (arms for arms in clear if not self._is_confused(start, end, arms))
            self._laid.append((start, end, role, next(apart, (clear or routes)[0])))

    def draw(self, canvas: Canvas, x: int, y: int) -> None:
        """Every wire; text is put over them."""
        together: dict[Cell, int] = {}
        for _, _, role, arms in self._laid:
            for cell, directions in arms.items():
                together[cell] = together.get(cell, 0) | directions
                canvas.put(x + cell[0], y + cell[1], _SIGNS[together[cell]], role)

    def _routes(self, start: Cell, end: Cell, risers: Sequence[int]) -> Iterator[list[Cell]]:
        (x0, y0), (x1, y1) = start, end
        if x1 < x0:
            return
        if y0 == y1:
            yield [start, end]
        inside = [riser for riser in risers if x0 <= riser <= x1]
        nearest = inside[::-1]
        for riser in nearest[::2] + nearest[1::2]:  # wires side by side are easier to tell apart with a gap
            yield [start, (riser, y0), (riser, y1), end]
        if inside:
            first, last = inside[0], inside[-1]
            for lane in sorted(range(self._height), key=lambda row: abs(row - y0) + abs(row - y1)):
                yield [start, (first, y0), (first, lane), (last, lane), (last, y1), end]

    def _is_confused(self, start: Cell, end: Cell, arms: dict[Cell, int]) -> bool:
        """Whether the wire would run into one with which it has neither end in common."""
        for other_start, other_end, _, others in self._laid:
            if start == other_start or end == other_end:
                continue
            if any({arms[cell], others[cell]} != _CROSSING for cell in arms.keys() & others.keys()):
                return True
        return False


def _arms(route: list[Cell]) -> dict[Cell, int]:
    """Every cell of a route with the directions in which the wire leaves it."""
    cells = list(_cells(route))
    arms = dict.fromkeys(cells, 0)
    for a, b in pairwise(cells):
        if a[0] != b[0]:
            left, right = sorted((a, b))
            arms[left] |= _RIGHT
            arms[right] |= _LEFT
        else:
            upper, lower = sorted((a, b))
            arms[upper] |= _DOWN
            arms[lower] |= _UP
    arms[cells[0]] |= _LEFT  # the ends reach towards the nodes
    arms[cells[-1]] |= _RIGHT
    return arms


def _cells(route: list[Cell]) -> Iterator[Cell]:
    """Every cell of a route given by its corners, in order."""
    yield route[0]
    for (x0, y0), (x1, y1) in pairwise(route):
        step_x, step_y = (x1 > x0) - (x1 < x0), (y1 > y0) - (y1 < y0)
        while (x0, y0) != (x1, y1):
            x0, y0 = x0 + step_x, y0 + step_y
            yield x0, y0
