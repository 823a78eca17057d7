"""A widget that is a function from a width to rows of cells. It redraws itself when its width changes."""

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from engine.drawing.cells import Row
from engine.tui.content import to_content
from engine.tui.ours import Ours
from sims.text import Text


class Drawn(Ours, Widget):
    """Subclasses say what to draw in :meth:`rows`; heights follow from it."""

    DEFAULT_CSS = "Drawn { height: auto; width: 1fr; text-wrap: nowrap; text-overflow: clip; }"

    @property
    def is_narrow(self) -> bool:
        """Whether the terminal has fewer than 50 columns."""
        return self.app.size.width < 50

    @property
    def is_short(self) -> bool:
        """Whether the terminal has fewer than 20 rows."""
        return self.app.size.height < 20

    @property
    def inset(self) -> int:
        """Columns kept free on either side of the text."""
        return 2 if self.is_narrow else 3

    def say(self, text: Text) -> str:
        """``text`` in the language in force."""
        return text.get(self.language)

    def rows(self, width: int) -> list[Row]:
        """The rows to show at ``width`` cells."""
        raise NotImplementedError

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many rows as are drawn."""
        return len(self.rows(width))

    def render(self) -> Content:
        """The rows at the present width."""
        return to_content(self.rows(self.content_size.width), self.peephole.settings.plain_marks)

    def redraw(self) -> None:
        """Draw again: something that :meth:`rows` reads has changed."""
        self.refresh(layout=True)
