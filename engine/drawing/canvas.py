"""A sheet of terminal cells to draw on. Grounds are kept for half rows, so that squares can be square."""

from itertools import groupby
from operator import itemgetter

import msgspec

from engine.drawing.cells import Role, Row, Span
from engine.drawing.width import character_width, visible


class _Cell(msgspec.Struct):
    text: str = " "
    ink: Role = "ink"
    upper: Role = "page"
    lower: Role = "page"
    bold: bool = False


class Canvas:
    """``width`` × ``height`` cells. Whatever falls outside is cut off; nothing drawn can change the size."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = max(width, 0), max(height, 0)
        self._cells = [[_Cell() for _ in range(self.width)] for _ in range(self.height)]

    def put(self, x: int, y: int, text: str, ink: Role = "ink", ground: Role | None = None, bold: bool = False) -> None:
        """Write ``text`` from column ``x`` of row ``y``; without ``ground``, on the ground that is there."""
        if not 0 <= y < self.height:
            return
        for character in visible(text):
            width = character_width(character)
            if width == 0:
                self._combine(x - 1, y, character)
            elif x >= 0 and x + width <= self.width:
                self._set(x, y, character, ink, ground, bold)
                if width == 2:
                    self._set(x + 1, y, "", ink, ground, bold)
            x += width

    def fill(self, x: int, half: int, width: int, halves: int, ground: Role) -> None:
        """Paint a ground on ``halves`` half rows from half row ``half`` (row 0 has the half rows 0 and 1)."""
        for row in range(max(half, 0), min(half + halves, 2 * self.height)):
            cells = self._cells[row // 2]
            for cell in cells[max(x, 0) : max(x + width, 0)]:
                if row % 2:
                    cell.lower = ground
                else:
                    cell.upper = ground

    def rows(self) -> list[Row]:
        """Every row, as wide as the canvas, neighbours of one look merged."""
        return [_merged(row) for row in self._cells]

    def _combine(self, x: int, y: int, mark: str) -> None:
        if 0 <= x < self.width:
            cell = self._cells[y][x]
            base = cell if cell.text or x == 0 else self._cells[y][x - 1]
            if len(base.text) < 4:  # a tower of marks would reach into the rows above
                base.text += mark

    def _set(self, x: int, y: int, text: str, ink: Role, ground: Role | None, bold: bool) -> None:
        row = self._cells[y]
        cell = row[x]
        if text and not cell.text and x:  # the right half of a wide character goes: so does its left half
            row[x - 1].text = " "
        if cell.text and x + 1 < self.width and not row[x + 1].text:
            row[x + 1].text = " "
        cell.text, cell.ink, cell.bold = text, ink, bold
        if ground is not None:
            cell.upper = cell.lower = ground


def _merged(cells: list[_Cell]) -> Row:
    looks: list[tuple[tuple[Role, Role, bool], str]] = []
    for cell in cells:
        look, text = _look(cell), _character(cell)
        if looks and (not text or (text == " " and look[1] == looks[-1][0][1])):
            # the right half of a wide character, or a space: looks as what is before it does
            look = looks[-1][0]
        looks.append((look, text))
    return tuple(Span("".join(text for _, text in run), *look) for look, run in groupby(looks, itemgetter(0)))


def _look(cell: _Cell) -> tuple[Role, Role, bool]:
    if cell.upper == cell.lower:
        return ("ink" if cell.text == " " else cell.ink), cell.lower, cell.bold and cell.text != " "
    if cell.text == " ":
        return cell.upper, cell.lower, False
    return cell.ink, "page" if "page" in (cell.upper, cell.lower) else cell.lower, cell.bold


def _character(cell: _Cell) -> str:
    return "▀" if cell.text == " " and cell.upper != cell.lower else cell.text
