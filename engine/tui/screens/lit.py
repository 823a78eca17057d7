"""Screens that are a list of rows, one of them lit."""

from collections.abc import Sequence

from engine.tui.screens.base import PeepholeScreen
from engine.tui.widgets.drawn import Drawn


class LitRow(Drawn):
    """A row of such a list; ``is_here`` where the edge is."""

    is_here = False


class LitRowsScreen(PeepholeScreen):
    """The edge goes round; ``here`` is its place."""

    here = 0

    @property
    def lit_rows(self) -> Sequence[LitRow]:
        """The rows, in order."""
        return list(self.query(LitRow))

    def on_mount(self) -> None:
        """Light the first row."""
        self.action_move(0)

    def action_move(self, by: int) -> None:
        """Move the edge, round the ends, and bring it into view."""
        rows = self.lit_rows
        if not rows:
            return
        self.here = (self.here + by) % len(rows)
        for index, row in enumerate(rows):
            row.is_here = index == self.here
            row.redraw()
        rows[self.here].scroll_visible(animate=False)
