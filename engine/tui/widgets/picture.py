"""What the peephole shows of a frame: its picture and its caption."""

from engine.drawing.cells import Row, Span
from engine.drawing.frame import draw_frame
from engine.drawing.width import cell_width
from engine.drawing.wrap import wrap
from engine.tui.widgets.drawn import Drawn
from sims.frames import Frame
from sims.text import Text

FAILED = Text("この条件では動かせませんでした。", "It could not run with these settings.")


class Picture(Drawn):
    """The panels of one frame. ``fixed`` fills the height it is given, else it is as high as it is drawn."""

    def __init__(self, fixed: bool) -> None:
        super().__init__(classes="fixed" if fixed else "flowing")
        self.fixed = fixed
        self.frame: Frame | None = None
        self._highest = 0

    def rows(self, width: int) -> list[Row]:
        """The frame in the text column."""
        if self.frame is None or width < 8:
            return []
        height = self.content_size.height if self.fixed else min(22, max(self.app.size.height - 16, 8))
        gutter = self.inset if self.fixed else 0
        drawn = draw_frame(self.frame, width - 2 * gutter, max(height, 1), self.language)
        if not self.fixed:
            while drawn and not any(span.text.strip() or span.ground != "page" for span in drawn[-1]):
                drawn.pop()
            self._highest = max(self._highest, len(drawn))
            drawn += [()] * (self._highest - len(drawn))
        return [(Span(" " * gutter), *row) for row in drawn]


class Caption(Drawn):
    """What to see, in one or two sentences; a mark in the gutter if it speaks of the learner's answer."""

    def __init__(self, fixed: bool) -> None:
        super().__init__()
        self.fixed = fixed
        self.frame: Frame | None = None
        self.failure: Text | None = None
        self.nearest: Text | None = None

    def rows(self, width: int) -> list[Row]:
        """The caption, and the honest word where the simulation is only a neighbour."""
        gutter = self.inset if self.fixed else 2
        text = self.failure or (self.frame.caption if self.frame else Text("", ""))
        about = self.frame is not None and self.frame.about_claim and not self.failure
        if not self.fixed and not about:
            gutter = 0
        lines = wrap(self.say(text), width - 2 * gutter, balance=True) or [""]
        rows: list[Row] = []
        for index, line in enumerate(lines):
            mark = "✘" if about and index == 0 else ""
            rows.append((Span(mark + " " * (gutter - cell_width(mark)), "wrong"), Span(line)))
        if self.nearest and not self.is_short:
            rows += [
                (Span(" " * gutter), Span(line, "muted")) for line in wrap(self.say(self.nearest), width - 2 * gutter)
            ]
        return rows
