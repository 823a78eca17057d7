"""The row above the keys: says that the page goes on below, and carries short remarks."""

from engine import words
from engine.drawing.cells import Row, Span
from engine.drawing.width import cell_width
from engine.tui.widgets.drawn import Drawn


class MoreBelow(Drawn):
    """``↓ more`` while the page is not at its end, else blank."""

    DEFAULT_CSS = "MoreBelow { dock: bottom; height: 1; margin-bottom: 1; }"

    def on_mount(self) -> None:
        """Follow the page."""
        for page in self.screen.query("#page"):  # none on a screen that was left before it was built
            self.watch(page, "scroll_y", self.redraw, init=False)
            self.watch(page, "virtual_size", self.redraw, init=False)

    def rows(self, width: int) -> list[Row]:
        """One row."""
        page = next(iter(self.screen.query("#page")), None)
        if page is None or page.max_scroll_y <= 0 or page.scroll_y >= page.max_scroll_y:
            return [()]
        text = self.say(words.MORE_BELOW)
        return [(Span(" " * max(width - cell_width(text) - self.inset, 0)), Span(text, "muted"))]
