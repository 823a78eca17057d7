"""Grids: an image of touching squares, a bare matrix, or the tiles of an output map, with a claim framed over it."""

import msgspec

from engine.drawing.canvas import Canvas
from engine.drawing.cells import Role
from engine.drawing.sketch import Plate, Sketch, words
from engine.drawing.width import cell_width, crop, visible
from sims.frames import CellRole, Grid
from sims.text import Language

MOST_WITH_DIGITS = 8  # from 9 squares a side on, small squares read better than small digits
_LONGEST = 6  # cells of text in a square
_INKS: dict[CellRole, Role] = {"lit": "onglow", "claim": "page", "pad": "muted", "muted": "muted"}
_GROUNDS: dict[CellRole, Role] = {"raised": "raised", "lit": "glow", "claim": "wrong"}
_NOT_YET = ("", "·")


class _Scale(msgspec.Struct, frozen=True):
    """Sizes of the squares: columns in cells, rows in half rows, and the gaps between them.

    ``inset`` is where the text starts in a square, None for squares without text; ``rise`` is how many half rows
    a square starts above the row of its text.
    """

    width: int
    halves: int
    inset: int | None = None
    rise: int = 0
    gap: int = 0
    gap_halves: int = 0


def grid_plate(grid: Grid, language: Language) -> Plate:
    """``grid`` in every scale that suits it; one without a title stands back where room is short."""
    texts = [[visible(text) for text in row] for row in grid.cells]
    text_width = min(max((cell_width(text) for row in texts for text in row), default=1) or 1, _LONGEST)
    bare = not grid.tiles and all(role in ("page", "muted") for row in grid.roles for role in row)
    scales = _tile_scales(text_width) if grid.tiles else _bare_scales(text_width) if bare else _scales(text_width)
    large = not bare and _side(grid) > MOST_WITH_DIGITS
    if large:
        scales = [scale for scale in scales if scale.halves > 2 or scale.inset is None]
    return Plate(
        words(grid.title, language),
        tuple(_Squares(grid, texts, text_width, scale).sketch(large) for scale in scales),
        words(grid.claim_title, language),
        visible(grid.joiner),
        spare=not grid.title or (bare and bool(grid.joiner)),
        airy=grid.tiles,
    )


def _side(grid: Grid) -> int:
    """The longer side of what is shown, without the padding around it."""
    filled = [(i, j) for i, row in enumerate(grid.roles) for j, role in enumerate(row) if role in ("raised", "muted")]
    return max(len({i for i, _ in filled}), len({j for _, j in filled}))


def _scales(text: int) -> list[_Scale]:
    return [
        _Scale(max(4, text + 2), 4, inset=1, rise=1),
        _Scale(text + 2, 2, inset=1),
        _Scale(text + 1, 2, inset=0),
        _Scale(2, 2),
        _Scale(1, 1),
    ]


def _bare_scales(text: int) -> list[_Scale]:
    return [_Scale(text + 2, 2, inset=1, gap_halves=2), _Scale(text + 1, 2, inset=0)]


def _tile_scales(text: int) -> list[_Scale]:
    return [
        _Scale(max(6, text + 4), 6, inset=2, rise=2, gap=1, gap_halves=2),
        _Scale(text + 2, 2, inset=1, gap=1, gap_halves=2),
        _Scale(text + 1, 2, inset=0),
        _Scale(2, 2),
        _Scale(1, 1),
    ]


