"""Curves over axes without lines: one of them lit, the others grey, and round numbers beside them."""

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

import msgspec

from engine.drawing.axes import Axis, Ticks
from engine.drawing.braille import Dots, Point
from engine.drawing.canvas import Canvas
from engine.drawing.legend import ROLES, Entry, draw_flowed, entries, flowed, named, style_key
from engine.drawing.sketch import Plate, Sketch, words
from engine.drawing.width import cell_width, crop
from sims.frames import Plot, Series, SeriesRole
from sims.text import Language

_ORDER: tuple[SeriesRole, ...] = ("floor", "muted", "claim", "lit")  # a cell has one colour: the last one's
_LEAST = ((30, 8), (24, 6), (20, 4))  # width and height of the body, best first
_LABELS = 4  # the usual cells of a label at the left, so that plots stand alike
_Y_STEP = 3  # rows between two labels at the left
_X_SPACE = 4  # cells between two labels below


def plot_plate(plot: Plot, language: Language, with_legend: bool) -> Plate:
    """``plot`` in any size; ``with_legend`` writes the names of its curves below it."""
    drawing = _PlotDrawing(plot, language, named(plot, language) if with_legend else [])
    sketches = tuple(Sketch(width, height, drawing.draw, wider=True, taller=True) for width, height in _LEAST)
    return Plate(words(plot.title, language), sketches)


class _Room(msgspec.Struct, frozen=True):
    """What there is room for: rows of curves, then perhaps a label and lines of the legend."""

    rows: int
    x_label: str
    legend: list[list[Entry]]


class _PlotDrawing:
    def __init__(self, plot: Plot, language: Language, shown: list[Entry]) -> None:
        self.plot, self.language, self.shown = plot, language, shown
        self.x_axis = Axis(*plot.x_range, log=plot.log_x)
        self.y_axis = Axis(*plot.y_range, log=plot.log_y)

    def draw(self, canvas: Canvas, x: int, y: int, width: int, height: int) -> None:
        """Labels, curves, and what else there is room for."""
        room = self._room(width, height)
        rows, ticks = _even(self.y_axis, room.rows)
        labels = max(map(cell_width, ticks.labels), default=0)
        left = (labels if width < _LEAST[0][0] else max(labels, _LABELS)) + 1
        if width - left < 6:
            left, ticks = 0, Ticks((), ())
        for value, label in zip(ticks.values, ticks.labels, strict=True):
            part = self.y_axis.place(value) or 0.0
            row = round((1 - part) * (4 * rows - 1)) // 4
            canvas.put(x + left - 1 - cell_width(label), y + row, label, "muted")
        self._curves(width - left, rows).draw(canvas, x + left, y)
        below = y + rows
        if room.rows < height:
            self._x_labels(canvas, x + left, below, width - left)
            below += 1
        if room.x_label:
            label = crop(room.x_label, width - left)
            canvas.put(x + width - cell_width(label), below, label, "muted")
            below += 1
        draw_flowed(room.legend, canvas, x, below, width)

    def _room(self, width: int, height: int) -> _Room:
        rows = height - 1 if height > 3 else height
        legend = flowed(self.shown, width)[: max((rows - 3) // 2, 0)]
        rows -= len(legend)
        x_label = words(self.plot.x_label, self.language) if rows >= 8 else ""
        return _Room(rows - bool(x_label), x_label, legend)

    def _curves(self, width: int, rows: int) -> Dots:
        dots = Dots(width, rows)
        styles = entries(self.plot, self.language)
        for series in sorted(self.plot.series, key=lambda series: _ORDER.index(series.role)):
            style = styles[style_key(series, self.language)]
            dots.curve(_thinned(self._points(series), 2 * width), ROLES[series.role], style.dash)
        return dots

    def _points(self, series: Series) -> Iterator[Point | None]:
        for x, y in zip(series.x, series.y, strict=False):
            across, up = self.x_axis.place(x), self.y_axis.place(y)
            yield None if across is None or up is None else (across, up)

    def _x_labels(self, canvas: Canvas, x: int, y: int, width: int) -> None:
        ticks = _spaced(self.x_axis, width)
        free = x
        for value, label in zip(ticks.values, ticks.labels, strict=True):
            centre = x + (self.x_axis.place(value) or 0.0) * (width - 1)
            wide = cell_width(label)
            at = min(max(round(centre - (wide - 1) / 2), x), x + width - wide)
            if at >= free:
                canvas.put(at, y, label, "muted")
                free = at + wide + 1


def _even(axis: Axis, rows: int) -> tuple[int, Ticks]:
    """At most ``rows`` rows, so many that the labels of ``axis`` fall on rows at equal distances."""
    ticks = axis.ticks((rows - 1) / _Y_STEP)
    steps = len(ticks.values) - 1
    ends = steps > 0 and (axis.place(ticks.values[0]), axis.place(ticks.values[-1])) == (0.0, 1.0)
    spare = (rows - 1) % steps if ends else 0
    return (rows - spare if spare <= rows // 5 else rows), ticks


def _spaced(axis: Axis, width: int) -> Ticks:
    """As many labels below the axis as leave air between them."""
    for steps in range(max(width // (1 + _X_SPACE), 1), 0, -1):
        ticks = axis.ticks(steps)
        places = [axis.place(value) or 0.0 for value in ticks.values]
        wide = max(map(cell_width, ticks.labels), default=0)
        gaps = [b - a for a, b in pairwise(places)]
        if not gaps or min(gaps) * (width - 1) >= wide + _X_SPACE:
            return ticks
    return axis.ticks(1)


def _thinned(points: Iterator[Point | None], columns: int) -> Iterator[Point | None]:
    """The points that matter when ``columns`` columns of dots are drawn: of each the first, lowest, highest, last."""
    for column, group in groupby(points, lambda point: None if point is None else int(point[0] * columns)):
        if column is None:
            yield None
            continue
        found: Sequence[Point] = [point for point in group if point]
        if len(found) <= 4:
            yield from found
            continue
        by_height = sorted(range(len(found)), key=lambda i: found[i][1])
        yield from (found[i] for i in sorted({0, by_height[0], by_height[-1], len(found) - 1}))
