"""A matrix of values on the heat ramp, two rows of it in one row of cells where room is short."""

import math

from engine.drawing.axes import short
from engine.drawing.canvas import Canvas
from engine.drawing.cells import Role
from engine.drawing.sketch import Plate, Sketch, words
from engine.drawing.width import cell_width, crop
from sims.frames import Heatmap, Mark
from sims.text import Language

RAMP: tuple[Role, ...] = ("heat0", "heat1", "heat2", "heat3", "heat4")
# Ink that can be read on each step in both looks: the ramp runs from dark to bright in one, back in the other.
_INKS: tuple[Role, ...] = ("ink", "ink", "onglow", "onglow", "page")
_SIZES = ((6, 2), (4, 4), (4, 2), (3, 2), (3, 1), (2, 2), (2, 1), (1, 1))  # cells across, half rows down
_MOST_NAME = 12


def heatmap_plate(heatmap: Heatmap, language: Language) -> Plate:
    """``heatmap`` in every size; rows have their names where each has a row of cells of its own."""
    drawing = _HeatDrawing(heatmap, language)
    return Plate(words(heatmap.title, language), tuple(drawing.sketch(*size) for size in drawing.sizes()))


def heat(value: float, low: float, high: float) -> int:
    """The step of the ramp for a finite ``value``."""
    part = (value - low) / (high - low) if high > low else 0.0
    return math.floor(min(max(part * len(RAMP), 0), len(RAMP) - 1))


def draw_ramp(canvas: Canvas, x: int, y: int) -> None:
    """The steps of the ramp from low to high, a cell each."""
    for step, role in enumerate(RAMP):
        canvas.put(x + step, y, " ", ground=role)


class _HeatDrawing:
    def __init__(self, heatmap: Heatmap, language: Language) -> None:
        self.values, self.low, self.high = heatmap.values, heatmap.low, heatmap.high
        self.marks = heatmap.marks
        self.lines, self.columns = len(heatmap.values), max(map(len, heatmap.values), default=0)
        self.row_names = [crop(words(name, language), _MOST_NAME) for name in heatmap.row_names]
        self.column_names = [words(name, language) for name in heatmap.column_names]
        self.name_width = max(map(cell_width, self.row_names), default=-1) + 1
        numbers = [value for row in heatmap.values for value in row if math.isfinite(value)]
        whole = all(value == int(value) and 0 <= value < 100 for value in numbers)
        self.legend = f"{short(heatmap.low)} ", f" {short(heatmap.high)}"
        self.has_numbers = whole and bool(numbers)

    def sizes(self) -> list[tuple[int, int]]:
        """The sizes of a square worth trying. Wide ones are for matrices of few columns, or with names above."""
        named = max(map(cell_width, self.column_names), default=0)
        return [(max(across, min(named + 1, 6) if across > 3 else 0), down) for across, down in _SIZES]

    def sketch(self, across: int, down: int) -> Sketch:
        """The matrix with squares of ``across`` cells by ``down`` half rows, and the ramp below it."""
        left = self.name_width if down >= 2 else 0
        top = 1 if self._fit_above(across) else 0
        legend = sum(map(cell_width, self.legend)) + len(RAMP)
        height = top + (self.lines * down + 1) // 2

        def draw(canvas: Canvas, x: int, y: int, _width: int, _height: int) -> None:
            if left:
                self._name_rows(canvas, x, y + top, down)
            if top:
                for column, name in enumerate(self.column_names[: self.columns]):
                    aside = (across - cell_width(name)) // 2
                    canvas.put(x + left + column * across + aside, y, name, "muted")
            for row, values in enumerate(self.values):
                for column, value in enumerate(values):
                    self._square(canvas, x + left + column * across, 2 * (y + top) + row * down, across, down, value)
            for mark in self.marks:
                aside = x + left + mark.column * across + (across - 1) // 2
                canvas.put(aside, y + top + mark.row * down // 2, mark.text, self._ink(mark, down), bold=True)
            self._ramp(canvas, x + left, y + height)

        return Sketch(left + max(self.columns * across, legend), height + 1, draw)

    def _square(self, canvas: Canvas, x: int, half: int, across: int, down: int, value: float) -> None:
        if not math.isfinite(value):
            return
        step = heat(value, self.low, self.high)
        canvas.fill(x, half, across, down, RAMP[step])
        if self.has_numbers and across >= 3 and down >= 2:
            text = str(int(value)).rjust(2)
            canvas.put(x + (across - 2) // 2, half // 2, text, _INKS[step])

    def _ink(self, mark: Mark, down: int) -> Role:
        # of two half rows in one row of cells the lower one is the ground of a letter
        row = min(mark.row | 1, self.lines - 1) if down == 1 else mark.row
        value = self.values[row][mark.column]
        return _INKS[heat(value, self.low, self.high)] if math.isfinite(value) else "ink"

    def _fit_above(self, across: int) -> bool:
        return bool(self.column_names) and all(cell_width(name) <= across for name in self.column_names)

    def _name_rows(self, canvas: Canvas, x: int, y: int, down: int) -> None:
        for row, name in enumerate(self.row_names[: self.lines]):
            canvas.put(x, y + row * down // 2, name, "muted")

    def _ramp(self, canvas: Canvas, x: int, y: int) -> None:
        low, high = self.legend
        canvas.put(x, y, low, "muted")
        x += cell_width(low)
        draw_ramp(canvas, x, y)
        canvas.put(x + len(RAMP), y, high, "muted")
