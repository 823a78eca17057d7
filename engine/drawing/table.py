"""Tables of short texts: names at the left, numbers point under point, lit and claimed cells marked."""

import re
from collections.abc import Sequence

import msgspec

from engine.drawing.canvas import Canvas
from engine.drawing.cells import Role
from engine.drawing.sketch import Plate, Sketch, words
from engine.drawing.width import cell_width, crop, fill
from sims.frames import Table
from sims.text import Language

_NUMBER = re.compile(r"[−+-]?(\d[\d,]*)?(\.\d*)?(e[−+-]?\d+)?")
_LEAST_ROWS = 3
Cell = tuple[int, int]


class _Column(msgspec.Struct, frozen=True):
    header: str
    cells: tuple[str, ...]
    right: bool = False

    @property
    def width(self) -> int:
        return max(map(cell_width, (self.header, *self.cells)))


def table_plate(table: Table, language: Language) -> Plate:
    """``table`` with ever narrower gaps, and at last with as many rows as there is room for."""
    headers = [words(header, language) for header in table.columns]
    rows = [[words(text, language) for text in row] for row in table.rows]
    title = words(table.title, language)
    drawing = TableDrawing(headers, rows, table.lit, table.claim)
    if title and any(headers[:1]) and cell_width(title) <= drawing.width(3) - drawing.column_starts(3)[1]:
        # where the first header names the rows, the title names the other columns
        return Plate("", TableDrawing(headers, rows, table.lit, table.claim, title).sketches())
    return Plate(title, drawing.sketches())


class TableDrawing:
    """A table of ``rows`` (all texts fit to be drawn) under ``headers``; ``lit`` and ``claim`` name cells of rows.

    ``heading`` stands above all columns but the first.
    """

    def __init__(
        self,
        headers: Sequence[str],
        rows: Sequence[Sequence[str]],
        lit: Sequence[Cell] = (),
        claim: Sequence[Cell] = (),
        heading: str = "",
    ) -> None:
        self.lit, self.claim, self.heading = set(lit), set(claim), heading
        self.top = bool(heading) + any(headers)  # rows above the first
        self.count = len(rows)
        number = max(len(headers), max(map(len, rows), default=0))
        self.columns = [
            _column(headers[i] if i < len(headers) else "", [row[i] if i < len(row) else "" for row in rows], i == 0)
            for i in range(number)
        ]
        # claims in the last row alone are marked below it, others at their right
        self.marks_below = bool(self.claim) and all(row == self.count - 1 for row, _ in self.claim)

    @property
    def height(self) -> int:
        """Rows of the whole table."""
        return self.top + self.count + self.marks_below

    def width(self, gap: int) -> int:
        """Cells of the whole table with ``gap`` cells between columns."""
        marked = not self.marks_below and any(column == len(self.columns) - 1 for _, column in self.claim)
        columns = sum(column.width for column in self.columns) + gap * (len(self.columns) - 1) + marked
        return max(columns, self.column_starts(gap)[1] + cell_width(self.heading)) if self.heading else columns

    def sketches(self) -> tuple[Sketch, ...]:
        """The table with gaps of 3, 2 and 1 cells, then cut to what fits."""
        whole = [Sketch(self.width(gap), self.height, self.draw) for gap in (3, 2, 1)]
        least = Sketch(self.width(1), min(self.height, self.top + _LEAST_ROWS), self.draw, taller=True, cut=True)
        return (*whole, least)

    def draw(self, canvas: Canvas, x: int, y: int, width: int, height: int) -> None:
        """The table in ``width`` × ``height`` cells; rows for which there is no room become ``⋮``."""
        gap = next((gap for gap in (3, 2) if self.width(gap) <= width), 1)
        shown = self.count if self.height <= height else max(height - self.top - 1, 0)
        if self.heading:
            canvas.put(x + self.column_starts(gap)[1], y, self.heading, "muted")
        left = x
        for index, column in enumerate(self.columns):
            room = min(column.width, x + width - left)
            header = crop(fill(column.header, column.width, column.right), room)
            canvas.put(left, y + bool(self.heading), header, "muted")
            for row, text in enumerate(column.cells[:shown]):
                at = y + self.top + row
                self._cell(canvas, left, at, crop(text, room), (row, index), gap)
            left += column.width + gap
        if shown < self.count and height > 0:
            canvas.put(x, y + self.top + shown, "⋮", "muted")

    def column_starts(self, gap: int) -> list[int]:
        """Where each column starts, counted from the left of the table."""
        starts = [0]
        for column in self.columns:
            starts.append(starts[-1] + column.width + gap)
        return starts

    def _cell(self, canvas: Canvas, x: int, y: int, text: str, cell: Cell, gap: int) -> None:
        if cell in self.claim:
            chip, at = (f" {text} ", x - 1) if gap > 1 else (text, x)
            canvas.put(at, y, chip, "page", "wrong", bold=True)
            if self.marks_below:
                canvas.put(at + cell_width(chip) // 2, y + 1, "✘", "wrong", bold=True)
            else:
                canvas.put(at + cell_width(chip), y, "✘", "wrong", bold=True)
            return
        is_lit = cell in self.lit
        ink: Role = "light" if is_lit else "muted" if cell[1] == 0 else "ink"
        canvas.put(x, y, text, ink, bold=is_lit)


def _column(header: str, cells: list[str], is_first: bool) -> _Column:
    if is_first:  # the values of what the header names stand under it; plain names start at the left
        width = max(map(cell_width, (header, *cells)), default=0)
        return _Column(header, tuple(fill(cell, width, right=bool(header)) for cell in cells), bool(header))
    if any(cells) and all(_NUMBER.fullmatch(cell) or cell in ("–", "—", "-") for cell in cells):
        return _Column(header, _on_their_points(cells))
    return _Column(header, tuple(cells))


def _on_their_points(cells: list[str]) -> tuple[str, ...]:
    """Numbers with their decimal points under one another."""
    whole = max(cell_width(cell.partition(".")[0]) for cell in cells)
    lined_up = [fill(cell.partition(".")[0], whole, right=True) + "".join(cell.partition(".")[1:]) for cell in cells]
    width = max(map(cell_width, lined_up))
    return tuple(fill(cell, width) for cell in lined_up)
