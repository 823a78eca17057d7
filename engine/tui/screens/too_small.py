"""What is shown while the terminal is too small for anything else."""

from textual.app import ComposeResult

from engine import words
from engine.drawing.cells import Row, Span
from engine.drawing.wrap import wrap
from engine.tui.screens.base import PeepholeScreen
from engine.tui.widgets.drawn import Drawn

LEAST_WIDTH, LEAST_HEIGHT = 40, 15


class Request(Drawn):
    """The request for more room."""

    def rows(self, width: int) -> list[Row]:
        """Wrapped to whatever width there is."""
        return [(Span(line, "light", bold=True),) for line in wrap(self.say(words.TOO_SMALL), max(width, 2))]


class TooSmallScreen(PeepholeScreen):
    """Lies over the other screens, which keep their state, until there is room again."""

    def compose(self) -> ComposeResult:
        """The request alone."""
        yield Request()
