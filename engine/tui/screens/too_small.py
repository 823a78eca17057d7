"""What is shown while the terminal is too small for anything else."""

from textual.app import ComposeResult
from textual.geometry import Size

from engine import words
from engine.drawing.cells import Row, Span
from engine.drawing.wrap import wrap
from engine.tui.screens.base import PeepholeScreen
from engine.tui.widgets.drawn import Drawn

LEAST_WIDTH, LEAST_HEIGHT = 40, 15


def is_small(size: Size) -> bool:
    """Whether a terminal of that size is too small."""
    return size.width < LEAST_WIDTH or size.height < LEAST_HEIGHT


class Request(Drawn):
    """The request for more room."""

    def rows(self, width: int) -> list[Row]:
        """Wrapped to whatever width there is."""
        return [(Span(line, "light", bold=True),) for line in wrap(self.say(words.TOO_SMALL), max(width, 2))]


class TooSmallScreen(PeepholeScreen):
    """Lies over the other screens, which keep their state, until there is room again."""

    async def on_screen_resume(self) -> None:
        """There may have come room while another screen lay above."""
        await super().on_screen_resume()
        if not is_small(self.app.size):
            self.app.pop_screen()

    def compose(self) -> ComposeResult:
        """The request alone."""
        yield Request()
