"""A table of digits with a heat map hung under its columns: one column of digits is one column of heat."""

import math

from engine.drawing.axes import short
from engine.drawing.canvas import Canvas
from engine.drawing.heatmap import RAMP, draw_ramp, heat
from engine.drawing.sketch import Plate, Sketch, words
from engine.drawing.table import TableDrawing
from engine.drawing.width import cell_width, fill
from engine.drawing.wrap import wrap
from sims.frames import Heatmap, Panel, Table
from sims.text import Language

_WIDEST_DIGIT = 2
_WIDEST_TITLE = 8


def hanging_plate(table: Panel, heatmap: Panel, language: Language) -> Plate | None:
    """Both panels in one where the columns belong together, else None."""
    if not isinstance(table, Table) or not isinstance(heatmap, Heatmap) or not _belong(table, heatmap):
        return None
    drawing = _Hanging(table, heatmap, language)
    return Plate(words(table.title, language), tuple(map(drawing.sketch, (2, 1))))


def _belong(table: Table, heatmap: Heatmap) -> bool:
    columns = max(map(len, heatmap.values), default=0)
    lengths = {len(row) for row in table.rows}
    if any(table.columns) or heatmap.row_names or heatmap.column_names or not columns:
        return False
    digits = [text for row in table.rows for text in row[1 : columns + 1]]
    return lengths in ({columns + 1}, {columns + 2}) and all(
        cell_width(text) <= _WIDEST_DIGIT for digit in digits for text in (digit.ja, digit.en)
    )


class _Hanging:
    def __init__(self, table: Table, heatmap: Heatmap, language: Language) -> None:
        self.heatmap = heatmap
        rows = [[words(text, language) for text in row] for row in table.rows]
        title = words(heatmap.title, language)
        labels = max(cell_width(row[0]) for row in rows)
        self.title = wrap(title, max(labels, _WIDEST_TITLE))
        labels = max(labels, len(RAMP), *map(cell_width, self.title))
        rows = [[fill(row[0], labels), *row[1:]] for row in rows]
        self.table = TableDrawing((), rows, table.lit, table.claim)
        # the row of marks is always kept free, so that the heat map stays where it is when a digit comes right
        self.top = len(rows) + 1

    def sketch(self, gap: int) -> Sketch:
        """Both, with ``gap`` cells between the columns."""
        halves = len(self.heatmap.values)
        height = self.top + max((halves + 1) // 2, len(self.title) + 2)

        def draw(canvas: Canvas, x: int, y: int, width: int, _height: int) -> None:
            self.table.draw(canvas, x, y, self.table.width(gap), self.table.height)
            starts = self.table.column_starts(gap)
            for row, values in enumerate(self.heatmap.values):
                for column, value in enumerate(values, 1):
                    if math.isfinite(value):
                        role = RAMP[heat(value, self.heatmap.low, self.heatmap.high)]
                        left, across = starts[column] - gap // 2, starts[column + 1] - starts[column]
                        canvas.fill(x + left, 2 * (y + self.top) + row, across, 1, role)
            self._names(canvas, x, y + self.top, y + height)

        return Sketch(self.table.width(gap), height, draw)

    def _names(self, canvas: Canvas, x: int, y: int, bottom: int) -> None:
        """The title beside the heat map, and its ramp at the foot."""
        for row, line in enumerate(self.title):
            canvas.put(x, y + row, line, "muted")
        low, high = short(self.heatmap.low), short(self.heatmap.high)
        canvas.put(x, bottom - 2, low, "muted")
        canvas.put(x + len(RAMP) - cell_width(high), bottom - 2, high, "muted")
        draw_ramp(canvas, x, bottom - 1)
