"""The curves of one frame at full size, to zoom into and to move about in."""

from math import isfinite, log10

from textual.app import ComposeResult
from textual_plot import HiResMode, PlotWidget

from engine.drawing.cells import Role, Row, Span
from engine.drawing.palette import DARK, LIGHT
from engine.drawing.width import cell_width
from engine.tui import keys
from engine.tui.screens.base import PeepholeScreen
from engine.tui.widgets.drawn import Drawn
from engine.tui.widgets.keybar import KeyBar
from engine.tui.widgets.status import StatusLine
from sims.frames import Plot, Series
from sims.text import Text

ROLES: dict[str, Role] = {"lit": "light", "muted": "muted", "floor": "ink", "claim": "wrong"}
ORDER = ("lit", "claim", "floor", "muted")  # where not all names fit, the one to look at is named


class Names(Drawn):
    """The curves by name, each in its colour."""

    DEFAULT_CSS = "Names { margin-bottom: 1; }"

    def __init__(self, plot: Plot) -> None:
        super().__init__()
        self.plot = plot

    def rows(self, width: int) -> list[Row]:
        """One row; names that do not fit are left out."""
        spans = [Span(" " * self.inset)]
        room = width - 2 * self.inset
        for series in sorted(self.plot.series, key=lambda series: ORDER.index(series.role)):
            name = self.say(series.name)
            room -= cell_width(name) + 6
            if room < 0:
                break
            spans += [Span("━━ ", ROLES[series.role]), Span(name + "   ", "muted")]
        return [tuple(spans)]


class PlotScreen(PeepholeScreen):
    """Zoom with + and −, move with the arrows or the mouse, r for all of it again."""

    DEFAULT_CSS = """
    PlotScreen PlotWidget { height: 1fr; background: $page; }
    PlotScreen PlotWidget > .plot--axis { color: $line; }
    PlotScreen PlotWidget:focus > .plot--axis { color: $line; }
    PlotScreen PlotWidget > .plot--tick { color: $muted; text-style: none; }
    """

    BINDINGS = [
        keys.BACK.binding(),
        keys.SHRINK.binding(),
        keys.ZOOM_IN.binding(),
        keys.ZOOM_OUT.binding(),
        keys.HELP_LETTER.binding(),
    ]

    def __init__(self, title: Text, plot: Plot) -> None:
        super().__init__()
        self.heading = title
        self.plot = plot
        self.view = PlotWidget()

    def compose(self) -> ComposeResult:
        """Title, plot, names, keys."""
        yield StatusLine(self.heading, self.plot.title)
        yield self.view
        yield Names(self.plot)
        yield KeyBar((keys.BACK, keys.ZOOM, keys.PAN, keys.WHOLE))

    def on_mount(self) -> None:
        """Draw every curve; on a logarithmic axis the exponents are plotted."""
        palette = DARK if self.app.current_theme.dark else LIGHT
        for series in self.plot.series:
            points = [point for point in self._points(series) if isfinite(point[0]) and isfinite(point[1])]
            if points:
                across, up = zip(*points, strict=True)
                self.view.plot(across, up, line_style=palette[ROLES[series.role]], hires_mode=HiResMode.BRAILLE)
        self.view.set_xlimits(*self._scaled(self.plot.x_range, self.plot.log_x))
        self.view.set_ylimits(*self._scaled(self.plot.y_range, self.plot.log_y))
        self.view.focus()

    def _points(self, series: Series) -> list[tuple[float, float]]:
        across = self._scaled(series.x, self.plot.log_x)
        return list(zip(across, self._scaled(series.y, self.plot.log_y), strict=False))

    @staticmethod
    def _scaled(values: tuple[float, ...], log: bool) -> list[float]:
        return [log10(value) if value > 0 else float("nan") for value in values] if log else list(values)

    def action_zoom(self, direction: str) -> None:
        """Nearer or farther."""
        if direction == "in":
            self.view.action_zoom_in()
        else:
            self.view.action_zoom_out()
