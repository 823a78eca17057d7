"""Horizontal bars: name, bar, number."""

from engine.drawing.axes import Axis, short
from engine.drawing.canvas import Canvas
from engine.drawing.legend import ROLES
from engine.drawing.sketch import Plate, Sketch, words
from engine.drawing.width import cell_width, crop
from sims.frames import Bars
from sims.text import Language

_STROKES = {"lit": "━", "muted": "━", "floor": "╌", "claim": "╍"}
_LEAST = (16, 8, 4)  # cells of the longest bar, best first
_GAP = 2


def bars_plate(bars: Bars, language: Language) -> Plate:
    """``bars`` as wide as there is room; of too many the first are drawn."""
    drawing = _BarsDrawing(bars, language)
    count, around = len(bars.bars), drawing.names + drawing.numbers + 2 * _GAP
    whole = tuple(Sketch(around + least, count, drawing.draw, wider=True) for least in _LEAST)
    return Plate(
        words(bars.title, language),
        (*whole, Sketch(12, min(count, 2), drawing.draw, wider=True, taller=True, cut=True)),
    )


class _BarsDrawing:
    def __init__(self, bars: Bars, language: Language) -> None:
        self.bars = bars.bars
        self.axis = Axis(bars.low if bars.log else 0.0, bars.high, bars.log)
        self.labels = [words(bar.name, language) for bar in self.bars]
        self.values = [short(bar.value) for bar in self.bars]
        self.names = max(map(cell_width, self.labels), default=0)
        self.numbers = max(map(cell_width, self.values), default=0)

    def draw(self, canvas: Canvas, x: int, y: int, width: int, height: int) -> None:
        """One row a bar, the numbers at the bars' ends."""
        names = min(self.names, max(width - self.numbers - 2 * _GAP - _LEAST[-1], 0))
        left = x + names + _GAP
        room = max(x + width - left - _GAP - self.numbers, 1)
        for row, bar in enumerate(self.bars[:height]):
            ink = ROLES[bar.role]
            canvas.put(x, y + row, crop(self.labels[row], names), "light" if bar.role == "lit" else "muted")
            part = min(max(self.axis.place(bar.value) or 0.0, 0.0), 1.0)
            halves = round(part * room * 2)
            stroke = _STROKES[bar.role] * (halves // 2) + ("╸" if halves % 2 and bar.role in ("lit", "muted") else "")
            canvas.put(left, y + row, stroke, ink)
            at = left + cell_width(stroke) + (1 if stroke else 0)
            canvas.put(at, y + row, self.values[row], "ink" if bar.role == "muted" else ink, bold=bar.role == "lit")
