"""The right half of a wide terminal: a closed ring until the answer, then the simulation."""

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical

from engine import words
from engine.drawing.cells import Row, Span
from engine.drawing.ring import COLUMNS, ring
from engine.drawing.width import cell_width
from engine.tui.widgets.drawn import Drawn
from engine.tui.widgets.status import frame_dashes, rule_spans

if TYPE_CHECKING:  # until the answer there is nothing to look into
    from engine.study.look import Look
    from engine.tui.widgets.peephole import Peephole


class ClosedRing(Drawn):
    """The ring in the middle, and what will be seen there."""

    def rows(self, width: int) -> list[Row]:
        """Blank rows, the ring, the words."""
        lead = " " * max((width - COLUMNS) // 2, 0)
        text = self.say(words.INSIDE_SOON)
        middle = " " * max((width - cell_width(text)) // 2, 0)
        rows: list[Row] = [()] * 5
        rows += [(Span(lead), *row) for row in ring(is_open=False)]
        return [*rows, (), (Span(middle), Span(text, "muted"))]


class FrameRule(Drawn):
    """The rule that counts frames, with the count at its right end."""

    def __init__(self) -> None:
        super().__init__()
        self.step, self.total = 0, 0

    def rows(self, width: int) -> list[Row]:
        """One row and a blank one."""
        if not self.total:
            return [(), ()]
        count = f"{self.step:,} / {self.total:,}"
        room = width - cell_width(count) - 4
        spans = rule_spans(frame_dashes(self.step, self.total), max(room, 4))
        here, slash, rest = count.partition(" / ")
        return [(*spans, Span("   "), Span(here), Span(slash + rest, "muted")), ()]


class Side(Vertical):
    """Ring, then peephole."""

    DEFAULT_CSS = """
    Side { display: none; }
    Side Peephole { padding: 0; }
    .-wide Side { display: block; width: 1fr; padding: 0 2 0 2; }
    .-high Side { padding: 2 2 0 2; }
    """
    SCOPED_CSS = False  # the size classes are the screen's

    def __init__(self) -> None:
        super().__init__()
        self.view: Peephole | None = None
        self.rule = FrameRule()

    def compose(self) -> ComposeResult:
        """The closed ring."""
        yield ClosedRing()

    async def open(self, look: "Look") -> None:
        """Open the peephole on ``look``, paused at its first frames until Space or by itself playing."""
        from engine.tui.widgets.peephole import Peephole

        await self.close()
        await self.query(ClosedRing).remove()
        self.view = Peephole(look, fixed=False)
        self.rule = FrameRule()
        self.view.rule = self.rule
        await self.mount(self.view)

    async def close(self) -> None:
        """Back to the ring."""
        if self.view is not None:
            await self.view.remove()
            self.view = None
            await self.mount(ClosedRing())

    def on_peephole_shown(self) -> None:
        """Count the frame."""
        if self.view is not None and self.view.frame is not None:
            self.rule.step, self.rule.total = self.view.frame.step, self.view.frame.total
            self.rule.redraw()
