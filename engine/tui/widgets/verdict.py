"""What stands under the answer: nothing, hints, a verdict, or a rubric to confirm."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.message import Message

from engine.bank.asked import Asked
from engine.drawing.cells import Row, Span
from engine.grading.verdict import Verdict
from engine.tui.widgets.drawn import Drawn
from sims.text import Text

if TYPE_CHECKING:
    from engine.drawing.verdict import VerdictDrawing
    from engine.grading.shown import Solution


class VerdictPanel(Drawn):
    """Grows downwards only; nothing above it moves."""

    class Said(Message):
        """There is something new to read here."""

    def __init__(self, asked: Asked) -> None:
        super().__init__()
        self.asked = asked
        self.verdict: Verdict | None = None
        self.solution: Solution | None = None
        self.ticks: list[bool] = []
        self.is_sure = True
        self.hints: tuple[Text, ...] = ()

    def show_hints(self, hints: Sequence[Text]) -> None:
        """Hints so far, where the verdict will be."""
        self.hints = tuple(hints)
        self.redraw()

    def show_verdict(self, verdict: Verdict, solution: "Solution | None") -> None:
        """A verdict and what is right; for a text answer its proposed ticks."""
        self.verdict, self.solution = verdict, solution
        self.ticks = [tick.proposed for tick in verdict.ticks]
        self.redraw()

    def clear(self) -> None:
        """Back to asking; the hints stay."""
        self.verdict, self.ticks, self.is_sure = None, [], True
        self.redraw()

    def toggle(self, index: int) -> None:
        """Change a tick."""
        if 0 <= index < len(self.ticks):
            self.ticks[index] = not self.ticks[index]
            self.redraw()

    def on_resize(self) -> None:
        """It has grown: bring into view what was said."""
        if self.verdict is not None or self.hints:
            self.post_message(self.Said())

    def doubt(self) -> None:
        """The learner was not sure of it, or was after all."""
        self.is_sure = not self.is_sure
        self.redraw()

    def rows(self, width: int) -> list[Row]:
        """What there is to say."""
        if self.verdict is None and not self.hints:
            return []
        from engine.drawing.rubric import draw_rubric
        from engine.drawing.verdict import VerdictDrawing

        drawing = VerdictDrawing(width, self.inset, self.language, short=self.is_short)
        if self.verdict is None:
            return self._hints(drawing)
        if self.verdict.ticks and self.verdict.is_attempt:
            return draw_rubric(drawing, self.asked, self.verdict, self.ticks, self.is_sure)
        return drawing.rows(self.asked, self.verdict, self.solution)

    def _hints(self, drawing: "VerdictDrawing") -> list[Row]:
        rows: list[Row] = []
        for hint in self.hints:
            lines = drawing.prose(hint, "ink")
            mark = (Span("◉" + " " * (drawing.gutter - 1), "light"), *lines[0][1:])
            rows += [mark, *lines[1:]]
        return rows