class _Squares:
    """A grid at one scale. Positions are relative to the upper left corner of the body."""

    def __init__(self, grid: Grid, texts: list[list[str]], text_width: int, scale: _Scale) -> None:
        self.grid, self.texts, self.text_width, self.scale = grid, texts, text_width, scale
        self.lines, self.columns = len(texts), max(map(len, texts), default=0)
        self.claim = _drawable(grid.claim, self.lines, self.columns)
        self.left = 1 if self.claim else 0
        if scale.rise == 1:  # squares that straddle rows: the text stays on whole rows
            self.top = 1 if self.claim or self._is_coloured(0) else -1
        else:
            self.top = 2 if self.claim else 0

    def sketch(self, large: bool) -> Sketch:
        """The size of it all, and how it is drawn; of a ``large`` grid nobody expects digits."""
        width = self._column(self.columns) - self.scale.gap
        end = self._half(self.lines) - self.scale.gap_halves
        if self.scale.rise == 1 and not self._is_coloured(self.lines - 1):
            end -= 1
        height = (end + 1) // 2
        if self.claim:
            width = max(width, self._column(self.claim[1]) + 1 - self.scale.gap)
            height = max(height, self._bottom(self.claim[0]) + 1)
        return Sketch(max(width, 1), max(height, 1), self.draw, poor=self.scale.inset is None and not large)

    def draw(self, canvas: Canvas, x: int, y: int, _width: int, _height: int) -> None:
        """Every square, then the claim's frame over them."""
        for row, texts in enumerate(self.texts):
            for column, text in enumerate(texts):
                self._square(canvas, x, y, row, column, text)
        if self.claim:
            self._frame(canvas, x, y, *self.claim)

    def _square(self, canvas: Canvas, x: int, y: int, row: int, column: int, text: str) -> None:
        role, scale = self._role(row, column), self.scale
        half, left = self._half(row), x + self._column(column)
        ground = self._ground(role, text)
        if ground != "page":
            canvas.fill(left, 2 * y + half, scale.width, scale.halves, ground)
        if role == "pad" and text in ("", "0"):
            text = "·"
        if role == "claim" and not text:
            text = "✘"
        if scale.inset is None:
            text = text if scale.halves > 1 and role in ("pad", "claim") else ""
        text = crop(text, self.text_width)
        aside = (self.text_width - cell_width(text)) // (2 if scale.rise else 1)  # middle of a square, else right
        ink = "muted" if text == "·" and role not in ("lit", "claim") else _INKS.get(role, "ink")
        at = left + (scale.inset or 0) + aside
        canvas.put(at, y + (half + scale.rise) // 2, text, ink, bold=role in ("lit", "claim"))

    def _ground(self, role: CellRole, text: str) -> Role:
        if self.grid.tiles and role not in ("lit", "claim"):
            # squares too small for their values still show which values are there
            return "line" if self.scale.inset is None and text not in _NOT_YET else "raised"
        return _GROUNDS.get(role, "page")

    def _frame(self, canvas: Canvas, x: int, y: int, rows: int, columns: int) -> None:
        right, bottom = x + self._column(columns) - self.scale.gap, y + self._bottom(rows)
        said = self.grid.claim or (rows, columns)
        ends = columns == said[1]  # a frame that goes on beyond the picture is left open there
        canvas.put(x, y, f"┌{'╌' * (right - x - 1)}{'┐' if ends else '╌'}", "wrong")
        for row in range(y + 1, bottom):
            canvas.put(x, row, "╎", "wrong")
            canvas.put(right, row, "╎" if ends else "", "wrong")
        if rows == said[0]:
            canvas.put(x, bottom, f"└{'╌' * (right - x - 1)}{'┘' if ends else '╌'}", "wrong")

    def _role(self, row: int, column: int) -> CellRole:
        roles = self.grid.roles
        return roles[row][column] if row < len(roles) and column < len(roles[row]) else "page"

    def _is_coloured(self, row: int) -> bool:
        cells = enumerate(self.texts[row] if self.lines else [])
        return any(self._ground(self._role(row, column), text) != "page" for column, text in cells)

    def _column(self, column: int) -> int:
        return self.left + column * (self.scale.width + self.scale.gap)

    def _half(self, row: int) -> int:
        return self.top + row * (self.scale.halves + self.scale.gap_halves)

    def _bottom(self, rows: int) -> int:
        return (self._half(rows) - self.scale.gap_halves) // 2


def _drawable(claim: tuple[int, int] | None, lines: int, columns: int) -> tuple[int, int] | None:
    """The claim as far as it is drawn: an absurd size is shown as about twice the grid's."""
    if not claim or min(claim) < 1:
        return None
    return min(claim[0], 2 * lines + 2), min(claim[1], 2 * columns + 2)
